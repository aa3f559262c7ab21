"""Words of one printed line share a baseline: boxes from recognition hug the ink of each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

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
    for unit in sorted(_units(glyphs, runs, dpi), key=_middle):
        height = float(np.median([g.box.height for g in unit]))
        near = [
            (off, at)
            for at, row in enumerate(rows[-8:], start=max(len(rows) - 8, 0))
            for off in [abs(_middle(row) - _middle(unit))]
            if off < 0.42 * max(float(np.median([g.box.height for g in row])), 0.7 * height)
        ]
        if near:
            rows[min(near)[1]].extend(unit)
        else:
            rows.append(list(unit))
    for row in rows:
        size, baseline = (float(v) for v in np.median([(g.box.height, g.box.bottom) for g in row], axis=0))
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
    return float(np.median([g.box.centre[1] for g in glyphs]))
