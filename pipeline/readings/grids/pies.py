"""Pies whose slices print their values: each with its figure and the name that a legend gives to its colour, as rows.

A figure belongs to the slice in whose direction it stands; all of them do only where slices are as wide as values are large.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from pipeline.model.page import Page, Tint
from pipeline.model.place import Box
from pipeline.readings.grids.bars import value_of
from pipeline.readings.grids.grid import Filled, listed
from pipeline.readings.grids.legend import KEY, Colour, Named, legend_of
from pipeline.readings.pieces import Piece, pieces_of

#: A pie has so many slices, is so nearly as high as wide, and a page has no more areas that may be some.
LEAST, MOST, ROUND, AREAS = 2, 12, 0.06, 200
#: Slices meet within so many points; figures stand no farther outside, as a share of the width.
MEET, OUTSIDE = 1.0, 0.3
#: The directions of two slices differ by what their values tell, within so many degrees.
EVEN = 9.0


def pie_tables(page: Page) -> list[Filled]:
    """Pies of a page whose slices all have a figure and a name of their own, as tables of two columns."""
    pies = _pies(page.tints)
    pieces = pieces_of(page, []) if pies else []
    return [table for slices in pies for table in [_table(page, slices, pieces)] if table is not None]


def _pies(tints: Sequence[Tint]) -> list[list[Tint]]:
    """Areas of different colours, each of which has a key, that meet in one point in the middle of all."""
    keyed = {t.colour for t in tints if max(t.box.width, t.box.height) <= KEY}
    areas = [t for t in tints if t.colour in keyed and max(t.box.width, t.box.height) > KEY]
    groups: list[tuple[list[Tint], Box]] = []
    for area in areas if len(areas) <= AREAS else ():
        box = area.box.grown(MEET)
        for i, (held, meeting) in enumerate(groups):
            shared = _shared(meeting, box)
            if shared is not None and all(other.colour != area.colour for other in held):
                groups[i] = ([*held, area], shared)
                break
        else:
            groups.append(([area], box))
    return [held for held, meeting in groups if LEAST <= len(held) <= MOST and _is_round(held, meeting)]


def _shared(one: Box, other: Box) -> Box | None:
    x0, top, x1, bottom = (
        max(one.x0, other.x0),
        max(one.top, other.top),
        min(one.x1, other.x1),
        min(one.bottom, other.bottom),
    )
    return Box(x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


def _is_round(slices: Sequence[Tint], meeting: Box) -> bool:
    whole = Box.around(s.box for s in slices)
    even = abs(whole.width - whole.height) < ROUND * max(whole.width, whole.height)
    return even and meeting.grown(MEET).holds(*whole.centre)


def _table(page: Page, slices: Sequence[Tint], pieces: Sequence[Piece]) -> Filled | None:
    whole = Box.around(s.box for s in slices)
    inside = [p for p in pieces if p.figure and whole.holds(p.x, p.y)]
    near = [p for p in pieces if p.figure and whole.grown(OUTSIDE * whole.width).holds(p.x, p.y)]
    figures = next((held for held in (inside, near) if len(held) == len(slices)), [])
    ordered = _ordered(slices, figures, whole.centre) if figures else None
    names = legend_of(page, {s.colour for s in slices}, whole) if ordered else None
    return _filled(ordered, names, whole) if ordered and names else None


def _ordered(
    slices: Sequence[Tint], figures: Sequence[Piece], centre: tuple[float, float]
) -> list[tuple[Tint, Piece]] | None:
    """Slices with their figures, clockwise; none where directions and values do not agree."""
    turns = sorted(((_turn(s.middle, centre), s) for s in slices), key=lambda t: t[0])
    told = sorted(((_turn((p.x, p.y), centre), p) for p in figures), key=lambda t: t[0])
    values = [float(v) for _, p in told if (v := value_of(p)) is not None and v > 0]
    if len(values) < len(slices):
        return None
    for shift in range(len(slices)):
        pairs = [(turn, s, *told[(i + shift) % len(told)]) for i, (turn, s) in enumerate(turns)]
        share = [360 * values[(i + shift) % len(told)] / sum(values) for i in range(len(told))]
        near = all(abs(_between(turn, at)) < share[i] / 2 + EVEN for i, (turn, _, at, _) in enumerate(pairs))
        steps = [_between(a[0], b[0]) % 360 for a, b in itertools.pairwise([*pairs, pairs[0]])]
        wanted = [(a + b) / 2 for a, b in itertools.pairwise([*share, share[0]])]
        if near and all(abs(_between(a, b)) < EVEN for a, b in zip(steps, wanted, strict=True)):
            return [(s, p) for _, s, _, p in pairs]
    return None


def _turn(point: tuple[float, float], centre: tuple[float, float]) -> float:
    """Degrees clockwise from the top."""
    return math.degrees(math.atan2(point[0] - centre[0], centre[1] - point[1])) % 360


def _between(one: float, other: float) -> float:
    """Degrees from one direction to another, the shorter way."""
    return (other - one + 180) % 360 - 180


def _filled(ordered: Sequence[tuple[Tint, Piece]], names: dict[Colour, Named], whole: Box) -> Filled:
    told = [(names[s.colour], p) for s, p in ordered]
    box = Box.around([whole, *(p.box for _, p in told), *(name.box for name, _ in told)])
    filled = listed(whole, box, [(name.lines, [figure.line.words]) for name, figure in told])
    filled.used = sorted({*(i for name, _ in told for i in name.used), *(p.index for _, p in told)})
    return filled
