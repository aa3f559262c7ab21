"""An edition reads back as it was written, says what its columns mean, and comes out the same twice."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq

from pipeline.model.edition import Dataset, Edition
from pipeline.warehouse.descriptor import dictionary_markdown
from pipeline.warehouse.formats import read_back
from pipeline.warehouse.schema import SCHEMA
from pipeline.warehouse.views import VIEWS
from tests.warehouse.conftest import published

ROOT = Path(__file__).resolve().parent.parent.parent


def test_parquet_csv_and_database_hold_the_same_rows(edition: Edition) -> None:
    with duckdb.connect(str(edition.folder / "hasila.duckdb"), read_only=True) as database:
        for name, count in edition.counts:
            parquet = pq.read_table(edition.folder / "parquet" / f"{name}.parquet")
            with (edition.folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
            held = database.execute(f'select count(*) from "{name}"').fetchone()
            assert (parquet.num_rows, len(rows), held) == (count, count, (count,)), name
        for view in VIEWS:
            assert database.execute(f'select count(*) from "{view}"').fetchone() != (0,)


def test_values_are_decimals_everywhere(edition: Edition) -> None:
    table = pq.read_table(edition.folder / "parquet" / "observations.parquet")
    assert str(table.schema.field("obs_value").type).startswith("decimal128")


def test_the_same_dataset_published_elsewhere_gives_the_same_bytes(
    dataset: Dataset, edition: Edition, tmp_path: Path
) -> None:
    again = published(dataset, tmp_path, hour=9)
    assert again.edition_id == edition.edition_id
    # The manifest holds the clock, and DuckDB gives every file an id of its own.
    files = {path.relative_to(edition.folder) for path in edition.folder.rglob("*") if path.is_file()}
    assert len(files) > 2 * len(SCHEMA)
    for file in files - {Path("manifest.json"), Path("hasila.duckdb")}:
        assert (edition.folder / file).read_bytes() == (again.folder / file).read_bytes(), file
    assert read_back(edition.folder, dict(again.counts)) == []


def test_the_workbook_has_text_as_text_and_numbers_as_numbers(edition: Edition) -> None:
    book = openpyxl.load_workbook(edition.folder / "hasila.xlsx", read_only=True)
    sheets = set(book.sheetnames)
    assert len(sheets) >= 3
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True, max_row=60):
            assert not any(isinstance(cell, str) and cell.startswith(("=", "+", "@")) for cell in row)


def test_the_descriptor_names_every_column(edition: Edition) -> None:
    package = json.loads((edition.folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {
        resource["name"].split(".")[0]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in package["resources"]
        if "schema" in resource
    }
    for schema in SCHEMA:
        assert fields[schema.name] == [column.name for column in schema.columns], schema.name


def test_the_published_dictionary_is_that_of_the_schema() -> None:
    assert (ROOT / "outputs" / "README.md").read_text(encoding="utf-8") == dictionary_markdown()


def test_a_held_back_edition_leaves_latest_where_it_was(dataset: Dataset, tmp_path: Path) -> None:
    first = published(dataset, tmp_path)
    held = replace(dataset, verdict=replace(dataset.verdict, held_back=True, why="test"), findings=())
    second = published(held, tmp_path)
    assert second.edition_id != first.edition_id
    assert (tmp_path / "latest").resolve() == first.folder.resolve()
