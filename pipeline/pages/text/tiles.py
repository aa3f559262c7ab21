"""Tiles side by side: boxes of one height in a row, over whose white between no line of text reaches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model.page import Stroke
from pipeline.model.place import Box

#: So many boxes are a row of tiles; their edges are level within so many points, and the white between two is no wider.
_LEAST, _LEVEL, _WHITE = 3, 1.5, 24.0
#: A tile is no lower and no narrower, in points; the widest of a row is no wider than the narrowest times this.
_HEIGHT, _WIDTH, _LIKE = 30.0, 45.0, 1.3


def between_tiles(fills: Sequence[Box]) -> list[Stroke]:
    """Rules that are not drawn, down the middle of the white between tiles, from their tops to their feet.

    Args:
        fills: filled areas of a page.
    """
    tall = [box for box in fills if box.height >= _HEIGHT and box.width >= _WIDTH]
    rows: list[list[Box]] = []
    for box in sorted(tall, key=lambda b: (b.top, b.bottom)):
        if rows and _level(rows[-1][0], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [Stroke(box=edge, horizontal=False) for row in rows for edge in _edges(_outer(row))]


def _level(one: Box, other: Box) -> bool:
    return abs(one.top - other.top) < _LEVEL and abs(one.bottom - other.bottom) < _LEVEL


def _outer(row: Sequence[Box]) -> list[Box]:
    """The boxes of a row from the left, without those that lie in others."""
    kept: list[Box] = []
    for box in sorted(row, key=lambda b: (b.x0, -b.x1)):
        if not kept or box.x1 > kept[-1].x1 + _LEVEL:
            kept.append(box)
    return kept


def _edges(row: Sequence[Box]) -> list[Box]:
    widths = [box.width for box in row]
    whites = [b.x0 - a.x1 for a, b in pairwise(row)]
    if len(row) < _LEAST or max(widths) > _LIKE * min(widths) or not all(0 < w < _WHITE for w in whites):
        return []
    return [Box((a.x1 + b.x0) / 2, a.top, (a.x1 + b.x0) / 2, a.bottom) for a, b in pairwise(row)]
