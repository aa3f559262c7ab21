"""Several wrong cells at once: which figures to take by their other reading so that the whole table holds.

One cell, or two, are searched over every slip there is (``localise``). With more, nearly any table can be made to hold
in many ways, and a repair is believed only where the other reading of the crop says the same; so here a cell has no
more values than its readings: as read, as read the second time, and with its digit groups turned where the table
shows them turned. Every failed relation must hold a changed cell, which bounds the search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.language.numerals import parse
from pipeline.model.place import Method
from pipeline.model.reading import Reading
from pipeline.validation.tables.digits import groups_turned, slip
from pipeline.validation.tables.layout import Grid, Key
from pipeline.validation.tables.localise import Way, digits_of, reach_of, scaled_value, step_of
from pipeline.validation.tables.relations import Relation, holds
from pipeline.validation.tables.scaled import Bounds

#: So many cells are changed at most, so many states looked at.
MOST_CELLS, MOST_STATES = 8, 20_000


def second_value(reading: Reading) -> Decimal | None:
    """What the second reading of a crop gave, in the unit of the first; ``None`` when it agreed or gave no number."""
    number = parse(reading.second_raw) if reading.second_raw else None
    if number is None or reading.value is None:
        return None
    first = parse(reading.raw)
    scale = reading.value / first.value if first is not None and first.value else Decimal(1)
    return number.value * scale


def turns(grid: Grid) -> bool:
    """Whether some figure of a table shows that its digit groups are displayed in reversed order."""
    return any(reading.order_repaired for reading in grid.cells.values())


def other_readings(grid: Grid, key: Key) -> list[int]:
    """Scaled values that a cell may have by its other reading, or with its groups turned."""
    reading = grid.cells[key]
    if reading.value is None:
        return []
    found = []
    second = second_value(reading) if reading.locus.method is Method.OCR else None
    if second is not None and second >= 0:
        found.append(int(second * grid.scale))
    digits = digits_of(grid, key, scaled_value(grid, key))
    if len(digits) > 3 and (turns(grid) or " " in reading.raw.strip()):
        turned = groups_turned(digits)
        if turned[0] != "0":
            found.append(int(turned) * step_of(grid, key))
    return [value for value in dict.fromkeys(found) if value != scaled_value(grid, key)]


@dataclass(slots=True)
class _Search:
    grid: Grid
    touching: Mapping[Key, Sequence[Relation]]
    failed: Sequence[Relation]
    values: dict[Key, list[int]]
    states: int = 0
    found: list[dict[Key, int]] = field(default_factory=list)

    def go(self, changed: dict[Key, int], frozen: frozenset[Key], bounds: dict[Key, Bounds]) -> None:
        """Change one more cell of the first relation that fails; cells left as read there stay so."""
        self.states += 1
        if self.states > MOST_STATES:
            return
        broken = self._broken(changed, bounds)
        if broken is None:
            self.found.append(dict(changed))
            return
        if len(changed) >= MOST_CELLS:
            return
        for key in dict.fromkeys(broken.keys):
            if key in changed or key in frozen:
                continue
            reach = reach_of(self.grid, key)
            for value in self.values.get(key, ()):
                self.go({**changed, key: value}, frozen, {**bounds, key: (value - reach, value + reach)})
            frozen |= {key}

    def _broken(self, changed: Mapping[Key, int], bounds: Mapping[Key, Bounds]) -> Relation | None:
        """The failing relation that leaves the fewest cells to change."""
        near = dict.fromkeys([*self.failed, *(r for key in changed for r in self.touching[key])])
        broken = [relation for relation in near if not holds(relation, bounds, self.grid.scale)]
        return min(broken, key=lambda r: sum(key in self.values for key in r.keys), default=None)


def by_readings(grid: Grid, failed: Sequence[Relation], others: Sequence[Relation]) -> Iterator[Way]:
    """Ways to make everything hold by other readings of two cells or more; none that holds another within it."""
    touching: dict[Key, list[Relation]] = defaultdict(list)
    for relation in (*failed, *others):
        for key in dict.fromkeys(relation.keys):
            touching[key].append(relation)
    values = {key: found for key in touching if (found := other_readings(grid, key))}
    if any(not any(key in values for key in relation.keys) for relation in failed):
        return
    search = _Search(grid, touching, failed, values)
    search.go({}, frozenset(), dict(grid.bounds))
    if search.states > MOST_STATES:
        return  # not all was seen, so nothing is known to be the only way
    for changed in search.found:
        if len(changed) > 1 and not any(set(less) < set(changed) for less in search.found):
            yield _way(grid, changed, len(failed))


def _way(grid: Grid, changed: Mapping[Key, int], resolved: int) -> Way:
    slips = [
        slip(digits_of(grid, k, scaled_value(grid, k)), digits_of(grid, k, v)) for k, v in changed.items()
    ]
    cost = sum(one for one, _ in slips) + len(slips) - 1
    return Way(
        tuple(sorted(changed.items())), cost, ", ".join(dict.fromkeys(name for _, name in slips)), resolved
    )


def with_values(grid: Grid, values: Mapping[Key, int]) -> Grid:
    """The table with other values in some cells."""
    cells = {**grid.cells}
    bounds = {**grid.bounds}
    for key, value in values.items():
        cells[key] = replace(grid.cells[key], value=Decimal(value) / grid.scale)
        reach = reach_of(grid, key)
        bounds[key] = (value - reach, value + reach)
    return replace(grid, cells=cells, bounds=bounds)
