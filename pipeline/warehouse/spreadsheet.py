"""The edition as one workbook: a read-me, the dictionary, and a sheet a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.warehouse.schema import SCHEMA
from pipeline.warehouse.sheetrows import MOST_ROWS, packed, rows_of, safe

_HEAD = Font(bold=True, color="FFFFFF")
_FILL = PatternFill("solid", fgColor="1F5F5B")
_LINK = Font(color="0B5CAD", underline="single")
#: The workbook carries no clock: one date for all files.
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zones
#: Rows of a table up to which the published workbook has it.
PUBLISHED_ROWS = 20_000
#: Links that a sheet may have.
_MOST_LINKS = 65_000
#: Title of the sheet of series in Arabic.
_ARABIC = "السلاسل"
#: Sheets in the order in which they are wanted.
_SHEETS = (
    "observations",
    "series",
    "indicators",
    "links",
    "proposals",
    "findings",
    "readings",
    "tables",
    "revisions",
    "mentions",
    "reports",
    "edits",
    "codelists",
)


def write_workbook(
    tables: Mapping[str, pa.Table], path: Path, edition_id: str, counts: Mapping[str, int] | None = None
) -> None:
    """Write the workbook; text that a spreadsheet would run as a formula is neutralised, numbers stay numbers.

    Args:
        tables: those that the workbook is to hold; with observations and series comes a sheet in Arabic. One with
            more rows than a sheet can hold is left out.
        path: of the workbook.
        edition_id: for the read-me.
        counts: rows of all tables of the edition, for the read-me to say where those are that were left out.
    """
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = "Hasila"
    held = {name: tables[name] for name in _SHEETS if name in tables and tables[name].num_rows <= MOST_ROWS}
    counts = counts or {name: table.num_rows for name, table in tables.items()}
    _read_me(book.create_sheet("read me"), counts, held, edition_id)
    _dictionary(book.create_sheet("dictionary"), held)
    files = _files(tables)
    rows = {name: _sheet(book.create_sheet(name), table, files) for name, table in held.items()}
    if "observations" in held and "series" in tables:
        rows[_ARABIC] = _arabic(book.create_sheet(_ARABIC), tables)
    packed(book, path, rows)


def _files(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """Names of the reports' files by report id, for the links to their pages."""
    if "reports" not in tables:
        return {}
    columns = (tables["reports"].column(name).to_pylist() for name in ("report_id", "file_name"))
    return dict(zip(*columns, strict=True))


def _head(sheet: Any, names: list[str]) -> None:
    cells = []
    for name in names:
        cell = WriteOnlyCell(sheet, value=safe(name))
        cell.font, cell.fill = _HEAD, _FILL
        cells.append(cell)
    sheet.append(cells)


def _sheet(sheet: Any, held: pa.Table, files: Mapping[str, str]) -> Iterator[str]:
    """Lay out the sheet of a table; its rows."""
    sheet.freeze_panes = "B2"
    names = held.column_names
    for index, name in enumerate(names):
        sheet.column_dimensions[get_column_letter(index + 1)].width = _width(name)
    if held.num_rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{held.num_rows + 1}"
    _head(sheet, names)
    at = _link(sheet, held, files) if {"page", "report_id"} <= set(names) and files else None
    return rows_of(held) if at is None else rows_of(held, {at: _style(sheet, font=_LINK)}, _MOST_LINKS)


def _link(sheet: Any, held: pa.Table, files: Mapping[str, str]) -> int | None:
    """Have the page numbers open the reports when the PDFs lie beside the workbook; their column, if there are any."""
    at = held.column_names.index("page")
    letter = get_column_letter(at + 1)
    pages = (held.column(name).to_pylist() for name in ("page", "report_id"))
    linked = None
    for number, (page, report_id) in enumerate(islice(zip(*pages, strict=True), _MOST_LINKS - 1), start=2):
        if page is not None:
            target = f"{quote(files.get(report_id, ''))}#page={page}"
            sheet._hyperlinks.append(Hyperlink(ref=f"{letter}{number}", target=target))
            linked = at
    return linked


def _style(sheet: Any, **parts: Any) -> int:
    """Number of a style in the workbook."""
    cell = WriteOnlyCell(sheet)
    for name, part in parts.items():
        setattr(cell, name, part)
    return int(cell.style_id)


def _width(name: str) -> int:
    if name in ("sentence", "why") or name.startswith(("message_", "label_", "caption_", "title_")):
        return 48
    return 26 if name.endswith("_id") else 14


def _read_me(sheet: Any, rows: Mapping[str, int], held: Mapping[str, pa.Table], edition_id: str) -> None:
    for letter, width in zip("ABC", (20, 12, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    lines = [
        f"Edition {edition_id}",
        "Every figure can be traced to a box on a page: columns report_id, page, x0, top, x1, bottom (points, top left).",
        "A page number opens the report at that page when the PDFs lie beside this workbook.",
        "raw is the figure as printed and is never changed. A missing value is empty, never 0.",
        "validation: pass, warning, error, or unchecked where no check could look at the value.",
        "A text that begins with = + - @ has an apostrophe before it in this workbook only; numbers stay numbers.",
    ]
    for number, line in enumerate(lines):
        sheet.append(["" if number else "Hasila", "", line])
    sheet.append([])
    sheet.append(["table", "rows", "a row is"])
    for schema in SCHEMA:
        if schema.name in rows:
            absent = "" if schema.name in held else f" Too long for this workbook: see csv/{schema.name}.csv."
            sheet.append([schema.name, rows[schema.name], f"{schema.en} / {schema.fr}.{absent}"])


def _dictionary(sheet: Any, held: Mapping[str, pa.Table]) -> None:
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDE", (16, 24, 10, 70, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    _head(sheet, ["table", "column", "type", "meaning", "signification"])
    for schema in SCHEMA:
        for column in schema.columns if schema.name in held else ():
            sheet.append([schema.name, column.name, column.kind, column.en, column.fr])


def _arabic(sheet: Worksheet, tables: Mapping[str, pa.Table]) -> Iterator[str]:
    """Lay out a sheet of series with their values in Arabic, running right to left; its rows."""
    sheet.sheet_view.rightToLeft = True
    for letter, width in zip("ABCDEF", (70, 12, 16, 12, 12, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    _head(sheet, ["السلسلة", "الفترة", "القيمة", "الوحدة", "سنة التقرير", "كما طبع"])
    labels = {row["series_id"]: row["label_ar"] or row["label_fr"] for row in tables["series"].to_pylist()}
    said = tables["observations"].select(
        ["series_id", "time_period", "obs_value", "unit_measure", "report_year", "raw"]
    )
    of = [labels.get(series_id, series_id) for series_id in said.column("series_id").to_pylist()]
    alignment = Alignment(readingOrder=2, wrap_text=True)
    return rows_of(
        said.set_column(0, "label_ar", pa.array(of, pa.string())), {0: _style(sheet, alignment=alignment)}
    )
