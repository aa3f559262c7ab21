"""Text set at 90 degrees: read along its own direction, its boxes as on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.model.page import Line, Stroke
from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.text.lines import build_lines


def turned_lines(glyphs: Sequence[Glyph], strokes: Sequence[Stroke], *, down: bool = False) -> list[Line]:
    """Lines of text that runs up the page (as rotated column heads do), or ``down`` it.

    The page is turned a quarter to the right (or left) in thought, read, and turned back.
    """
    if not glyphs:
        return []
    turn, back_turn = (_turn_down, _turn_down_back) if down else (_turn, _turn_back)
    laid = [replace(g, box=turn(g.box), baseline=-g.baseline if down else g.baseline) for g in glyphs]
    rules = [Stroke(box=turn(s.box), horizontal=not s.horizontal) for s in strokes]
    back = []
    for line in build_lines(laid, rules):
        words = tuple(replace(w, box=back_turn(w.box)) for w in line.words)
        back.append(Line(words=words, box=back_turn(line.box), direction=line.direction, role=line.role))
    return back


def _turn(box: Box) -> Box:
    return Box(-box.bottom, box.x0, -box.top, box.x1)


def _turn_back(box: Box) -> Box:
    return Box(box.top, -box.x1, box.bottom, -box.x0)


def _turn_down(box: Box) -> Box:
    return Box(box.top, -box.x1, box.bottom, -box.x0)


def _turn_down_back(box: Box) -> Box:
    return Box(-box.bottom, box.x0, -box.top, box.x1)


def put_back(
    lines: Sequence[Line],
    strokes: Sequence[Stroke],
    fills: Sequence[Box],
    quarters: int,
    width: float,
    height: float,
) -> tuple[list[Line], tuple[Stroke, ...], tuple[Box, ...]]:
    """Lines, rules and filled areas of a page that was turned clockwise by ``quarters`` to be read, as they lie on it.

    Args:
        lines: as read on the turned page.
        strokes: likewise.
        fills: likewise.
        quarters: how often it was turned.
        width: width of the page before it was turned.
        height: its height.
    """
    ways: dict[int, Callable[[Box], Box]] = {
        1: lambda b: Box(b.top, height - b.x1, b.bottom, height - b.x0),
        2: lambda b: Box(width - b.x1, height - b.bottom, width - b.x0, height - b.top),
        3: lambda b: Box(width - b.bottom, b.x0, width - b.top, b.x1),
    }
    way = ways[quarters]
    moved = [
        replace(line, words=tuple(replace(w, box=way(w.box)) for w in line.words), box=way(line.box))
        for line in lines
    ]
    flat = quarters == 2
    rules = tuple(
        Stroke(box=way(s.box), horizontal=s.horizontal if flat else not s.horizontal) for s in strokes
    )
    return moved, rules, tuple(way(box) for box in fills)
