"""Signs at the far side of numbers: a page that runs from right to left shows ``+780`` as ``780+``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.model.page import Line, Page, Word
from pipeline.readings.pieces import overlap

#: A number with a plus after it, which may be a class of age (60+); and one whose sign after it is beyond doubt.
_PLUS = regex.compile(r"^[\d٠-٩][\d٠-٩.,٬٫]*\+$")
_SIGNED = regex.compile(r"^[\d٠-٩][\d٠-٩.,٬٫]*(?:[%٪]?[-−–]|[%٪]\+)$")


def near_signs(page: Page) -> Page:
    """The page with each plus before its number that stands after it, where its column shows signs so.

    A minus after a number needs no such help: it has no other meaning.
    """
    words = [word for line in page.lines for word in line.words]
    signed = [word for word in words if _SIGNED.match(word.text)]
    far = {id(word) for word in words if _PLUS.match(word.text) and _under_or_over(word, signed)}
    if not far:
        return page
    return replace(page, lines=tuple(_turned(line, far) for line in page.lines))


def _under_or_over(word: Word, signed: Sequence[Word]) -> bool:
    mine = (word.box.x0, word.box.x1)
    return any(overlap(mine, (other.box.x0, other.box.x1)) > 0 for other in signed)


def _turned(line: Line, far: set[int]) -> Line:
    if not any(id(word) in far for word in line.words):
        return line
    words = [replace(w, text=f"+{w.text[:-1]}") if id(w) in far else w for w in line.words]
    return replace(line, words=tuple(words))
