"""Numbers along the axes of charts: they say how high a bar would have to be, and count nothing.

They are told by what makes an axis one: values in equal steps at equal distances, nought among them, rising upwards or along
a line, and no words level with them. Rows of tables have labels.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.language.numerals import parse
from pipeline.model.page import Line, Page

#: So many numbers under each other, or beside each other, make an axis.
LEAST_UP, LEAST_ALONG = 3, 4
#: Distances differ by no more than this share of one, or so many points; edges of numbers under each other by as many.
UNEVEN, LEVEL = 0.15, 1.5
#: Words within so many font sizes of the height of a number are level with it.
BESIDE = 0.35
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")


class _Tick(NamedTuple):
    """A number of a line, its value, its middle from the left and from the top and its font size, in points."""

    line: int
    value: float
    x: float
    y: float
    size: float


def scale_lines(page: Page) -> frozenset[int]:
    """Indices of the lines of a page that hold nothing but numbers of an axis."""
    ticks: list[_Tick] = []
    edges: dict[tuple[str, int], list[_Tick]] = defaultdict(list)
    levels: dict[int, list[_Tick]] = defaultdict(list)
    for index, line in enumerate(page.lines):
        held = _ticks(index, line)
        ticks += held
        for tick in held:
            levels[round(tick.y / LEVEL)].append(tick)
        if len(held) == 1:
            for edge, at in (("left", line.box.x0), ("right", line.box.x1), ("middle", held[0].x)):
                edges[edge, round(at / LEVEL)].append(held[0])
    labels = sorted(line.box.centre[1] for line in page.lines if _LETTER.search(line.text))
    found: set[_Tick] = set()
    for (edge, at), column in edges.items():
        near = [*column, *edges.get((edge, at + 1), ())]
        for run in _even([(tick.y, tick) for tick in near], LEAST_UP, up=True):
            found.update(() if _labelled(run, labels) else run)
    for at, row in levels.items():
        near = [*row, *levels.get(at + 1, ())]
        for run in _even([(tick.x, tick) for tick in near], LEAST_ALONG, up=False):
            found.update(() if _labelled(run, labels) else run)
    mine = {tick.line for tick in found}
    return frozenset(mine - {tick.line for tick in ticks if tick not in found})


def _ticks(index: int, line: Line) -> list[_Tick]:
    """The numbers of a line that holds nothing else."""
    if not _DIGIT.search(line.text) or _LETTER.search(line.text):
        return []
    whole = parse(line.text) if len(line.words) > 1 and not line.text.startswith("0 ") else None
    if whole is not None:  # 24 000
        return [_Tick(index, float(whole.value), *line.box.centre, line.size)]
    held = []
    for word in line.words:
        number = parse(word.text)
        if number is None:
            if word.text.strip() != "%":
                return []
            continue
        held.append(_Tick(index, float(number.value), *word.box.centre, word.size))
    return held


def _labelled(run: Sequence[_Tick], labels: Sequence[float]) -> bool:
    """Whether words stand level with half of the numbers or more: rows of a table. ``labels`` are heights, from the top."""
    beside = 0
    for tick in run:
        at = bisect_left(labels, tick.y - BESIDE * tick.size)
        beside += at < len(labels) and labels[at] < tick.y + BESIDE * tick.size
    return 2 * beside >= len(run)


def _even(places: Sequence[tuple[float, _Tick]], least: int, *, up: bool) -> Iterator[list[_Tick]]:
    """Numbers in equal steps at equal distances, nought among them; those under each other rise upwards."""
    ordered = sorted(places)
    run: list[tuple[float, _Tick]] = []
    for place in [*ordered, None]:
        if place is not None and (len(run) < 2 or _goes_on(run, place)):
            run.append(place)
            continue
        if len(run) >= least and _is_scale([tick.value for _, tick in run], up=up):
            yield [tick for _, tick in run]
        run = [*run[-1:], place] if place is not None else []


def _goes_on(run: Sequence[tuple[float, _Tick]], place: tuple[float, _Tick]) -> bool:
    (first, a), (second, b) = run[-2:]
    gap, step = second - first, b.value - a.value
    even = abs(place[0] - second - gap) <= max(UNEVEN * gap, LEVEL)
    return even and abs(place[1].value - b.value - step) < 1e-9 * max(abs(step), 1.0)


def _is_scale(values: Sequence[float], *, up: bool) -> bool:
    step = values[1] - values[0]
    return 0.0 in values and (step < 0 if up else step != 0)
