"""Filled areas of a text layer with their colours: a chart tells by them which bar or slice is of which name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.model.page import Tint
from pipeline.model.place import Box
from pipeline.pages.image.strokes import RULE_WIDTH, is_white

#: A page with more shapes is a drawing, and no chart is looked for on it; so exact are colours.
MOST, DIGITS = 2000, 3
#: A shape of more steps is no slice; of each bow so many points are taken, at these shares of its length.
BOWS, WITHIN = 64, (0.25, 0.5, 0.75)

Point = tuple[float, float]


def tints_of(
    rects: Sequence[dict[str, Any]],
    curves: Sequence[dict[str, Any]],
    origin_x: float = 0.0,
    origin_y: float = 0.0,
) -> tuple[Tint, ...]:
    """Filled rectangles and shapes of pdfplumber with a plain colour, white ones and rules left out.

    Args:
        rects: rectangles of a page.
        curves: its other shapes.
        origin_x: left edge of what is shown of the page, in points.
        origin_y: likewise its top.
    """
    if len(rects) + len(curves) > MOST:
        return ()
    found = []
    for shape in (*rects, *curves):
        colour = shape.get("non_stroking_color")
        values = tuple(colour) if isinstance(colour, (list, tuple)) else (colour,)
        if not shape.get("fill") or not all(isinstance(v, (int, float)) for v in values) or is_white(values):
            continue
        points = _outline(shape)
        xs, ys = [x - origin_x for x, _ in points], [y - origin_y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if min(box.width, box.height) > RULE_WIDTH:
            middle = sum(xs) / len(xs), sum(ys) / len(ys)
            found.append(Tint(box, tuple(round(float(v), DIGITS) for v in values), middle))
    return tuple(found)


def _outline(shape: dict[str, Any]) -> list[tuple[float, float]]:
    """Points along the edge of a shape: its corners, and those between the ends of its bows, whose bulge no corner shows."""
    points: list[tuple[float, float]] = []
    path = shape.get("path") or ()
    bowed = any(step[0] == "c" for step in path)
    for step in path if bowed and len(path) <= BOWS else ():
        ends = [(float(x), float(y)) for x, y in step[1:]]
        if step[0] == "c" and points and len(ends) == len("abc"):
            start, (b, c, d) = points[-1], ends
            points += [_along(start, b, c, d, at) for at in WITHIN]
        points += ends[-1:]
    if points:
        return points
    corners = [(float(x), float(y)) for x, y in shape.get("pts", ())]
    return corners or [(float(shape[x]), float(shape[y])) for x in ("x0", "x1") for y in ("top", "bottom")]


def _along(a: Point, b: Point, c: Point, d: Point, at: float) -> Point:
    """A point of a cubic Bézier curve from ``a`` to ``d``."""
    weights = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3)
    x, y = (sum(w * p[i] for w, p in zip(weights, (a, b, c, d), strict=True)) for i in (0, 1))
    return x, y
