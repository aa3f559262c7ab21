"""The edition as one workbook: a read-me, the dictionary, and a sheet a table."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.warehouse.schema import SCHEMA

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: A spreadsheet runs a text that begins so as a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_HEAD = Font(bold=True, color="FFFFFF")
_FILL = PatternFill("solid", fgColor="1F5F5B")
#: The workbook carries no clock: one date for all files.
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zones
_MOST_ROWS = 1_048_000


def write_workbook(tables: Mapping[str, pa.Table], path: Path, edition_id: str) -> None:
    """Write the workbook; text that a spreadsheet would run as a formula is neutralised, numbers stay numbers."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = "Hasila"
    _read_me(book.create_sheet("read me"), tables, edition_id)
    _dictionary(book.create_sheet("dictionary"))
    for name in (
        "observations",
        "series",
        "findings",
        "readings",
        "tables",
        "revisions",
        "mentions",
        "reports",
        "edits",
        "codelists",
    ):
        _sheet(book.create_sheet(name), tables[name])
    _arabic(book.create_sheet("السلاسل"), tables)
    book.save(path)
    _without_clock(path)


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


def _sheet(sheet: Any, held: pa.Table) -> None:
    sheet.freeze_panes = "B2"
    for index, name in enumerate(held.column_names):
        sheet.column_dimensions[chr(65 + index) if index < 26 else f"A{chr(65 + index - 26)}"].width = _width(
            name
        )
    _head(sheet, held.column_names)
    columns = [column.to_pylist() for column in held.slice(0, _MOST_ROWS).columns]
    for row in zip(*columns, strict=True):
        sheet.append([safe(value) for value in row])


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


def _read_me(sheet: Any, tables: Mapping[str, pa.Table], edition_id: str) -> None:
    (
        sheet.column_dimensions["A"].width,
        sheet.column_dimensions["B"].width,
        sheet.column_dimensions["C"].width,
    ) = 20, 12, 70
    lines: list[list[Any]] = [
        ["Hasila", "", f"Edition {edition_id}"],
        [
            "",
            "",
            "Every figure can be traced to a box on a page: columns report_id, page, x0, top, x1, bottom (points, top left).",
        ],
        ["", "", "raw is the figure as printed and is never changed. A missing value is empty, never 0."],
        ["", "", "validation: pass, warning, error, or unchecked where no check could look at the value."],
        ["", "", "A text that begins with = + - @ has an apostrophe before it in this workbook only."],
        [],
        ["table", "rows", "a row is"],
    ]
    for line in lines:
        sheet.append([safe(value) for value in line])
    for schema in SCHEMA:
        sheet.append([schema.name, tables[schema.name].num_rows, f"{schema.en} / {schema.fr}"])


def _dictionary(sheet: Any) -> None:
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDE", (16, 24, 10, 70, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    _head(sheet, ["table", "column", "type", "meaning", "signification"])
    for schema in SCHEMA:
        for column in schema.columns:
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
