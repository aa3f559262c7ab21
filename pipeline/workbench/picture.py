"""A page with one box drawn on it, so that a figure can be accepted or rejected by eye."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from pipeline.model.place import Box
from pipeline.model.reading import Table
from pipeline.model.report import Report

_SCALE = 2.0  # pixels per point: 144 dpi, enough to read a footnote
_MARGIN = 60.0  # points of page kept around the box, so that row and column heads can be seen
_INK = (200, 30, 30)
_HEAD_INK = (30, 80, 190)
#: The library that draws bears no second thread.
_ONE_AT_A_TIME = threading.Lock()


def page_with_box(path: Path, page: int, box: Box, *, whole: bool = True) -> Image.Image:
    """Draw a page and frame one box on it.

    Args:
        path: the PDF.
        page: page number, 1-based.
        box: in PDF points, origin top left, page rotation applied.
        whole: the whole page, or only the surroundings of the box.

    Raises:
        IndexError: when the PDF has no such page.
        pypdfium2.PdfiumError: when the PDF can't be drawn.
    """
    image = _drawn(path, page)
    ImageDraw.Draw(image).rectangle(_pixels(box.grown(2)), outline=_INK, width=3)
    return image if whole else _surroundings(image, box)


def page_with_table(path: Path, table: Table, *, whole: bool = True) -> Image.Image:
    """Draw a page and, on it, the cells of a table as they were read, spans as one frame.

    Heads and stubs are framed in blue, figures in red; each cell bears its row and column as counted in
    the readings (``r2 c3``, from 0 at the top left).

    Raises:
        IndexError: when the PDF has no such page.
        pypdfium2.PdfiumError: when the PDF can't be drawn.
    """
    image = _drawn(path, table.page)
    pen = ImageDraw.Draw(image)
    for cell in table.cells:
        ink = _HEAD_INK if cell.header else _INK
        left, top, right, bottom = _pixels(cell.box)
        pen.rectangle(
            (left + 2, top + 2, max(right - 2, left + 3), max(bottom - 2, top + 3)), outline=ink, width=2
        )
        tag, place = f"r{cell.row} c{cell.column}", (left + 5, top + 3)
        pen.rectangle(pen.textbbox(place, tag), fill="white")  # heads may be dark
        pen.text(place, tag, fill=ink)
    return image if whole else _surroundings(image, table.box)


@lru_cache(maxsize=8)
def page_alone(path: Path, page: int) -> tuple[bytes, float, float]:
    """A page as PNG, with its width and height in points.

    Raises:
        IndexError: when the PDF has no such page.
        pypdfium2.PdfiumError: when the PDF can't be drawn.
    """
    image, png = _drawn(path, page), io.BytesIO()
    image.save(png, "png")
    return png.getvalue(), image.width / _SCALE, image.height / _SCALE


def _drawn(path: Path, page: int) -> Image.Image:
    with _ONE_AT_A_TIME:
        pdf = pypdfium2.PdfDocument(path)
        try:
            if not 1 <= page <= len(pdf):
                raise IndexError(f"{path.name} has no page {page}")
            image: Image.Image = pdf[page - 1].render(scale=_SCALE).to_pil().convert("RGB")
            return image
        finally:
            pdf.close()


def _pixels(box: Box) -> tuple[float, float, float, float]:
    return box.x0 * _SCALE, box.top * _SCALE, box.x1 * _SCALE, box.bottom * _SCALE


def pictures_of(reports: Iterable[Report]) -> Callable[[str, int, Box], bytes | None]:
    """Give a function that draws the surroundings of a box as PNG, by report id, page and box.

    It gives ``None`` where there is no box or the file can't be drawn (gone, locked): a digest without one
    picture is still a digest.
    """
    paths = {report.report_id: report.path for report in reports}

    def picture(report_id: str, page: int, box: Box) -> bytes | None:
        if report_id not in paths or not box.width or not box.height:
            return None
        try:
            image = page_with_box(paths[report_id], page, box, whole=False)
        except (OSError, IndexError, pypdfium2.PdfiumError):
            return None
        image = image.resize((image.width // 2, image.height // 2)).quantize(32)
        png = io.BytesIO()
        image.save(png, "png", optimize=True)
        return png.getvalue()

    return picture


def _surroundings(image: Image.Image, box: Box) -> Image.Image:
    """Full width, so that stubs and heads at the edges stay in sight, and some height around the box."""
    top = max(0, int((box.top - _MARGIN) * _SCALE))
    bottom = min(image.height, int((box.bottom + _MARGIN) * _SCALE))
    return image.crop((0, top, image.width, max(bottom, top + 1)))
