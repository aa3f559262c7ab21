"""Arabic-Indic digits told by their shapes.

No model of Tesseract reads them (``tests/bench/README.md``: 2 to 8 of 60 drawn numbers exact, whatever the model),
but in print they hardly ever touch (``joints.py`` parts those that do): each is one piece of ink between two gaps. Two
small networks look at each piece, one at its grey values, one at the directions of its outline, so that one can doubt the other.
Two more know Western digits and tell whether a font draws what it names. All were trained on drawn
digits of many typefaces by ``tests/bench/digitshapes.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.pages.image.raster import Gray

#: What a piece of ink can be: a digit, a mark that stands in numbers, or anything else.
SIGNS = (*"٠١٢٣٤٥٦٧٨٩", ".", ",", "٬", "/", "(", ")", "-", "٪", "")
#: Side in pixels of the square into which a piece is fitted, and the white around it.
SIDE, MARGIN = 20, 1
#: Cells along a side, and directions, of the outline's histogram (Dalal and Triggs 2005).
CELLS, DIRECTIONS = 5, 8
#: Weight of the three measures of size and place against the pixels.
PLACE_WEIGHT = 2.0
#: Pieces are one broken sign if their columns overlap by this share of the narrower one, and the gap between
#: them is no more than this share of the higher one. A point under the arm of a ٧ is farther away.
SHARED_COLUMNS, BREAK = 0.6, 0.12
#: Two pieces of a mark, lower than this share of the highest piece, may be farther apart: a comma is thin where it turns.
LOW_PIECE, THIN_BREAK = 0.5, 0.4
#: What pale print (darker than this) joins is one sign if the whole is no wider than high, and no part higher than this share
#: of it: the thin joint of a ٤ or ٦ pales on a scan, and digits side by side are all as high as the whole.
PALE, PART_HEIGHT = 235, 0.85
#: Specks of fewer pixels are dust.
LEAST_INK = 5
#: Heights of what is as tall as a digit, against the usual height.
TALL = (0.7, 1.5)
_MODEL = Path(__file__).with_name("digits.npz")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of ink in pixels, and what each network takes it for: the sign and how sure, from 0 to 1.

    ``away`` is how far it is from the page's own examples of that digit, in what these are from each other (0: not known).
    """

    x: int
    y: int
    width: int
    height: int
    text: str
    confidence: float
    second: str
    second_confidence: float
    away: float = 0.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Ink that is one sign: its box in pixels and its mask within the box."""

    x: int
    y: int
    width: int
    height: int
    mask: NDArray[np.bool_]


def pieces_of(ink: Gray, image: Gray | None = None) -> list[Piece]:
    """Pieces of ink of an image, from left to right, those above each other joined.

    Args:
        ink: 255 where there is ink.
        image: of which it is the ink; with it pieces that pale print joins are one, too.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = sorted(
        (tuple(int(v) for v in row[:4]), label)
        for label, row in enumerate(stats)
        if label and row[cv2.CC_STAT_AREA] >= LEAST_INK
    )
    groups: list[tuple[list[int], list[int]]] = []
    low = LOW_PIECE * max((box[3] for box, _ in boxes), default=0)
    for (x, y, width, height), label in boxes:
        last = groups[-1][0] if groups else None
        if last and _broken(last, [x, y, x + width, y + height], low):
            last[1], last[2], last[3] = min(last[1], y), max(last[2], x + width), max(last[3], y + height)
            groups[-1][1].append(label)
        else:
            groups.append(([x, y, x + width, y + height], [label]))
    if image is not None and len(groups) > 1:
        groups = _joined_by_pale(groups, labels.astype(np.int32, copy=False), image)
    return [
        Piece(x0, y0, x1 - x0, y1 - y0, among(labels[y0:y1, x0:x1], held))
        for (x0, y0, x1, y1), held in _percents_joined(groups)
    ]


def among(labels: NDArray[np.generic], held: Sequence[int]) -> NDArray[np.bool_]:
    """Where one of some labels is; for so few faster than a sorted search."""
    found = np.zeros(labels.shape, np.bool_)
    for label in held:
        found |= labels == label
    return found


