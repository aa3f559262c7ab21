"""Charts of bars that print their values: each bar with the figure over it and the label under it, as a table of one row.

What is printed over bars is told from other numbers by the bars themselves: the higher one has the larger value. Bars
that lie are in :mod:`pipeline.readings.grids.lying`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from pipeline.language.numerals import parse
from pipeline.model.page import Page, Word
from pipeline.model.place import Box
from pipeline.readings.grids.grid import Filled, Grid, Slot
from pipeline.readings.marks import without_call
from pipeline.readings.pieces import Piece, pieces_of

#: So many bars make a chart; they stand on one line and are equally wide, within so many points.
LEAST, LEVEL, ALIKE = 3, 1.0, 1.5
#: Two do where they are as high as their values are large, to this share.
TWO, EVEN = 2, 0.05
#: A figure stands over its bar, a label under it, within so many font sizes; the next line of a label is as near.
OVER, UNDER, STACKED = 1.2, 1.6, 0.6
#: Labels of two bars on one line are parted by so many font sizes.
PARTED = 0.3


def bar_tables(page: Page) -> list[Filled]:
    """Charts of a page whose bars all have a figure and a label of their own, as tables: labels are heads."""
    charts = [bars for bars in _charts(page.fills) if len(bars) >= TWO]
    pieces = pieces_of(page, []) if charts else []
    return [table for bars in charts for table in [_table(bars, pieces)] if table is not None]


def _charts(fills: Sequence[Box]) -> list[list[Box]]:
    """Filled areas that stand beside each other on one line, equally wide and not equally high, from the left."""
    rows: list[list[Box]] = []
    for box in sorted(set(fills), key=lambda b: (b.bottom, b.x0)):
        home = next((r for r in rows if abs(r[0].bottom - box.bottom) < LEVEL and _alike(r[0], box)), None)
        if home is None:
            rows.append([box])
        else:
            home.append(box)
    found = [sorted(row, key=lambda b: b.x0) for row in rows]
    return [
        row
        for row in found
        if all(a.x1 < b.x0 for a, b in itertools.pairwise(row)) and len({round(b.height) for b in row}) > 1
    ]


def _alike(one: Box, other: Box) -> bool:
    return abs(one.width - other.width) < ALIKE


def _table(bars: Sequence[Box], pieces: Sequence[Piece]) -> Filled | None:
    edges = [(a.x1 + b.x0) / 2 for a, b in itertools.pairwise(bars)]
    first, last = bars[0].x0 - (edges[0] - bars[0].x1), bars[-1].x1 + (bars[-1].x0 - edges[-1])
    cells = list(itertools.pairwise([first, *edges, last]))
    figures = [figure_over(bar, pieces) for bar in bars]
    values = [value_of(figure) for figure in figures]
    if not all(figures) or not as_high(bars, values):
        return None
    parts = parted([p for p in pieces if p.y > bars[0].bottom], cells)
    labels = [label_under(bar, cell, parts) for bar, cell in zip(bars, cells, strict=True)]
    if not all(labels):
        return None
    held = [[[figure]] for figure in figures if figure is not None]
    top = min(line.box.top for column in held for row in column for line in row)
    floor, bottom = bars[0].bottom, max(p.box.bottom for label in labels for p in label)
    slots = [
        slot
        for c, (low, high) in enumerate(cells)
        for slot in (
            Slot(0, c, 1, 1, Box(low, floor, high, bottom)),
            Slot(1, c, 1, 1, Box(low, top, high, floor)),
        )
    ]
    grid = Grid(Box(first, top, last, bottom), 2, len(bars), tuple(sorted(slots, key=_place)), "bars")
    filled = Filled(grid, score=1.0)
    for c, (figure, label) in enumerate(zip(figures, labels, strict=True)):
        filled.lines[0, c] = [list(p.line.words) for p in label]
        filled.lines[1, c] = [list(figure.line.words)] if figure else []
        filled.used += [p.index for p in (*label, *([figure] if figure else []))]
    filled.used = sorted(set(filled.used))
    return filled


def _place(slot: Slot) -> tuple[int, int]:
    return slot.row, slot.column


def figure_over(bar: Box, pieces: Sequence[Piece]) -> Piece | None:
    """The figure that stands over the middle of a bar."""
    near = [
        p
        for p in pieces
        if p.figure
        and bar.x0 < p.x < bar.x1
        and -0.3 * p.line.size < bar.top - p.box.bottom < OVER * p.line.size
    ]
    return near[0] if len(near) == 1 else None


def parted(pieces: Sequence[Piece], cells: Sequence[tuple[float, float]]) -> list[Piece]:
    """Lines below bars, those that hold the labels of several cut where one cell ends; a line of other text is left whole."""
    edges = [high for _, high in cells[:-1]]
    return [part for piece in pieces for part in _cut(piece, edges)]


def _cut(piece: Piece, edges: Sequence[float]) -> list[Piece]:
    words = sorted(piece.line.words, key=lambda word: word.box.x0)
    inside = [edge for edge in edges if piece.box.x0 < edge < piece.box.x1]
    parts: list[list[Word]] = [[]]
    for word in words:
        while inside and word.box.x0 >= inside[0] - LEVEL:
            gap = word.box.x0 - parts[-1][-1].box.x1 if parts[-1] else 0.0
            if gap < PARTED * piece.line.size:
                return [piece]
            parts.append([])
            inside = inside[1:]
        if inside and word.box.x1 > inside[0] + LEVEL:
            return [piece]
        parts[-1].append(word)
    held = [part for part in parts if part]
    return [piece] if len(held) < 2 else [piece.of([w for w in piece.line.words if w in part]) for part in held]


def label_under(bar: Box, cell: tuple[float, float], pieces: Sequence[Piece]) -> list[Piece]:
    """The lines of the label under a bar, from the top."""
    mine = sorted((p for p in pieces if cell[0] < p.x < cell[1] and p.y > bar.bottom), key=lambda p: p.y)
    held: list[Piece] = []
    for piece in mine:
        edge, reach = (held[-1].box.bottom, STACKED) if held else (bar.bottom, UNDER)
        if piece.box.top - edge > reach * piece.line.size or piece.box.width > cell[1] - cell[0]:
            break
        held.append(piece)
    return held


def value_of(figure: Piece | None) -> Decimal | None:
    """The number that a piece prints."""
    number = parse(without_call(figure.line.text)) if figure else None
    return number.value if number is not None else None


def as_high(bars: Sequence[Box], values: Sequence[Decimal | None]) -> bool:
    """Whether of two bars the higher has the larger value."""
    told = [(bar.height, value) for bar, value in zip(bars, values, strict=True) if value is not None]
    if len(bars) < LEAST:
        highest, largest = max(bar.height for bar in bars), max((float(v) for _, v in told), default=0.0)
        even = largest > 0 and all(abs(h / highest - float(v) / largest) < EVEN for h, v in told)
        return len(told) == len(bars) and even
    return len(told) == len(bars) and all(
        (a[0] - b[0]) * float(a[1] - b[1]) > 0
        for a, b in itertools.combinations(told, 2)
        if abs(a[0] - b[0]) > LEVEL
    )
