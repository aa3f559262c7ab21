"""Lines joined into paragraphs, over line and page breaks, each character leading back to its word on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model.page import MARGINAL, Direction, Line, Page, Role, Word
from pipeline.model.place import Method
from pipeline.readings.marks import is_call_beside, without_calls

_ENDS = re.compile(r"[.؟!?:؛…»\"]\s*$")
_MARKER = re.compile(r"^\s*(?:\d{1,2}\s?[.)\-]|[-•●▪◦○‣➢✓✔❖\ue000-\uf8ff*–])\s")
#: Lines of widely spaced text are no farther apart than so many sizes, and that of a full line is so much of its column.
WIDEST_SPACING, FULL = 2.0, 0.95
#: A full line has so many words; its column is told by the lines within so many sizes of it.
FULL_WORDS, COLUMN_REACH = 5, 8.0

#: Boxes of text side by side are no more than so many; a line of one has so many words, the next begins or has its middle
#: within so many points of where it has it, so near below in font sizes.
BOXES, BOX_WORDS, FLUSH, NEAR = 6, 4, 2.0, 0.8
#: So many lines stand between two of one box at most.
WINDOW = 40


@dataclass(slots=True)
class Paragraph:
    """A run of lines that read on; ``pieces`` are (start in the text, page number, line)."""

    text: str = ""
    pieces: list[tuple[int, int, Line]] = field(default_factory=list)

    def add(self, page: int, line: Line) -> None:
        """Append a line; a word cut by a hyphen at the end of a French line is joined again."""
        text = line.text
        cut = (
            self.text.endswith("-") and len(self.text) > 1 and self.text[-2].isalpha() and text[:1].islower()
        )
        if cut:
            self.text = self.text[:-1]
        elif self.text:
            self.text += " "
        self.pieces.append((len(self.text), page, line))
        self.text += text

    def words_between(self, start: int, end: int) -> list[tuple[int, Word]]:
        """Words (with their page) that hold any character of ``text[start:end]``."""
        found = []
        for at, page, line in self.pieces:
            if at < end and at + len(line.text) > start:
                found += [(page, word) for word in line.words_between(max(start - at, 0), end - at)]
        return found

    @property
    def place(self) -> tuple[int, float]:
        """Page and height of its first line."""
        _, page, line = self.pieces[0]
        return page, line.box.top


def paragraphs(pages: Sequence[Page], used: set[tuple[int, int]]) -> list[Paragraph]:
    """Paragraphs of a report in reading order.

    Args:
        pages: pages with lines in reading order.
        used: (page, index of line) of what tables and banners hold.
    """
    done: list[Paragraph] = []
    for page in pages:
        current: Line | None = None
        begun = len(done)
        for index, line in enumerate(page.lines):
            if line.role in MARGINAL or (page.number, index) in used or is_call_beside(line, page.lines):
                continue
            line = without_calls(line)
            if current is not None and _is_next(current, line, page.lines):
                done[-1].add(page.number, line)
                current = line
                continue
            near, before = done[max(begun, len(done) - BOXES - 1) :], page.lines[max(index - WINDOW, 0) : index]
            if (above := _box_above(near, line, before)) is not None:
                above.add(page.number, line)
                continue
            if current is None and done and _runs_over(done[-1], line, page.number):
                done[-1].add(page.number, line)
                begun = len(done) - 1
            else:
                done.append(Paragraph())
                done[-1].add(page.number, line)
            current = line
    return done


def _box_above(begun: Sequence[Paragraph], line: Line, lines: Sequence[Line]) -> Paragraph | None:
    """The paragraph in a box of text beside others that a line goes on: boxes side by side are read line by line.

    Args:
        begun: paragraphs of the page up to here; the last ones are looked at.
        line: the next line.
        lines: those read before it, as far as boxes beside each other go.
    """
    for held in reversed(begun[-BOXES - 1 : -1]):
        last = held.pieces[-1][2]
        middle = abs(last.box.centre[0] - line.box.centre[0]) < FLUSH
        if (
            len(last.words) >= BOX_WORDS
            and (middle or abs(_start(last) - _start(line)) < FLUSH)
            and last.direction is line.direction
            and not (last.text[-1:].isdecimal() and line.text[:1].isdecimal())
            and not _ENDS.search(last.text)
            and Role.HEADING not in (last.role, line.role)
            and line.box.top - last.box.bottom < NEAR * line.size
            and _reads_on(last, line)
            and not _between(last, line, lines)
        ):
            return held
    return None


def _between(above: Line, below: Line, lines: Sequence[Line]) -> bool:
    """Whether a line stands between two, or beside the lower one where the upper one reaches."""
    return any(
        above.box.top < other.box.centre[1] < below.box.bottom
        and other.box.x0 < above.box.x1
        and above.box.x0 < other.box.x1
        and other.box not in (above.box, below.box)
        for other in lines
    )


def _is_next(above: Line, below: Line, lines: Sequence[Line]) -> bool:
    """Whether a line goes on the paragraph of the one before it: under it, or at the head of the next column."""
    return _reads_on(above, below) or carries_on(above, below, lines) or _over_gutter(above, below)


def _over_gutter(last: Line, first: Line) -> bool:
    """Whether a column of prose goes on at the head of the next: no sentence ends between them, both are full lines."""
    rtl = last.direction is Direction.RTL
    beside = first.box.x1 < last.box.x0 if rtl else first.box.x0 > last.box.x1
    width = max(last.box.width, first.box.width)
    return (
        beside
        and last.direction is first.direction
        and Role.HEADING not in (last.role, first.role)
        and first.box.bottom < last.box.top
        and min(len(last.words), len(first.words)) >= FULL_WORDS
        and min(last.box.width, first.box.width) >= FULL * width
        and abs(last.size - first.size) <= _alike(last) * last.size
        and not (_ENDS.search(last.text) or _MARKER.match(first.text))
    )


def _reads_on(above: Line, below: Line) -> bool:
    """Whether the next line belongs to the paragraph of the one above it."""
    if (above.role is Role.HEADING) != (below.role is Role.HEADING) or _MARKER.match(below.text):
        return False
    size = max(above.size, below.size)
    gap = _edges(below)[0] - _edges(above)[1]
    if abs(above.size - below.size) > _alike(above) * size or not -0.6 * size < gap < 1.15 * size:
        return False
    if below.box.x0 > above.box.x1 or above.box.x0 > below.box.x1:
        return False
    # A line that ends a sentence well short of the next one's end closes its paragraph.
    slack = above.box.x0 - below.box.x0 if above.direction is Direction.RTL else below.box.x1 - above.box.x1
    return not (_ENDS.search(above.text) and slack > 3 * size)


def carries_on(above: Line, below: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is the next one of widely spaced text: the one above fills its column and ends no sentence.

    Args:
        above: a line.
        below: one under it.
        lines: those of their page, by which the width of the column is told.
    """
    size = max(above.size, below.size)
    if (
        Role.HEADING in (above.role, below.role)
        or above.direction is not below.direction
        or _ENDS.search(above.text)
        or _MARKER.match(below.text)
        or abs(above.size - below.size) > _alike(above) * size
        or not 0 < _edges(below)[0] - _edges(above)[1] < WIDEST_SPACING * size
        or abs(_start(above) - _start(below)) > size
        or len(above.words) < FULL_WORDS
    ):
        return False
    near = COLUMN_REACH * size
    beside = [
        line.box.width
        for line in lines
        if abs(_start(line) - _start(above)) <= size and abs(line.box.top - above.box.top) <= near
    ]
    return above.box.width >= FULL * max(beside)


def _start(line: Line) -> float:
    return line.box.x1 if line.direction is Direction.RTL else line.box.x0


def _alike(line: Line) -> float:
    """Share of its size by which that of a line may differ from the one that it goes on from."""
    return 0.3 if line.words[0].method is Method.OCR else 0.12


def _edges(line: Line) -> tuple[float, float]:
    """Top and bottom of the words in the font size of most of the line: a big number at its head stands out."""
    boxes = [word.box for word in line.words if word.size == line.size]
    return min(box.top for box in boxes), max(box.bottom for box in boxes)


def _runs_over(last: Paragraph, line: Line, page: int) -> bool:
    """Whether a paragraph goes on over a page break: no end of sentence, same size, same edge."""
    _, before, end = last.pieces[-1]
    if (
        page - before != 1
        or _ENDS.search(last.text)
        or _MARKER.match(line.text)
        or Role.HEADING in (end.role, line.role)
    ):
        return False
    edge = abs(end.box.x1 - line.box.x1) if end.direction is Direction.RTL else abs(end.box.x0 - line.box.x0)
    return abs(end.size - line.size) <= 0.06 * line.size and edge < 4
