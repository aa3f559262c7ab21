"""Tables of contents: titles with the number of their page, led to it by dots or under the name of the list."""

from __future__ import annotations

import itertools
import re

from pipeline.model.page import Page

#: So many lines led to their numbers make a list; a report may count so many pages before its first.
LEAST, BEFORE = 4, 40
#: Dots that lead from a title to its page.
_LED = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|·{4,}|(?:[.·]\s){4,}\.?)\s*(?P<number>\d{1,4})?\s*$")
_NUMBER = re.compile(r"\s*(\d{1,4})\s*$")


def contents_lines(page: Page, pages: int) -> frozenset[int]:
    """Indices of the lines of a page that are entries of a table of contents.

    The numbers that dots lead to never go down and stay within the report: those of a form, or of figures, do not.

    Args:
        page: a page.
        pages: how many the report has.
    """
    led = {index: match for index, line in enumerate(page.lines) if (match := _LED.search(line.text))}
    lone: dict[int, int] = {}
    for index, match in led.items():
        below = page.lines[index + 1].text if index + 1 < len(page.lines) else ""
        if match["number"] is None and (number := _NUMBER.fullmatch(below)):
            lone[index + 1] = int(number[1])
    told = {**{index: int(m["number"]) for index, m in led.items() if m["number"]}, **lone}
    numbers = [told[index] for index in sorted(told)]
    if len(numbers) < LEAST or numbers[-1] > pages + BEFORE:
        return frozenset()
    if any(below < above for above, below in itertools.pairwise(numbers)):
        return frozenset()
    return frozenset((*led, *lone))
