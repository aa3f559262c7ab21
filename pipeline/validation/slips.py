"""Slips of the hand that turn one whole number into another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

#: Numbers of fewer digits are alike by chance.
LONG = 4
#: Equal digits to the right of one that differs: a real revision seldom leaves the lower digits alone.
_LOWER = 2


def slip(one: Decimal, other: Decimal) -> str:
    """``typo`` (two digits have changed places), ``digit`` (one of the upper digits differs), or nothing."""
    a, b = _digits(one), _digits(other)
    if len(a) != len(b) or len(a) < LONG:
        return ""
    differ = [i for i in range(len(a)) if a[i] != b[i]]
    if len(differ) == 2 and sorted(a) == sorted(b):
        return "typo"
    return "digit" if len(differ) == 1 and len(a) - 1 - differ[0] >= _LOWER else ""


def traces(value: Decimal) -> Iterator[str]:
    """What a number has in common with every number that a slip makes of it, for an index."""
    digits = _digits(value)
    if value == int(value) and len(digits) >= LONG:
        yield "".join(sorted(digits))
        yield from (f"{digits[:i]}*{digits[i + 1 :]}" for i in range(len(digits) - _LOWER))


def _digits(value: Decimal) -> str:
    return str(abs(int(value)))
