"""Templates: the heads by which a person pins the columns of a table that a family of reports prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.codebook.rows import csv_rows
from pipeline.codebook.wording import fold


@dataclass(frozen=True, slots=True)
class Template:
    """Heads from left to right and where the table ends, folded; ``family`` is what the first pages must say."""

    name: str
    heads: tuple[str, ...]
    until: str
    family: str
    line: int


def templates(path: Path) -> Iterator[Template]:
    """Rows of ``templates.csv``.

    Raises:
        CodebookError: naming file and line of the first row that is wrong.
    """
    seen: set[str] = set()
    for row in csv_rows(path, ("name", "heads"), ("until", "family", "note")):
        heads = tuple(fold(head) for head in row["heads"].split("|"))
        row.demand(row["name"] not in seen, f"template {row['name']} is there twice")
        row.demand(len(heads) > 1, "one head pins nothing: name those of all columns, with | between them")
        row.demand(all(heads), "a head between two | is empty")
        seen.add(row["name"])
        yield Template(row["name"], heads, fold(row["until"]), fold(row["family"]), row.line)
