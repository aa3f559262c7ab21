"""Rows of a workbook's sheets as XML, put into a workbook that has their heads.

openpyxl takes twenty microseconds for a cell; of a sheet it lays out all but the rows of data, which are written here
as it would write them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

#: What XML can't hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: A spreadsheet runs a text that begins so as a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
#: Rows that a sheet can hold below its head.
MOST_ROWS = 1_048_575
_PLAIN: Mapping[int, int] = MappingProxyType({})
_END = b"</sheetData>"


def safe(value: Any) -> Any:
    """A value fit for a cell: numbers as they are, text without controls and never a formula."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if not isinstance(value, str):
        return value
    text = _CONTROLS.sub("", value)[:32_000]
    return "'" + text if _FORMULA.match(text) else text


def rows_of(
    table: pa.Table, styles: Mapping[int, int] = _PLAIN, styled: int = MOST_ROWS + 1
) -> Iterator[str]:
    """Rows below a head.

    Args:
        table: what the sheet holds.
        styles: by number of the column, the style of its cells.
        styled: the last row that has styles; rows count from 1, which is the head.
    """
    held = [column.to_pylist() for column in table.columns]
    letters = [get_column_letter(at + 1) for at in range(len(held))]
    styling = [f' s="{styles[at]}"' if at in styles else "" for at in range(len(held))]
    for number, row in enumerate(zip(*held, strict=True), start=2):
        if number == styled + 1:
            styling = [""] * len(held)
        cells = [
            f'<c r="{letter}{number}"{style}{_content(value)}'
            for letter, style, value in zip(letters, styling, row, strict=True)
            if value is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _content(value: Any) -> str:
    """What follows the place and style of a cell."""
    if isinstance(value, str):
        return _text(value)
    return f' t="{"b" if isinstance(value, bool) else "n"}"><v>{safe(value):.16g}</v></c>'


@lru_cache(maxsize=10_000)  # labels come again from row to row
def _text(text: str) -> str:
    said = safe(text)
    if not said:
        return ' t="inlineStr"></c>'
    space = "" if said == said.strip() else ' xml:space="preserve"'
    ascii_only = escape(said).replace("\r", "&#13;").encode("ascii", "xmlcharrefreplace").decode()
    return f' t="inlineStr"><is><t{space}>{ascii_only}</t></is></c>'


def packed(book: Workbook, path: Path, rows: Mapping[str, Iterable[str]]) -> None:
    """Save a workbook with rows below the heads of its sheets, by title.

    It is packed anew with one date on every member, so that equal content gives equal bytes.
    """
    heads = BytesIO()
    book.save(heads)
    sheets = {sheet.path.lstrip("/"): rows.get(sheet.title, ()) for sheet in book.worksheets}
    with zipfile.ZipFile(heads) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name in sheets:
                below = "".join(sheets[name]).encode("ascii")
                data = data.replace(_END, below + _END)
            elif name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            target.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
