"""Sentences that speak of one row of a table on their page, held against the figures of that row.

Words that name a row are those that no other row of the table has («دور المسنين» beside «دار الأطفال»: the older persons).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.codebook.loading import fold
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.model.place import Method
from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.facts import of_one_year
from pipeline.validation.intervals import of
from pipeline.validation.telling import Words, kind_of

#: Numbers of fewer digits are alike, and unlike, by chance.
_LEAST = 10
#: A figure farther from the cell than this factor is hardly meant to be the same.
_NEAR = 2
_LEVELS = ("", "level")
#: What parts clauses; between digits a point or comma is part of a number.
_MARK = re.compile(r"[،؛;:]|[.,](?!\d)")

Told = tuple[Reading, Observation]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a table: the words that tell it from the others, by language, and its figures."""

    names: tuple[Words, ...]
    cells: tuple[Told, ...]

    def named_by(self, words: Words) -> bool:
        """Whether a sentence of these words names it."""
        return any(name <= words for name in self.names)


def told_of_rows(evidence: Evidence, report_id: str) -> Iterator[Finding]:
    """A figure of a sentence that names one row of a table on its page is the one of that row.

    The row is named in the clause of the figure or, where that names none, before it in its sentence; it has one figure of
    the unit, or one whose column is named as well.
    """
    women = evidence.telling.women
    sentences, tables = _of_pages(evidence, report_id)
    for page in sorted(sentences.keys() & tables.keys()):
        rows = [row for cells in tables[page].values() for row in _rows(evidence, cells)]
        known = {(kind_of(r.unit_measure), r.value) for row in rows for r, _ in row.cells}
        for told in sentences[page].values():
            new = [
                (r, o)
                for r, o in told
                if (kind_of(r.unit_measure), r.value) not in known and not evidence.sure(r)
            ]
            for one in new:
                yield from _unlike(evidence, one, told, rows, women)
            yield from _part_of_whole(told, new, rows, women)


