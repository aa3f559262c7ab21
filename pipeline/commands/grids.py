"""Tables as grids for a terminal: columns as seen on the page, spans as one cell, each script in its own direction."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from pipeline.model.reading import Cell, Table

#: A column is not made wider than this for one long label; the label is wrapped.
WIDEST = 36
#: Marks that keep a cell's direction to itself in terminals that turn right-to-left text themselves.
_ISOLATE, _END = "\u2068", "\u2069"
_NO_WIDTH = ("Mn", "Me", "Cf")


def grid_lines(table: Table) -> Iterator[str]:
    """The lines of one table, ruled, ready to print; every line is equally wide."""
    inner = {id(cell): _wrapped(cell.text) for cell in table.cells}
    widths = _widths(table, inner)
    rows = [_cells_at(table, r) for r in range(table.row_count)]
    yield _rule(None, rows[0] if rows else [], widths)
    for r, row in enumerate(rows):
        for line in range(max((len(inner[id(c)]) for c in row if c.row == r), default=1)):
            yield "│" + "│".join(_field(c, r, line, inner[id(c)], widths) for c in row) + "│"
        below = rows[r + 1] if r + 1 < len(rows) else None
        yield _rule(row, below, widths)


def _cells_at(table: Table, row: int) -> list[Cell]:
    """Cells that cover a row, from the left, those that began above too; holes are filled with empty ones."""
    held = sorted(
        (c for c in table.cells if c.row <= row < c.row + c.row_span), key=lambda c: (c.column, c.row)
    )
    out: list[Cell] = []
    at = 0
    for cell in held:
        while at < cell.column:
            out.append(Cell(row=row, column=at, box=cell.box))
            at += 1
        if cell.column == at:
            out.append(cell)
            at += cell.column_span
    while at < table.column_count:
        out.append(Cell(row=row, column=at, box=table.box))
        at += 1
    return out


def _wrapped(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        held = ""
        for word in line.split():
            if held and width_of(f"{held} {word}") > WIDEST:
                lines.append(held)
                held = word
            else:
                held = f"{held} {word}".strip()
        lines.append(held)
    return lines


def _widths(table: Table, inner: dict[int, list[str]]) -> list[int]:
    """Width of every column: single cells first, then what wide spans need beyond them."""
    widths = [1] * table.column_count
    for cell in sorted(table.cells, key=lambda c: c.column_span):
        need = max(width_of(line) for line in inner[id(cell)])
        span = range(cell.column, min(cell.column + cell.column_span, table.column_count))
        have = sum(widths[c] for c in span) + 3 * (len(span) - 1)
        for k in range(max(need - have, 0)):
            widths[span[k % len(span)]] += 1
    return widths


def _field(cell: Cell, row: int, line: int, lines: Sequence[str], widths: Sequence[int]) -> str:
    """One line of one cell with its margins; what spans rows is written in the first of them."""
    span = widths[cell.column : cell.column + cell.column_span]
    wide = sum(span) + 3 * (len(span) - 1)
    text = lines[line] if row == cell.row and line < len(lines) else ""
    pad = " " * (wide - width_of(text))
    shown = f"{_ISOLATE}{text}{_END}" if _runs_left(text) else text
    left = not text or not (_runs_left(text) or any(c.isdigit() for c in text[:2]))
    return f" {shown}{pad} " if left else f" {pad}{shown} "


def _rule(above: Sequence[Cell] | None, below: Sequence[Cell] | None, widths: Sequence[int]) -> str:
    """The line between two rows: joints where cells end above or below, gaps where one cell goes on."""
    ends_above = _ends(above, widths)
    ends_below = _ends(below, widths)
    goes_on = {c.column: c for c in above or () if any(c is b for b in below or ())}
    line = ""
    at = 0
    for column, wide in enumerate(widths):
        open_here = any(c.column <= column < c.column + c.column_span for c in goes_on.values())
        open_before = any(c.column < column <= c.column + c.column_span for c in goes_on.values())
        line += _joint(at in ends_above, at in ends_below, open_before or not column, open_here)
        line += (" " if open_here else "─") * (wide + 2)
        at += wide + 3
    last = any(c.column + c.column_span == len(widths) for c in goes_on.values())
    return line + _joint(above is not None, below is not None, last, last, right=True)


def _ends(cells: Sequence[Cell] | None, widths: Sequence[int]) -> set[int]:
    """Places where a vertical stroke meets the rule."""
    places = [0]
    for wide in widths:
        places.append(places[-1] + wide + 3)
    return {places[c.column] for c in cells} if cells else set()


def _joint(up: bool, down: bool, open_left: bool, open_right: bool, *, right: bool = False) -> str:
    left_arm = not open_left
    right_arm = not right and not open_right
    arms = (up, down, left_arm, right_arm)
    return _JOINTS.get(arms, "│" if up and down else "─")


_JOINTS = {
    (False, True, False, True): "┌",
    (False, True, True, True): "┬",
    (False, True, True, False): "┐",
    (True, True, False, True): "├",
    (True, True, True, True): "┼",
    (True, True, True, False): "┤",
    (True, False, False, True): "└",
    (True, False, True, True): "┴",
    (True, False, True, False): "┘",
    (True, True, False, False): "│",
}


def width_of(text: str) -> int:
    """Columns that a text takes in a terminal: marks and invisible signs take none."""
    return sum(unicodedata.category(c) not in _NO_WIDTH for c in text)


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
