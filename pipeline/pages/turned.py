"""Text set at 90 degrees: read along its own direction, its boxes as on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.page import Line, Stroke
from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.lines import build_lines


def turned_lines(glyphs: Sequence[Glyph], strokes: Sequence[Stroke]) -> list[Line]:
    """Lines of text that runs up the page (as rotated column heads do).

    The page is turned a quarter to the right in thought, read, and turned back.
    """
    if not glyphs:
        return []
    laid = [replace(g, box=_turn(g.box), baseline=g.box.x1) for g in glyphs]
    rules = [Stroke(box=_turn(s.box), horizontal=not s.horizontal) for s in strokes]
    back = []
    for line in build_lines(laid, rules):
        words = tuple(replace(w, box=_turn_back(w.box)) for w in line.words)
        back.append(Line(words=words, box=_turn_back(line.box), direction=line.direction, role=line.role))
    return back


def _turn(box: Box) -> Box:
    return Box(-box.bottom, box.x0, -box.top, box.x1)


def _turn_back(box: Box) -> Box:
    return Box(box.top, -box.x1, box.bottom, -box.x0)
