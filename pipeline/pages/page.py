"""One report's pages: triage, words, strokes, lines in reading order, furniture. Front of this stage."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import pdfplumber
import pikepdf

from pipeline.errors import HasilaError, place_of
from pipeline.model.page import Line, Page, PageKind, Stroke
from pipeline.model.place import Box
from pipeline.pages import ocr, raster
from pipeline.pages.furniture import mark_furniture
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.lines import build_lines, main_direction
from pipeline.pages.order import reading_order
from pipeline.pages.reconcile import reconcile
from pipeline.pages.strokes import image_strokes
from pipeline.pages.textlayer import read_layer, shown_area
from pipeline.pages.triage import Triage, covered_share, judge_page, lying_fonts, text_is_hidden
from pipeline.pages.turned import turned_lines

_T = TypeVar("_T")
log = logging.getLogger(__name__)

#: Resolution at which scanned pages are rendered for reading.
OCR_DPI = 300.0
#: Images smaller than this share of the page are logos and ornaments.
LEAST_IMAGE = 0.008


def read_pages(
    path: Path,
    *,
    only: Sequence[int] | None = None,
    progress: Callable[[int, int], None] | None = None,
    find: Callable[[int], Page | None] = lambda number: None,
    keep: Callable[[Page], None] = lambda page: None,
) -> tuple[Page, ...]:
    """Read a PDF that opens.

    A page that can't be read is returned with its ``complaint``; it never loses the others.

    Args:
        path: the PDF, not encrypted.
        only: page numbers (1-based) to read; all of them by default.
        progress: called with (pages done, pages in all).
        find: gives a page that was kept before, so that it is not read again.
        keep: called with each page that was read without complaint, its furniture not yet marked.

    Raises:
        MissingTool: a page must be read from its image and Tesseract or its languages are missing.
    """
    pages = []
    with pikepdf.open(path) as structure, pdfplumber.open(path) as pdf:
        liars = _guarded(lambda: tuple(lying_fonts(structure)), cast("tuple[str, ...]", ()))
        numbers = list(only) if only is not None else list(range(1, len(structure.pages) + 1))
        for done, number in enumerate(numbers, start=1):
            page = find(number)
            if page is None:
                hidden = _guarded(lambda n=number: text_is_hidden(structure.pages[n - 1]), False)  # type: ignore[misc]
                page = _read_page(path, pdf, number, hidden, liars)
                if not page.complaint:
                    keep(page)
            pages.append(page)
            if progress is not None:
                progress(done, len(numbers))
    return tuple(mark_furniture(pages))


def _guarded(call: Callable[[], _T], otherwise: _T) -> _T:
    """Result of a look at the file's structure; a damaged structure has none."""
    try:
        return call()
    except Exception as problem:
        log.debug("structure not readable: %s", problem)
        return otherwise


def _read_page(path: Path, pdf: Any, number: int, hidden: bool, liars: Sequence[str]) -> Page:
    """One page, by its text layer or its image or both."""
    try:
        plumbed = pdf.pages[number - 1]
        try:
            layer = read_layer(plumbed)
            left, top, right, bottom = shown_area(plumbed)
            width, height = right - left, bottom - top
        finally:
            plumbed.close()
        lines = build_lines(layer.glyphs, layer.strokes)
        lines += turned_lines(layer.turned, layer.strokes)
        lines += turned_lines(layer.downward, layer.strokes, down=True)
        text = "\n".join(line.text for line in lines)
        triage = judge_page(layer, width, height, text, hidden, liars)
        if triage.kind is PageKind.TEXT:
            return _digital(path, number, layer, lines, width, height, triage)
        if triage.kind is PageKind.BLANK:
            return Page(
                number=number, width=width, height=height, kind=triage.kind, reason=triage.reason, score=1.0
            )
        return _from_image(path, number, layer, lines, width, height, triage)
    except HasilaError:
        raise
    except Exception as problem:
        log.warning("page %d could not be read: %s", number, place_of(problem))
        log.debug("page %d: %s", number, problem)
        return Page(
            number=number,
            width=0.0,
            height=0.0,
            kind=PageKind.BLANK,
            reason="could not be read",
            score=0.0,
            complaint=place_of(problem),
        )


