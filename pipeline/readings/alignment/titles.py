"""Titles in the first rows of tables without a full net of rules: what stands over a head and is none."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pipeline.readings.alignment.blocks import Block, Extent, around
from pipeline.readings.alignment.headlines import levels_of
from pipeline.readings.alignment.heads import HEAD_GAP, TITLE_SIZE, over_group
from pipeline.readings.alignment.reaching import GROUP_OFF, beside_data, ends_cells, height
from pipeline.readings.marks import names_caption
from pipeline.readings.pieces import Piece, overlap


def title_of(
    head: Sequence[Piece], columns: Sequence[Extent], data: Sequence[int], size: float
) -> list[Piece]:
    """The uppermost lines of a head that are the title of the whole table: alone, in its middle, over all other heads.

    A head over all columns of figures may stand there too; then the heads of the stubs are level with both tiers. What is
    set larger than all heads is none of them.
    """
    rows = levels_of(head)
    whole, middle = (_nearest_middle(rows, columns[a], columns[b]) for a, b in ((0, -1), (data[0], data[-1])))
    # The cells that it is set in the middle of are wider than what is printed in them, by how much isn't known.
    off = max(6.0, 0.04 * (columns[-1][1] - columns[0][0]))
    title: list[Piece] = []
    upper = {id(a) for a, _ in around(head, size)}
    for row in rows[:-1]:
        x = row[0].x
        if (
            id(row[0]) in upper
            or len(row) > 1
            or abs(x - whole) > off
            or abs(x - middle) < min(abs(x - whole), abs(middle - whole))
        ):
            break
        below = [p for p in head if p.y > row[0].y + 0.45 * size]
        group = over_group(row[0], columns, data, below, beside=False)
        if group and not ends_cells(row[0], below, columns, data, size):
            break
        title += row
    rest = [p for p in head if all(p is not t for t in title)]
    if title and min(p.line.size for p in title) > TITLE_SIZE * max(size, *(p.line.size for p in rest)):
        return title
    if not title or len(levels_of(rest)[0]) < 2:
        return []
    if ends_cells(title[-1], rest, columns, data, size):
        return title
    stubs = beside_data(rest, columns, data)
    centres = [height(pieces) for pieces in (stubs or head, rest, head)]
    if abs(middle - whole) > off:
        level = stubs and abs(centres[0] - centres[2]) + 0.2 * size < abs(centres[0] - centres[1])
        return [] if level else title
    return title if abs(centres[0] - centres[1]) + 0.2 * size < abs(centres[0] - centres[2]) else []


def may_be_head(
    title: Sequence[Piece], head: Sequence[Piece], columns: Sequence[Extent], data: Sequence[int], size: float
) -> str:
    """What was taken for the title of a table and may as well be a head: over the middle of columns that have tiers.

    The heads of stubs tell which, unless they stand at the bottom of their cells. Nothing where they tell.
    """
    rest = [p for p in head if all(p is not t for t in title)]
    if not title or title[-1].line.size > TITLE_SIZE * max(size, *(p.line.size for p in rest)):
        return ""
    stubs = beside_data(rest, columns, data)
    lowest = max(p.y for p in rest)
    tiered = len(levels_of([p for p in rest if p not in stubs])) > 1
    at_bottom = bool(stubs) and all(lowest - p.y < 0.45 * size for p in stubs)
    amid = any(
        abs((columns[i][0] + columns[j][1]) / 2 - title[-1].x) < GROUP_OFF
        for i, j in itertools.combinations(data, 2)
    )
    return " ".join(p.line.text for p in title) if tiered and at_bottom and amid else ""


def line_above(above: Sequence[Piece], head: Sequence[Piece], size: float) -> list[Piece]:
    """The line right above a head, alone there, that was taken for none of it and does not say that it is a caption."""
    top = min((p.box.top for p in head), default=0.0)
    near = [p for p in above if -1 < top - p.box.bottom < HEAD_GAP * size]
    return near if len(near) == 1 and not names_caption(near[0].line.text) else []


def _nearest_middle(rows: Sequence[Sequence[Piece]], first: Extent, last: Extent) -> float:
    """The middle of some columns, with or without the lowest heads, whichever the uppermost line is nearer to.

    A head may be wider than all that stands below it, and which of the two fills its cell isn't known.
    """
    lowest = [(p.box.x0, p.box.x1) for p in rows[-1]] if rows else []
    left = min([first[0], *(x0 for x0, x1 in lowest if overlap((x0, x1), first) > 0)])
    right = max([last[1], *(x1 for x0, x1 in lowest if overlap((x0, x1), last) > 0)])
    x = rows[0][0].x if rows else 0.0
    return min((first[0] + last[1]) / 2, (left + right) / 2, key=lambda at: abs(at - x))


def unsure_heads(blocks: Sequence[Block], columns: Sequence[Extent], data: Sequence[int]) -> list[Block]:
    """Heads that stand over columns that they are not counted for, or share one with a head beside them."""
    return [b for b in blocks if b.column in data and (_reaches_over(b, blocks, columns, data) or _is_two(b))]


def _reaches_over(
    block: Block, blocks: Sequence[Block], columns: Sequence[Extent], data: Sequence[int]
) -> bool:
    """Whether the middle of another column without a head at its height lies below a head."""
    low, high = block.extent
    covered = {
        c
        for b in blocks
        if b.row <= block.row < b.row + b.rows
        for c in range(b.column, b.column + b.columns)
    }
    return any(low < sum(columns[c]) / 2 < high for c in data if c not in covered)


def _is_two(block: Block) -> bool:
    """Whether a line of a head stands beside the one above it and not below."""
    rows = [(min(p.box.x0 for p in row), max(p.box.x1 for p in row)) for row in levels_of(block.pieces)]
    return any(overlap(a, b) <= 0 for a, b in itertools.pairwise(rows))
