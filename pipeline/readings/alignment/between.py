"""Lines between the rows of a body that belong to none of them: titles of the rows below, rows without figures."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.model.place import Box
from pipeline.readings.alignment.bands import same_band
from pipeline.readings.pieces import Piece, merged, overlap

#: A line between two rows stands at least this share of their pitch away from either, with this share of the white
#: that parts rows above and below it.
OFF_ROWS, WHITE = 0.75, 0.45
#: … and at least so many font sizes of it: the lines of one label stand nearer.
LEAST_WHITE = 0.25
#: Titles of one table are set to one edge or middle, within so many points.
FLUSH = 3.0
#: What reaches into a column by no more than so many points stands beside it.
TOUCH = 2.0
#: White between two lines may be so many times that between the lines of others.
MORE = 1.08
#: The first title stands at most so many pitches above the first row.
FIRST_REACH = 2.2


@dataclass(frozen=True, slots=True)
class Between:
    """Pieces of one row without figures; ``across`` when they reach into columns of figures.

    ``off`` is how far the labels of the body stand off the figures of their rows.
    """

    pieces: tuple[Piece, ...]
    across: bool
    off: float = 0.0

    @property
    def level(self) -> float:
        """Where figures of its row would stand."""
        return self.y - self.off

    @property
    def y(self) -> float:
        """Its middle from the top."""
        return (self.top + self.bottom) / 2

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(p.box.top for p in self.pieces)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(p.box.bottom for p in self.pieces)

    @property
    def marks(self) -> tuple[float, float, float]:
        """Left edge, middle, right edge."""
        left, right = min(p.box.x0 for p in self.pieces), max(p.box.x1 for p in self.pieces)
        return left, (left + right) / 2, right

    def flush(self, other: Between) -> bool:
        """Whether two are set to one edge or middle."""
        return any(abs(a - b) < FLUSH for a, b in zip(self.marks, other.marks, strict=True))


def between(
    texts: Sequence[Piece],
    figures: Sequence[Piece],
    levels: Sequence[float],
    size: float,
    rules: Sequence[Box] = (),
) -> list[Between]:
    """Rows without figures between the first and the last row of a body.

    Args:
        texts: what stands beside and between the figures.
        figures: the figures of the body.
        levels: heights of its rows.
        size: its font size.
        rules: the horizontal rules of the page, where they part its rows.
    """
    pitch = min((b - a for a, b in itertools.pairwise(levels)), default=0.0)
    columns = merged([(p.box.x0, p.box.x1) for p in figures])
    off = _off(texts, levels, (columns[0][0], columns[-1][1]), pitch)
    found = []
    inside = [p for p in texts if levels[0] < p.y < levels[-1]]
    for one in _blocks(inside, max(0.3 * size, _leading(texts, levels, off)), columns, off, rules):
        apart = any(all(abs(one.y - by - y) >= OFF_ROWS * pitch for y in levels) for by in (0.0, off))
        others = [p for p in (*texts, *figures) if p not in one.pieces]
        height = max(p.box.height for p in one.pieces)
        one = replace(one, across=one.across or _amid(one, others))
        if apart and _white(one, others) >= max(WHITE * (pitch - height), LEAST_WHITE * size):
            found.append(one)
    return found


def _amid(one: Between, others: Sequence[Piece]) -> bool:
    """Whether a row without figures stands in the white between the columns of figures and labels.

    It may reach over labels that are set to another edge and middle than it.
    """
    left, middle, right = one.marks
    heights = sorted(p.y for p in others if p.figure)
    level = [p for p in others if p.figure or _near(p.y, heights, p.line.size)]
    inside = min(p.box.x1 for p in level) < middle < max(p.box.x0 for p in level)
    over = [p for p in level if overlap((p.box.x0, p.box.x1), (left, right)) > TOUCH]
    own = not any(one.flush(Between((p,), across=False)) for p in level)
    return inside and not any(p.figure for p in over) and (own or not over)


def _near(y: float, heights: Sequence[float], within: float) -> bool:
    """Whether one of several heights, sorted, is nearer than so much."""
    at = bisect.bisect_right(heights, y - within)
    return at < len(heights) and heights[at] < y + within


def below_rows(texts: Sequence[Piece], figures: Sequence[Piece], levels: Sequence[float]) -> list[Piece]:
    """Lines under the last row that reach into columns of figures: the source or notes in a last row of their own."""
    pitch = min((b - a for a, b in itertools.pairwise(levels)), default=0.0)
    columns = merged([(p.box.x0, p.box.x1) for p in figures])
    return [
        p
        for p in texts
        if pitch
        and p.y - levels[-1] > OFF_ROWS * pitch
        and any(overlap((p.box.x0, p.box.x1), c) > TOUCH for c in columns)
    ]


def first_title(
    above: Sequence[Piece],
    titles: Sequence[Between],
    level: float,
    pitch: float,
    size: float,
    rules: Sequence[Box] = (),
) -> Between | None:
    """The row without figures right above the first row of a body: one set like those between its rows."""
    if not titles:
        return None
    near = [p for p in above if level - FIRST_REACH * pitch < p.y < level - 0.5 * pitch and not p.figure]
    lines = max(len(t.pieces) for t in titles)
    white = (
        max([0.3 * size, *(MORE * w for t in titles for w in _whites(t.pieces))]) if lines > 1 else 0.3 * size
    )
    for one in reversed(_blocks(near, white, (), 0.0, rules)):
        if any(one.flush(t) and len(one.pieces) == len(t.pieces) for t in titles):
            like = next(t for t in titles if one.flush(t))
            return Between(one.pieces, like.across, like.off)
    return None


def _off(texts: Sequence[Piece], levels: Sequence[float], span: tuple[float, float], pitch: float) -> float:
    """How far labels stand off the figures of their rows, as most of them do."""
    off = [p.y - min(levels, key=lambda y: abs(y - p.y)) for p in texts if not span[0] < p.x < span[1]]
    return median([d for d in off if abs(d) < 0.5 * pitch] or [0.0])


def _leading(texts: Sequence[Piece], levels: Sequence[float], off: float) -> float:
    """Most white between the two lines of a label, where most rows have labels of two; else none."""
    homes: dict[int, list[Piece]] = {}
    for piece in sorted(texts, key=lambda p: p.y):
        row = min(range(len(levels)), key=lambda i: abs(levels[i] + off - piece.y))
        homes.setdefault(row, []).append(piece)
    pairs = [held for held in homes.values() if len(held) == 2 and abs(held[0].x - held[1].x) < FLUSH]
    return MORE * max(w for p in pairs for w in _whites(p)) if len(pairs) > 0.6 * len(levels) else 0.0


def _whites(lines: Sequence[Piece]) -> list[float]:
    return [b.box.top - a.box.bottom for a, b in itertools.pairwise(lines)]


def _blocks(
    pieces: Sequence[Piece],
    white: float,
    columns: Sequence[tuple[float, float]],
    off: float,
    rules: Sequence[Box],
) -> list[Between]:
    """Pieces of one height, and lines stacked closely or between the same rules, as one; from the top."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.y):
        last = rows[-1][-1] if rows else None
        level = last is not None and piece.y - last.y < 0.45 * piece.line.size
        near = last is not None and (
            piece.box.top - last.box.bottom < white or (rules and same_band(rules, last, piece))
        )
        stacked = near and last is not None and len(rows[-1]) == 1 and abs(piece.x - last.x) < FLUSH
        if rows and (level or stacked):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [
        Between(tuple(row), any(overlap((p.box.x0, p.box.x1), c) > TOUCH for p in row for c in columns), off)
        for row in rows
    ]


def _white(one: Between, others: Sequence[Piece]) -> float:
    """White above or below, to what stands over or under it."""
    left, _, right = one.marks
    near = [p for p in others if overlap((p.box.x0, p.box.x1), (left, right)) > 0]
    return min(
        (max(p.box.top - one.bottom, one.top - p.box.bottom) for p in near),
        default=1e6,
    )
