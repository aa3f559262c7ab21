"""Bands, tiles and filled cells of a page image, and which of them have light print on a dark ground."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.pages.image.components import components

#: A pixel darker than this share of the paper's brightness may belong to a filled area.
FILLED = 0.78
#: Print on a ground differs from it by at least this share of the paper's brightness.
CONTRAST = 0.2
#: Sizes in points: no line of print in a band is higher, no stroke of it thicker; no band is thinner or narrower.
LETTER_HEIGHT, LETTER_STROKE, LEAST_HEIGHT, LEAST_WIDTH = 26.0, 5.0, 7.0, 12.0
#: An area of any shape is a band from so many square points on; a smaller one is about a rectangle.
LARGE, RECTANGULAR = 3000.0, 0.75
#: Share of a band that is its ground.
GROUND_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Bands:
    """Filled areas of a page image.

    Attributes:
        inside: where they are.
        ground: brightness of their grounds, 255 elsewhere.
        light: where the print is lighter than its ground.
        boxes: x, y, width and height in pixels of each band with light print.
    """

    inside: NDArray[np.bool_]
    ground: NDArray[np.uint8]
    light: NDArray[np.bool_]
    boxes: tuple[tuple[int, int, int, int], ...]


def find_bands(image: NDArray[np.uint8], dpi: float) -> Bands:
    """Filled areas with print on them; letters, rules and frames are none, however thick.

    Args:
        image: grey page, level.
        dpi: its resolution.
    """
    point = dpi / 72
    paper = float(np.percentile(image[::8, ::8], 90))
    dark = (image < FILLED * paper).astype(np.uint8)
    found = Bands(
        np.zeros(image.shape, np.bool_),
        np.full(image.shape, 255, np.uint8),
        np.zeros(image.shape, np.bool_),
        (),
    )
    side = max(round(LETTER_STROKE * point), 3)
    filled = dark | _print_inside(dark, point)
    solid = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    areas = components(solid, connectivity=4)
    boxes = []
    for label, (x, y, width, height) in enumerate(areas.boxes.tolist()):
        area = int(areas.areas[label])
        if height < LEAST_HEIGHT * point or width < LEAST_WIDTH * point:
            continue
        if area < RECTANGULAR * width * height and area < LARGE * point**2:
            continue
        place = np.s_[y : y + height, x : x + width]
        mine, held = areas.alone(label), image[place]
        ground = float(np.median(held[mine]))
        lighter = int((held[mine] > ground + CONTRAST * paper).sum())
        darker = int((held[mine] < ground - CONTRAST * paper).sum())
        if area - lighter - darker < GROUND_SHARE * area:
            continue
        found.inside[place] |= mine
        found.ground[place][mine] = round(ground)
        if lighter > darker:
            found.light[place] |= mine
            boxes.append((x, y, width, height))
    return Bands(found.inside, found.ground, found.light, tuple(boxes))


def _print_inside(dark: NDArray[np.uint8], point: float) -> NDArray[np.uint8]:
    """Light letters that dark ground surrounds; cells of a drawn grid are surrounded too, but they are full rectangles."""
    holes = components(1 - dark, connectivity=4)
    width, height = holes.boxes[:, 2], holes.boxes[:, 3]
    thin = np.minimum(width, height) <= LETTER_STROKE * point
    loose = holes.areas < 0.75 * width * height
    letters = (height <= LETTER_HEIGHT * point) & (thin | loose)
    return holes.drawn(letters) // 255
