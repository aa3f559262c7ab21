"""Letters in the box of a figure, told by their shapes among the connected pieces of ink, and taken off.

No blank column parts a و from the number that follows: its tail runs under the last digit. And boxes of figures
reach into the next word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import FAR_GAP, Run
from pipeline.pages.shapes.digits import among

#: Pieces of fewer pixels are specks.
LEAST_INK = 5
#: A piece of which more than this share lies in a box is held by it.
HELD = 0.5
#: Signs whose heads differ by less than this share of the highest one's height are of one height.
ONE_HEIGHT = 0.2
#: In heights of a digit: so much lower begins a letter, so high it is, or so wide if it is flat.
LOW, HIGH, WIDE, FLAT = 0.28, 0.4, 0.82, 0.22
#: A letter that is not so wide goes so far below the line, in heights of a digit; the lower ring of a percent sign does not.
BELOW = 0.08
#: The bar of a 7 is so wide.
BAR = 0.3
#: Letters of a prefix that are as high as digits.
TALL_LETTERS = "لك"


@dataclass(frozen=True, slots=True)
class Patch:
    """Ink to be taken away: its corner in pixels and its mask."""

    x: int
    y: int
    mask: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Piece:
    """One connected piece of ink in a crop."""

    label: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """From the left."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class _Level:
    """Where the digits of a line begin and end (y)."""

    head: float
    base: float

    @property
    def size(self) -> float:
        return self.base - self.head

    def holds(self, piece: Piece) -> bool:
        """Whether a piece begins where digits do and is about as high."""
        return abs(piece.top - self.head) <= ONE_HEIGHT * self.size <= piece.height - 0.5 * self.size


def figure_in(ink: Gray, run: Run, signs: int, glued: str = "") -> tuple[Run, Patch | None]:
    """The stretch of a box that holds its figure, and the ink of letters in and beside it.

    Args:
        ink: 255 where there is ink.
        run: box of the figure as the page reading gives it.
        signs: digits and slashes that the figure holds.
        glued: letters that the page reading has at its right end.
    """
    down, aside = run.height // 3, run.height // 2
    top, left = max(run.y - down, 0), max(run.x - aside, 0)
    crop = ink[top : run.y + run.height + down, left : run.x + run.width + aside]
    if not signs or not crop.size:
        return run, None
    _, found, stats, _ = cv2.connectedComponentsWithStats(crop, connectivity=8)
    labels = found.astype(np.int32, copy=False)
    pieces = [
        Piece(label, x, y, x + width, y + height)
        for label, (x, y, width, height, area) in enumerate(stats.tolist())
        if label and area >= LEAST_INK
    ]
    start, end = run.x - left, run.x - left + run.width
    held = [p for p in pieces if min(p.right, end) - max(p.left, start) > HELD * p.width]
    gone = np.zeros(crop.shape, np.bool_)
    for letter in glued:
        held = _without_last(letter, held, signs, labels, gone)
    level = _level(held)
    if level is None:
        return run, None
    tall = [p for p in held if level.holds(p)]
    if glued:
        end = max(p.right for p in held if _is_of_digit(p, level))
        gone |= among(labels, [p.label for p in held if p.middle >= end])
    near = [p for p in pieces if p.right > start and p.left < end and not gone[labels == p.label].any()]
    letters = [p for p in near if _is_letter(p, level, near)]
    first, last, inside = _stretch(start, end, tall, letters, signs)
    if len(inside) >= signs:
        dots = _dots(pieces, letters, level, first, last)
        gone |= among(labels, [p.label for p in (*letters, *dots)])
        start, end, held = first, last, inside
    # A digit that is still wanted may be cut by the edge and stand as far off as a group of its number does.
    wanting = len(inside) < signs
    others = [
        p
        for p in near
        if p not in held
        and p not in letters
        and p.height >= HIGH * level.size
        and not (wanting and level.holds(p))
    ]
    start, end = _without_cut(start, end, held, others, FAR_GAP * level.size)
    patch = Patch(left, top, gone) if gone.any() else None
    return Run(left + start, run.y, max(end - start, 1), run.height), patch


def _without_cut(
    start: int, end: int, held: Sequence[Piece], others: Sequence[Piece], gap: float
) -> tuple[int, int]:
    """The stretch without print at its ends that stands apart from what it holds: the next word."""
    first, last = min(p.left for p in held), max(p.right for p in held)
    end = min([end, *(p.left for p in others if p.left - last > gap)])
    return max([start, *(p.right for p in others if first - p.right > gap)]), end


