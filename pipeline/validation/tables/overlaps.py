"""Totals that are no plain sum of all lines beside them: several breakdowns of one whole, quotients, people counted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from pipeline.validation.tables.layout import NOT_ADDED, Grid, Key
from pipeline.validation.tables.relations import Relation, added, holds
from pipeline.validation.tables.scaled import Bounds
from pipeline.validation.tables.view import View

#: Lines of a breakdown, and breakdowns of a total.
_LEAST = 2
#: A quotient that holds at fewer lines may do so by chance, one of many digits less; lines farther from it are not tried.
_ENOUGH, _LONG, _MOST = 3, 100, 8
#: What is left beside breakdowns that hold is another one only if it is so near to the whole, in percent.
_NEAR = 20

#: Share of the percents of a line that one number has to explain.
_ALIKE = 0.7

#: For each place where a sum can be checked, its cells and whether it holds.
Checked = Mapping[int, tuple[tuple[Key, ...], bool]]


def breakdowns(view: View, line: int, checked: Checked) -> list[tuple[int, ...]]:
    """Runs of lines that are each the whole of a total: by sex, by place and by age, one below the other.

    Args:
        view: the table along its rows, or turned.
        line: the total.
        checked: all lines that it might add up, where these do not.

    Returns:
        Runs that add up to it at every place; then what is left of the lines, where that is nearly the whole as
        well. Nothing where no run adds up.
    """
    told = {_at(view, key) for keys, _ in checked.values() for key in keys}
    group = tuple(x for x in view.lines if x in told)
    places = list(checked)
    first = _runs(view, line, group, places)
    rest = group[sum(map(len, first)) :]
    last = [run[::-1] for run in _runs(view, line, rest[::-1], places)] if rest else []
    middle = rest[: len(rest) - sum(map(len, last))]
    runs = [*first, *reversed(last)]
    if not runs or len(runs) + (len(middle) > 1) < _LEAST:
        return []
    return [*runs, middle] if len(middle) >= _LEAST and _nearly(view, line, middle, places) else runs


def _at(view: View, key: Key) -> int:
    return key[1] if view.turned else key[0]


def _runs(view: View, line: int, group: Sequence[int], places: Sequence[int]) -> list[tuple[int, ...]]:
    """Runs from the first line on that each add up to the whole, one behind the other."""
    runs: list[tuple[int, ...]] = []
    start = 0
    while (end := _end(view, line, group[start:], places)) is not None:
        runs.append(tuple(group[start : start + end]))
        start += end
    return runs


def _end(view: View, line: int, group: Sequence[int], places: Sequence[int]) -> int | None:
    """How many lines from the first on add up to the whole everywhere; sums only grow, so one walk is enough."""
    bounds = view.grid.bounds
    sums: dict[int, Bounds] = dict.fromkeys(places, (0, 0))
    for count, x in enumerate(group, start=1):
        fits = True
        for at in places:
            low, high = bounds.get(view.key(x, at), (0, 0))  # a dash adds nothing
            sums[at] = sums[at][0] + low, sums[at][1] + high
            whole = bounds[view.key(line, at)]
            if sums[at][0] > whole[1]:
                return None
            fits = fits and sums[at][1] >= whole[0]
        if fits and count >= _LEAST:
            return count
    return None


def _nearly(view: View, line: int, group: Sequence[int], places: Sequence[int]) -> bool:
    bounds = view.grid.bounds
    for at in places:
        whole = sum(bounds[view.key(line, at)])
        told = sum(added([key for x in group if (key := view.key(x, at)) in bounds], bounds))
        if abs(told - whole) * 100 > _NEAR * whole:
            return False
    return True


def left_over(view: View, group: Sequence[int], named: Sequence[int], places: Sequence[int]) -> list[int]:
    """The lines of a group without a last one that is what one of two totals leaves of the other: «Résultat (A – B)».

    Args:
        view: the table along its rows, or turned.
        group: the lines that a total may add up.
        named: the lines that are called totals.
        places: where the sum can be checked.

    Returns:
        The group without its last line; nothing where that is no such difference, or where too few are left.
    """
    pairs = list(permutations(named, 2)) if len(named) <= _MOST else []
    last = [at for at in places if view.key(group[-1], at) in view.grid.bounds]
    differs = last and any(all(_differs(view, group[-1], at, *pair) for at in last) for pair in pairs)
    return list(group[:-1]) if differs and len(group) > _LEAST else []


def _differs(view: View, line: int, at: int, one: int, other: int) -> bool:
    if not (_told(view, one, at) and _told(view, other, at)):
        return False
    low, high = view.grid.bounds[view.key(line, at)]
    (least, most), (fewest, greatest) = (view.grid.bounds[view.key(x, at)] for x in (one, other))
    return low <= most - fewest and least - greatest <= high


def is_quotient(view: View, line: int, at: int) -> bool:
    """Whether what stands at a place is one of its neighbours over another, in the total as in the other lines.

    In three others it is none of a sum either if the total, as a mean, lies among them: one of its terms may be wrong.
    """
    plain = [x for x in view.across if x != at and view.kind_across[x][0] not in NOT_ADDED]
    places = sorted(plain, key=lambda x: abs(x - at))[:_MOST]
    return any(_divides(view, line, at, *pair) for pair in permutations(places, 2))


def _divides(view: View, line: int, at: int, part: int, base: int) -> bool:
    grid = view.grid
    if not _told(view, line, at, part, base):
        return False
    among: list[Bounds] = []
    wrong: Bounds | None = None
    for x in (line, *view.lines):
        keys = [view.key(x, place) for place in (at, part, base)]
        if any(key not in grid.bounds for key in keys):
            continue
        if grid.bounds[keys[2]][0] <= 0:
            return False
        # A quotient is rounded or cut off, also to a whole number, which else is taken to be exact.
        low, high = grid.bounds[keys[0]]
        step = float(grid.cells[keys[0]].resolution) * grid.scale if low == high else 0
        bounds = {keys[0]: (low - step / 2, high + step), keys[1]: grid.bounds[keys[1]], keys[2]: grid.bounds[keys[2]]}
        right = holds(Relation("", "ratio", keys[0], (keys[1],), (keys[2],)), bounds, grid.scale)
        if x != line:
            if not right:
                return False
            among.append(bounds[keys[0]])
        elif not right:
            wrong = bounds[keys[0]]
    if wrong is not None:
        return len(among) >= _ENOUGH and min(among)[0] < wrong[0] and wrong[1] < max(among)[1]
    return len(among) >= (_ENOUGH if grid.bounds[view.key(line, at)][0] < _LONG * grid.scale else _LEAST)


def _told(view: View, line: int, *places: int) -> bool:
    return all(view.key(line, at) in view.grid.bounds for at in places)


def of_one_base(grid: Grid, shares: Sequence[Relation]) -> bool:
    """Whether shares that do not fit the total fit some other number: then they are shares, and of the wrong one."""
    bases = []
    for one in shares:
        low, high = grid.bounds[one.result]
        least, most = added(one.parts, grid.bounds)
        if low > 0:
            bases.append((one.factor * least / high, one.factor * most / low))
    if len(shares) == 1:  # a part that is the whole table says nothing
        return grid.bounds[shares[0].parts[0]] != added(shares[0].base, grid.bounds)
    return any(_ALIKE * len(shares) <= sum(a <= high and low <= b for a, b in bases) for low, high in bases)


def overlapping(failed: Sequence[Relation], held: Sequence[Relation], bounds: Mapping[Key, Bounds]) -> list[Relation]:
    """What failed; sums greater than a total of which all shares are worked out are doubtful.

    The shares of answers of which several may be given, or of services that one person had several of, are of the
    people: their number is no sum.
    """
    confirmed = Counter(one.base for one in held if one.rule == "TAB-03")
    refuted = {one.base for one in failed if one.rule == "TAB-03"}
    lines = {
        one.parts
        for one in failed
        if one.form == "sum"
        and confirmed[(one.result,)] >= max(_ENOUGH, len(one.parts))
        and (one.result,) not in refuted
        and added(one.parts, bounds)[0] > bounds[one.result][1]
    }
    rows = {tuple(row for row, _ in parts) for parts in lines}
    return [
        replace(one, doubtful=True) if tuple(row for row, _ in one.parts) in rows and one.form == "sum" else one
        for one in failed
    ]
