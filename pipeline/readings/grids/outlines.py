"""Tables that touch: rules of one outline each, told apart where one of them ends higher or begins lower."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.page import Stroke

#: Outlines that touch run within so many points of each other, and one is longer by at least so many.
NEAR, STEP = 6.0, 8.0


def outlines(rules: Sequence[Stroke]) -> list[list[Stroke]]:
    """Rules that touch, cut where two upright ones side by side are the edges of two tables of different heights.

    The edge of a table is as long as the longest of its upright rules; a step in the outline of one table has one edge.
    """
    upright = sorted((s for s in rules if not s.horizontal), key=lambda s: s.box.x0)
    for i in range(1, len(upright)):
        left, right = upright[:i], upright[i:]
        near = right[0].box.x0 - left[-1].box.x0 < NEAR
        if near and _is_edge(left[-1], left) and _is_edge(right[0], right) and _unlike(left[-1], right[0]):
            at = (left[-1].box.x0 + right[0].box.x0) / 2
            return [_beside(rules, at, left=True), *outlines(_beside(rules, at, left=False))]
    return [list(rules)]


def _is_edge(rule: Stroke, rules: Sequence[Stroke]) -> bool:
    top, bottom = min(s.box.top for s in rules), max(s.box.bottom for s in rules)
    several = max(s.box.x0 for s in rules) - min(s.box.x0 for s in rules) > NEAR
    return several and rule.box.top - top < STEP / 2 and bottom - rule.box.bottom < STEP / 2


def _unlike(one: Stroke, other: Stroke) -> bool:
    return max(abs(one.box.top - other.box.top), abs(one.box.bottom - other.box.bottom)) > STEP


def _beside(rules: Sequence[Stroke], at: float, *, left: bool) -> list[Stroke]:
    """The rules on one side of a height from the left, those that cross it cut there."""
    out = []
    for rule in rules:
        low, high = (rule.box.x0, min(rule.box.x1, at)) if left else (max(rule.box.x0, at), rule.box.x1)
        # A rule that reaches over its own corner is none of the table beside it.
        if high - low >= (NEAR if rule.horizontal and high - low < rule.box.width else 0):
            out.append(replace(rule, box=replace(rule.box, x0=low, x1=high)))
    return out
