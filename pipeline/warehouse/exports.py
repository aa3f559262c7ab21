"""An edition in another form: what ``hasila export`` writes."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.warehouse.formats import plain, read, write_csv
from pipeline.warehouse.manifest import of_this_schema
from pipeline.warehouse.schema import SCHEMA
from pipeline.warehouse.schema import table as schema_of
from pipeline.warehouse.sdmx import write_sdmx
from pipeline.warehouse.spreadsheet import safe, write_workbook
from pipeline.warehouse.stata import write_stata

Tables = Mapping[str, pa.Table]


def export(edition: Path, form: str, target: Path, tables: tuple[str, ...] = ()) -> Path:
    """Write an edition, or some of its tables, in another form.

    Args:
        edition: folder of a published edition.
        form: one of :data:`FORMS`.
        target: folder that the files go to; made when it is not there.
        tables: names of the tables, all of them when empty.

    Returns:
        The one file written, or the folder when there are several.

    Raises:
        KeyError: there is no such form or table.
        InputError: there is no edition, or one that another version made.
        OSError: the edition can't be read or the target can't be written.
    """
    of_this_schema(edition)
    names = tables or tuple(schema.name for schema in SCHEMA)
    target.mkdir(parents=True, exist_ok=True)
    before = {path: path.stat().st_mtime_ns for path in target.iterdir()}
    held = {schema_of(name).name: read(edition, name) for name in names}
    FORMS[form](held, target, edition)
    made = [path for path in sorted(target.iterdir()) if before.get(path) != path.stat().st_mtime_ns]
    return made[0] if len(made) == 1 else target


def _parquet(held: Tables, target: Path, edition: Path) -> None:
    for name in held:
        shutil.copyfile(edition / "parquet" / f"{name}.parquet", target / f"{name}.parquet")


def _csv(held: Tables, target: Path, edition: Path) -> None:
    write_csv(edition, target, held)


def _csv_excel(held: Tables, target: Path, edition: Path) -> None:
    """For a spreadsheet of a French or Moroccan desk: a byte order mark, semicolons, decimal commas."""
    for name, table in held.items():
        with (target / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
            writer.writerow([safe(column) for column in table.column_names])
            columns = [column.to_pylist() for column in table.columns]
            writer.writerows([_for_excel(value) for value in row] for row in zip(*columns, strict=True))


def _for_excel(value: Any) -> str:
    return str(safe(value)) if isinstance(value, str) else plain(value).replace(".", ",")


def _xlsx(held: Tables, target: Path, edition: Path) -> None:
    reports = {"reports": held.get("reports", None) or read(edition, "reports")}  # for the links to pages
    write_workbook({**reports, **held}, target / "hasila.xlsx", edition.resolve().name)


def _duckdb(held: Tables, target: Path, edition: Path) -> None:
    shutil.copyfile(edition / "hasila.duckdb", target / "hasila.duckdb")


def _stata(held: Tables, target: Path, edition: Path) -> None:
    for name, table in held.items():
        write_stata(table, schema_of(name), target / f"{name}.dta")


def _sdmx(held: Tables, target: Path, edition: Path) -> None:
    tables = {
        name: held.get(name, None) or read(edition, name)
        for name in ("observations", "codelists", "indicators")
    }
    write_sdmx(tables, target, edition.resolve().name)


#: Forms of an export and who writes them.
FORMS: Mapping[str, Callable[[Tables, Path, Path], None]] = {
    "csv": _csv,
    "csv-excel": _csv_excel,
    "duckdb": _duckdb,
    "parquet": _parquet,
    "sdmx-csv": _sdmx,
    "stata": _stata,
    "xlsx": _xlsx,
}
