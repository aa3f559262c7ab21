"""Bounds of printed figures as whole numbers of one table-wide scale: interval arithmetic without rounding, and fast.

The same intervals as ``intervals.of`` gives in fractions (a test holds the two together); ends count as inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import TypeVar

from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.intervals import of

#: Lowest and highest value; an open side is infinite.
Bounds = tuple[int | float, int | float]
_K = TypeVar("_K")
#: More decimals than this are cut; nothing printed has them.
_DEEPEST = 12
_ONE = Decimal(1)


def scaled(cells: Mapping[_K, Reading]) -> tuple[dict[_K, Bounds], int]:
    """Bounds of all figures that have a value, multiplied by the returned scale."""
    deepest = 0
    for reading in cells.values():
        value = reading.value
        if value is not None:
            for number in (value, reading.resolution):
                if number.same_quantum(_ONE):  # no decimals, as nearly all
                    continue
                exponent = number.as_tuple().exponent
                if isinstance(exponent, int) and -exponent > deepest:
                    deepest = -exponent
    deepest = min(deepest, _DEEPEST)
    scale = 2 * 10**deepest
    half = 10**deepest
    bounds: dict[_K, Bounds] = {}
    for key, reading in cells.items():
        value = reading.value
        if value is None:
            continue
        if reading.qualifier is not Qualifier.EXACT:
            bounds[key] = _hedged(reading, scale)
            continue
        at = int(value * scale)
        resolution = reading.resolution
        if reading.unit_measure != "PT" and (resolution == _ONE or not resolution) and not at % scale:
            bounds[key] = (at, at)
        else:
            reach = int(resolution * half)
            bounds[key] = (at - reach, at + reach)
    return bounds, scale


def _hedged(reading: Reading, scale: int) -> Bounds:
    interval = of(reading)
    if interval is None:
        return -inf, inf
    low = -inf if interval.low is None else _whole(interval.low * scale)
    high = inf if interval.high is None else _whole(interval.high * scale)
    return low, high


def _whole(number: Fraction) -> int:
    return number.numerator // number.denominator
