"""Cells side by side that neither rule nor ground parts in one row, though those of other rows are parted."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipeline.model.page import Word
from pipeline.model.place import Box
from pipeline.readings.grids.grid import Filled, Slot
from pipeline.readings.marks import is_figure, is_year
from pipeline.readings.pieces import CELL_GAP

#: So many rows have cells of their own under an edge, and words may reach over it by so many points.
PARTED_ROWS, OVER = 2, 1.5


def unmerged(filled: Filled) -> Filled:
    """A grid whose cells with a label and its figure, each where other rows have a cell of their own, are parted there.

    Cells on white ground between cells on filled ground have no edges of their own.
    """
    edges = _edges(filled)
    slots: list[Slot] = []
    for slot in filled.grid.slots:
        parts = _parts(filled, slot, edges)
        if not parts:
            slots.append(slot)
            continue
        lines = filled.lines.pop((slot.row, slot.column))
        for column, words in parts.items():
            left, right = edges[column]
            box = Box(left, slot.box.top, right, slot.box.bottom)
            slots.append(Slot(slot.row, column, slot.row_span, 1, box))
            ids = {id(word) for word in words}
            held = [kept for line in lines if (kept := [word for word in line if id(word) in ids])]
            if held:
                filled.lines[slot.row, column] = held
    filled.grid = replace(filled.grid, slots=tuple(sorted(slots, key=lambda s: (s.row, s.column))))
    return filled


def _edges(filled: Filled) -> dict[int, tuple[float, float]]:
    """Left and right edge of the columns that several rows have a cell of their own in."""
    own = Counter(s.column for s in filled.grid.slots if s.column_span == 1)
    return {
        s.column: (s.box.x0, s.box.x1)
        for s in filled.grid.slots
        if s.column_span == 1 and own[s.column] >= PARTED_ROWS
    }


def _parts(filled: Filled, slot: Slot, edges: dict[int, tuple[float, float]]) -> dict[int, list[Word]]:
    """Words of a cell by the columns that they stand in; empty unless they are a label and figures far apart."""
    columns = range(slot.column, slot.column + slot.column_span)
    words = filled.words(slot.row, slot.column)
    if len(columns) < 2 or not words or any(c not in edges for c in columns):
        return {}
    parts: dict[int, list[Word]] = {c: [] for c in columns}
    for word in words:
        home = next(
            (c for c in columns if edges[c][0] - OVER < word.box.x0 and word.box.x1 < edges[c][1] + OVER),
            None,
        )
        if home is None:
            return {}
        parts[home].append(word)
    texts = [" ".join(word.text for word in held) for held in parts.values() if held]
    figures = [text for text in texts if is_figure(text) and not is_year(text)]
    labels = [text for text in texts if not any(c.isdigit() for c in text)]
    apart = all(gap > CELL_GAP * words[0].size for gap in _gaps(parts))
    return parts if figures and labels and len(figures) + len(labels) == len(texts) and apart else {}


def _gaps(parts: dict[int, list[Word]]) -> Iterator[float]:
    """White between the words of each column and the next."""
    boxes = [Box.around(word.box for word in held) for held in parts.values() if held]
    yield from (b.x0 - a.x1 for a, b in itertools.pairwise(boxes))
