"""Figures of one report with the words that say what they count, for checks that no common series leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model.observation import Observation
from pipeline.model.place import Method
from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.evidence import Evidence
from pipeline.validation.slips import slip, traces
from pipeline.validation.telling import Words, kind_of

_YEAR = 4
#: Words in common that say that two figures are of one thing; so many where the counted noun is not among them.
_SHARED, _MANY = 2, 3
_LEVELS = ("", "level")


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure; ``words`` tell what it counts, ``noun`` is the counted noun.

    Of a cell that is not the whole of its table, ``parts`` are the words that say which part of it, by language.
    """

    reading: Reading
    observation: Observation
    words: Words
    noun: Words
    parts: tuple[Words, ...] = ()

    @property
    def in_table(self) -> bool:
        """Whether it is a cell."""
        return self.reading.kind == "cell"

    @property
    def recognised(self) -> bool:
        """Whether it was read from a picture."""
        return self.reading.locus.method is Method.OCR


def facts_of(evidence: Evidence, report_id: str) -> list[Fact]:
    """Levels of a report that are printed as exact."""
    found = []
    for one in evidence.told_in(report_id):
        for reading_id in (one.reading_id, *one.duplicates):
            reading = evidence.reading.get(reading_id)
            if reading is not None and _is_level(reading):
                found.append(_fact(evidence, reading, one))
    return found


def _is_level(reading: Reading) -> bool:
    return (
        reading.value is not None
        and reading.qualifier is Qualifier.EXACT
        and reading.measure in _LEVELS
        and reading.unit_measure != "PT"
    )


def _fact(evidence: Evidence, reading: Reading, one: Observation) -> Fact:
    telling = evidence.telling
    if reading.kind != "cell":
        return Fact(reading, one, telling.sentence(reading), telling.noun(reading))
    caption = evidence.captions.get(reading.table_id)
    labels = [reading.row_label, reading.column_label, *([caption] if caption else [])]
    whole = one.ref_area == "MA" and one.sex == "_T" and one.age == "_T" and not one.dimensions
    row = (telling.of(reading.row_label.ar), telling.of(reading.row_label.fr))
    parts = () if whole else tuple(words for words in row if words)
    words = telling.labels(*labels) | telling.of(reading.section)
    return Fact(reading, one, words, telling.labels(reading.column_label), parts)


def of_one_thing(one: Fact, other: Fact) -> bool:
    """Whether the words of two figures say that they count the same, of the same part, in the same unit."""
    a, b = one.observation, other.observation
    if kind_of(one.reading.unit_measure) != kind_of(other.reading.unit_measure):
        return False
    if (a.ref_area, a.sex) != (b.ref_area, b.sex):
        return False
    if not (_named(one, other) and _named(other, one)):
        return False
    shared = one.words & other.words
    noun = bool(one.noun & other.words or other.noun & one.words)
    return len(shared) >= (_SHARED if noun else _MANY)


def _named(one: Fact, other: Fact) -> bool:
    """Whether the part that a cell is of is named beside the other figure as well."""
    if not one.parts or one.observation.ref_area != "MA":
        return True
    return any(part <= other.words for part in one.parts)


def of_one_year(one: Observation, other: Observation) -> bool:
    """Whether two figures of a report can be of one year; without one printed it may be any of the school years around it."""
    a, b = one.time_period, other.time_period
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


def slipped(facts: Iterable[Fact], others: Iterable[Fact]) -> Iterator[tuple[Fact, Fact, str]]:
    """Pairs of which a slip of the hand makes one of the other, each with its kind."""
    index: dict[str, list[Fact]] = defaultdict(list)
    for other in others:
        for trace in traces(other.reading.value) if other.reading.value is not None else ():
            index[trace].append(other)
    for one in facts:
        value = one.reading.value
        if value is None:
            continue
        near = {id(other): other for trace in traces(value) for other in index.get(trace, ())}
        for other in near.values():
            if other.reading.value is not None and (what := slip(value, other.reading.value)):
                yield one, other, what
