"""Intervals of printed numbers, in exact rationals; a relation fails only when intervals cannot meet.

After XBRL Calculations 1.1: a number printed with d decimals stands for half a unit of its last digit either
way, closed. Qualifiers widen it (see ``of``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.model.reading import Qualifier, Reading


def size(value: Decimal | None) -> float:
    """A value as a float, for ratios and logarithms, nothing as nought."""
    return float(value or 0)


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of numbers; ``None`` is unbounded, ``*_open`` leaves the end itself out."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: Interval) -> bool:
        """Whether the two share a number."""
        return not (self._below(other) or other._below(self))

    def _below(self, other: Interval) -> bool:
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            _both(self.low, other.low, lambda a, b: a + b),
            _both(self.high, other.high, lambda a, b: a + b),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def times(self, factor: Fraction | int) -> Interval:
        """The range multiplied by a number; a negative one turns it round."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor < 0:
            return Interval(high, low, self.high_open, self.low_open)
        return Interval(low, high, self.low_open, self.high_open)

    def over(self, other: Interval) -> Interval:
        """The range divided by a range of positive numbers; unbounded where that is not bounded away from 0."""
        low = None if self.low is None or other.high is None else self.low / other.high
        if self.low is not None and other.high is None:
            low = Fraction(0)
        high = None if self.high is None or other.low is None or other.low <= 0 else self.high / other.low
        return Interval(low, high, self.low_open or other.high_open, self.high_open or other.low_open)


def _both(a: Fraction | None, b: Fraction | None, combine: object) -> Fraction | None:
    return combine(a, b) if a is not None and b is not None and callable(combine) else None


def exactly(value: Decimal | int | Fraction) -> Interval:
    """The one number."""
    return Interval(Fraction(value), Fraction(value))


def total(parts: Iterable[Interval]) -> Interval:
    """Sum of intervals."""
    out = exactly(0)
    for part in parts:
        out = out + part
    return out


def printed(value: Decimal, resolution: Decimal, unit: str) -> Interval:
    """What a number as printed stands for: a count in full is exact, anything rounded is half a unit either way.

    ``12,0`` is no count: its nought is a rounded digit like any other.
    """
    number = Fraction(value)
    if unit != "PT" and (resolution == 1 or not resolution) and number.denominator == 1:
        return exactly(number)
    half = Fraction(resolution) / 2
    return Interval(number - half, number + half)


def of(reading: Reading) -> Interval | None:
    """Hard interval of a reading, its qualifier included; ``None`` for a missing value."""
    if reading.value is None:
        return None
    plain = printed(reading.value, reading.resolution, reading.unit_measure)
    value = Fraction(reading.value)
    match reading.qualifier:
        case Qualifier.EXACT:
            return plain
        case Qualifier.ABOUT:
            step = roundness(reading.value)
            return Interval(value - step, value + step)
        case Qualifier.NEARLY:
            return Interval(value - roundness(reading.value), value)
        case Qualifier.MORE_THAN:
            return Interval(value, None, low_open=True)
        case Qualifier.AT_LEAST:
            return Interval(value, None)
        case Qualifier.LESS_THAN:
            return Interval(None, value, high_open=True)
        case Qualifier.UP_TO:
            return Interval(None, value)
        case _:
            return Interval(
                value, Fraction(reading.value_max if reading.value_max is not None else reading.value)
            )


def loosely(reading: Reading) -> Interval | None:
    """What a hedge is commonly said of (``of`` says of what it is true): the next step of the round number, a tenth at least.

    Who says "more than 1830" may well speak of 1850.
    """
    if reading.value is None:
        return None
    value = Fraction(reading.value)
    step = max(roundness(reading.value), abs(value) / 10)
    match reading.qualifier:
        case Qualifier.MORE_THAN | Qualifier.AT_LEAST:
            return Interval(value, value + step)
        case Qualifier.LESS_THAN | Qualifier.UP_TO:
            return Interval(value - step, value)
        case _:
            return of(reading)


def roundness(value: Decimal) -> Fraction:
    """Step of a round number: ten to the number of its trailing zeros, between 1 % and 50 % of it."""
    size = abs(Fraction(value))
    if not size:
        return Fraction(0)
    step = Fraction(1)
    while size % (step * 10) == 0:
        step *= 10
    return min(max(step, size / 100), size / 2)
