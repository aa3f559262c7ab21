"""A table looked at along its rows or, turned, along its columns, so that each check is written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.model.reading import Absence, Label
from pipeline.validation.tables.layout import Grid, Key, tier

_THOUSAND = 1000


@dataclass(slots=True)
class View:
    """``lines`` are added up, ``across`` are the places at which they are: rows and columns, or columns and rows."""

    grid: Grid
    turned: bool
    lines: tuple[int, ...] = ()
    across: tuple[int, ...] = ()
    kind: dict[int, tuple[str, bool]] = field(default_factory=dict)
    label: dict[int, Label] = field(default_factory=dict)
    kind_across: dict[int, tuple[str, bool]] = field(default_factory=dict)

    @staticmethod
    def of(grid: Grid, *, turned: bool) -> View:
        """Along the rows, or turned along the columns."""
        rows = (grid.rows, grid.row_kind, grid.row_label)
        columns = (grid.columns, grid.column_kind, grid.column_label)
        (lines, kind, label), (across, kind_across, _) = (columns, rows) if turned else (rows, columns)
        return View(grid, turned, lines, across, kind, label, kind_across)

    def key(self, line: int, at: int) -> Key:
        """Row and column of a cell."""
        return (at, line) if self.turned else (line, at)

    def summed(self, result: int, parts: Sequence[int], at: int) -> tuple[Key, ...] | None:
        """Cells of the parts at a place, nothing if the sum can't be checked there.

        A dash counts as nothing to add; a part that is missing otherwise, or of another unit, makes it uncheckable.
        """
        grid = self.grid
        turned, bounds, cells = self.turned, grid.bounds, grid.cells
        whole = (at, result) if turned else (result, at)
        if whole not in bounds:
            return None
        unit = cells[whole].unit_measure
        keys = []
        for line in parts:
            key = (at, line) if turned else (line, at)
            if key in bounds:
                if cells[key].unit_measure != unit and not _alike(cells[key].unit_measure, unit):
                    return None
                keys.append(key)
            elif key not in cells or cells[key].absence is not Absence.NIL:
                return None
        if len(keys) < 2 or _scales_differ(
            [cells[whole].resolution, *(cells[key].resolution for key in keys)]
        ):
            return None
        return tuple(keys)

    def tier(self, line: int) -> str:
        """Upper tiers of the head of a column; rows have none."""
        return tier(self.label[line]) if self.turned else ""


def _scales_differ(resolutions: Sequence[Decimal]) -> bool:
    """Whether some figures were taken for millions and others of the same line not: no arithmetic over both."""
    most = max(resolutions)
    return most >= _THOUSAND and min(resolutions) * _THOUSAND <= most


def _alike(one: str, other: str) -> bool:
    """Whether two units may be of one column: a plain number is whatever its neighbours are, but no percent."""
    return "NUMBER" in (one, other) and not {one, other} & {"PT", "PP"}
