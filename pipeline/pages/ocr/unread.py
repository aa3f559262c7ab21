"""Print that no reading has a word for: it keeps its place on the page, so that nobody takes it for white."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.model.page import UNREAD
from pipeline.pages.glyph import Glyph
from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import Run
from pipeline.pages.ocr.figures import Token
from pipeline.pages.ocr.phrases import running

#: Print without a word is a word of its own from so many heights of the page's letters on; less may be a call or a speck.
LEAST = 1.2
#: It is about as high as the page's letters, and this share of it is ink.
HEIGHTS, INKED = (0.6, 2.2), (0.06, 0.6)
#: A word reaches so many heights of its line beyond its box, which hugs the ink of its letters and may miss a dot.
REACH = 0.3


def unread_print(ink: Gray, runs: Sequence[Run], glyphs: Sequence[Glyph], dpi: float) -> list[Token]:
    """Places of print in labels, heads and cells on which no word lies, as words of one sign.

    Running text is left out: there a lost word is one of many.

    Args:
        ink: 255 where there is ink, without rules.
        runs: stretches of print.
        glyphs: words and figures that were read, in points.
        dpi: resolution of the ink.
    """
    if not runs:
        return []
    words = np.array([_in_pixels(glyph, dpi / 72) for glyph in glyphs], np.int64).reshape(-1, 4)
    height = float(np.median([run.height for run in runs]))
    low, high = (share * height for share in HEIGHTS)
    apart = running(runs, ink.shape[1])
    return [
        Token(UNREAD, run.x + left, run.y, right - left, run.height, 0.0)
        for run, text in zip(runs, apart, strict=True)
        if low <= run.height <= high and not text
        for left, right in _bare(ink, run, words)
        if right - left >= LEAST * height
    ]


def _in_pixels(glyph: Glyph, scale: float) -> list[int]:
    """x, y, width and height of a word."""
    box = glyph.box
    return [round(v * scale) for v in (box.x0, box.top, box.width, box.height)]


def _bare(ink: Gray, run: Run, words: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Stretches of a run (from its left) with ink and no word."""
    part: NDArray[np.bool_] = ink[run.y : run.y + run.height, run.x : run.x + run.width] > 0
    free = np.ones(run.width, np.bool_)
    reach = round(REACH * run.height)
    _, top, _, height = words.T
    level = np.minimum(top + height, run.y + run.height) - np.maximum(top, run.y) > 0.3 * run.height
    for x, _, width, _ in words[level].tolist():
        free[max(x - run.x - reach, 0) : max(x + width - run.x + reach, 0)] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[0], free.astype(np.int8), [0]])))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        inked = np.flatnonzero(part[:, start:end].any(axis=0))
        if inked.size:
            left, right = int(start + inked[0]), int(start + inked[-1]) + 1
            if INKED[0] <= float(part[:, left:right].mean()) <= INKED[1]:
                yield left, right