def _digital(
    path: Path, number: int, layer: Layer, lines: list[Line], width: float, height: float, triage: Triage
) -> Page:
    """A page whose text layer is believed; images that hold print are read too."""
    pictures = [
        b
        for b in layer.images
        if b.width * b.height > LEAST_IMAGE * width * height and not _written_on(b, lines)
    ]
    seen: list[Glyph] = []
    complaint = ""
    try:
        if pictures:
            image = raster.render(path, number, OCR_DPI)
            for box in pictures:
                seen.extend(_print_in(image, box, width))
    except RuntimeError as problem:
        complaint = f"Tesseract, on an image of the page: {problem}"[:300]
    kind, reason = triage.kind, triage.reason
    if seen:
        lines = [*lines, *build_lines(seen, layer.strokes)]
        kind, reason = (
            PageKind.MIXED,
            f"text layer, and print in {len(pictures)} image(s) covering {covered_share(pictures, width, height):.0%}",
        )
    page = _page(number, width, height, lines, layer.strokes, layer, Triage(kind, reason, triage.score))
    return replace(page, complaint=complaint)


def _written_on(box: Box, lines: Sequence[Line]) -> bool:
    """Whether the text layer writes across a picture: then the picture is a background."""
    return sum(box.holds(*line.box.centre) for line in lines) >= 3


def _print_in(image: raster.Gray, box: Box, width: float) -> list[Glyph]:
    """Words printed inside an image of a digital page, if it is print and not a photograph."""
    scale = image.shape[1] / width
    top, bottom, left, right = (max(int(v * scale), 0) for v in (box.top, box.bottom, box.x0, box.x1))
    crop = image[top:bottom, left:right]
    if not raster.looks_like_text(crop):
        return []
    words = ocr.read_words(crop, scale * 72)
    if len(words) < 3 or sum(w.confidence for w in words) / len(words) < 0.6:
        return []
    return [
        replace(
            w,
            box=Box(w.box.x0 + box.x0, w.box.top + box.top, w.box.x1 + box.x0, w.box.bottom + box.top),
            baseline=w.baseline + box.top,
        )
        for w in words
    ]


def _from_image(
    path: Path, number: int, layer: Layer, lines: list[Line], width: float, height: float, triage: Triage
) -> Page:
    """A page read from its image; digits of a text layer with lost letters are kept beside."""
    image = raster.straighten(raster.render(path, number, OCR_DPI), OCR_DPI)
    dpi = image.image.shape[1] / width * 72
    points = 72 / dpi
    light = raster.despeckled(raster.levelled(image.image), dpi)
    strokes, _ = image_strokes(raster.binarise(light), points)
    cleaned = _without_rules(light, strokes, points)
    try:
        glyphs = ocr.read_words(cleaned, dpi, _cuts(strokes, points))
    except RuntimeError as problem:
        return Page(
            number=number,
            width=width,
            height=height,
            kind=triage.kind,
            reason=triage.reason,
            score=0.0,
            complaint=f"Tesseract: {problem}"[:300],
        )
    found = build_lines(glyphs, strokes)
    if triage.kind is PageKind.GARBLED:
        found = reconcile(found, lines, believed="digit" not in triage.reason)
    return _page(number, width, height, found, strokes, layer, triage)


def _cuts(strokes: Sequence[Stroke], points: float) -> list[tuple[int, int, int]]:
    """Vertical rules in pixels."""
    return [
        (int(s.box.centre[0] / points), int(s.box.top / points), int(s.box.bottom / points) + 1)
        for s in strokes
        if not s.horizontal
    ]


def _without_rules(image: raster.Gray, strokes: Sequence[Stroke], points: float) -> raster.Gray:
    """The image with its rules painted over: Tesseract takes them for letters and drops what they touch."""
    out = image.copy()
    for stroke in strokes:
        box = stroke.box
        reach = 3
        top, bottom = int(box.top / points) - reach, int(box.bottom / points) + reach + 1
        left, right = int(box.x0 / points) - reach, int(box.x1 / points) + reach + 1
        out[max(top, 0) : bottom, max(left, 0) : right] = 255
    return out


def _page(
    number: int,
    width: float,
    height: float,
    lines: Sequence[Line],
    strokes: tuple[Stroke, ...],
    layer: Layer,
    triage: Triage,
) -> Page:
    inside = [line for line in lines if _on_page(line.box, width, height)]
    return Page(
        number=number,
        width=width,
        height=height,
        kind=triage.kind,
        reason=triage.reason,
        score=triage.score,
        lines=tuple(reading_order(inside, main_direction(inside))),
        strokes=strokes,
        fills=layer.fills,
        images=layer.images,
    )


def _on_page(box: Box, width: float, height: float) -> bool:
    """Text beyond the page's edge is not printed and nobody sees it."""
    x, y = box.centre
    return 0 <= x <= width and 0 <= y <= height


def pages_of(path: Path) -> Iterator[int]:
    """Page numbers of a PDF, from 1."""
    with pikepdf.open(path) as structure:
        yield from range(1, len(structure.pages) + 1)
