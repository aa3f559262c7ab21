"""Values that reports give for the same place and time under other words: a later report tells again what an earlier one told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from itertools import chain

from pipeline.model.observation import Observation

#: So many different values of so many digits are not equal by chance.
_FEWEST, _DIGITS = 3, 3

#: Period, area, sex, age and classes of a figure, and the different telling values that reports give there: nearly always
#: one, for which a set would take four times the memory.
Figures = Mapping[tuple[object, ...], tuple[Decimal, ...]]


def figures_of(observations: Iterable[Observation], codes: Collection[str]) -> dict[str, Figures]:
    """By indicator, the values of ``codes`` that tell something, where they stand."""
    found: dict[str, dict[tuple[object, ...], tuple[Decimal, ...]]] = {code: {} for code in sorted(codes)}
    for one in observations:
        if one.indicator in found and one.obs_value is not None and _tells(one.obs_value):
            place = (one.time_period, one.ref_area, one.sex, one.age, one.dimensions)
            values = found[one.indicator].get(place, ())
            if one.obs_value not in values:
                found[one.indicator][place] = (*values, one.obs_value)
    return dict(found)


def restated(one: Figures, other: Figures) -> int:
    """How many values two indicators share for the same places; 0 when they are few or any two differ."""
    shared = [[value for value in one[place] if value in other[place]] for place in one.keys() & other.keys()]
    equal = set(chain.from_iterable(shared))
    return len(equal) if len(equal) >= _FEWEST and all(shared) else 0


def _tells(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) >= _DIGITS
