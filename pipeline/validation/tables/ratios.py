"""Finds what a line of percents, averages or changes is computed from, and on which base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations

from pipeline.validation.tables.layout import NOT_ADDED, Grid, Key, is_year
from pipeline.validation.tables.overlaps import of_one_base
from pipeline.validation.tables.relations import Relation, added, decides, holds
from pipeline.validation.tables.sums import COVER
from pipeline.validation.tables.view import View

#: More lines of counts than this are not all tried against each other.
_MOST = 12
_TOTALS = ("total", "subtotal")


def ratios(grid: Grid) -> Iterator[Relation]:
    """Shares, rates, averages and changes, of columns and of rows."""
    for turned in (True, False):
        view = View.of(grid, turned=turned)
        for line in view.lines:
            kind, firm = view.kind[line]
            if kind == "share":
                yield from _share(view, line, firm=firm)
            elif kind in ("rate", "average"):
                yield from _covered(view, line, [*_pairs(view, line), *_means(view, line, kind)], least=3)
            elif kind == "change":
                yield from _change(view, line)
            elif kind == "cumulative":
                yield from _running(view, line)
        if not turned:
            continue
        yield from _shares_sum(view)


def _counts(view: View, line: int) -> list[int]:
    """Lines of counts, those under the same head and nearest first."""
    mine = view.tier(line)
    held = [x for x in view.lines if x != line and view.kind[x][0] not in NOT_ADDED]
    return sorted(held, key=lambda x: (view.tier(x) != mine, abs(x - line), x))[:_MOST]


def _share(view: View, line: int, *, firm: bool) -> Iterator[Relation]:
    """Percents of a total: of the total of their own counts if that fits or nothing else does."""
    counts = _counts(view, line)
    ways = [told for count in counts for way in _of_totals(view, line, count) if (told := _deciding(view, way))]
    best: list[Relation] = []
    right = 0
    for way in ways:
        now = _right(view, way)
        if now > right or not best:
            best, right = way, now
        if right == len(best):
            break
    if right < len(best) or not best:
        for way in _pairs(view, line):
            now = _right(view, way)
            if now >= 3 and now > right:
                best, right = way, now
    if not best:
        return
    if right >= 2 and right >= COVER * (len(best) - 1):
        yield from _with(best, {"label", "cover"})
    elif (
        ways
        and (firm or _whole_is_hundred(view, line))
        and (len(counts) == 1 or view.tier(counts[0]) == view.tier(line))
    ):
        own = best if right else ways[0]
        if not right and not _whole_is_hundred(view, line) and not of_one_base(view.grid, own):
            return  # rates of something that the table does not count
        # One count, one percent, one total: what it is a share of is said by where it stands.
        yield from _with(
            own, {"label", "position"} if _whole_is_hundred(view, line) or len(counts) == 1 else {"label"}
        )


def _of_totals(view: View, line: int, count: int) -> Iterator[list[Relation]]:
    """The percents of a line as shares of each total of a line of counts, or of its sum where none is printed."""
    grid = view.grid
    totals = [
        at
        for at in view.across
        if view.kind_across[at][0] in (*_TOTALS, "distinct") and view.key(count, at) in grid.bounds
    ]
    parts = [
        at
        for at in view.across
        if view.kind_across[at][0] not in (*_TOTALS, *NOT_ADDED)
        and view.key(line, at) in grid.bounds
        and view.key(count, at) in grid.bounds
    ]
    if not parts:
        return
    bases: list[tuple[Key, ...]] = [(view.key(count, at),) for at in reversed(totals)]
    bases += [(view.key(count, at),) for at in parts if _is_hundred(grid, view.key(line, at))]  # «National … 100 %»
    if not totals and len(parts) >= 2:
        bases += [tuple(view.key(count, at) for at in parts)]
    for base in bases:
        yield [_part_of(view, line, count, at, base) for at in parts]
    for behind in (True, False) if len(totals) > 1 else ():
        own = {at: _own_total(totals, at, behind=behind) for at in parts}
        if all(whole is not None for whole in own.values()):
            yield [
                _part_of(view, line, count, at, (view.key(count, whole),))
                for at, whole in own.items()
                if whole is not None
            ]


def _part_of(view: View, line: int, count: int, at: int, base: tuple[Key, ...]) -> Relation:
    return Relation(
        "TAB-03", "ratio", view.key(line, at), (view.key(count, at),), base, 100, line=_name(view, line)
    )


def _own_total(totals: Sequence[int], at: int, *, behind: bool) -> int | None:
    """The total of the group of a part, where each group has one behind its parts, or before them."""
    if behind:
        return next((whole for whole in totals if whole > at), None)
    return next((whole for whole in reversed(totals) if whole < at), None)


def _pairs(view: View, line: int) -> Iterator[list[Relation]]:
    """One line of counts over another, place by place: completion rates, averages per centre, percents of a row."""
    grid = view.grid
    counts = _counts(view, line)
    percent = any(
        grid.cells[key].unit_measure == "PT"
        for at in view.across
        if (key := view.key(line, at)) in grid.bounds
    )
    rule = "TAB-07" if percent else "TAB-09"
    for part, base in permutations(counts, 2):
        relations = [
            Relation(
                rule, "ratio", view.key(line, at), (view.key(part, at),), (view.key(base, at),), 100 if percent else 1,
                line=_name(view, line),
            )
            for at in view.across
            if all(view.key(x, at) in grid.bounds for x in (line, part, base))
        ]  # fmt: skip
        if told := _deciding(view, relations):
            yield told


def _means(view: View, line: int, kind: str) -> Iterator[list[Relation]]:
    """A line of averages as the mean of the others."""
    if kind != "average":
        return
    others = [x for x in view.lines if x != line and view.kind[x][0] == "part"]
    relations = []
    for at in view.across:
        keys = view.summed(line, others, at)
        if keys is not None:
            relations.append(Relation("TAB-09", "mean", view.key(line, at), keys, line=_name(view, line)))
    if relations:
        yield relations


def _covered(view: View, line: int, ways: Sequence[list[Relation]], *, least: int) -> Iterator[Relation]:
    """The way that holds at most places, if it holds at enough of them."""
    best = max(ways, key=lambda way: _right(view, way), default=[])
    right = _right(view, best)
    if right >= least and right >= COVER * (len(best) - 1):
        yield from _with([_either_way(view, one) for one in best], {"label", "cover"})


def _either_way(view: View, one: Relation) -> Relation:
    """A rate the other way round where it holds only so: of a delay, as of what should be little, the aim is over what was."""
    turned = replace(one, parts=one.base, base=one.parts)
    fits = [holds(way, view.grid.bounds, view.grid.scale) for way in (one, turned)] if one.base else [True]
    return turned if fits == [False, True] else one


def _change(view: View, line: int) -> Iterator[Relation]:
    """A line that says how much another changed: in percent, or as a difference."""
    counts = sorted(_counts(view, line))
    ways = {
        pair: way
        for pair in permutations(counts, 2)
        if (way := _deciding(view, _changes(view, line, *pair)))
    }
    best = max(ways.values(), key=lambda way: _right(view, way), default=[])
    right = _right(view, best)
    if best and right >= 2 and right >= COVER * (len(best) - 1):
        yield from _with(best, {"label", "cover"})
    elif len(counts) == 2 and ways and all(is_year(view.label[x]) for x in counts):
        old, new = sorted(counts, key=lambda x: view.label[x].fr or view.label[x].ar)
        yield from _with(best if right else ways.get((new, old), []), {"label", "position"})


def _changes(view: View, line: int, new: int, old: int) -> list[Relation]:
    grid, name = view.grid, _name(view, line)
    way = []
    for at in view.across:
        said, now, then = (view.key(x, at) for x in (line, new, old))
        if any(key not in grid.bounds for key in (said, now, then)):
            continue
        ratio = Relation("TAB-10", "ratio", said, (now,), (then,), 100, 100, line=name)
        units = [grid.cells[key].unit_measure for key in (said, now, then)]
        # From one percent to another it is points that are counted, but for a few who say how much of itself it changed.
        points = units == ["PT", "PT", "PT"] and not holds(ratio, grid.bounds, grid.scale)
        if units[0] == "PT" and not points:
            way.append(ratio)
        else:
            way.append(Relation("TAB-10", "sum", now, (then, said), line=name))
    return way


def _running(view: View, line: int) -> Iterator[Relation]:
    """A running total: what it was a place before, and what came since; or the sum of the other columns of its row."""
    bounds = view.grid.bounds
    places = [at for at in view.across if view.kind_across[at][0] not in (*_TOTALS, *NOT_ADDED)]
    ways: list[list[Relation]] = []
    shares = [x for x in view.lines if x != line and view.kind[x][0] == "share"]
    for count in (*_counts(view, line), *shares):
        way = [
            Relation(
                "TAB-14", "sum", view.key(line, at), (view.key(line, before), view.key(count, at)), line=_name(view, line)
            )
            for before, at in pairwise(places)
            if all(key in bounds for key in (view.key(line, before), view.key(line, at), view.key(count, at)))
        ]  # fmt: skip
        if way:
            ways.append(way)
    if view.turned:
        parts = [x for x in view.lines if view.kind[x][0] == "part"]
        sums = [(at, keys) for at in view.across if (keys := view.summed(line, parts, at)) is not None]
        ways.append(
            [Relation("TAB-02", "sum", view.key(line, at), keys, line=_name(view, line)) for at, keys in sums]
        )
    yield from _covered(view, line, ways, least=2)


def _shares_sum(view: View) -> Iterator[Relation]:
    """Shares whose whole is printed as 100 sum to it, within what rounding allows.

    Shares that add up to far more than the whole are answers of which several may be given: nothing is checked.
    """
    grid = view.grid
    for line in view.lines:
        if view.kind[line][0] != "share":
            continue
        wholes = [
            at for at in view.across if view.kind_across[at][0] == "total" and _is_hundred(grid, view.key(line, at))
        ]
        for at in wholes:
            whole = view.key(line, at)
            parts = [
                x
                for x in _of_whole(view.across, wholes, at)
                if view.kind_across[x][0] not in (*_TOTALS, *NOT_ADDED, "of_which")
            ]
            keys = tuple(view.key(line, x) for x in parts)
            if len(keys) < 2 or any(key not in grid.bounds for key in keys):
                continue
            yield Relation(
                "TAB-04",
                "sum",
                whole,
                keys,
                line=_name(view, line),
                supports=frozenset({"label", "position"}),
            )


def _of_whole(places: Sequence[int], wholes: Sequence[int], whole: int) -> Sequence[int]:
    """Places of the parts of a whole: all, or those next to it where several groups are each printed as 100."""
    if len(wholes) == 1:
        return places
    if places[0] in wholes:  # each whole stands before its parts
        after = min((w for w in wholes if w > whole), default=places[-1] + 1)
        return [x for x in places if whole < x < after]
    before = max((w for w in wholes if w < whole), default=places[0] - 1)
    return [x for x in places if before < x < whole]


def _is_hundred(grid: Grid, key: Key) -> bool:
    low, high = grid.bounds.get(key, (1, 0))
    return low <= 100 * grid.scale <= high


def _whole_is_hundred(view: View, line: int) -> bool:
    """Whether the percents of a line are parts of one whole: its total is printed as 100, or they sum to it."""
    grid = view.grid
    if any(
        view.kind_across[at][0] == "total" and _is_hundred(grid, view.key(line, at)) for at in view.across
    ):
        return True
    parts = [
        key
        for at in view.across
        if view.kind_across[at][0] == "part" and (key := view.key(line, at)) in grid.bounds
    ]
    low, high = added(parts, grid.bounds)
    return len(parts) > 1 and low <= 100 * grid.scale <= high


def _deciding(view: View, way: Sequence[Relation]) -> list[Relation]:
    return [relation for relation in way if decides(relation, view.grid.bounds)]


def _right(view: View, way: Sequence[Relation]) -> int:
    return sum(holds(relation, view.grid.bounds, view.grid.scale) for relation in way)


def _with(way: Sequence[Relation], supports: set[str]) -> Iterator[Relation]:
    for one in way:
        yield Relation(
            one.rule,
            one.form,
            one.result,
            one.parts,
            one.base,
            one.factor,
            one.less,
            one.line,
            frozenset(supports),
        )


def _name(view: View, line: int) -> str:
    return f"{'column' if view.turned else 'row'} {line}"
