"""Values that reports give for the same place and time under other words: a later report tells again what an earlier one told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from pipeline.model.observation import Observation

#: So many different values of so many digits are not equal by chance.
_FEWEST, _DIGITS = 3, 3

#: Period, area, sex, age and classes of a figure, and the telling values that reports give there.
Figures = Mapping[tuple[object, ...], set[Decimal]]


def figures_of(observations: Iterable[Observation], codes: Collection[str]) -> dict[str, Figures]:
    """By indicator, the values of ``codes`` that tell something, where they stand."""
    found: dict[str, dict[tuple[object, ...], set[Decimal]]] = {
        code: defaultdict(set) for code in sorted(codes)
    }
    for one in observations:
        if one.indicator in found and one.obs_value is not None and _tells(one.obs_value):
            place = (one.time_period, one.ref_area, one.sex, one.age, one.dimensions)
            found[one.indicator][place].add(one.obs_value)
    return {code: dict(held) for code, held in found.items()}


def restated(one: Figures, other: Figures) -> int:
    """How many values two indicators share for the same places; 0 when they are few or any two differ."""
    shared = [one[place] & other[place] for place in one.keys() & other.keys()]
    equal = set[Decimal]().union(*shared)
    return len(equal) if len(equal) >= _FEWEST and all(shared) else 0


def _tells(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) >= _DIGITS
