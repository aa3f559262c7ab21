"""Figures that stand for several rows at once: set in the middle of the rows of a group, or between two rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.readings.pieces import Piece, overlap

#: A figure this share of the pitch off every row stands between two.
BETWEEN = 0.3
#: It stands in the middle of a group when no farther off it than this share of the pitch.
MIDDLE = 0.25
#: Rows around a figure between them stand no farther apart than so many pitches.
ONE_PITCH = 1.25
#: So many groups with one figure each, in their middle, are no chance.
SURE = 2
Run = tuple[int, int]
Extent = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Span:
    """Rows (first, one after the last) that a figure stands for; ``doubtful`` when it may be others."""

    rows: Run
    doubtful: bool = False


def between_rows(rows: Sequence[Sequence[Piece]], size: float) -> list[int]:
    """Rows of figures that are none: each of their figures stands midway between two rows that have none in its column.

    Args:
        rows: figures by height, from the top.
        size: font size.
    """
    levels = [sum(p.y for p in row) / len(row) for row in rows]
    found: list[int] = []
    for i in range(1, len(rows) - 1):
        midway = abs(levels[i] - (levels[i - 1] + levels[i + 1]) / 2) < 0.2 * size
        beside = [(p.box.x0, p.box.x1) for p in (*rows[i - 1], *rows[i + 1])]
        own = all(overlap((p.box.x0, p.box.x1), e) <= 0 for p in rows[i] for e in beside)
        if midway and own and i - 1 not in found:
            found.append(i)
    kept = [y for i, y in enumerate(levels) if i not in found]
    pitch = min((b - a for a, b in itertools.pairwise(kept)), default=0.0)
    return [i for i in found if levels[i + 1] - levels[i - 1] <= ONE_PITCH * pitch]


def shared_spans(
    heights: Sequence[float],
    levels: Sequence[float],
    groups: Sequence[Run],
    parted: Sequence[bool | None],
) -> list[Span]:
    """The rows that each figure of one column stands for.

    Args:
        heights: middles of the figures, from the top.
        levels: middles of the rows.
        groups: runs of rows under one label; none where the stub has no groups.
        parted: for each two neighbouring rows whether a rule runs between them under this column;
            ``None`` where none runs under any.
    """
    nearest = [min(range(len(levels)), key=lambda i: abs(levels[i] - y)) for y in heights]
    single = [Span((i, i + 1)) for i in nearest]
    pitch = min((b - a for a, b in itertools.pairwise(levels)), default=0.0)
    if not pitch or len(set(nearest)) == len(levels):
        return single
    if False in parted:
        return _by_rules(heights, levels, single, parted, pitch)
    off = [abs(levels[i] - y) > BETWEEN * pitch for i, y in zip(nearest, heights, strict=True)]
    homes = [_group_of(y, heights, levels, groups, pitch) for y in heights]
    wide = [run for run in homes if run is not None]
    around = [_around(i, y, levels) for i, y in zip(nearest, heights, strict=True)]
    if any(off) or len(wide) >= SURE:
        sure = _consistent(heights, levels, groups, wide)
        return [
            Span(home, doubtful=not sure and not between)
            if home is not None and (sure or between)
            else Span(about, doubtful=True)
            if between
            else Span(one.rows, doubtful=home is not None)
            for home, between, about, one in zip(homes, off, around, single, strict=True)
        ]
    if all(side is None for side in parted) and (wide or _tiled(nearest, len(levels))):
        lone = [home is not None or not wide for home in homes]
        return [Span(one.rows, doubtful=alone) for one, alone in zip(single, lone, strict=True)]
    return single


def _by_rules(
    heights: Sequence[float],
    levels: Sequence[float],
    single: Sequence[Span],
    parted: Sequence[bool | None],
    pitch: float,
) -> list[Span]:
    """Each figure over the rows that no rule parts under its column while rules part them beside it."""
    starts = [0, *(i + 1 for i, side in enumerate(parted) if side is not False), len(levels)]
    runs = list(itertools.pairwise(starts))
    spans = []
    for y, one in zip(heights, single, strict=True):
        run = next(run for run in runs if run[0] <= one.rows[0] < run[1])
        inside = sum(levels[run[0]] - pitch / 2 < other < levels[run[1] - 1] + pitch / 2 for other in heights)
        middle = abs(y - _middle(run, levels)) < MIDDLE * pitch
        spans.append(Span(run) if middle and inside == 1 else one)
    return spans


def _middle(run: Run, levels: Sequence[float]) -> float:
    return (levels[run[0]] + levels[run[1] - 1]) / 2


def _around(nearest: int, y: float, levels: Sequence[float]) -> Run:
    """The two rows around a height."""
    first = nearest if levels[nearest] <= y else nearest - 1
    first = min(max(first, 0), len(levels) - 2)
    return first, first + 2


def _group_of(
    y: float, heights: Sequence[float], levels: Sequence[float], groups: Sequence[Run], pitch: float
) -> Run | None:
    """The group of several rows in whose middle a figure stands alone."""
    for run in groups:
        top, bottom = levels[run[0]] - pitch / 2, levels[run[1] - 1] + pitch / 2
        alone = sum(top < other < bottom for other in heights) == 1
        if run[1] - run[0] > 1 and alone and abs(y - _middle(run, levels)) < MIDDLE * pitch:
            return run
    return None


def _consistent(
    heights: Sequence[float], levels: Sequence[float], groups: Sequence[Run], wide: Sequence[Run]
) -> bool:
    """Whether no group of several rows holds figures in any other way."""
    others = [run for run in groups if run[1] - run[0] > 1 and run not in wide]
    return len(wide) > 0 and not any(
        levels[run[0]] - 1 < y < levels[run[1] - 1] + 1 for run in others for y in heights
    )


def _tiled(rows: Sequence[int], count: int) -> bool:
    """Whether figures on rows could stand each in the middle of several, a last one may be of a total."""
    ends = (count, count - 1) if rows and rows[-1] == count - 1 else (count,)
    for end in ends:
        start, wide = 0, True
        for row in (r for r in rows if r < end):
            wide = wide and row > start
            start = 2 * row - start + 1
        if wide and start == end > 1:
            return True
    return False
