"""Running heads, feet, page numbers, tables of contents, axes of charts and headings: marked, never thrown away."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from statistics import median

from pipeline.model.page import Direction, Line, Page, Role
from pipeline.model.place import Method
from pipeline.pages.contents import contents_lines
from pipeline.pages.scales import scale_lines

#: Share of the page's height at either end in which furniture stands.
MARGIN = 0.11
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|صفحة|ص|p)?\W*(\d{1,4}|[٠-٩]{1,4})\W*(?:(?:/|sur|من)\W*\d{1,4})?\W*$", re.I
)
#: Texts of so many letters that are so much alike (0 to 1) are one, read twice; so many of them are compared.
_LONG, _SAME, _MOST = 16, 0.8, 400
_DIGITS = re.compile(r"\d+")
#: A line of running text has so many words; it is told by them where they hold this share of a report's letters.
RUNNING, LEAST_RUNNING = 7, 0.2
#: The next line of a text begins no more sizes below the one above it.
NEXT_LINE = 2.5
#: The first line of a paragraph is so much as wide as those under it, which are no more than so many; so many lines
#: near it are looked at, and its lines begin within so many sizes of each other.
FULL, PARAGRAPH, LOOKED_AT, FLUSH = 0.93, 12, 60, 0.5
#: What ends a sentence or goes on with it is no heading, unless it is plainly bigger than the text.
_ENDS, PLAINLY = (".", "،", "؛", ";", ","), 1.5


def mark_furniture(pages: Sequence[Page]) -> list[Page]:
    """Give every line of a report its role: what recurs at one height is furniture, what is bigger a heading."""
    recurring = _recurring(pages)
    counting = _counting(pages)
    size = body_size(pages)
    marked = []
    for page in pages:
        running = sorted((line for line in page.lines if len(line.words) >= RUNNING), key=_top)
        below = sorted(page.lines, key=_top)
        apart = dict.fromkeys(contents_lines(page, len(pages)), Role.CONTENTS)
        apart |= dict.fromkeys(scale_lines(page), Role.SCALE)
        lines = tuple(
            replace(line, role=apart.get(at) or _role(page, line, recurring, counting, size, running, below))
            for at, line in enumerate(page.lines)
        )
        marked.append(replace(page, lines=lines))
    return marked


def body_size(pages: Sequence[Page]) -> float:
    """Font size in which most letters of the report's running text are set, in points; tables may be set smaller."""
    running: Counter[float] = Counter()
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            size = round(line.size * 2) / 2
            sizes[size] += len(line.text)
            running[size] += len(line.text) if len(line.words) >= RUNNING else 0
    held = running if running.total() >= LEAST_RUNNING * sizes.total() else sizes
    return max(held, key=lambda s: (held[s], s)) if held else 0.0


def _top(line: Line) -> float:
    return line.box.top


def _role(
    page: Page,
    line: Line,
    recurring: set[tuple[str, str]],
    counting: set[tuple[int, str]],
    size: float,
    running: Sequence[Line],
    lines: Sequence[Line],
) -> Role:
    edge = _edge(page, line)
    if edge and _PAGE_NUMBER.match(line.text) and (page.number, line.text) in counting:
        return Role.PAGE_NUMBER
    if edge and (edge, _mask(line.text)) in recurring:
        return Role.HEADER if edge == "top" else Role.FOOTER
    if not size:
        return Role.BODY
    letters = sum(c.isalpha() for c in line.text)
    bold = 2 * sum(w.bold for w in line.words) > len(line.words)
    # The last line of a paragraph may seem bigger on a scan, where letters are measured by their ink.
    ended = line.text.rstrip().endswith(_ENDS) and (
        line.words[0].method is Method.OCR or _ends_text(running, line)
    )
    short = len(line.words) <= 14 and not (ended and line.size < PLAINLY * size)
    if (
        letters >= 3
        and short
        and (line.size >= 1.18 * size or (bold and line.size >= 0.98 * size and len(line.words) <= 10))
    ):
        return Role.BODY if _begins_text(lines, line) else Role.HEADING
    small = line.box.top > 0.7 * page.height and line.size <= 0.86 * size and len(line.words) >= 5
    if small and re.match(r"^\(?\d{1,2}\)?[\s.\-–)]", line.text):
        return Role.FOOTNOTE
    return Role.BODY


