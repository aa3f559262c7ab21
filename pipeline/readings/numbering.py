"""Headings that bear a running number («2 النهوض بحقوق النساء»): the number counts nothing."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence

import regex

from pipeline.model.page import Line, Page, Role

_NUMBERED = regex.compile(r"^\s*(\d{1,2})\s+\p{L}")


def numbered_headings(pages: Sequence[Page]) -> frozenset[int]:
    """``id`` of each heading whose first word is its number.

    Headings of one font size are numbered when their numbers follow each other by one, from the first to the last;
    a lone «3 مراكز جديدة» in the size of a heading is a figure.
    """
    by_size: dict[float, list[tuple[int, Line]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            match = _NUMBERED.match(line.text) if line.role is Role.HEADING else None
            if match:
                by_size[round(line.size * 2) / 2].append((int(match.group(1)), line))
    return frozenset(
        id(line)
        for held in by_size.values()
        if len(held) > 1 and all(b - a == 1 for (a, _), (b, _) in itertools.pairwise(held))
        for _, line in held
    )
