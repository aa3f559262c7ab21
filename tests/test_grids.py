"""Tables in the terminal."""

from __future__ import annotations

from pipeline.commands.grids import grid_lines, width_of
from pipeline.model.place import Box
from pipeline.model.reading import Cell, Table

BOX = Box(0, 0, 10, 10)


def cell(row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(row=row, column=column, row_span=rows, column_span=columns, text=text, box=BOX)


def drawn(*cells: Cell, rows: int, columns: int) -> list[str]:
    held = Table(
        table_id="t", report_id="r", page=1, box=BOX, cells=cells, row_count=rows, column_count=columns
    )
    return [line.replace("\u2068", "").replace("\u2069", "") for line in grid_lines(held)]


def test_a_cell_over_several_rows_and_columns_is_drawn_as_one() -> None:
    assert drawn(
        cell(0, 0, "Région", rows=2), cell(0, 1, "الأسر", columns=2), cell(1, 1, "2022"), cell(1, 2, "2023"),
        cell(2, 0, "Souss"), cell(2, 1, "980"), cell(2, 2, "1 022"), rows=3, columns=3,
    ) == [
        "┌────────┬──────────────┐",
        "│ Région │        الأسر │",
        "│        ├──────┬───────┤",
        "│        │ 2022 │  2023 │",
        "├────────┼──────┼───────┤",
        "│ Souss  │  980 │ 1 022 │",
        "└────────┴──────┴───────┘",
    ]  # fmt: skip


def test_every_line_is_equally_wide_with_arabic_vowels_and_invisible_signs() -> None:
    lines = drawn(
        cell(0, 0, "مَدْرَسَة"), cell(0, 1, "12\u200f"), cell(1, 0, "École"), cell(1, 1, "7"), rows=2, columns=2
    )
    assert len({width_of(line) for line in lines}) == 1