def _broken(a: list[int], b: list[int], low: float) -> bool:
    """Whether two boxes (left, top, right, bottom) stand above each other and nearly touch, both ``low`` or not."""
    shared = min(a[2], b[2]) - max(a[0], b[0])
    apart = max(a[1], b[1]) - min(a[3], b[3])
    narrow, high = min(a[2] - a[0], b[2] - b[0]), max(a[3] - a[1], b[3] - b[1])
    reach = THIN_BREAK if high < low else BREAK
    return shared >= SHARED_COLUMNS * narrow and apart <= reach * high


def _joined_by_pale(
    groups: list[tuple[list[int], list[int]]], labels: NDArray[np.int32], image: Gray
) -> list[tuple[list[int], list[int]]]:
    """The same with the parts of a sign that hang together by print too pale to be ink made one."""
    pale = cv2.threshold(image, PALE - 1, 255, cv2.THRESH_BINARY_INV)[1]
    _, spots = cv2.connectedComponents(pale, connectivity=8)
    spot_of = np.zeros(int(labels.max()) + 1, np.int64)
    spot_of[labels] = spots
    joined: list[tuple[list[int], list[int]]] = []
    for box, held in groups:
        for at, (before, others) in enumerate(joined):
            whole = _around(before, box)
            if spot_of[held[0]] == spot_of[others[0]] and _is_sign(whole, before, box):
                joined[at] = (whole, [*others, *held])
                break
        else:
            joined.append((box, held))
    return joined


def _is_sign(whole: list[int], *parts: list[int]) -> bool:
    """Whether two parts are one sign rather than two side by side, by their boxes (left, top, right, bottom)."""
    height = whole[3] - whole[1]
    return whole[2] - whole[0] <= height and all(b - t <= PART_HEIGHT * height for _, t, _, b in parts)


def _around(a: list[int], b: list[int]) -> list[int]:
    return [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]


def _percents_joined(groups: list[tuple[list[int], list[int]]]) -> list[tuple[list[int], list[int]]]:
    """The same with a high stroke between a small piece at its head and one at its foot made one sign."""
    joined: list[tuple[list[int], list[int]]] = []
    for group in groups:
        joined.append(group)
        if len(joined) >= 3 and _is_percent(*(box for box, _ in joined[-3:])):
            three = joined[-3:]
            del joined[-3:]
            edges = np.array([box for box, _ in three])
            box = [*edges[:, :2].min(axis=0).tolist(), *edges[:, 2:].max(axis=0).tolist()]
            joined.append((box, [label for _, held in three for label in held]))
    return joined


def _is_percent(head: list[int], stroke: list[int], foot: list[int]) -> bool:
    height = stroke[3] - stroke[1]
    small = max(head[3] - head[1], foot[3] - foot[1]) < 0.65 * height
    near = max(stroke[0] - head[2], foot[0] - stroke[2]) < 0.25 * height
    high = head[1] < stroke[1] + 0.25 * height and foot[3] > stroke[3] - 0.25 * height
    return (
        small
        and near
        and high
        and head[3] < stroke[3] - 0.25 * height
        and foot[1] > stroke[1] + 0.25 * height
    )


def tell(image: Gray, pieces: Sequence[Piece], height: float, base: float) -> list[Sign]:
    """What the pieces of one stretch of print are.

    Args:
        image: dark print on white, of which the pieces are part.
        pieces: ink, with places in the image.
        height: of the tall digits there, in pixels.
        base: where these stand (y of their feet).
    """
    if not pieces:
        return []
    patches = np.stack([patch(image, piece) for piece in pieces])
    places = np.array([place(piece, height, base) for piece in pieces], np.float32)
    first, second = (
        _chances(features(patches, places), name)
        for name, features in (("grey", grey_features), ("outline", outline_features))
    )
    return [
        Sign(p.x, p.y, p.width, p.height, SIGNS[int(a.argmax())], float(a.max()), SIGNS[int(b.argmax())], float(b.max()))
        for p, a, b in zip(pieces, first, second, strict=True)
    ]  # fmt: skip


