"""A table that goes on over a page break takes its heads and caption along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.reading import Label, Reading, Table

#: Columns of the two parts stand at the same places, within so many points.
SAME_PLACE = 12.0


def carry_over(
    previous: Table | None, table: Table, readings: Sequence[Reading], head_rows: int
) -> tuple[Table, list[Reading]]:
    """Give a table without heads of its own those of the table that ends the page before it.

    The two parts must have equally many columns at the same places.
    """
    held = list(readings)
    if previous is None or head_rows or not _continues(previous, table):
        return table, held
    heads = _heads(previous)
    labelled = [
        replace(r, column_label=heads.get(r.column, Label()))
        if r.column is not None and not r.column_label
        else r
        for r in held
    ]
    caption = table.caption if table.caption else previous.caption
    return replace(table, caption=caption, unit_note=table.unit_note or previous.unit_note), labelled


def _continues(previous: Table, table: Table) -> bool:
    return (
        table.page - previous.page == 1
        and table.column_count == previous.column_count
        and abs(table.box.x0 - previous.box.x0) <= SAME_PLACE
        and abs(table.box.x1 - previous.box.x1) <= SAME_PLACE
    )


def _heads(table: Table) -> dict[int, Label]:
    from pipeline.readings.headers import split_languages

    heads: dict[int, Label] = {}
    for cell in table.cells:
        if cell.header and cell.row == 0:
            for column in range(cell.column, cell.column + cell.column_span):
                heads[column] = split_languages(cell.text)
    return heads
