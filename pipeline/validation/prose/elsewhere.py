"""One fact of a report told elsewhere in it in other words: in a table, in a call-out, in another sentence.

Words alone name too much, and numbers alone are alike by chance: a finding needs both. Either the words agree and one
number is a slip of the hand from the other, or two figures of a sentence stand in a table at each other's places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.codebook.loading import fold
from pipeline.codebook.wording import without_level
from pipeline.language.lexicon import words
from pipeline.model.finding import Finding, Severity
from pipeline.model.reading import Reading
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import of
from pipeline.validation.prose.agreement import printed_twice
from pipeline.validation.prose.facts import (
    Fact,
    Level,
    at_places_of,
    facts,
    levels_of,
    of_one_thing,
    of_one_year,
    slipped,
    two_values,
)
from pipeline.validation.prose.languages import told_in_two_languages
from pipeline.validation.prose.namedrows import told_of_rows
from pipeline.validation.prose.telling import kind_of, stem
from pipeline.validation.prose.tiles import rates_in_tiles, told_in_tiles
from pipeline.validation.prose.yearly import told_by_year

#: Exchanged figures of fewer digits are so by chance.
_LEAST = 10
_ENOUGH = 2


def one_fact(evidence: Evidence) -> Iterator[Finding]:
    """One fact has one value in a report: under one series, in other words, at another place, in another language."""
    suspected: set[str] = set()
    for finding, told in printed_twice(evidence):
        suspected |= {one.reading_id for one in told}
        yield finding
    for finding in _in_other_words(evidence):
        # The finding that comes first knows most of why the two are one.
        if finding.readings[0] not in suspected:
            suspected.add(finding.readings[0])
            yield finding


def _in_other_words(evidence: Evidence) -> Iterator[Finding]:
    for extraction in evidence.read_reports():
        report_id = extraction.report.report_id
        levels = list(levels_of(evidence, report_id))
        said = facts(evidence, (level for level in levels if level[0].kind != "cell"))
        yield from told_in_two_languages(evidence, report_id)
        yield from told_of_rows(evidence, extraction)
        yield from told_in_tiles(evidence, report_id)
        yield from rates_in_tiles(evidence, report_id)
        yield from told_by_year(evidence, levels)
        if said:
            yield from _exchanged(evidence, said, levels)
            yield from _slips(evidence, said, levels)


def _slips(evidence: Evidence, said: Sequence[Fact], levels: Sequence[Level]) -> Iterator[Finding]:
    """Figures of sentences that are a slip away from another figure of the same thing and agree with none."""
    values = {_value(reading) for reading, _ in levels if reading.kind == "cell"}
    told: dict[tuple[str, Decimal | None], set[str]] = defaultdict(set)
    for one in said:
        told[_value(one.reading)].add(one.reading.sentence or one.reading.reading_id)
    near = facts(evidence, at_places_of(said, levels))
    seen: set[frozenset[str]] = set()
    for one, other, what in slipped(said, near):
        pair = frozenset((one.reading.reading_id, other.reading.reading_id))
        apart = one.reading.sentence != other.reading.sentence or other.in_table
        value = _value(one.reading)
        lonely = value not in values and (other.in_table or len(told[value]) == 1)
        if pair in seen or not (apart and lonely) or evidence.sure(one.reading) or _rounded(one, other):
            continue
        if _aims(one):
            continue
        alike = of_one_thing(one, other)
        if of_one_year(one.observation, other.observation) and (
            alike or (what == "typo" and (_of_tile(one, other) or _of_total(one, other)))
        ):
            seen.add(pair)
            firm = alike and what == "typo" and not (one.recognised or other.recognised)
            yield two_values(one, other, Severity.ERROR if firm else Severity.WARNING)


def _aims(one: Fact) -> bool:
    """Whether the sentence of a figure says what is meant to be: it need not be what came of it."""
    said = set(fold(one.reading.sentence).split())
    return not said.isdisjoint(words("identifiers", "words", "aims") | words("identifiers", "words", "target"))


def _rounded(one: Fact, other: Fact) -> bool:
    """Whether one number is the other, told in fewer digits."""
    a, b = of(one.reading), of(other.reading)
    return a is not None and b is not None and a.meets(b)


def _of_tile(one: Fact, other: Fact) -> bool:
    """Whether one of two figures of a noun is a big number and the other one of a sentence; tables have their own check."""
    kinds = {one.reading.kind, other.reading.kind}
    return kinds == {"callout", "prose"} and bool(one.noun & other.noun)


def _of_total(one: Fact, other: Fact) -> bool:
    """Whether one figure is the whole of a table of the page whose caption says that it counts the noun of the other."""
    there = one.reading.locus.page == other.reading.locus.page and other.in_table and not other.parts
    return there and bool(one.noun & other.telling.labels(other.caption))


def _value(one: Reading) -> tuple[str, Decimal | None]:
    return kind_of(one.unit_measure), one.value


def _exchanged(evidence: Evidence, said: Sequence[Fact], levels: Sequence[Level]) -> Iterator[Finding]:
    """Figures of a sentence that are those of the rows it names, in another order than the rows."""
    sentences: dict[str, list[Fact]] = defaultdict(list)
    for one in said:
        sentences[one.reading.sentence].append(one)
    if all(len(held) < _ENOUGH for held in sentences.values()):
        return
    columns: dict[tuple[str, int | None], list[Fact]] = defaultdict(list)
    for one in facts(evidence, (level for level in levels if level[0].kind == "cell")):
        if one.reading.value is not None and one.reading.value >= _LEAST:
            columns[one.reading.table_id, one.reading.column].append(one)
    values_of = {key: {_value(one.reading) for one in column} for key, column in columns.items()}
    for sentence, held in sentences.items():
        figures = {_value(one.reading) for one in held}
        near = [columns[key] for key, values in values_of.items() if len(figures & values) >= _ENOUGH]
        stems = [stem(word) for word in fold(sentence).split()] if near else []
        for column in near:
            rows = _named(stems, column)
            values = {_value(row.reading) for row in rows}
            told = [one for one in sorted(held, key=_place) if _value(one.reading) in values]
            if not len(told) == len(rows) == len(values) == len({_value(one.reading) for one in told}) > 1:
                continue
            wrong = [
                (a, x) for a, x in zip(told, rows, strict=True) if _value(a.reading) != _value(x.reading)
            ]
            if wrong and of_one_year(wrong[0][0].observation, wrong[0][1].observation):
                firm = not any(one.recognised for pair in wrong for one in pair)
                yield two_values(*wrong[0], Severity.ERROR if firm else Severity.WARNING, wrong[1])
                break


def _place(one: Fact) -> int:
    return one.reading.sentence.find(one.reading.raw)


def _named(words: Sequence[str], column: Sequence[Fact]) -> list[Fact]:
    """The rows of a column that a sentence names once, in the order in which it does."""
    found = []
    for one in column:
        label = one.reading.row_label
        for text in (label.ar, label.fr):
            wanted = [stem(word) for word in without_level(fold(text.split(" / ")[-1])).split()]
            at = [i for i in range(len(words)) if wanted and words[i : i + len(wanted)] == wanted]
            if len(at) == 1:
                found.append((at[0], one))
                break
    return [one for _, one in sorted(found, key=lambda place: place[0])]