def _ends_text(running: Sequence[Line], line: Line) -> bool:
    """Whether a short line stands right below a line of running text in its size, which may be bigger than most.

    ``running`` are the lines of running text of its page from the top.
    """
    top = line.box.top
    first = bisect_right(running, top - NEXT_LINE * line.size, key=_top)
    return any(
        abs(other.size - line.size) < 0.1 * line.size
        and other.direction is line.direction
        and other.words[0].bold == line.words[0].bold
        for other in running[first : bisect_left(running, top, key=_top)]
    )


def _begins_text(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line begins a paragraph that is set larger than most text: its lines end a sentence, and none is wider.

    ``lines`` are those of its page from the top.
    """
    last = line
    for _ in range(PARAGRAPH):
        following = _under(lines, last)
        if following is None or line.box.width < FULL * following.box.width:
            return False
        if following.text.rstrip().endswith((".", "؟")):
            return True
        last = following
    return False


def _under(lines: Sequence[Line], line: Line) -> Line | None:
    """The line that begins right under another, set like it."""
    first = bisect_right(lines, line.box.top + 0.5 * line.size, key=_top)
    end = bisect_right(lines, line.box.top + NEXT_LINE * line.size, key=_top)
    rtl = line.direction is Direction.RTL
    return next(
        (
            other
            for other in lines[first : min(end, first + LOOKED_AT)]
            if abs(other.size - line.size) < 0.1 * line.size
            and other.direction is line.direction
            and other.words[0].bold == line.words[0].bold
            and abs(other.box.x1 - line.box.x1 if rtl else other.box.x0 - line.box.x0) < FLUSH * line.size
        ),
        None,
    )


def _edge(page: Page, line: Line) -> str:
    if line.box.bottom < MARGIN * page.height:
        return "top"
    return "bottom" if line.box.top > (1 - MARGIN) * page.height else ""


def _mask(text: str) -> str:
    return _DIGITS.sub("#", text)


def _recurring(pages: Sequence[Page]) -> set[tuple[str, str]]:
    """Texts (digits masked) that stand at one height in the margin of at least three pages."""
    places: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            edge = _edge(page, line)
            # Numbers alone recur in tables that go on over pages; page numbers are told by counting.
            if edge and any(c.isalpha() for c in line.text):
                places[edge, _mask(line.text)].append((page.number, line.box.top))
    need = max(2, min(3, len(pages)))
    misread = {
        (edge, _mask(line.text))
        for page in pages
        for line in page.lines
        if (edge := _edge(page, line)) and any(word.method is Method.OCR for word in line.words)
    }
    alike = _alike(places, misread)
    return {
        key
        for key in places
        if (held := [one for other in (key, *alike.get(key, ())) for one in places[other]])
        and len({number for number, _ in held}) >= need
        and sum(abs(top - median(t for _, t in held)) < 6 for _, top in held) >= need
    }


def _alike(
    places: Iterable[tuple[str, str]], misread: set[tuple[str, str]]
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """For texts of scans the other texts of their margin that are the same but for letters read otherwise."""
    held = [key for key in places if len(key[1]) >= _LONG]
    if len(misread) > _MOST:
        return {}
    return {
        key: [other for other in held if other != key and other[0] == key[0] and _same(key[1], other[1])]
        for key in held
        if key in misread
    }


def _same(one: str, other: str) -> bool:
    compared = SequenceMatcher(None, one, other, autojunk=False)
    return min(compared.real_quick_ratio(), compared.quick_ratio()) >= _SAME and compared.ratio() >= _SAME


def _counting(pages: Sequence[Page]) -> set[tuple[int, str]]:
    """Lone numbers in the margin that go up with the pages."""
    found: list[tuple[int, str, int]] = []
    for page in pages:
        for line in page.lines:
            match = _PAGE_NUMBER.match(line.text)
            if match and _edge(page, line) and not _has_peer(page, line):
                found.append((page.number, line.text, int(match[1]) - page.number))
    shifts = Counter(shift for _, shift in {(number, shift) for number, _, shift in found})
    return {(number, text) for number, text, shift in found if shifts[shift] >= 2 or shift == 0}


def _has_peer(page: Page, line: Line) -> bool:
    """Whether another number stands at the same height: the years of a table's head, no page number."""
    return any(
        other is not line
        and _PAGE_NUMBER.match(other.text)
        and abs(other.box.centre[1] - line.box.centre[1]) < 0.5 * line.size
        for other in page.lines
    )
