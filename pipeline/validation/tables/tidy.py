"""Totals in a table of one figure a row: a row whose member is a total is the sum of the rows of its group.

A group is the rows that differ in one column only. Each column that breaks figures down is tried; what must come
together is the same as elsewhere: a label that means the whole, and a group that is complete or sums that hold in
most of the other groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pipeline.codebook.loading import fold
from pipeline.model.reading import Label
from pipeline.validation.tables.layout import NOT_ADDED, Grid, Key, Naming, is_year
from pipeline.validation.tables.relations import Relation, holds
from pipeline.validation.tables.sums import COVER

_NOWHERE = 3
Found = tuple[Key, tuple[Key, ...], bool, bool]


def tidy_relations(
    grid: Grid, dimensions: Mapping[int, tuple[str, ...]], naming: Naming
) -> Iterator[Relation]:
    """Sums within groups, and shares of the total of a group."""
    width = len(next(iter(dimensions.values()), ()))
    for dimension in range(width):
        whole = {row for row, members in dimensions.items() if _is_whole(members[dimension], naming)}
        if not whole or whole == set(dimensions):
            continue
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for row, members in dimensions.items():
            groups[members[:dimension] + members[dimension + 1 :]].append(row)
        most = max(len({*rows} - whole) for rows in groups.values())
        sets = [
            (rows, [r for r in rows if r in whole], [r for r in rows if r not in whole])
            for rows in groups.values()
        ]
        for column in grid.columns:
            kind = grid.column_kind[column][0]
            found = [
                one
                for _, totals, parts in sets
                if len(totals) == 1 and len(parts) >= 2
                for one in _sum(grid, column, totals[0], parts, most)
            ]
            if kind not in NOT_ADDED:
                yield from _believed(found, f"{column} {dimension}")
        yield from _shares(grid, sets, dimension)


def _is_whole(member: str, naming: Naming) -> bool:
    kind, firm = naming.kind(Label(fr=member))
    return (kind == "total" and firm and not is_year(Label(fr=member))) or fold(member) in (
        "t",
        "ma",
        "national",
        "maroc",
    )


def _sum(grid: Grid, column: int, total: int, parts: list[int], most: int) -> Iterator[Found]:
    result = (total, column)
    keys = tuple((row, column) for row in parts)
    if result in grid.bounds and all(key in grid.bounds for key in keys):
        relation = Relation("TAB-01", "sum", result, keys)
        yield result, keys, holds(relation, grid.bounds, grid.scale), len(parts) == most


def _believed(found: list[Found], line: str) -> Iterator[Relation]:
    right = sum(ok for *_, ok, _ in found)
    if not right and len(found) >= _NOWHERE:
        return
    for result, keys, ok, complete in found:
        supports = {"label"}
        if len(found) > 1 and right - ok >= COVER * (len(found) - 1):
            supports.add("cover")
        if complete and (right or len(found) < _NOWHERE):
            supports.add("position")
        yield Relation("TAB-01", "sum", result, keys, line=line, supports=frozenset(supports))


def _shares(
    grid: Grid, sets: list[tuple[list[int], list[int], list[int]]], dimension: int
) -> Iterator[Relation]:
    """Percents of a row as its count over the total of its group, for the columns of which that mostly holds."""
    counts = [c for c in grid.columns if grid.column_kind[c][0] not in NOT_ADDED]
    for column in grid.share_columns:
        for count in counts:
            way = [
                Relation(
                    "TAB-03", "ratio", (row, column), ((row, count),), ((totals[0], count),), 100,
                    line=f"{column} {dimension}", supports=frozenset({"label", "cover"}),
                )
                for _, totals, parts in sets
                if len(totals) == 1
                for row in parts
                if all(key in grid.bounds for key in ((row, column), (row, count), (totals[0], count)))
            ]  # fmt: skip
            right = sum(holds(relation, grid.bounds, grid.scale) for relation in way)
            if right >= 3 and right >= COVER * (len(way) - 1):
                yield from way
                break
