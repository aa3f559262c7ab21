"""The days on which reports came out, as a statistician knows them: rows of ``releases.csv``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.codebook.rows import csv_rows

#: Fewest digits of a SHA-256 that name a report.
_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The day on which a report came out, and who says so; ``report`` are the first digits of its SHA-256."""

    report: str
    day: date
    source: str
    line: int


def releases(path: Path) -> Iterator[Release]:
    """Read the rows.

    Raises:
        CodebookError: a row is wrong, with its line.
    """
    seen: set[str] = set()
    for row in csv_rows(path, ("report", "date", "source")):
        report = row["report"].lower()
        row.demand(len(report) >= _DIGITS, f"'report' needs at least {_DIGITS} digits of the SHA-256")
        row.demand(report not in seen, f"report {report} is there twice")
        seen.add(report)
        try:
            day = date.fromisoformat(row["date"])
        except ValueError:
            day = date.min
        row.demand(day > date.min, f"'{row['date']}' is no day; write it as 2024-03-15")
        yield Release(report=report, day=day, source=row["source"], line=row.line)
