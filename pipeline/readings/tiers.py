"""Heads of tables without a full net of rules: which lines above the figures belong, and which columns each stands over."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.page import Page
from pipeline.readings.marks import is_year, names_caption, tells_number
from pipeline.readings.regions import Piece, is_prose, overlap
from pipeline.readings.spans import shared

#: Lines of a head follow each other within so many font sizes, edge to edge.
HEAD_GAP = 1.5
#: No head is higher than so many font sizes.
HEAD_HEIGHT = 20.0
#: Cost in points of a column that no head of a tier stands over.
SKIPPED_COLUMN = 30.0
Extent = tuple[float, float]


@dataclass(slots=True)
class Block:
    """One cell of a head: its lines and the rows and columns of the grid it covers."""

    pieces: list[Piece]
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1

    @property
    def x(self) -> float:
        """Its middle from the left."""
        return (min(p.box.x0 for p in self.pieces) + max(p.box.x1 for p in self.pieces)) / 2

    @property
    def y(self) -> float:
        """Its middle from the top."""
        return (self.pieces[0].box.top + self.pieces[-1].box.bottom) / 2

    @property
    def extent(self) -> Extent:
        """Left and right edge."""
        return min(p.box.x0 for p in self.pieces), max(p.box.x1 for p in self.pieces)


def head_pieces(
    page: Page,
    above: Sequence[Piece],
    columns: Sequence[Extent],
    data: Sequence[int],
    floor: float,
    size: float,
    pitch: float,
) -> list[Piece]:
    """The pieces above a body that are its head.

    Args:
        page: the page, for its rules and filled areas.
        above: pieces higher than the body.
        columns: extents of the body's columns.
        data: indices of those that hold figures.
        floor: top of the body.
        size: font size of the body.
        pitch: distance of its rows.
    """
    above = [part for piece in above for part in _at_columns(piece, _cells(columns))]
    left, right = columns[0][0], columns[-1][1]
    reach = 0.25 * (right - left) + 20
    near = [
        p
        for p in above
        if floor - HEAD_HEIGHT * size <= p.y < floor and p.box.x1 > left - reach and p.box.x0 < right + reach
    ]
    rows = _levels(near)
    frame = _frame_top(page, rows, (left, right), floor, size, pitch)
    if frame is not None:
        return [p for row in rows for p in row if p.y > frame and _inside(p, left, right)]
    held: list[Piece] = []
    edge = floor
    for row in reversed(rows):
        mine = [p for p in row if _inside(p, left, right)]
        gap = edge - max(p.box.bottom for p in row)
        if (
            not mine
            or gap > max(HEAD_GAP * size, pitch - 0.7 * size)
            or not _is_head_row(page, row, mine, columns, data)
        ):
            break
        held = [*mine, *held]
        edge = min(p.box.top for p in row)
    return held


def _at_columns(piece: Piece, cells: Sequence[Extent]) -> list[Piece]:
    """A line of heads cut between columns where its words stand farther apart than elsewhere in it."""
    words = sorted(piece.line.words, key=lambda w: w.box.x0)
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(words)]
    if len(words) < 3:
        return [piece]
    usual = sorted(gaps)[len(gaps) // 2]
    cuts = [
        i + 1
        for i, gap in enumerate(gaps)
        if gap > max(0.42 * piece.line.size, 1.5 * usual)
        and any(
            abs((words[i].box.x1 + words[i + 1].box.x0) / 2 - high) < 2.5 * piece.line.size
            for _, high in cells[:-1]
        )
    ]
    parts = [words[a:b] for a, b in itertools.pairwise([0, *cuts, len(words)])]
    ids = [{id(w) for w in part} for part in parts]
    return [piece.of([w for w in piece.line.words if id(w) in held]) for held in ids] if cuts else [piece]


def _levels(pieces: Sequence[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.y):
        if rows and piece.y - rows[-1][0].y < 0.45 * piece.line.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _inside(piece: Piece, left: float, right: float) -> bool:
    """Whether a piece stands over the body, heads that are wider than their column let out a little."""
    return left - 40 <= piece.x <= right + 40 and piece.box.width < right - left + 60


def _no_head(piece: Piece, page: Page) -> bool:
    """Running text, titles, totals told in a line, and figures of a table above are no heads."""
    text = piece.line.text
    counts = piece.figure and len(text) > 3 and not is_year(text)
    return counts or is_prose(piece, page) or names_caption(text) or tells_number(text)


def _is_head_row(
    page: Page, row: Sequence[Piece], mine: Sequence[Piece], columns: Sequence[Extent], data: Sequence[int]
) -> bool:
    """Whether the lines of one height can be heads: one alone stands over one column or its group, not over all."""
    if any(_no_head(p, page) for p in row):
        return False
    left, right = columns[0][0], columns[-1][1]
    if any(overlap((left, right), (p.box.x0, p.box.x1)) > 0 for p in row if p not in mine):
        return False
    if len(mine) > 1:
        return True
    piece = mine[0]
    under = [i for i, c in enumerate(columns) if overlap(c, (piece.box.x0, piece.box.x1)) > 0]
    if len(under) <= 1 and len(columns) > 1:
        whole = (columns[0][0] + columns[-1][1]) / 2
        alone = [i for i, c in enumerate(columns) if c[0] - 12 <= piece.x <= c[1] + 12]
        return bool(under or alone) and (
            abs(piece.x - whole) > 6
            or (
                len(columns) % 2 == 1
                and bool(under)
                and piece.box.width < 1.3 * (columns[under[0]][1] - columns[under[0]][0])
            )
        )
    middle = (columns[data[0]][0] + columns[data[-1]][1]) / 2
    whole = (columns[0][0] + columns[-1][1]) / 2
    return abs(piece.x - middle) < 6 < abs(piece.x - whole)


def _frame_top(
    page: Page, rows: Sequence[Sequence[Piece]], span: Extent, floor: float, size: float, pitch: float
) -> float | None:
    """Height of the rule or band edge that closes the head at the top, if one does."""
    left, right = span
    wide = right - left
    strokes: dict[int, float] = {}
    places: dict[int, float] = {}
    marks = [(s.box.top, s.box.x0, s.box.x1) for s in page.strokes if s.horizontal]
    marks += [(b.top, b.x0, b.x1) for b in page.fills if b.height < 12 * size]
    for y, x0, x1 in marks:
        shared_width = overlap((x0, x1), (left - 20, right + 20))
        if (
            floor - HEAD_HEIGHT * size <= y < floor - 0.5 * size
            and shared_width > 0
            and x0 > left - 80
            and x1 < right + 80
        ):
            strokes[round(y / 3)] = strokes.get(round(y / 3), 0.0) + shared_width
            places[round(y / 3)] = y
    best = None
    for key in sorted(strokes, reverse=True):
        y = places[key]
        if strokes[key] < 0.45 * wide:
            continue
        between = [row for row in rows if any(y - 1 < p.y < floor for p in row)]
        if not between or not _all_head(page, between, span, y, floor, size, pitch):
            continue
        best = y
    return best


def _all_head(
    page: Page,
    rows: Sequence[Sequence[Piece]],
    span: Extent,
    top: float,
    floor: float,
    size: float,
    pitch: float,
) -> bool:
    edge = top
    for row in rows:
        if any(_no_head(p, page) for p in row):
            return False
        if any(not _inside(p, *span) and overlap(span, (p.box.x0, p.box.x1)) > 0 for p in row):
            return False
        if min(p.box.top for p in row) - edge > max(2.6 * size, pitch):
            return False
        edge = max(p.box.bottom for p in row)
    return floor - edge <= 3.0 * size


def tiers(head: Sequence[Piece], columns: Sequence[Extent], data: Sequence[int], size: float) -> list[Block]:
    """Blocks of a head with the grid rows and columns they cover; row 0 is the uppermost tier."""
    cells = _cells(columns)
    over: dict[int, list[Block]] = {}
    for block in _blocks(head, size):
        over.setdefault(_home(block, cells), []).append(block)
    groups = [block for i in data for block in over.get(i, ())]
    extents = [columns[i] for i in data]
    levels = _tier_levels(groups, size)
    tall = _tall(levels, [cells[i] for i in data])
    apart = {id(block) for block in tall.values()}
    levels = [kept for level in levels if (kept := [b for b in level if id(b) not in apart])]
    free = [k for k in range(len(data)) if k not in tall]
    extents = _widened(extents, levels, free)
    depth = max(len(levels), 1)
    placed = [b for row, level in enumerate(levels) for b in _spread(level, row, free, extents, data, cells)]
    placed += [Block(block.pieces, 0, data[k], depth, 1) for k, block in tall.items()]
    for i in range(len(columns)):
        held = sorted((p for b in over.get(i, ()) for p in b.pieces), key=lambda p: p.y)
        if i not in data and held:
            placed.append(Block(held, 0, i, depth, 1))
    return placed


def _cells(columns: Sequence[Extent]) -> list[Extent]:
    """Extents with the white between them shared out."""
    edges = [-1e6, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), 1e6]
    return list(itertools.pairwise(edges))


def _home(block: Block, cells: Sequence[Extent]) -> int:
    return next(i for i, (low, high) in enumerate(cells) if low <= block.x <= high)


def _blocks(head: Sequence[Piece], size: float) -> list[Block]:
    """Lines stacked in one cell, one under the other, as one block."""
    blocks: list[Block] = []
    for piece in sorted(head, key=lambda p: p.y):
        home = next((b for b in blocks if _stacks(b, piece, size)), None)
        if home is None:
            blocks.append(Block([piece]))
        else:
            home.pieces.append(piece)
    return blocks


def _stacks(block: Block, piece: Piece, size: float) -> bool:
    last = block.pieces[-1].box
    gap = piece.box.top - last.bottom
    if not -0.6 * size < gap < 0.7 * size:
        return False
    flush = abs(last.x0 - piece.box.x0) < 2.5 or abs(last.x1 - piece.box.x1) < 2.5
    return abs(last.centre[0] - piece.x) < 5 or (flush and not piece.figure)


def _tier_levels(blocks: Sequence[Block], size: float) -> list[list[Block]]:
    """Blocks of one height, from the top, each level from the left."""
    levels: list[list[Block]] = []
    for block in sorted(blocks, key=lambda b: b.y):
        if levels and abs(block.y - sum(b.y for b in levels[-1]) / len(levels[-1])) < 0.6 * size:
            levels[-1].append(block)
        else:
            levels.append([block])
    return [sorted(level, key=lambda b: b.x) for level in levels]


def _tall(levels: Sequence[Sequence[Block]], cells: Sequence[Extent]) -> dict[int, Block]:
    """Heads that stand alone over one column while others have tiers: column (among those of figures) to block."""
    if len(levels) < 2:
        return {}
    leaf = max(levels, key=lambda level: (len(level), level[0].y))
    covered = {k for b in leaf for k, (low, high) in enumerate(cells) if low <= b.x <= high}
    found: dict[int, Block] = {}
    for k, (low, high) in enumerate(cells):
        if k in covered:
            continue
        mine = [b for level in levels if level is not leaf for b in level if low <= b.x <= high]
        spare = [
            b
            for b in mine
            if max(low, b.extent[0]) <= b.x and b.extent[1] <= high + 10 and b.extent[0] >= low - 10
        ]
        if len(mine) == 1 and spare:
            found[k] = spare[0]
    return found


def _widened(
    extents: Sequence[Extent], levels: Sequence[Sequence[Block]], free: Sequence[int]
) -> list[Extent]:
    """Extents of the columns with the heads that stand over one each."""
    out = list(extents)
    for level in levels:
        if len(level) == len(free):
            for k, block in zip(free, level, strict=True):
                out[k] = min(out[k][0], block.extent[0]), max(out[k][1], block.extent[1])
    return out


def _spread(
    level: Sequence[Block],
    row: int,
    free: Sequence[int],
    extents: Sequence[Extent],
    data: Sequence[int],
    cells: Sequence[Extent],
) -> list[Block]:
    """The blocks of one tier over the columns they stand for."""
    if len(level) == len(free):
        return [Block(b.pieces, row, data[k]) for k, b in zip(free, level, strict=True)]
    runs, _ = shared([b.x for b in level], [extents[k] for k in free], SKIPPED_COLUMN)
    if runs:
        return [
            Block(b.pieces, row, data[free[first]], 1, free[end - 1] - free[first] + 1)
            for b, (first, end) in zip(level, runs, strict=True)
        ]
    joined: dict[int, list[Piece]] = {}
    for block in level:
        joined.setdefault(_home(block, cells), []).extend(block.pieces)
    return [Block(pieces, row, i) for i, pieces in joined.items()]