def _of_pages(
    evidence: Evidence, report_id: str
) -> tuple[dict[int, dict[str, list[Told]]], dict[int, dict[str, list[Told]]]]:
    """By page: figures by sentence, and by table."""
    sentences: dict[int, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    tables: dict[int, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    pages = {reading.locus.page for reading in evidence.prose_of(report_id)}
    for one in evidence.told_in(report_id):
        if one.locus.page not in pages:
            continue
        for reading_id in (one.reading_id, *one.duplicates):
            reading = evidence.reading.get(reading_id)
            if reading is None or reading.value is None:
                continue
            if reading.kind == "cell" and reading.row is not None:
                tables[reading.locus.page][reading.table_id].append((reading, one))
            elif reading.kind == "prose":
                sentences[reading.locus.page][reading.sentence].append((reading, one))
    return sentences, tables


def _rows(evidence: Evidence, cells: Sequence[Told]) -> list[_Row]:
    by_row: dict[int, list[Told]] = defaultdict(list)
    for cell in cells:
        by_row[cell[0].row or 0].append(cell)
    names: dict[int, list[Words]] = {}
    for at, held in by_row.items():
        label = held[0][0].row_label
        names[at] = [evidence.telling.of(text.split(" / ")[-1]) for text in (label.ar, label.fr)]
    shared = [Counter(word for held in names.values() for word in held[side]) for side in (0, 1)]
    return [
        _Row(
            tuple(
                own
                for side, words in enumerate(names[at])
                if (own := frozenset(word for word in words if shared[side][word] == 1))
            ),
            tuple(held),
        )
        for at, held in by_row.items()
    ]


def _unlike(
    evidence: Evidence, one: Told, told: Sequence[Told], rows: Sequence[_Row], women: Words
) -> Iterator[Finding]:
    """A figure that stands in no table of the page against the figure of the one row that its words name."""
    reading, observation = one
    kind = kind_of(reading.unit_measure)
    sentence = evidence.telling.of(reading.sentence)
    before, clause = map(evidence.telling.of, _around(reading))
    named = [row for row in rows if row.named_by(clause)] or [row for row in rows if row.named_by(before)]
    if len(named) != 1 or kind not in ("COUNT", "PT") or _of_women(*one, women):
        return
    alike = [(r, o) for r, o in told if kind_of(r.unit_measure) == kind and not _of_women(r, o, women)]
    if alike[:1] != [one] and not named[0].named_by(clause):
        return  # what comes later in the sentence is said of something else
    cells = [(r, o) for r, o in named[0].cells if kind_of(r.unit_measure) == kind and o.sex == "_T"]
    spoken = [(r, o) for r, o in cells if evidence.telling.labels(r.column_label) & sentence]
    cells = spoken if len(cells) > 1 else cells
    if len(cells) != 1 or any(r.value == cells[0][0].value for r, _ in told):
        return
    if _comparable(reading, observation, *cells[0]):
        yield _two(reading, cells[0][0])


def _around(reading: Reading) -> tuple[str, str]:
    """What stands before a figure in its sentence, and the part of the sentence between marks in which it stands."""
    text = reading.sentence
    found = re.search(rf"(?<![\d.,]){re.escape(reading.raw)}(?!\d)", text)
    if found is None:
        return text, text
    start = max((mark.end() for mark in _MARK.finditer(text, 0, found.start())), default=0)
    end = next((mark.start() for mark in _MARK.finditer(text, found.end())), len(text))
    return text[: found.start()], text[start:end]


def _part_of_whole(
    told: Sequence[Told], new: Sequence[Told], rows: Sequence[_Row], women: Words
) -> Iterator[Finding]:
    """Women told beside a whole that stands in a row of a table are those of that row."""
    parts = [(r, o) for r, o in new if _is_count(r, o) and _of_women(r, o, women)]
    wholes = {r.value for r, o in told if _is_count(r, o) and not _of_women(r, o, women)}
    if len(parts) != 1:
        return
    found = [
        row
        for row in rows
        if any(r.value in wholes and _is_count(r, o) and not _of_women(r, o, women) for r, o in row.cells)
    ]
    if len(found) != 1:
        return
    there = [(r, o) for r, o in found[0].cells if _is_count(r, o) and _of_women(r, o, women)]
    if len(there) == 1 and _comparable(*parts[0], *there[0]):
        yield _two(parts[0][0], there[0][0])


def _of_women(reading: Reading, one: Observation, women: Words) -> bool:
    label = reading.column_label
    texts = (label.ar, label.fr) if reading.kind == "cell" else (reading.unit_label,)
    return one.sex == "F" or any(not women.isdisjoint(fold(text.split(" / ")[-1]).split()) for text in texts)


def _is_count(reading: Reading, one: Observation) -> bool:
    return kind_of(reading.unit_measure) == "COUNT" and (reading.value or 0) >= _LEAST and not one.base_period


def _comparable(one: Reading, a: Observation, other: Reading, b: Observation) -> bool:
    """Whether two figures can be meant to be one, and are not."""
    exact = one.qualifier is Qualifier.EXACT and other.qualifier is Qualifier.EXACT
    level = one.measure in _LEVELS or one.unit_measure == "PT"
    if not (exact and level and one.measure != "growth_rate" and of_one_year(a, b)) or a.base_period:
        return False
    low, high = sorted(abs(r.value or Decimal(0)) for r in (one, other))
    if (low < _LEAST and one.unit_measure != "PT") or high > _NEAR * low:
        return False
    if one.unit_measure == "PT" and low == high:
        return False  # a fall of 37.1 % is −37.1 % in a table
    mine, theirs = of(one), of(other)
    return mine is not None and theirs is not None and not mine.meets(theirs)


def _two(one: Reading, other: Reading) -> Finding:
    here, there = one.locus.page, other.locus.page
    label = other.row_label.fr or other.row_label.ar
    recognised = Method.OCR in (one.locus.method, other.locus.method)
    return card(
        "DOC-01",
        "document",
        Severity.WARNING,
        readings=[one, other],
        expected=other.raw,
        observed=one.raw,
        origin=Origin.EXTRACTION if recognised else Origin.SOURCE,
        ar=f"قيمتان للشيء نفسه: {one.raw} في النص (ص {here}) و{other.raw} في الجدول ({label}، ص {there})",
        fr=f"deux valeurs d'une même chose : {one.raw} dans le texte (p. {here}), {other.raw} au tableau ({label}, p. {there})",
        en=f"two values of one thing: {one.raw} in the text (p. {here}), {other.raw} in the table ({label}, p. {there})",
    )
