"""Figures of one report with the words that say what they count, for checks that no common series leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation, is_country
from pipeline.model.place import Method
from pipeline.model.quick import quick
from pipeline.model.reading import Label, Qualifier, Reading
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.prose.telling import Telling, Words, kind_of
from pipeline.validation.slips import slip, traces

_YEAR = 4
#: Ends a period that is the last day of a year: what stands there then is told under the year.
YEAR_END = "-12-31"
#: Words in common that say that two figures are of one thing; so many where the counted noun is not among them.
_SHARED, _MANY = 2, 3
_LEVELS = ("", "level")
#: A figure as printed and what it is taken to mean.
Level = tuple[Reading, Observation]
_NONE = Label()


@quick
@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, with what tells what it counts; words are read when they are asked for, since few figures come to that."""

    reading: Reading
    observation: Observation
    caption: Label
    telling: Telling

    @property
    def words(self) -> Words:
        """What the sentence, or the labels, caption and heading of a cell tell."""
        one = self.reading
        if not self.in_table:
            return self.telling.sentence(one)
        return self.telling.labels(one.row_label, one.column_label, self.caption) | self.telling.of(
            one.section
        )

    @property
    def noun(self) -> Words:
        """The counted noun; of a cell what heads its column."""
        one = self.reading
        return self.telling.labels(one.column_label) if self.in_table else self.telling.noun(one)

    @property
    def parts(self) -> tuple[Words, ...]:
        """Of a cell that is not the whole of its table, the words that say which part of it, by language."""
        one, label = self.observation, self.reading.row_label
        whole = is_country(one.ref_area) and one.sex == "_T" and one.age == "_T" and not one.dimensions
        if whole or not self.in_table:
            return ()
        return tuple(words for text in (label.ar, label.fr) if (words := self.telling.of(text)))

    @property
    def kind(self) -> tuple[str, str, str]:
        """What two figures of one thing have in common whatever their words: kind of unit, territory, sex."""
        one = self.observation
        return kind_of(self.reading.unit_measure), one.ref_area, one.sex

    @property
    def in_table(self) -> bool:
        """Whether it is a cell."""
        return self.reading.kind == "cell"

    @property
    def recognised(self) -> bool:
        """Whether it was read from a picture."""
        return self.reading.locus.method is Method.OCR


def facts_of(evidence: Evidence, report_id: str, period: str = "") -> list[Fact]:
    """Levels of a report that are printed as exact; of one period, if one is given."""
    return facts(evidence, levels_of(evidence, report_id, period))


def facts(evidence: Evidence, levels: Iterable[Level]) -> list[Fact]:
    """Levels with the words that tell what they count."""
    captions, telling = evidence.captions, evidence.telling
    return [
        Fact(reading, one, captions.get(reading.table_id, _NONE), telling) for reading, one in levels
    ]


def levels_of(evidence: Evidence, report_id: str, period: str = "") -> Iterator[Level]:
    """Levels of a report that are printed as exact; of one period, if one is given."""
    reading_of = evidence.reading
    for one in evidence.told_in(report_id):
        if not period or one.time_period == period:
            for reading_id in (one.reading_id, *one.duplicates):
                reading = reading_of.get(reading_id)
                if reading is not None and _is_level(reading):
                    yield reading, one


def at_places_of(some: Iterable[Fact], levels: Iterable[Level]) -> Iterator[Level]:
    """Levels of the territories and sexes of some facts: no other can be of one kind with them."""
    places = {(one.observation.ref_area, one.observation.sex) for one in some}
    return (level for level in levels if (level[1].ref_area, level[1].sex) in places)


def _is_level(reading: Reading) -> bool:
    return (
        reading.value is not None
        and reading.qualifier is Qualifier.EXACT
        and reading.measure in _LEVELS
        and reading.unit_measure != "PT"
    )


def of_one_thing(one: Fact, other: Fact) -> bool:
    """Whether the words of two figures say that they count the same, of the same part, in the same unit."""
    if one.kind != other.kind:
        return False
    if not (_named(one, other) and _named(other, one)):
        return False
    shared = one.words & other.words
    noun = bool(one.noun & other.words or other.noun & one.words)
    return len(shared) >= (_SHARED if noun else _MANY)


def _named(one: Fact, other: Fact) -> bool:
    """Whether the part that a cell is of is named beside the other figure as well."""
    if not one.parts or not is_country(one.observation.ref_area):
        return True
    return any(part <= other.words for part in one.parts)


def of_one_year(one: Observation, other: Observation) -> bool:
    """Whether two figures of a report can be of one year; without one printed it may be any of the school years around it."""
    a, b = (period.removesuffix(YEAR_END) for period in (one.time_period, other.time_period))
    if a == b:
        return True
    loose = not (one.period_stated and other.period_stated)
    years = [set(_years(period)) for period in (a, b)]
    whole = all(len(period) == _YEAR or period.endswith("-A1") or "/" in period for period in (a, b))
    return loose and whole and bool(years[0] & years[1])


def _years(period: str) -> Iterator[str]:
    for part in period.split("/"):
        yield part[:_YEAR]
        if part.endswith("-A1"):
            yield str(int(part[:_YEAR]) + 1)


def slipped(facts: Sequence[Fact], others: Iterable[Fact]) -> Iterator[tuple[Fact, Fact, str]]:
    """Pairs of one kind of which a slip of the hand makes one of the other, each with its kind of slip."""
    if not facts:
        return
    kinds = {one.kind for one in facts}
    index: dict[tuple[tuple[str, str, str], str], list[Fact]] = defaultdict(list)
    for other in others:
        if (kind := other.kind) in kinds and other.reading.value is not None:
            for trace in traces(other.reading.value):
                index[kind, trace].append(other)
    for one in facts:
        value, kind = one.reading.value, one.kind
        if value is None:
            continue
        near = {id(other): other for trace in traces(value) for other in index.get((kind, trace), ())}
        for other in near.values():
            if other.reading.value is not None and (what := slip(value, other.reading.value)):
                yield one, other, what


def two_values(one: Fact, other: Fact, severity: Severity, more: tuple[Fact, ...] = ()) -> Finding:
    """The finding that two figures of one thing differ; ``more`` are others that speak for it."""
    a, b = one.reading, other.reading
    here, there = a.locus.page, b.locus.page
    names = [" ".join(_name(x)) for x in (one, other) if x.in_table]
    row = f" ({names[-1]})" if names and names[-1] else ""
    return card(
        "DOC-01",
        "document",
        severity,
        readings=[a, b, *(x.reading for x in more)],
        series_id=one.observation.series_id,
        expected=b.raw,
        observed=a.raw,
        origin=Origin.EXTRACTION if one.recognised or other.recognised else Origin.SOURCE,
        ar=f"قيمتان للشيء نفسه: {a.raw} (ص {here}) و{b.raw}{row} (ص {there})",
        fr=f"deux valeurs d'une même chose : {a.raw} (p. {here}), {b.raw}{row} (p. {there})",
        en=f"two values of one thing: {a.raw} (p. {here}), {b.raw}{row} (p. {there})",
    )


def _name(cell: Fact) -> Iterator[str]:
    label = cell.reading.row_label
    if label:
        yield label.fr or label.ar
