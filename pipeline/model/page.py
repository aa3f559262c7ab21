"""A page as read: words in logical order, lines, drawn rules, and what kind of page it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.place import Box, Method

#: Stands for print on a page image that no reading has a word for.
UNREAD = "\N{REPLACEMENT CHARACTER}"


class PageKind(StrEnum):
    """What a page is made of, as far as reading it goes."""

    TEXT = "text"
    SCAN = "scan"
    MIXED = "mixed"
    GARBLED = "garbled"
    OUTLINES = "outlines"
    BLANK = "blank"


class Role(StrEnum):
    """What a line is for on its page."""

    BODY = "body"
    HEADING = "heading"
    HEADER = "header"  # running head
    FOOTER = "footer"  # running foot
    PAGE_NUMBER = "page_number"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"  # entry of a table of contents
    SCALE = "scale"  # numbers along the axis of a chart


#: What stands on a page and is no part of its text.
MARGINAL = (Role.HEADER, Role.FOOTER, Role.PAGE_NUMBER, Role.CONTENTS, Role.SCALE)


class Direction(StrEnum):
    """Base direction of a line or table."""

    RTL = "rtl"
    LTR = "ltr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Letters between two gaps, in logical order.

    ``text`` has presentation forms folded; ``raw`` is the text as the file gave it, in logical order
    too, with tatweel and invisible controls kept. ``size`` is the font size in points.
    ``second_raw`` is what a second OCR reading gave where it differs.
    """

    text: str
    raw: str
    box: Box
    size: float
    method: Method = Method.TEXT
    confidence: float = 1.0
    second_raw: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One run of words on one baseline with no column gap inside; words in logical order.

    ``text`` is the words joined by single spaces, so that offsets in it lead to words
    (see :meth:`word_at`).
    """

    words: tuple[Word, ...]
    box: Box
    direction: Direction
    role: Role = Role.BODY

    @property
    def text(self) -> str:
        """The line in logical order."""
        return " ".join(word.text for word in self.words)

    @property
    def size(self) -> float:
        """Font size of most letters of the line, in points; of two as frequent ones the larger."""
        letters: dict[float, int] = {}
        for word in self.words:
            letters[word.size] = letters.get(word.size, 0) + len(word.text)
        return max(letters, key=lambda size: (letters[size], size), default=0.0)

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """Words that hold any character of ``text[start:end]``."""
        found, at = [], 0
        for word in self.words:
            if at < end and at + len(word.text) > start:
                found.append(word)
            at += len(word.text) + 1
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A drawn straight rule; ``horizontal`` or else vertical. Filled areas are in ``Page.fills``."""

    box: Box
    horizontal: bool


@dataclass(frozen=True, slots=True)
class Tint:
    """A filled area of a text layer: its colour as the file gives it, and the mean of its corners.

    The mean lies where the area does: that of a slice of a pie on the line that halves it.
    """

    box: Box
    colour: tuple[float, ...]
    middle: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as read. ``number`` is 1-based; lines are in natural reading order.

    ``score`` lies between 0 (the text layer is no use) and 1 (all of it is good).
    """

    number: int
    width: float
    height: float
    kind: PageKind
    reason: str
    score: float
    lines: tuple[Line, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    fills: tuple[Box, ...] = ()
    tints: tuple[Tint, ...] = ()  # the same with their colours, where a text layer tells them, as drawn
    images: tuple[Box, ...] = ()
    columns: tuple[Box, ...] = ()  # areas of running text side by side
    complaint: str = ""  # why the page could not be read in full, for people
    unread: tuple[Box, ...] = ()  # lines in a script that is not read (Tifinagh on an image)
    layer_problem: str = ""  # what went wrong with the text layer of a page that was then read from its image
