"""One fact of a report told elsewhere in it in other words: in a table, in a call-out, in another sentence.

Words alone name too much, and numbers alone are alike by chance: a finding needs both. Either the words agree and one
number is a slip of the hand from the other, or two figures of a sentence stand in a table at each other's places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.validation.agreement import printed_twice
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.facts import Fact, facts_of, of_one_thing, of_one_year, slipped
from pipeline.validation.languages import told_in_two_languages
from pipeline.validation.telling import Telling, kind_of

#: Exchanged figures of fewer digits are so by chance.
_LEAST = 10


def one_fact(evidence: Evidence) -> Iterator[Finding]:
    """One fact has one value in a report: under one series, in other words, at another place, in another language."""
    suspected: set[str] = set()
    reading_of = {one.observation_id: one.reading_id for one in evidence.observations}
    for finding in _all(evidence):
        # The finding that comes first knows most of why the two are one.
        values = [*finding.readings, *(reading_of[one] for one in finding.observations)]
        if values[0] not in suspected:
            suspected |= set(values[: 2 if finding.observations else 1])
            yield finding


def _all(evidence: Evidence) -> Iterator[Finding]:
    yield from printed_twice(evidence)
    telling = Telling(evidence.codebook)
    for extraction in evidence.read_reports():
        report_id = extraction.report.report_id
        facts = facts_of(evidence, report_id, telling)
        said = [one for one in facts if not one.in_table]
        yield from told_in_two_languages(evidence, report_id)
        if said:
            yield from _exchanged(said, facts)
            yield from _slips(evidence, said, facts)


def _slips(evidence: Evidence, said: Sequence[Fact], facts: Sequence[Fact]) -> Iterator[Finding]:
    """Figures of sentences that are a slip away from another figure of the same thing and agree with none."""
    values = {_value(one) for one in facts if one.in_table}
    told: dict[tuple[str, Decimal | None], set[str]] = defaultdict(set)
    for one in facts:
        told[_value(one)].add(one.reading.sentence or one.reading.reading_id)
    seen: set[frozenset[str]] = set()
    for one, other, what in slipped(said, facts):
        pair = frozenset((one.reading.reading_id, other.reading.reading_id))
        apart = one.reading.sentence != other.reading.sentence or other.in_table
        lonely = _value(one) not in values and (other.in_table or len(told[_value(one)]) == 1)
        if pair in seen or not (apart and lonely) or evidence.sure(one.reading):
            continue
        if of_one_year(one.observation, other.observation) and of_one_thing(one, other):
            seen.add(pair)
            firm = what == "typo" and not (one.recognised or other.recognised)
            yield _two(one, other, Severity.ERROR if firm else Severity.WARNING)


def _value(one: Fact) -> tuple[str, Decimal | None]:
    return kind_of(one.reading.unit_measure), one.reading.value


def _exchanged(said: Sequence[Fact], facts: Sequence[Fact]) -> Iterator[Finding]:
    """Two places of one sentence whose figures stand the other way round in a column of a table."""
    columns: dict[tuple[str, int | None], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for one in facts:
        if one.in_table and one.observation.ref_area != "MA":
            columns[one.reading.table_id, one.reading.column][one.observation.ref_area].append(one)
    sentences: dict[str, list[Fact]] = defaultdict(list)
    for one in said:
        if one.observation.ref_area != "MA" and one.reading.value is not None and one.reading.value >= _LEAST:
            sentences[one.reading.sentence].append(one)
    for a, b in (pair for held in sentences.values() for pair in combinations(held, 2)):
        places = a.observation.ref_area, b.observation.ref_area
        if places[0] == places[1] or _value(a)[0] != _value(b)[0] or a.reading.value == b.reading.value:
            continue
        for column in columns.values():
            if not all(len(column.get(place, ())) == 1 for place in places):
                continue
            x, y = column[places[0]][0], column[places[1]][0]
            if (_value(x), _value(y)) == (_value(b), _value(a)) and of_one_year(a.observation, x.observation):
                grave = Severity.WARNING if a.recognised or x.recognised else Severity.ERROR
                yield _two(a, x, grave, (b, y))
                break


def _two(one: Fact, other: Fact, severity: Severity, more: tuple[Fact, ...] = ()) -> Finding:
    a, b = one.reading, other.reading
    here, there = a.locus.page, b.locus.page
    words = [" ".join(_name(x)) for x in (one, other) if x.in_table]
    row = f" ({words[-1]})" if words and words[-1] else ""
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
