"""Labels beside the rows of a body: lines that make up one label, labels that stand for several rows or lie across stubs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from itertools import chain
from statistics import median

from pipeline.readings.alignment.bands import by_bands
from pipeline.readings.alignment.bodies import Body, Column
from pipeline.readings.alignment.spans import shared
from pipeline.readings.pieces import BRIDGE, Piece, overlap

#: Cost, in font sizes, of a row that no label of a stub column gets.
SKIPPED_ROW = 0.6
#: So few of the rows may have no label in a stub column in which all others have one.
MOST_BARE = 0.25
#: So few of the lines of a stub column stand beside no row where the others stand level with one each.
STRAY = 0.1
#: Rows (first, one after the last) and the pieces that label them.
Placed = list[tuple[tuple[int, int], list[Piece]]]


def shifts(body: Body) -> list[float]:
    """How far labels may stand off the figures of their row: not at all, or as those labels do that stand by one each.

    Letters sit higher or lower in their boxes than digits; labels may be set to the top of a cell and figures
    to its middle, and then a label over several rows is off by half as much.
    """
    found = {0.0}
    for column in body.columns:
        off = [p.y - min(body.levels, key=lambda y: abs(y - p.y)) for p in column.pieces]
        near = [d for d in off if abs(d) < 0.5 * body.pitch]
        if not column.figures and len(near) >= max(2, 0.6 * len(body.levels)):
            found |= {median(near), median(near) / 2}
    return sorted(found, key=abs)


def label_rows(body: Body, column: Column, off: Sequence[float]) -> Placed:
    """Labels of a stub column by the rows they stand for: lines that make up one label, labels over several rows."""
    size = body.size
    ordered = sorted(column.pieces, key=lambda p: p.y)
    ordered = [p for p in ordered if not any(p is a for a in body.across)]
    if not ordered:
        return []
    skip = min(SKIPPED_ROW * size, 0.35 * body.pitch)
    over = [a for a in body.across if overlap((a.box.x0 - BRIDGE, a.box.x1 + BRIDGE), column.extent) > 0]
    taken = {_across_row(a, body, off) for a in over} | set(body.across_rows)
    free = [i for i in range(len(body.levels)) if i not in taken]
    parted = (
        by_bands(body.rules, column.extent, ordered, [body.levels[i] for i in free]) if body.rules else None
    )
    if parted is not None:
        return [((free[rows[0]], free[rows[-1]] + 1), lines) for rows, lines in parted]
    # Each row takes its run of lines …
    lines = _of_one_height(ordered, 0.3 * size)
    heights = [(min(p.box.top for p in line), max(p.box.bottom for p in line)) for line in lines]
    trials = []
    for shift in off:
        rows = _beside_lines(body, column, ordered, free, shift)
        ys = [body.levels[i] + shift for i in rows]
        runs, cost = shared(ys, heights, 4 * size)
        trials.append((cost, abs(shift), runs, rows))
    cost, _, runs, rows = min(trials)
    if runs and cost <= 0.4 * size * len(rows):
        return [((rows[r], rows[r] + 1), list(chain(*lines[a:b]))) for r, (a, b) in enumerate(runs)]
    others = [c for c in body.columns if c is not column and not c.figures and c.pieces]
    level = [] if others else _level_lines(lines, [(i, body.levels[i]) for i in free], off, 0.35 * size)
    if level:
        return level
    # … or each label its run of rows.
    best: tuple[float, Placed] = (1e9, [])
    for gap, shift in itertools.product((0.1, 0.35, 0.6, 0.9), off):
        blocks = _stacked(ordered, gap * size)
        middles = [(b[0].box.top + b[-1].box.bottom) / 2 - shift for b in blocks]
        runs, cost = shared(middles, [(body.levels[i],) * 2 for i in free], skip)
        # Lines far apart are hardly one label, well as it may stand in the middle of all rows.
        cost += 0.3 * abs(shift) + sum(0.5 * w for b in blocks for w in _whites(b) if w > 0.4 * size)
        if runs and cost < best[0] - 0.5:
            best = (
                cost,
                [((free[a], free[b - 1] + 1), held) for (a, b), held in zip(runs, blocks, strict=True)],
            )
    placed = best[1]
    if not placed:
        nearest: dict[int, list[Piece]] = {}
        for piece in ordered:
            row = min(range(len(body.levels)), key=lambda i: abs(body.levels[i] - piece.y))
            nearest.setdefault(row, []).append(piece)
        return [((r, r + 1), held) for r, held in sorted(nearest.items())]
    return placed


def _of_one_height(pieces: Sequence[Piece], within: float) -> list[list[Piece]]:
    """Pieces from the top, those of one height (a line whose words stand far apart) together."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        if lines and abs(piece.y - lines[-1][0].y) < within:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _level_lines(
    lines: Sequence[list[Piece]], rows: Sequence[tuple[int, float]], off: Sequence[float], within: float
) -> Placed:
    """Lines of the only stub column by the rows that they stand level with; nothing unless each but one in ten does.

    Rows without a line (the sum of those above) have no label then; a line beside no row goes on with the one above it.
    """
    best: Placed = []
    for shift in off if rows else ():
        held: dict[int, list[Piece]] = {}
        stray = 0
        for line in lines:
            away, row = min((abs(line[0].y - shift - y), i) for i, y in rows)
            if away < within and row not in held:
                held[row] = list(line)
                continue
            stray += 1
            held.setdefault(max(held, default=row), []).extend(line)
        if stray <= STRAY * len(lines) and len(held) > len(best):
            best = [((r, r + 1), pieces) for r, pieces in sorted(held.items())]
    return best


