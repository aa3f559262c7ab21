"""A delimited file or a workbook as rows of text, whatever its encoding, separator and shape."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from pipeline.errors import InputError

#: Separators that are tried, the commonest first.
_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 400
_ARABIC = re.compile(r"[\u0621-\u064a]")
_GLUED = re.compile(r"[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-z]")
#: Nobody types a cell longer than this; it is a file that is no table.
_LONGEST = 1_000_000

Rows = list[list[str]]


def sheets(path: Path) -> list[tuple[str, Rows]]:
    """Tables of a file by name: one for delimited text, one for each sheet of a workbook.

    Raises:
        InputError: when the file is not there, is empty or is neither.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path} does not exist.", "Check the spelling.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder.", "Give one CSV file.") from None
    except OSError as problem:
        raise InputError(f"{path} can't be read ({problem.strerror}).", "Check its permissions.") from problem
    if not data.strip():
        raise InputError(f"{path} is empty.", "Give a file with a table in it.")
    if data.startswith(b"%PDF"):
        raise InputError(f"{path} is a PDF.", f"Use: hasila read {path}")
    if data.startswith(b"PK\x03\x04"):
        return _workbook(path, data)
    if data.count(b"\0") > len(data) // 3 and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(f"{path} is not text.", "Save the table as CSV or XLSX.")
    return [("", rows_of(decoded(data)))]


def decoded(data: bytes) -> str:
    """Text of a file: UTF-8 or UTF-16 by its mark, else UTF-8 if it is that, else Windows Arabic or Western."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Windows Arabic has the French lower-case letters at the same places; only a text that mixes both inside
    # words when read as Arabic is Western.
    arabic = data.decode("cp1256", errors="replace")
    if len(_ARABIC.findall(arabic)) > 4 * len(_GLUED.findall(arabic)):
        return arabic
    return data.decode("cp1252", errors="replace")


def rows_of(text: str) -> Rows:
    """Rows of fields, all as long as the longest one; the separator is the one that parts most lines alike."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(lines)
    csv.field_size_limit(_LONGEST)
    try:
        rows = list(csv.reader(io.StringIO(lines.replace("\0", "")), delimiter=separator))
    except csv.Error:  # quotes that never close
        rows = [line.split(separator) for line in lines.split("\n")]
    return _even([[field.strip() for field in row] for row in rows])


def _separator(text: str) -> str:
    declared = re.match(r"sep=(.)\n", text, re.IGNORECASE)
    if declared:
        return declared[1]
    sample = [line for line in text.split("\n", _SAMPLE + 1)[:_SAMPLE] if line.strip()]
    best, score = ",", 0.0
    for separator in _SEPARATORS:
        try:
            counts = [len(row) for row in csv.reader(sample, delimiter=separator)]
        except csv.Error:
            counts = [line.count(separator) + 1 for line in sample]
        fields, often = Counter(counts).most_common(1)[0] if counts else (1, 0)
        fit = often / max(len(counts), 1)
        if fields > 1 and fit > score + 0.05:
            best, score = separator, fit
    return best


def _workbook(path: Path, data: bytes) -> list[tuple[str, Rows]]:
    import openpyxl  # slow to import, and only workbooks need it

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        found = [
            (
                sheet.title,
                _even([[_said(value) for value in row] for row in sheet.iter_rows(values_only=True)]),
            )
            for sheet in book.worksheets
        ]
    except Exception as problem:  # a damaged archive raises whatever its part raises
        raise InputError(
            f"{path} is no workbook that can be read ({problem}).", "Save it as CSV."
        ) from problem
    return found


def _said(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value).strip()


def _even(rows: Sequence[list[str]]) -> Rows:
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
