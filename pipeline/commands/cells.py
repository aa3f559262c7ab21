"""A table of an edition taken apart: its cells as read, and what its rows and columns are called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline import run as path
from pipeline.model.reading import Table
from pipeline.night import looking
from pipeline.settings import Settings
from pipeline.versions import versions
from pipeline.workbench.asking import ask


def cells_of(pdf: Path, table_id: str, settings: Settings) -> Table | None:
    """A table with its cells: from the finished work on the shelf, or else read again.

    An edition holds no empty cells and no spans, so it can't answer this. ``None`` when the report as it
    is read today has no such table.
    """
    with looking(settings) as examine:
        report = examine(pdf)
    answer = path.read_one(report, versions(settings.codebook), settings)
    return next((table for table in answer.extraction.tables if table.table_id == table_id), None)


def labels_of(database: Path, row: dict[str, object]) -> Iterator[str]:
    """What each row and column of a table is called, counted as in its readings."""
    for name in ("row", "column"):
        found = ask(
            database,
            f'select distinct "{name}", {name}_label_ar, {name}_label_fr from readings '
            f'where table_id = ? and "{name}" is not null order by all',
            [row["table_id"]],
        )
        for number, arabic, french in found.rows:
            yield f"{name} {number}: {' | '.join(str(x) for x in (arabic, french) if x)}"
