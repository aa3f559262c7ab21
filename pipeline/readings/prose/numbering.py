"""Headings that bear a running number («2 النهوض بحقوق النساء»): the number counts nothing."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

import regex

from pipeline.model.page import Line, Page, Role
from pipeline.model.place import Method

_NUMBERED = regex.compile(r"^[\s|]*(\d{1,2}(?:\.\d{1,2}){0,3})(\.?)\s+\p{L}")
_Numbered = tuple[tuple[int, ...], Line]
#: In place of the size of lines of a scan.
_ANY = 0.0


def numbered_headings(pages: Sequence[Page]) -> frozenset[int]:
    """``id`` of each heading whose first word is its number.

    Headings of one font size are numbered when their numbers («2», «4.1») follow each other, from the first to the
    last; a lone «3 مراكز جديدة» in the size of a heading is a figure. On scans, where sizes are not exact and large
    figures pass for headings, those are that follow each other with others between them.
    """
    by_size: dict[float, list[_Numbered]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            match = _NUMBERED.match(line.text) if line.role is Role.HEADING else None
            seen = line.words[0].method is Method.OCR  # sizes of scans are not exact, and dots are lost on some
            if match and (seen or not match.group(2)):
                number = tuple(int(part) for part in match.group(1).split("."))
                by_size[_ANY if seen else round(line.size * 2) / 2].append((number, line))
    found = {id(line) for line in _following(by_size.pop(_ANY, []))}
    return frozenset(found) | {
        id(line)
        for held in by_size.values()
        if len(held) > 1 and all(_follows(a, b) for (a, _), (b, _) in itertools.pairwise(held))
        for _, line in held
    }


def _following(held: Sequence[_Numbered]) -> Iterator[Line]:
    """Lines that another follows behind them, or that follow another before them."""
    before: dict[tuple[int, ...], list[Line]] = defaultdict(list)
    for number, line in held:
        last = (*number[:-1], number[-1] - 1)
        if last in before:
            yield from before[last]
            before[last] = []  # told once
            yield line
        before[number].append(line)


def _follows(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether a number is the next of its level (4.1 → 4.2), or the first below a later one (4.3 → 5.1)."""
    next_of_level = other[:-1] == one[:-1] and other[-1] == one[-1] + 1
    return next_of_level or (len(one) == len(other) > 1 and other[-1] == 1 and other[:-1] > one[:-1])
