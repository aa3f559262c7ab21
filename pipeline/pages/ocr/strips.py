"""Stretches of print that may be figures in Arabic-Indic digits, and the signs of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.pages.image.components import boxes_of
from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import BIG, Run, is_cut
from pipeline.pages.shapes.digits import PALE, Piece, Sign, level_of, pieces_of
from pipeline.pages.shapes.joints import told
from pipeline.pages.shapes.likeness import Row
from pipeline.pages.shapes.signs import DIGITS, settled

#: The parts of a sign stand above each other up to this share of a tall one apart where their joint paled.
JOINT = 0.3
#: A strip lower than this share of a tall sign holds points and zeros only.
LEAST_STRIP = 0.5
#: Two groups of one number stand no farther apart than this share of their height; beside a zero there is so much more
#: white.
GROUP_GAP, ZERO_GAP = 1.15, 0.25
#: Print is of one size down to this share of the height of the bigger; a zero or a point is no higher and wider than that.
ALIKE, SMALL = 0.74, 0.5


def strips_of(ink: Gray, image: Gray, cuts: Sequence[tuple[int, int, int]], usual: float) -> list[Run]:
    """Stretches of ink with no gap wider than between two groups of one number.

    Args:
        ink: 255 where there is ink that is in no word.
        image: of which it is the ink.
        cuts: vertical rules (x, top, bottom in pixels), beyond which no stretch goes on.
        usual: height of the tall signs of the page.
    """
    gap = max(int((GROUP_GAP + 2 * ZERO_GAP) * usual), 5) | 1
    joined = cv2.morphologyEx(_with_joints(ink, image, usual), cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    for x, top, bottom in cuts:
        joined[top:bottom, max(x - 2, 0) : x + 3] = 0
    strips = _joined_big([Run(*box) for box in boxes_of(joined).tolist()], cuts, usual)
    return [strip for strip in strips if strip.height >= LEAST_STRIP * usual]


def row_of(image: Gray, ink: Gray, usual: float, strip: Run) -> Row:
    """The signs of one stretch of print."""
    rows, columns = slice(strip.y, strip.y + strip.height), slice(strip.x, strip.x + strip.width)
    pieces = pieces_of(ink[rows, columns], image[rows, columns])
    if not pieces:
        return Row((), (), usual, 0.0)
    pieces = [replace(p, x=p.x + strip.x, y=p.y + strip.y) for p in pieces]
    sizes = sorted({usual, _big(pieces, usual)})
    tried = [_row_of_size(image, pieces, size) for size in sizes]
    return max(tried, key=lambda row: sum(map(_sureness, row.signs)))


def _row_of_size(image: Gray, pieces: Sequence[Piece], usual: float) -> Row:
    height, base = level_of(pieces, usual)
    signs, held = told(image, pieces, height, base)
    return Row(tuple(settled(signs, height, base)), tuple(held), height, base)


def _big(pieces: Sequence[Piece], usual: float) -> float:
    """Height of the tall signs of a stretch if it is set in much bigger print than the page, or else has big brackets."""
    highest = max(p.height for p in pieces)
    size = float(np.median([p.height for p in pieces if p.height >= SMALL * highest]))
    return size if size > BIG * usual else usual


def _sureness(sign: Sign) -> float:
    """How sure the networks are of a digit."""
    return (
        min(sign.confidence, sign.second_confidence)
        if sign.text == sign.second and sign.text in DIGITS
        else 0.0
    )


def _with_joints(ink: Gray, image: Gray, usual: float) -> Gray:
    """The ink, and pale print between parts of a sign that stand above each other: a lone ٤ is one stretch of print."""
    reach = np.ones((max(round(JOINT * usual), 3) | 1, 1), np.uint8)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, reach)
    pale = cv2.threshold(image, PALE - 1, 255, cv2.THRESH_BINARY_INV)[1]
    return cv2.copyTo(closed, pale, ink.copy()).astype(np.uint8, copy=False)


def _joined_big(strips: Sequence[Run], cuts: Sequence[tuple[int, int, int]], usual: float) -> list[Run]:
    """The strips, those of print so big that its own gaps are wider than the usual ones joined from left to right."""
    out: list[Run] = []
    going_on: list[int] = []
    for strip in sorted(strips, key=lambda s: s.x):
        going_on = [i for i in going_on if strip.x - out[i].x - out[i].width <= _reach(out[i])]
        at = next((i for i in going_on if _goes_on(out[i], strip, cuts)), -1)
        if at < 0:
            if strip.height > BIG * usual:
                going_on.append(len(out))
            out.append(strip)
            continue
        before = out[at]
        top, bottom = min(before.y, strip.y), max(before.y + before.height, strip.y + strip.height)
        right = max(before.x + before.width, strip.x + strip.width)
        out[at] = Run(before.x, top, right - before.x, bottom - top)
    return out


def _reach(strip: Run) -> float:
    return (GROUP_GAP + 2 * ZERO_GAP) * strip.height


def _goes_on(before: Run, strip: Run, cuts: Sequence[tuple[int, int, int]]) -> bool:
    """Whether a strip is the next sign or group of big print, from which it is near enough."""
    size, middle = before.height, strip.y + strip.height / 2
    if not before.y <= middle <= before.y + size or is_cut(cuts, before, strip):
        return False
    low, high = sorted((size, strip.height))
    return low >= ALIKE * high or max(strip.height, strip.width) <= SMALL * size
