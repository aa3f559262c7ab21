"""Words of one printed line share a baseline: boxes from recognition hug the ink of each word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import median

from pipeline.pages.glyph import Glyph
from pipeline.pages.ocr.blobs import Run
from pipeline.pages.ocr.figures import run_at

#: Two words stand beside each other when no more white parts them than this share of their height, and they have this
#: share of the lower one's height in common: of Arabic words one may have only feet and the other only heads.
WHITE, COMMON = 0.75, 0.5
#: So many units from the top are looked at for one that stands beside; one of more words is a line of text.
NEAREST, FEW = 60, 6
#: Letters as high as an alef, with dots over them, with feet under the baseline (everywhere or at the end), with dots there.
_TALL, _DOTS_ABOVE = frozenset("اأإآلكطظ"), frozenset("تثنفقخغذزضشةؤئ")
_ALWAYS_DEEP, _DEEP_AT_END = frozenset("رزوؤ"), frozenset("جحخعغميىئقنسشصضل")
_DOTS_BELOW = frozenset("بيجإ")
#: How far they reach, in heights of an alef.
_DOTTED, _LOW, _DEEP, _DOTS_UNDER = 0.8, 0.65, 0.4, 0.25
_ARABIC = re.compile(r"[\u0621-\u064A]")


def levelled_lines(glyphs: Sequence[Glyph], runs: Sequence[Run], dpi: float) -> list[Glyph]:
    """Give the words of one printed line one baseline and size.

    Words of one run of print go together, so that a line of a narrow cell is not torn between its neighbours.

    Args:
        glyphs: words in points.
        runs: stretches of print in pixels.
        dpi: resolution of those pixels.
    """
    out: list[Glyph] = []
    rows: list[list[Glyph]] = []
    levels: list[tuple[float, float]] = []  # of each row: middle and height
    for middle, unit in sorted(((_middle(u), u) for u in _units(glyphs, runs, dpi)), key=lambda one: one[0]):
        height = _height(unit)
        near = [
            (off, at)
            for at, (level, high) in enumerate(levels[-8:], start=max(len(rows) - 8, 0))
            for off in [abs(level - middle)]
            if off < 0.42 * max(high, 0.7 * height)
        ]
        at = min(near)[1] if near else len(rows)
        if at == len(rows):
            rows.append([])
            levels.append((0.0, 0.0))
        rows[at].extend(unit)
        levels[at] = _middle(rows[at]), _height(rows[at])
    for row in rows:
        size, baseline = _height(row), median(g.box.bottom for g in row)
        out.extend(replace(g, baseline=baseline, size=size) for g in row)
    return out


def _units(glyphs: Sequence[Glyph], runs: Sequence[Run], dpi: float) -> list[list[Glyph]]:
    """Words by the run of print in which they stand and, in a run of two lines that touch, by their line."""
    scale = dpi / 72
    units: dict[tuple[int, int], list[Glyph]] = {}
    last: dict[int, int] = {}  # line of each run
    for i, glyph in enumerate(sorted(glyphs, key=lambda g: g.box.centre[1])):
        x, y = glyph.box.centre
        at = run_at(x * scale, y * scale, runs)
        if at < 0:
            units[-1, i] = [glyph]
            continue
        line = last.get(at, 0)
        before = units.get((at, line))
        if before and y - median(g.box.centre[1] for g in before) > 0.8 * min(
            glyph.box.height, before[-1].box.height
        ):
            line += 1
        last[at] = line
        units.setdefault((at, line), []).append(glyph)
    return _beside(list(units.values()))


def _beside(units: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The units, those that stand beside each other as one."""
    joined: list[tuple[float, float, list[Glyph]]] = []  # with top and bottom: most stand on other lines
    for unit in sorted(units, key=_middle):
        top, bottom = min(g.box.top for g in unit), max(g.box.bottom for g in unit)
        near = {
            at
            for at, (upper, lower, other) in enumerate(joined[-NEAREST:], start=max(len(joined) - NEAREST, 0))
            if upper <= bottom and top <= lower and any(_is_beside(a, b) for a in other for b in unit)
        }
        parts = [*(joined[at] for at in sorted(near)), (top, bottom, unit)]
        joined = [one for at, one in enumerate(joined) if at not in near] if near else joined
        upper, lower = min(part[0] for part in parts), max(part[1] for part in parts)
        joined.append((upper, lower, [g for part in parts for g in part[2]]))
    return [unit for _, _, unit in joined]


def _is_beside(a: Glyph, b: Glyph) -> bool:
    """Whether two Arabic words are as near as words of one line, however high each stands."""
    common = min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top)
    if common < COMMON * min(a.box.height, b.box.height):
        return False
    gap = max(a.box.x0 - b.box.x1, b.box.x0 - a.box.x1)
    near = 0 <= gap < WHITE * max(a.box.height, b.box.height)
    return near and bool(_ARABIC.search(a.text) and _ARABIC.search(b.text))


def _middle(glyphs: Sequence[Glyph]) -> float:
    return median(_level(g) for g in glyphs)


def _level(glyph: Glyph) -> float:
    """Height on the page of the middle of an alef or digit that would stand on the baseline of a word.

    The middle of its box tells less: that of «تم», which has a foot and no head, stands a third of a line lower than
    that of «إلى».
    """
    above, below = _reach(glyph.text)
    alef = glyph.box.height / (above + below)
    return glyph.box.bottom - below * alef - alef / 2


@cache
def _reach(text: str) -> tuple[float, float]:
    """How far a word reaches over its baseline and under it, in heights of an alef."""
    letters = [c for c in text if c.isalpha()]
    if not letters or not _ARABIC.search(text):
        return 1.0, 0.0
    over = _LOW if _DOTS_ABOVE.isdisjoint(letters) else _DOTTED
    above = 1.0 if any(c in _TALL or c.isdigit() for c in text) else over
    under = 0.0 if _DOTS_BELOW.isdisjoint(letters) else _DOTS_UNDER
    deep = letters[-1] in _DEEP_AT_END or not _ALWAYS_DEEP.isdisjoint(letters)
    return above, _DEEP if deep else under


def _height(glyphs: Sequence[Glyph]) -> float:
    return median(g.box.height for g in glyphs)
