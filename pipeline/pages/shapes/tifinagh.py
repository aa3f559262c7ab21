"""Lines of Tifinagh on a page image: no model of Tesseract reads them, so that they are told and not read.

Every model reads something there: ⵜⴰⴳⵍⴷⵉⵜ is «TtoXMAET» to the script model. Half of the letters are those of Latin
print as well (ⵔ is an O, ⵜ a plus, ⵏ a bar); the other half only Tifinagh has. Two small networks look at each piece
of ink, as those of ``digits.py`` do; they were trained by ``tests/bench/tifinagh.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.image.components import boxes_of, components
from pipeline.pages.image.raster import Gray
from pipeline.pages.shapes.digits import (
    Floats,
    Piece,
    chances,
    grey_features,
    outline_features,
    patch,
    pieces_of,
    western_places,
)

#: Pieces of fewer pixels in height can't be told.
LEAST_HEIGHT = 10
#: Both networks must be surer than this that a letter is one that only Tifinagh has; three of one line must be.
SURE = 0.3
#: A word of which the page reading is surer than this is no Tifinagh.
READ = 0.8
#: Heights in points of letters, and the white between two words of a line in heights of a letter.
LOWEST, HIGHEST, WORD_GAP = 3.5, 40.0, 1.6
#: A line is Tifinagh from so many letters that only Tifinagh has, and from this share of its letters.
LEAST, SHARE = 3, 0.2
#: Ink is darker than this.
INK = 150
_MODEL = Path(__file__).with_name("tifinagh.npz")
_FEATURES = {"grey": grey_features, "outline": outline_features}


def tifinagh_lines(image: Gray, words: Sequence[Glyph], dpi: float) -> tuple[Box, ...]:
    """Lines of Tifinagh on a page image, in points.

    Args:
        image: dark print on white, without rules.
        words: what was read on it; where that is sure no Tifinagh is looked for.
        dpi: resolution of the image.
    """
    scale = dpi / 72
    ink = cv2.threshold(image, INK - 1, 255, cv2.THRESH_BINARY_INV)[1].astype(np.uint8, copy=False)
    for word in words:
        if word.confidence >= READ:
            box = word.box
            top, bottom, left, right = (int(v * scale) for v in (box.top, box.bottom, box.x0, box.x1))
            ink[max(top - 1, 0) : bottom + 2, max(left - 1, 0) : right + 2] = 0
    low, high = max(LOWEST * scale, LEAST_HEIGHT), HIGHEST * scale
    heights = boxes_of(ink)[:, 3]
    tall = (heights >= low) & (heights <= high)
    if int(tall.sum()) < LEAST:
        return ()
    if heights.max() > high:
        found = components(ink)
        ink = found.drawn(found.boxes[:, 3] <= high)
    reach = round(WORD_GAP * float(np.median(heights[tall]))) | 1
    lines = []
    for x, y, width, height in _joined(ink, reach):
        if low <= height <= high and width > height:
            pieces = pieces_of(ink[y : y + height, x : x + width])
            letters = [p for p in pieces if p.height >= max(LEAST_HEIGHT, 0.5 * height)]
            if len(letters) >= LEAST and _is_tifinagh(image[y : y + height, x : x + width], letters):
                lines.append(Box(x / scale, y / scale, (x + width) / scale, (y + height) / scale))
    return tuple(_whole(box, words) for box in lines)


def _joined(ink: Gray, reach: int) -> list[list[int]]:
    """Boxes of the pieces of ink, those no farther apart in a row than ``reach`` as one."""
    rows = np.flatnonzero(np.asarray(ink.any(axis=1)))
    closed = np.zeros_like(ink)
    closed[rows] = cv2.morphologyEx(ink[rows], cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    return [[int(v) for v in box] for box in boxes_of(closed).tolist()]


def _whole(line: Box, words: Sequence[Glyph]) -> Box:
    """A line with the words beside it that are hardly any: single letters that models are sure of (ⴷ is an A)."""
    for word in sorted(words, key=lambda w: max(line.x0 - w.box.x1, w.box.x0 - line.x1)):
        box, reach = word.box, WORD_GAP * line.height
        beside = line.top <= box.centre[1] <= line.bottom
        near = line.x0 - reach <= box.x1 and box.x0 <= line.x1 + reach
        if beside and near and (word.confidence < READ or len(word.text) < LEAST):
            line = Box(min(line.x0, box.x0), line.top, max(line.x1, box.x1), line.bottom)
    return line


def _is_tifinagh(crop: Gray, letters: Sequence[Piece]) -> bool:
    patches = np.stack([patch(crop, piece) for piece in letters])
    widths = np.array([piece.width / piece.height for piece in letters], np.float32)
    own = int(own_letters(patches, widths).sum())
    return own >= LEAST and own >= SHARE * len(letters)


def own_letters(patches: NDArray[np.uint8], widths: Floats) -> NDArray[np.bool_]:
    """Which pieces of ink are letters that only Tifinagh has.

    Args:
        patches: squares as :func:`pipeline.pages.shapes.digits.patch` makes them.
        widths: of the pieces, in their own heights.
    """
    places = western_places(widths)
    told = [chances(features(patches, places), *_network(name))[:, 1] for name, features in _FEATURES.items()]
    return np.asarray(np.minimum(*told) > SURE)


@cache
def _network(name: str) -> tuple[Floats, Floats, Floats, Floats]:
    with np.load(_MODEL) as stored:
        first, bias, second, last = (stored[f"{name}_{n}"].astype(np.float32) for n in range(4))
    return first, bias, second, last
