"""Heads of several tiers set to the bottom of their cells: how high these reach is told by where the heads of groups stand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from pipeline.readings.alignment.blocks import SAME, Block, Extent
from pipeline.readings.alignment.spans import shared

#: Cost of a column under no head of a group, in distances of columns: a group of one more would stand half a one aside.
OUTSIDE = 0.25
#: White between two lines of one cell, in font sizes, where the boxes of none overlap.
WIDER = 0.5


def unstacked(blocks: Sequence[Block], size: float) -> list[Block]:
    """Blocks, cut where lines stand wider apart than those of one cell usually do: a group may stand over its middle column."""
    usual = min((w for block in blocks for w in _whites(block)), default=0.0)
    out = []
    for block in blocks:
        held = [block.pieces[:1]]
        for white, piece in zip(_whites(block), block.pieces[1:], strict=True):
            if white > min(usual, 0.0) + WIDER * size:
                held.append([])
            held[-1].append(piece)
        out += [Block(pieces) for pieces in held]
    return out


def flush_tiers(
    blocks: Sequence[Block], columns: Sequence[Extent], homes: Sequence[int], size: float
) -> list[Block] | None:
    """Blocks with the grid rows and columns that they cover; ``None`` where heads are not set to the bottom of their cells.

    They are where each column has one that ends at the lowest line of all, and not all have as many lines.

    Args:
        blocks: the cells of the head over the columns of figures.
        columns: extents of these.
        homes: the column that each block stands over.
        size: font size of the body.
    """
    floor = max((b.pieces[-1].box.bottom for b in blocks), default=0.0)
    leaf = {k: b for k, b in zip(homes, blocks, strict=True) if floor - b.pieces[-1].box.bottom < SAME * size}
    above = [b for b in blocks if not any(b is one for one in leaf.values())]
    heights = [b.pieces[-1].box.bottom - b.pieces[0].box.top for b in leaf.values()]
    if len(leaf) < len(columns) or not above or max(heights) - min(heights) < SAME * size:
        return None
    if any(floor - b.pieces[-1].box.bottom < SAME * size for b in above):
        return None
    extents = [(min(c[0], leaf[k].extent[0]), max(c[1], leaf[k].extent[1])) for k, c in enumerate(columns)]
    levels = _levels(above, size)
    middles = [sum(extent) / 2 for extent in extents]
    skip = OUTSIDE * median([b - a for a, b in itertools.pairwise(middles)] or [0.0])
    starts = [0] * len(columns)
    placed = []
    for row, level in enumerate(levels):
        runs, _ = shared([b.x for b in level], extents, skip)
        if not runs:
            return None
        for block, (first, end) in zip(level, runs, strict=True):
            placed.append(Block(block.pieces, row, first, 1, end - first))
            starts[first:end] = [row + 1] * (end - first)
    depth = len(levels) + 1
    return [*placed, *(Block(leaf[k].pieces, start, k, depth - start, 1) for k, start in enumerate(starts))]


def _levels(blocks: Sequence[Block], size: float) -> list[list[Block]]:
    """Blocks by the line that they end at, from the top, each level from the left."""
    levels: list[list[Block]] = []
    for block in sorted(blocks, key=_bottom):
        if levels and _bottom(block) - _bottom(levels[-1][0]) < SAME * size:
            levels[-1].append(block)
        else:
            levels.append([block])
    return [sorted(level, key=lambda b: b.x) for level in levels]


def _bottom(block: Block) -> float:
    return block.pieces[-1].box.bottom


def _whites(block: Block) -> list[float]:
    return [b.box.top - a.box.bottom for a, b in itertools.pairwise(block.pieces)]
