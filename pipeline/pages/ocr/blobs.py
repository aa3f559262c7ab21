"""Runs of print on a page image, found by their ink alone, and the tiles on which they are read again.

Tesseract's own boxes of figures in tables are often cut or run together; the ink between two gaps is not.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.pages.image.components import boxes_of
from pipeline.pages.image.raster import Gray

#: Height in pixels to which a figure is brought for reading, and for reading it once more.
TILE_HEIGHT, SECOND_HEIGHT = 40, 30
#: White around a tile, and the height of its row on a sheet.
TILE_MARGIN, TILE_ROW = 16, 84
#: Tiles on one sheet.
SHEET_TILES = 120
#: A gap wider than this share of the height of a letter parts two runs; one between two groups of digits is narrower.
RUN_GAP = 0.92
#: Share of the pieces of print on a page (letters, digits, dots that are none) that are no higher than its letters.
LETTERS = 60
#: Print this many times as high as the page's letters has wider gaps than they.
BIG = 1.6
#: Two digits of one number stand no farther apart than this share of their height.
INNER_GAP = 0.26
#: A thin digit may stand this far from its neighbour, but so may the next word.
FAR_GAP = 0.42
#: A 1 has the room of other digits, this share of its height.
THIN = 0.5
#: A comma is lower than this share of a digit, and a dash is longer than so many of its heights.
LOW, DASH = 0.66, 1.5
#: A piece of a figure is a digit (or a bracket, a slash) from this share of its height.
TALL = 0.6
#: A crack in a sign of a bad copy is no wider than this share of its height, and no sign is wider than this one.
CRACK, SIGN_WIDTH = 0.06, 0.9
#: From one group of digits to the next it is at least so much farther than from digit to digit.
GROUP_STEP = 1.12
#: Where one step is all there is to go by (2 017 and 2017, 201 7), it must be plain.
LONE_STEP = 1.3
#: A dot, hamza or vowel sign is no higher than this share of its line, and stands no farther from it than this one.
MARK, MARK_REACH = 0.7, 0.45
#: Farther away than anything on a page.
_NOWHERE = 1 << 30
#: A tile this narrow for its height (one digit) is set this often on its row: alone it is taken for a speck.
NARROW, REPEATS = 0.95, 3


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of print in pixels (x, y, width, height)."""

    x: int
    y: int
    width: int
    height: int


def runs_of_print(
    ink: Gray, boxes: NDArray[np.int64], cuts: Sequence[tuple[int, int, int]], dpi: float
) -> list[Run]:
    """Stretches of ink with no wide gap inside, at least as tall as a small digit.

    Args:
        ink: 255 where there is ink, without rules.
        boxes: of its pieces (:func:`pipeline.pages.image.components.boxes_of`).
        cuts: vertical rules (x, top, bottom in pixels), which part two runs whatever the gap.
        dpi: resolution of the image.
    """
    least, most = int(4.0 / 72 * dpi), int(60.0 / 72 * dpi)
    heights = boxes[:, 3]
    letters = heights[(heights >= least) & (heights <= most)]
    if not letters.size:
        return []
    size = float(np.percentile(letters, LETTERS))
    gap = max(int(RUN_GAP * size), 5) | 1
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    for x, top, bottom in cuts:
        joined[top:bottom, max(x - 2, 0) : x + 3] = 0
    found = []
    for x, y, width, height in boxes_of(joined).tolist():
        if least <= height <= most and width >= 0.15 * height:
            found.append(Run(x, y, width, height))
    return _joined_big([run for run in found if run.height > BIG * size], cuts) + [
        run for run in found if run.height <= BIG * size
    ]


