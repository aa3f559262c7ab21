"""What stands side by side on a page: columns of running text, and two pages copied on one sheet.

Columns are told by paragraphs set to edges of their own, whatever stands between these.

A chart, a table or a tile in one of them is of that column alone. A column of a table is none: what stands in its rows is
level with what stands beside it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.model.page import Direction, Line, Stroke
from pipeline.model.place import Box, Method

#: A line of running text has so many words of letters at least; paragraphs of a column have so many such lines, those of
#: the other so many.
TEXT_WORDS, MANY, SOME = 5, 3, 2
#: The white between columns is this wide (points); their widths differ by no more than this factor.
GUTTER, ALIKE = (8.0, 60.0), 1.1
#: Lines start at one edge within this share of their size; figures stand level with what is beside them within this one.
EDGE, LEVEL = 0.25, 0.15
#: Of the rows of figures beside a column so many may stand level with its lines by chance.
BY_CHANCE = 0.34
#: A line goes on a column within so many sizes of it.
REACH = 1.5
#: Edges of paragraphs that are tried, those of most lines first.
_TRIED = 6

#: A sheet that two pages are copied on is about so much wider than high, as two sheets of A4 are.
SHEET = (1.25, 1.6)
#: The white between its pages is this wide at least, and its middle no farther from that of the sheet, in widths of it.
BETWEEN, OFF_MIDDLE = 0.025, 0.06
#: A page of text has so many lines, one of them with the words of running text.
PAGE_LINES = 4


def facing_pages(
    lines: Sequence[Line], strokes: Sequence[Stroke], width: float, height: float
) -> tuple[Box, ...]:
    """The two pages that were copied side by side on one sheet, from the left; none where the sheet is one page.

    A sheet of one page has a title, a sentence or a rule across its middle, or a table whose rows go on beyond it.

    Args:
        lines: of the sheet, in any order.
        strokes: rules drawn on it.
        width: of the sheet.
        height: of the sheet.
    """
    if not SHEET[0] * height <= width <= SHEET[1] * height:
        return ()
    boxes = [line.box for line in lines] + [rule.box for rule in strokes if rule.horizontal]
    middle, off = width / 2, OFF_MIDDLE * width
    # What lies across the middle parts nothing; a white between pages lies about it.
    reach = 0.0
    for box in sorted(boxes, key=lambda box: box.x0):
        if box.x0 - reach >= BETWEEN * width and abs((reach + box.x0) / 2 - middle) <= off:
            cut = (reach + box.x0) / 2
            halves = Box(0, 0, cut, height), Box(cut, 0, width, height)
            sides = [[line for line in lines if half.holds(*line.box.centre)] for half in halves]
            in_rows = _in_rows(*sides) or _in_rows(*sides[::-1])
            return halves if all(map(_is_page, sides)) and not in_rows else ()
        reach = max(reach, box.x1)
    return ()


def _is_page(lines: Sequence[Line]) -> bool:
    return len(lines) >= PAGE_LINES and any(_text_words(line) >= TEXT_WORDS for line in lines)


def _text_words(line: Line) -> int:
    return sum(any(c.isalpha() for c in word.text) for word in line.words)


def text_columns(lines: Sequence[Line]) -> tuple[Box, ...]:
    """Two areas beside each other, each a column of text, from the left; none where the page is set in one.

    Args:
        lines: of one page, in any order.
    """
    lines = [line for line in lines if any(c.isalnum() for c in line.text)]  # a speck beside them is no text
    # Lines of a scan are as high as their letters happen to reach: where their sizes tell nothing they are let be.
    seen = any(line.words[0].method is Method.OCR for line in lines)
    for by_size in (True, False) if seen else (True,):
        groups = sorted(_paragraphs(lines, by_size=by_size), key=len, reverse=True)[:_TRIED]
        for one, other in itertools.combinations(groups, 2):
            if found := _side_by_side(one, other, lines):
                return found
    return ()


def _paragraphs(lines: Iterable[Line], *, by_size: bool) -> list[list[Line]]:
    """Lines of running text that start at one edge, of one size or of whatever sizes."""
    starts: dict[tuple[Direction, float], list[Line]] = defaultdict(list)
    for line in lines:
        if _text_words(line) >= TEXT_WORDS:
            starts[line.direction, round(line.size) if by_size else 0].append(line)
    groups = []
    for (direction, _), held in starts.items():
        held.sort(key=lambda line: _start(line, direction))
        group = [held[0]]
        for line in held[1:]:
            if _start(line, direction) - _start(group[-1], direction) > EDGE * line.size:
                groups.append(group)
                group = []
            group.append(line)
        groups.append(group)
    return [group for group in groups if len(group) >= SOME]


def _start(line: Line, direction: Direction) -> float:
    return line.box.x1 if direction is Direction.RTL else line.box.x0


def _side_by_side(one: Sequence[Line], other: Sequence[Line], lines: Sequence[Line]) -> tuple[Box, ...]:
    """The areas of two columns to which some lines are set; none if they are no columns."""
    left, right = sorted((Box.around(line.box for line in held) for held in (one, other)), key=lambda b: b.x0)
    widths = sorted((left.width, right.width))
    if (
        max(len(one), len(other)) < MANY
        or one[0].direction is not other[0].direction
        or not GUTTER[0] <= right.x0 - left.x1 <= GUTTER[1]
        or widths[1] > ALIKE * widths[0]
    ):
        return ()
    middle = (left.x1 + right.x0) / 2
    top, bottom = _reach(left, right, middle, lines)
    inside = [line for line in lines if top <= line.box.centre[1] <= bottom]
    edges = left.x0 - 2, left.x1 + 2, right.x0 - 2, right.x1 + 2
    if any(
        not (edges[0] <= line.box.x0 and line.box.x1 <= edges[1])
        and not (edges[2] <= line.box.x0 and line.box.x1 <= edges[3])
        for line in inside
    ):
        return ()
    sides = [[line for line in inside if (line.box.centre[0] < middle) is first] for first in (True, False)]
    if any(_in_rows(side, beside) for side, beside in (sides, sides[::-1])):
        return ()
    return Box(left.x0, top, left.x1, bottom), Box(right.x0, top, right.x1, bottom)


def _reach(left: Box, right: Box, middle: float, lines: Sequence[Line]) -> tuple[float, float]:
    """Where two columns begin and end: their paragraphs, and what goes on close above and below these in one of them."""
    top, bottom = min(left.top, right.top), max(left.bottom, right.bottom)
    for line in sorted(lines, key=lambda line: line.box.top):
        crossing = line.box.x0 < middle < line.box.x1
        if not crossing and bottom < line.box.bottom and line.box.top - bottom < REACH * line.size:
            bottom = line.box.bottom
    for line in sorted(lines, key=lambda line: -line.box.bottom):
        crossing = line.box.x0 < middle < line.box.x1
        if not crossing and line.box.top < top and top - line.box.bottom < REACH * line.size:
            top = line.box.top
    return top, bottom


def _in_rows(side: Sequence[Line], beside: Sequence[Line]) -> bool:
    """Whether figures of one side stand in the rows of the other, as those of a table do."""
    figures = [line for line in side if not any(c.isalpha() for c in line.text)]
    level = [
        line
        for line in figures
        if any(abs(line.box.centre[1] - one.box.centre[1]) < LEVEL * line.size for one in beside)
    ]
    return len(level) > BY_CHANCE * len(figures)