def _beside_lines(
    body: Body, column: Column, lines: Sequence[Piece], rows: Sequence[int], shift: float
) -> list[int]:
    """Rows without those few that no line of a stub column stands beside and another stub names (a total of all)."""
    reach = 0.7 * body.size
    others = [p for c in body.columns if c is not column and not c.figures for p in c.pieces]

    def stands(pieces: Sequence[Piece], row: int) -> bool:
        y = body.levels[row] + shift
        return any(p.box.top - reach < y < p.box.bottom + reach for p in pieces)

    bare = [r for r in rows if not stands(lines, r) and stands(others, r)]
    return [r for r in rows if r not in bare] if len(bare) <= MOST_BARE * len(rows) else list(rows)


def leading(body: Body) -> float:
    """White between the lines of the labels that have two, in font sizes; 0 where none have."""
    off = shifts(body)
    whites = [
        white / body.size
        for column in body.columns
        if not column.figures
        for (first, end), held in label_rows(body, column, off)
        if end - first == 1
        for white in _whites(held)
    ]
    return median(whites) if whites else 0.0


def _across_row(piece: Piece, body: Body, off: Sequence[float]) -> int | None:
    """The row that a label across stubs stands by, labels standing as far off their rows as others do."""
    away, row = min((min(abs(piece.y - shift - y) for shift in off), i) for i, y in enumerate(body.levels))
    return row if away < 0.7 * body.size else None


def filled_down(body: Body, placed: dict[int, Placed]) -> dict[int, Placed]:
    """An outer label set beside the first of its rows stands for those below too, as long as the inner stub goes on."""
    data = [c for c, column in enumerate(body.columns) if column.figures]
    out = dict(placed)
    for c in placed:
        inner = c + 1 if c < data[0] else c - 1
        if inner in data or inner not in placed or c in data:
            continue
        if all(p.figure for _, held in placed[c] for p in held):
            continue  # row numbers stand for one row each
        inside = {r for (first, end), _ in placed[inner] for r in range(first, end)}
        mine = {r for (first, end), _ in placed[c] for r in range(first, end)}
        if len(mine) >= len(inside) or len(placed[c]) >= len(placed[inner]):
            continue
        column = []
        for (first, end), held in placed[c]:
            last = end
            while last in inside and last not in mine:
                last += 1
            column.append(((first, last), held))
        out[c] = column
    return out


def _whites(block: Sequence[Piece]) -> list[float]:
    return [b.box.top - a.box.bottom for a, b in itertools.pairwise(block)]


def _stacked(pieces: Sequence[Piece], gap: float) -> list[list[Piece]]:
    """Lines that follow each other within a gap, as one label."""
    blocks: list[list[Piece]] = []
    for piece in pieces:
        if blocks and piece.box.top - blocks[-1][-1].box.bottom <= gap:
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    return blocks


def lay_across(
    body: Body, depth: int, cells: dict[tuple[int, int], tuple[int, int, list[Piece]]], off: Sequence[float]
) -> None:
    """Put the labels that lie across stub columns (a total's) into one cell over them."""
    for piece in sorted(body.across, key=lambda p: p.y):
        r = _across_row(piece, body, off)
        if r is None:
            r = min(range(len(body.levels)), key=lambda i: abs(body.levels[i] - piece.y))
            if abs(body.levels[r] - piece.y) > 1.2 * body.size:
                continue
        under = [
            c
            for c, column in enumerate(body.columns)
            if not column.figures
            and overlap(column.extent, (piece.box.x0 - BRIDGE, piece.box.x1 + BRIDGE)) > 0
        ]
        if under and all((depth + r, c) not in cells or c == under[0] for c in under):
            held = cells.get((depth + r, under[0]), (1, 1, []))[2]
            cells[depth + r, under[0]] = (1, under[-1] - under[0] + 1, [*held, piece])
