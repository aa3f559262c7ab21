"""The text layer of a page as placed glyphs (pdfplumber), each glyph's text kept whole.

pdfplumber's own words and lines are not used: no setting of it reads a mixed Arabic line right. The glyphs of its
layout carry all that is needed: the text of each, whole, and its place. They are taken as they are, for to make
``page.chars`` of them is a third of what that costs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache
from math import inf
from typing import Any

from pdfminer.layout import LTChar, LTContainer

from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.image.strokes import drawn_strokes, filled_areas, is_white
from pipeline.pages.text.colours import tints_of
from pipeline.pages.text.kashida import without_kashidas
from pipeline.pages.text.marked import layout_of
from pipeline.pages.text.notes import Place, notes_of
from pipeline.pages.text.unnamed import UNNAMED

#: Two equal glyphs closer than this share of their size are one glyph printed twice (fake bold, shadow).
OVERPRINT = 0.06
#: Widths below this share of the font size are those of marks and joiners.
LEAST_LETTER = 0.1
#: Text runs aslant from this tangent of its angle to an edge of the page on.
SLANT = 0.18


def read_layer(page: Any) -> Layer:
    """Glyphs, rules, fills and images of a pdfplumber page.

    Args:
        page: an open ``pdfplumber.page.Page``; its boxes have the rotation applied.
    """
    upright: list[Glyph] = []
    turned: list[Glyph] = []
    downward: list[Glyph] = []
    slanted: set[int] = set()
    shapes: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ("line", "rect", "curve", "image")}
    seen: dict[tuple[str, float, float], list[tuple[float, float]]] = {}
    origin_x, origin_y = shown_area(page)[:2]
    # The layout is measured from the lower left corner of the media box.
    place = Place(float(page.bbox[0]) - origin_x, float(page.height) + float(page.bbox[1]) - origin_y)
    layout = layout_of(page)
    parts = {id(part) for _, chars in layout.said.values() for part in chars[1:]}
    for item in _items(layout.page):
        if not isinstance(item, LTChar):
            thing = page.process_object(item)
            shapes.setdefault(thing["object_type"], []).append(thing)
            continue
        if id(item) in parts:
            continue
        glyph = _glyph(item, place, *layout.said.get(id(item), ("", (item,))))
        if glyph is None or _overprinted(glyph, seen):
            continue
        if item.upright:
            upright.append(glyph)
            if _is_slanted(item.matrix):
                slanted.add(id(glyph))
        else:
            (turned if item.matrix[1] > 0 else downward).append(glyph)
    if 2 * len(slanted) <= len(upright):
        # A stamp across the page, labels aslant under bars: their letters would stand one by one among the lines.
        upright = [glyph for glyph in upright if id(glyph) not in slanted]
    notes = notes_of(page, place)
    lines, rects, curves, images = (shapes[kind] for kind in ("line", "rect", "curve", "image"))
    return Layer(
        glyphs=tuple(without_kashidas(upright)),
        turned=tuple(turned),
        downward=tuple(downward),
        strokes=drawn_strokes(lines, rects, curves, origin_x, origin_y),
        fills=filled_areas(rects, curves, origin_x, origin_y),
        tints=tints_of(rects, curves, origin_x, origin_y),
        images=(
            *(_box(image, origin_x, origin_y) for image in images),
            *(n.box for n in notes if not n.lines),
        ),
        resolutions=tuple(map(_resolution, images)),
        notes=tuple(n for n in notes if n.lines),
        curves=len(curves),
    )


def _is_slanted(matrix: Sequence[float]) -> bool:
    """Whether text runs neither along nor across the page but aslant, by more than ten degrees."""
    along, across = sorted((abs(matrix[0]), abs(matrix[1])), reverse=True)
    return across > SLANT * along


def _items(container: Iterable[Any]) -> Iterator[Any]:
    """What is drawn, in the order of the stream, forms opened."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(item)
        else:
            yield item


