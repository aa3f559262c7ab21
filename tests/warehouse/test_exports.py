"""Every form of an edition, read back by a program of its own, holds what was published."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
import yaml
from pysdmx.io import get_datasets

import pipeline
from pipeline.codebook.releases import Release
from pipeline.errors import InputError, UsageError
from pipeline.model.edition import Dataset, Edition
from pipeline.series.releases import released
from pipeline.warehouse.difference import difference
from pipeline.warehouse.exports import FORMS, export
from pipeline.warehouse.formats import read
from pipeline.warehouse.schema import SCHEMA
from pipeline.warehouse.sdmx import time_period
from pipeline.warehouse.spreadsheet import safe, write_workbook
from tests.warehouse.conftest import published

HOSTILE = ("=1+1", "+212 5 37", "-7", "@here", "\t=x", "plain", "نص «عربي»", 'a;b "c"\nd')


@pytest.fixture(scope="module")
def hostile(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An edition whose texts look like formulas and whose values are negative, tiny and huge."""
    values = (Decimal("-7"), Decimal("-0.05"), Decimal("123456789012.125"), None)
    observations = tuple(
        replace(
            one,
            raw=HOSTILE[i % len(HOSTILE)],
            obs_value=values[i % len(values)],
            obs_status="O" if values[i % len(values)] is None else "A",
            lower_bound=None,
            upper_bound=values[i % len(values)],
        )
        for i, one in enumerate(dataset.observations)
    )
    made = replace(dataset, observations=observations, findings=())
    return published(made, tmp_path_factory.mktemp("hostile"))


def published_rows(edition: Edition, name: str) -> list[dict[str, Any]]:
    return pq.read_table(edition.folder / "parquet" / f"{name}.parquet").to_pylist()


def test_the_database_holds_the_published_rows_in_the_storage_of_version_1(hostile: Edition) -> None:
    path = hostile.folder / "hasila.duckdb"
    # Bytes 12 to 19 of a DuckDB file are its storage version: 64 is that of 0.10 to 1.x, 65 that of 1.2.
    assert int.from_bytes(path.read_bytes()[12:20], "little") in (64, 65)
    with duckdb.connect(str(path), read_only=True) as database:
        for schema in SCHEMA:
            held = database.execute(
                f'select * from "{schema.name}" order by {", ".join(schema.key)}'
            ).to_arrow_table()
            key = [(name, "ascending") for name in schema.key]
            expected = read(hostile.folder, schema.name).sort_by(key)
            assert held.sort_by(key).cast(expected.schema).equals(expected), schema.name


def test_the_data_package_is_valid_and_its_rows_are_of_the_types_it_declares(hostile: Edition) -> None:
    report = frictionless.validate(str(hostile.folder / "datapackage.json"), type="package")
    assert report.valid, report.flatten(["type", "note"])[:3]


