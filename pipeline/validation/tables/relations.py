"""What figures of one table have to do with each other, and whether it holds for the printed intervals.

A relation fails only when the intervals of its figures cannot meet. ``need`` turns a relation round: which values
of one cell would make it hold, all others as printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from pipeline.model.quick import quick
from pipeline.validation.tables.layout import Key
from pipeline.validation.tables.scaled import Bounds


@quick
@dataclass(frozen=True, slots=True)
class Relation:
    """``result`` is the sum of ``parts`` (``sum``), their mean (``mean``), or ``factor`` × parts ÷ ``base`` − ``less``
    (``ratio``: shares, completion, growth).

    ``line`` names what is found as one (a total row, a share column); ``supports`` say why it is believed:
    ``label``, ``position``, ``cover``. One support alone does not make an error.
    """

    rule: str
    form: str
    result: Key
    parts: tuple[Key, ...]
    base: tuple[Key, ...] = ()
    factor: int = 1
    less: int = 0
    line: str = ""
    supports: frozenset[str] = frozenset()
    doubtful: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every cell of the relation, the result first."""
        return (self.result, *self.parts, *self.base)


def holds(relation: Relation, bounds: Mapping[Key, Bounds], scale: int) -> bool:
    """Whether the relation can be true of the printed figures. All its cells must have a value."""
    low, high = bounds[relation.result]
    below, above = added(relation.parts, bounds)
    if relation.form == "sum":
        return below <= high and above >= low
    if relation.form == "mean":
        count = len(relation.parts)
        return below <= high * count and above >= low * count
    under, over = added(relation.base, bounds)
    if under <= 0:
        return True  # a base of nothing decides nothing
    factor = relation.factor * scale
    low, high = low + relation.less * scale, high + relation.less * scale
    return factor * below <= high * (over if below >= 0 else under) and factor * above >= low * (
        under if above >= 0 else over
    )


def decides(relation: Relation, bounds: Mapping[Key, Bounds]) -> bool:
    """Whether the relation can fail at all: over nothing or less than nothing any ratio holds, which vouches for none."""
    return relation.form != "ratio" or added(relation.base, bounds)[0] > 0


def added(keys: Sequence[Key], bounds: Mapping[Key, Bounds]) -> Bounds:
    """Sum of the figures' bounds."""
    below: int | float = 0
    above: int | float = 0
    for key in keys:
        low, high = bounds[key]
        below += low
        above += high
    return below, above


Range = tuple[Fraction | float, Fraction | float]


def need(relation: Relation, key: Key, bounds: Mapping[Key, Bounds], scale: int) -> Range | None:
    """Scaled values of ``key`` for which the relation holds, all other cells as printed; ``None`` for no value."""
    low, high = (_exact(x) for x in bounds[relation.result])
    if relation.form != "ratio":
        count = len(relation.parts) if relation.form == "mean" else 1
        if key == relation.result:
            below, above = (_exact(x) for x in added(relation.parts, bounds))
            return below / count, above / count
        below, above = (_exact(x) for x in added([k for k in relation.parts if k != key], bounds))
        return low * count - above, high * count - below
    factor, less = relation.factor * scale, relation.less * scale
    below, above = (_exact(x) for x in added(relation.parts, bounds))
    under, over = (_exact(x) for x in added(relation.base, bounds))
    if key == relation.result:
        return None if under <= 0 else (factor * below / over - less, factor * above / under - less)
    low, high = low + less, high + less
    if key in relation.base and key in relation.parts:
        return None  # a part of its own base: left to the neighbours of the printed digits
    if key in relation.parts:
        others = [_exact(x) for x in added([k for k in relation.parts if k != key], bounds)]
        return (low * under / factor - others[1], high * over / factor - others[0])
    if low <= 0 or below < 0:
        return None
    others = [_exact(x) for x in added([k for k in relation.base if k != key], bounds)]
    return factor * below / high - others[1], factor * above / low - others[0]


def _exact(number: int | float) -> Fraction | float:
    return number if number in (inf, -inf) else Fraction(number)