def shown_area(page: Any) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what a viewer shows of a pdfplumber page, in pdfplumber's coordinates.

    That is its crop box, as far as it lies inside its media box; the page's image has the same edges.
    """
    media, crop = page.bbox, page.cropbox
    shown = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    left, top, right, bottom = (
        float(edge) for edge in (shown if shown[0] < shown[2] and shown[1] < shown[3] else media)
    )
    return left, top, right, bottom


def _box(thing: dict[str, Any], origin_x: float, origin_y: float) -> Box:
    x0, x1 = sorted((float(thing["x0"]) - origin_x, float(thing["x1"]) - origin_x))
    top, bottom = sorted((float(thing["top"]) - origin_y, float(thing["bottom"]) - origin_y))
    return Box(x0, top, x1, bottom)


def _resolution(image: dict[str, Any]) -> float:
    """Resolution of an image in dpi, both ways together; without limit where the file does not say how many pixels it has."""
    width, height = image.get("srcsize") or (0, 0)
    area = abs(float(image["x1"]) - float(image["x0"])) * abs(float(image["bottom"]) - float(image["top"]))
    known = isinstance(width, int | float) and isinstance(height, int | float) and width * height > 0
    return 72 * (width * height / max(area, 0.01)) ** 0.5 if known else inf


def _glyph(char: LTChar, place: Place, said: str, parts: Sequence[LTChar]) -> Glyph | None:
    """A glyph as placed, with what the file says that it and the other parts of its letter stand for, if it does."""
    text = said or char.get_text()
    across, along = (parts, (char,)) if char.upright else ((char,), parts)
    left, right = min(c.x0 for c in across) + place.left, max(c.x1 for c in across) + place.left
    top, bottom = place.floor - max(c.y1 for c in along), place.floor - min(c.y0 for c in along)
    if not text and right - left > LEAST_LETTER * char.size:
        text = UNNAMED  # drawn, but named by nothing
    if not text:
        return None
    font = _font_name(char.fontname)
    bold, space, mark = _is_bold(font), *_sort_of(text)
    # For text that runs up or down the file's "size" is the width of the letter.
    size = float((char.size or char.height) if char.upright else right - left)
    # The matrix holds the pen's place; on unrotated pages that is the true baseline, which fonts of one
    # line share though their boxes differ.
    _, b, c, d, x, y = char.matrix
    baseline = bottom
    if char.upright:
        if abs(b) < 1e-6 and abs(c) < 0.5 * abs(d) and top - size <= place.floor - y <= bottom + size:
            baseline = place.floor - y
    else:
        pen = x + place.left
        baseline = pen if left - size <= pen <= right + size else right
    return Glyph(
        text=text,
        box=Box(left, top, right, bottom),
        baseline=float(baseline),
        size=size,
        bold=bold,
        font=font,
        space=space,
        mark=mark,
        white=_is_white(char.graphicstate.ncolor),
    )


@cache
def _font_name(name: str | bytes) -> str:
    return name if isinstance(name, str) else name.decode("latin-1")


@cache
def _is_white(colour: Hashable) -> bool:
    return is_white(colour)


@cache
def _is_bold(font: str) -> bool:
    return "bold" in font.lower() or "black" in font.lower()


@cache
def _sort_of(text: str) -> tuple[bool, bool]:
    """Whether a glyph of this text draws nothing, and whether it is a mark that sits on another."""
    visible = [c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")]
    return not visible and text != UNNAMED, bool(visible) and all(
        unicodedata.category(c) == "Mn" for c in visible
    )


def _overprinted(glyph: Glyph, seen: dict[tuple[str, float, float], list[tuple[float, float]]]) -> bool:
    """Whether the same glyph was drawn at (nearly) the same place before; remembers this one.

    The tolerance is far below the width of a lam, so that the two of لل stay two.
    """
    grid = max(glyph.size * OVERPRINT, 0.2)
    x, y = glyph.box.x0, glyph.box.top
    cell = 2 * grid
    for column in {(x - grid) // cell, (x + grid) // cell}:
        for row in {(y - grid) // cell, (y + grid) // cell}:
            for other_x, other_y in seen.get((glyph.text, column, row), ()):
                if abs(x - other_x) <= grid and abs(y - other_y) <= grid:
                    return True
    seen.setdefault((glyph.text, x // cell, y // cell), []).append((x, y))
    return False
