"""Digit groups displayed in reversed order: what grammar leaves open, the table's arithmetic decides.

A right-to-left cell with plain-space thousands is displayed as ``074 1`` for 1 074. What can't be a number is
repaired by the grammar of numerals; ``456 123`` can be read either way and is decided by the total of its
column, else left as printed with a complaint, when other cells of the table prove that the fault is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from pipeline.model.extraction import Complaint
from pipeline.model.reading import Reading, Table

_TWO_FULL_GROUPS = re.compile(r"^(\d{3}(?:[ \u00a0\u202f]\d{3})+)$")
#: More open cells than this in one column are not tried out.
MOST_OPEN = 8


def settle_orders(table: Table, readings: Sequence[Reading]) -> tuple[Table, list[Reading], list[Complaint]]:
    """Decide cells whose digit groups may stand in either order; the printed string is never changed."""
    held = list(readings)
    if not any(r.order_repaired for r in held):
        return table, held, []
    complaints: list[Complaint] = []
    columns = sorted(
        {
            r.column
            for r in held
            if r.column is not None and any(_open(x) for x in held if x.column == r.column)
        }
    )
    banners = [r.value for r in held if r.row is None and r.value is not None and not _open(r)]
    for column in columns:
        cells = [r for r in held if r.column == column and r.value is not None]
        chosen = _consistent(cells, banners)
        for cell in cells:
            if not _open(cell):
                continue
            at = held.index(cell)
            if chosen is None:
                complaints.append(_complaint(table, cell))
            elif chosen[cell.reading_id] != cell.value:
                held[at] = replace(cell, value=chosen[cell.reading_id], order_repaired=True)
    return table, held, complaints


def _open(reading: Reading) -> bool:
    match = _TWO_FULL_GROUPS.match(reading.raw)
    return bool(match) and reading.raw != _reversed(reading.raw)


def _reversed(raw: str) -> str:
    return " ".join(reversed(raw.split()))


def _consistent(cells: Sequence[Reading], banners: Sequence[Decimal]) -> dict[str, Decimal] | None:
    """The one choice of orders in which the last cell is the sum of the others, or nothing."""
    open_cells = [c for c in cells if _open(c)]
    if len(cells) < 3 or len(open_cells) > MOST_OPEN:
        return None
    solutions = []
    for turns in product((False, True), repeat=len(open_cells)):
        values = {c.reading_id: c.value or Decimal(0) for c in cells}
        for cell, turn in zip(open_cells, turns, strict=True):
            if turn:
                values[cell.reading_id] = Decimal(_reversed(cell.raw).replace(" ", ""))
        numbers = list(values.values())
        if sum(numbers[:-1]) == numbers[-1] or (banners and sum(numbers[:-1]) == banners[0] == numbers[-1]):
            solutions.append(values)
    return solutions[0] if len(solutions) == 1 else None


def _complaint(table: Table, cell: Reading) -> Complaint:
    return Complaint(
        rule="EXT-03",
        page=table.page,
        readings=(cell.reading_id,),
        message_ar=f"ترتيب مجموعات الأرقام في {cell.raw} غير مؤكد",
        message_fr=f"L'ordre des groupes de chiffres de {cell.raw} est incertain : d'autres cellules du tableau sont inversées",
        message_en=f"The order of the digit groups in {cell.raw} is uncertain: other cells of the table are reversed",
    )
