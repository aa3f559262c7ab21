"""One mark before three digits in sums of money: decimals, where the row or the column prints it so beyond doubt.

``(312,350)`` may be 312 350 or 312.350 dinars and is read as thousands. Beside ``4 187,650`` of the same row, or under
``9,5`` of the same column, it is a decimal. Counts are left alone: ``1.960`` children may stand above a mean of ``12.5``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from pipeline.language.lexicon import MONEY
from pipeline.language.numerals import parse
from pipeline.model.reading import Reading

_LONE = regex.compile(r"^\D*\d{1,3}([.,])\d{3}\D*$")
_OTHER = {".": ",", ",": "."}
_THOUSANDTH = Decimal("0.001")


def settle_marks(readings: Sequence[Reading]) -> list[Reading]:
    """Read lone marks as decimals where a sum beside or under it says so and none speaks for thousands.

    Args:
        readings: the figures of one table.
    """
    return [_as_decimal(r) if _is_decimal(r, readings) else r for r in readings]


def _is_decimal(reading: Reading, readings: Sequence[Reading]) -> bool:
    mark = _LONE.match(reading.raw)
    if mark is None or reading.value is None or reading.row is None or reading.unit_measure not in MONEY:
        return False
    number = parse(reading.raw)
    if number is None or not number.ambiguous:
        return False
    beside = [
        r.raw
        for r in readings
        if r.unit_measure == reading.unit_measure and (r.row == reading.row or r.column == reading.column)
    ]
    told = {said for raw in beside if (said := _parts_decimals(raw, mark[1])) is not None}
    return told == {True}


def _as_decimal(reading: Reading) -> Reading:
    value = (reading.value or Decimal(0)) * _THOUSANDTH
    return replace(reading, value=value, resolution=reading.resolution * _THOUSANDTH)


def _parts_decimals(raw: str, mark: str) -> bool | None:
    """Whether a mark parts decimals in a printed number, or thousands; ``None`` where it may do either."""
    sign, other = regex.escape(mark), regex.escape(_OTHER[mark])
    if regex.search(rf"\d{sign}\d{{3}}[.,]\d", raw):
        return False
    behind = regex.search(rf"\d{sign}(\d+)\D*$", raw)
    if behind is None or raw.count(mark) != 1:
        return None
    grouped = regex.search(rf"\d(?:[ \u00a0\u202f]|{other})\d{{3}}{sign}", raw)
    return True if len(behind[1]) != 3 or grouped or regex.search(rf"(?<!\d)0{sign}", raw) else None
