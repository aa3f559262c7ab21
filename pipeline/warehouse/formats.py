"""The tables of an edition on disk: Parquet first, and CSV and a DuckDB file that DuckDB 1.x opens made from it.

Rows go to Parquet in batches and DuckDB reads them from there, so that memory does not grow with the edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.warehouse.columns import SQL, TableSchema
from pipeline.warehouse.frames import Frame
from pipeline.warehouse.schema import SCHEMA, table
from pipeline.warehouse.views import MACROS, VIEWS

#: DuckDB 2 writes files that 1.x can't read unless told an older storage version.
STORAGE_VERSION = "v1.2.0"
#: Memory that DuckDB may use before it goes to disk.
_MEMORY = "300MB"


def write_parquet(
    frames: Iterable[tuple[str, Frame]], folder: Path, done: Callable[[str], None] | None = None
) -> dict[str, int]:
    """One Parquet file a table; equal rows give equal bytes.

    Args:
        frames: of each table with its name, sorted by its key.
        folder: is made when it is not there.
        done: called with the name of each table when its file is whole.

    Returns:
        The number of rows of each table.
    """
    folder.mkdir(exist_ok=True)
    counts: dict[str, int] = {}
    for name, frame in frames:
        schema = table(name)
        counts[name] = 0
        with _parquet_writer(folder / f"{name}.parquet", schema) as writer:
            for batch in frame.batches(schema):
                writer.write_batch(batch)
                counts[name] += batch.num_rows
        if done:
            done(name)
    return counts


def _parquet_writer(path: Path, schema: TableSchema) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema.arrow, compression="zstd", version="2.6", store_schema=False)


def read(folder: Path, name: str) -> pa.Table:
    """One table of an edition, read back from its Parquet file.

    Raises:
        OSError: it is not there.
    """
    return pq.read_table(folder / "parquet" / f"{name}.parquet", schema=table(name).arrow)


def write_csv(folder: Path, target: Path, names: Iterable[str]) -> None:
    """One CSV a table: UTF-8 without a mark, line feeds, numbers as numbers, nothing for a missing value."""
    target.mkdir(exist_ok=True)
    with in_memory() as connection:
        connection.execute("set threads = 1")  # the other core makes the next table meanwhile
        for name in names:
            columns = ", ".join(_as_text(c.name, c.kind) for c in table(name).columns)
            connection.execute(
                f"copy (select {columns} from read_parquet({quoted(_parquet(folder, name))}))"
                f" to {quoted(str(target / f'{name}.csv'))} (format csv, header, delimiter ',', nullstr '')"
            )


def _as_text(name: str, kind: str) -> str:
    """A column as CSV has it: decimals without needless zeros, no quotes around nothing."""
    if kind == "value":
        text = f"""cast("{name}" as varchar)"""
        return f"""rtrim(rtrim({text}, '0'), '.') as "{name}\""""
    if kind in ("text", "texts"):
        return f"""nullif("{name}", '') as "{name}\""""
    return f'"{name}"'


def plain(value: Any) -> str:
    """A value as text: decimals without needless zeros, flags in lower case."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def write_duckdb(folder: Path, path: Path, names: Iterable[str]) -> None:
    """All tables with their comments, and the views, in one DuckDB file.

    Args:
        folder: of the Parquet files.
        path: of the new file.
        names: of the tables, each when its Parquet is whole.
    """
    with in_memory() as connection:
        connection.execute("set threads = 1")  # the other core makes the next table meanwhile
        connection.execute(f"attach {quoted(str(path))} as edition (storage_version '{STORAGE_VERSION}')")
        connection.execute("use edition")
        for name in names:
            schema = table(name)
            connection.execute(
                f'create table "{name}" as select * from read_parquet({quoted(_parquet(folder, name))})'
            )
            connection.execute(f'comment on table "{name}" is {quoted(schema.en)}')
            for column in schema.columns:
                connection.execute(f'comment on column "{name}"."{column.name}" is {quoted(column.en)}')
        for name, (purpose, sql) in VIEWS.items():
            connection.execute(f'create view "{name}" as {sql}')
            connection.execute(f'comment on view "{name}" is {quoted(purpose)}')
        for name, (parameter, _, sql) in MACROS.items():
            connection.execute(f'create macro "{name}"({parameter}) as table {sql}')
        connection.execute("use memory")
        connection.execute("detach edition")


def read_back(folder: Path, counts: Mapping[str, int]) -> list[str]:
    """What of the files of a folder differs from the rows written; nothing, if all is well.

    Parquet has to have the rows counted while writing; DuckDB and CSV the same rows as Parquet, every value of them.
    """
    wrong: list[str] = []
    with in_memory() as connection:
        connection.execute(f"attach {quoted(str(folder / 'hasila.duckdb'))} as edition (read_only)")
        for schema in SCHEMA:
            name = schema.name
            source = f"read_parquet({quoted(_parquet(folder, name))})"
            written = _fingerprint(connection, source, schema)
            if written[0] != counts[name]:
                wrong.append(f"parquet/{name}.parquet")
            if _fingerprint(connection, f'edition."{name}"', schema) != written:
                wrong.append(f"hasila.duckdb: {name}")
            types = ", ".join(f"'{c.name}': '{SQL[c.kind]}'" for c in schema.columns)
            path = quoted(str(folder / "csv" / f"{name}.csv"))
            csv = f"read_csv({path}, header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{types}}})"
            if _fingerprint(connection, csv, schema) != written:
                wrong.append(f"csv/{name}.csv")
    return wrong


def _fingerprint(connection: duckdb.DuckDBPyConnection, source: str, schema: TableSchema) -> tuple[int, int]:
    """Number of rows, and a hash of all values that does not depend on their order; an empty text counts as none."""
    columns = ", ".join(
        f"""nullif("{c.name}", '')""" if c.kind in ("text", "texts") else f'"{c.name}"'
        for c in schema.columns
    )
    found = connection.execute(
        f"select count(*), coalesce(bit_xor(hash({columns})), 0) from {source}"
    ).fetchone()
    assert found is not None
    return int(found[0]), int(found[1])


@contextmanager
def in_memory() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that goes to disk beyond its bound."""
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        connection.execute(f"set temp_directory = {quoted(str(Path(gettempdir()) / 'hasila-duckdb'))}")
        yield connection


def _parquet(folder: Path, name: str) -> str:
    return str(folder / "parquet" / f"{name}.parquet")


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
