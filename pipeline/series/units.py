"""What a printed number is exact to: decimals, and the interval in which the true value must lie.

Intervals after the rules in use for checks of rounded and hedged figures: a printed number stands for all values
that round to it, a count printed in full is exact, and a hedge opens the interval on the side it names.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pipeline.language.lexicon import MONEY
from pipeline.model.reading import Qualifier

#: Units in which a number printed down to its last unit is exact.
_COUNTED = ("PS", "NUMBER", *MONEY)
_ONE = Decimal(1)
#: Hedges by the side that they leave open; all others leave both open.
_EXACT, _BETWEEN = Qualifier.EXACT, Qualifier.BETWEEN
_NO_LESS = (Qualifier.MORE_THAN, Qualifier.AT_LEAST)
_NO_MORE = (Qualifier.LESS_THAN, Qualifier.UP_TO)

Bounds = tuple[Decimal | None, Decimal | None]


@lru_cache(maxsize=1_000)
def decimals_of(resolution: Decimal) -> int:
    """Number of printed decimals, from the size of one unit of the last printed digit."""
    exponent = resolution.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) and resolution > 0 else 0


def bounds_of(
    value: Decimal,
    *,
    resolution: Decimal,
    unit: str,
    qualifier: Qualifier,
    highest: Decimal | None = None,
    in_words: bool = False,
) -> Bounds:
    """Lower and upper bound of the true value; ``None`` is unbounded.

    Args:
        value: the value in full units.
        resolution: size of one unit of the last printed digit, in the same unit; 0 for exact.
        unit: unit of measure.
        qualifier: how the print hedges.
        highest: second value of ``between``.
        in_words: written as words; such counts are exact.
    """
    if qualifier is _EXACT or (qualifier is _BETWEEN and highest is None):
        if in_words or (resolution == _ONE and unit in _COUNTED) or resolution <= 0:
            return value, value
        half = resolution / 2
        return value - half, value + half
    if qualifier is _BETWEEN and highest is not None:
        return min(value, highest), max(value, highest)
    if qualifier in _NO_LESS:
        return value, None
    if qualifier in _NO_MORE:
        return None, value
    # Officials use "nearly" for "about" as well as for "almost": both sides stay open.
    step = roundness(value)
    return value - step, value + step


def roundness(value: Decimal) -> Decimal:
    """How round a hedged value is: one unit of its last digit that is not 0, within 1 % and 50 % of it."""
    if value == 0:
        return Decimal(0)
    exponent = value.normalize().as_tuple().exponent
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    size = abs(value)
    return min(max(step, size / 100), size / 2)
