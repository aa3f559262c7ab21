"""Findings of the table checks: relations that fail, one card for each cause, the likeliest cell first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import inf

from pipeline.model.finding import Finding, Severity
from pipeline.validation.cards import card, say, share
from pipeline.validation.tables.causes import Cause, cause_of
from pipeline.validation.tables.digits import ARBITRARY
from pipeline.validation.tables.layout import NOT_ADDED, Grid, Key
from pipeline.validation.tables.overlaps import overlapping
from pipeline.validation.tables.ratios import ratios
from pipeline.validation.tables.relations import Relation, holds
from pipeline.validation.tables.sums import totals
from pipeline.validation.tables.wording import Three, arithmetic, expected_of

_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}
#: A column of so many figures that are all multiples of a power of ten may be printed rounded to it.
_ENOUGH = 5
#: One percent may be a slip of its last digit; two that all fit being cut off are a habit.
_TWICE = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """One table after its checks: what holds, and what fails, by cause.

    ``cut_off`` are those of the held that hold only because the decimals of the table are cut off, not rounded.
    """

    grid: Grid
    held: tuple[Relation, ...]
    failed: tuple[tuple[Relation, ...], ...]
    cut_off: tuple[Relation, ...] = ()


def checked(grid: Grid, relations: Iterable[Relation] | None = None) -> Checked:
    """Find the relations of a table, unless they are given, and test them."""
    held: list[Relation] = []
    failed: list[Relation] = []
    for relation in (*totals(grid), *ratios(grid)) if relations is None else relations:
        (held if holds(relation, grid.bounds, grid.scale) else failed).append(relation)
    if len({relation.result for relation in failed}) >= _TWICE and _cut_off(grid, (*held, *failed)):
        return Checked(grid, (*held, *failed), (), tuple(failed))
    doubted = overlapping(failed, held, grid.bounds) if failed else ()
    return Checked(grid, tuple(held), tuple(_causes(doubted, held)) if failed else ())


def untested(table: Checked) -> tuple[Key, ...]:
    """Totals that enter no relation: a part is missing, cannot be read, or is of another unit."""
    grid = table.grid
    relations = (*table.held, *(relation for group in table.failed for relation in group))
    seen = {key for relation in relations for key in relation.keys}
    return tuple(
        (row, column)
        for row, column in grid.bounds
        if "total" in (grid.row_kind[row][0], grid.column_kind[column][0])
        and grid.column_kind[column][0] not in NOT_ADDED
        and (row, column) not in seen
    )


def _cut_off(grid: Grid, relations: Sequence[Relation]) -> bool:
    """Whether every relation holds of a table when decimals are cut off: ``56,51`` stands for 56.51 up to 56.52."""
    bounds = {
        key: (low + (high - low) // 2, high + (high - low) // 2) if 0 <= low < high < inf else (low, high)
        for key, (low, high) in grid.bounds.items()
    }
    return all(holds(relation, bounds, grid.scale) for relation in relations)


def _causes(failed: Sequence[Relation], held: Sequence[Relation]) -> list[tuple[Relation, ...]]:
    """Failed relations that share a cell have one cause; so have those of a line that holds nowhere."""
    nowhere = {relation.line for relation in failed} - {relation.line for relation in held}
    shares = any(relation.rule == "TAB-04" for relation in failed)
    parent: dict[object, object] = {}

    def root(key: object) -> object:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for relation in failed:
        keys: list[object] = []
        if relation.form == "sum" and relation.line in nowhere:
            keys.append(relation.line)
        if shares and relation.rule in ("TAB-01", "TAB-04"):
            keys.append(("lines", tuple(row for row, _ in relation.parts)))
        keys += relation.keys
        for other in keys[1:]:
            parent[root(other)] = root(keys[0])
    groups: dict[object, list[Relation]] = defaultdict(list)
    for relation in failed:
        groups[root(relation.result)].append(relation)
    return [tuple(group) for group in groups.values()]


def findings_of(table: Checked) -> Iterator[Finding]:
    """One finding for each cause."""
    grid = table.grid
    for group in table.failed:
        grave = sorted(group, key=lambda relation: _GRAVITY[severity_of(grid, relation)])
        first = grave[0]
        cause = cause_of(grid, group, table.held)
        lines = [arithmetic(grid, relation) for relation in grave]
        suspects = [grid.cells[key] for key in cause.suspects]
        yield card(
            first.rule,
            "table",
            severity_of(grid, first),
            readings=suspects,
            expected=_expected(grid, cause, grave, lines),
            observed=suspects[0].raw,
            origin=cause.origin,
            influence=max(_influence(grid, relation) for relation in group),
            ar=" | ".join(dict.fromkeys(line[1][0] for line in lines)),
            fr=" | ".join(dict.fromkeys(line[1][1] for line in lines)),
            en=" | ".join(dict.fromkeys(line[1][2] for line in lines)),
            explanations=cause.explanations,
        )


def _expected(grid: Grid, cause: Cause, grave: Sequence[Relation], lines: Sequence[tuple[str, Three]]) -> str:
    """What should stand in the most suspected cell."""
    suspect = cause.suspects[0]
    for way in cause.ways:
        if way.cost < ARBITRARY and len(way.values) == 1 and way.values[0][0] == suspect:
            resolution = grid.cells[suspect].resolution
            places = max(-int(resolution.normalize().as_tuple().exponent), 0) if resolution else 0
            return say(Fraction(way.values[0][1], grid.scale), places)
    return next(
        (line[0] for relation, line in zip(grave, lines, strict=True) if relation.result == suspect), ""
    )


def severity_of(grid: Grid, relation: Relation) -> Severity:
    """Error when two supports say that the relation is one; less when one does, or rounding could explain."""
    if len(relation.supports) < 2:
        return Severity.INFORMATION
    if relation.doubtful or _rounded(grid, relation):
        return Severity.WARNING
    return Severity.ERROR


def _rounded(grid: Grid, relation: Relation) -> bool:
    """Whether the figures of a sum all look rounded to a power of ten, and rounding would explain the difference."""
    if relation.form != "sum" or len(relation.parts) < _ENOUGH:
        return False
    values = [grid.cells[key].value for key in relation.keys]
    whole = [int(v) for v in values if v and v == v.to_integral_value()]
    if len(whole) < _ENOUGH or len(whole) < len([v for v in values if v]):
        return False
    step = 1
    while all(v % (step * 10) == 0 for v in whole):
        step *= 10
    wanted, result = expected_of(grid, relation), values[0]
    return (
        step > 1
        and wanted is not None
        and abs(wanted - Fraction(result or 0)) <= Fraction(step, 2) * len(values)
    )


def _influence(grid: Grid, relation: Relation) -> float:
    result = grid.cells[relation.result].value
    wanted = expected_of(grid, relation)
    if relation.form == "ratio" or wanted is None or result is None:
        return 0.4
    return share(Decimal(wanted.numerator) / Decimal(wanted.denominator) - result, result)
