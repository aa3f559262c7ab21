"""Rows of the codebook's files with their place, so that every complaint names file and line."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Row:
    """One row or entry: its values by column, and where it stands."""

    file: str
    line: int
    held: dict[str, Any]
    what: str = "line"

    def __getitem__(self, column: str) -> str:
        return str(self.held.get(column) or "").strip()

    def demand(self, good: bool, complaint: str) -> None:
        """Refuse the row unless something is so.

        Raises:
            CodebookError: naming file and line.
        """
        if not good:
            raise CodebookError(f"{self.file} {self.what} {self.line}: {complaint}.", "Mend the row.")

    def year(self, column: str) -> int | None:
        """A year, or ``None`` where the cell is empty."""
        text = self[column]
        self.demand(not text or (text.isdigit() and len(text) == 4), f"'{text}' in '{column}' is not a year")
        return int(text) if text else None

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """A value that must be one of a list."""
        text = self[column]
        self.demand(text in allowed, f"{column} '{text}' is not one of {', '.join(repr(a) for a in allowed)}")
        return text


def csv_rows(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Row]:
    """Rows of a CSV file with a header line.

    Args:
        path: the file.
        needed: columns that must be there and may not be empty.
        optional: columns that must be there and may be empty.

    Raises:
        CodebookError: for a missing file or column, an empty needed cell, a row of another length, bytes
            that are not UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            for column in (*needed, *optional):
                if column not in (reader.fieldnames or ()):
                    raise CodebookError(f"{path.name} line 1: there is no column '{column}'.", "Add it.")
            for held in reader:
                row = Row(path.name, reader.line_num, held)
                row.demand(None not in held, "more cells than columns (a comma in a text needs quotes)")
                row.demand(None not in held.values(), "fewer cells than columns")
                for column in needed:
                    row.demand(bool(row[column]), f"column '{column}' is empty")
                yield row
    except FileNotFoundError:
        raise _missing(path) from None
    except UnicodeDecodeError as problem:
        raise CodebookError(f"{path.name} is not UTF-8 ({problem.reason}).", "Save it as UTF-8.") from None
    except csv.Error as problem:
        raise CodebookError(f"{path.name} is not a CSV file: {problem}.", "Mend the quotes.") from None


def toml_of(path: Path) -> dict[str, Any]:
    """A TOML file as read.

    Raises:
        CodebookError: when it is missing or not TOML; the reason names the line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _missing(path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CodebookError(f"{path.name} is not TOML: {problem}.", "Mend the line it names.") from None


def toml_entries(path: Path, table: str, needed: Sequence[str]) -> Iterator[Row]:
    """Entries of an array of tables, counted from 1.

    Raises:
        CodebookError: when a needed key is missing.
    """
    for number, held in enumerate(toml_of(path).get(table, []), start=1):
        row = Row(path.name, number, held, what="entry")
        for key in needed:
            row.demand(key in held, f"'{key}' is missing")
        yield row


def _missing(path: Path) -> CodebookError:
    return CodebookError(
        f"The codebook has no file {path.name} in {path.parent}.", "Copy it from the package."
    )
