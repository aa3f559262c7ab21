"""Numbers broken over two lines of a narrow cell, read as figures of two rows: told, for they may be one."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.model.extraction import Complaint
from pipeline.model.reading import Reading

_FIRST = regex.compile(r"^\d{1,3}(?:[ \u00a0\u202f]\d{3})*$")
_LAST = regex.compile(r"^\d{3}(?:[ \u00a0\u202f]\d{3})*[.,]\d{1,2}$")
_REST = regex.compile(r"^\d{3}(?:[ \u00a0\u202f]\d{3})*$")
#: A number that ends within a group: after whole groups, or with its bracket open; and a number in groups.
_WITHIN = regex.compile(r"^(?:\(?\d{1,3}(?:([.,])\d{3})+\1\d{0,2}|\(\d{1,3}[.,]\d{0,2})$")
_GROUPED = regex.compile(r"^(?:\(\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*\)|\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)$")
#: The lines of one cell stand nearer to each other than this share of what parts them from other rows.
TIGHT = 0.8


def mended(text: str) -> str:
    """The number that a cell's two lines make, if the upper one ends within it; or nothing.

    It ends within a group of digits, or before one with the decimals that it has not itself.

    >>> mended("(35,091,0\\n68)"), mended("1,204\\n1,100"), mended("4 117\\n300,50"), mended("4 117\\n300")
    ('(35,091,068)', '', '4 117 300,50', '')
    """
    upper, cut, lower = text.partition("\n")
    if cut and _FIRST.match(upper.strip()) and _LAST.match(lower.strip()):
        return f"{upper.strip()} {lower.strip()}"
    whole = upper.strip() + lower.strip()
    return whole if cut and _WITHIN.match(upper.strip()) and _GROUPED.match(whole) else ""


def broken_numbers(readings: Sequence[Reading]) -> list[Complaint]:
    """Pairs of rows of one table that stand closer than others, the lower one of the rest of numbers only.

    Args:
        readings: of one table; those of its cells have a row and a column.
    """
    rows: dict[int, dict[int, Reading]] = {}
    for reading in readings:
        if reading.row is not None and reading.column is not None and reading.raw:
            rows.setdefault(reading.row, {})[reading.column] = reading
    order = sorted(rows)
    levels = [_level(rows[r]) for r in order]
    found = []
    for i in range(len(order) - 1):
        upper, lower = rows[order[i]], rows[order[i + 1]]
        gaps = [abs(levels[k + 1] - levels[k]) for k in (i - 1, i + 1) if 0 <= k < len(order) - 1]
        tight = bool(gaps) and levels[i + 1] - levels[i] < TIGHT * min(gaps)
        over = [c for c, cell in lower.items() if c in upper and _goes_on(upper[c].raw, cell.raw)]
        if tight and over and len(over) == len(lower):
            found.append(_complaint([cell for c in over for cell in (upper[c], lower[c])]))
    return found


def _goes_on(upper: str, lower: str) -> bool:
    return bool((_FIRST.match(upper) and _REST.match(lower)) or mended(f"{upper}\n{lower}"))


def _level(row: dict[int, Reading]) -> float:
    heights = sorted(reading.locus.box.centre[1] for reading in row.values())
    return heights[len(heights) // 2]


def _complaint(held: Sequence[Reading]) -> Complaint:
    shown = f"{held[0].raw} / {held[1].raw}"
    return Complaint(
        rule="EXT-04",
        page=held[0].locus.page,
        readings=tuple(r.reading_id for r in held),
        message_ar=f"قد تكون أرقام هذين السطرين أعدادا مكسورة على سطرين: {shown}",
        message_fr=f"Les chiffres de ces deux lignes sont peut-être des nombres coupés en deux : {shown}",
        message_en=f"The figures of these two rows may be numbers broken over two lines: {shown}",
    )
