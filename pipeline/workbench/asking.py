"""Questions to a published edition; read-only, and nothing outside the edition's own file can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.errors import InputError, UsageError

#: Tables in which an id is looked up, with the column that holds it. In the order of the data's path.
KEYS = (
    ("reports", "report_id"),
    ("tables", "table_id"),
    ("readings", "reading_id"),
    ("observations", "observation_id"),
    ("series", "series_id"),
    ("findings", "finding_id"),
    ("edits", "edit_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a question gave: names of the columns, and the rows in them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def as_dicts(self) -> list[dict[str, object]]:
        """Each row by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def database_in(out: Path, edition: str = "") -> Path:
    """The database of an edition under ``out``, the latest one by default.

    Raises:
        InputError: when there is none.
    """
    database = (out / "editions" / edition if edition else out / "latest") / "hasila.duckdb"
    if not database.is_file():
        what = f"edition {edition}" if edition else "published edition"
        raise InputError(
            f"No {what} in {out}.", "Make one with: hasila run FOLDER, or name its folder with --out."
        )
    return database


def ask(database: Path, sql: str, parameters: Sequence[object] = ()) -> Rows:
    """Run one SQL statement on an edition.

    Raises:
        UsageError: when DuckDB does not accept the statement; its own words say why.
    """
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            connection.execute("set enable_external_access = false")
            answer = connection.execute(sql, list(parameters))
            columns = tuple(column[0] for column in answer.description or ())
            return Rows(columns=columns, rows=tuple(tuple(row) for row in answer.fetchall()))
    except duckdb.Error as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        told = " ".join(line for line in lines if not set(line) <= {"^"} and not line.startswith("LINE "))
        raise UsageError(told, 'See the tables with: hasila query "show tables".') from error


def find_row(database: Path, wanted: str) -> tuple[str, dict[str, object]]:
    """The table and row that an id belongs to; the id may be shortened as long as it stays unique.

    Raises:
        InputError: when no id or more than one begins so.
    """
    found: list[tuple[str, dict[str, object]]] = []
    for table, key in KEYS:
        exact = ask(database, f"select * from {table} where {key} = ?", [wanted]).as_dicts()
        if exact:
            return table, exact[0]
        begun = ask(database, f"select * from {table} where starts_with({key}, ?) limit 2", [wanted])
        found += [(table, row) for row in begun.as_dicts()]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"More than one id begins with {wanted}.", "Give more of it.")
    raise InputError(
        f"No id {wanted} in this edition.", 'Find one with: hasila query "select * from latest".'
    )