def test_csv_rows_are_the_published_ones(hostile: Edition) -> None:
    with (hostile.folder / "csv" / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = published_rows(hostile, "observations")
    assert [row["raw"] for row in rows] == [row["raw"] for row in expected]
    assert [Decimal(row["obs_value"]) if row["obs_value"] else None for row in rows] == [
        row["obs_value"] for row in expected
    ]


def test_the_workbook_neutralises_formulas_and_keeps_negative_numbers_numbers(hostile: Edition) -> None:
    book = openpyxl.load_workbook(hostile.folder / "hasila.xlsx")
    sheet = book["observations"]
    head, *rows = sheet.iter_rows()
    names = [cell.value for cell in head]
    raw, value, page = (names.index(name) for name in ("raw", "obs_value", "page"))
    expected = published_rows(hostile, "observations")
    assert len(rows) == len(expected)
    for cells, row in zip(rows, expected, strict=True):
        assert cells[raw].value == safe(row["raw"])
        assert cells[raw].data_type != "f"
        assert cells[value].value == (None if row["obs_value"] is None else float(row["obs_value"]))
        assert cells[page].hyperlink.target.endswith(f".pdf#page={row['page']}")
    assert any(cells[value].value == -7 for cells in rows)
    assert book["السلاسل"].sheet_view.rightToLeft
    assert {"read me", "dictionary", *(schema.name for schema in SCHEMA)} <= set(book.sheetnames)


def test_a_text_with_signs_that_no_workbook_can_hold_is_published_without_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([safe("a\uffffb\ufffe\x01")])
    book.save(tmp_path / "book.xlsx")
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").active["A1"].value == "ab"


@pytest.mark.parametrize("reader", ["pandas", "pyreadstat"])
def test_stata_files_read_back_with_their_labels_and_arabic(
    hostile: Edition, tmp_path: Path, reader: str
) -> None:
    export(hostile.folder, "stata", tmp_path)
    for schema in SCHEMA:
        expected = published_rows(hostile, schema.name)
        path = tmp_path / f"{schema.name}.dta"
        frame = pd.read_stata(path) if reader == "pandas" else pyreadstat.read_dta(str(path))[0]
        assert len(frame) == len(expected)
        for column in schema.columns:
            held = frame[column.name].tolist()
            if column.kind in ("text", "texts"):
                assert held == [row[column.name] or "" for row in expected], column.name
            else:
                wanted = [None if row[column.name] is None else float(row[column.name]) for row in expected]
                assert [None if pd.isna(x) else float(x) for x in held] == wanted, column.name
    labels = pyreadstat.read_dta(str(tmp_path / "observations.dta"))[1].column_names_to_labels
    assert labels["page"] == "Page of the PDF, counted from 1"


def test_sdmx_data_fit_their_structure_and_read_back(hostile: Edition, tmp_path: Path) -> None:
    export(hostile.folder, "sdmx-csv", tmp_path)
    # Reading validates the structure message against the official JSON schema.
    (held,) = get_datasets(tmp_path / "observations.csv", tmp_path / "structure.json")
    expected = {row["observation_id"]: row for row in published_rows(hostile, "observations")}
    rows = held.data.to_dict("records")
    assert {row["OBSERVATION_ID"] for row in rows} == set(expected)
    key = [c.id for c in held.structure.components.dimensions]
    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
    indicator = next(c for c in held.structure.components if c.id == "INDICATOR")
    assert all(code.description for code in indicator.local_codes or ())
    codes = {c.id: {code.id for code in c.local_codes} for c in held.structure.components if c.local_codes}
    assert set(codes) == {"INDICATOR", "REF_AREA", "SEX", "AGE", "UNIT_MEASURE", "OBS_STATUS", "QUALIFIER"}
    with (tmp_path / "observations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            was = expected[row["OBSERVATION_ID"]]
            assert (Decimal(row["OBS_VALUE"]) if row["OBS_VALUE"] else None) == was["obs_value"]
            assert row["RAW"] == was["raw"]
            assert all(row[name] in held_codes for name, held_codes in codes.items())


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2023", "2023"),
        ("2015/2025", "2015-01-01/P11Y"),
        ("2022-A1", "2022-A1"),
        ("2023-06-02", "2023-06-02"),
        ("_U", "2024"),
    ],
)
def test_periods_are_those_of_sdmx(period: str, said: str) -> None:
    assert time_period(period, 2024) == said


