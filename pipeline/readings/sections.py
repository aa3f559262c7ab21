"""The section heading under which a place of a report stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence

import regex

from pipeline.model.page import Page, Role

_NAMED = regex.compile(
    r"^(?:\d+[.)\-]?\s*)?(?:مجال|محور|المحور|الباب|الفصل|القسم|الجزء|أولا|ثانيا|ثالثا|رابعا|خامسا|domaine|axe|chapitre|partie|section)\b",
    regex.I,
)


def sections(pages: Sequence[Page]) -> Callable[[int, float], str]:
    """A look-up: page number and height (points from the top) to the heading above it.

    Section headings are those that begin with a word for one, and those of the largest size that heads
    several places after the cover.
    """
    headings = [(page.number, line) for page in pages for line in page.lines if line.role is Role.HEADING]
    inner = [(number, line) for number, line in headings if number > 1 or len(pages) == 1]
    sizes = Counter(round(line.size) for _, line in inner if sum(c.isalpha() for c in line.text) > 3)
    repeated = [size for size, count in sizes.items() if count >= 2]
    largest = max(repeated, default=max(sizes, default=0))
    chosen = [
        (number, line.box.top, line.text)
        for number, line in inner
        if _NAMED.match(line.text)
        or (round(line.size) >= largest and not any(c.isdigit() for c in line.text))
    ]
    chosen.sort()
    keys = [(number, top) for number, top, _ in chosen]

    def section_of(page: int, top: float) -> str:
        at = bisect_right(keys, (page, top))
        return chosen[at - 1][2] if at else ""

    return section_of
