"""Which cell is wrong when relations of a table fail: exact search for one cell, then for two.

For every cell that all failed relations share, the values that would make every relation of the table hold are
worked out from the others. The cheapest slip from what is printed to such a value ranks first; that the source
printed it so is a hypothesis of its own (see ``repair``). Bounded: no more than so many pairs are tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from pipeline.validation.tables.digits import ARBITRARY, neighbours, slip
from pipeline.validation.tables.layout import Grid, Key
from pipeline.validation.tables.relations import Relation, holds, need
from pipeline.validation.tables.scaled import Bounds

#: So many values of one cell are told apart one by one; of more, only those one slip away from the print.
_FEW = 400
#: Pairs of cells and values that are tried before the search gives up.
MOST_PAIRS = 30_000
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Way:
    """One way to make everything hold: new scaled values by cell, what it costs, what slip it would be."""

    values: tuple[tuple[Key, int], ...]
    cost: float
    slip: str
    resolved: int


def ways(
    grid: Grid, failed: Sequence[Relation], others: Sequence[Relation], *, pairs: bool = True
) -> list[Way]:
    """Changes of one cell (else of two) after which the failed relations hold and no other one breaks.

    Args:
        grid: the table.
        failed: relations that fail, all of one cause.
        others: relations of the table that hold.
        pairs: also look for two cells when no single one explains.

    Returns:
        Cheapest first; none if nothing does.
    """
    touching: dict[Key, list[Relation]] = defaultdict(list)
    for relation in (*failed, *others):
        for key in dict.fromkeys(relation.keys):
            touching[key].append(relation)
    shared = [key for key in touching if all(key in relation.keys for relation in failed)]
    found = [way for key in shared for way in _single(grid, key, touching[key], len(failed))]
    if not found and pairs:
        found = list(_double(grid, failed, touching))
    return sorted(found, key=lambda way: (way.cost, way.values))


def _single(grid: Grid, key: Key, relations: Sequence[Relation], resolved: int) -> Iterator[Way]:
    """The cheapest values of one cell that suit all its relations."""
    values = _fitting(grid, key, relations, grid.bounds)
    printed = digits_of(grid, key, scaled_value(grid, key))
    for value in values:
        cost, name = slip(printed, digits_of(grid, key, value))
        yield Way(((key, value),), cost, name, resolved)


def _fitting(grid: Grid, key: Key, relations: Sequence[Relation], bounds: Mapping[Key, Bounds]) -> list[int]:
    """Scaled values that a cell may have for all of its relations to hold: all if few, else those near the print."""
    reach = reach_of(grid, key)
    low: Fraction | float = -(10**18)
    high: Fraction | float = 10**18
    for relation in relations:
        span = need(relation, key, bounds, grid.scale)
        if span is None:
            continue
        low, high = max(low, span[0] - reach), min(high, span[1] + reach)
    if low > high:
        return []
    step = step_of(grid, key)
    middle = scaled_value(grid, key)
    first, last = ceil(low / step), floor(high / step)
    if last - first < _FEW:
        values = [n * step for n in range(first, last + 1) if n * step != middle]
    else:
        printed = digits_of(grid, key, middle)
        values = [int(other) * step for other in neighbours(printed)]
        values = [value for value in values if low <= value <= high]
    return [value for value in values if value >= 0 and _suits(grid, key, value, relations, bounds)]


def _suits(
    grid: Grid, key: Key, value: int, relations: Sequence[Relation], bounds: Mapping[Key, Bounds]
) -> bool:
    reach = reach_of(grid, key)
    changed = {**bounds, key: (value - reach, value + reach)}
    return all(holds(relation, changed, grid.scale) for relation in relations)


def _double(
    grid: Grid, failed: Sequence[Relation], touching: Mapping[Key, Sequence[Relation]]
) -> Iterator[Way]:
    """Two cells, each one slip away from its print, no relation left failing. Cheapest partner for each first cell."""
    keys = list(dict.fromkeys(key for relation in failed for key in relation.keys))
    if len(keys) > _WIDEST:
        return
    tried = 0
    for i, one in enumerate(keys):
        mine = touching[one]
        printed, reach, step = (
            digits_of(grid, one, scaled_value(grid, one)),
            reach_of(grid, one),
            step_of(grid, one),
        )
        for other_digits in neighbours(printed):
            value = int(other_digits) * step
            bounds = {**grid.bounds, one: (value - reach, value + reach)}
            left = [r for r in (*failed, *mine) if not holds(r, bounds, grid.scale)]
            if not left or len(left) >= len(failed) + len(mine):
                continue
            cost = slip(printed, other_digits)[0]
            partners = [k for k in keys[i + 1 :] if all(k in relation.keys for relation in left)]
            for partner in partners:
                tried += 1
                if tried > MOST_PAIRS:
                    return
                told = digits_of(grid, partner, scaled_value(grid, partner))
                for fit in _fitting(grid, partner, touching[partner], bounds):
                    second, name = slip(told, digits_of(grid, partner, fit))
                    if second < ARBITRARY:
                        yield Way(((one, value), (partner, fit)), cost + second + 1, name, len(failed))


def digits_of(grid: Grid, key: Key, scaled: int) -> str:
    """A scaled value as the digits that would be printed in that cell."""
    return str(abs(scaled) // step_of(grid, key))


def scaled_value(grid: Grid, key: Key) -> int:
    """The value as read, in the scale of the table."""
    value = grid.cells[key].value
    return int(value * grid.scale) if value is not None else 0


def reach_of(grid: Grid, key: Key) -> int:
    """How far a value of that cell may be from what it stands for."""
    low, high = grid.bounds[key]
    return int((high - low) // 2) if low != high and high - low < 10**15 else 0


def step_of(grid: Grid, key: Key) -> int:
    """One unit of the last printed digit, in the scale of the table."""
    resolution = grid.cells[key].resolution
    return max(int(resolution * grid.scale), 1) if resolution > 0 else grid.scale
