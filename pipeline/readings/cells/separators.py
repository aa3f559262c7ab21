"""One mark before three digits: decimals, where the table or the whole report prints it so beyond doubt.

``(312,350)`` may be 312 350 or 312.350 dinars and is read as thousands. In a table with ``4 187,650`` dinars it is a decimal,
and so are ``295,853 MDT`` in a report that writes ``12 183`` and ``88,1``. Counts are left alone: ``1.960`` children may
stand above a mean of ``12.5``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

import regex

from pipeline.language.lexicon import MONEY
from pipeline.language.numerals import parse
from pipeline.model.reading import Reading

_LONE = regex.compile(r"^\D*\d{1,3}([.,٫])\d{3}\D*$")
_OTHER = {".": ",", ",": ".", "٫": "٬"}
#: Money whose smallest coin is a thousandth.
_THREE_DECIMALS = ("TND", "LYD", "IQD", "KWD", "BHD", "OMR", "JOD")
_COUNTS = ("NUMBER", "PS")
#: Numbers of a report that must say what a mark parts.
_OFTEN = 3
_THOUSANDTH = Decimal("0.001")


def settle_marks(readings: Sequence[Reading]) -> list[Reading]:
    """Read lone marks in sums as decimals where another sum of the table says so and none speaks for thousands.

    Args:
        readings: the figures of one table.
    """
    settled = _settled(readings)
    return [_as_decimal(r) if r.reading_id in settled else r for r in readings]


def settle_report(readings: Sequence[Reading]) -> list[Reading]:
    """Read lone marks as decimals in a report that parts its thousands with another mark, and never with this one.

    And before a word of scale (198.400 ألف), where one is read as a decimal mark, as one of thousands in a report that has
    another for decimals and parts thousands with this one. Of decimals only: sums in thousands or more, or of a money with
    three decimals (dinars), and what ``٫`` parts, which is made for decimals.

    Args:
        readings: all figures of one report, those of tables settled among themselves.
    """
    scaled = {r.reading_id: mark for r in readings if (mark := _scaled_mark(r))}
    grouping = {mark for mark in set(scaled.values()) if _parts_thousands_throughout(readings, mark)}
    readings = [_as_thousands(r) if scaled.get(r.reading_id) in grouping else r for r in readings]
    parting = {mark for mark in _OTHER if _parts_decimals_throughout(readings, mark)}
    if not parting:
        return readings
    settled: set[str] = set()
    for _, table in groupby(readings, key=lambda r: r.table_id):
        settled |= _settled(list(table))
    return [
        _as_decimal(r)
        if r.reading_id not in settled and _lone_mark(r) in parting and _has_thousandths(r)
        else r
        for r in readings
    ]


def _scaled_mark(reading: Reading) -> str:
    """The lone mark of a sum or count of a sentence before a word of scale, read as one of decimals («198.400 ألف»)."""
    match = _LONE.match(reading.raw) if reading.row is None and reading.value is not None else None
    if match is None or match[1] == "٫" or not regex.search(r"\d\s*\p{L}", reading.raw):
        return ""
    return str(match[1])


def _parts_thousands_throughout(readings: Sequence[Reading], mark: str) -> bool:
    """Whether a report parts the thousands of a count with a mark, decimals often with the other one and never with this."""
    raws = [r.raw for r in readings if r.value is not None]
    counted = any(r.unit_measure in _COUNTS and _lone_mark(r) == mark for r in readings)
    decimals = sum(_parts_decimals(raw, _OTHER[mark]) is True for raw in raws)
    return counted and decimals >= _OFTEN and not any(_parts_decimals(raw, mark) for raw in raws)


def _settled(readings: Sequence[Reading]) -> set[str]:
    """Ids of the sums of one table whose lone mark parts decimals.

    Where three decimals are usual any sum of the table may say so, for others one of their row or column.
    """
    sums = [r for r in readings if r.row is not None and r.unit_measure in MONEY]
    throughout = {
        (unit, mark): _told((r.raw for r in sums if r.unit_measure == unit), mark)
        for unit, mark in _kinds(sums)
    }
    counted = {_lone_mark(r) for r in readings if r.unit_measure in _COUNTS}
    settled = set()
    for reading in sums:
        mark = _lone_mark(reading)
        told = throughout.get((reading.unit_measure, mark), set())
        if mark and True in told and not _has_thousandths(reading):
            told = _told(
                (r.raw for r in sums if r.unit_measure == reading.unit_measure and _beside(r, reading)), mark
            )
        if mark and told == {True} and (mark not in counted or not _has_thousandths(reading)):
            settled.add(reading.reading_id)
    return settled


def _kinds(sums: Iterable[Reading]) -> set[tuple[str, str]]:
    """Units of sums with the lone marks among them."""
    return {(r.unit_measure, mark) for r in sums if (mark := _lone_mark(r))}


def _beside(one: Reading, other: Reading) -> bool:
    return one.row == other.row or one.column == other.column


def _told(raws: Iterable[str], mark: str) -> set[bool]:
    """What printed numbers say of a mark: decimals, thousands, both, nothing."""
    return {said for raw in raws if (said := _parts_decimals(raw, mark)) is not None}


def _parts_decimals_throughout(readings: Sequence[Reading], mark: str) -> bool:
    """Whether a report parts decimals with a mark, too often for a slip, and thousands with others alone."""
    raws = [r.raw for r in readings if r.value is not None]
    said = [_parts_decimals(raw, mark) for raw in raws]
    if any(r.unit_measure in _COUNTS and _lone_mark(r) == mark for r in readings):
        return False  # counts have no decimals
    grouped = sum(
        regex.search(rf"\d[^\d%{regex.escape(mark)}]\d{{3}}(?!\d)", raw) is not None for raw in raws
    )
    return False not in said and said.count(True) >= _OFTEN and grouped >= _OFTEN


def _has_thousandths(reading: Reading) -> bool:
    """Whether a figure may well be printed with three decimals; in a sentence a word of scale has told already."""
    number = parse(reading.raw)
    if number is None or reading.value is None:
        return False
    scaled = reading.unit_measure in MONEY and abs(reading.value) > abs(number.value)
    if scaled and reading.row is None:
        return False
    return scaled or reading.unit_measure in _THREE_DECIMALS or "٫" in reading.raw


def _lone_mark(reading: Reading) -> str:
    """The one mark of a figure that may part thousands or decimals; empty where there is none."""
    mark = _LONE.match(reading.raw)
    number = parse(reading.raw) if mark and reading.value is not None else None
    return mark[1] if mark and number and number.ambiguous else ""


def _as_decimal(reading: Reading) -> Reading:
    value = (reading.value or Decimal(0)) * _THOUSANDTH
    return replace(reading, value=value, resolution=reading.resolution * _THOUSANDTH)


def _as_thousands(reading: Reading) -> Reading:
    value = (reading.value or Decimal(0)) / _THOUSANDTH
    return replace(reading, value=value, resolution=reading.resolution / _THOUSANDTH)


def _parts_decimals(raw: str, mark: str) -> bool | None:
    """Whether a mark parts decimals in a printed number, or thousands; ``None`` where it may do either."""
    sign, other = regex.escape(mark), regex.escape(_OTHER[mark])
    if regex.search(rf"\d{sign}\d{{3}}[.,٫]\d", raw):
        return False
    behind = regex.search(rf"\d{sign}(\d+)\D*$", raw)
    if behind is None or raw.count(mark) != 1:
        return None
    grouped = regex.search(rf"\d(?:[ \u00a0\u202f]|{other})\d{{3}}{sign}", raw)
    return True if len(behind[1]) != 3 or grouped or regex.search(rf"(?<!\d)[0٠]{sign}", raw) else None
