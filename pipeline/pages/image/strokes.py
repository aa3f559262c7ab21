"""Drawn rules: from a page's vectors, or from its image."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.page import Stroke
from pipeline.model.place import Box
from pipeline.pages.image.components import Components, components

#: A rectangle thinner than this is a rule (points).
RULE_WIDTH = 3.0
#: A rule shorter than this is an ornament or a part of a letter (points).
RULE_LENGTH = 6.0
#: The rules of a frame end so near its rounded corner (points).
CORNER = 12.0
#: On a scan a rule must be longer than the joined strokes of any Arabic word (points).
SCANNED_RULE_LENGTH = 24.0
#: An upright one between two rules may be shorter; its ends are no farther from them (points).
SHORT_UPRIGHT, FROM_RULE = 12.0, 3.0
#: One of the lines of a double rule is at least so long (points), and this share of it is ink: it stops where others
#: cross it, letters have more gaps.
DOUBLE, UNBROKEN = 60.0, 0.95
#: A scanned rule shorter than this (points) has no gaps: this share of it is ink.
LONG_RULE, SOLID = 90.0, 0.93
#: Rules that meet are no farther apart (points).
MEETING = 1.5
#: On a short one that meets no other no more than this share of its length has other ink: a word has its letters.
BARE = 0.06


def drawn_strokes(
    lines: Iterable[dict[str, Any]],
    rects: Iterable[dict[str, Any]],
    curves: Iterable[dict[str, Any]],
    origin_x: float = 0.0,
    origin_y: float = 0.0,
) -> tuple[Stroke, ...]:
    """Rules of a page from pdfplumber's lines, rectangles and curves.

    Thin rectangles are rules; a stroked rectangle is four of them. Broken rules are joined.
    """
    pieces: list[Stroke] = []
    for line in lines:
        pieces.extend(_as_stroke(_edges(line, origin_x, origin_y)))
    for rect in rects:
        x0, top, x1, bottom = _edges(rect, origin_x, origin_y)
        if x1 - x0 <= RULE_WIDTH or bottom - top <= RULE_WIDTH:
            pieces.extend(_as_stroke((x0, top, x1, bottom)))
        elif rect.get("stroke") and rect.get("stroking_color") is not None:
            pieces.extend(_frame(x0, top, x1, bottom))
    for curve in curves:
        # A rounded frame: its straight sides are the long axis-parallel steps between its points.
        points = [(float(x) - origin_x, float(y) - origin_y) for x, y in curve.get("pts", ())]
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            if max(abs(ax - bx), abs(ay - by)) >= 3 * RULE_LENGTH and curve.get("stroke"):
                pieces.extend(_as_stroke((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))))
    return join_strokes(pieces)


def filled_areas(
    rects: Iterable[dict[str, Any]],
    curves: Iterable[dict[str, Any]],
    origin_x: float = 0.0,
    origin_y: float = 0.0,
) -> tuple[Box, ...]:
    """Filled rectangles and rounded boxes thick enough to be an area, white ones left out."""
    found = []
    for shape in (*rects, *curves):
        x0, top, x1, bottom = _edges(shape, origin_x, origin_y)
        if not shape.get("fill") or x1 - x0 <= RULE_WIDTH or bottom - top <= RULE_WIDTH:
            continue
        colour = shape.get("non_stroking_color")
        if colour is None or is_white(colour):
            continue
        found.append(Box(x0, top, x1, bottom))
    return tuple(sorted(set(found)))


def image_strokes(
    ink: NDArray[np.uint8], points_per_pixel: float
) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """Rules of a scanned page, and the lines of ink of which they are made.

    Args:
        ink: binary image, 255 where there is ink, straightened.
        points_per_pixel: 72 / dpi.

    Returns:
        The rules in points, a double one once, and every line that was found.
    """
    shortest = max(int(SCANNED_RULE_LENGTH / points_per_pixel), 20)
    pieces: list[Stroke] = []
    for horizontal in (True, False):
        shape = (shortest, 1) if horizontal else (1, int(SHORT_UPRIGHT / points_per_pixel))
        closing = (9, 1) if horizontal else (1, 9)
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, closing))
        found = cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        lines = components(found.astype(np.uint8, copy=False))
        rules = () if horizontal else join_strokes(pieces, gap=6.0)
        # The second line of a double rule stands as near to the first as letters to a line of theirs.
        whole = np.array(
            [
                label > 0
                and (
                    box[2 if horizontal else 3] * points_per_pixel >= DOUBLE
                    or (not horizontal and _stands_between(box, points_per_pixel, rules))
                )
                and _unbroken(ink, lines, label, horizontal)
                for label, box in enumerate(lines.boxes.tolist())
            ]
        )
        grown = cv2.dilate(lines.drawn(whole), np.ones((3, 3), np.uint8)).astype(np.uint8, copy=False)
        beside = ink & ~grown if whole.any() else ink
        for place in lines.boxes[1:].tolist():
            x, y, width, height = place
            between = not horizontal and _stands_between(place, points_per_pixel, rules)
            if not (horizontal or between or height >= shortest):
                continue
            # The rules that it leads to touch its ends.
            ends = min(round(FROM_RULE / points_per_pixel), height // 3) if between else 0
            thickness = height if horizontal else width
            if thickness * points_per_pixel > 1.5 * RULE_WIDTH or not _alone(
                beside, x, y + ends, width, height - 2 * ends, horizontal
            ):
                continue
            short = max(width, height) * points_per_pixel < LONG_RULE
            if short and _solidity(ink[y : y + height, x : x + width], horizontal) < SOLID:
                continue  # the tops of digits that stand in a row, 53737
            box = tuple(v * points_per_pixel for v in (x, y, x + width, y + height))
            pieces.extend(_as_stroke(box))
    pieces = [p for p in pieces if not _is_lettered(ink, p, pieces, points_per_pixel)]
    return join_strokes(pieces, gap=6.0), tuple(pieces)


def _stands_between(place: Sequence[int], points_per_pixel: float, rules: Sequence[Stroke]) -> bool:
    """Whether a short upright line leads from one long rule to the next, as in a table of one row."""
    x, top, _, height = (v * points_per_pixel for v in place)
    ends = [
        s.box.top
        for s in rules
        if s.horizontal and s.box.width >= DOUBLE and s.box.x0 - FROM_RULE < x < s.box.x1 + FROM_RULE
    ]
    return all(any(abs(end - y) < FROM_RULE for y in ends) for end in (top, top + height))


def _is_lettered(
    ink: NDArray[np.uint8], stroke: Stroke, others: Sequence[Stroke], points_per_pixel: float
) -> bool:
    """Whether a short line that meets no other has letters on it: it is the joined strokes of a heavy word."""
    box = stroke.box
    meets = any(o.horizontal != stroke.horizontal and box.grown(MEETING).overlap(o.box) > 0 for o in others)
    if meets or max(box.width, box.height) >= LONG_RULE:
        return False
    left, top, right, bottom = (round(v / points_per_pixel) for v in (box.x0, box.top, box.x1, box.bottom))
    tall, reach = round(CORNER / points_per_pixel), 3
    near = ink[max(top - tall, 0) : bottom + tall, max(left, 0) : right]
    near = near if stroke.horizontal else ink[max(top, 0) : bottom, max(left - tall, 0) : right + tall].T
    start = min(top if stroke.horizontal else left, tall)
    end = start + (bottom - top if stroke.horizontal else right - left)
    _, parts, _, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(near), connectivity=8)
    labels = np.asarray(parts, np.int32)
    mine = np.isin(labels, np.setdiff1d(labels[start:end], [0]))
    mine[max(start - reach, 0) : end + reach] = False
    return float(mine.any(axis=0).mean()) > BARE


def rounded_corners(strokes: Sequence[Stroke]) -> list[Box]:
    """Where the rules of a rounded frame turn into each other: an arc there is taken for a letter."""
    across = [(x, s.box.top) for s in strokes if s.horizontal for x in (s.box.x0, s.box.x1)]
    upright = [(s.box.x0, y) for s in strokes if not s.horizontal for y in (s.box.top, s.box.bottom)]
    return [
        Box(min(a, x), min(b, y), max(a, x), max(b, y))
        for a, b in across
        for x, y in upright
        if 1.0 < abs(a - x) < CORNER and 1.0 < abs(b - y) < CORNER
    ]


def _unbroken(ink: NDArray[np.uint8], lines: Components, label: int, horizontal: bool) -> bool:
    """Whether there is ink all along a line, in its own pixels."""
    x, y, width, height = lines.boxes[label].tolist()
    mine = np.where(lines.alone(label), ink[y : y + height, x : x + width], 0).astype(np.uint8)
    return _solidity(mine, horizontal) >= UNBROKEN


def _solidity(ink: NDArray[np.uint8], horizontal: bool) -> float:
    """Share of the length of a rule along which there is ink."""
    return float(np.asarray((ink > 0).any(axis=0 if horizontal else 1)).mean())


def _alone(ink: NDArray[np.uint8], x: int, y: int, width: int, height: int, horizontal: bool) -> bool:
    """Whether hardly anything touches a long run of ink: letters stand on theirs, rules stand alone."""
    reach = 3
    if horizontal:
        sides = [
            ink[max(y - reach, 0), x : x + width],
            ink[min(y + height + reach, ink.shape[0]) - 1, x : x + width],
        ]
    else:
        sides = [
            ink[y : y + height, max(x - reach, 0)],
            ink[y : y + height, min(x + width + reach, ink.shape[1]) - 1],
        ]
    return all(float((side > 0).mean()) < 0.22 for side in sides)


def join_strokes(pieces: Sequence[Stroke], gap: float = 2.0) -> tuple[Stroke, ...]:
    """Join the pieces of rules that lie on one line and touch, or nearly (``gap`` in points)."""
    joined: list[Stroke] = []
    for horizontal in (True, False):
        rows: dict[int, list[tuple[float, float, float]]] = {}
        for piece in pieces:
            if piece.horizontal != horizontal:
                continue
            box = piece.box
            across = (box.top + box.bottom) / 2 if horizontal else (box.x0 + box.x1) / 2
            start, end = (box.x0, box.x1) if horizontal else (box.top, box.bottom)
            rows.setdefault(round(across / 1.5), []).append((start, end, across))
        for key in sorted(rows):
            near = sorted(rows.pop(key, []) + rows.pop(key + 1, []))
            joined.extend(_merge_row(near, horizontal, gap))
    kept = [s for s in joined if max(s.box.width, s.box.height) >= RULE_LENGTH]
    return tuple(sorted(kept, key=lambda s: (not s.horizontal, s.box.top, s.box.x0)))


def _merge_row(near: list[tuple[float, float, float]], horizontal: bool, gap: float) -> list[Stroke]:
    merged: list[list[float]] = []
    for start, end, across in near:
        if merged and start <= merged[-1][1] + gap:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end, across])
    made = []
    for start, end, across in merged:
        box = Box(start, across, end, across) if horizontal else Box(across, start, across, end)
        made.append(Stroke(box=box, horizontal=horizontal))
    return made


def _edges(thing: dict[str, Any], origin_x: float, origin_y: float) -> tuple[float, float, float, float]:
    x0, x1 = sorted((float(thing["x0"]) - origin_x, float(thing["x1"]) - origin_x))
    top, bottom = sorted((float(thing["top"]) - origin_y, float(thing["bottom"]) - origin_y))
    return x0, top, x1, bottom


def _as_stroke(edges: tuple[float, float, float, float]) -> list[Stroke]:
    x0, top, x1, bottom = edges
    if bottom - top <= RULE_WIDTH and x1 - x0 > bottom - top:
        return [Stroke(box=Box(x0, top, x1, bottom), horizontal=True)]
    if x1 - x0 <= RULE_WIDTH and bottom - top > x1 - x0:
        return [Stroke(box=Box(x0, top, x1, bottom), horizontal=False)]
    return []


def _frame(x0: float, top: float, x1: float, bottom: float) -> list[Stroke]:
    return [
        Stroke(box=Box(x0, top, x1, top), horizontal=True),
        Stroke(box=Box(x0, bottom, x1, bottom), horizontal=True),
        Stroke(box=Box(x0, top, x0, bottom), horizontal=False),
        Stroke(box=Box(x1, top, x1, bottom), horizontal=False),
    ]


def is_white(colour: Any) -> bool:
    """Whether a colour of a page's stream is white, in whatever space."""
    values = list(colour) if isinstance(colour, (list, tuple)) else [colour]
    if any(isinstance(v, str) for v in values):
        return False  # a pattern, by its name: a gradient or a hatching
    if len(values) == 4:
        return all(v < 0.02 for v in values)
    return all(v > 0.98 for v in values)