def tell_western(patches: NDArray[np.uint8], widths: Floats) -> tuple[Floats, Floats]:
    """Chances of 0 to 9 in Western digits by either network, one row for each clean patch.

    Args:
        patches: squares as ``patch`` makes them.
        widths: of the pieces, in their own heights.
    """
    places = western_places(widths)
    return (
        _chances(grey_features(patches, places), "western_grey"),
        _chances(outline_features(patches, places), "western_outline"),
    )


def western_places(widths: Floats) -> Floats:
    """Only the proportions count: these digits are as high as their line and stand on it."""
    return np.stack([np.ones_like(widths), widths, np.full_like(widths, 0.5)], axis=1).astype(np.float32)


def level_of(pieces: Sequence[Piece], usual: float) -> tuple[float, float]:
    """Height and foot (y) of the tall digits among pieces of one line; of the usual height if none is tall."""
    low, high = (share * usual for share in TALL)
    tall = [p for p in pieces if low <= p.height <= high]
    if not tall:
        highest = max(p.height for p in pieces)
        if highest > high:
            tall = [p for p in pieces if p.height >= TALL[0] * highest]
        else:
            return usual, float(np.median([p.y + p.height / 2 for p in pieces])) + usual / 2
    return float(np.median([p.height for p in tall])), float(np.median([p.y + p.height for p in tall]))


def patch(image: Gray, piece: Piece) -> Gray:
    """The piece's own ink (255 is black) fitted into a square, its proportions kept."""
    crop = 255 - image[piece.y : piece.y + piece.height, piece.x : piece.x + piece.width]
    crop = np.where(piece.mask, crop, 0).astype(np.uint8)
    scale = (SIDE - 2 * MARGIN) / max(piece.width, piece.height)
    size = (max(round(piece.width * scale), 1), max(round(piece.height * scale), 1))
    fitted = cv2.resize(crop, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    out = np.zeros((SIDE, SIDE), np.uint8)
    top, left = (SIDE - size[1]) // 2, (SIDE - size[0]) // 2
    out[top : top + size[1], left : left + size[0]] = fitted
    return out


def place(piece: Piece, height: float, base: float) -> tuple[float, float, float]:
    """Height, width and middle above the foot of the line, in heights of a tall digit: a zero floats, a point lies."""
    return piece.height / height, piece.width / height, (base - piece.y - piece.height / 2) / height


def grey_features(patches: NDArray[np.uint8], places: Floats) -> Floats:
    """Grey values of each patch, and its place."""
    return np.hstack([patches.reshape(len(patches), -1) / np.float32(255), _weighed(places)]).astype(
        np.float32
    )


def outline_features(patches: NDArray[np.uint8], places: Floats) -> Floats:
    """How much of the outline runs in each direction in each cell of a patch, and its place."""
    grey = patches.astype(np.float32) / 255
    down, right = np.gradient(grey, axis=(1, 2))
    strength = np.hypot(down, right)
    way = np.floor((np.arctan2(down, right) / (2 * np.pi) + 0.5) * DIRECTIONS).astype(int) % DIRECTIONS
    step = SIDE // CELLS
    cells = [
        np.where(way == d, strength, 0).reshape(-1, CELLS, step, CELLS, step).sum(axis=(2, 4))
        for d in range(DIRECTIONS)
    ]
    flat = np.stack(cells, axis=-1).reshape(len(patches), -1)
    flat /= np.linalg.norm(flat, axis=1, keepdims=True) + 1e-6
    return np.hstack([4 * flat, _weighed(places)]).astype(np.float32)


def _weighed(places: Floats) -> Floats:
    return np.clip(places, -2, 3).astype(np.float32) * np.float32(PLACE_WEIGHT)


@cache
def _network(name: str) -> tuple[Floats, Floats, Floats, Floats]:
    with np.load(_MODEL) as stored:
        first, bias, second, last = (stored[f"{name}_{n}"].astype(np.float32) for n in range(4))
    return first, bias, second, last


def _chances(features: Floats, name: str) -> Floats:
    """Chance of each sign by a network of one hidden layer."""
    return chances(features, *_network(name))


def chances(features: Floats, first: Floats, bias: Floats, second: Floats, last: Floats) -> Floats:
    """Forward pass: rectified hidden layer, softmax."""
    scores = np.maximum(features @ first + bias, 0) @ second + last
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