def _level(pieces: Sequence[Piece]) -> _Level | None:
    """Head and foot of the digits: of the most high pieces that begin at one height, of a tie the highest."""
    highest = max((p.height for p in pieces), default=0)
    high = [p for p in pieces if p.height >= 0.5 * highest]
    if not high:
        return None
    alike = [[p for p in high if abs(p.top - one.top) <= ONE_HEIGHT * highest] for one in high]
    digits = max(alike, key=lambda group: (len(group), -group[0].top))
    return _Level(float(np.median([p.top for p in digits])), float(np.median([p.bottom for p in digits])))


def _without_last(
    letter: str, held: list[Piece], signs: int, labels: NDArray[np.int32], gone: NDArray[np.bool_]
) -> list[Piece]:
    """The pieces without the letter at their right end, whose ink is marked as gone."""
    high = FLAT * max((p.height for p in held), default=0)
    body = max((p for p in held if p.height >= high), default=None, key=lambda p: p.right)
    rest = [p for p in held if p is not body]
    level = _level(rest)
    if body is None or level is None:
        return held
    ink = labels == body.label
    if letter in TALL_LETTERS:
        if sum(map(level.holds, rest)) < signs:
            return held
    elif body.top <= level.head + LOW / 2 * level.size:
        # It touches the last digit: what begins lower than a digit or goes below the line is of the letter.
        heads = np.flatnonzero(ink[: round(level.head + LOW * level.size)].any(axis=0))
        end = int(heads[-1]) + 1
        ink[: round(level.base + BELOW * level.size), :end] = False
        rest.append(replace(body, right=end))
    gone |= ink
    return rest


def _is_of_digit(piece: Piece, level: _Level) -> bool:
    """Whether a piece may be a digit or what a bad copy has left of one, the bar of a 7."""
    begins = piece.top <= level.head + LOW * level.size and piece.width >= BAR * level.size
    return begins or piece.height >= HIGH * level.size


def _is_letter(piece: Piece, level: _Level, near: Sequence[Piece]) -> bool:
    """Whether a piece begins lower than a digit and is wider than a digit or goes below the line.

    What has a piece above it that begins where digits do is the lower part of a broken digit.
    """
    size = level.size
    if not level.head + LOW * size < piece.top < level.base - FLAT * size:
        return False
    if any(piece.left <= p.middle <= piece.right and p.top <= level.head + ONE_HEIGHT * size for p in near):
        return False
    wide = piece.width >= WIDE * size and piece.height >= FLAT * size
    return wide or (piece.height >= HIGH * size and piece.bottom > level.base + BELOW * size)


def _stretch(
    start: int, end: int, tall: Sequence[Piece], letters: Sequence[Piece], signs: int
) -> tuple[int, int, list[Piece]]:
    """The stretch between two letters that holds as many high signs as a figure wants, and these."""
    best: tuple[int, int, list[Piece]] = (start, end, [])
    edges = sorted(letters, key=lambda p: p.middle)
    for before, after in zip([None, *edges], [*edges, None], strict=True):
        inside = [
            p
            for p in tall
            if (before is None or p.middle > before.middle) and (after is None or p.middle < after.middle)
        ]
        if (min(len(inside), signs), len(inside)) > (min(len(best[2]), signs), len(best[2])):
            first, last = min(p.left for p in inside), max(p.right for p in inside)
            best = (
                start if before is None else max(start, min(before.right, first)),
                end if after is None else min(end, max(after.left, last)),
                inside,
            )
    return best


def _dots(
    pieces: Iterable[Piece], letters: Sequence[Piece], level: _Level, first: int, last: int
) -> list[Piece]:
    """Small pieces over and under the letters, outside of the figure."""
    return [
        p
        for p in pieces
        if p.height < HIGH * level.size
        and not first <= p.middle < last
        and any(letter.left <= p.middle <= letter.right for letter in letters)
    ]


def erased(ink: Gray, patches: Sequence[Patch]) -> Gray:
    """The ink without that of the patches."""
    out = ink.copy() if patches else ink
    for patch in patches:
        height, width = patch.mask.shape
        out[patch.y : patch.y + height, patch.x : patch.x + width][patch.mask] = 0
    return out


def painted_out(image: Gray, ink: Gray, patches: Sequence[Patch]) -> Gray:
    """The image without the print of the patches and its grey edges; the ink that is left keeps its own."""
    out = image.copy() if patches else image
    for patch in patches:
        height, width = patch.mask.shape
        place = np.s_[patch.y : patch.y + height, patch.x : patch.x + width]
        gone = cv2.dilate(patch.mask.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        kept = cv2.dilate(ink[place], np.ones((3, 3), np.uint8)) > 0
        out[place][gone & ~kept] = 255
    return out
