"""Digit groups displayed in reversed order: what grammar leaves open, the table's arithmetic decides.

A right-to-left cell with plain-space thousands is displayed as ``074 1`` for 1 074. What can't be a number is
repaired by the grammar of numerals; ``456 123`` can be read either way and is decided by the total of its
column, else read as the other cells of its table, if these are all reversed, and complained about whenever one is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from pipeline.model.extraction import Complaint
from pipeline.model.reading import Reading
from pipeline.readings.marks import without_call

_FULL_GROUPS = re.compile(r"^\d{3}(?:[ \u00a0\u202f]\d{3})+$")
_SHORT_FIRST = re.compile(r"^\d{1,2}(?:[ \u00a0\u202f]\d{3})+$")
#: So many cells of a table that grammar has turned back, and none that it finds in order, show how the others are set.
LEAST_TURNED = 2
#: More open cells than this in one column are not tried out.
MOST_OPEN = 10


def settle_orders(readings: Sequence[Reading]) -> tuple[list[Reading], list[Complaint]]:
    """Decide cells whose digit groups may stand in either order; the printed string is never changed.

    Args:
        readings: the figures of one table, its parts on the pages that it goes on over together.
    """
    held, complaints = _settled(readings)
    ids = dict.fromkeys(r.table_id for r in readings)
    if not complaints or len(ids) == 1:
        return held, complaints
    # What looks like one table may be several with the same heads: each may add up for itself.
    apart = [_settled([r for r in readings if r.table_id == one]) for one in ids]
    if sum(len(left) for _, left in apart) < len(complaints):
        return [r for part, _ in apart for r in part], [c for _, left in apart for c in left]
    return held, complaints


def _settled(readings: Sequence[Reading]) -> tuple[list[Reading], list[Complaint]]:
    held = list(readings)
    turned = any(r.order_repaired for r in held)
    if not any(_open(r) for r in held) or (not turned and any(_SHORT_FIRST.match(_flat(r)) for r in held)):
        return held, []
    complaints: list[Complaint] = []
    alike = sum(r.order_repaired for r in held) >= LEAST_TURNED and not any(_in_order(r) for r in held)
    told = {r.value for r in held if r.row is None and r.value is not None and not _open(r)}
    columns = dict.fromkeys(_column(r) for r in held if r.column is not None and _open(r))
    ways = [_ways([r for r in held if r.column is not None and _column(r) == c]) for c in columns]
    # One column that adds up in the other order only tells how the whole table is set.
    turned = turned or any(way.turned and not way.printed for way in ways)
    for way in ways:
        cells = way.cells
        chosen: Mapping[str, Decimal] | None = None
        if way.turned and (turned or not way.printed):
            chosen = {c.reading_id: _other(c) if _open(c) else c.value or Decimal(0) for c in cells}
        elif way.printed:
            chosen = {c.reading_id: c.value or Decimal(0) for c in cells}
        elif way.proves:
            chosen = _consistent(cells, told)
        unsure = chosen is None or (way.printed and way.turned)
        if chosen is None and alike:
            chosen = {c.reading_id: _other(c) for c in cells if _open(c)}
        for cell in cells:
            if not _open(cell):
                continue
            if turned and unsure:
                complaints.append(_complaint(cell))
            if chosen is not None and chosen[cell.reading_id] != cell.value:
                at = held.index(cell)
                held[at] = replace(cell, value=chosen[cell.reading_id], order_repaired=True)
    return held, complaints


@dataclass(frozen=True, slots=True)
class _Ways:
    """Figures of one column, and whether they add up as printed or with all open ones in the other order."""

    cells: tuple[Reading, ...]
    proves: bool
    printed: bool
    turned: bool


def _ways(column: Sequence[Reading]) -> _Ways:
    cells = tuple(r for r in column if r.value is not None)
    # Of two rows only, one that equals the other is no total.
    proves = len(column) >= 3
    printed = [c.value or Decimal(0) for c in cells]
    turned = [_other(c) if _open(c) else c.value or Decimal(0) for c in cells]
    return _Ways(cells, proves, proves and _adds_up(printed), proves and _adds_up(turned))


def _column(reading: Reading) -> tuple[str, str]:
    """What a figure's column is called: its place may change from page to page."""
    label = reading.column_label
    return (label.ar, label.fr) if label else (str(reading.column), reading.table_id)


def _flat(reading: Reading) -> str:
    return without_call(reading.raw).strip("-()")


def _open(reading: Reading) -> bool:
    """Whether a number reads as well with its groups in the other order, as another number."""
    groups = _flat(reading).split()
    full = bool(_FULL_GROUPS.match(_flat(reading)))
    return full and groups != groups[::-1] and "0" not in (groups[0][0], groups[-1][0])


def _in_order(reading: Reading) -> bool:
    """Whether a number of several groups is one as printed only."""
    groups = _flat(reading).split()
    if (
        reading.order_repaired
        or len(groups) < 2
        or not all(g.isdecimal() for g in groups)
        or groups == groups[::-1]
    ):
        return False
    return bool(_SHORT_FIRST.match(_flat(reading))) or not _open(reading)


def _other(reading: Reading) -> Decimal:
    """The value with the groups in the other order, in the same scale."""
    groups = _flat(reading).split()
    printed, turned = Decimal("".join(groups)), Decimal("".join(reversed(groups)))
    return turned * ((reading.value or Decimal(0)) / printed)


def _adds_up(numbers: Sequence[Decimal]) -> bool:
    """Whether the last number or the first is the sum of the others, or the last of sums of groups."""
    return len(numbers) >= 2 and (
        sum(numbers[:-1]) == numbers[-1] or sum(numbers[1:]) == numbers[0] or _adds_up_by_groups(numbers)
    )


def _adds_up_by_groups(numbers: Sequence[Decimal]) -> bool:
    """Whether groups end with their sum each, and all of them with the sum of these."""
    group, parts, whole = Decimal(0), 0, Decimal(0)
    for number in numbers[:-1]:
        if parts > 1 and number == group:
            whole, group, parts = whole + number, Decimal(0), 0
        else:
            group, parts = group + number, parts + 1
    return not parts and 0 < whole == numbers[-1]


def _consistent(cells: Sequence[Reading], told: set[Decimal]) -> Mapping[str, Decimal] | None:
    """The one choice of orders in which the column adds up, or in which its end is a total told elsewhere."""
    if sum(_open(c) for c in cells) > MOST_OPEN:
        return None
    solutions = [values for values in _choices(cells) if _adds_up(list(values.values()))]
    if len(solutions) > 1 and told:
        solutions = [v for v in solutions if {next(iter(v.values())), list(v.values())[-1]} & told]
    return solutions[0] if len(solutions) == 1 else None


def _choices(cells: Sequence[Reading]) -> Iterator[dict[str, Decimal]]:
    open_cells = [c for c in cells if _open(c)]
    for turns in product((False, True), repeat=len(open_cells)):
        values = {c.reading_id: c.value or Decimal(0) for c in cells}
        for cell, turn in zip(open_cells, turns, strict=True):
            if turn:
                values[cell.reading_id] = _other(cell)
        yield values


def _complaint(cell: Reading) -> Complaint:
    return Complaint(
        rule="EXT-03",
        page=cell.locus.page,
        readings=(cell.reading_id,),
        message_ar=f"ترتيب مجموعات الأرقام في {cell.raw} غير مؤكد",
        message_fr=f"L'ordre des groupes de chiffres de {cell.raw} est incertain : d'autres cellules du tableau sont inversées",
        message_en=f"The order of the digit groups in {cell.raw} is uncertain: other cells of the table are reversed",
    )
