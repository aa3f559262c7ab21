"""The edition as one workbook: a read-me, the dictionary, and a sheet a table."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
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

#: What XML, and so a workbook, can't hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: A spreadsheet runs a text that begins so as a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_HEAD = Font(bold=True, color="FFFFFF")
_FILL = PatternFill("solid", fgColor="1F5F5B")
_LINK = Font(color="0B5CAD", underline="single")
#: The workbook carries no clock: one date for all files.
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zones
#: Rows that a sheet can hold below its head, and rows of a table up to which the published workbook has it.
MOST_ROWS, PUBLISHED_ROWS = 1_048_575, 20_000
#: Links that a sheet may have.
_MOST_LINKS = 65_000
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
    rows = counts or {name: table.num_rows for name, table in tables.items()}
    _read_me(book.create_sheet("read me"), rows, held, edition_id)
    _dictionary(book.create_sheet("dictionary"), held)
    files = _files(tables)
    for name, table in held.items():
        _sheet(book.create_sheet(name), table, files)
    if "observations" in held and "series" in tables:
        _arabic(book.create_sheet("السلاسل"), tables)
    book.save(path)
    _without_clock(path)


def _files(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """Names of the reports' files by report id, for the links to their pages."""
    if "reports" not in tables:
        return {}
    columns = (tables["reports"].column(name).to_pylist() for name in ("report_id", "file_name"))
    return dict(zip(*columns, strict=True))


def _without_clock(path: Path) -> None:
    """Pack the workbook anew with one date on every member, so that equal content gives equal bytes."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info.filename)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def _head(sheet: Any, names: list[str]) -> None:
    cells = []
    for name in names:
        cell = WriteOnlyCell(sheet, value=safe(name))
        cell.font, cell.fill = _HEAD, _FILL
        cells.append(cell)
    sheet.append(cells)


def _sheet(sheet: Any, held: pa.Table, files: Mapping[str, str]) -> None:
    sheet.freeze_panes = "B2"
    names = held.column_names
    for index, name in enumerate(names):
        sheet.column_dimensions[get_column_letter(index + 1)].width = _width(name)
    if held.num_rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{held.num_rows + 1}"
    _head(sheet, names)
    linked = names.index("page") if {"page", "report_id"} <= set(names) and files else None
    columns = [column.to_pylist() for column in held.columns]
    for number, row in enumerate(zip(*columns, strict=True), start=2):
        cells = [safe(value) for value in row]
        if linked is not None and number <= _MOST_LINKS and cells[linked] is not None:
            file = files.get(row[names.index("report_id")], "")
            cells[linked] = _to_page(sheet, cells[linked], f"{get_column_letter(linked + 1)}{number}", file)
        sheet.append(cells)


def _to_page(sheet: Any, page: int, place: str, file: str) -> Any:
    """A page number that opens the report at that page when the PDFs lie beside the workbook."""
    cell = WriteOnlyCell(sheet, value=page)
    cell.font = _LINK
    # The write-only sheet does not know where its cells lie: the link is told.
    sheet._hyperlinks.append(Hyperlink(ref=place, target=f"{quote(file)}#page={page}"))
    return cell


def _width(name: str) -> int:
    if name in ("sentence", "why") or name.startswith(("message_", "label_", "caption_", "title_")):
        return 48
    return 26 if name.endswith("_id") else 14


def safe(value: Any) -> Any:
    """A value fit for a cell: numbers as they are, text without controls and never a formula."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if not isinstance(value, str):
        return value
    text = _CONTROLS.sub("", value)[:32_000]
    return "'" + text if _FORMULA.match(text) else text


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


def _arabic(sheet: Worksheet, tables: Mapping[str, pa.Table]) -> None:
    """Series with their values in Arabic, the sheet running right to left."""
    sheet.sheet_view.rightToLeft = True
    for letter, width in zip("ABCDEF", (70, 12, 16, 12, 12, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    _head(sheet, ["السلسلة", "الفترة", "القيمة", "الوحدة", "سنة التقرير", "كما طبع"])
    labels = {row["series_id"]: row["label_ar"] or row["label_fr"] for row in tables["series"].to_pylist()}
    for row in tables["observations"].to_pylist():
        label = WriteOnlyCell(sheet, value=safe(labels.get(row["series_id"], row["series_id"])))
        label.alignment = Alignment(readingOrder=2, wrap_text=True)
        sheet.append(
            [
                label,
                row["time_period"],
                safe(row["obs_value"]),
                row["unit_measure"],
                row["report_year"],
                safe(row["raw"]),
            ]
        )
