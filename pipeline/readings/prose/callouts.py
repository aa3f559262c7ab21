"""Big numbers with a small label under or over them: which lines are the number, and which the label."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import unit_words
from pipeline.language.numerals import parse
from pipeline.language.quantities import find
from pipeline.model.page import MARGINAL, Line, Page
from pipeline.readings.marks import amount, is_year

#: A call-out's number is so much bigger than the text; less where numbers of one size and height stand in a row.
CALLOUT_SIZE, IN_A_ROW = 1.45, 1.25
#: A line of a label has at most so many words, a label so many lines.
LABEL_WORDS, LABEL_LINES = 14, 4
#: A number with its qualifier has at most so many words.
HEDGED_WORDS = 5
#: Lines of one label stand nearer than so many font sizes, edge to edge; their sizes differ by no more than this share.
STACKED, LIKE = 0.8, 0.1
#: The boxes of a number and its label overlap by less than this share of the number's size: some fonts have tall ones.
OVERLAP = 0.25
#: Numbers in a row stand level within this share of their size.
ROW = 0.2
_OF_SO_MANY = re.compile(r"^\d+ (?:sur|من|من أصل) \d+$")


@dataclass(frozen=True, slots=True)
class Callout:
    """The lines of a big number and those of its label, by their index on the page, each from the top."""

    number: tuple[int, ...]
    label: tuple[int, ...]


def callouts(page: Page, taken: Collection[int], body: float) -> list[Callout]:
    """The call-outs of a page.

    Args:
        page: the page.
        taken: indices of lines that tables hold.
        body: font size of running text, in points (0 where unknown).
    """
    found: list[Callout] = []
    left = [i for i, line in enumerate(page.lines) if i not in taken and line.role not in MARGINAL]
    for index in [i for i in left if body and _is_big(page.lines, i, left, body)]:
        number = _number(page.lines, index, left)
        label = _label(page.lines, number, left) if number else ()
        if label:
            found.append(Callout(number, label))
            left = [i for i in left if i not in (*number, *label)]
    return found


def _is_big(lines: Sequence[Line], index: int, left: Sequence[int], body: float) -> bool:
    """Whether a line is set as big as the number of a call-out: by itself, or in a row of such numbers."""
    line = lines[index]
    if line.size < IN_A_ROW * body or line.size >= CALLOUT_SIZE * body:
        return line.size >= CALLOUT_SIZE * body
    if parse(line.text) is None:
        return False
    return any(
        abs(lines[i].box.centre[1] - line.box.centre[1]) < ROW * line.size
        and abs(lines[i].size - line.size) < LIKE * line.size
        and parse(lines[i].text) is not None
        for i in left
        if i != index
    )


def _number(lines: Sequence[Line], index: int, left: Sequence[int]) -> tuple[int, ...]:
    """The lines of a number that begins in a line, the unit alone in a second one among them; none where it holds none."""
    line = lines[index]
    flat = " ".join(line.text.split())
    if index not in left or is_year(flat):  # a year over a title is the year of the report
        return ()
    if parse(flat) is None and not (amount(flat) or _OF_SO_MANY.match(flat) or _hedged(flat)):
        return ()
    below = next(
        (i for i in left if _stacked(line, lines[i]) and flat_text(lines[i].text) in unit_words()), None
    )
    return (index,) if below is None else (index, below)


def _hedged(text: str) -> bool:
    """Whether a text is a number with its qualifier and nothing else: «أزيد من 1.900», «Plus de 1 900»."""
    told = find(text) if len(text.split()) <= HEDGED_WORDS else ()
    whole = len(told) == 1 and (told[0].start, told[0].end) == (0, len(text))
    return whole and told[0].kind == "number" and told[0].number_start > 0 and not told[0].bare


def _label(lines: Sequence[Line], number: Sequence[int], left: Sequence[int]) -> tuple[int, ...]:
    """The lines of the label that is nearest to a number: all that are stacked there."""
    first, last = lines[number[0]], lines[number[-1]]
    near = [
        (
            abs(
                other.box.centre[1]
                - (first if other.box.centre[1] < first.box.centre[1] else last).box.centre[1]
            ),
            i,
        )
        for i in left
        for other in (lines[i],)
        if i not in number
        and parse(other.text) is None
        and other.size < first.size
        and 1 <= len(other.words) <= LABEL_WORDS
        and any(other.box.x0 < n.box.x1 + 10 and n.box.x0 < other.box.x1 + 10 for n in (first, last))
        and -OVERLAP * first.size
        < max(other.box.top - last.box.bottom, first.box.top - other.box.bottom)
        < 1.6 * first.size
    ]
    if not near:
        return ()
    held = [min(near)[1]]
    under = lines[held[0]].box.centre[1] > last.box.centre[1]
    while len(held) < LABEL_LINES:
        edge = lines[held[-1] if under else held[0]]
        more = next(
            (
                i
                for i in left
                if i not in (*held, *number)
                and len(lines[i].words) <= LABEL_WORDS
                and parse(lines[i].text) is None
                and (_stacked(edge, lines[i]) if under else _stacked(lines[i], edge))
            ),
            None,
        )
        if more is None:
            break
        held = [*held, more] if under else [more, *held]
    return tuple(held)


def _stacked(above: Line, below: Line) -> bool:
    """Whether a line goes on right under another: as large, near, set in its middle or to one of its edges."""
    gap = below.box.top - above.box.bottom
    flush = any(
        abs(a - b) < 2.5
        for a, b in zip(
            (above.box.x0, above.box.centre[0], above.box.x1),
            (below.box.x0, below.box.centre[0], below.box.x1),
            strict=True,
        )
    )
    like = abs(above.size - below.size) < LIKE * above.size
    return flush and like and -0.5 * above.size < gap < STACKED * above.size and above.box.top < below.box.top
