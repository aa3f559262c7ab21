"""One report's pages: triage, words, strokes, lines in reading order, furniture. Front of this stage."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any, TypeVar, cast

import pdfplumber
import pikepdf

from pipeline.errors import HasilaError
from pipeline.model.page import Line, Page, PageKind, Stroke
from pipeline.model.place import Box
from pipeline.pages.coarse import POOR, resolution_within, smoothed, unsure_within
from pipeline.pages.columns import facing_pages, text_columns
from pipeline.pages.fontdigits import LOOK_DPI, FontDigits
from pipeline.pages.fontmaps import FontMap, font_maps
from pipeline.pages.furniture import mark_furniture
from pipeline.pages.glyph import Layer
from pipeline.pages.image import raster
from pipeline.pages.ocr.engines import staying
from pipeline.pages.order import reading_order
from pipeline.pages.pictures import Known, Print, pictures_to_read, print_in
from pipeline.pages.reconcile import reconcile
from pipeline.pages.text.fonts import Fonts
from pipeline.pages.text.lines import build_lines, main_direction
from pipeline.pages.text.misnamed import as_drawn
from pipeline.pages.text.superiors import with_superiors
from pipeline.pages.text.textlayer import read_layer, shown_area
from pipeline.pages.text.tiles import between_tiles
from pipeline.pages.text.turned import turned_lines
from pipeline.pages.triage import (
    Triage,
    bare,
    covered_share,
    judge_page,
    lying_fonts,
    text_is_hidden,
    unproven_fonts,
)
from pipeline.pages.unseen import without_unseen
from pipeline.pages.upright import OCR_DPI, on_page, seen_upright

_T = TypeVar("_T")
log = logging.getLogger(__name__)


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
    with pikepdf.open(path) as structure, pdfplumber.open(path) as pdf, staying():
        pdf.rsrcmgr = Fonts()
        maps = _guarded(lambda: font_maps(structure), cast("list[FontMap]", []))
        liars, digits = lying_fonts(maps), FontDigits(unproven_fonts(maps))
        known = Known()
        numbers = list(only) if only is not None else list(range(1, len(structure.pages) + 1))
        for done, number in enumerate(numbers, start=1):
            page = find(number)
            if page is None:
                hidden = _guarded(lambda n=number: text_is_hidden(structure.pages[n - 1]), False)  # type: ignore[misc]
                page = _read_page(path, pdf, number, hidden, liars, digits, known)
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
    path: Path,
    pdf: Any,
    number: int,
    hidden: bool,
    liars: Sequence[str],
    digits: FontDigits,
    known: Known,
) -> Page:
    """One page, by its text layer or its image or both; by its image alone where the layer can't be read."""
    try:
        try:
            layer, (width, height) = _layer_of(pdf, number)
            layer = without_unseen(layer, lambda: raster.render(path, number, LOOK_DPI), width)
            layer = as_drawn(layer, lambda dpi: raster.render(path, number, dpi), width)
            layer = with_superiors(layer, lambda dpi: raster.render(path, number, dpi), width)
            lines = build_lines(layer.glyphs, (*layer.strokes, *between_tiles(layer.fills)))
            lines += turned_lines(layer.turned, layer.strokes)
            lines += turned_lines(layer.downward, layer.strokes, down=True)
        except MemoryError:
            raise
        except Exception as problem:
            log.warning("the text layer of page %d could not be read: %s", number, problem)
            return _without_layer(path, number, problem)
        text = "\n".join(line.text for line in lines)
        if doubted := digits.to_look_at(layer.glyphs):
            _guarded(lambda: digits.look(raster.render(path, number, LOOK_DPI), width, doubted), None)
        lying = (*liars, *map(bare, digits.lying))
        triage = judge_page(layer, width, height, text, hidden, lying)
        if triage.kind is PageKind.BLANK and layer.notes:
            triage = Triage(PageKind.TEXT, "no text but that of fields and notes", 1.0)
        if triage.kind is PageKind.TEXT:
            return _digital(path, number, layer, lines, width, height, triage, known)
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
            complaint=_said(problem),
        )


