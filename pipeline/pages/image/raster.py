"""Page images: rendered at a stated resolution, straightened, cleaned.

pdfium is not thread-safe and then returns empty text quietly: call these only in a process that uses one thread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from pipeline.pages.image.bands import Bands, find_bands
from pipeline.pages.image.components import components

Gray = NDArray[np.uint8]

#: No page image has more pixels than this, whatever its paper size.
MOST_PIXELS = 40_000_000
#: Skew below this many degrees does not hurt reading.
LEAST_SKEW = 0.12
#: What reaches so near to an edge of the image, in pixels, touches it.
EDGE = 1
#: No stroke of a letter is so many points thick; what is so thick is print no more below this share of white.
BLOCK, BLOCK_SHARE = 9.0, 0.85
#: Share of the paper's own brightness from which a pixel is white.
WHITE = 0.93
#: Steps in which print is measured against its paper.
FULL = 200
#: How much more print must stand in words that run up and down than in level ones for a page to lie on its side.
SIDEWAYS = 1.5
#: Gap between letters that is closed to make words, on an image of 1000 pixels.
WORD_JOINT = 5
#: Longest side of a joined shape that can still be a word, in thousandths of the sheet's longer side.
LONGEST_WORD = 150
#: Dust: darker than this, no larger than a square of this side in points, and at least so many specks of it.
SPECK_INK, SPECK_SIDE, LEAST_SPECKS = 170, 0.85, 400
#: Side in points of the smallest dot of a letter, and how far from its letter a dot may stand.
LEAST_DOT, LETTER_REACH = 0.6, 2.5


@dataclass(frozen=True, slots=True)
class Raster:
    """A straightened grey image; ``turned`` is the angle in degrees by which it was turned (about its middle)."""

    image: Gray
    dpi: float
    turned: float


def render(path: Path, number: int, dpi: float = 300.0) -> Gray:
    """Page ``number`` (1-based) as a grey image; huge pages at a lower resolution than asked."""
    pdf = pypdfium2.PdfDocument(str(path))
    try:
        pdf.init_forms()  # without it filled fields are not drawn
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = dpi / 72
        if width * height * scale * scale > MOST_PIXELS:
            scale = (MOST_PIXELS / max(width * height, 1.0)) ** 0.5
        bitmap = page.render(scale=scale, grayscale=True)
        image = bitmap.to_numpy()
        page.close()
        return np.ascontiguousarray(image if image.ndim == 2 else image[:, :, 0])
    finally:
        pdf.close()


def size_of(path: Path, number: int) -> tuple[float, float]:
    """Width and height in points of page ``number`` (1-based), as its image shows it."""
    pdf = pypdfium2.PdfDocument(str(path))
    try:
        width, height = pdf[number - 1].get_size()
        return float(width), float(height)
    finally:
        pdf.close()


def straighten(image: Gray, dpi: float) -> Raster:
    """Turn the image so that its lines of text lie level."""
    angle = skew_of(image)
    if abs(angle) < LEAST_SKEW:
        return Raster(image, dpi, 0.0)
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Raster(turned.astype(np.uint8), dpi, angle)


def skew_of(image: Gray) -> float:
    """Angle in degrees (at most 5) that makes the row profile of the ink sharpest (Postl 1986).

    What touches the edge of the image is left out: the black around a sheet lies as the glass of the copier does.
    """
    scale = 900 / max(image.shape)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = _off_the_edge(binarise(small.astype(np.uint8))) > 0
    if ink.mean() < 0.001:
        return 0.0
    best = _sharpest(ink, np.arange(-5.0, 5.01, 0.5))
    best = _sharpest(ink, np.arange(best - 0.5, best + 0.51, 0.1))
    return float(_sharpest(ink, np.arange(best - 0.1, best + 0.101, 0.025)))


def _off_the_edge(ink: Gray) -> Gray:
    """Ink without the pieces that touch an edge of the image."""
    height, width = ink.shape
    pieces = components(ink)
    left, top = pieces.boxes[:, 0], pieces.boxes[:, 1]
    right, bottom = left + pieces.boxes[:, 2], top + pieces.boxes[:, 3]
    inside = (left > EDGE) & (top > EDGE) & (right < width - EDGE) & (bottom < height - EDGE)
    return ink if inside[1:].all() else pieces.drawn(inside)


def _sharpest(ink: NDArray[np.bool_], angles: NDArray[np.float64]) -> float:
    """Of some angles that by which the ink of rows differs most from that of the next; each pixel lies on two of them."""
    ys, xs = np.nonzero(ink)
    down, aside = ys - ink.shape[0] / 2, xs - ink.shape[1] / 2
    # So much higher that no print is turned out of it: heaped up in its last row it would pass for the sharpest line.
    # By as much above as below, so that an image that lies level keeps its rows.
    height = ink.shape[0] + 2 * (math.ceil(math.hypot(*ink.shape) - ink.shape[0]) // 2 + 2)
    scores = []
    for angle in np.deg2rad(angles):
        level = height / 2 + np.cos(angle) * down - np.sin(angle) * aside
        row = level.astype(np.int64)
        part = level - row
        rows = np.bincount(row, 1 - part, height) + np.bincount(row + 1, part, height)
        scores.append(float(((rows[1:] - rows[:-1]) ** 2).sum()))
    # Level wins a tie, so that a straight page is left alone.
    top = max(scores)
    near = [a for a, s in zip(angles, scores, strict=True) if s >= 0.999 * top]
    return float(min(near, key=abs))


def binarise(image: Gray) -> Gray:
    """Ink as 255, paper as 0: local threshold, so that shadows and coloured bands do not swallow text.

    White text on dark bands becomes ink too.
    """
    blurred = cv2.GaussianBlur(image, (3, 3), 0)
    block = max(31, (min(image.shape) // 40) | 1)
    dark = cv2.adaptiveThreshold(blurred, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 15)
    return dark.astype(np.uint8)


def levelled(image: Gray, dpi: float = 300.0) -> Gray:
    """Dark print on white everywhere: shadows and tints of the paper taken out, light print on dark bands turned."""
    bands = _bands(image, dpi)
    size = max(25, (min(image.shape) // 60) | 1)
    banded, turned_over = bool(bands.inside.any()), bool(bands.light.any())
    bare = np.where(bands.inside, np.uint8(np.percentile(image[::8, ::8], 90)), image) if banded else image
    small = cv2.resize(bare, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    blurred = cv2.medianBlur(small, min(size | 1, 61))
    ground = cv2.resize(blurred, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    paper = np.where(bands.inside, bands.ground, ground) if banded else ground
    out = image
    if turned_over:
        out, paper = (np.where(bands.light, 255 - part, part) for part in (image, paper))
    # In whole steps, ten times as fast as in fractions: FULL is paper, the darkest print the least.
    share = cv2.divide(out, np.maximum(paper, 1).astype(np.uint8, copy=False), scale=FULL)
    counts = np.cumsum(cv2.calcHist([share], [0], None, [256], [0, 256]).ravel()[: int(0.75 * FULL)])
    black = int(np.searchsorted(counts, 0.05 * counts[-1])) if counts[-1] else 0
    steps = (np.arange(256) - black) / max(WHITE * FULL - black, 0.05 * FULL)
    stretched = np.asarray(cv2.LUT(share, np.clip(steps * 255, 0, 255).astype(np.uint8)), np.uint8)
    if turned_over:
        stretched[_edges(bands)] = 255
    return stretched | _blocks(stretched, dpi)


def _bands(image: Gray, dpi: float) -> Bands:
    """Bands found on the image at half its size: they are big, and a quarter of the pixels tells as much."""
    half = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.uint8)
    found = find_bands(half, dpi / 2)
    if not found.inside.any():
        nowhere = np.zeros(image.shape, np.bool_)
        return Bands(nowhere, np.full(image.shape, 255, np.uint8), nowhere, ())
    inside, ground, light = (
        cv2.resize(part.astype(np.uint8), image.shape[::-1], interpolation=cv2.INTER_NEAREST)
        for part in (found.inside, found.ground, found.light)
    )
    boxes = tuple((2 * x, 2 * y, 2 * width, 2 * height) for x, y, width, height in found.boxes)
    return Bands(inside > 0, np.asarray(ground, np.uint8), light > 0, boxes)


def _edges(bands: Bands) -> NDArray[np.bool_]:
    """The outline of bands whose print is turned, which would be left as a dark rule."""
    light = bands.light.astype(np.uint8)
    around = np.ones((7, 7), np.uint8)
    return np.asarray(cv2.dilate(light, around) != cv2.erode(light, around))


def _blocks(image: Gray, dpi: float) -> Gray:
    """What is darker than paper over more than any stroke of a letter (255): ornaments, pieces of pictures."""
    side = np.ones((round(BLOCK / 72 * dpi),) * 2, np.uint8)
    dark = cv2.threshold(image, int(BLOCK_SHARE * 255), 255, cv2.THRESH_BINARY_INV)[1]
    solid = cv2.erode(dark, side)
    if solid.any():
        solid = cv2.dilate(cv2.dilate(solid, side), np.ones((7, 7), np.uint8))
    return solid.astype(np.uint8, copy=False)


def despeckled(image: Gray, dpi: float) -> Gray:
    """A levelled page without the dust of a copier, if there is so much of it that it can't be dots of letters.

    Where there is dust on the paper there are holes in the ink, and they are filled.
    """
    dust = _specks(image, dpi, LEAST_SPECKS)
    if dust is None:
        return image
    clean = image | dust
    # In rows without ink there is none, and one such row above and below joins the paper of the others as all do.
    inked = np.asarray((clean < SPECK_INK).any(axis=1), np.uint8).reshape(-1, 1)
    rows = cv2.dilate(inked, np.ones((3, 1), np.uint8)).ravel() > 0
    part = clean[rows]
    holes = _specks(255 - part, dpi, 1) if part.size else None
    if holes is not None:
        clean[rows] = part & ~holes
    return clean


def _specks(image: Gray, dpi: float, least: int) -> Gray | None:
    """Where specks and their grey edges lie (255), or nothing when there are fewer than ``least``."""
    ink = cv2.threshold(image, SPECK_INK - 1, 255, cv2.THRESH_BINARY_INV)[1].astype(np.uint8, copy=False)
    pieces = components(ink)
    small, tiny = (pieces.areas <= (side / 72 * dpi) ** 2 for side in (SPECK_SIDE, LEAST_DOT))
    if int(small.sum()) < least:
        return None
    # What could be the dot of a letter is dust only where no letter is near.
    reach = 2 * round(LETTER_REACH / 72 * dpi) + 1
    dots = pieces.drawn(small)
    near = _grown(ink & ~dots, reach)
    gone = dots & (pieces.drawn(tiny) | ~near)
    return _grown(gone, 3) & ~_grown(ink & ~gone, 3)


def _grown(ink: Gray, side: int) -> Gray:
    """Ink grown to a square of this side around each pixel."""
    return cv2.dilate(ink, np.ones((side, side), np.uint8)).astype(np.uint8, copy=False)


def lies_on_its_side(image: Gray) -> bool:
    """Whether the words run up and down the image: letters of one word stand closer than two lines do."""
    scale = 1000 / max(image.shape)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = binarise(small.astype(np.uint8))
    # Rules would pass for lines of print: what is longer than any word, then what is left straight.
    pieces = components(ink)
    ink = pieces.drawn(pieces.boxes[:, 2:].max(axis=1) <= LONGEST_WORD)
    for rule in ((1, 40), (40, 1)):
        ink[cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(rule, np.uint8)) > 0] = 0
    long = []
    for joint in ((WORD_JOINT, 1), (1, WORD_JOINT)):
        joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(joint, np.uint8))
        words = components(joined)
        width, height = words.boxes[:, 2], words.boxes[:, 3]
        along, across = (height, width) if joint[1] == 1 else (width, height)
        long.append(int(words.areas[(along > 3 * across) & (across >= 4)].sum()))
    return long[0] > SIDEWAYS * long[1]


def turned(image: Gray, quarters: int) -> Gray:
    """The image turned clockwise by so many quarters."""
    return np.ascontiguousarray(np.rot90(image, -quarters))


def looks_like_text(image: Gray) -> bool:
    """Whether a region is print rather than a photograph: mostly paper, a little ink, little between."""
    if image.size == 0:
        return False
    light, dark = float((image > 190).mean()), float((image < 110).mean())
    return light > 0.6 and 0.004 < dark < 0.3 and light + dark > 0.85
