"""Tables of contents: titles with the number of their page, led to it by dots or under the name of the list."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping

from pipeline.model.page import Page

#: So many lines led to their numbers make a list; a report may count so many pages before its first.
LEAST, BEFORE = 4, 40
#: Level with a line is what stands within so many font sizes of its height; edges of one column differ by so many points.
LEVEL, EDGE = 0.5, 3.0
#: Dots that lead from a title to its page.
_LED = re.compile(r"(?<![.…·_])(?<![.…·_]\s)(?:(?:[.…·_]\s?){4,}|…[.…]+)\s*(?P<number>\d{1,4})?\s*$")
_NUMBER = re.compile(r"\s*(\d{1,4})\s*$")


def contents_lines(page: Page, pages: int) -> frozenset[int]:
    """Indices of the lines of a page that are entries of a table of contents.

    The numbers that dots lead to never go down and stay within the report: those of a form, or of figures, do not.

    Args:
        page: a page.
        pages: how many the report has.
    """
    led = {index: match for index, line in enumerate(page.lines) if (match := _LED.search(line.text))}
    if len(led) < LEAST:
        return frozenset()
    lone = {index: int(m[1]) for index, line in enumerate(page.lines) if (m := _NUMBER.fullmatch(line.text))}
    told = {index: int(match["number"]) for index, match in led.items() if match["number"]}
    for index, match in led.items():
        if match["number"] is None and (number := _number_of(page, index, lone)) is not None:
            told[number] = lone[number]
    if len(told) < LEAST or not _count_pages(page, told, pages):
        return frozenset()
    edges = [page.lines[index].box.x1 for index in told if index in lone]
    column = {i: n for i, n in lone.items() if any(abs(page.lines[i].box.x1 - edge) < EDGE for edge in edges)}
    if _count_pages(page, {**told, **column}, pages):
        told |= column  # entries that no dots lead from
    return frozenset((*led, *told))


def _number_of(page: Page, led: int, lone: Collection[int]) -> int | None:
    """Index of the number that the dots of a line lead to: level with it, else the next line."""
    line = page.lines[led]
    level = [i for i in lone if abs(page.lines[i].box.centre[1] - line.box.centre[1]) < LEVEL * line.size]
    return level[0] if len(level) == 1 else led + 1 if led + 1 in lone else None


def _count_pages(page: Page, told: Mapping[int, int], pages: int) -> bool:
    """Whether numbers never go down from line to line and stay within a report of so many pages."""
    numbers = [told[index] for index in sorted(told, key=lambda index: page.lines[index].box.top)]
    return numbers[-1] <= pages + BEFORE and all(a <= b for a, b in itertools.pairwise(numbers))
