"""The text layer of a page as placed glyphs (pdfplumber), each glyph's text kept whole.

pdfplumber's own words and lines are not used: no setting of it reads a mixed Arabic line right. Its glyph
objects carry all that is needed: the text of each glyph, whole, and its place.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from pipeline.model.place import Box, Method
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.strokes import drawn_strokes, filled_areas
from pipeline.pages.unnamed import UNNAMED

#: Two equal glyphs closer than this share of their size are one glyph printed twice (fake bold, shadow).
OVERPRINT = 0.06
#: Widths below this share of the font size are those of marks and joiners.
LEAST_LETTER = 0.1

#: Annotations that hold text of their own, and the flags of those that nobody sees (hidden, no view).
_WRITTEN, _UNSEEN = frozenset({"FreeText", "Widget"}), 2 | 32


def read_layer(page: Any) -> Layer:
    """Glyphs, rules, fills and images of a pdfplumber page.

    Args:
        page: an open ``pdfplumber.page.Page``; its boxes have the rotation applied.
    """
    upright: list[Glyph] = []
    turned: list[Glyph] = []
    downward: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    origin_x, origin_y = shown_area(page)[:2]
    # Where the bottom of the media box lies, from which pen places are measured, in the shown area.
    floor = float(page.height) + float(page.bbox[1]) - origin_y
    for char in page.chars:
        glyph = _glyph(char, floor, origin_x, origin_y)
        if glyph is None or _overprinted(glyph, seen):
            continue
        if char["upright"]:
            upright.append(glyph)
        else:
            (turned if float(char["matrix"][1]) > 0 else downward).append(glyph)
    strokes = drawn_strokes(page.lines, page.rects, page.curves, origin_x, origin_y)
    return Layer(
        glyphs=tuple(upright),
        turned=tuple(turned),
        downward=tuple(downward),
        strokes=strokes,
        fills=filled_areas(page.rects, page.curves, origin_x, origin_y),
        images=tuple(_box(thing, origin_x, origin_y) for thing in (*page.images, *_set_over(page))),
        curves=len(page.curves),
    )


def _set_over(page: Any) -> list[dict[str, Any]]:
    """Fields and notes whose text is drawn over the page and stands in no text layer; they are read like pictures."""
    if not page.page_obj.annots:
        return []
    return [
        note
        for note in page.annots
        if str(note["data"].get("Subtype", "")).strip("/'") in _WRITTEN
        and note["data"].get("AP")
        and not int(note["data"].get("F", 0)) & _UNSEEN
    ]


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


def _glyph(char: dict[str, Any], height: float, origin_x: float, origin_y: float) -> Glyph | None:
    text = char["text"]
    box = _box(char, origin_x, origin_y)
    if not text and box.width > LEAST_LETTER * float(char["size"]):
        text = UNNAMED  # drawn, but named by nothing
    if not text:
        return None
    # For text that runs up or down the file's "size" is the width of the letter.
    size = (float(char["size"]) or float(char["height"])) if char["upright"] else box.width
    # The matrix holds the pen's place; on unrotated pages that is the true baseline, which fonts of one
    # line share though their boxes differ.
    matrix = char["matrix"]
    baseline = (
        height - float(matrix[5])
        if abs(matrix[1]) < 1e-6 and abs(matrix[2]) < 0.5 * abs(matrix[3])
        else box.bottom
    )
    if not box.top - size <= baseline <= box.bottom + size:
        baseline = box.bottom
    if not char["upright"]:
        pen = float(matrix[4]) - origin_x
        baseline = pen if box.x0 - size <= pen <= box.x1 + size else box.x1
    visible = [c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")]
    return Glyph(
        text=text,
        box=box,
        baseline=baseline,
        size=size,
        bold="bold" in char["fontname"].lower() or "black" in char["fontname"].lower(),
        font=char["fontname"],
        space=not visible and text != UNNAMED,
        mark=bool(visible) and all(unicodedata.category(c) == "Mn" for c in visible),
        method=Method.TEXT,
    )


def _overprinted(glyph: Glyph, seen: dict[tuple[str, int, int], list[tuple[float, float]]]) -> bool:
    """Whether the same glyph was drawn at (nearly) the same place before; remembers this one.

    The tolerance is far below the width of a lam, so that the two of لل stay two.
    """
    grid = max(glyph.size * OVERPRINT, 0.2)
    x, y = glyph.box.x0, glyph.box.top
    column, row = int(x / grid), int(y / grid)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            for other_x, other_y in seen.get((glyph.text, column + dx, row + dy), ()):
                if abs(x - other_x) <= grid and abs(y - other_y) <= grid:
                    return True
    seen.setdefault((glyph.text, column, row), []).append((x, y))
    return False
