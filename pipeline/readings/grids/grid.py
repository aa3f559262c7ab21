"""Grids: where the cells of a table are, from drawn rules or from boxes, and how well a grid accounts for words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.model.page import Line, Stroke, Word
from pipeline.model.place import Box
from pipeline.readings.grids.outlines import outlines
from pipeline.readings.marks import cut_out, is_figure, without_raised

Lines = Sequence[Sequence[Word]]

#: Rules closer than this are one rule (points); double rules are wider apart than a line is thick.
SNAP = 3.5
#: Share of a cell's side that must be ruled to part it from its neighbour.
RULED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of a grid, spans included; rows and columns count from the top left as seen."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of one table; ``method`` says what they were made of."""

    box: Box
    rows: int
    columns: int
    slots: tuple[Slot, ...]
    method: str


@dataclass(slots=True)
class Filled:
    """A grid with the words of each slot, in reading order by lines."""

    grid: Grid
    lines: dict[tuple[int, int], list[list[Word]]] = field(default_factory=dict)
    used: list[int] = field(default_factory=list)  # indices of the page's lines that lie inside
    lost: list[Word] = field(default_factory=list)  # words inside the grid that stand in none of its slots
    doubtful: list[tuple[int, int]] = field(default_factory=list)  # slots that may cover other rows
    unsure_heads: list[str] = field(default_factory=list)  # heads that may stand over other columns
    maybe_head: str = ""  # what was taken for the title and may be a head over columns
    score: float = 0.0

    def text(self, row: int, column: int) -> str:
        """Text of a slot, its lines joined by a line feed."""
        return "\n".join(" ".join(word.text for word in line) for line in self.lines.get((row, column), ()))

    def words(self, row: int, column: int) -> list[Word]:
        """Words of a slot."""
        return [word for line in self.lines.get((row, column), ()) for word in line]


def grids_from_strokes(strokes: Sequence[Stroke], fills: Sequence[Box] = ()) -> list[Grid]:
    """Grids of the ruled tables of a page.

    Rules that touch form one component; every component with at least two rules each way is a grid, or several whose
    outlines touch. The edges of filled cells count as rules where no rule is drawn.
    """
    found = []
    for component in _components([*strokes, *_edges_of(fills)]):
        for outline in outlines(component):
            grid = _grid(outline)
            if grid is not None:
                found.append(grid)
    return _outermost(found)


def _edges_of(fills: Sequence[Box]) -> list[Stroke]:
    """Edges of filled boxes that stand in rows (cells of one band), as rules."""
    strokes = []
    for box in fills:
        alike = [
            o for o in fills if o != box and abs(o.top - box.top) < SNAP and abs(o.bottom - box.bottom) < SNAP
        ]
        beside = [
            o
            for o in fills
            if (abs(o.x0 - box.x1) < SNAP or abs(box.x0 - o.x1) < SNAP)
            and o.top < box.bottom
            and box.top < o.bottom
        ]
        if not (alike and box.height <= 90) and len(beside) < 2:
            continue
        strokes += [
            Stroke(box=Box(box.x0, box.top, box.x1, box.top), horizontal=True),
            Stroke(box=Box(box.x0, box.bottom, box.x1, box.bottom), horizontal=True),
            Stroke(box=Box(box.x0, box.top, box.x0, box.bottom), horizontal=False),
            Stroke(box=Box(box.x1, box.top, box.x1, box.bottom), horizontal=False),
        ]
    return strokes


