"""Dashes and dots that stand alone where a figure would, or between two words: readers of text drop them as specks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.pages.ocr.blobs import Run
from pipeline.pages.ocr.figures import Token

#: No other print stands nearer, in heights of a letter: to its sides, above and below.
CLEAR_ASIDE, CLEAR_OVER = 0.6, 0.45
#: A dash is at least so many times as wide as it is high, and so high and wide at most, in heights of a letter.
FLAT, THICKEST, LONGEST = 1.6, 0.3, 2.0
#: Width in heights of a letter from which a dash is a long one.
LONG = 0.6
#: Dots of an ellipsis are about as wide as they are high, and stand apart by less than so many heights of a letter.
ROUND, STEP = 1.6, 0.6
#: A dash between two words stands within so many heights of a letter of both, over so much of the middle of their height.
BESIDE, LEAST_WIDE, HEIGHTS = 1.3, 0.2, (0.3, 0.8)
#: A mark stands in the middle part of a line with other print.
MIDDLE = 0.7
_DASHES = ("-", "–")
#: No text tells that a mark is read wrongly.
CONFIDENCE = 0.9


def with_lone_marks(boxes: NDArray[np.int64], runs: Sequence[Run], tokens: Sequence[Token]) -> list[Token]:
    """The words, and dashes and ellipses that stand in a row with other print, clear of it, where no word was read.

    A dash may stand between two words as well, as in the names of regions.

    Args:
        boxes: of the ink without rules (:func:`pipeline.pages.image.components.boxes_of`).
        runs: stretches of print.
        tokens: words read.
    """
    words = [t for t in tokens if _is_word(t)]
    if not runs or not words:
        return list(tokens)
    height = float(np.median([run.height for run in runs]))
    wide, high = boxes[:, 2], boxes[:, 3]
    fits = (high <= THICKEST * height) & (wide >= 0.06 * height) & (wide <= LONGEST * height)
    small = [Run(*row) for row in boxes[fits].tolist()]
    print_, pieces = _corners([*runs, *map(_place, words)]), _corners(small)
    every = _corners([Run(*row) for row in boxes.tolist()])
    found = []
    for group in _groups(small, height):
        box = _around(group)
        text = _text(group, height)
        zone = _zone(box, height)
        clear = text and not _within(zone, print_) and _within(zone, pieces) == len(group)
        if (clear and _in_a_row(box, runs)) or (text in _DASHES and _parts_words(box, words, every, height)):
            top = round(box.y + box.height / 2 - height / 2)
            found.append(Token(text, box.x, top, box.width, round(height), CONFIDENCE))
    return [
        *(t for t in tokens if _is_word(t) or not any(_overlap(_place(t), _place(m)) for m in found)),
        *found,
    ]


def _is_word(token: Token) -> bool:
    return any(c.isalnum() for c in token.text)


def _groups(parts: Sequence[Run], height: float) -> list[list[Run]]:
    """Small pieces of ink of one height that follow each other closely."""
    groups: list[list[Run]] = []
    near: list[list[Run]] = []  # those that a part so far to the right can still follow
    for part in sorted(parts, key=lambda p: p.x):
        near = [g for g in near if part.x - g[-1].x - g[-1].width < STEP * height]
        for group in near:
            last = group[-1]
            level = abs(last.y + last.height / 2 - part.y - part.height / 2) < 0.15 * height
            if level and part.x - last.x - last.width < STEP * height:
                group.append(part)
                break
        else:
            groups.append([part])
            near.append(groups[-1])
    return groups


def _text(group: Sequence[Run], height: float) -> str:
    if len(group) == 1:
        (part,) = group
        if part.width < FLAT * part.height:
            return ""
        return "-" if part.width < LONG * height else "–"
    dots = all(max(p.width, p.height) <= ROUND * min(p.width, p.height) for p in group)
    return "…" if len(group) == 3 and dots else ""


def _around(group: Sequence[Run]) -> Run:
    left, top = min(p.x for p in group), min(p.y for p in group)
    right, bottom = max(p.x + p.width for p in group), max(p.y + p.height for p in group)
    return Run(left, top, right - left, bottom - top)


def _in_a_row(box: Run, runs: Sequence[Run]) -> bool:
    """Whether other print stands at the same height; an ellipsis stands on the line, a dash in its middle."""
    middle = box.y + box.height / 2
    return any(abs(middle - run.y - run.height / 2) < MIDDLE / 2 * run.height for run in runs) or any(
        0 <= run.y + run.height - middle < 0.5 * run.height for run in runs
    )


def _parts_words(box: Run, words: Sequence[Token], every: NDArray[np.int64], height: float) -> bool:
    """Whether a dash stands between two words without digits, with no other ink over, under or beside it."""
    if box.width < LEAST_WIDE * height:
        return False
    middle, touch = box.y + box.height / 2, 0.1 * height
    low, high = HEIGHTS
    level = [
        w
        for w in words
        if w.y + low * w.height <= middle <= w.y + high * w.height and any(c.isalpha() for c in w.text)
        if not any(c.isdigit() for c in w.text)
    ]
    left = any(-touch <= box.x - w.x - w.width <= BESIDE * height for w in level)
    right = any(-touch <= w.x - box.x - box.width <= BESIDE * height for w in level)
    aside, over = round(0.1 * height), round(0.3 * height)
    zone = Run(box.x - aside, box.y - over, box.width + 2 * aside, box.height + 2 * over)
    return left and right and _within(zone, every) == 1


def _zone(box: Run, height: float) -> Run:
    """What must be clear of other print around a mark."""
    aside, over = round(CLEAR_ASIDE * height), round(CLEAR_OVER * height)
    return Run(box.x - aside, box.y - over, box.width + 2 * aside, box.height + 2 * over)


def _corners(boxes: Sequence[Run]) -> NDArray[np.int64]:
    """Left, top, right and bottom of boxes, a row each."""
    return np.array([(b.x, b.y, b.x + b.width, b.y + b.height) for b in boxes], np.int64).reshape(-1, 4)


def _within(zone: Run, corners: NDArray[np.int64]) -> int:
    """How many boxes reach into a zone."""
    left, top, right, bottom = corners.T
    across = (left < zone.x + zone.width) & (right > zone.x)
    return int((across & (top < zone.y + zone.height) & (bottom > zone.y)).sum())


def _place(token: Token) -> Run:
    return Run(token.x, token.y, token.width, token.height)


def _overlap(a: Run, b: Run) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
