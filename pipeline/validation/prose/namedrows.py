"""Sentences beside a table: their figures against those of the lines that they name, and women beside a whole of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.codebook.loading import fold
from pipeline.model.extraction import Extraction
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.model.place import Method
from pipeline.model.reading import Label, Qualifier, Reading
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import of
from pipeline.validation.prose.facts import of_one_year
from pipeline.validation.prose.sheets import Sheet, sheets_of
from pipeline.validation.prose.stated import statement
from pipeline.validation.prose.telling import Words, kind_of
from pipeline.validation.tables.layout import Naming

#: Numbers of fewer digits are alike, and unlike, by chance.
_LEAST = 10
#: A figure farther from the cell than this factor is hardly meant to be the same.
_NEAR = 2
_LEVELS = ("", "level")
_NONE = Label()

Told = tuple[Reading, Observation]


def told_of_rows(evidence: Evidence, extraction: Extraction) -> Iterator[Finding]:
    """What a sentence says of lines of a table on its page, or on a page beside it, is what the table says."""
    report_id = extraction.report.report_id
    sentences: dict[int, dict[str, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    for reading in extraction.readings:
        if reading.kind == "prose" and reading.value is not None:
            sentences[reading.locus.page][reading.sentence].append(reading)
    if not sentences:
        return
    observed = {
        reading_id: one
        for one in evidence.told_in(report_id)
        for reading_id in (one.reading_id, *one.duplicates)
    }
    tables = _tables(extraction, sentences.keys())
    sheets = {page: list(_sheets(evidence, held)) for page, held in tables.items()}
    for page, told in sorted(sentences.items()):
        beside = [sheet for p in (page, page - 1, page + 1) for sheet in sheets.get(p, ())]
        for held in told.values() if beside else ():
            for one in statement(evidence, held, beside, observed):
                yield from one.findings()
            if page in tables:
                yield from _part_of_whole(
                    evidence, _with(held, observed), [_with(cells, observed) for cells in tables[page].values()]
                )


def _tables(extraction: Extraction, pages: Collection[int]) -> dict[int, dict[str, list[Reading]]]:
    """Cells by page and table, of pages that have sentences or stand beside such."""
    found: dict[int, dict[str, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    near = {beside for page in pages for beside in (page - 1, page, page + 1)}
    for reading in extraction.readings:
        if reading.kind == "cell" and reading.row is not None and reading.value is not None and reading.locus.page in near:
            found[reading.locus.page][reading.table_id].append(reading)
    return found


def _sheets(evidence: Evidence, tables: Mapping[str, Sequence[Reading]]) -> Iterator[Sheet]:
    naming = Naming.of(evidence.codebook)
    for table_id, cells in tables.items():
        yield from sheets_of(evidence.telling, naming, cells, evidence.captions.get(table_id, _NONE))


def _with(readings: Sequence[Reading], observed: Mapping[str, Observation]) -> list[Told]:
    return [(r, observed[r.reading_id]) for r in readings if r.reading_id in observed]


def _part_of_whole(
    evidence: Evidence, told: Sequence[Told], tables: Sequence[Sequence[Told]]
) -> Iterator[Finding]:
    """Women told beside a whole that stands in a row of a table are those of that row."""
    women = evidence.telling.women
    parts = [(r, o) for r, o in told if _is_count(r, o) and _of_women(r, o, women) and not evidence.sure(r)]
    wholes = {r.value for r, o in told if _is_count(r, o) and not _of_women(r, o, women)}
    if len(parts) != 1:
        return
    rows: dict[tuple[str, int | None], list[Told]] = defaultdict(list)
    for cells in tables:
        for cell in cells:
            rows[cell[0].table_id, cell[0].row].append(cell)
            if _is_count(*cell) and cell[0].value == parts[0][0].value:
                return
    found = [
        row
        for row in rows.values()
        if any(r.value in wholes and _is_count(r, o) and not _of_women(r, o, women) for r, o in row)
    ]
    if len(found) != 1:
        return
    there = [(r, o) for r, o in found[0] if _is_count(r, o) and _of_women(r, o, women)]
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
