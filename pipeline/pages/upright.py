"""A page from its image: the sheet turned and straightened, its rules taken out, its words read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.page import Line, Stroke
from pipeline.model.place import Box
from pipeline.pages import ocr, raster
from pipeline.pages.glyph import Glyph
from pipeline.pages.lines import build_lines, main_direction
from pipeline.pages.order import reading_order
from pipeline.pages.strokes import image_strokes, rounded_corners
from pipeline.pages.turned import put_back

#: Resolution at which scanned pages are rendered for reading.
OCR_DPI = 300.0
#: Mean confidence of its words from which a page image lies the right way round; upside down it is a third.
LEGIBLE = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read on a page image; boxes are those of the page as shown, however the print lies on it."""

    lines: list[Line]
    strokes: tuple[Stroke, ...]
    quarters: int  # by which the sheet must be turned clockwise to be read


def seen_upright(image: raster.Gray, width: float, height: float) -> Seen:
    """The page read the way round in which it makes most sense; one glance is enough where it makes sense at once.

    A sheet that seems to lie on its side and makes no sense so may be a table whose rules look like lines of print.
    """
    best: tuple[float, int] = (-1.0, 0)
    for quarters in (1, 3, 0, 2) if raster.lies_on_its_side(image) else (0, 2):
        glyphs, strokes = _looked_at(image, quarters, height if quarters % 2 else width, LEGIBLE)
        sense = ocr.legibility(glyphs)
        best = max(best, (sense, -quarters))
        if sense >= LEGIBLE or not glyphs:
            break
    else:
        quarters = -best[1]
        glyphs, strokes = _looked_at(image, quarters, height if quarters % 2 else width, 0.0)
    lines = build_lines(glyphs, strokes)
    if not quarters:
        return Seen(lines, strokes, 0)
    upright = (height, width) if quarters % 2 else (width, height)
    lines = reading_order([line for line in lines if on_page(line.box, *upright)], main_direction(lines))
    return Seen(*put_back(lines, strokes, quarters, width, height), quarters)


def _looked_at(
    image: raster.Gray, quarters: int, width: float, sense: float
) -> tuple[list[Glyph], tuple[Stroke, ...]]:
    """Words and rules of the image turned clockwise by ``quarters``, in points of the turned page.

    The figures of a page whose words make less sense than ``sense`` are not read again.
    """
    straight = raster.straighten(raster.turned(image, quarters), OCR_DPI)
    dpi = straight.image.shape[1] / width * 72
    points = 72 / dpi
    light = raster.despeckled(raster.levelled(straight.image, dpi), dpi)
    strokes, _ = image_strokes(raster.binarise(light), points)
    cleaned = _without_rules(light, strokes, points)
    return ocr.read_words(cleaned, dpi, _cuts(strokes, points), sense), strokes


def _cuts(strokes: Sequence[Stroke], points: float) -> list[tuple[int, int, int]]:
    """Vertical rules in pixels."""
    return [
        (int(s.box.centre[0] / points), int(s.box.top / points), int(s.box.bottom / points) + 1)
        for s in strokes
        if not s.horizontal
    ]


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


def on_page(box: Box, width: float, height: float) -> bool:
    """Text beyond the page's edge is not printed and nobody sees it."""
    x, y = box.centre
    return 0 <= x <= width and 0 <= y <= height
