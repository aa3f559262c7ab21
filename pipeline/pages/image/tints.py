"""Filled areas of a page image, tints as light as a few steps off the paper too, and the light rules that part them.

On a page with a text layer they are drawn shapes; here they are read off the ground between the letters.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.page import Stroke
from pipeline.model.place import Box
from pipeline.pages.image.components import boxes_of, components
from pipeline.pages.image.raster import Gray

#: Resolution at which areas are looked for: a rule of one point is two pixels wide.
LOOK_DPI = 150.0
#: Print is thinner than half of this (points), so that the median of so much is the ground.
GROUND = 9.0
#: A ground this much darker than the paper is a tint; grounds within this many steps of 255, or this share of what
#: parts them from the paper, are of one tone.
TINTED, ALIKE, NEAR = 0.965, 6, 0.12
LIGHTEST = int(TINTED * 255)
#: Side in pixels of the blocks by which parts of the page that hold no tint are left out.
BLOCK = 8
#: No area is thinner or narrower (points), nor larger than this share of the page.
LEAST_HEIGHT, LEAST_WIDTH, LARGEST = 7.0, 12.0, 0.6
#: Share of an area that is its ground.
FLAT = 0.5
#: Holes that print leaves in an area are no higher (points), notches at its edge no wider.
HOLE, NOTCH = 12.0, 8.0
#: Share of the step from ground to paper that a light rule must rise, and its least length across and down (points).
RISE, ACROSS, DOWN = 0.4, 24.0, 10.0
#: A light rule is no thicker (points), and one so near to the edge of its area is that edge.
THICK = 4.0
#: Where ground and paper differ by less than so many steps of 255, grains of paper are levelled out along a rule.
FAINT = 60
#: Rows whose edges differ by less (points) are of one rectangle; the median takes so much off its corners.
STEP = 6.0


def tinted(image: Gray, dpi: float) -> tuple[tuple[Box, ...], tuple[Stroke, ...]]:
    """Filled areas as rectangles in points, and the light rules between those that touch.

    Args:
        image: grey page, level.
        dpi: its resolution.
    """
    scale = LOOK_DPI / dpi
    half = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8)
    point = LOOK_DPI / 72
    even = _evened(half)
    ground = _ground(even, int(GROUND * point) | 1)
    fills: list[Box] = []
    rules: list[Stroke] = []
    for tone, mask in _tones(ground, point):
        for rectangle in _rectangles(mask, point):
            x, y, width, height = _grown(even, tone, rectangle, round(GROUND * point / 2))
            part = even[y : y + height, x : x + width]
            if float((np.abs(part.astype(np.int16) - tone) <= _near(tone)).mean()) < FLAT:
                continue  # the middle of large letters
            fills.append(Box(x / point, y / point, (x + width) / point, (y + height) / point))
            rules += _light_rules(part, tone, (x / point, y / point), point)
    return tuple(sorted(fills, key=lambda b: (b.top, b.x0))), tuple(rules)


def _evened(image: Gray) -> Gray:
    """The page with its paper at 255 everywhere: a plane laid through the brighter half of it."""
    small = cv2.resize(image, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA).astype(np.float32)
    ys, xs = np.indices(small.shape, dtype=np.float32)
    terms = np.stack([np.ones_like(small), xs, ys], axis=-1)
    kept = small >= np.percentile(small, 30)
    plane = small
    for _ in range(3):
        weights, *_ = np.linalg.lstsq(terms[kept], small[kept], rcond=None)
        plane = terms @ weights
        kept = small > 0.985 * plane
        if kept.sum() < 100:
            break
    paper = cv2.resize(np.maximum(plane, 1.0), image.shape[::-1], interpolation=cv2.INTER_LINEAR)
    share = cv2.divide(image.astype(np.float32), paper, scale=255.0)
    return np.minimum(share, 255.0).astype(np.uint8)


def _ground(image: Gray, side: int) -> Gray:
    """The median of the square around each pixel where it is a tint, 255 elsewhere.

    It is one where half of the square is as dark: that is counted in a tenth of the time that the median takes.
    """
    dark = (image <= LIGHTEST).astype(np.uint8)
    held = cv2.boxFilter(dark, cv2.CV_16U, (side, side), normalize=False, borderType=cv2.BORDER_REPLICATE)
    tints = (held > side * side // 2).astype(np.uint8)
    ground = np.full_like(image, 255)
    for top, bottom, left, right in _parts(tints, side):
        place = np.s_[top:bottom, left:right]
        median = cv2.medianBlur(image[place], side)
        ground[place] = np.where(tints[place] > 0, median, 255)
    return ground


def _parts(mask: Gray, reach: int) -> list[tuple[int, int, int, int]]:
    """Parts of an image (top, bottom, left, right) that hold all that is not 0, with at least ``reach`` pixels around it."""
    height, width = mask.shape
    fenced = cv2.copyMakeBorder(
        mask * 255, 0, -height % BLOCK, 0, -width % BLOCK, cv2.BORDER_CONSTANT, value=0
    )
    size = fenced.shape[1] // BLOCK, fenced.shape[0] // BLOCK
    blocks = (cv2.resize(fenced, size, interpolation=cv2.INTER_AREA) > 0).astype(np.uint8)
    held = cv2.dilate(blocks, np.ones((2 * -(-reach // BLOCK) + 1,) * 2, np.uint8))
    while True:
        boxes = boxes_of(held).tolist()
        full = np.zeros_like(blocks)
        for x, y, wide, high in boxes:
            full[y : y + high, x : x + wide] = 1
        if np.array_equal(full, held):
            break
        held = full  # boxes that overlap are one part
    return [
        (BLOCK * y, min(BLOCK * (y + high), height), BLOCK * x, min(BLOCK * (x + wide), width))
        for x, y, wide, high in boxes
    ]


def _tones(ground: Gray, point: float) -> Iterator[tuple[int, Gray]]:
    """The tones of filled areas, the commonest first, each with where it is."""
    counts = cv2.calcHist([ground], [0], None, [256], [0, 256]).ravel().astype(np.float64)
    counts[LIGHTEST + 1 :] = 0
    least = LEAST_HEIGHT * LEAST_WIDTH * point**2
    while True:
        near = np.convolve(counts, np.ones(2 * ALIKE + 1), mode="same")
        tone = int(near.argmax())
        if near[tone] < least:
            return
        low, high = max(tone - _near(tone), 0), min(tone + _near(tone), LIGHTEST)
        counts[low : high + 1] = 0
        yield tone, ((ground >= low) & (ground <= high)).astype(np.uint8)


def _near(tone: int) -> int:
    return max(ALIKE, round(NEAR * (255 - tone)))


def _rectangles(mask: Gray, point: float) -> Iterator[tuple[int, int, int, int]]:
    """The areas of one tone as rectangles (x, y, width, height in pixels), holes of print filled."""
    for top, bottom, left, right in _parts(mask, round((HOLE + NOTCH) * point)):
        for x, y, width, height in _solid_areas(mask[top:bottom, left:right], point, LARGEST * mask.size):
            yield left + x, top + y, width, height


def _solid_areas(mask: Gray, point: float, largest: float) -> Iterator[tuple[int, int, int, int]]:
    thick = np.ones((round(LEAST_HEIGHT * point * 0.6),) * 2, np.uint8)
    solid = cv2.morphologyEx(_without_holes(mask, point), cv2.MORPH_OPEN, thick)
    areas = components(solid, connectivity=4)
    for label, (x, y, width, height) in enumerate(areas.boxes.tolist()):
        if not label or width * height > largest:
            continue
        mine = areas.alone(label)
        for left, top, right, bottom in _steps(mine, point):
            if bottom - top >= LEAST_HEIGHT * point and right - left >= LEAST_WIDTH * point:
                yield x + left, y + top, right - left, bottom - top


def _grown(
    image: Gray, tone: int, rectangle: tuple[int, int, int, int], reach: int
) -> tuple[int, int, int, int]:
    """A rectangle grown by the rows and columns at its edges that are mostly of its tone.

    Letters that stand at the edge of an area take its ground away from the median, no farther than this reaches.
    """
    x, y, width, height = rectangle
    edges = [y, x, y + height, x + width]
    for side in range(4):
        step = -1 if side < 2 else 1
        for _ in range(reach):
            at = edges[side] + (step if side < 2 else 0)
            if not 0 <= at < image.shape[side % 2]:
                break
            top, left, bottom, right = edges
            line = image[at, left:right] if side % 2 == 0 else image[top:bottom, at]
            if abs(float(np.median(line)) - tone) > _near(tone):
                break
            edges[side] += step
    top, left, bottom, right = edges
    return left, top, right - left, bottom - top


def _without_holes(mask: Gray, point: float) -> Gray:
    holes = components(1 - mask, connectivity=4)
    out = mask | holes.drawn(holes.boxes[:, 3] <= HOLE * point) // 255
    side = np.ones((round(NOTCH * point),) * 2, np.uint8)
    return np.asarray(cv2.morphologyEx(out, cv2.MORPH_CLOSE, side), np.uint8)


def _steps(mine: NDArray[np.bool_], point: float) -> Iterator[tuple[int, int, int, int]]:
    """Rectangles (left, top, right, bottom) of a shape with steps: rows whose runs have the same edges, together."""
    held: list[list[int]] = []
    rows, edges = np.nonzero(np.diff(np.pad(mine.astype(np.int8), ((0, 0), (1, 1))), axis=1))
    pairs = edges.reshape(-1, 2).tolist()
    firsts = np.searchsorted(rows[::2], np.arange(mine.shape[0] + 1)).tolist()
    for row, (first, beyond) in enumerate(itertools.pairwise(firsts)):
        runs = pairs[first:beyond]
        going = []
        for left, right in runs:
            home = next(
                (h for h in held if h[3] == row and max(abs(h[0] - left), abs(h[2] - right)) <= STEP * point),
                None,
            )
            if home is None:
                going.append([left, row, right, row + 1])
            else:
                home[:] = [min(home[0], left), home[1], max(home[2], right), row + 1]
        held += going
    yield from ((left, top, right, bottom) for left, top, right, bottom in held)


def _light_rules(part: Gray, tone: int, corner: tuple[float, float], point: float) -> list[Stroke]:
    """Rules as light as the paper across or down an area, with the edges of the area if there are any."""
    height, width = (side / point for side in part.shape)
    frame = [
        *(Stroke(box=Box(0.0, y, width, y), horizontal=True) for y in (0.0, height)),
        *(Stroke(box=Box(x, 0.0, x, height), horizontal=False) for x in (0.0, width)),
    ]
    found = [
        *_lines(part, tone, point, ACROSS, horizontal=True),
        *_lines(part.T, tone, point, DOWN, horizontal=False),
    ]
    # Letters of a line of light print may run together; what parts cells goes from rule to rule.
    for _ in range(2):
        found = [s for s in found if _parts_cells(s, [*frame, *found])]
    left, upper = corner
    return [
        replace(s, box=Box(s.box.x0 + left, s.box.top + upper, s.box.x1 + left, s.box.bottom + upper))
        for s in (*frame, *found)
        if found
    ]


def _lines(part: Gray, tone: int, point: float, least: float, *, horizontal: bool) -> list[Stroke]:
    """Light lines along the rows of an area (of its transpose when they are upright), not at its edges."""
    grains = 9 if 255 - tone < FAINT else 1
    light = cv2.blur(np.ascontiguousarray(part), (grains, 1)) > tone + RISE * (255 - tone)
    lines = cv2.morphologyEx(
        light.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, round(least * point)), np.uint8)
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    found = []
    for label in range(1, count):
        start, top, long, thick = (float(v) / point for v in stats[label][:4])
        at = top + thick / 2
        if thick <= THICK < at < part.shape[0] / point - THICK:
            box = Box(start, at, start + long, at) if horizontal else Box(at, start, at, start + long)
            found.append(Stroke(box=box, horizontal=horizontal))
    return found


def _parts_cells(rule: Stroke, rules: Sequence[Stroke]) -> bool:
    """Whether a rule ends at others that cross it."""
    box, reach = rule.box, THICK
    for x, y in ((box.x0, box.top), (box.x1, box.bottom)):
        if not any(r.horizontal is not rule.horizontal and r.box.grown(reach).holds(x, y) for r in rules):
            return False
    return True
