"""Rows of tables whose rules part every row but no columns: which rows and which lines stand between the same rules."""

from __future__ import annotations

import itertools
from bisect import bisect
from collections.abc import Sequence

from pipeline.model.place import Box
from pipeline.readings.pieces import Piece, overlap

#: A rule runs under a column, or over a line, when it covers this share of its width.
UNDER = 0.6
#: Rules closer than this are one (points).
ONE_RULE = 3.5
Extent = tuple[float, float]


def rules_of_rows(rules: Sequence[Box], levels: Sequence[float], figures: Sequence[Extent]) -> list[Box]:
    """The horizontal rules of a page, if they part every two rows of a body under some column of figures; else none."""
    parted = len(levels) > 1 and all(
        any(above < rule.top < below and any(_runs_under(rule, e) for e in figures) for rule in rules)
        for above, below in itertools.pairwise(levels)
    )
    return list(rules) if parted else []


def bands_of(rules: Sequence[Box], extent: Extent) -> list[float]:
    """Heights of the rules that run under a column, from the top."""
    heights: list[float] = []
    for y in sorted(rule.top for rule in rules if _runs_under(rule, extent)):
        if not heights or y - heights[-1] > ONE_RULE:
            heights.append(y)
    return heights


def same_band(rules: Sequence[Box], one: Piece, other: Piece) -> bool:
    """Whether two lines over each other stand between the same two rules."""
    extents = [(p.box.x0, p.box.x1) for p in (one, other)]
    if overlap(*extents) <= 0:
        return False
    upper, lower = sorted((one, other), key=lambda p: p.y)
    edges = [y for e in extents for y in bands_of(rules, e)]
    closed = min(edges, default=lower.y) < upper.y and max(edges, default=upper.y) > lower.y
    return closed and not any(upper.y < y < lower.y for y in edges)


def by_bands(
    rules: Sequence[Box], extent: Extent, lines: Sequence[Piece], rows: Sequence[float]
) -> list[tuple[list[int], list[Piece]]] | None:
    """Lines of a stub column with the rows (indices) between the same rules; ``None`` where rules don't tell.

    Args:
        rules: those that part rows.
        extent: of the column.
        lines: its lines, from the top.
        rows: heights of the rows.
    """
    edges = bands_of(rules, extent)
    held: dict[int, list[Piece]] = {}
    for line in lines:
        held.setdefault(bisect(edges, line.y), []).append(line)
    found = [
        ([i for i, y in enumerate(rows) if bisect(edges, y) == band], lines)
        for band, lines in sorted(held.items())
    ]
    for beside, stacked in found:
        whites = [b.box.top - a.box.bottom for a, b in itertools.pairwise(stacked)]
        middle = (stacked[0].box.top + stacked[-1].box.bottom) / 2
        if not beside or any(white > stacked[0].line.size for white in whites):
            return None
        if len(beside) > 1 and not rows[beside[0]] < middle < rows[beside[-1]]:
            return None
    return found if len(found) > 1 else None


def _runs_under(rule: Box, extent: Extent) -> bool:
    return overlap((rule.x0, rule.x1), extent) > UNDER * (extent[1] - extent[0])
