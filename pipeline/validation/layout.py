"""One table as the checks see it: figures by row and column, which of them are totals, shares and years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.codebook.loading import Codebook, fold
from pipeline.model.extraction import Extraction
from pipeline.model.reading import Label, Reading

_YEAR = re.compile(r"^(?:19|20)\d{2}")
#: Labels of rows that are part of another row and not of the total: «of which», «منها».
_OF_WHICH = ("dont", "منها", "منهم", "من بينها", "of which")


@dataclass(frozen=True, slots=True)
class Grid:
    """Figures of one table. ``total_rows`` and ``total_columns`` are named by their labels."""

    table_id: str
    report_id: str
    cells: dict[tuple[int, int], Reading]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    total_rows: tuple[int, ...]
    total_columns: tuple[int, ...]
    share_columns: tuple[int, ...]
    banners: tuple[Reading, ...]
    parts: tuple[int, ...]  # rows that are neither totals nor «of which»

    def column(self, column: int, rows: Sequence[int]) -> list[Reading]:
        """Figures of a column in the given rows, those that are there."""
        return [self.cells[row, column] for row in rows if (row, column) in self.cells]


def grids(extraction: Extraction, codebook: Codebook) -> list[Grid]:
    """The tables of a report, in order."""
    by_table: dict[str, list[Reading]] = defaultdict(list)
    for reading in extraction.readings:
        if reading.table_id:
            by_table[reading.table_id].append(reading)
    return [_grid(table_id, by_table[table_id], codebook) for table_id in sorted(by_table)]


def _grid(table_id: str, readings: Sequence[Reading], codebook: Codebook) -> Grid:
    cells = {(r.row, r.column): r for r in readings if r.row is not None and r.column is not None}
    rows = tuple(sorted({row for row, _ in cells}))
    columns = tuple(sorted({column for _, column in cells}))
    row_label = {row: next(r.row_label for (at, _), r in cells.items() if at == row) for row in rows}
    column_label = {c: next(r.column_label for (_, at), r in cells.items() if at == c) for c in columns}
    total_rows = tuple(row for row in rows if is_total(row_label[row], codebook))
    shares = tuple(
        c for c in columns if all(cells[r, c].unit_measure == "PT" for r in rows if (r, c) in cells)
    )
    totals = tuple(c for c in columns if c not in shares and is_total(column_label[c], codebook))
    parts = tuple(row for row in rows if row not in total_rows and not _of_which(row_label[row]))
    return Grid(
        table_id=table_id,
        report_id=readings[0].locus.report_id,
        cells=cells,
        rows=rows,
        columns=columns,
        total_rows=total_rows,
        total_columns=totals,
        share_columns=shares,
        banners=tuple(r for r in readings if r.row is None and r.value is not None),
        parts=parts,
    )


def is_total(label: Label, codebook: Codebook) -> bool:
    """Whether a label means the whole; the last tier of a head counts."""
    for text in (label.ar, label.fr):
        last = fold(text.split(" / ")[-1])
        if last and last in codebook.total_wordings:
            return True
    return False


def _of_which(label: Label) -> bool:
    return any(fold(text).startswith(_OF_WHICH) for text in (label.ar, label.fr) if text)


def is_year(label: Label) -> bool:
    """Whether a column is one year of several."""
    return bool(_YEAR.match(label.fr or label.ar))