def test_csv_for_excel_has_a_mark_semicolons_and_decimal_commas(hostile: Edition, tmp_path: Path) -> None:
    export(hostile.folder, "csv-excel", tmp_path, ("observations",))
    data = (tmp_path / "observations.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    assert {"-7", "-0,05", "123456789012,125", ""} == {row["obs_value"] for row in rows}
    assert not any(row["raw"].startswith(("=", "+", "@")) for row in rows)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_can_be_had_for_one_table_and_comes_out_the_same_twice(
    edition: Edition, tmp_path: Path, form: str
) -> None:
    first, second = (export(edition.folder, form, tmp_path / name, ("observations",)) for name in "ab")
    files = [first] if first.is_file() else sorted(first.iterdir())
    again = [second] if second.is_file() else sorted(second.iterdir())
    assert files
    assert [file.read_bytes() for file in files] == [file.read_bytes() for file in again]


def test_every_indicator_of_an_edition_is_defined(edition: Edition) -> None:
    rows = read(edition.folder, "indicators").to_pylist()
    series = read(edition.folder, "series").column("indicator").to_pylist()
    assert {row["indicator"] for row in rows} == set(series)
    known = {row["indicator"]: row for row in rows if row["indicator_known"]}
    assert known["CHI_CAPE_BENEF_N"]["additive"] == "sex age region"
    languages = ("definition_ar", "definition_fr", "definition_en", "kind")
    assert all(row[name] for row in known.values() for name in languages)
    assert all(row["definition_en"].startswith("Provisional") for row in rows if not row["indicator_known"])


def test_frames_of_an_edition_are_its_tables_and_views(edition: Edition) -> None:
    opened = pipeline.open(edition.folder)
    for schema in SCHEMA:
        frame = getattr(opened, schema.name)
        assert list(frame.columns) == [column.name for column in schema.columns]
        assert len(frame) == dict(edition.counts)[schema.name]
    exact = pipeline.open(edition.folder, exact=True).observations
    assert exact["obs_value"].tolist() == [
        row["obs_value"] for row in published_rows(edition, "observations")
    ]
    latest, first = (frame.set_index(["series_id", "time_period"]) for frame in (opened.latest, opened.first))
    assert sorted(latest.index) == sorted(first.index)
    for row in opened.revisions.itertuples():
        chain = opened.vintages(row.series_id).loc[row.time_period].dropna()
        assert chain.iloc[-1] == latest.loc[(row.series_id, row.time_period), "obs_value"]
        assert chain.iloc[0] == first.loc[(row.series_id, row.time_period), "obs_value"]


def test_as_of_a_year_knows_no_later_report(edition: Edition) -> None:
    opened = pipeline.open(edition.folder)
    assert set(opened.as_of(2022)["report_year"]) <= {2021, 2022}
    assert len(opened.as_of(2030)) == len(opened.latest)
    assert opened.as_of(1999).empty


def test_a_report_is_known_from_the_day_on_which_it_came_out(
    edition: Edition, dataset: Dataset, tmp_path: Path
) -> None:
    known = {report.edition_year: report.release_date for report in dataset.reports}
    assert known[2022] == "2022-12-31"  # where nobody says when, on the last day of its year
    late = next(report for report in dataset.reports if report.edition_year == 2022)
    said = Release(report=late.sha256[:8], day=date(2023, 3, 15), source="press", line=2)
    reports = tuple(released(report, [said]) for report in dataset.reports)
    opened = pipeline.open(published(replace(dataset, reports=reports), tmp_path).folder)
    for day, years in (
        ("2023-03-14", {2021}),
        (date(2023, 3, 15), {2021, 2022}),
        ("2023-02", {2021}),
        (2023, {2021, 2022, 2023}),
    ):
        assert set(opened.as_of(day)["report_year"]) == years
    with pytest.raises(UsageError, match="no day"):
        opened.as_of("yesterday")


def test_an_edition_of_another_version_is_refused_with_what_to_do(edition: Edition, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(edition.folder, old)
    manifest = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    (old / "manifest.json").write_text(json.dumps(manifest | {"schema": "000000000000"}), encoding="utf-8")
    for use in (lambda: pipeline.open(old), lambda: export(old, "csv", tmp_path / "out")):
        with pytest.raises(InputError, match="another version"):
            use()


def test_an_edition_is_never_written_through_a_frame_or_a_question(edition: Edition) -> None:
    with pytest.raises(UsageError):
        pipeline.open(edition.folder).query("delete from observations")
    with pytest.raises(InputError):
        pipeline.open(edition.folder.parent)
    assert pipeline.open(edition.folder.parent.parent).folder == edition.folder.resolve()
    with pytest.raises(UsageError):
        pipeline.open(edition.folder).vintages("nothing")


def test_the_difference_of_two_editions_counts_every_observation_once(
    edition: Edition, hostile: Edition
) -> None:
    found = difference(edition.folder, hostile.folder)
    assert found.same + len(found.changes) == dict(edition.counts)["observations"]
    assert difference(edition.folder, edition.folder).changes == ()


def test_a_table_that_the_workbook_leaves_out_is_named_in_its_read_me(
    edition: Edition, tmp_path: Path
) -> None:
    tables = {name: read(edition.folder, name) for name in ("series", "reports")}
    write_workbook(tables, tmp_path / "short.xlsx", "e-1", dict(edition.counts))
    book = openpyxl.load_workbook(tmp_path / "short.xlsx", read_only=True)
    assert "observations" not in book.sheetnames
    told = [row[2] for row in book["read me"].iter_rows(values_only=True) if row[:1] == ("observations",)]
    assert told[0].endswith("see csv/observations.csv.")


def test_an_edition_says_how_to_cite_it_and_names_every_report(edition: Edition, dataset: Dataset) -> None:
    citation = yaml.safe_load((edition.folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert citation["version"] == edition.edition_id
    assert sorted(one["year"] for one in citation["references"]) == [2021, 2022, 2023, 2024]
    terms = (edition.folder / "LICENCE.md").read_text(encoding="utf-8")
    assert all(report.file_name in terms for report in dataset.reports)
