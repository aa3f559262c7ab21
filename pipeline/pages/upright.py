"""A page from its image: the sheet turned and straightened, its rules taken out, its words read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.page import Line, Stroke
from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.image import raster
from pipeline.pages.ocr import tesseract
from pipeline.pages.ocr.prepared import Prepared, prepared
from pipeline.pages.order import reading_order
from pipeline.pages.shapes.tifinagh import tifinagh_lines
from pipeline.pages.text.lines import build_lines, main_direction
from pipeline.pages.text.turned import put_back

#: Resolution at which scanned pages are rendered for reading.
OCR_DPI = 300.0
#: Mean confidence of its words from which a page image lies the right way round; upside down it is a third.
LEGIBLE = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read on a page image; boxes are those of the page as shown, however the print lies on it."""

    lines: list[Line]
    strokes: tuple[Stroke, ...]
    fills: tuple[Box, ...]
    unread: tuple[Box, ...]  # lines of Tifinagh, which are seen and not read
    quarters: int  # by which the sheet must be turned clockwise to be read


def seen_upright(image: raster.Gray, width: float, height: float) -> Seen:
    """The page read the way round in which it makes most sense; one glance is enough where it makes sense at once.

    A sheet that seems to lie on its side and makes no sense so may be a table whose rules look like lines of print.
    """
    best: tuple[float, int] = (-1.0, 0)
    for quarters in (1, 3, 0, 2) if raster.lies_on_its_side(image) else (0, 2):
        glyphs, ready = _looked_at(image, quarters, height if quarters % 2 else width, LEGIBLE)
        sense = tesseract.legibility(glyphs)
        best = max(best, (sense, -quarters))
        if sense >= LEGIBLE or not glyphs:
            break
    else:
        quarters = -best[1]
        glyphs, ready = _looked_at(image, quarters, height if quarters % 2 else width, 0.0)
    unread = tifinagh_lines(ready.image, glyphs, ready.dpi)
    # What a model read there is made up, figures too.
    glyphs = [g for g in glyphs if not any(box.holds(*g.box.centre) for box in unread)]
    lines = build_lines(glyphs, ready.strokes)
    if not quarters:
        return Seen(lines, ready.strokes, ready.fills, unread, 0)
    upright = (height, width) if quarters % 2 else (width, height)
    lines = reading_order([line for line in lines if on_page(line.box, *upright)], main_direction(lines))
    areas = (*ready.fills, *unread)
    lines, strokes, areas = put_back(lines, ready.strokes, areas, quarters, width, height)
    known = len(ready.fills)
    return Seen(lines, strokes, areas[:known], areas[known:], quarters)


def _looked_at(image: raster.Gray, quarters: int, width: float, sense: float) -> tuple[list[Glyph], Prepared]:
    """Words of the image turned clockwise by ``quarters``, in points of the turned page, and what else is on it.

    The figures of a page whose words make less sense than ``sense`` are not read again.
    """
    ready = prepared(raster.turned(image, quarters), width, OCR_DPI)
    return tesseract.read_words(ready.image, ready.dpi, ready.cuts, sense), ready


def on_page(box: Box, width: float, height: float) -> bool:
    """Text beyond the page's edge is not printed and nobody sees it."""
    x, y = box.centre
    return 0 <= x <= width and 0 <= y <= height
