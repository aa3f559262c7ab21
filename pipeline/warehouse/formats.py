"""The tables of an edition as Parquet, CSV and a DuckDB file that DuckDB 1.x opens."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.warehouse.schema import table
from pipeline.warehouse.views import MACROS, VIEWS

#: DuckDB 2 writes files that 1.x can't read unless told an older storage version.
STORAGE_VERSION = "v1.2.0"


def write_parquet(tables: Mapping[str, pa.Table], folder: Path) -> None:
    """One Parquet file a table; equal tables give equal bytes."""
    folder.mkdir(exist_ok=True)
    for name, held in tables.items():
        pq.write_table(
            held, folder / f"{name}.parquet", compression="zstd", version="2.6", store_schema=False
        )


def write_csv(tables: Mapping[str, pa.Table], folder: Path) -> None:
    """One CSV a table: UTF-8 without a mark, line feeds, numbers as numbers, nothing for a missing value."""
    folder.mkdir(exist_ok=True)
    for name, held in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(held.column_names)
            columns = [column.to_pylist() for column in held.columns]
            writer.writerows([plain(value) for value in row] for row in zip(*columns, strict=True))


def plain(value: Any) -> str:
    """A value as CSV text: decimals without needless zeros, flags in lower case."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def write_duckdb(tables: Mapping[str, pa.Table], path: Path) -> None:
    """All tables with their comments, and the views, in one DuckDB file."""
    with duckdb.connect() as connection:
        target = str(path).replace("'", "''")
        connection.execute(f"attach '{target}' as edition (storage_version '{STORAGE_VERSION}')")
        connection.execute("use edition")
        for name, held in tables.items():
            connection.register("incoming", held)
            connection.execute(f'create table "{name}" as select * from incoming')
            connection.unregister("incoming")
            schema = table(name)
            connection.execute(f'comment on table "{name}" is {_quoted(schema.en)}')
            for column in schema.columns:
                connection.execute(f'comment on column "{name}"."{column.name}" is {_quoted(column.en)}')
        for name, (purpose, sql) in VIEWS.items():
            connection.execute(f'create view "{name}" as {sql}')
            connection.execute(f'comment on view "{name}" is {_quoted(purpose)}')
        for name, (parameter, _, sql) in MACROS.items():
            connection.execute(f'create macro "{name}"({parameter}) as table {sql}')
        connection.execute("use memory")
        connection.execute("detach edition")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def read_back(folder: Path, tables: Mapping[str, pa.Table]) -> list[str]:
    """What differs between the files of a folder and the tables they were written from; nothing, if all is well."""
    wrong = []
    with duckdb.connect(str(folder / "hasila.duckdb"), read_only=True) as connection:
        for name, held in tables.items():
            if not pq.read_table(folder / "parquet" / f"{name}.parquet").equals(held):
                wrong.append(f"parquet/{name}.parquet")
            with (folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                if sum(1 for _ in csv.reader(file)) != held.num_rows + 1:
                    wrong.append(f"csv/{name}.csv")
            count = connection.execute(f'select count(*) from "{name}"').fetchone()
            if count is None or count[0] != held.num_rows:
                wrong.append(f"hasila.duckdb: {name}")
    return wrong
