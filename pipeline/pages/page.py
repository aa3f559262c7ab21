"""One report's pages: triage, words, strokes, lines in reading order, furniture. Front of this stage."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

import pdfplumber
import pikepdf

from pipeline.errors import HasilaError
from pipeline.model.page import Line, Page, PageKind, Stroke
from pipeline.model.place import Box
from pipeline.pages import ocr, raster
from pipeline.pages.fontdigits import LOOK_DPI, FontDigits
from pipeline.pages.furniture import mark_furniture
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.lines import build_lines, main_direction
from pipeline.pages.order import reading_order
from pipeline.pages.reconcile import reconcile
from pipeline.pages.strokes import image_strokes, rounded_corners
from pipeline.pages.textlayer import read_layer, shown_area
from pipeline.pages.triage import (
    FontMap,
    Triage,
    bare,
    covered_share,
    font_maps,
    judge_page,
    lying_fonts,
    text_is_hidden,
    unproven_fonts,
)
from pipeline.pages.turned import put_back, turned_lines

_T = TypeVar("_T")
log = logging.getLogger(__name__)

#: Resolution at which scanned pages are rendered for reading.
OCR_DPI = 300.0
#: Mean confidence of its words from which a page image lies the right way round; upside down it is a third.
LEGIBLE = 0.5
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
        maps = _guarded(lambda: font_maps(structure), cast("list[FontMap]", []))
        liars, digits = lying_fonts(maps), FontDigits(unproven_fonts(maps))
        numbers = list(only) if only is not None else list(range(1, len(structure.pages) + 1))
        for done, number in enumerate(numbers, start=1):
            page = find(number)
            if page is None:
                hidden = _guarded(lambda n=number: text_is_hidden(structure.pages[n - 1]), False)  # type: ignore[misc]
                page = _read_page(path, pdf, number, hidden, liars, digits)
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


def _read_page(
    path: Path, pdf: Any, number: int, hidden: bool, liars: Sequence[str], digits: FontDigits
) -> Page:
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
        if doubted := digits.to_look_at(layer.glyphs):
            _guarded(lambda: digits.look(raster.render(path, number, LOOK_DPI), width, doubted), None)
        lying = (*liars, *map(bare, digits.lying))
        triage = judge_page(layer, width, height, text, hidden, lying)
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
        log.warning("page %d could not be read: %s", number, problem)
        return Page(
            number=number,
            width=0.0,
            height=0.0,
            kind=PageKind.BLANK,
            reason="could not be read",
            score=0.0,
            complaint=f"{type(problem).__name__}: {problem}"[:300],
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
    image = raster.render(path, number, OCR_DPI)
    try:
        seen = _seen_upright(image, width, height)
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
    found = seen.lines
    if triage.kind is PageKind.GARBLED:
        found = reconcile(found, lines, believed="digit" not in triage.reason)
    if seen.quarters:
        triage = replace(triage, reason=f"{triage.reason}; the sheet lies turned by {90 * seen.quarters}°")
        return _page(number, width, height, found, seen.strokes, layer, triage, order=False)
    return _page(number, width, height, found, seen.strokes, layer, triage)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read on a page image; boxes are those of the page as shown, however the print lies on it."""

    lines: list[Line]
    strokes: tuple[Stroke, ...]
    quarters: int  # by which the sheet must be turned clockwise to be read


def _seen_upright(image: raster.Gray, width: float, height: float) -> _Seen:
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
        return _Seen(lines, strokes, 0)
    upright = (height, width) if quarters % 2 else (width, height)
    lines = reading_order([line for line in lines if _on_page(line.box, *upright)], main_direction(lines))
    return _Seen(*put_back(lines, strokes, quarters, width, height), quarters)


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


def _page(
    number: int,
    width: float,
    height: float,
    lines: Sequence[Line],
    strokes: tuple[Stroke, ...],
    layer: Layer,
    triage: Triage,
    *,
    order: bool = True,
) -> Page:
    """A page from its lines, which are put in reading order unless they stand in it."""
    inside = [line for line in lines if _on_page(line.box, width, height)]
    return Page(
        number=number,
        width=width,
        height=height,
        kind=triage.kind,
        reason=triage.reason,
        score=triage.score,
        lines=tuple(reading_order(inside, main_direction(inside)) if order else inside),
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