def _components(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Rules grouped by touch, within the snapping distance."""
    parent = list(range(len(strokes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(strokes)), key=lambda i: strokes[i].box.x0)
    active: list[int] = []
    for i in order:
        box = strokes[i].box
        active = [j for j in active if strokes[j].box.x1 + SNAP >= box.x0]
        for j in active:
            other = strokes[j].box
            if other.top - SNAP <= box.bottom and box.top <= other.bottom + SNAP:
                parent[root(i)] = root(j)
        active.append(i)
    groups: dict[int, list[Stroke]] = {}
    for i in range(len(strokes)):
        groups.setdefault(root(i), []).append(strokes[i])
    return list(groups.values())


def _grid(strokes: Sequence[Stroke]) -> Grid | None:
    ys = snap([s.box.top for s in strokes if s.horizontal])
    xs = snap([s.box.x0 for s in strokes if not s.horizontal])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    across = [s.box for s in strokes if s.horizontal]
    down = [s.box for s in strokes if not s.horizontal]
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows * columns > 20_000:
        return None
    merged = _merge_open(xs, ys, across, down)
    slots = _slots(xs, ys, merged)
    if len(slots) < 2:
        return None
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), rows, columns, tuple(slots), "strokes")


def snap(values: Iterable[float], within: float = SNAP) -> list[float]:
    """Positions that are nearly equal become one, their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= within:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _merge_open(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Box], down: Sequence[Box]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Join unit cells with no rule between them; returns each unit cell's representative."""
    parent = {(r, c): (r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while parent[cell] != cell:
            cell = parent[cell]
        return cell

    for r in range(len(ys) - 1):
        for c in range(1, len(xs) - 1):
            if not _covered(down, xs[c], ys[r], ys[r + 1], vertical=True):
                a, b = sorted((root((r, c - 1)), root((r, c))))
                parent[b] = a
    for r in range(1, len(ys) - 1):
        for c in range(len(xs) - 1):
            if not _covered(across, ys[r], xs[c], xs[c + 1], vertical=False):
                a, b = sorted((root((r - 1, c)), root((r, c))))
                parent[b] = a
    return {cell: root(cell) for cell in parent}


def _covered(rules: Sequence[Box], at: float, start: float, end: float, *, vertical: bool) -> bool:
    length = 0.0
    for box in rules:
        across, low, high = (box.x0, box.top, box.bottom) if vertical else (box.top, box.x0, box.x1)
        if abs(across - at) <= SNAP:
            length += max(0.0, min(high, end) - max(low, start))
    return length >= RULED_SHARE * (end - start)


def _slots(
    xs: Sequence[float], ys: Sequence[float], merged: dict[tuple[int, int], tuple[int, int]]
) -> list[Slot]:
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for cell, representative in merged.items():
        members.setdefault(representative, []).append(cell)
    slots = []
    for cells in members.values():
        rows, columns = [r for r, _ in cells], [c for _, c in cells]
        top, left, bottom, right = min(rows), min(columns), max(rows) + 1, max(columns) + 1
        if (bottom - top) * (right - left) != len(cells):
            # Not a rectangle: an outline with missing rules. Its unit cells stand alone.
            slots += [Slot(r, c, 1, 1, Box(xs[c], ys[r], xs[c + 1], ys[r + 1])) for r, c in cells]
        else:
            slots.append(
                Slot(top, left, bottom - top, right - left, Box(xs[left], ys[top], xs[right], ys[bottom]))
            )
    return sorted(slots, key=lambda s: (s.row, s.column))


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Drop grids that lie inside a cell of another or double it."""
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda g: -g.box.width * g.box.height):
        area = grid.box.width * grid.box.height
        if not any(k.box.overlap(grid.box) > 0.8 * area for k in kept):
            kept.append(grid)
    return sorted(kept, key=lambda g: (g.box.top, g.box.x0))


def fill(grid: Grid, lines: Sequence[Line]) -> Filled:
    """Put the words of a page into the slots of a grid and score how well it accounts for them."""
    filled = Filled(grid)
    slots = sorted(grid.slots, key=lambda s: (s.box.top, s.box.x0))
    inside = total = 0
    for index, line in enumerate(lines):
        if not grid.box.grown(2).holds(*line.box.centre):
            continue
        filled.used.append(index)
        whole = [s for s in slots if s.box.grown(1.5).holds(*line.box.centre)]
        home = whole[0] if whole else None
        if home is not None and home.box.x0 - 4 <= line.box.x0 and line.box.x1 <= home.box.x1 + 4:
            filled.lines.setdefault((home.row, home.column), []).append(list(without_raised(line.words)))
            inside += len(line.words)
            total += len(line.words)
            continue
        by_slot: dict[tuple[int, int], list[Word]] = {}
        for word in line.words:
            total += 1
            slot = next((s for s in slots if s.box.grown(1).holds(*word.box.centre)), None)
            if slot is None:
                filled.lost.append(word)
            else:
                inside += 1
                by_slot.setdefault((slot.row, slot.column), []).append(word)
        for key, words in by_slot.items():
            filled.lines.setdefault(key, []).append(list(without_raised(cut_out(words, line))))
    for key, held in filled.lines.items():
        filled.lines[key] = _without_calls(sorted(held, key=lambda words: min(w.box.top for w in words)))
    filled.score = inside / total if total else 0.0
    return filled


def listed(whole: Box, box: Box, rows: Sequence[tuple[Lines, Lines]]) -> Filled:
    """A chart as a table of two columns: what each of its parts is called, and its value.

    Args:
        whole: ground of the parts, of which the rows get equal shares from the top.
        box: of the table.
        rows: lines of the name and of the value of each part.
    """
    step = whole.height / len(rows)
    slots = [
        Slot(r, c, 1, 1, Box(x0, whole.top + step * r, x1, whole.top + step * (r + 1)))
        for r in range(len(rows))
        for c, (x0, x1) in enumerate(((whole.x0 - 1, whole.x0), (whole.x0, whole.x1)))
    ]
    filled = Filled(Grid(box, len(rows), 2, tuple(slots), "bars"), score=1.0)
    for r, row in enumerate(rows):
        for c, lines in enumerate(row):
            filled.lines[r, c] = [list(line) for line in lines]
    return filled


def _without_calls(lines: list[list[Word]]) -> list[list[Word]]:
    """The lines of a cell; a raised footnote call that made a line of its own is dropped."""
    words = [word for line in lines for word in line]
    kept = without_raised(words)
    if len(lines) < 2 or len(kept) == len(words):
        return lines
    if is_figure(" ".join(word.text for word in kept)):
        return [list(kept)]
    ids = {id(word) for word in kept}
    return [left for line in lines if (left := [word for word in line if id(word) in ids])]
