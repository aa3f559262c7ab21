"""The gate before publishing: every row of the Parquet files obeys the schema, or nothing is published.

Types are kept by the files themselves; here it is keys, codes, references, order of bounds and boxes: what our own
code promises. What a ministry prints can't stop an edition, it is a finding. DuckDB asks the files, so that the
gate is a few passes over columns and needs no frame in memory (``tests/bench/README.md`` has the measurement that
decided against a validation library).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipeline.model.finding import Severity
from pipeline.model.place import Method
from pipeline.model.reading import Absence, Qualifier
from pipeline.model.report import Outcome
from pipeline.warehouse.formats import in_memory, quoted
from pipeline.warehouse.schema import SCHEMA

#: Codes that a column may hold, by table and column.
_CODES: dict[tuple[str, str], tuple[str, ...]] = {
    ("readings", "method"): tuple(Method),
    ("readings", "qualifier"): tuple(Qualifier),
    ("readings", "absence"): tuple(Absence),
    ("observations", "method"): tuple(Method),
    ("observations", "qualifier"): tuple(Qualifier),
    ("observations", "sex"): ("M", "F", "_T"),
    ("observations", "obs_status"): ("A", "M", "O", "E", "P"),
    ("observations", "validation"): ("pass", "warning", "error", "unchecked"),
    ("reports", "outcome"): tuple(Outcome),
    ("findings", "severity"): tuple(Severity),
}
#: Columns that name a row of another table; empty ones name none.
_REFERENCES = (
    ("tables", "report_id", "reports", "report_id"),
    ("readings", "report_id", "reports", "report_id"),
    ("readings", "table_id", "tables", "table_id"),
    ("mentions", "report_id", "reports", "report_id"),
    ("observations", "report_id", "reports", "report_id"),
    ("observations", "reading_id", "readings", "reading_id"),
    ("observations", "series_id", "series", "series_id"),
    ("series", "indicator", "indicators", "indicator"),
    ("observations", "edit_id", "edits", "edit_id"),
    ("revisions", "series_id", "series", "series_id"),
    ("revisions", "old_observation_id", "observations", "observation_id"),
    ("revisions", "new_observation_id", "observations", "observation_id"),
    ("links", "report_id", "reports", "report_id"),
    ("edits", "reading_id", "readings", "reading_id"),
)
#: What has to hold in every row that has the columns.
_RULES: dict[str, tuple[str, ...]] = {
    "reports": ("page_count >= 0",),
    "tables": ("page >= 1", "x0 <= x1 and top <= bottom"),
    "readings": (
        "page >= 1",
        "x0 <= x1 and top <= bottom",
        "confidence between 0 and 1",
    ),
    "mentions": ("page >= 1", "x0 <= x1 and top <= bottom"),
    "observations": (
        "page >= 1",
        "x0 <= x1 and top <= bottom",
        "confidence between 0 and 1",
        "(obs_value is null) = (obs_status in ('M', 'O'))",
        "lower_bound is null or obs_value >= lower_bound",
        "upper_bound is null or obs_value <= upper_bound",
        "unit_mult = 0 and decimals >= 0",
        "indicator_known = (not starts_with(indicator, 'X_'))",
    ),
    "findings": ("page is null or page >= 1",),
}


def faults(folder: Path) -> list[str]:
    """What the Parquet files under a folder hold that the schema forbids, one line each, with the first such key."""
    with in_memory() as connection:
        found: list[str] = []
        for said, source, key, condition in _conditions(folder):
            # The key is read where there is something to tell: it is the longest of the columns.
            if _count(connection, f"{source} where {condition}"):
                asked = f"select count(*), min({key}) from {source} where {condition}"
                found.append(
                    "{} ({} rows, the first {})".format(said, *connection.execute(asked).fetchall()[0])
                )
        for schema in SCHEMA:
            keys = ", ".join(f'"{name}"' for name in schema.key)
            twice = f"(select {keys} from {_rows(folder, schema.name)} group by all having count(*) > 1)"
            if count := _count(connection, twice):
                found.append(f"{schema.name}: {count} keys are there more than once")
    return found


def _count(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    return int(connection.execute(f"select count(*) from {source}").fetchall()[0][0])


def _conditions(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """What is forbidden: in words, where, the column that names the row, and as SQL."""
    for schema in SCHEMA:
        source, key = _rows(folder, schema.name), f'"{schema.key[0]}"'
        missing = " or ".join(f'"{name}" is null' for name in schema.key)
        yield f"{schema.name}: a part of the key is empty", source, key, missing
        for (_, column), codes in ((at, held) for at, held in _CODES.items() if at[0] == schema.name):
            listed = ", ".join(quoted(code) for code in codes)
            said = f"{schema.name}.{column}: a code that is not in its list"
            yield said, source, key, f'"{column}" is null or "{column}" not in ({listed})'
        for rule in _RULES.get(schema.name, ()):
            yield f"{schema.name}: not so: {rule}", source, key, f"not ({rule})"
    for name, column, other, named in _REFERENCES:
        key = next(f'"{schema.key[0]}"' for schema in SCHEMA if schema.name == name)
        known = f'select "{named}" from {_rows(folder, other)}'
        yield (
            f"{name}.{column} names no row of {other}",
            _rows(folder, name),
            key,
            f'"{column}" <> \'\' and "{column}" not in ({known})',
        )


def _rows(folder: Path, name: str) -> str:
    return f"read_parquet({quoted(str(folder / 'parquet' / f'{name}.parquet'))})"
