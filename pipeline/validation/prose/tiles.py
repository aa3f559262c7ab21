"""Big numbers over a small label, and the figures of tables that they sum up, wherever in the report these stand.

A label is short: all its words have to be words of the table, or of the whole report, and among them the name of a column
whose total is meant, the name of a row, or what the caption says is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.codebook.loading import fold
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.model.place import Method
from pipeline.model.reading import Label, Qualifier, Reading
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import of
from pipeline.validation.prose.facts import of_one_year
from pipeline.validation.prose.sheets import PERCENT, Lines, Sheet, sheets_of
from pipeline.validation.prose.telling import kind_of
from pipeline.validation.tables.layout import Naming

#: Numbers of fewer digits are alike, and unlike, by chance.
_LEAST = 10
#: A figure farther from the cell than this factor is hardly meant to be the same.
_NEAR, _NEARER = Decimal("1.5"), Decimal("1.25")
#: So many words that the table does not have may stand in a label if one number is a slip of the hand from the other.
_STRANGE = 2
#: A word that stands in so many texts of a report says what all of it is about.
_OFTEN = 2
#: How nouns end that count women: «مستفيدة».
_FEMININE = ("ة", "ات")
#: Pages on which a report sums itself up; numbers of fewer digits are not looked for there.
_FRONT, _LONG = 3, 100
_LEVELS = ("", "level")
_NONE = Label()

Told = tuple[Reading, Observation]


@dataclass(frozen=True, slots=True)
class _Tile:
    """A big number, what its label tells, and the first of it: what is counted."""

    reading: Reading
    observation: Observation
    words: frozenset[str]
    head: str


def told_in_tiles(evidence: Evidence, report_id: str) -> Iterator[Finding]:
    """A big number that stands in no table is what the tables give for the line that its label names."""
    told = _told(evidence, report_id)
    cells = [(r, o) for r, o in told if r.kind == "cell"]
    tiles = [*_tiles(evidence, told), *_summed_up(evidence, cells)]
    if not tiles or not cells:
        return
    tables: dict[tuple[str, Decimal | None], set[str]] = defaultdict(set)
    for reading, _ in cells:
        tables[kind_of(reading.unit_measure), reading.value].add(reading.table_id)
    tiles = [
        one
        for one in tiles
        if tables.get((kind_of(one.reading.unit_measure), one.reading.value), set()) <= {one.reading.table_id}
    ]
    if not tiles:
        return
    sheets, captions = _sheets(evidence, cells)
    observed = {r.reading_id: o for r, o in cells}
    often, naming = _often(evidence, told), Naming.of(evidence.codebook)
    for tile in tiles:
        found = [
            (cell, len(tile.words - sheet.words - often))
            for sheet in sheets
            if sheet.table_id != tile.reading.table_id
            for cell in _given(tile, sheet, captions[sheet.table_id])
            if kind_of(cell.unit_measure) == kind_of(tile.reading.unit_measure) and _one_column(tile.reading, cell)
        ]
        if not found or any(_agree(tile.reading, cell) for cell, _ in found):
            continue
        value = tile.reading.value or Decimal(0)
        cell, strange = min(found, key=lambda one: abs((one[0].value or Decimal(0)) - value))
        several = len({one.value for one, _ in found}) > 1
        slips = _slips(tile.reading, cell)
        if tile.reading.table_id and not slips:
            continue
        in_total = naming.kind(cell.row_label)[0] == "total"
        if strange > (_STRANGE if slips and in_total else 0) or (several and strange):
            continue
        if _comparable(tile, cell, observed[cell.reading_id], _NEARER if several or strange else _NEAR):
            yield _two(tile.reading, cell)


def rates_in_tiles(evidence: Evidence, report_id: str) -> Iterator[Finding]:
    """A big percent is that of the total, in the one column of percents that its label names and nothing else."""
    told = _told(evidence, report_id)
    tiles = [
        (reading, one)
        for reading, one in told
        if reading.kind == "callout" and reading.unit_measure == PERCENT and reading.qualifier is Qualifier.EXACT
        and reading.measure in _LEVELS and not one.base_period and not evidence.sure(reading)
    ]  # fmt: skip
    if not tiles:
        return
    naming, measuring = Naming.of(evidence.codebook), evidence.telling.measuring
    percents = [(r, o) for r, o in told if r.kind == "cell" and r.unit_measure == PERCENT]
    totals: dict[frozenset[str], list[Told]] = defaultdict(list)
    for reading, one in percents:
        if naming.kind(reading.row_label)[0] == "total":
            words = evidence.telling.ordered(reading.column_label.fr), evidence.telling.ordered(reading.column_label.ar)
            for name in {frozenset(held) - measuring for held in words if held}:
                totals[name].append((reading, one))
    printed = {reading.value for reading, _ in percents}
    for reading, one in tiles:
        label = reading.sentence.replace(reading.raw, " ")
        words_of = frozenset(evidence.telling.ordered(label)) - measuring
        found = totals.get(words_of, []) if words_of and reading.value not in printed else []
        if len({cell.value for cell, _ in found}) == 1:
            cell, theirs = found[0]
            low, high = sorted((reading.value or Decimal(0), cell.value or Decimal(0)))
            if 0 < high <= _NEAR * low and not _agree(reading, cell) and of_one_year(one, theirs):
                yield _two(reading, cell)


def _told(evidence: Evidence, report_id: str) -> list[Told]:
    return [
        (reading, one)
        for one in evidence.told_in(report_id)
        for reading_id in (one.reading_id, *one.duplicates)
        if (reading := evidence.reading.get(reading_id)) is not None and reading.value is not None
    ]


def _tiles(evidence: Evidence, told: Sequence[Told]) -> Iterator[_Tile]:
    for reading, one in told:
        exact = reading.qualifier is Qualifier.EXACT and reading.measure in _LEVELS and not one.base_period
        if reading.kind != "callout" or not exact or (reading.value or 0) < _LEAST or evidence.sure(reading):
            continue
        told_of = evidence.telling.ordered(reading.sentence.replace(reading.raw, " "))
        words = set(told_of)
        if one.sex in ("F", "M"):
            words.add(f"SEX_{one.sex}")
        elif reading.unit_measure == "PS" and reading.unit_label.endswith(_FEMININE):
            words.add("SEX_F")
        if reading.unit_measure != PERCENT and told_of:
            yield _Tile(reading, one, frozenset(words), told_of[0])


def _summed_up(evidence: Evidence, cells: Sequence[Told]) -> Iterator[_Tile]:
    """Cells of tables of indicators on the first pages, which sum up those of other tables: their rows are the labels."""
    naming = Naming.of(evidence.codebook)
    front = [(r, o) for r, o in cells if r.locus.page <= _FRONT and r.row is not None]
    with_total = {r.table_id for r, _ in front if naming.kind(r.row_label)[0] in ("total", "subtotal")}
    for reading, one in front:
        words = evidence.telling.ordered(reading.row_label.ar or reading.row_label.fr)
        exact = reading.qualifier is Qualifier.EXACT and reading.unit_measure != PERCENT
        if exact and (reading.value or 0) >= _LONG and reading.table_id not in with_total and len(words) > 1:
            yield _Tile(reading, one, frozenset(words), words[0])


def _one_column(tile: Reading, cell: Reading) -> bool:
    """Whether a cell stands in the column of the one that sums it up, if that is one."""
    heads = [(fold(one.column_label.ar), fold(one.column_label.fr)) for one in (tile, cell)]
    return not tile.table_id or heads[0] == heads[1] or not any(heads[1])


def _sheets(evidence: Evidence, cells: Sequence[Told]) -> tuple[list[Sheet], dict[str, frozenset[str]]]:
    """All tables of a report, and what their captions say is counted."""
    naming = Naming.of(evidence.codebook)
    tables: dict[str, list[Reading]] = defaultdict(list)
    for reading, _ in cells:
        tables[reading.table_id].append(reading)
    captions = {table_id: evidence.captions.get(table_id, _NONE) for table_id in tables}
    sheets = [
        sheet
        for table_id, held in tables.items()
        for sheet in sheets_of(evidence.telling, naming, held, captions[table_id])
        if not sheet.turned
    ]
    return sheets, {table_id: _counted(evidence, caption) for table_id, caption in captions.items()}


def _counted(evidence: Evidence, caption: Label) -> frozenset[str]:
    """What a caption says is counted: its words before those that name the breakdown."""
    matching = evidence.codebook.matching
    by = frozenset(matching.breakdown_by)
    found: tuple[str, ...] = ()
    for text in (caption.ar, caption.fr):
        words = fold(text.split(" / ")[-1]).split()
        end = next((i for i, word in enumerate(words) if word in by), len(words))
        found = found or evidence.telling.ordered(" ".join(words[:end]))
    return frozenset(found) - {stem for word in matching.titles for stem in evidence.telling.ordered(word)}


def _often(evidence: Evidence, told: Sequence[Told]) -> frozenset[str]:
    """What many texts of a report tell, and what tells nothing of its own."""
    captions = [evidence.captions.get(table_id, _NONE) for table_id in {r.table_id for r, _ in told}]
    texts = {text for r, _ in told for text in (r.sentence, r.section)}
    texts |= {text for caption in captions for text in (caption.ar, caption.fr)}
    counted = Counter(word for text in texts for word in set(evidence.telling.ordered(text)))
    return evidence.telling.measuring | {word for word, times in counted.items() if times >= _OFTEN}


def _given(tile: _Tile, sheet: Sheet, counted: frozenset[str]) -> Iterator[Reading]:
    """The cells that a tile may sum up: where the lines that it names meet each other or the total, or the total of all."""
    rows, columns = _named(tile, sheet.lines), _named(tile, sheet.crossing)
    names = [sheet.lines.names[row] for row in rows] + [sheet.crossing.names[column] for column in columns]
    if tile.head not in counted.union(*(name for held in names for name in held)):
        return
    told = counted <= tile.words or (len(counted & tile.words) > 1 and tile.words <= counted)
    if not rows and (columns or (counted and told)):
        rows = [sheet.lines.total] if sheet.lines.total is not None else []
    for row in rows:
        held = sheet.cells[row]
        plain = [column for column in held if _plain(sheet, column)]
        for column in columns or plain or (held if row != sheet.lines.total else ()):
            if column in held:
                yield held[column]


def _named(tile: _Tile, lines: Lines) -> list[int]:
    """Lines whose whole name a label has, but for totals; those that say the most."""
    found = {
        line: frozenset(sorted(held, key=len)[-1])
        for line, names in lines.names.items()
        if lines.content[line] and (held := [name for name in names if tile.words >= set(name)])
    }
    return [line for line, name in found.items() if not any(name < other for other in found.values())]


def _plain(sheet: Sheet, across: int) -> bool:
    """Whether a column is the number itself: it says no more, or is the total of the others."""
    return not sheet.crossing.content[across] or across == sheet.crossing.total


def _agree(tile: Reading, cell: Reading) -> bool:
    mine, its = of(tile), of(cell)
    return mine is None or its is None or mine.meets(its)


def _slips(tile: Reading, cell: Reading) -> bool:
    """Whether two numbers have the same digits but for one, or in another order."""
    a, b = (str(abs(int(one.value or 0))).rstrip("0") for one in (tile, cell))
    return len(a) == len(b) and (sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1)


def _comparable(tile: _Tile, cell: Reading, theirs: Observation, near: Decimal) -> bool:
    low, high = sorted((tile.reading.value or Decimal(0), cell.value or Decimal(0)))
    if low < _LEAST or high > near * low or cell.qualifier is not Qualifier.EXACT:
        return False
    return of_one_year(tile.observation, theirs)


def _two(tile: Reading, cell: Reading) -> Finding:
    here, there = tile.locus.page, cell.locus.page
    label = cell.row_label.fr or cell.row_label.ar
    recognised = Method.OCR in (tile.locus.method, cell.locus.method)
    return card(
        "DOC-01",
        "document",
        Severity.WARNING,
        readings=[tile, cell],
        expected=cell.raw,
        observed=tile.raw,
        origin=Origin.EXTRACTION if recognised else Origin.SOURCE,
        ar=f"قيمتان للشيء نفسه: {tile.raw} في الإطار (ص {here}) و{cell.raw} في الجدول ({label}، ص {there})",
        fr=f"deux valeurs d'une même chose : {tile.raw} en encadré (p. {here}), {cell.raw} au tableau ({label}, p. {there})",
        en=f"two values of one thing: {tile.raw} in a box (p. {here}), {cell.raw} in the table ({label}, p. {there})",
    )
