"""Long tables folded in two: the second half of the rows stands beside the first, under the same heads printed again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import regex

from pipeline.model.place import Box
from pipeline.readings.grids.grid import Filled, Grid, Slot
from pipeline.readings.marks import is_figure, is_year

_LETTER = regex.compile(r"\p{L}{2}")
_ARABIC = regex.compile(r"\p{Script=Arabic}")
#: So many of the cells of a column that hold something are labels, or figures.
MOST = 0.6
#: So few letters of another script make no second language.
FEW = 0.2


def unfolded(filled: Filled) -> list[Filled]:
    """A grid whose heads are printed again over labels and figures of their own, the halves one below the other.

    Two that end with the same label, as with a total each, or whose labels have other heads, are tables of their own.
    """
    grid = filled.grid
    for width in range(2, grid.columns // 2 + 1):
        if grid.columns % width:
            continue
        head = next((r for r in range(grid.rows - 1) if _repeats(filled, r, width)), None)
        if head is None or not _parted(grid, head, width):
            continue
        parts = [_part(filled, at, width) for at in range(0, grid.columns, width)]
        ends, heads = ({_words(part, row) for part in parts} for row in (-1, head))
        return parts if len(ends) < len(parts) or len(heads) > 1 else [_stacked(parts, head)]
    return [filled]


def touching(filled: Filled, is_total: Callable[[str], bool]) -> list[Filled]:
    """The tables of a grid in which a column of labels between figures has a total of its own: none of remarks has.

    One in another script than the labels at the edge names the rows again.

    Args:
        filled: the grid with its words.
        is_total: whether a text means a total.
    """
    columns = range(filled.grid.columns)
    head = next((r for r in range(filled.grid.rows) if any(_counts(filled.text(r, c)) for c in columns)), 0)
    kinds = [_kind(filled, c, head - 1) for c in columns]
    if head == 0 or "" in kinds or kinds[0] == kinds[-1]:
        return [filled]
    inner = [c for c in columns[1:-1] if kinds[c] == "labels" and kinds[c - 1] == kinds[c + 1] == "figures"]
    edge = 0 if kinds[0] == "labels" else columns[-1]
    inner = [c for c in inner if _scripts(filled, c, head) & _scripts(filled, edge, head)]
    own = [c for c in inner if any(is_total(filled.text(r, c)) for r in range(head, filled.grid.rows))]
    edges = [0, *(c if kinds[0] == "labels" else c + 1 for c in own), filled.grid.columns]
    if not own or any(s.column < e < s.column + s.column_span for s in filled.grid.slots for e in edges):
        return [filled]
    return [_part(filled, a, b - a) for a, b in itertools.pairwise(edges)]


def _counts(text: str) -> bool:
    return is_figure(text) and not is_year(text)


def _repeats(filled: Filled, row: int, width: int) -> bool:
    """Whether the cells of a row, one a column, begin again after so many columns, over labels and figures of their own.

    What heads labels may be another word: they are tables of one kind then.
    """
    if len([s for s in filled.grid.slots if s.row == row]) != filled.grid.columns:
        return False
    texts = [" ".join(filled.text(row, c).split()) for c in range(filled.grid.columns)]
    kinds = [_kind(filled, c, row) for c in range(len(texts))]
    first = kinds[:width]
    again = all(
        kind == first[c % width] and (kind == "labels" or texts[c] == texts[c % width])
        for c, kind in enumerate(kinds)
    )
    alike = all(
        _scripts(filled, c, row) & _scripts(filled, c % width, row)
        for c in range(len(texts))
        if kinds[c] == "labels"
    )
    named = len(set(texts[:width])) == width and all(_LETTER.search(text) or text.isdigit() for text in texts)
    return again and named and alike and set(first) == {"labels", "figures"}


def _parted(grid: Grid, head: int, width: int) -> bool:
    """Whether no cell from the heads down reaches from one half into the next."""
    return all(
        s.column // width == (s.column + s.column_span - 1) // width for s in grid.slots if s.row >= head
    )


def _kind(filled: Filled, column: int, head: int) -> str:
    held = [
        text
        for s in filled.grid.slots
        if s.column == column and s.row > head and (text := filled.text(s.row, column).strip())
    ]
    figures, labels = sum(map(is_figure, held)), sum(bool(_LETTER.search(text)) for text in held)
    return "figures" if figures > MOST * len(held) else "labels" if labels > MOST * len(held) else ""


def _scripts(filled: Filled, column: int, head: int) -> set[bool]:
    """Whether the labels of a column are Arabic, are not, or are of both scripts in like parts."""
    letters = [c for r in range(head, filled.grid.rows) for c in filled.text(r, column) if c.isalpha()]
    arabic = sum(bool(_ARABIC.match(c)) for c in letters)
    return {
        kind for kind, held in ((True, arabic), (False, len(letters) - arabic)) if held > FEW * len(letters)
    }


def _part(filled: Filled, at: int, width: int) -> Filled:
    """One half with its words; what stands over several halves is over each of them, blank rows at the end are none."""
    slots = list(_slots(filled.grid, at, width))
    held = [s for s, origin in slots if filled.text(*origin).strip()]
    rows = max((s.row + s.row_span for s in held), default=filled.grid.rows)
    kept = [(s, origin) for s, origin in slots if s.row < rows]
    box = Box.around(s.box for s, _ in kept)
    part = Filled(Grid(box, rows, width, tuple(s for s, _ in kept), filled.grid.method))
    part.lines = {(s.row, s.column): filled.lines[origin] for s, origin in kept if origin in filled.lines}
    part.used, part.score = filled.used, filled.score
    part.lost = [word for word in filled.lost if box.holds(*word.box.centre)]
    return part


def _words(part: Filled, row: int) -> str:
    """The words of a row, the last one counted -1."""
    at = row % part.grid.rows
    return " ".join(text for c in range(part.grid.columns) if _LETTER.search(text := part.text(at, c)))


def _stacked(parts: Sequence[Filled], head: int) -> Filled:
    """Halves one below the other under the heads of the first; each cell keeps its place on the page."""
    first = parts[0]
    slots, lines, rows = list(first.grid.slots), dict(first.lines), first.grid.rows
    for part in parts[1:]:
        moved = rows - head - 1
        slots += [replace(s, row=s.row + moved) for s in part.grid.slots if s.row > head]
        lines |= {(r + moved, c): held for (r, c), held in part.lines.items() if r > head}
        rows += part.grid.rows - head - 1
    box = Box.around(part.grid.box for part in parts)
    lost = [word for part in parts for word in part.lost]
    grid = Grid(box, rows, first.grid.columns, tuple(slots), first.grid.method)
    return Filled(grid, lines, first.used, lost, score=first.score)


def _slots(grid: Grid, at: int, width: int) -> Iterator[tuple[Slot, tuple[int, int]]]:
    """The cells of one half, columns counted from its own edge, with their places in the whole grid."""
    edges = {s.column: s.box.x0 for s in grid.slots} | {
        s.column + s.column_span: s.box.x1 for s in grid.slots
    }
    for slot in grid.slots:
        first, last = max(slot.column, at), min(slot.column + slot.column_span, at + width)
        if first < last:
            box = replace(slot.box, x0=edges.get(first, slot.box.x0), x1=edges.get(last, slot.box.x1))
            yield Slot(slot.row, first - at, slot.row_span, last - first, box), (slot.row, slot.column)
