"""Cells of a head: lines that stand over each other in one cell, and the groups of columns that are parted from them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.model.place import Box
from pipeline.readings.alignment.bands import same_band
from pipeline.readings.pieces import Piece, overlap

#: Lines of one cell stand nearer than so many font sizes, edge to edge.
STACK_WHITE = 0.7
#: Heads within so many font sizes of one height are level; lines of one cell stand no farther apart, where others
#: stand level with their middle, than so many.
SAME, CELL_WHITE = 0.35, 1.2
#: ... than so many between the same rules.
MOST_WHITE = 2.5
#: Edges that far apart, in points, are one edge.
FLUSH = 2.5
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


def blocks_of(
    head: Sequence[Piece], columns: int, size: float, white: float, parting: Sequence[Box]
) -> list[Block]:
    """Lines stacked in one cell, one under the other, as one block, heads of groups parted from what they stand right over.

    Args:
        head: its lines.
        columns: how many of the columns hold figures.
        size: font size of the body.
        white: most white between two lines of one cell, in font sizes.
        parting: the horizontal rules, where they part all rows of the body, and so all tiers of the head.
    """
    return _apart(stacked(head, size, white, parting), head, columns, size)


def stacked(head: Sequence[Piece], size: float, white: float, parting: Sequence[Box]) -> list[Block]:
    """Lines that stand as near under each other as those of one cell do, as one block; see ``blocks_of``."""
    blocks: list[Block] = []
    lower = {id(below): above for above, below in around(head, size)}
    for piece in sorted(head, key=lambda p: p.y):
        home = next(
            (
                b
                for b in blocks
                if b.pieces[-1] is lower.get(id(piece))
                or (_goes_on(b, piece, size, white, parting) and not _heads_several(b, piece, head, size))
            ),
            None,
        )
        if home is None:
            blocks.append(Block([piece]))
        else:
            home.pieces.append(piece)
    return _like_others(blocks, size)


def around(head: Sequence[Piece], size: float) -> list[tuple[Piece, Piece]]:
    """Two lines of one cell set wide: alone at their heights, one over the other, and their middle is level with other heads."""

    def level(y: float, but: Sequence[Piece]) -> list[Piece]:
        return [p for p in head if abs(p.y - y) < SAME * size and all(p is not b for b in but)]

    return [
        (a, b)
        for a, b in itertools.permutations(head, 2)
        if 0 < b.box.top - a.box.bottom < CELL_WHITE * size
        and abs(a.x - b.x) < 5
        and not level(a.y, (a,))
        and not level(b.y, (b,))
        and any(overlap(_wide(p), _wide(a)) <= 0 for p in level((a.y + b.y) / 2, (a, b)))
    ]


def _wide(piece: Piece) -> Extent:
    return piece.box.x0, piece.box.x1


def _goes_on(block: Block, piece: Piece, size: float, white: float, parting: Sequence[Box]) -> bool:
    """Whether a line stands in the cell of a block: close under it, or under its middle between the same rules."""
    last = block.pieces[-1]
    far = parting and abs(last.x - piece.x) < 5 and same_band(parting, last, piece)
    return stacks(block, piece, size, MOST_WHITE if far else white)


def _heads_several(block: Block, piece: Piece, head: Sequence[Piece], size: float) -> bool:
    """Whether a line under a block is one of several side by side that the block reaches over, from edge to edge."""
    left, right = block.extent
    level = [p for p in head if abs(p.y - piece.y) < SAME * size]
    under = [p for p in level if overlap(_wide(p), (left, right)) > 0]
    inside = all(left - FLUSH < p.box.x0 and p.box.x1 < right + FLUSH for p in under)
    return len(under) >= 2 and inside


def _like_others(blocks: Sequence[Block], size: float) -> list[Block]:
    """Blocks, two of them one where lines as high as theirs are stacked in other cells: a call may push a line down."""
    pairs = [(a.y, b.y) for block in blocks for a, b in itertools.pairwise(block.pieces)]
    out: list[Block] = []
    for block in blocks:
        first = block.pieces[0]
        home = next(
            (
                b
                for b in out
                if abs(b.pieces[-1].x - first.x) < 5
                and 0 < first.box.top - b.pieces[-1].box.bottom < CELL_WHITE * size
                and any(
                    abs(above - b.pieces[-1].y) < 0.35 * size and abs(below - first.y) < 0.35 * size
                    for above, below in pairs
                )
            ),
            None,
        )
        if home is None:
            out.append(block)
        else:
            home.pieces += block.pieces
    return out


def _apart(blocks: Sequence[Block], head: Sequence[Piece], columns: int, size: float) -> list[Block]:
    """Blocks, a group's head that stands right over the middle one of its columns parted from that column's.

    Few others stand at its height, and without it the lines below it are level with the heads beside them; where a head of
    as many lines stands beside it, with several.
    """
    out: list[Block] = []
    for block in blocks:
        first, rest = block.pieces[0], Block(block.pieces[1:])
        level = [p for p in head if abs(p.y - first.y) < 0.3 * size]
        if rest.pieces and 2 <= len(level) <= columns / 2 and not _like_one(block, rest, blocks, size):
            beside = [b.y for b in blocks if b is not block and abs(b.y - rest.y) < 2 * size]
            off = abs(median(beside) - block.y) if beside else 0.0
            if off > 0.3 * size and abs(median(beside) - rest.y) < 0.5 * off:
                out += [Block([first]), rest]
                continue
        out.append(block)
    return out


def _like_one(block: Block, rest: Block, blocks: Sequence[Block], size: float) -> bool:
    """Whether a block has the height of another one and at most one stands level with its lower lines."""

    def level(a: float, b: float) -> bool:
        return abs(a - b) < 0.3 * size

    others = [b for b in blocks if b is not block]
    alike = any(
        len(b.pieces) == len(block.pieces)
        and level(b.pieces[0].y, block.pieces[0].y)
        and level(b.pieces[-1].y, block.pieces[-1].y)
        for b in others
    )
    return (
        alike and sum(level(b.y, rest.y) for b in others if not level(b.pieces[0].y, block.pieces[0].y)) < 2
    )


def stacks(block: Block, piece: Piece, size: float, white: float = STACK_WHITE) -> bool:
    """Whether a line goes on in the cell of a block."""
    last = block.pieces[-1].box
    gap = piece.box.top - last.bottom
    if not -0.6 * size < gap < white * size:
        return False
    flush = abs(last.x0 - piece.box.x0) < FLUSH or abs(last.x1 - piece.box.x1) < FLUSH
    return abs(last.centre[0] - piece.x) < 5 or (flush and not piece.figure)
