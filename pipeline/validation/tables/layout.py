"""One table as the checks see it: figures by row and column, what each line is, and exact bounds of every figure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from pipeline.codebook.loading import Codebook, fold
from pipeline.language.bases import base_in
from pipeline.model.extraction import Extraction
from pipeline.model.reading import Label, Reading
from pipeline.validation.tables.scaled import Bounds, scaled

Key = tuple[int, int]
_NO_CAPTION = Label()
_AS_READ: Mapping[str, Key] = MappingProxyType({})

_YEAR = re.compile(r"^(?:19|20)\d{2}(?!\d)")
#: Words of so few letters mean a line only when they are the whole label.
_SHORT = 3
#: Kinds of lines in the order in which a label is tried.
_ORDER = ("cumulative", "subtotal", "of_which", "change", "average", "rate", "total", "share", "order")
#: Kinds whose numbers are never added up.
NOT_ADDED = frozenset({"share", "rate", "change", "average", "order", "cumulative", "distinct"})
#: Kinds of phrases that say that a total is no plain sum; a label has them anywhere.
_PHRASES = ("distinct", "several", "selected", "averaged")


@dataclass(frozen=True, slots=True)
class Naming:
    """Tells from a label what its line is: ``total``, ``subtotal``, ``average``, …, or ``part``.

    ``firm`` are wordings that mean the whole and nothing else; a label that only begins like one is no firm total.
    """

    words: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]
    firm: frozenset[str]
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: frozenset[str] = frozenset()
    known: dict[Label, tuple[str, bool]] = field(default_factory=dict)

    @staticmethod
    def of(codebook: Codebook) -> Naming:
        """The words of a codebook."""
        held = codebook.identities.words
        whole = frozenset(held["total"]) | codebook.total_wordings
        words = tuple(
            (
                kind,
                whole if kind == "total" else frozenset(held[kind]),
                tuple(f"{word} " for word in held[kind] if len(word) > _SHORT),
            )
            for kind in _ORDER
        )
        phrases = {kind: tuple(held[kind]) for kind in _PHRASES}
        return Naming(words, whole, phrases, frozenset(codebook.matching.breakdown_by))

    def says(self, kind: str, label: Label) -> bool:
        """Whether a caption or label has one of the phrases of a kind."""
        texts = [f" {fold(text)} " for text in (label.ar, label.fr) if text]
        return any(f" {phrase} " in text for phrase in self.phrases[kind] for text in texts)

    def selects(self, caption: Label) -> bool:
        """Whether a caption says that lines are a choice: «Principales provinces», not «Principaux indicateurs par province»."""
        found = False
        for text in (caption.ar, caption.fr):
            words = fold(text.rpartition(" / ")[2]).split()
            by = max((at for at, word in enumerate(words) if word in self.by), default=-1)
            found = found or not frozenset(self.phrases["selected"]).isdisjoint(words[by + 1 :])
        return found

    def kind(self, label: Label) -> tuple[str, bool]:
        """Kind of a line, and whether the label says so beyond doubt."""
        found = self.known.get(label)
        if found is None:
            found = self.known[label] = self._kind(label)
        return found

    def _kind(self, label: Label) -> tuple[str, bool]:
        texts = [fold(text.split(" / ")[-1]) for text in (label.ar, label.fr) if text]
        if any(map(base_in, texts)):
            return "rate", True
        for kind, whole, beginnings in self.words:
            for text in texts:
                if text in whole or (kind == "cumulative" and not whole.isdisjoint(text.split())):
                    return self._told(kind, label), True
                if text.startswith(beginnings):
                    return self._told(kind, label), False
        return "part", False

    def _told(self, kind: str, label: Label) -> str:
        """A total that counts nobody twice is one of its own kind."""
        return "distinct" if kind == "total" and self.says("distinct", label) else kind


@dataclass(frozen=True, slots=True)
class Grid:
    """Figures of one table. Lines are rows or columns; a kind says what a line's label means.

    ``partial`` tells that its total may be of more lines: its caption names a choice of them, or it may go on overleaf;
    ``averaged`` that its caption speaks of means, rates or times, which are not added up.
    """

    table_id: str
    report_id: str
    cells: dict[Key, Reading]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    row_label: dict[int, Label]
    column_label: dict[int, Label]
    row_kind: dict[int, tuple[str, bool]]
    column_kind: dict[int, tuple[str, bool]]
    banners: tuple[Reading, ...]
    bounds: dict[Key, Bounds]
    scale: int
    partial: bool = False
    averaged: bool = False

    @property
    def share_columns(self) -> tuple[int, ...]:
        """Columns of percents that may be shares of a whole."""
        return tuple(c for c in self.columns if self.column_kind[c][0] == "share")

    def rows_called(self, *kinds: str) -> tuple[int, ...]:
        """Rows of these kinds, top down."""
        return tuple(r for r in self.rows if self.row_kind[r][0] in kinds)

    def columns_called(self, *kinds: str) -> tuple[int, ...]:
        """Columns of these kinds, left to right."""
        return tuple(c for c in self.columns if self.column_kind[c][0] in kinds)


def grids(extraction: Extraction, naming: Naming) -> list[Grid]:
    """The tables of a report, in order; the parts of one on pages that follow are one with its first."""
    by_table: dict[str, list[Reading]] = defaultdict(list)
    for reading in extraction.readings:
        if reading.table_id:
            by_table[reading.table_id].append(reading)
    whole: dict[str, list[Reading]] = {}
    places: dict[str, dict[str, Key]] = {}
    first_of: dict[str, str] = {}
    before_of = {table.table_id: table.continues for table in extraction.tables}
    for table_id in sorted(by_table):
        first = first_of.get(before_of.get(table_id, ""), "")
        below = _below(whole[first], places[first], by_table[table_id]) if first else None
        if below is None:
            first, below = table_id, {}
        first_of[table_id] = first
        whole.setdefault(first, []).extend(by_table[table_id])
        places.setdefault(first, {}).update(below)
    captions = {table.table_id: table.caption for table in extraction.tables}
    found = [
        grid_of(table_id, held, naming, places[table_id], captions.get(table_id, _NO_CAPTION))
        for table_id, held in whole.items()
    ]
    overleaf = _overleaf(extraction, by_table)
    return [replace(grid, partial=True) if grid.table_id in overleaf else grid for grid in found]


def _overleaf(extraction: Extraction, by_table: Mapping[str, Sequence[Reading]]) -> set[str]:
    """Tables that may go on at the head of the next page: the last of their page, before one of no caption with their heads."""
    last = {table.page: table for table in extraction.tables}
    first = {table.page: table for table in reversed(extraction.tables)}
    found = set()
    for page, table in last.items():
        below = first.get(page + 1)
        if below is None or below.caption or below.continues or not by_table.get(table.table_id):
            continue
        heads = {one.column_label for one in by_table[table.table_id] if one.column is not None}
        if heads <= {one.column_label for one in by_table.get(below.table_id, ())}:
            found.add(table.table_id)
    return found


def _below(
    above: Sequence[Reading], places: Mapping[str, Key], part: Sequence[Reading]
) -> dict[str, Key] | None:
    """Places of a part's readings under those above it, its columns told by their heads; ``None`` if heads don't tell."""
    columns: dict[Label, set[int]] = defaultdict(set)
    last = 0
    for reading in above:
        row, column = places.get(reading.reading_id, (reading.row, reading.column))
        if row is not None and column is not None:
            columns[reading.column_label].add(column)
            last = max(last, row)
    found: dict[str, Key] = {}
    for reading in part:
        if reading.row is not None and reading.column is not None:
            under = columns.get(reading.column_label, set())
            if len(under) != 1:
                return None
            found[reading.reading_id] = last + 1 + reading.row, next(iter(under))
    return found


def grid_of(
    table_id: str,
    readings: Sequence[Reading],
    naming: Naming,
    places: Mapping[str, Key] = _AS_READ,
    caption: Label = _NO_CAPTION,
) -> Grid:
    """One table from its readings; those without a row are figures printed above it.

    Args:
        table_id: of the table.
        readings: its figures.
        naming: tells what lines are.
        places: row and column by reading, where they are others than those of its page.
        caption: of the table; it may say that lines overlap.
    """
    cells: dict[Key, Reading] = {}
    row_label: dict[int, Label] = {}
    column_label: dict[int, Label] = {}
    in_row: dict[int, list[Reading]] = defaultdict(list)
    in_column: dict[int, list[Reading]] = defaultdict(list)
    banners = []
    for reading in readings:
        row, column = places.get(reading.reading_id, (reading.row, reading.column))
        if row is None or column is None:
            if reading.value is not None:
                banners.append(reading)
            continue
        cells[row, column] = reading
        row_label.setdefault(row, reading.row_label)
        column_label.setdefault(column, reading.column_label)
        if reading.value is not None:
            in_row[row].append(reading)
            in_column[column].append(reading)
    bounds, scale = scaled(cells)
    column_kind = {c: _as_used(naming.kind(label), in_column[c]) for c, label in column_label.items()}
    across = any(
        column_kind[c][0] != "share" for c in in_column
    )  # a table of nothing but percents has them in columns
    row_kind = {
        row: _as_used(naming.kind(label), in_row[row] if across else ()) for row, label in row_label.items()
    }
    if naming.says("several", caption):
        row_kind = {row: ("distinct", kind[1]) if kind[0] == "total" else kind for row, kind in row_kind.items()}
    return Grid(
        table_id=table_id,
        report_id=readings[0].locus.report_id,
        cells=cells,
        rows=tuple(sorted(row_label)),
        columns=tuple(sorted(column_label)),
        row_label=row_label,
        column_label=column_label,
        row_kind=row_kind,
        column_kind=column_kind,
        banners=tuple(banners),
        bounds=bounds,
        scale=scale,
        partial=naming.selects(caption),
        averaged=naming.says("averaged", caption),
    )


def _as_used(named: tuple[str, bool], readings: Sequence[Reading]) -> tuple[str, bool]:
    """A line of percents is one of shares unless its label says change or rate; one of counts is none of shares."""
    kind = named[0]
    if kind == "order" and not _counted_off(readings):
        return "part", False
    percents = sum(1 for reading in readings if reading.unit_measure in ("PT", "PP"))
    if readings and percents == len(readings):
        return named if kind in ("change", "average", "rate", "order", "cumulative") else ("share", kind == "share")
    return ("part", False) if kind == "share" else named


def _counted_off(readings: Sequence[Reading]) -> bool:
    """Whether figures go up one by one (1, 2, 3) or are years: an «N» may also be how many."""
    values = [reading.value for reading in readings if reading.value is not None]
    return all(later - value == 1 for value, later in pairwise(values)) or all(
        1900 <= v <= 2100 for v in values
    )


@lru_cache(maxsize=50_000)
def is_year(label: Label) -> bool:
    """Whether a column is one year of several."""
    return any(bool(_YEAR.match(text.split(" / ")[-1])) for text in (label.fr, label.ar) if text)


@lru_cache(maxsize=50_000)
def tier(label: Label) -> str:
    """The upper tiers of a column's head, by which columns of one year or one group are known."""
    return " / ".join((label.ar or label.fr).split(" / ")[:-1])
