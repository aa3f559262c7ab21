"""Ruled tables in which no rule parts the rows: cells hold the figures of several, level with each other and their labels."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.model.page import Word
from pipeline.model.place import Box
from pipeline.readings.alignment.spans import shared
from pipeline.readings.grids.grid import Filled, Slot
from pipeline.readings.marks import is_figure

#: Figures are level, and a label's middle is at its row, within so many font sizes.
LEVEL, BESIDE = 0.5, 0.4
#: Cost, in font sizes, of a line of a label that goes with no row.
LEFT_OUT = 4.0
#: What is farther from every row than this share of the way between rows, and from other lines than that, has a row itself.
OFF_ROW, OWN_ROW = 0.6, 0.85
#: No page has so many rows.
MOST_ROWS = 300
#: Lines stand equally far apart within so many font sizes.
EVEN = 0.2
_ARABIC, _LATIN = regex.compile(r"\p{Script=Arabic}"), regex.compile(r"\p{Script=Latin}")
_SHARE = regex.compile(r"^\(.*\)$|[%٪]$|^[%٪]")


@dataclass(frozen=True, slots=True)
class Height:
    """What stands at one height in a cell; ``y`` is its middle, in points from the top."""

    lines: tuple[list[Word], ...]
    box: Box
    size: float

    @property
    def y(self) -> float:
        """Its middle, in points from the top."""
        return self.box.centre[1]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for line in self.lines for word in line)


#: Columns with what their cell of one row of a grid holds, from the top.
Band = Mapping[int, Sequence[Height]]
#: What a cell holds, by the rows (first, one after the last) of those that its row of the grid is made of.
Parts = dict[tuple[int, int], list[list[Word]]]


def unparted(filled: Filled) -> Filled:
    """A grid with a row for each figure of cells that hold several under each other, where labels beside tell them apart.

    Cells with a number and its share below stay whole, and so do those beside a label that has fewer lines than they.
    """
    grid = filled.grid
    found: dict[int, tuple[list[float], dict[int, Parts]]] = {}
    bands: dict[int, dict[int, list[Height]]] = {}
    for slot in grid.slots:
        if slot.row_span == 1:
            heights = _heights(filled.lines.get((slot.row, slot.column), ()))
            bands.setdefault(slot.row, {})[slot.column] = heights
    for r, band in bands.items():
        levels = _levels(band)
        parts = _parts(band, levels) if levels else None
        if parts is not None:
            found[r] = levels, parts
    if not found:
        return filled
    counts = (len(found[r][0]) if r in found else 1 for r in range(grid.rows))
    start = list(itertools.accumulate(counts, initial=0))
    slots: list[Slot] = []
    lines: dict[tuple[int, int], list[list[Word]]] = {}
    for slot in grid.slots:
        first, end = start[slot.row], start[slot.row + slot.row_span]
        held = filled.lines.get((slot.row, slot.column), [])
        parts_of = {(0, end - first): held}
        if slot.row in found and slot.row_span == 1:
            parts_of = found[slot.row][1][slot.column]
        edges = _edges(slot.box, found[slot.row][0]) if slot.row in found else []
        for (a, b), texts in parts_of.items():
            box = replace(slot.box, top=edges[a], bottom=edges[b]) if len(parts_of) > 1 else slot.box
            slots.append(Slot(first + a, slot.column, b - a, slot.column_span, box))
            if texts:
                lines[first + a, slot.column] = texts
    filled.grid = replace(grid, rows=start[-1], slots=tuple(sorted(slots, key=lambda s: (s.row, s.column))))
    filled.lines = lines
    filled.doubtful = [(start[r], c) for r, c in filled.doubtful]
    filled.doubtful += [(start[r] + i, c) for r, (_, parts) in found.items() for c, i in _alone_amid(parts)]
    return filled


def _alone_amid(parts: Mapping[int, Parts]) -> Iterator[tuple[int, int]]:
    """Columns with one figure, beside the middle one of three rows or more, and that row: it may be of all of them."""
    for column, cells in parts.items():
        held = [rows for rows, lines in cells.items() if lines]
        amid = len(held) == 1 and len(cells) > 2 and 2 * held[0][0] + 1 == len(cells)
        if amid and is_figure(" ".join(word.text for line in cells[held[0]] for word in line)):
            yield column, held[0][0]


def _heights(lines: Sequence[list[Word]]) -> list[Height]:
    """The lines of a cell from the top, those of one height together."""
    rows: list[list[list[Word]]] = []
    for line in sorted(lines, key=_middle):
        if rows and _middle(line) - _middle(rows[-1][0]) < LEVEL * line[0].size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [
        Height(tuple(row), Box.around(w.box for line in row for w in line), row[0][0].size) for row in rows
    ]


def _middle(line: Sequence[Word]) -> float:
    return Box.around(word.box for word in line).centre[1]


def _levels(band: Band) -> list[float]:
    """Heights of the rows of a band, those of titles without figures among them; none where it is one row."""
    figures = [held for held in band.values() if held and all(is_figure(one.text) for one in held)]
    several = [held for held in figures if len(held) > 1]
    if not several or 2 * len(several) < len(figures):
        return []
    size = several[0][0].size
    rows: list[list[Height]] = []
    for one in sorted((one for held in figures for one in held), key=lambda one: one.y):
        if rows and one.y - rows[-1][0].y < LEVEL * size:
            rows[-1].append(one)
        else:
            rows.append([one])
    shares = [all(_SHARE.search(one.text) for one in row) for row in rows]
    if any(shares) and all(share == (i % 2 == 1) for i, share in enumerate(shares)):
        return []
    levels = [sum(one.y for one in row) / len(row) for row in rows]
    pitch = min((b - a for a, b in itertools.pairwise(levels)), default=0.0)
    if pitch < size or len(levels) > MOST_ROWS or any(_crowded(held, levels, size) for held in figures):
        return []
    labels = [held for held in band.values() if held and not any(held is one for one in figures)]
    return sorted([*levels, *(y for held in labels for y in _titles(held, levels, pitch))])


def _crowded(held: Sequence[Height], levels: Sequence[float], size: float) -> bool:
    """Whether two figures of a cell stand at one row."""
    rows = [min(range(len(levels)), key=lambda i: abs(levels[i] - one.y)) for one in held]
    return len(set(rows)) < len(rows)


def _titles(held: Sequence[Height], levels: Sequence[float], pitch: float) -> list[float]:
    """Lines of a stub that stand beside no figure and as far from its other lines as rows do."""
    return [
        one.y
        for one in held
        if all(abs(one.y - y) > OFF_ROW * pitch for y in levels)
        and all(abs(one.y - other.y) > OWN_ROW * pitch for other in held if other is not one)
    ]


def _parts(band: Band, levels: Sequence[float]) -> dict[int, Parts] | None:
    """What each cell of a band holds row by row; ``None`` where no stub names every row by itself."""
    out: dict[int, Parts] = {}
    named = False
    for column, held in band.items():
        if not held:
            out[column] = {(i, i + 1): [] for i in range(len(levels))}
            continue
        if all(is_figure(one.text) for one in held):
            out[column] = _nearest(held, levels)
        elif (runs := _runs(held, levels)) is not None:
            named = named or not _in_turns(held)
            out[column] = {(i, i + 1): _joined(held[a:b]) for i, (a, b) in enumerate(runs)}
        elif _is_one(held, levels):
            out[column] = {(0, len(levels)): _joined(held)}
        else:
            return None
    return out if named else None


def _runs(held: Sequence[Height], levels: Sequence[float]) -> list[tuple[int, int]] | None:
    """The lines of a stub that each row has, if each has some and stands at their middle, or at the first or last of them."""
    size = held[0].size
    runs, cost = shared(levels, [(one.box.top, one.box.bottom) for one in held], LEFT_OUT * size)
    if runs and cost <= BESIDE * size * len(levels) and _close(runs, held):
        return runs
    beside = [[i for i, one in enumerate(held) if abs(one.y - y) < BESIDE * size] for y in levels]
    if any(len(found) != 1 for found in beside):
        return None
    at = [found[0] for found in beside]
    ways = [[*at, len(held)], [0, *(i + 1 for i in at)]]
    whole = [runs for way in ways if (runs := list(itertools.pairwise(way)))[0][0] == 0 and way[-1] == len(held)]
    return next((runs for runs in whole if _close(runs, held)), None)


def _close(runs: Sequence[tuple[int, int]], held: Sequence[Height]) -> bool:
    """Whether the lines of each row stand no farther apart than they stand from those of other rows."""
    gaps = [b.y - a.y for a, b in itertools.pairwise(held)]
    ends = {b - 1 for _, b in runs}
    within = [gap for i, gap in enumerate(gaps) if i not in ends]
    between = [gap for i, gap in enumerate(gaps) if i in ends]
    return max(within, default=0.0) <= min(between, default=0.0) + EVEN * held[0].size or not within


def _in_turns(held: Sequence[Height]) -> bool:
    """Whether lines are Arabic and not in turns: each two may be one label in two languages."""
    kinds = [(bool(_ARABIC.search(one.text)), bool(_LATIN.search(one.text))) for one in held]
    return len(held) % 2 == 0 and all(a != b and sum(a) == sum(b) == 1 for a, b in itertools.pairwise(kinds))


def _is_one(held: Sequence[Height], levels: Sequence[float]) -> bool:
    """Whether a stub holds one label for all rows: fewer lines than rows, as close as lines of one text are."""
    pitch = min(b - a for a, b in itertools.pairwise(levels))
    close = all(b.y - a.y < OWN_ROW * pitch for a, b in itertools.pairwise(held))
    return len(held) < len(levels) and (close or len(held) == 1)


def _nearest(held: Sequence[Height], levels: Sequence[float]) -> Parts:
    out: Parts = {(i, i + 1): [] for i in range(len(levels))}
    for one in held:
        i = min(range(len(levels)), key=lambda i: abs(levels[i] - one.y))
        out[i, i + 1] += one.lines
    return out


def _joined(held: Sequence[Height]) -> list[list[Word]]:
    return [line for one in held for line in one.lines]


def _edges(box: Box, levels: Sequence[float]) -> list[float]:
    """Heights between the rows of a band."""
    return [box.top, *((a + b) / 2 for a, b in itertools.pairwise(levels)), box.bottom]
