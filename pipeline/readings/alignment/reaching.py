"""How high the cells of a head reach: whether a line over it is one of its tiers, as the heads of labels beside it tell."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pipeline.readings.alignment.blocks import Extent
from pipeline.readings.alignment.headlines import levels_of
from pipeline.readings.alignment.tiers import shared_out
from pipeline.readings.pieces import Piece, overlap

#: The head of a group is set in the middle of its columns within so many points.
GROUP_OFF = 6.0
#: Heads are level within so many font sizes, and one height is nearer than another by more than so many.
LEVEL, NEARER = 0.3, 0.2
#: Tiers of one line each stand equally far apart within so many points.
EVEN_TIERS = 1.0


def beside_data(heads: Sequence[Piece], columns: Sequence[Extent], data: Sequence[int]) -> list[Piece]:
    """The heads of labels: those that stand over no column of figures nor between two."""
    cells = shared_out(columns)
    return [p for p in heads if not cells[data[0]][0] < p.x < cells[data[-1]][1]]


def begins_cells(
    line: Piece, heads: Sequence[Piece], columns: Sequence[Extent], data: Sequence[int], size: float
) -> bool:
    """Whether a line in the middle over several columns is their head: the heads of labels are in the middle of all tiers.

    It may stand over the middle of the whole table too, as a title does.
    """
    stubs = beside_data(heads, columns, data)
    headed = [k for k in data if any(k in _covers(p, columns) for p in heads)]
    amid = any(
        abs(_middle_of(i, j, columns, heads) - line.x) < GROUP_OFF
        for i, j in itertools.combinations(headed, 2)
    )
    if not stubs or not amid:
        return False
    with_it, without = (abs(height(stubs) - height(held)) for held in ([line, *heads], heads))
    return with_it + NEARER * size < without and not _at_top(line, heads, stubs, columns, size)


def ends_cells(
    line: Piece, heads: Sequence[Piece], columns: Sequence[Extent], data: Sequence[int], size: float
) -> bool:
    """Whether the heads of labels reach to the tiers below a line and not up to it: they stand in the middle of those.

    Between two tiers, that is, for the middle of several may be level with one; or all stand at the top of their cells.
    """
    stubs = beside_data(heads, columns, data)
    tiers = _tiers(heads, stubs, columns, size)
    if not stubs or len(tiers) < 2:
        return False
    between = all(abs(p.y - tier[0].y) > LEVEL * size for p in stubs for tier in tiers)
    amid = between and abs(height(stubs) - height(heads)) < NEARER * size
    return amid or _at_top(line, heads, stubs, columns, size)


def height(pieces: Sequence[Piece]) -> float:
    """The middle of some lines from the top."""
    return (min(p.box.top for p in pieces) + max(p.box.bottom for p in pieces)) / 2


def _at_top(
    line: Piece, heads: Sequence[Piece], stubs: Sequence[Piece], columns: Sequence[Extent], size: float
) -> bool:
    """Whether heads of labels level with the uppermost tier below a line are set to the top of their cells.

    They are so in the middle of three tiers too. The heads of one column inside show which, or the line that stands as
    far off as one tier off the next.
    """
    tiers = _tiers(heads, stubs, columns, size)
    if len(tiers) < 2:
        return False
    top, lowest = min(p.box.top for p in tiers[0]), tiers[-1][0].y
    if abs(min(p.box.top for p in stubs) - top) > NEARER * size:
        return False
    inner = [p for tier in tiers for p in tier]
    tall = [p for p in inner if _alone(p, inner, columns) and p.y < lowest - LEVEL * size]
    if tall:
        return all(p.box.top - top < NEARER * size for p in tall)
    pitches = [b[0].y - a[0].y for a, b in itertools.pairwise([[line], *tiers[:2]])]
    return max(pitches) - min(pitches) > EVEN_TIERS


def _tiers(
    heads: Sequence[Piece], stubs: Sequence[Piece], columns: Sequence[Extent], size: float
) -> list[list[Piece]]:
    """The tiers of a head, without the heads of labels and those of one column that stand level with them."""
    inner = [p for p in heads if all(p is not s for s in stubs)]
    level = [p for p in inner if any(abs(p.y - s.y) < LEVEL * size for s in stubs)]
    return levels_of([p for p in inner if p not in level or not _alone(p, inner, columns)])


def _alone(piece: Piece, heads: Sequence[Piece], columns: Sequence[Extent]) -> bool:
    """Whether no other head stands over the columns of one."""
    return all(o is piece or not _covers(o, columns) & _covers(piece, columns) for o in heads)


def _covers(piece: Piece, columns: Sequence[Extent]) -> set[int]:
    return {k for k, column in enumerate(columns) if overlap(column, (piece.box.x0, piece.box.x1)) > 0}


def _middle_of(first: int, last: int, columns: Sequence[Extent], heads: Sequence[Piece]) -> float:
    """The middle of some columns, their outer ones as wide as the heads over them."""
    over = [[p.box for p in heads if _covers(p, columns) == {k}] for k in (first, last)]
    left = min([columns[first][0], *(box.x0 for box in over[0])])
    right = max([columns[last][1], *(box.x1 for box in over[1])])
    return (left + right) / 2
