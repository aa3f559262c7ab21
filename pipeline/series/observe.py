"""Readings of one report as observations: what each figure is taken to mean, and what could not be placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import regex

from pipeline.codebook.loading import Codebook, fold
from pipeline.codebook.wording import Term, met, words_of
from pipeline.model.edition import Code
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.observation import Observation
from pipeline.model.reading import Absence, Label, Reading, Table
from pipeline.model.report import Report
from pipeline.series.dimensions import TOTAL, Breakdowns, Dimensions, code_of
from pipeline.series.evidence import Evidence, of_cell, of_sentence
from pipeline.series.linking import Link, Recogniser, counts_itself
from pipeline.series.periods import UNKNOWN, first_period, is_period
from pipeline.series.territories import NATIONAL, Places
from pipeline.series.units import bounds_of, decimals_of

#: Status of a missing value: a dash says that there is nothing to count, all else is missing.
_STATUS = {Absence.NIL: "M"}
_BRACKETS = regex.compile(r"[(\[]([^)\]]*)[)\]]")


@dataclass(slots=True)
class Draft:
    """One reading with what it is taken to mean, before duplicates are joined."""

    reading: Reading
    observation: Observation
    link: Link
    codes: list[Code] = field(default_factory=list)
    is_total: bool = False


#: All that decides which indicator a cell is of.
_CellKey = tuple[Label, str, tuple[Label, ...], str, str, str, bool, frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class Observer:
    """Observes the reports of one run with one codebook."""

    codebook: Codebook
    recogniser: Recogniser
    breakdowns: Breakdowns
    places: Places
    _links: dict[_CellKey, Link] = field(default_factory=dict)

    @staticmethod
    def of(codebook: Codebook) -> Observer:
        """An observer for a codebook."""
        places = Places(codebook)
        return Observer(codebook, Recogniser(codebook), Breakdowns(codebook, places), places)

    def observe(self, extraction: Extraction) -> tuple[list[Draft], list[Complaint]]:
        """All readings of a report, each as one draft, in reading order."""
        report = extraction.report
        families = self.recogniser.families_of(report)
        complaints: list[Complaint] = []
        tables = {table.table_id: table for table in extraction.tables}
        ages = {key: self.breakdowns.about_ages(_about(table)) for key, table in tables.items()}
        evidence = self._sentences(extraction.readings)
        drafts: list[Draft] = []
        for reading in extraction.readings:
            if reading.kind == "cell":
                table = tables.get(reading.table_id)
                draft = self._cell(
                    reading, table, report, families, ages.get(reading.table_id, False), complaints
                )
            else:
                draft = self._figure(reading, evidence[reading.reading_id], report, families, complaints)
            drafts.append(draft)
        return _lines_apart(drafts, report), complaints

    def _sentences(self, readings: Iterable[Reading]) -> dict[str, Evidence]:
        groups: dict[tuple[int, str, str], list[Reading]] = defaultdict(list)
        for reading in readings:
            if reading.kind != "cell":
                groups[reading.locus.page, reading.section, reading.sentence].append(reading)
        found: dict[str, Evidence] = {}
        for held in groups.values():
            found |= of_sentence(held, self.codebook)
        return found

    def _cell(
        self,
        reading: Reading,
        table: Table | None,
        report: Report,
        families: frozenset[str] | None,
        ages: bool,
        complaints: list[Complaint],
    ) -> Draft:
        caption = table.caption if table is not None else Label()
        said = self.breakdowns.of(
            reading.row_label, reading.column_label, year=report.edition_year, ages=ages
        )
        if said.growth and not reading.measure:
            reading = replace(reading, measure="growth_rate" if reading.unit_measure == "PT" else "change")
        link = self._link_of_cell(reading, caption, said, families)
        note = table.unit_note if table is not None else ""
        printed = said.period or _valid(reading.period, reading, complaints)
        period = printed or first_period((caption.ar, caption.fr, note))
        labels = (
            reading.row_label.ar,
            reading.row_label.fr,
            reading.column_label.ar,
            reading.column_label.fr,
            caption.ar,
            caption.fr,
        )
        status = self._status(reading, labels)
        observation = _observation(reading, link, said, period, bool(period), report, status)
        codes = [code_of(name, code, label) for name, code, label in said.named]
        return Draft(reading, observation, link, codes, said.total)

    def _link_of_cell(
        self, reading: Reading, caption: Label, said: Dimensions, families: frozenset[str] | None
    ) -> Link:
        """The indicator of a cell; found once for all cells of which everything that decides it is the same."""
        key = (
            caption,
            reading.section,
            tuple(said.measures),
            reading.unit_measure,
            reading.measure,
            reading.unit_label,
            counts_itself(reading),
            families,
        )
        link = self._links.get(key)
        if link is None:
            evidence = of_cell(reading, caption, said.measures, self.codebook)
            link = self.recogniser.known(reading, evidence, families)
            if link is None:
                link = self.recogniser.provisional_cell(reading, caption, said.measures)
                link = replace(link, nearly=self.recogniser.nearly(reading, evidence, families))
            self._links[key] = link
        return link

    def _figure(
        self,
        reading: Reading,
        evidence: Evidence,
        report: Report,
        families: frozenset[str] | None,
        complaints: list[Complaint],
    ) -> Draft:
        link = self.recogniser.known(reading, evidence, families)
        said = Dimensions(area=self._area(evidence, report.edition_year))
        sex = self.codebook.sex_of.get(fold(reading.unit_label), "")
        counted = self.codebook.indicators[link.code].counted if link is not None else ""
        if sex in ("M", "F") and not counted.startswith("woman"):
            said.sex = sex
        if link is None:
            link = self.recogniser.provisional_prose(reading, evidence)
            link = replace(link, nearly=self.recogniser.nearly(reading, evidence, families))
        period = _valid(reading.period, reading, complaints)
        observation = _observation(
            reading,
            link,
            said,
            period,
            reading.period_stated and bool(period),
            report,
            self._status(reading, ()),
        )
        return Draft(reading, observation, link)

    def _area(self, evidence: Evidence, year: int | None) -> str:
        """The region a prose figure is about: the one its clause names, else the last one named before it."""
        inside = {code for _, code in self.places.areas_in(evidence.phrase, year)}
        if len(inside) == 1:
            return inside.pop()
        before = {code for _, code in self.places.areas_in(evidence.before, year)}
        return before.pop() if not inside and len(before) == 1 else ""

    def _status(self, reading: Reading, labels: Sequence[str]) -> str:
        if reading.value is None:
            return _STATUS.get(reading.absence, "O")
        # Only a remark in brackets: shelters are "provisional" too.
        if not any("(" in text or "[" in text for text in labels):
            return "A"
        remarks = words_of(" ".join(match for text in labels for match in _BRACKETS.findall(text)))
        if _any(self.codebook.matching.provisional, remarks):
            return "P"
        return "E" if _any(self.codebook.matching.estimated, remarks) else "A"


def _observation(
    reading: Reading, link: Link, said: Dimensions, period: str, stated: bool, report: Report, status: str
) -> Observation:
    low, high = (None, None)
    unit = link.unit if link.known else reading.unit_measure
    if reading.value is not None:
        low, high = bounds_of(
            reading.value,
            resolution=reading.resolution,
            unit=unit,
            qualifier=reading.qualifier,
            highest=reading.value_max,
            in_words=reading.in_words,
        )
    area, sex, age = said.area or NATIONAL, said.sex or TOTAL, said.age or TOTAL
    dimensions = tuple(sorted(said.others.items()))
    time_period = period or (str(report.edition_year) if report.edition_year else UNKNOWN)
    series_id = _series_id(link.code, area, sex, age, dimensions)
    return Observation(
        observation_id=f"{series_id}-{time_period}-{report.report_id}",
        series_id=series_id,
        reading_id=reading.reading_id,
        locus=reading.locus,
        report_year=report.edition_year,
        indicator=link.code,
        indicator_known=link.known,
        ref_area=area,
        sex=sex,
        age=age,
        dimensions=dimensions,
        time_period=time_period,
        period_stated=stated,
        obs_value=reading.value,
        unit_measure=unit,
        unit_mult=0,
        decimals=decimals_of(reading.resolution),
        qualifier=reading.qualifier,
        lower_bound=low,
        upper_bound=high,
        obs_status=status,
        raw=reading.raw,
        measure=link.measure or reading.measure or "level",
        base_period=reading.base_period,
    )


@lru_cache(maxsize=200_000)
def _series_id(indicator: str, area: str, sex: str, age: str, dimensions: tuple[tuple[str, str], ...]) -> str:
    """Id of a series; the cache also makes that its many observations share one string."""
    others = (code if name != "line" else f"{name}{code}" for name, code in dimensions)
    return ".".join([indicator, area, sex, age, *others])


def named(observation: Observation, report_id: str) -> Observation:
    """The observation with the ids that follow from what it says."""
    one = observation
    series_id = _series_id(one.indicator, one.ref_area, one.sex, one.age, one.dimensions)
    return replace(one, series_id=series_id, observation_id=f"{series_id}-{one.time_period}-{report_id}")


def _lines_apart(drafts: list[Draft], report: Report) -> list[Draft]:
    """Cells of one table that bear the same labels are told apart by a number: they are different figures.

    Of several rows called total the last is the grand total; of others the first keeps the plain name.
    """
    alike: dict[tuple[str, str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.reading.row is not None:
            key = (draft.reading.table_id, draft.observation.series_id, draft.observation.time_period)
            alike[key].append(draft)
    for held in alike.values():
        if len(held) < 2:
            continue
        held.sort(
            key=lambda draft: (draft.reading.row or 0, draft.reading.column or 0), reverse=held[-1].is_total
        )
        for number, draft in enumerate(held[1:], start=2):
            dimensions = tuple(sorted([*draft.observation.dimensions, ("line", str(number))]))
            draft.observation = named(replace(draft.observation, dimensions=dimensions), report.report_id)
    return drafts


def _about(table: Table) -> list[str]:
    heads = [" ".join(cell.text.split()) for cell in table.cells if cell.header]
    return [table.caption.ar, table.caption.fr, *heads]


def _valid(period: str, reading: Reading, complaints: list[Complaint]) -> str:
    """A printed period as it is, or nothing and a complaint when it is none that is known."""
    if not period or is_period(period):
        return period
    complaints.append(
        Complaint(
            rule="SER-01",
            page=reading.locus.page,
            message_ar=f"فترة مرجعية غير مفهومة: {period}",
            message_fr=f"Période de référence incomprise : {period}",
            message_en=f"The reference period is not understood: {period}",
            readings=(reading.reading_id,),
        )
    )
    return ""


def _any(terms: Sequence[Term], words: tuple[frozenset[str], ...]) -> bool:
    return bool(words) and any(met(one, words, 0) for one in terms)
