"""Grids of tables without vertical rules: rows and columns from the alignment of segments."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pipeline.language.numerals import parse
from pipeline.model.page import Line, Role, Stroke
from pipeline.model.place import Box
from pipeline.readings.grid import Grid, Slot

#: A table without rules has at least this many rows of at least this many aligned segments.
LEAST_ROWS, LEAST_COLUMNS = 3, 2
_FURNITURE = (Role.HEADER, Role.FOOTER, Role.PAGE_NUMBER, Role.FOOTNOTE)


def aligned_grids(lines: Sequence[Line], strokes: Sequence[Stroke], taken: Sequence[Box]) -> list[Grid]:
    """Grids of the tables that alignment alone shows.

    A row is a set of segments on one height; a table is a run of rows at even distance, most of which hold
    a label and a number in the same columns. Prose has one segment a row, two columns of prose have no numbers.

    Args:
        lines: lines of the page.
        strokes: rules; horizontal ones may stand between the rows.
        taken: boxes of tables already found.
    """
    rows = _rows(
        [
            line
            for line in lines
            if line.role not in _FURNITURE and not any(b.holds(*line.box.centre) for b in taken)
        ]
    )
    grids = []
    run: list[list[Line]] = []
    for row in [*rows, []]:
        if row and _tabular(row) and (not run or _near(run[-1], row)):
            run.append(row)
            continue
        grid = _grid_of(run, strokes) if len(run) >= LEAST_ROWS else None
        if grid is not None:
            grids.append(grid)
        run = [row] if row and _tabular(row) else []
    return grids


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.centre[1]):
        if rows and abs(rows[-1][0].box.centre[1] - line.box.centre[1]) < 0.5 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _tabular(row: Sequence[Line]) -> bool:
    """Whether a row looks like one of a table: several segments, at least one number, no long prose."""
    numbers = sum(parse(line.text) is not None for line in row)
    longest = max(len(line.words) for line in row)
    return len(row) >= LEAST_COLUMNS and numbers >= 1 and longest <= 10


def _near(above: Sequence[Line], below: Sequence[Line]) -> bool:
    gap = min(line.box.top for line in below) - max(line.box.bottom for line in above)
    return gap < 2.2 * max(line.size for line in (*above, *below))


def _grid_of(run: Sequence[Sequence[Line]], strokes: Sequence[Stroke]) -> Grid | None:
    segments = [line for row in run for line in row]
    edges = _column_edges(segments, run[0])
    if len(edges) - 1 < LEAST_COLUMNS:
        return None
    top = min(line.box.top for line in segments) - 2
    bottom = max(line.box.bottom for line in segments) + 2
    ys = [top]
    for above, below in itertools.pairwise(run):
        ys.append((max(line.box.bottom for line in above) + min(line.box.top for line in below)) / 2)
    ys.append(bottom)
    if any(b < a for a, b in itertools.pairwise(ys)):
        return None
    slots = [
        Slot(r, c, 1, 1, Box(edges[c], ys[r], edges[c + 1], ys[r + 1]))
        for r in range(len(ys) - 1)
        for c in range(len(edges) - 1)
    ]
    numbers = [
        sum(
            parse(line.text) is not None and edges[c] <= line.box.centre[0] <= edges[c + 1]
            for line in segments
        )
        for c in range(len(edges) - 1)
    ]
    if max(numbers) < LEAST_ROWS:
        return None
    head = _head_rows(edges, ys[0], strokes)
    return Grid(
        Box(edges[0], min(head, ys[0]), edges[-1], bottom),
        len(ys) - 1,
        len(edges) - 1,
        tuple(slots),
        "aligned",
    )


def _head_rows(edges: Sequence[float], top: float, strokes: Sequence[Stroke]) -> float:
    # A rule just above the first row is its head's; the head itself is looked for by the caller.
    above = [
        s.box.top
        for s in strokes
        if s.horizontal and 0 < top - s.box.top < 6 and s.box.x0 < edges[-1] and s.box.x1 > edges[0]
    ]
    return min(above, default=top)


def _column_edges(segments: Sequence[Line], first: Sequence[Line]) -> list[float]:
    """Edges between columns: white channels that no segment of the run crosses.

    A head that stands beside its column (set to the edge, the cells in the middle) makes a column of its own with
    nothing under it, next to one with no head: those two are one.
    """
    spans = sorted((line.box.x0, line.box.x1) for line in segments)
    columns = [list(spans[0])]
    for x0, x1 in spans[1:]:
        if x0 > columns[-1][1] + 2:
            columns.append([x0, x1])
        else:
            columns[-1][1] = max(columns[-1][1], x1)
    columns = _with_heads_beside(columns, segments, first)
    edges = [columns[0][0] - 2]
    edges += [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)]
    return [*edges, columns[-1][1] + 2]


def _with_heads_beside(
    columns: Sequence[list[float]], segments: Sequence[Line], first: Sequence[Line]
) -> list[list[float]]:
    """Join a column that holds a head alone to the neighbour that has none."""
    heads = {id(line) for line in first}
    joined: list[list[float]] = []
    for column in columns:
        if joined and _head_alone(joined[-1], column, segments, heads):
            joined[-1][1] = column[1]
        else:
            joined.append(list(column))
    return joined


def _head_alone(
    left: Sequence[float], right: Sequence[float], segments: Sequence[Line], heads: set[int]
) -> bool:
    inside = [
        [id(line) in heads for line in segments if x0 <= line.box.centre[0] <= x1] for x0, x1 in (left, right)
    ]
    return any(a == [True] and b and not any(b) for a, b in (inside, inside[::-1]))