def _layer_of(pdf: Any, number: int) -> tuple[Layer, tuple[float, float]]:
    """What the text layer of a page says, and the width and height of what is shown of it."""
    plumbed = pdf.pages[number - 1]
    try:
        left, top, right, bottom = shown_area(plumbed)
        return read_layer(plumbed), (right - left, bottom - top)
    finally:
        plumbed.close()


def _without_layer(path: Path, number: int, problem: Exception) -> Page:
    """A page whose text layer raises an error: what it shows is read all the same."""
    triage = Triage(PageKind.GARBLED, "the text layer can't be read", 0.0)
    width, height = raster.size_of(path, number)
    page = _from_image(path, number, Layer(), [], width, height, triage)
    return replace(page, layer_problem=_said(problem))


def _said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:300]


def _digital(
    path: Path,
    number: int,
    layer: Layer,
    lines: list[Line],
    width: float,
    height: float,
    triage: Triage,
    known: Known,
) -> Page:
    """A page whose text layer is believed; images that hold print are read too."""
    pictures = pictures_to_read(layer.images, lines, width * height)
    fineness = {box: resolution_within(box, layer.images, layer.resolutions) for box in pictures}
    seen = Print()
    complaint = ""
    try:
        if pictures:
            image = raster.render(path, number, OCR_DPI)
            for box, fine in fineness.items():
                image = smoothed(image, box, OCR_DPI, fine)
            seen = print_in(image, pictures, width, known)
    except RuntimeError as problem:
        complaint = f"Tesseract, on an image of the page: {problem}"[:300]
    kind, reason = triage.kind, triage.reason
    strokes = (*layer.strokes, *seen.strokes)
    layer = replace(layer, fills=(*layer.fills, *seen.fills))
    if seen.words:
        poor = [box for box, fine in fineness.items() if fine < POOR]
        lines = [*lines, *unsure_within(build_lines(seen.words, strokes), poor)]
        kind, reason = (
            PageKind.MIXED,
            f"text layer, and print in {len(pictures)} image(s) covering {covered_share(pictures, width, height):.0%}",
        )
    page = _page(number, width, height, lines, strokes, layer, Triage(kind, reason, triage.score))
    return replace(page, complaint=complaint)


def _from_image(
    path: Path, number: int, layer: Layer, lines: list[Line], width: float, height: float, triage: Triage
) -> Page:
    """A page read from its image; digits of a text layer with lost letters are kept beside."""
    image = raster.render(path, number, OCR_DPI)
    whole = Box(0.0, 0.0, width, height)
    scanned = triage.kind is PageKind.SCAN
    fine = resolution_within(whole, layer.images, layer.resolutions) if scanned else inf
    try:
        seen = seen_upright(smoothed(image, whole, OCR_DPI, fine), width, height)
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
    found = unsure_within(seen.lines, [whole] if fine < POOR else [])
    layer = replace(layer, fills=layer.fills or seen.fills)
    if triage.kind is PageKind.GARBLED:
        found = reconcile(found, lines, believed="digit" not in triage.reason)
    if seen.quarters:
        triage = replace(triage, reason=f"{triage.reason}; the sheet lies turned by {90 * seen.quarters}°")
    # What the image shows of a note is read once, as the file has it.
    found = [line for line in found if not any(note.box.holds(*line.box.centre) for note in layer.notes)]
    page = _page(number, width, height, found, seen.strokes, layer, triage, order=not seen.quarters)
    return replace(page, unread=seen.unread)


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
    """A page from its lines, which are put in reading order unless they stand in it; notes set over it say their own."""
    noted = [line for note in layer.notes for line in note.lines]
    inside = [line for line in (*lines, *noted) if on_page(line.box, width, height)]
    columns = (facing_pages(inside, strokes, width, height) or text_columns(inside)) if order else ()
    return Page(
        number=number,
        width=width,
        height=height,
        kind=triage.kind,
        reason=triage.reason,
        score=triage.score,
        lines=tuple(reading_order(inside, main_direction(inside), columns) if order else inside),
        columns=columns,
        strokes=strokes,
        fills=layer.fills,
        tints=layer.tints,
        images=layer.images,
    )
