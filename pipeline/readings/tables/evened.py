"""Scanned pages as a printer would have measured them: words as high as their font, not as their ink."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from pipeline.model.page import Line, Page
from pipeline.model.place import Box, Method

#: Height of a font against that of the ink of its digits and capitals.
FONT_SHARE = 1.35
#: Lines whose ink is so many times as high as the usual one, or so little, are set in another font.
OTHER_FONT = (0.55, 1.7)
#: … and Arabic letters, which reach above and below digits, so many times.
ARABIC_FONT = 2.2


def evened(page: Page) -> Page:
    """The page with the words of its scanned lines as high as their font and level with each other.

    Boxes of OCR hug the ink, so that ``1,5`` is lower than ``(15)`` and a word without tails stands higher than
    one with them; what tells rows from lines of one cell needs the size of the font. Lines keep their order.
    """
    inked = [_ink(line) for line in page.lines if _scanned(line) and _level(line)]
    if not inked:
        return page
    usual = median(inked)
    return replace(page, lines=tuple(_set(line, usual) if _scanned(line) else line for line in page.lines))


def _level(line: Line) -> bool:
    """Whether a line is as high as a digit: Arabic letters differ more in height."""
    return any(c.isdigit() for c in line.text) or not _arabic(line)


def _arabic(line: Line) -> bool:
    return any(c.isalpha() and "\u0600" <= c <= "\u06ff" for c in line.text)


def _scanned(line: Line) -> bool:
    return line.words[0].method is Method.OCR and line.box.width > 0.6 * line.box.height


def _ink(line: Line) -> float:
    """How high a line is printed: figures as their digits, for they have the size of the labels that they stand beside."""
    digits = [w.box.height for w in line.words if any(c.isdigit() for c in w.text)]
    return median(digits) if digits and not any(c.isalpha() for c in line.text) else line.size


def _set(line: Line, usual: float) -> Line:
    ink = _ink(line)
    most = ARABIC_FONT if _arabic(line) else OTHER_FONT[1]
    own = not OTHER_FONT[0] < ink / usual < most
    em = FONT_SHARE * (ink if own else usual)
    middle = line.box.centre[1]
    top, bottom = middle - em / 2, middle + em / 2
    words = tuple(replace(w, size=em, box=Box(w.box.x0, top, w.box.x1, bottom)) for w in line.words)
    return replace(line, words=words, box=Box(line.box.x0, top, line.box.x1, bottom))
