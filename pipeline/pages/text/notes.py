"""Fields and notes set over a page: their pictures are read like any other; where a viewer draws them, the file has the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import decode_text

from pipeline.language.bidi import base_direction
from pipeline.model.page import Direction, Line, Word
from pipeline.model.place import Box
from pipeline.pages.glyph import Note
from pipeline.pages.text.lines import letters_of

#: Annotations that hold text of their own, and the flags of those that nobody sees (hidden, no view).
_WRITTEN, _UNSEEN = frozenset({"FreeText", "Widget"}), 2 | 32
#: Fields that show the text of their value, and the flags of one of many lines and of one that hides what it holds.
_SHOWN, _MANY_LINES, _SECRET = frozenset({"Tx", "Ch"}), 1 << 12, 1 << 13
#: How far up a field belongs to another.
_DEPTH = 16
#: Type size in points where the file leaves it to the viewer, as a share of the height at most; a line and a letter in sizes.
_SIZE, _SHARE, _LEADING, _LETTER = 12.0, 0.7, 1.2, 0.5
_TYPE_SIZE = re.compile(rb"([\d.]+)\s+Tf")


class Place(NamedTuple):
    """Where the lower left corner of the media box lies in the shown area."""

    left: float
    floor: float


def notes_of(page: Any, place: Place) -> tuple[Note, ...]:
    """The fields and notes of a pdfplumber page that a viewer shows, those without a picture with the lines of their text."""
    form = resolve1(page.pdf.doc.catalog.get("AcroForm"))
    form = form if isinstance(form, dict) else {}
    stale = bool(resolve1(form.get("NeedAppearances")))
    found = []
    for one in resolve1(page.page_obj.annots) or ():
        try:
            note = {key: value for key, value in resolve1(one).items() if key not in ("P", "Popup")}
            subtype = _name(note.get("Subtype"))
            if subtype not in _WRITTEN or int(resolve1(note.get("F", 0))) & _UNSEEN:
                continue
            box = _shown(page, place, [float(resolve1(edge)) for edge in resolve1(note["Rect"])])
            pictured = bool(note.get("AP"))
            redrawn = not pictured or (stale and subtype == "Widget")
            lines = tuple(_lines(note, form, box)) if redrawn else ()
            if lines or pictured:
                found.append(Note(box, lines))
        except (AttributeError, KeyError, TypeError, ValueError):
            continue  # a viewer does not show it either
    return tuple(found)


def _lines(note: Mapping[str, Any], form: Mapping[str, Any], box: Box) -> Iterator[Line]:
    """The text of a note or field as a viewer sets it, as far as the file tells."""
    widget = _name(note.get("Subtype")) == "Widget"
    flags = int(_inherited(note, "Ff") or 0) if widget else _MANY_LINES
    if widget and (_name(_inherited(note, "FT")) not in _SHOWN or flags & _SECRET):
        return
    look = _inherited(note, "DA") or resolve1(form.get("DA"))
    told = _TYPE_SIZE.search(look if isinstance(look, bytes) else b"")
    size = float(told.group(1)) if told else 0.0
    many = bool(flags & _MANY_LINES)
    size = size or min(_SIZE, _SHARE * box.height)
    rows = _rows(_text(_inherited(note, "V" if widget else "Contents")), box.width / size if many else None)
    side = int(_inherited(note, "Q") or resolve1(form.get("Q")) or 0)
    leading = min(_LEADING * size, box.height / max(len(rows), 1))
    top = box.top if many else (box.top + box.bottom - leading) / 2
    for at, row in enumerate(rows):
        if row:
            yield _set(row, Box(box.x0, top + at * leading, box.x1, top + (at + 1) * leading), size, side)


def _rows(text: str, width: float | None) -> list[list[str]]:
    """Words of a text by line; a line that is wider than so many type sizes goes on in the next."""
    rows = []
    for part in text.splitlines():
        row: list[str] = []
        for word in part.split():
            if width is not None and row and _LETTER * len(" ".join([*row, word])) > width:
                rows.append(row)
                row = []
            row.append(word)
        rows.append(row)
    return rows


def _set(row: Sequence[str], box: Box, size: float, side: int) -> Line:
    """One line of words, each with its share of the width; ``side`` is 0 at the left, 1 in the middle, 2 at the right."""
    direction = base_direction(row)
    shown = row[::-1] if direction is Direction.RTL else row
    letter = min(_LETTER * size, box.width / len(" ".join(row)))
    x = box.x0 + (box.width - letter * len(" ".join(row))) * side / 2
    words = []
    for raw in shown:
        place = Box(x, box.top, x + letter * len(raw), box.bottom)
        words.append(Word(text=letters_of(raw), raw=raw, box=place, size=size))
        x = place.x1 + letter
    words = words[::-1] if direction is Direction.RTL else words
    return Line(words=tuple(words), box=Box.around(w.box for w in words), direction=direction)


def _inherited(field: Mapping[str, Any], key: str) -> Any:
    """What a field or one that it belongs to says under a key."""
    for _ in range(_DEPTH):
        if key in field:
            return resolve1(field[key])
        parent = resolve1(field.get("Parent"))
        if not isinstance(parent, dict):
            break
        field = parent
    return None


def _text(value: Any) -> str:
    """A text string of the file; of a list of choices all of them."""
    if isinstance(value, list):
        return "\n".join(_text(resolve1(one)) for one in value)
    if isinstance(value, PDFStream):
        value = value.get_data()
    text = decode_text(value) if isinstance(value, bytes) else value if isinstance(value, str) else ""
    return "\n".join(line for line in text.splitlines() if letters_of(line))


def _name(value: Any) -> str:
    return str(resolve1(value)).strip("/'")


def _shown(page: Any, place: Place, rect: Sequence[float]) -> Box:
    """Where a rectangle of the file's own coordinates lies on the page as it is shown."""
    left, low, right, high = page.page_obj.mediabox
    turns: dict[int, Callable[[float, float], tuple[float, float]]] = {
        0: lambda x, y: (x - left, y - low),
        90: lambda x, y: (y - low, right - x),
        180: lambda x, y: (right - x, high - y),
        270: lambda x, y: (high - y, x - left),
    }
    x0, y0, x1, y1 = rect
    (ax, ay), (bx, by) = (turns[page.rotation](x, y) for x, y in ((x0, y0), (x1, y1)))
    return Box(
        min(ax, bx) + place.left,
        place.floor - max(ay, by),
        max(ax, bx) + place.left,
        place.floor - min(ay, by),
    )