def with_marks(pieces: NDArray[np.int64], runs: Sequence[Run]) -> list[Run]:
    """The runs grown to the dots, hamzas and vowel signs over and under their letters, which stand apart from them.

    A mark between two lines belongs to the nearer one.

    Args:
        pieces: boxes of the ink of the page (:func:`pipeline.pages.image.components.boxes_of`).
        runs: stretches of print.
    """
    if not runs or not len(pieces):
        return list(runs)
    x, y, width, height = (part[:, None] for part in pieces.T)
    boxes = np.array([(r.x, r.y, r.x + r.width, r.y + r.height) for r in runs], np.int64)
    left, top, right, bottom = boxes.T
    tall = bottom - top
    gap = np.maximum(np.maximum(top - y - height, y - bottom), 0)
    over = (left <= x + width // 2) & (x + width // 2 <= right)
    gap = np.where(over, gap, _NOWHERE)
    nearest = gap.argmin(axis=1)
    small = (height[:, 0] <= MARK * tall[nearest]) & (gap.min(axis=1) <= MARK_REACH * tall[nearest])
    for at in np.flatnonzero(small):
        box = boxes[nearest[at]]
        box[:2] = np.minimum(box[:2], (x[at, 0], y[at, 0]))
        box[2:] = np.maximum(box[2:], (x[at, 0] + width[at, 0], y[at, 0] + height[at, 0]))
    return [Run(*map(int, (x0, y0, x1 - x0, y1 - y0))) for x0, y0, x1, y1 in boxes]


def _joined_big(runs: Sequence[Run], cuts: Sequence[tuple[int, int, int]]) -> list[Run]:
    """Runs of print so big that its own gaps are wider than those of the page's letters."""
    joined: list[Run] = []
    for run in sorted(runs, key=lambda r: r.x):
        for at, before in enumerate(joined):
            gap = run.x - before.x - before.width
            low, high = sorted((run.height, before.height))
            level = abs(2 * run.y + run.height - 2 * before.y - before.height) < low
            if level and high < 1.35 * low and gap < RUN_GAP * low and not is_cut(cuts, before, run):
                top, bottom = min(run.y, before.y), max(run.y + run.height, before.y + before.height)
                right = max(run.x + run.width, before.x + before.width)
                joined[at] = Run(before.x, top, right - before.x, bottom - top)
                break
        else:
            joined.append(run)
    return joined


def is_cut(cuts: Sequence[tuple[int, int, int]], left: Run, right: Run) -> bool:
    """Whether a vertical rule stands between two runs."""
    middle = left.y + left.height // 2
    return any(left.x < x < right.x + right.width and top <= middle <= bottom for x, top, bottom in cuts)


def snapped(ink: Gray, run: Run, letters: int = 0) -> tuple[Run, bool]:
    """The run grown to the whole letters that it cuts, and whether more print stands suspiciously near.

    Args:
        ink: 255 where there is ink.
        run: a box that may cut the figure that it holds.
        letters: how many tall signs (digits, brackets) it ought to hold; fewer, and it grows to its neighbours.
    """
    pad = 2 * run.height
    top, bottom = max(run.y - run.height // 6, 0), min(run.y + run.height + run.height // 6, ink.shape[0])
    left = max(run.x - pad, 0)
    band = ink[top:bottom, left : run.x + run.width + pad] > 0
    parts = _parts(band)
    inside = [i for i, p in enumerate(parts) if p[1] > run.x - left and p[0] < run.x + run.width - left]
    if not inside:
        return run, False
    # Tesseract's boxes of words may be half as high again as the digits in them.
    highest = max(parts[i][2] for i in inside)
    size = float(np.median([parts[i][2] for i in inside if parts[i][2] >= 0.5 * highest]))
    tall = [0.75 * size <= height <= 1.35 * size for _, _, height in parts]
    first, last = inside[0], inside[-1]
    count = sum(tall[i] for i in inside)
    while True:
        sides = [(parts[first][0] - parts[first - 1][1], first - 1, first)] if first else []
        if last + 1 < len(parts):
            sides.append((parts[last + 1][0] - parts[last][1], last + 1, last))
        taken = [
            (gap, at)
            for gap, at, beside in sides
            if gap <= INNER_GAP * size
            or (
                count < letters and tall[at] and gap - _room(parts[at], parts[beside], size) <= FAR_GAP * size
            )
        ]
        if not taken:
            break
        at = min(taken)[1]
        count += tall[at]
        first, last = min(first, at), max(last, at)
    start, end = parts[first][0], parts[last][1]
    rows = np.flatnonzero(np.asarray(band[:, start:end].any(axis=1)))
    grown = Run(left + start, top + int(rows[0]), end - start, int(rows[-1] - rows[0]) + 1)
    return grown, any(tall[at] and gap <= FAR_GAP * size for gap, at, _ in sides)


def _room(a: tuple[int, int, int], b: tuple[int, int, int], size: float) -> float:
    """White between two parts that belongs to thin digits: these have the room of the others."""
    return sum(max(THIN * size - (end - start), 0.0) / 2 for start, end, _ in (a, b))


def orphaned(ink: Gray, run: Run, words: Sequence[Run]) -> bool:
    """Whether print as tall as the run stands so near that it may be its first or last digits, and in no word.

    A piece that is nearer to the run than to the rest of its word is in none: a lone 1 is taken for an alef.
    """
    reach, middle = int(RUN_GAP * run.height), run.y + run.height // 2
    held = [c for c in words if c.y <= middle <= c.y + c.height]
    wide, end = reach + run.height, run.x + run.width
    for left, right in ((max(run.x - wide, 0), run.x), (end, end + wide)):
        band = ink[run.y : run.y + run.height, left:right] > 0
        parts = _parts(band)
        ends = [0, *(stop for _, stop, _ in parts)]
        starts = [*(start for start, _, _ in parts[1:]), band.shape[1]]
        for (start, stop, height), before, after in zip(parts, ends, starts, strict=False):
            gap, beyond = (start, after - stop) if left == end else (right - left - stop, start - before)
            at = left + (start + stop) / 2
            mine = [c for c in held if c.x <= at <= c.x + c.width]
            rest = [c.x + c.width - left - stop if left == end else left + start - c.x for c in mine]
            if gap >= reach or (mine and min(beyond, *rest) <= gap):
                continue
            # Of a faint 5 or 7 nothing may be left but the bar.
            bar = stop - start >= 0.25 * run.height and bool(band[: run.height // 6, start:stop].any())
            if bar or height >= 0.75 * run.height:
                return True
    return False


def _parts(band: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Stretches of columns that hold ink (start, end), and how high the ink of each is."""
    columns = np.concatenate([[False], np.asarray(band.any(axis=0)), [False]])
    edges = np.flatnonzero(columns[1:] != columns[:-1])
    found = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        rows = np.flatnonzero(np.asarray(band[:, start:end].any(axis=1)))
        found.append((int(start), int(end), int(rows[-1] - rows[0]) + 1))
    return found


def without_comma(ink: Gray, run: Run) -> Run:
    """The run without the Arabic comma at its left end, which models read as a 6 or a 4.

    It is what is much lower than a digit, stands low and is no dash.
    """
    band = ink[run.y : run.y + run.height, run.x : run.x + run.width] > 0
    parts = _parts(band)
    if len(parts) < 2:
        return run
    (start, end, height), following = parts[0], parts[1][0]
    size = float(np.median([p[2] for p in parts[1:]]))
    top = int(np.flatnonzero(np.asarray(band[:, start:end].any(axis=1)))[0])
    rows = np.flatnonzero(np.asarray(band[:, following:].any(axis=1)))
    low = top > int(rows[-1]) - LOW * size
    if height >= LOW * size or not low or end - start > DASH * height:
        return run
    return Run(run.x + following, run.y + int(rows[0]), run.width - following, int(np.ptp(rows)) + 1)


def widened(run: Run) -> Run:
    """The run with as much more on either side as a thin digit needs that stands apart from the others."""
    more = int(0.45 * run.height)
    left = max(run.x - more, 0)
    return Run(left, run.y, run.x + run.width + more - left, run.height)


def around(image: Gray, run: Run) -> Gray:
    """The image around a run, as far on each side as the run is high."""
    top, left = max(run.y - run.height, 0), max(run.x - run.height, 0)
    return image[top : run.y + 2 * run.height, left : run.x + run.width + run.height]


def grouped(ink: Gray, run: Run, text: str) -> str:
    """A bare number with spaces where its print leaves room for them; as it is when digits touch or groups come out odd.

    Models run the groups of ``111 35`` together, and then nothing tells that they stand in reversed order.
    """
    digits = text.replace(" ", "")
    if len(digits) < 4 or not digits.isdigit():
        return text
    band = ink[run.y : run.y + run.height, run.x : run.x + run.width] > 0
    parts = [p for p in _parts(band) if p[2] >= TALL * run.height]
    if len(parts) != len(digits):
        return text
    told = parted(digits, [(start + end) / 2 for start, end, _ in parts])
    return told if " " in told else text


def tall_parts(ink: Gray, run: Run) -> int:
    """How many pieces of print as tall as a digit stand side by side in a run; halves of a broken sign are one."""
    band = ink[run.y : run.y + run.height, run.x : run.x + run.width] > 0
    count, first, last = 0, -run.width, -run.width
    for start, end, height in _parts(band):
        broken = start - last <= CRACK * run.height and end - first <= SIGN_WIDTH * run.height
        if height >= TALL * run.height and not broken:
            count, first = count + 1, start
        last = end
    return count


def parted(digits: str, middles: Sequence[float]) -> str:
    """Digits with spaces between groups of three, if it is plainly farther from group to group than within them.

    Args:
        digits: as they stand from left to right.
        middles: where their middles are: the white beside a 1 is as wide as a space.
    """
    gaps = [b - a for a, b in itertools.pairwise(middles)]
    first = len(digits) % 3 or 3
    for start in (first, 3):  # 12 345 from the left; turned round: 345 12
        cuts = range(start, len(digits), 3)
        inner = max((gap for i, gap in enumerate(gaps) if i + 1 not in cuts), default=0.0)
        step = GROUP_STEP if len(digits) > 4 else LONE_STEP
        if cuts and min(gaps[i - 1] for i in cuts) > step * inner:
            return " ".join(digits[i:j] for i, j in itertools.pairwise([0, *cuts, len(digits)]))
    return digits


def sheets(image: Gray, tiles: Sequence[tuple[Run, int]]) -> list[tuple[Gray, list[int]]]:
    """Tall images with one run, brought to a height, on each row, and how often each stands on its row.

    Many tiles make one image, so that a page costs few calls and not one for each figure.
    """
    made = []
    for start in range(0, len(tiles), SHEET_TILES):
        cut = [_tile(image, run, height) for run, height in tiles[start : start + SHEET_TILES]]
        repeats = [REPEATS if tile.shape[1] < NARROW * tile.shape[0] else 1 for tile in cut]
        wide = max(tile.shape[1] * n for tile, n in zip(cut, repeats, strict=True))
        sheet = np.full((TILE_ROW * len(cut), wide + 2 * TILE_MARGIN), 255, np.uint8)
        for row, (tile, n) in enumerate(zip(cut, repeats, strict=True)):
            top = row * TILE_ROW + (TILE_ROW - tile.shape[0]) // 2
            for i in range(n):
                left = TILE_MARGIN + i * tile.shape[1]
                sheet[top : top + tile.shape[0], left : left + tile.shape[1]] = tile
        made.append((sheet, repeats))
    return made


def row_of(y: float) -> int:
    """Row of a sheet that holds a height."""
    return int(y // TILE_ROW)


def _tile(image: Gray, run: Run, height: int) -> Gray:
    pad = max(2, run.height // 8)
    top, left = max(run.y - pad, 0), max(run.x - pad, 0)
    crop = image[top : run.y + run.height + pad, left : run.x + run.width + pad]
    scale = min(max(height / max(run.height, 1), 0.2), 4.0)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(crop, None, fx=scale, fy=scale, interpolation=method).astype(np.uint8)[: TILE_ROW - 4]
