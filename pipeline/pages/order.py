"""Natural reading order of the lines of a page: columns told from rows (recursive XY cut, Nagy and Seth 1984)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.page import Direction, Line
from pipeline.model.place import Box
from pipeline.pages.text.lines import main_direction

#: A gutter between columns is at least this wide (points); one between two scripts this wide.
GUTTER, NARROW_GUTTER = 10.0, 5.0
#: Of columns of prose one has at least this many lines, the others this many, as have such as are in different scripts.
COLUMN_LINES, SHORT_COLUMN = 3, 2
#: So many lines that span columns are looked for above and below them.
OVER_COLUMNS = 3


def reading_order(
    lines: Sequence[Line], direction: Direction, columns: Sequence[Box] = ()
) -> list[Line]:
    """Lines in the order in which a person reads them.

    Args:
        lines: of one page.
        direction: of its text; it tells which column comes first.
        columns: areas of text side by side that are known.
    """
    if not columns:
        return _in_order(lines, direction)
    top, bottom = columns[0].top, columns[0].bottom
    inside = [[line for line in lines if column.holds(*line.box.centre)] for column in columns]
    if direction is Direction.RTL:
        inside.reverse()
    held = {id(line) for column in inside for line in column}
    rest = [line for line in lines if id(line) not in held]
    above = [line for line in rest if line.box.centre[1] < (top + bottom) / 2]
    below = [line for line in rest if line.box.centre[1] >= (top + bottom) / 2]
    return [line for part in (above, *inside, below) for line in _in_order(part, direction)]


def _in_order(lines: Sequence[Line], direction: Direction, depth: int = 0) -> list[Line]:
    if len(lines) <= 1 or depth > 40:
        return _rows(lines, direction)
    columns = _columns(lines)
    if columns:
        if direction is Direction.RTL:
            columns.reverse()
        return [line for column in columns for line in _in_order(column, direction, depth + 1)]
    parts = _over_columns(lines) or _widest_cut(lines)
    if parts is None:
        return _rows(lines, direction)
    return [line for part in parts for line in _in_order(part, direction, depth + 1)]


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Columns of prose with a gutter down the whole block, or nothing."""
    apart = _parted(lines, GUTTER)
    if (
        2 <= len(apart) <= 4
        and max(map(len, apart)) >= COLUMN_LINES
        and all(_prose(column, SHORT_COLUMN) for column in apart)
    ):
        return apart
    near = _parted(lines, NARROW_GUTTER)
    scripts = {main_direction(column) for column in near}
    mixed = len(near) == len(scripts) == 2 and all(_prose(column, SHORT_COLUMN) for column in near)
    return near if mixed else []


def _parted(lines: Sequence[Line], gutter: float) -> list[list[Line]]:
    ordered = sorted(lines, key=lambda line: line.box.x0)
    columns: list[list[Line]] = [[ordered[0]]]
    edge = ordered[0].box.x1
    for line in ordered[1:]:
        if line.box.x0 > edge + gutter:
            columns.append([])
        columns[-1].append(line)
        edge = max(edge, line.box.x1)
    return columns


def _prose(column: Sequence[Line], least: int) -> bool:
    """Whether lines are long enough, and enough of them, to be running text."""
    width = sum(line.box.width for line in column) / len(column)
    long = sum(len(line.words) >= 4 for line in column)
    return len(column) >= least and long >= 0.6 * len(column) and width >= 8 * column[0].size


def _over_columns(lines: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """Cut between a few lines and the columns of prose right below or above them, however narrow the white there."""
    ordered = sorted(lines, key=lambda line: line.box.top)
    for at in range(1, min(OVER_COLUMNS, len(ordered) - 2 * SHORT_COLUMN) + 1):
        for cut, columns in ((at, ordered[at:]), (len(ordered) - at, ordered[: len(ordered) - at])):
            above, below = ordered[:cut], ordered[cut:]
            apart = max(line.box.bottom for line in above) <= min(line.box.top for line in below) + 1
            if apart and _columns(columns):
                return above, below
    return None


def _widest_cut(lines: Sequence[Line]) -> tuple[list[Line], list[Line]] | None:
    """Cut at the widest white band across the block."""
    ordered = sorted(lines, key=lambda line: line.box.top)
    bottom, best, at = ordered[0].box.bottom, 0.5, 0
    for index, line in enumerate(ordered[1:], start=1):
        gap = line.box.top - bottom
        if gap > best:
            best, at = gap, index
        bottom = max(bottom, line.box.bottom)
    return (ordered[:at], ordered[at:]) if at else None


def _rows(lines: Sequence[Line], direction: Direction) -> list[Line]:
    """Lines by rows, those of one row from the side on which reading starts."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.centre[1]):
        if rows and abs(rows[-1][0].box.centre[1] - line.box.centre[1]) < 0.5 * min(
            rows[-1][0].box.height, line.box.height
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    sign = -1 if direction is Direction.RTL else 1
    return [line for row in rows for line in sorted(row, key=lambda one: sign * one.box.centre[0])]
