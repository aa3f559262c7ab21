"""Finds what is a total of what: from labels, from where a line stands, and from whether it holds elsewhere.

Never from one of these alone. A line that a label calls a total is tried as the sum of the lines before it, after
it, of all, of the sub-totals; the choice that holds at most places is taken. A first or last line without such
a label is a total when it is the sum of the others at most of the other places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from pipeline.validation.tables.digits import ARBITRARY, slip
from pipeline.validation.tables.layout import NOT_ADDED, Grid, Key, is_year, tier
from pipeline.validation.tables.overlaps import breakdowns, is_quotient, left_over
from pipeline.validation.tables.relations import Relation, added, holds
from pipeline.validation.tables.view import View

#: Share of the other places at which a relation must hold to be believed from arithmetic.
COVER = 0.7
#: Tables with more lines than this are not searched for totals that no label names inside a group.
_MOST_NESTED = 80
_TOTALS = ("total", "subtotal")
#: At so many places a total that holds at none of them is taken for something else than a plain sum.
_NOWHERE = 3

Checked = dict[int, tuple[tuple[Key, ...], bool]]


def totals(grid: Grid) -> Iterator[Relation]:
    """Sums down the columns and along the rows."""
    for turned in (False, True):
        view = View.of(grid, turned=turned)
        lines = [line for line in view.lines if view.kind[line][0] not in (*NOT_ADDED, "of_which")]
        named = [line for line in lines if view.kind[line][0] in _TOTALS]
        places = [at for at in view.across if view.kind_across[at][0] not in NOT_ADDED]
        if len(lines) < 3 or not places:
            continue
        found = False
        for line in named:
            for relation in _named(view, line, lines, named, places):
                found = True
                yield relation
        if not found:
            yield from _unnamed(view, lines, places)


def _named(
    view: View, line: int, lines: Sequence[int], named: Sequence[int], places: Sequence[int]
) -> Iterator[Relation]:
    best: tuple[int, list[int], Checked] | None = None
    for group in _groups(view, line, lines, named):
        checked = _checked(view, line, group, places)
        right = sum(ok for _, ok in checked.values())
        if checked and (best is None or right > best[0]):
            best = (right, group, checked)
        if checked and right == len(checked):
            break
    if best is not None and not best[0] and (inner := _outer(view, best[1], places)):
        checked = _checked(view, line, inner, places)
        if right := sum(ok for _, ok in checked.values()):
            best = (right, inner, checked)
    if best is not None and best[0] < len(best[2]) and (rest := left_over(view, best[1], named, places)):
        checked = _checked(view, line, rest, places)
        if (right := sum(ok for _, ok in checked.values())) >= best[0]:
            best = (right, rest, checked)
    if best is None:
        return
    right, group, checked = best
    checked = {at: told for at, told in checked.items() if told[1] or not is_quotient(view, line, at)}
    if not right and checked and (runs := breakdowns(view, line, checked)):
        yield from _of_breakdowns(view, line, runs, list(checked))
        return
    if not right and all(_balance(view, line, at, keys) for at, (keys, _) in checked.items()):
        return
    firm = view.kind[line][1]
    nowhere = not right and len(checked) >= _NOWHERE
    years = view.turned and any(is_year(view.label[x]) for x in group)
    plain = not view.turned or (firm and not years)
    if not right and view.turned and (nowhere or not plain):
        return
    beside = (
        abs(lines.index(line) - lines.index(group[-1])) == 1
        or abs(lines.index(line) - lines.index(group[0])) == 1
    )
    supports = {"label"} if plain else set()
    if beside or line in (lines[0], lines[-1]):
        supports.add("position")
    doubtful = nowhere or (not right and len(checked) > 1 and _overlapping(view, line, checked))
    yield from _as_relations(view, line, checked, right, supports, doubtful=doubtful)


def _of_breakdowns(
    view: View, line: int, runs: Sequence[Sequence[int]], places: Sequence[int]
) -> Iterator[Relation]:
    """A total as the sum of each of several breakdowns; of one that fails it is not sure that it is one."""
    for run in runs:
        checked = _checked(view, line, run, places)
        right = sum(ok for _, ok in checked.values())
        yield from _as_relations(view, line, checked, right, {"label", "position"}, doubtful=right < len(checked))


def _as_relations(
    view: View, line: int, checked: Checked, right: int, supports: set[str], *, doubtful: bool = False
) -> Iterator[Relation]:
    rule = "TAB-02" if view.turned else "TAB-01"
    name = f"{'column' if view.turned else 'row'} {line}"
    for at, (keys, ok) in checked.items():
        others = len(checked) - 1
        covered = others > 0 and right - ok >= COVER * others
        of_more = not ok and view.grid.partial and _more(view, line, at, keys)
        if not ok and view.grid.averaged and _between(view, line, at, keys):
            continue
        inside = not ok and _inside(view, line, at, keys)
        if inside and "label" not in supports:
            continue  # a column of rates beside columns of counts
        yield Relation(
            rule=rule,
            form="sum",
            result=view.key(line, at),
            parts=keys,
            line=name,
            supports=frozenset() if of_more else frozenset(supports | ({"cover"} if covered else set())),
            doubtful=doubtful or inside,
        )


def _more(view: View, line: int, at: int, keys: Sequence[Key]) -> bool:
    """Whether a total is more than its parts: of more lines than the table has, where it may be."""
    return view.grid.bounds[view.key(line, at)][0] > added(keys, view.grid.bounds)[1]


def _between(view: View, line: int, at: int, keys: Sequence[Key]) -> bool:
    """Whether a total lies between the least and the greatest of its parts."""
    bounds = view.grid.bounds
    low, high = bounds[view.key(line, at)]
    return min(bounds[key][0] for key in keys) <= high and low <= max(bounds[key][1] for key in keys)


def _inside(view: View, line: int, at: int, keys: Sequence[Key]) -> bool:
    """Whether a total lies among its parts and is no slip of their sum: a mean, a rate, a density more likely than a sum."""
    grid = view.grid
    low, high = grid.bounds[view.key(line, at)]
    if len(keys) < 3 or high in (inf, -inf) or not _between(view, line, at, keys):
        return False
    summed = sum(grid.bounds[key][0] + grid.bounds[key][1] for key in keys) / 2
    step = grid.scale * (grid.cells[view.key(line, at)].resolution or 1)
    if summed in (inf, -inf):
        return False
    return slip(str(int((low + high) / 2 / float(step))), str(int(summed / float(step))))[0] >= ARBITRARY


def _groups(view: View, line: int, lines: Sequence[int], named: Sequence[int]) -> Iterator[list[int]]:
    """Lines that a total may add up, the likeliest first."""
    at = lines.index(line)
    plain = [x for x in lines if x not in named]
    mine = tier(view.label[line])
    same = [x for x in plain if tier(view.label[x]) == mine]
    if mine and len(same) >= 2:
        yield same
    before: list[int] = []
    for x in reversed(lines[:at]):
        if x in named:
            break
        before.insert(0, x)
    after: list[int] = []
    for x in lines[at + 1 :]:
        if x in named:
            break
        after.append(x)
    # Sub-totals stand on the side on which the first of them stands.
    seen = [g for g in (before, after) if len(g) >= 2]
    yield from seen
    if len(plain) >= 2:
        yield plain
    others = [x for x in named if x != line]
    for group in ([x for x in others if x < line], [x for x in others if x > line], others):
        if len(group) >= 2:
            yield group
    loose = [x for x in before if others and x > others[0]]
    if others and loose:
        yield sorted({*(x for x in others if x < line), *loose})


def _checked(view: View, line: int, group: Sequence[int], places: Sequence[int]) -> Checked:
    """For each place where the sum can be checked, its cells and whether it holds."""
    found: Checked = {}
    bounds, scale = view.grid.bounds, view.grid.scale
    for at in places:
        keys = view.summed(line, group, at)
        if keys is not None:
            relation = Relation("", "sum", view.key(line, at), keys)
            found[at] = keys, holds(relation, bounds, scale)
    return found


def _unnamed(view: View, lines: Sequence[int], places: Sequence[int]) -> Iterator[Relation]:
    """A first or last line that is the sum of the others nearly everywhere."""
    for line in (lines[-1], lines[0]):
        group = [x for x in lines if x != line]
        if view.turned and any(is_year(view.label[x]) for x in lines):
            return
        checked = _checked(view, line, group, places)
        telling = {at: held for at, held in checked.items() if _telling(view, line, at, held[0])}
        right = sum(ok for _, ok in telling.values())
        if right >= 2 and right >= COVER * (len(telling) - 1):
            yield from _as_relations(view, line, checked, right, {"position"})
            return


def _telling(view: View, line: int, at: int, keys: Sequence[Key]) -> bool:
    """Whether a sum that holds there could not hold by chance: more than one figure that is not nought."""
    bounds = view.grid.bounds
    return bool(bounds[view.key(line, at)][1]) and sum(1 for key in keys if bounds[key][1]) >= 2


def _outer(view: View, group: Sequence[int], places: Sequence[int]) -> list[int]:
    """The group without lines that another of its lines adds up: totals that no label names."""
    if len(group) > _MOST_NESTED:
        return []
    inner: set[int] = set()
    for at, line in enumerate(group):
        if line in inner:
            continue
        for run in _runs(group, at):
            checked = _checked(view, line, run, places)
            if (
                checked
                and all(ok for _, ok in checked.values())
                and any(_telling(view, line, x, keys) for x, (keys, _) in checked.items())
            ):
                inner |= set(run)
                break
    return [line for line in group if line not in inner] if inner else []


def _runs(group: Sequence[int], at: int) -> Iterator[Sequence[int]]:
    for end in range(at + 3, len(group) + 1):
        yield group[at + 1 : end]
    for start in range(at - 2, -1, -1):
        yield group[start:at]


def _balance(view: View, line: int, at: int, keys: Sequence[Key]) -> bool:
    """Whether a line called total is what one of two figures leaves of the other: income less spending."""
    if len(keys) != 2:
        return False
    bounds, scale, whole = view.grid.bounds, view.grid.scale, view.key(line, at)
    return any(
        holds(Relation("", "sum", one, (other, whole)), bounds, scale) for one, other in (keys, keys[::-1])
    )


def _overlapping(view: View, line: int, checked: Checked) -> bool:
    """Everywhere less than the sum, yet no less than the greatest part: people counted in several lines."""
    bounds = view.grid.bounds
    return all(
        max(bounds[key][0] for key in keys)
        <= bounds[view.key(line, at)][1]
        < sum(bounds[key][0] for key in keys)
        for at, (keys, _) in checked.items()
    )
