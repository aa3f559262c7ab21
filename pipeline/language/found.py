"""What the grammar of figures finds in a text."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Found(NamedTuple):
    """One thing found; spans are of the printed text, ``start``–``end`` with qualifier and noun, ``number_*`` without.

    ``kind``: number, percent, currency, unit, ordinal, date, period, identifier, marker. ``low`` and ``high``
    are the ends of a range. ``named`` is the finer kind of what is no quantity (law, article, year, …).
    ``bare`` marks a number with neither noun nor unit nor qualifier.
    """

    start: int
    end: int
    kind: str
    raw: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    resolution: Decimal = Decimal(1)
    unit: str = ""
    unit_label: str = ""
    qualifier: str = "exact"
    number_start: int = 0
    number_end: int = 0
    in_words: bool = False
    repaired: bool = False
    ambiguous: bool = False
    measure: str = "level"
    named: str = ""
    text_value: str = ""
    weekday: str = ""
    bare: bool = False
