"""A page image made ready to be read: level, dark on white, its rules and filled areas found and painted over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.page import Stroke
from pipeline.model.place import Box
from pipeline.pages.image import raster
from pipeline.pages.image.strokes import image_strokes, join_strokes, rounded_corners
from pipeline.pages.image.tints import tinted
from pipeline.pages.ocr import tesseract

#: A light rule has print on no more than this share of its length.
PRINTED = 0.1


@dataclass(frozen=True, slots=True)
class Prepared:
    """An image with nothing on it but print, and in points what else was there.

    ``cuts`` are its vertical rules in pixels (x, top, bottom).
    """

    image: raster.Gray
    dpi: float
    strokes: tuple[Stroke, ...]
    fills: tuple[Box, ...]
    cuts: tuple[tuple[int, int, int], ...]


def prepared(image: raster.Gray, width: float, dpi: float, *, askew: bool = True) -> Prepared:
    """A page image ready for reading.

    Args:
        image: the page, upright.
        width: of the page in points.
        dpi: the resolution at which the image was asked for.
        askew: whether the sheet may have lain askew; a picture set into a digital page does not.
    """
    straight = raster.straighten(image, dpi).image if askew else image
    dpi = straight.shape[1] / width * 72
    points = 72 / dpi
    light = raster.despeckled(raster.levelled(straight, dpi), dpi)
    fills, parting = tinted(straight, dpi)
    dark, lines = image_strokes(raster.binarise(light), points)
    parting = tuple(rule for rule in parting if not _is_printed_on(light, rule.box, points))
    strokes = join_strokes([*dark, *parting]) if parting else dark
    bare = _without_rules(light, (*dark, *lines), points)
    return Prepared(bare, dpi, strokes, fills, _cuts(strokes, points))


def _is_printed_on(image: raster.Gray, box: Box, points: float) -> bool:
    """Whether print lies on a light rule, which then is none: bold digits of a bad copy look like filled areas."""
    top, bottom = int(box.top / points), int(box.bottom / points) + 1
    left, right = int(box.x0 / points), int(box.x1 / points) + 1
    part = image[max(top, 0) : bottom, max(left, 0) : right]
    return part.size > 0 and float((part < tesseract.INK).mean()) > PRINTED


def _cuts(strokes: Sequence[Stroke], points: float) -> tuple[tuple[int, int, int], ...]:
    """Vertical rules in pixels."""
    return tuple(
        (int(s.box.centre[0] / points), int(s.box.top / points), int(s.box.bottom / points) + 1)
        for s in strokes
        if not s.horizontal
    )


def _without_rules(image: raster.Gray, strokes: Sequence[Stroke], points: float) -> raster.Gray:
    """The image with its rules painted over: Tesseract takes them for letters and drops what they touch."""
    out, reach = image.copy(), 3
    for stroke in strokes:
        box = stroke.box
        top, bottom = int(box.top / points) - reach, int(box.bottom / points) + reach + 1
        left, right = int(box.x0 / points) - reach, int(box.x1 / points) + reach + 1
        out[max(top, 0) : bottom, max(left, 0) : right] = 255
    for box in rounded_corners(strokes):
        top, bottom, left, right = (round(v / points) for v in (box.top, box.bottom, box.x0, box.x1))
        out[max(top - reach, 0) : bottom + reach, max(left - reach, 0) : right + reach] = 255
    return out
