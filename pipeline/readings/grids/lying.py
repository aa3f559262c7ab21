"""Charts whose bars lie: each with the label at the side where all of them begin and the figure at its end, as rows.

What is printed at the ends of bars is told from other numbers by the bars themselves: they are as long as it is large.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from pipeline.model.page import Page
from pipeline.model.place import Box
from pipeline.readings.grids.bars import ALIKE, LEAST, LEVEL, value_of
from pipeline.readings.grids.grid import Filled, Grid, Slot
from pipeline.readings.pieces import Piece, merged, overlap, pieces_of

#: A figure stands within so many font sizes of the end of its bar, a label within so many of where bars begin.
AT_END, BESIDE = 1.6, 9.0
#: A bar is as long, against the longest, as its value is large against the largest: so nearly, and not all are alike.
EVEN = 0.1
#: Bars of one chart lie under each other, the white between two no wider than so many times a bar.
WHITE = 3.0


def lying_bar_tables(page: Page) -> list[Filled]:
    """Charts of a page whose lying bars all have a figure and a label of their own, as tables of two columns."""
    charts = [(bars, right) for right in (False, True) for bars in _charts(page.fills, right=right)]
    pieces = pieces_of(page, []) if charts else []
    return [
        table for bars, right in charts for table in [_table(bars, pieces, right=right)] if table is not None
    ]


def _charts(fills: Sequence[Box], *, right: bool) -> list[list[Box]]:
    """Filled areas under each other that begin at one line, equally high and not equally long, from the top.

    Args:
        fills: filled areas of a page.
        right: whether they begin at their right edge.
    """
    rows: list[list[Box]] = []
    for box in sorted(set(fills), key=lambda b: (b.top, b.x0)):
        home = next((r for r in reversed(rows) if _next(r[-1], box, right=right)), None)
        if home is None:
            rows.append([box])
        else:
            home.append(box)
    return [row for row in rows if len(row) >= LEAST and len({round(b.width) for b in row}) > 1]


def _next(above: Box, box: Box, *, right: bool) -> bool:
    """Whether an area is the next bar of a chart."""
    starts = (above.x1, box.x1) if right else (above.x0, box.x0)
    white = box.top - above.bottom
    alike = abs(above.height - box.height) < ALIKE and abs(starts[0] - starts[1]) < LEVEL
    return alike and 0 < white < WHITE * box.height


def _table(bars: Sequence[Box], pieces: Sequence[Piece], *, right: bool) -> Filled | None:
    inner = [(a.bottom + b.top) / 2 for a, b in itertools.pairwise(bars)]
    half = (bars[1].top - bars[0].bottom) / 2
    bands = list(itertools.pairwise([bars[0].top - half, *inner, bars[-1].bottom + half]))
    figures = [_at_end(bar, pieces, right=right) for bar in bars]
    labels = _labels(bars, bands, pieces, right=right)
    values = [value_of(figure) for figure in figures]
    if not all(figures) or not all(labels) or not _as_long([bar.width for bar in bars], values):
        return None
    told = [figure for figure in figures if figure is not None]
    held = [p.box for p in told] + [p.box for label in labels for p in label] + list(bars)
    box = Box(min(b.x0 for b in held), bands[0][0], max(b.x1 for b in held), bands[-1][1])
    start = bars[0].x1 if right else bars[0].x0
    edges = [box.x0, start, box.x1]
    named = 1 if right else 0
    slots = [
        Slot(r, c, 1, 1, Box(edges[c], top, edges[c + 1], bottom))
        for r, (top, bottom) in enumerate(bands)
        for c in (0, 1)
    ]
    filled = Filled(Grid(box, len(bars), 2, tuple(slots), "bars"), score=1.0)
    for r, (figure, label) in enumerate(zip(told, labels, strict=True)):
        filled.lines[r, named] = [list(p.line.words) for p in label]
        filled.lines[r, 1 - named] = [list(figure.line.words)]
    filled.used = sorted({p.index for p in (*told, *(p for label in labels for p in label))})
    return filled


def _as_long(lengths: Sequence[float], values: Sequence[Decimal | None]) -> bool:
    """Whether bars are as long as their values are large, and not all alike."""
    told = [float(value) for value in values if value is not None]
    largest, longest = max(told, default=0.0), max(lengths)
    if len(told) < len(lengths) or largest <= 0 or min(lengths) > (1 - EVEN) * longest:
        return False
    return all(abs(a / longest - b / largest) < EVEN for a, b in zip(lengths, told, strict=True))


def _at_end(bar: Box, pieces: Sequence[Piece], *, right: bool) -> Piece | None:
    """The figure that stands behind the end of a bar, level with its middle, or in it."""
    near = [
        p
        for p in pieces
        if p.figure
        and bar.top < p.y < bar.bottom
        and (
            (bar.x0 <= p.box.x0 and p.box.x1 <= bar.x1)
            or 0 <= _white(bar, p, right=right) < AT_END * p.line.size
        )
    ]
    return near[0] if len(near) == 1 else None


def _white(bar: Box, piece: Piece, *, right: bool) -> float:
    return bar.x0 - piece.box.x1 if right else piece.box.x0 - bar.x1


def _labels(
    bars: Sequence[Box], bands: Sequence[tuple[float, float]], pieces: Sequence[Piece], *, right: bool
) -> list[list[Piece]]:
    """The lines of the label beside each bar: those of the column that is next to where the bars begin."""
    start = bars[0].x1 if right else bars[0].x0
    side = [
        p
        for p in pieces
        if bands[0][0] < p.y < bands[-1][1] and (p.box.x0 >= start - 1 if right else p.box.x1 <= start + 1)
    ]
    columns = merged([(p.box.x0, p.box.x1) for p in side])
    if not columns:
        return []
    column = columns[0] if right else columns[-1]
    off = column[0] - start if right else start - column[1]
    mine = [p for p in side if overlap((p.box.x0, p.box.x1), column) > 0 and off < BESIDE * p.line.size]
    return [sorted((p for p in mine if low < p.y < high), key=lambda p: p.y) for low, high in bands]
