"""Readings of one report as observations: what each figure is taken to mean, and what could not be placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from pipeline.codebook.loading import Codebook, fold
from pipeline.language.lexicon import MONEY
from pipeline.language.yearparts import YearPart, part_in
from pipeline.model.edition import Code
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.observation import Observation
from pipeline.model.reading import Absence, Label, Reading, Table
from pipeline.model.report import Report
from pipeline.series.dimensions import TOTAL, Breakdowns, Dimensions, code_of
from pipeline.series.evidence import Evidence, is_overview, of_cell, of_sentence
from pipeline.series.linking import Recogniser, counts_itself
from pipeline.series.links import Link
from pipeline.series.meaning import Meaning, over_years
from pipeline.series.periods import UNKNOWN, first_part, first_period, is_period, within_year
from pipeline.series.remarks import Remarks, graver
from pipeline.series.territories import NATIONAL, Places
from pipeline.series.units import bounds_of, decimals_of

#: Status of a missing value: a dash says that there is nothing to count, all else is missing.
_STATUS = {Absence.NIL: "M"}
#: Units of what the codebook does not know and that are taken to add up over months.
_FLOWING = ("PS", *MONEY)


@dataclass(slots=True)
class Draft:
    """One reading with what it is taken to mean, before duplicates are joined."""

    reading: Reading
    observation: Observation
    link: Link
    codes: list[Code] = field(default_factory=list)
    is_total: bool = False


#: All that decides which indicator a cell of a table is of.
_CellKey = tuple[tuple[Label, ...], str, str, str, str, bool]


@dataclass(slots=True)
class _About:
    """What all cells of a table share; ``links`` are the indicators found for some of them."""

    caption: Label = field(default_factory=Label)
    period: str = ""
    part: YearPart | None = None
    remark: str = ""
    ages: bool = False
    overview: bool = False
    links: dict[_CellKey, Link] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Teller:
    """The report that tells something: what its observations take from it."""

    report: Report
    families: frozenset[str] | None
    period: str


@dataclass(frozen=True, slots=True)
class Observer:
    """Observes the reports of one run with one codebook."""

    codebook: Codebook
    recogniser: Recogniser
    breakdowns: Breakdowns
    places: Places
    remarks: Remarks

    @staticmethod
    def of(codebook: Codebook) -> Observer:
        """An observer for a codebook."""
        places, remarks = Places(codebook), Remarks(codebook)
        return Observer(
            codebook, Recogniser(codebook), Breakdowns(codebook, places, remarks), places, remarks
        )

    def observe(self, extraction: Extraction) -> tuple[list[Meaning], list[Complaint]]:
        """What each reading of a report is taken to mean, in reading order."""
        report = extraction.report
        teller = _Teller(report, self.recogniser.families_of(report), _year_of(report))
        complaints: list[Complaint] = []
        about = {table.table_id: self._about(table) for table in extraction.tables}
        evidence = self._sentences(extraction.readings)
        meanings = [
            self._cell(reading, about.setdefault(reading.table_id, _About()), teller, complaints)
            if reading.kind == "cell"
            else self._figure(reading, evidence[reading.reading_id], teller, complaints)
            for reading in extraction.readings
        ]
        return over_years(extraction.readings, meanings), complaints

    def _about(self, table: Table) -> _About:
        heads = [" ".join(cell.text.split()) for cell in table.cells if cell.header]
        titles = (table.caption.ar, table.caption.fr)
        return _About(
            caption=table.caption,
            period=first_period((*titles, table.unit_note)),
            part=first_part((*titles, table.unit_note)),
            remark=self.remarks.of(titles),
            ages=self.breakdowns.about_ages([*titles, *heads]),
            overview=is_overview(table.caption, table.section, self.codebook),
        )

    def _sentences(self, readings: Iterable[Reading]) -> dict[str, Evidence]:
        groups: dict[tuple[int, str, str], list[Reading]] = defaultdict(list)
        for reading in readings:
            if reading.kind != "cell":
                groups[reading.locus.page, reading.section, reading.sentence].append(reading)
        found: dict[str, Evidence] = {}
        for held in groups.values():
            found |= of_sentence(held, self.codebook)
        return found

    def _cell(self, reading: Reading, about: _About, teller: _Teller, complaints: list[Complaint]) -> Meaning:
        said = self.breakdowns.of(
            reading.row_label, reading.column_label, year=teller.report.edition_year, ages=about.ages
        )
        if about.overview:
            said = _counting_rows(said)
        reading = _measured(reading, said)
        link = self._link_of_cell(reading, about, said, teller)
        period = said.period or _valid(reading.period, reading, complaints) or about.period
        if part := said.part or about.part:
            period = within_year(period or teller.period, part, flow=self._adds_up(link))
        return Meaning(link, said, period, bool(period), graver(said.remark, about.remark))

    def _link_of_cell(self, reading: Reading, about: _About, said: Dimensions, teller: _Teller) -> Link:
        """The indicator of a cell; found once for all cells of which everything that decides it is the same."""
        key = (
            said.counted,
            reading.section,
            reading.unit_measure,
            reading.measure,
            reading.unit_label,
            counts_itself(reading),
        )
        link = about.links.get(key)
        if link is None:
            evidence = of_cell(reading, about.caption, said.counted, self.codebook)
            link, nearly = self.recogniser.recognise(reading, evidence, teller.families)
            if link is None:
                link = self.recogniser.provisional_cell(reading, about.caption, said.counted, nearly)
            about.links[key] = link
        return link

    def _figure(
        self, reading: Reading, evidence: Evidence, teller: _Teller, complaints: list[Complaint]
    ) -> Meaning:
        link, nearly = self.recogniser.recognise(reading, evidence, teller.families)
        area = self._area(evidence, teller.report.edition_year)
        sex = self.codebook.sex_of.get(fold(reading.unit_label), "")
        counted = self.codebook.indicators[link.code].counted if link is not None else ""
        if sex not in ("M", "F") or counted.startswith("woman"):
            sex = ""
        if link is None:
            link = self.recogniser.provisional_prose(reading, evidence, nearly)
        period = _valid(reading.period, reading, complaints)
        stated = reading.period_stated and bool(period)
        if part := part_in(reading.sentence):
            period = within_year(period or teller.period, part, flow=self._adds_up(link))
        return Meaning(link, _of_sentence(area, sex), period, stated, "")

    def _adds_up(self, link: Link) -> bool:
        """Whether what is counted adds up over the months of a year: people served, money spent; not what stands."""
        known = self.codebook.indicators.get(link.code)
        return known.kind == "flow" if known else link.unit in _FLOWING

    def _area(self, evidence: Evidence, year: int | None) -> str:
        """The region a prose figure is about: the one its clause names, or since the figure before, or the one before it."""
        inside = {code for _, code in self.places.areas_in(evidence.phrase, year)}
        if len(inside) == 1:
            return inside.pop()
        since = {code for _, code in self.places.areas_in(evidence.since, year)}
        if len(since) == 1:
            return since.pop()
        if inside:
            return ""
        before = {code for _, code in self.places.areas_in(evidence.before, year)}
        return before.pop() if len(before) == 1 else ""


def _counting_rows(said: Dimensions) -> Dimensions:
    """What labels say in a table of indicators: a row that names no class known to the codebook names what is counted."""
    rows = [label for list_name, _, label in said.named if list_name == "CL_ITEM"]
    if not rows or not said.period:
        return said
    pairs = tuple((name, code) for name, code in said.pairs if name != "item")
    return replace(said, counted=(*rows, *said.counted), pairs=pairs, named=[])


def drafts_of(extraction: Extraction, meanings: Iterable[Meaning]) -> list[Draft]:
    """Each reading of a report with what it is taken to mean, in reading order."""
    year = _year_of(extraction.report)
    drafts = []
    for printed, meaning in zip(extraction.readings, meanings, strict=True):
        said = meaning.said
        reading = _measured(printed, said)
        observation = _observation(reading, meaning, extraction.report, year)
        codes = [code_of(*named) for named in said.named] if said.named else []
        drafts.append(Draft(reading, observation, meaning.link, codes, said.total))
    return _lines_apart(drafts, extraction.report)


def _year_of(report: Report) -> str:
    return str(report.edition_year) if report.edition_year else UNKNOWN


def _measured(reading: Reading, said: Dimensions) -> Reading:
    """A reading with the measure that its labels speak of, where it has none of its own."""
    if not said.growth or reading.measure:
        return reading
    return replace(reading, measure="growth_rate" if reading.unit_measure == "PT" else "change")


@cache
def _of_sentence(area: str, sex: str) -> Dimensions:
    """What sentences say of area and sex; one for all figures of which they say the same."""
    return Dimensions(area=area, sex=sex)


def _observation(reading: Reading, meaning: Meaning, report: Report, year: str) -> Observation:
    """A reading as what it is taken to mean; one without a period is of the year of its report."""
    link, said = meaning.link, meaning.said
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
    area, sex, age = said.area or report.country or NATIONAL, said.sex or TOTAL, said.age or TOTAL
    time_period = meaning.period or year
    series_id = _series_id(link.code, area, sex, age, said.pairs)
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
        dimensions=said.pairs,
        time_period=time_period,
        period_stated=meaning.stated,
        obs_value=reading.value,
        unit_measure=unit,
        unit_mult=0,
        decimals=decimals_of(reading.resolution),
        qualifier=reading.qualifier,
        lower_bound=low,
        upper_bound=high,
        obs_status=_STATUS.get(reading.absence, "O") if reading.value is None else meaning.status or "A",
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
    first: dict[tuple[str, str], Draft] = {}
    alike: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        if draft.reading.row is not None:
            key = (draft.reading.table_id, draft.observation.observation_id)
            one = first.setdefault(key, draft)
            if one is not draft:
                alike.setdefault(key, [one]).append(draft)
    for held in alike.values():
        held.sort(
            key=lambda draft: (draft.reading.row or 0, draft.reading.column or 0), reverse=held[-1].is_total
        )
        for number, draft in enumerate(held[1:], start=2):
            dimensions = tuple(sorted([*draft.observation.dimensions, ("line", str(number))]))
            draft.observation = named(replace(draft.observation, dimensions=dimensions), report.report_id)
    return drafts


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
