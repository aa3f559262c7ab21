"""Headings that bear a running number («2 النهوض بحقوق النساء»): the number counts nothing."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence

import regex

from pipeline.model.page import Line, Page, Role
from pipeline.model.place import Method

_NUMBERED = regex.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){0,3})\s+\p{L}")


def numbered_headings(pages: Sequence[Page]) -> frozenset[int]:
    """``id`` of each heading whose first word is its number.

    Headings of one font size are numbered when their numbers («2», «4.1») follow each other, from the first to the
    last; a lone «3 مراكز جديدة» in the size of a heading is a figure.
    """
    by_size: dict[float, list[tuple[tuple[int, ...], Line]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            match = _NUMBERED.match(line.text) if line.role is Role.HEADING else None
            if match:
                number = tuple(int(part) for part in match.group(1).split("."))
                seen = line.words[0].method is Method.OCR  # sizes of scans are not exact
                by_size[0.0 if seen else round(line.size * 2) / 2].append((number, line))
    return frozenset(
        id(line)
        for held in by_size.values()
        if len(held) > 1 and all(_follows(a, b) for (a, _), (b, _) in itertools.pairwise(held))
        for _, line in held
    )


def _follows(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether a number is the next of its level (4.1 → 4.2), or the first below a later one (4.3 → 5.1)."""
    next_of_level = other[:-1] == one[:-1] and other[-1] == one[-1] + 1
    return next_of_level or (len(one) == len(other) > 1 and other[-1] == 1 and other[:-1] > one[:-1])
