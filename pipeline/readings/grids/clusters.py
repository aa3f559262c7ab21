"""Charts of bars in clusters, one bar of each series in each: a table with the clusters as columns and the series as rows.

Values are told from other numbers by the bars, as in :mod:`pipeline.readings.grids.bars`; series by their colours, which a
legend names. Without a legend that names each colour nobody knows which value is of what, and no table is made.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence

from pipeline.model.page import Page, Tint
from pipeline.model.place import Box
from pipeline.readings.grids.bars import ALIKE, LEVEL, as_high, figure_over, label_under, parted, value_of
from pipeline.readings.grids.grid import Filled, Grid, Slot
from pipeline.readings.grids.legend import Named, legend_of
from pipeline.readings.pieces import Piece, pieces_of

#: A chart has so many clusters at least, and so many bars at most.
LEAST, MOST = 2, 150


def cluster_tables(page: Page) -> list[Filled]:
    """Charts of a page whose bars stand in clusters and have values of their own, as tables."""
    charts = [(bars, size) for bars in _rows(page.tints) if (size := _series(bars))]
    pieces = pieces_of(page, []) if charts else []
    return [
        table for bars, size in charts for table in [_table(page, bars, size, pieces)] if table is not None
    ]


def _rows(tints: Sequence[Tint]) -> list[list[Tint]]:
    """Areas that stand on one line, equally wide, from the left; of those drawn over each other the last."""
    last = {tuple(round(edge, 1) for edge in _corners(tint.box)): tint for tint in tints}
    groups: dict[tuple[int, int], list[Tint]] = defaultdict(list)
    bottom = width = 0
    edge = wide = float("-inf")
    for tint in sorted(last.values(), key=lambda t: t.box.bottom):
        bottom += tint.box.bottom - edge > LEVEL
        edge = tint.box.bottom
        groups[bottom, 0].append(tint)
    found = []
    for group in groups.values():
        rows: dict[int, list[Tint]] = defaultdict(list)
        for tint in sorted(group, key=lambda t: t.box.width):
            width += tint.box.width - wide > ALIKE
            wide = tint.box.width
            rows[width].append(tint)
        found += [sorted(row, key=lambda t: t.box.x0) for row in rows.values()]
    return [row for row in found if 2 * LEAST <= len(row) <= MOST]


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom


def _series(bars: Sequence[Tint]) -> int:
    """How many bars stand in each cluster; 0 where they stand in none or their colours don't recur."""
    size = len({bar.colour for bar in bars})
    if size < 2 or len(bars) % size or len(bars) < LEAST * size:
        return 0
    if any(bar.colour != bars[i % size].colour for i, bar in enumerate(bars)):
        return 0
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(bars)]
    inner = [gap for i, gap in enumerate(gaps, start=1) if i % size]
    outer = [gap for i, gap in enumerate(gaps, start=1) if not i % size]
    apart = min(inner) > -LEVEL and max(inner) + LEVEL < min(outer)
    return size if apart and len({round(bar.box.height) for bar in bars}) > 1 else 0


def _table(page: Page, bars: Sequence[Tint], size: int, pieces: Sequence[Piece]) -> Filled | None:
    boxes = [bar.box for bar in bars]
    figures = [figure_over(box, pieces) for box in boxes]
    told = [figure for figure in figures if figure is not None]
    if len(told) < len(boxes) or not as_high(boxes, [value_of(figure) for figure in told]):
        return None
    clusters = [Box.around(boxes[i : i + size]) for i in range(0, len(boxes), size)]
    edges = [(a.x1 + b.x0) / 2 for a, b in itertools.pairwise(clusters)]
    half = (clusters[1].x0 - clusters[0].x1) / 2
    cells = list(itertools.pairwise([clusters[0].x0 - half, *edges, clusters[-1].x1 + half]))
    parts = parted([p for p in pieces if p.y > boxes[0].bottom], cells)
    floors = [Box(c.x0, c.bottom - 1, c.x1, c.bottom) for c in clusters]
    labels = [label_under(floor, cell, parts) for floor, cell in zip(floors, cells, strict=True)]
    chart = Box.around([*boxes, *(figure.box for figure in told)])
    names = legend_of(page, {bar.colour for bar in bars}, chart) if all(labels) else None
    if names is None:
        return None
    return _filled([names[bar.colour] for bar in bars[:size]], labels, told, cells, chart)


def _filled(
    names: Sequence[Named],
    labels: Sequence[Sequence[Piece]],
    figures: Sequence[Piece],
    cells: Sequence[tuple[float, float]],
    chart: Box,
) -> Filled:
    """A grid of one row for each series under one of labels, the names in its first column."""
    floor = max(p.box.bottom for label in labels for p in label)
    step = chart.height / len(names)
    tops = [chart.top + step * r for r in range(len(names) + 1)]
    left = cells[0][0]
    columns = [(left - 1, left), *cells]
    slots = [Slot(0, c, 1, 1, Box(x0, chart.bottom, x1, floor)) for c, (x0, x1) in enumerate(columns)]
    slots += [
        Slot(r + 1, c, 1, 1, Box(x0, tops[r], x1, tops[r + 1]))
        for r in range(len(names))
        for c, (x0, x1) in enumerate(columns)
    ]
    box = Box.around([chart, *(Box(x0, chart.top, x1, floor) for x0, x1 in columns), *(name.box for name in names)])
    filled = Filled(Grid(box, len(names) + 1, len(columns), tuple(slots), "bars"), score=1.0)
    used = [index for name in names for index in name.used]
    for r, name in enumerate(names):
        filled.lines[r + 1, 0] = [list(line) for line in name.lines]
    for c, label in enumerate(labels):
        filled.lines[0, c + 1] = [list(p.line.words) for p in label]
        used += [p.index for p in label]
        for r in range(len(names)):
            figure = figures[c * len(names) + r]
            filled.lines[r + 1, c + 1] = [list(figure.line.words)]
            used.append(figure.index)
    filled.used = sorted(set(used))
    return filled
