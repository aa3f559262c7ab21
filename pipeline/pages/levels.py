"""Words of one printed line share a baseline: boxes from recognition hug the ink of each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.pages.blobs import Run
from pipeline.pages.figures import run_at
from pipeline.pages.glyph import Glyph


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
    for i, glyph in enumerate(sorted(glyphs, key=lambda g: g.box.centre[1])):
        x, y = glyph.box.centre
        at = run_at(x * scale, y * scale, runs)
        if at < 0:
            units[-1, i] = [glyph]
            continue
        line = max((n for run, n in units if run == at), default=0)
        before = units.get((at, line))
        if before and y - _middle(before) > 0.8 * min(glyph.box.height, before[-1].box.height):
            line += 1
        units.setdefault((at, line), []).append(glyph)
    return list(units.values())


def _middle(glyphs: Sequence[Glyph]) -> float:
    return median(g.box.centre[1] for g in glyphs)


def _height(glyphs: Sequence[Glyph]) -> float:
    return median(g.box.height for g in glyphs)
