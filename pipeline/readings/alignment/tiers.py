"""Which columns each line of a head stands over: its blocks in tiers, those that stand for a group of columns."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from statistics import median

from pipeline.model.place import Box
from pipeline.readings.alignment.blocks import SAME, STACK_WHITE, Block, Extent, blocks_of, stacked
from pipeline.readings.alignment.flush import flush_tiers, unstacked
from pipeline.readings.alignment.spans import shared
from pipeline.readings.pieces import Piece, overlap

#: Cost of a column that no head of a tier stands over, in distances of columns, and at most in points: a head over one
#: column more stands half a column aside.
SKIPPED_COLUMN, MOST_SKIPPED = 0.4, 30.0
#: The rule under the heads of groups runs within so many font sizes of their lower edge.
RULE_REACH = 0.9


def tiers(
    head: Sequence[Piece],
    columns: Sequence[Extent],
    data: Sequence[int],
    size: float,
    rules: Sequence[Box],
    white: float = STACK_WHITE,
    parting: Sequence[Box] = (),
) -> list[Block]:
    """Blocks of a head with the grid rows and columns they cover; row 0 is the uppermost tier.

    Args:
        head: its lines.
        columns: extents of the body's columns.
        data: indices of those that hold figures.
        size: font size of the body.
        rules: the horizontal rules of the page.
        white: most white between two lines of one cell, in font sizes.
        parting: the horizontal rules, where they part all rows of the body, and so all tiers of the head.
    """
    cells = shared_out(columns)
    over = _over(unstacked(stacked(head, size, white, parting), size), columns, data, cells)
    homes = [k for k, i in enumerate(data) for _ in over.get(i, ())]
    extents = [columns[i] for i in data]
    flush = flush_tiers([b for i in data for b in over.get(i, ())], extents, homes, size)
    if flush is not None:
        depth = max(b.row + b.rows for b in flush)
        placed = [Block(b.pieces, b.row, data[b.column], b.rows, _reach(b, data)) for b in flush]
        return [*placed, *_of_stubs(over, data, depth)]
    over = _over(blocks_of(head, len(data), size, white, parting), columns, data, cells)
    groups = [block for i in data for block in over.get(i, ())]
    levels = _tier_levels(groups, size)
    tall = _tall(levels, [cells[i] for i in data], extents)
    apart = {id(block) for block in tall.values()}
    levels = [kept for level in levels if (kept := [b for b in level if id(b) not in apart])]
    beside = [b for i, held in over.items() if i not in data for b in held]
    starts = _starts(tall, beside, levels, size)
    extents = _widened(extents, levels, [k for k in range(len(data)) if k not in tall])
    for k, block in tall.items():
        extents[k] = min(extents[k][0], block.extent[0]), max(extents[k][1], block.extent[1])
    depth = max(len(levels), 1)
    placed = [
        block
        for row, level in enumerate(levels)
        for free in [[k for k in range(len(data)) if starts.get(k, depth) > row]]
        for blocks, under in _by_rule(level, free, extents, rules, size)
        for block in _spread(blocks, row, under, extents, data, cells)
    ]
    placed = [_within_groups(block, placed, cells) for block in placed]
    placed += [Block(b.pieces, starts[k], data[k], depth - starts[k], 1) for k, b in tall.items()]
    return [*placed, *_of_stubs(over, data, depth)]


def _over(
    blocks: Sequence[Block], columns: Sequence[Extent], data: Sequence[int], cells: Sequence[Extent]
) -> dict[int, list[Block]]:
    """Blocks by the column that they stand over."""
    over: dict[int, list[Block]] = {}
    for block in blocks:
        home = _beyond(block, blocks, columns, data, cells)
        over.setdefault(_home(block, cells) if home is None else home, []).append(block)
    return over


def _reach(block: Block, data: Sequence[int]) -> int:
    """How many columns of the body a block over some columns of figures covers."""
    return data[block.column + block.columns - 1] - data[block.column] + 1


def _of_stubs(over: Mapping[int, Sequence[Block]], data: Sequence[int], depth: int) -> list[Block]:
    """The heads of stubs, one for each, over all tiers."""
    held = {i: sorted((p for b in blocks for p in b.pieces), key=lambda p: p.y) for i, blocks in over.items()}
    return [Block(pieces, 0, i, depth, 1) for i, pieces in sorted(held.items()) if i not in data]


def _within_groups(block: Block, placed: Sequence[Block], cells: Sequence[Extent]) -> Block:
    """A head, over one column where it would join columns that have heads of their own above it: tiers only part them."""
    columns = set(range(block.column, block.column + block.columns))
    above = [set(range(b.column, b.column + b.columns)) for b in placed if b.row < block.row]
    parted = [held for held in above if held & columns and not columns <= held]
    return Block(block.pieces, block.row, _home(block, cells)) if len(parted) > 1 else block


def shared_out(columns: Sequence[Extent]) -> list[Extent]:
    """Extents with the white between them shared out."""
    edges = [-1e6, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)), 1e6]
    return list(itertools.pairwise(edges))


def _home(block: Block, cells: Sequence[Extent]) -> int:
    return next(i for i, (low, high) in enumerate(cells) if low <= block.x <= high)


def _beyond(
    block: Block,
    blocks: Sequence[Block],
    columns: Sequence[Extent],
    data: Sequence[int],
    cells: Sequence[Extent],
) -> int | None:
    """The stub column that a head stands for which is nearer to the figures than its labels, but over none of them.

    Where the stub has a head of its own and the column of figures no other, it is that column's.
    """
    lowest = max(b.y for b in blocks)
    homes = {_home(b, cells) for b in blocks if b is not block}
    for end, stub in ((data[0], data[0] - 1), (data[-1], data[-1] + 1)):
        low, high = columns[end]
        for leaf in blocks:
            if lowest - leaf.y < 3 and overlap(leaf.extent, columns[end]) > 0:
                low, high = min(low, leaf.extent[0]), max(high, leaf.extent[1])
        apart = block.extent[1] <= low if stub < end else block.extent[0] >= high
        if apart and 0 <= stub < len(columns):
            home = min(
                (i for i in range(len(columns)) if (i <= stub if stub < end else i >= stub)),
                key=lambda i: (-min(overlap(block.extent, columns[i]), 0.0), abs(i - stub)),
            )
            return None if _home(block, cells) == end and end not in homes and home in homes else home
    return None


def _tier_levels(blocks: Sequence[Block], size: float) -> list[list[Block]]:
    """Blocks of one height, from the top, each level from the left."""
    levels: list[list[Block]] = []
    for block in sorted(blocks, key=lambda b: b.y):
        if levels and abs(block.y - sum(b.y for b in levels[-1]) / len(levels[-1])) < 0.6 * size:
            levels[-1].append(block)
        else:
            levels.append([block])
    return [sorted(level, key=lambda b: b.x) for level in levels]


def _tall(
    levels: Sequence[Sequence[Block]], cells: Sequence[Extent], extents: Sequence[Extent]
) -> dict[int, Block]:
    """Heads that stand alone over one column while others have tiers: column (among those of figures) to block.

    Such a head keeps to its column, or at least off all other columns and their heads.
    """
    if len(levels) < 2:
        return {}
    leaf = max(levels, key=lambda level: (_grouped(level, levels), len(level), level[0].y))
    beside = [b.extent for b in leaf]
    covered = {k for b in leaf for k, (low, high) in enumerate(cells) if low <= b.x <= high}
    found: dict[int, Block] = {}
    for k, (low, high) in enumerate(cells):
        if k in covered:
            continue
        mine = [b for level in levels if level is not leaf for b in level if low <= b.x <= high]
        spare = [
            b
            for b in mine
            if (max(low, b.extent[0]) <= b.x and b.extent[1] <= high + 10 and b.extent[0] >= low - 10)
            or all(overlap(b.extent, e) <= 0 for e in (*extents[:k], *extents[k + 1 :], *beside))
        ]
        if len(mine) == 1 and spare:
            found[k] = spare[0]
    return found


def _grouped(level: Sequence[Block], levels: Sequence[Sequence[Block]]) -> bool:
    """Whether a head of a tier above reaches over several of this one: heads of one column each stand between the two."""
    above = [b for other in levels for b in other if b.y < level[0].y and other is not level]
    return any(sum(overlap(b.extent, block.extent) > 0 for block in level) > 1 for b in above)


def _starts(
    tall: Mapping[int, Block], beside: Sequence[Block], levels: Sequence[Sequence[Block]], size: float
) -> dict[int, int]:
    """The tier that each head over one column begins at: it stands in the middle of that one and all below it.

    Where heads over one column are level with the uppermost tier, all of them stand at the top of their cells.
    """
    if not tall:
        return {}
    floor = max(p.box.bottom for b in levels[-1] for p in b.pieces)
    tops = [min(p.box.top for b in level for p in b.pieces) for level in levels]
    at_top = len(levels) > 1 and any(
        abs(b.pieces[0].box.top - tops[0]) < SAME * size for b in (*tall.values(), *beside)
    )
    found = {}
    for k, block in tall.items():
        off = [
            abs(block.pieces[0].box.top - top) if at_top else abs((top + floor) / 2 - block.y) for top in tops
        ]
        found[k] = off.index(min(off))
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


def _by_rule(
    level: Sequence[Block],
    free: Sequence[int],
    extents: Sequence[Extent],
    rules: Sequence[Box],
    size: float,
) -> list[tuple[list[Block], list[int]]]:
    """Blocks of one tier with the columns that they share: those over the rule on which they stand, and all others."""
    left, spare = list(level), list(free)
    parts: list[tuple[list[Block], list[int]]] = []
    floor = max(b.pieces[-1].box.bottom for b in level)
    under = [r for r in rules if floor - RULE_REACH * size < r.top < floor + RULE_REACH * size]
    for rule in sorted(under, key=lambda r: (r.x0, r.x1)):
        mine = [b for b in left if rule.x0 <= b.x <= rule.x1]
        columns = [k for k in spare if rule.x0 <= sum(extents[k]) / 2 <= rule.x1]
        fits = len(left) - len(mine) <= len(spare) - len(columns)
        if len(columns) > 1 and 0 < len(mine) <= len(columns) and fits:
            parts.append((mine, columns))
            left = [b for b in left if all(b is not m for m in mine)]
            spare = [k for k in spare if k not in columns]
    return [*parts, (left, spare)] if left else parts


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
    middles = [sum(extents[k]) / 2 for k in free]
    pitch = median([b - a for a, b in itertools.pairwise(middles)] or [MOST_SKIPPED])
    skip = min(SKIPPED_COLUMN * pitch, MOST_SKIPPED)
    runs, _ = shared([b.x for b in level], [extents[k] for k in free], skip)
    if runs:
        return [
            Block(b.pieces, row, data[free[first]], 1, free[end - 1] - free[first] + 1)
            for b, (first, end) in zip(level, runs, strict=True)
        ]
    joined: dict[int, list[Piece]] = {}
    for block in level:
        joined.setdefault(_home(block, cells), []).extend(block.pieces)
    return [Block(pieces, row, i) for i, pieces in joined.items()]
