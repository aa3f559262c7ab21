"""Connected pieces of ink on a page image.

OpenCV's own count of their pixels costs five times as much as finding them, and most of who asks wants their boxes only.
White rows and columns are left out first: on most images they are more than half.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

#: White rows are left out where less than this share of all is left, white columns, which cost more, from this one on.
_MOSTLY, _HALF = 0.9, 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Connected pieces of ink by their number; number 0 is the paper, which has no box.

    Attributes:
        shape: rows and columns of the image.
        boxes: x, y, width and height of each in pixels.
        areas: pixels of each.
        strips: of each unbroken stretch of ink in a row of the image its first pixel (counted through the image), length
            and number.
    """

    shape: tuple[int, int]
    boxes: NDArray[np.int64]
    areas: NDArray[np.int64]
    strips: NDArray[np.int64]

    def ordered(self) -> NDArray[np.int64]:
        """Boxes of the pieces as :func:`boxes_of` has them."""
        return _from_the_top(self.boxes[1:])

    def drawn(self, chosen: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """An image with the ink (255) of some pieces alone.

        Args:
            chosen: for each number whether it is one of them; the paper never is.
        """
        first, length = self.strips[chosen[self.strips[:, 2]], :2].T
        out = np.zeros(self.shape, np.uint8)
        out.reshape(-1)[_pixels(first, length)] = 255
        return out

    def alone(self, number: int) -> NDArray[np.bool_]:
        """Where a piece has its ink within its box."""
        x, y, width, height = self.boxes[number].tolist()
        first, length, _ = self.strips[self.strips[:, 2] == number].T
        row, column = np.divmod(first, self.shape[1])
        out = np.zeros((height, width), np.bool_)
        out.reshape(-1)[_pixels((row - y) * width + column - x, length)] = True
        return out


def _pixels(first: NDArray[np.int64], length: NDArray[np.int64]) -> NDArray[np.int64]:
    """The pixels of some strips, by the first of each and how many follow."""
    before = np.cumsum(length) - length
    return np.repeat(first - before, length) + np.arange(int(length.sum()))


def components(ink: MatLike, connectivity: int = 8) -> Components:
    """The connected pieces of an image.

    Args:
        ink: 0 where there is none.
        connectivity: 8 where pieces that touch at a corner are one, else 4.
    """
    dense, rows, columns = _without_white(ink)
    width = dense.shape[1]
    count, labels = cv2.connectedComponents(dense, connectivity=connectivity)
    fenced = cv2.copyMakeBorder(dense, 0, 0, 1, 1, cv2.BORDER_CONSTANT, value=0).reshape(-1) != 0
    edges = np.flatnonzero(fenced[1:] != fenced[:-1]) + 1
    y, start = np.divmod(edges[::2], width + 2)
    start -= 1
    length = edges[1::2] - y * (width + 2) - 1 - start
    label = labels[y, start].astype(np.int64)
    y, start = rows[y], columns[start]
    areas = np.bincount(label, weights=length, minlength=count).astype(np.int64)
    areas[0] = ink.size - int(areas[1:].sum())
    left, right = np.full(count, ink.shape[1], np.int64), np.zeros(count, np.int64)
    np.minimum.at(left, label, start)
    np.maximum.at(right, label, start + length)
    top, bottom = np.zeros(count, np.int64), np.zeros(count, np.int64)
    # Strips come row by row: what is written last stays.
    top[label[::-1]], bottom[label] = y[::-1], y + 1
    boxes = np.stack([left, top, right - left, bottom - top], axis=1)
    boxes[0] = 0
    strips = np.stack([y * ink.shape[1] + start, length, label], axis=1)
    return Components((ink.shape[0], ink.shape[1]), boxes, areas, strips)


def boxes_of(ink: MatLike) -> NDArray[np.int64]:
    """x, y, width and height in pixels of each piece of ink (those that touch at a corner are one), from the top."""
    dense, rows, columns = _without_white(ink)
    contours, tree = cv2.findContours(dense, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return np.zeros((0, 4), np.int64)
    # What has a parent is the edge of a hole.
    outer = np.flatnonzero(np.asarray(tree).reshape(-1, 4)[:, 3] < 0).tolist()
    boxes = np.array([cv2.boundingRect(contours[i]) for i in outer], np.int64)
    boxes[:, 0], boxes[:, 1] = columns[boxes[:, 0]], rows[boxes[:, 1]]
    return _from_the_top(boxes)


def _from_the_top(boxes: NDArray[np.int64]) -> NDArray[np.int64]:
    return boxes[np.lexsort((boxes[:, 0], boxes[:, 1]))]


def _without_white(ink: MatLike) -> tuple[MatLike, NDArray[np.int64], NDArray[np.int64]]:
    """The image with one white row or column where there are more, if that saves much; where those that are left stood."""
    dense = ink
    rows, columns = (np.arange(side, dtype=np.int64) for side in ink.shape[:2])
    down = _kept(ink, 1)
    if down.mean() < _MOSTLY:
        dense, rows = dense[down], rows[down]
    if dense.size:
        across = _kept(dense, 0)
        if across.mean() < _HALF:
            dense, columns = np.compress(across, dense, axis=1), columns[across]
    return (dense, rows, columns) if dense.size else (ink[:1, :1], rows[:1], columns[:1])


def _kept(ink: MatLike, axis: int) -> NDArray[np.bool_]:
    """Rows (columns along axis 0) with ink, and one after each so that what did not touch does not."""
    inked = np.asarray(ink.any(axis=axis), np.bool_)
    kept = inked.copy()
    kept[1:] |= inked[:-1]
    return kept
