"""The fixtures are what their catalogue, their truth and their README say."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import unicodedata
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
CATALOGUE = tomllib.loads((FIXTURES / "catalogue.toml").read_text(encoding="utf-8"))["file"]
REPORTS = [entry for entry in CATALOGUE if entry["path"].startswith("reports/")]
MADE_UP = [entry["path"] for entry in REPORTS if entry["made_up"]]
DIGITAL = [entry["path"] for entry in REPORTS if "scan" not in entry["path"]]
EDITIONS = ("2021", "2022", "2023", "2024")
CLEAN = ("2021", "2022", "2023")
MARKS = ("ÉDITION FICTIVE DE TEST", "MADE-UP TEST EDITION")


@cache
def truth(edition: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / "truth" / f"{edition}.json").read_text(encoding="utf-8"))
    return found


@cache
def gold() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (FIXTURES / "truth" / "gold-2023.json").read_text(encoding="utf-8")
    )
    return found


@cache
def pages(path: str) -> tuple[str, ...]:
    document = pypdfium2.PdfDocument(FIXTURES / path)
    texts = []
    for page in document:
        layer = page.get_textpage()
        texts.append(unicodedata.normalize("NFKC", layer.get_text_range()))
        layer.close()
        page.close()
    document.close()
    return tuple(texts)


def numbers(text: str) -> Counter[str]:
    """Digit runs, whatever their order."""
    return Counter(re.findall(r"\d+", text))


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["path"])
def test_every_file_has_the_bytes_of_the_catalogue(entry: dict[str, Any]) -> None:
    content = (FIXTURES / entry["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert len(content) == entry["bytes"]


def test_the_catalogue_names_every_pdf_and_the_readme_every_file() -> None:
    there = {path.relative_to(FIXTURES).as_posix() for path in FIXTURES.glob("*/*.pdf")}
    assert there == {entry["path"] for entry in CATALOGUE}
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    assert not [path for path in there if f"`{path}`" not in readme]


@pytest.mark.parametrize("entry", REPORTS, ids=lambda entry: entry["path"])
def test_a_report_is_small_and_has_ten_to_fourteen_pages(entry: dict[str, Any]) -> None:
    edition = Path(entry["path"]).stem.split("-")[0]
    assert 10 <= entry["pages"] <= 14
    assert len(pages(entry["path"])) == entry["pages"] == truth(edition)["pages"]
    assert entry["bytes"] < (4_000_000 if "scan" in entry["path"] else 1_000_000)


def test_the_2023_report_exists_by_four_producers_and_as_a_scan() -> None:
    stems = {Path(entry["path"]).stem for entry in REPORTS if "2023" in entry["path"]}
    assert stems == {
        f"2023-{producer}" for producer in ("weasyprint", "chromium", "libreoffice", "reportlab", "scan")
    }
    assert not "".join(pages("reports/2023-scan.pdf")).strip()


@pytest.mark.parametrize("path", MADE_UP)
def test_a_made_up_edition_says_so_on_every_page_and_in_its_metadata(path: str) -> None:
    for number, text in enumerate(pages(path), start=1):
        flat = " ".join(text.split())
        assert all(mark in flat for mark in MARKS), f"page {number}"
    document = pypdfium2.PdfDocument(FIXTURES / path)
    said = document.get_metadata_dict()["Subject"]
    document.close()
    assert all(mark in said for mark in ("نسخة مختلقة لأغراض الاختبار", *MARKS))


def test_the_real_edition_is_not_marked_as_made_up() -> None:
    assert not truth("2023")["made_up"]
    assert not any(MARKS[1] in text for path in DIGITAL if "2023" in path for text in pages(path))


def test_every_figure_of_the_gold_file_is_in_the_truth_once() -> None:
    wanted = [row for row in gold() if row["kind"] == "figure"]
    found = {row["id"]: row for row in truth("2023")["figures"]}
    assert len(found) == len(truth("2023")["figures"]) == len(wanted) == 24
    for row in wanted:
        same = found[row["id"]]
        assert (same["text"], Decimal(same["value"])) == (row["text"], row["value"])
        assert same["text"].endswith(same["noun"])


def test_every_table_value_of_the_gold_file_is_in_the_truth_as_often_as_printed() -> None:
    wanted = Counter(row["text"] for row in gold() if row.get("role") == "value")
    found: Counter[str] = Counter()
    for table in truth("2023")["tables"]:
        found.update(cell["text"] for cell in table["cells"])
        found[table["banner"]["text"]] += table["banner"]["printed_times"]
    assert sum(wanted.values()) == 22
    assert found == wanted


def test_every_other_mark_of_the_gold_file_but_the_rule_of_hyphens_is_in_the_truth() -> None:
    wanted = {row["id"] for row in gold() if row["kind"] == "not_observation"} - {"N010"}
    assert {row["id"] for row in truth("2023")["not_observations"]} == wanted


def test_the_tables_of_2023_stand_in_both_column_orders() -> None:
    orders = {table["id"]: table["columns_seen_left_to_right"] for table in truth("2023")["tables"]}
    assert orders["T1"] == orders["T3"] == ["label_fr", "share", "count", "label_ar"]
    assert orders["T2"] == orders["T1"][::-1]


@pytest.mark.parametrize("path", DIGITAL)
def test_every_figure_in_digits_is_on_the_page_that_the_truth_names(path: str) -> None:
    told = truth(Path(path).stem.split("-")[0])
    wanted: dict[int, Counter[str]] = {}
    for figure in told["figures"]:
        wanted.setdefault(figure["page"], Counter()).update(numbers(figure["text"]))
    for table in told["tables"]:
        for cell in table["cells"]:
            wanted.setdefault(table["page"], Counter()).update(numbers(cell["text"]))
    for number, digits in wanted.items():
        printed = numbers(pages(path)[number - 1])
        assert not digits - printed, f"page {number}"


def test_only_the_libreoffice_rendering_shows_three_counts_with_their_groups_swapped() -> None:
    told = {row["name"]: row["displayed_reversed"] for row in truth("2023")["files"]}
    assert told.pop("2023-libreoffice.pdf") == ["1 074", "22 882", "44 531"]
    assert not any(told.values())


def _sums(table: dict[str, Any]) -> bool:
    """Tell whether every column of the table adds up to its last row."""
    columns: dict[str, list[Decimal]] = {}
    for cell in table["cells"]:
        columns.setdefault(cell["column"], []).append(Decimal(cell["value"] or 0))
    return all(sum(values[:-1]) == values[-1] for values in columns.values())


def _shares(table: dict[str, Any]) -> bool:
    """Tell whether every share is its count over the total, to the printed digit."""
    cells = {(cell["row"], cell["column"]): Decimal(cell["value"] or 0) for cell in table["cells"]}
    if ("total", "count") not in cells or ("total", "share") not in cells:
        return True
    total = cells["total", "count"]
    return all(
        (100 * cells[row, "count"] / total).quantize(Decimal("0.01")) == share
        for (row, column), share in cells.items()
        if column == "share"
    )


@pytest.mark.parametrize("edition", CLEAN)
def test_the_tables_of_a_clean_edition_add_up(edition: str) -> None:
    assert all(_sums(table) and _shares(table) for table in truth(edition)["tables"])


def test_the_clean_made_up_editions_list_no_contradiction() -> None:
    assert not truth("2021")["contradictions"]
    assert not truth("2022")["contradictions"]


def test_2024_plants_every_kind_of_contradiction() -> None:
    kinds = {row["kind"] for row in truth("2024")["contradictions"]}
    assert kinds == {
        "column_total",
        "row_total",
        "percent_of_total",
        "percents_sum",
        "weekday",
        "rate_times_count",
        "printed_twice",
        "growth_claim",
        "restated_earlier_year",
        "implausible_jump",
        "vanished_series",
        "plan_periods",
    }


def test_every_printed_value_of_a_contradiction_stands_on_its_page() -> None:
    for row in truth("2024")["contradictions"]:
        if row["kind"] == "plan_periods":
            continue  # its second value stands on another page, as its place says
        printed = numbers(pages("reports/2024-chromium.pdf")[row["page"] - 1])
        assert not numbers(" ".join(row["values"])) - printed, row["id"]


def test_only_the_tables_with_a_planted_fault_fail_in_2024() -> None:
    told = truth("2024")["tables"]
    assert {table["id"] for table in told if not _sums(table)} == {"T1", "T5", "T7"}
    assert {table["id"] for table in told if not _shares(table)} == {"T1", "T2"}


def _values(edition: str, indicator: str, period: str) -> set[Decimal]:
    return {
        Decimal(row["value"])
        for row in truth(edition)["figures"]
        if row["indicator"] == indicator and row["period"] == period
    }


def test_what_two_editions_say_of_one_period_agrees_but_for_the_planted_restatement() -> None:
    said: dict[tuple[str, str], dict[Decimal, set[str]]] = {}
    for edition in EDITIONS:
        for row in truth(edition)["figures"]:
            if row["period"] and row["qualifier"] == "exact":
                key = (row["indicator"], row["period"])
                said.setdefault(key, {}).setdefault(Decimal(row["value"]), set()).add(edition)
    differing = {key for key, values in said.items() if len(values) > 1}
    assert differing == {("DIS_SCHOOLING_CHILDREN_N", "2022"), ("FAM_JISR_FAMILIES_N", "2024")}


def test_the_growth_claim_of_2023_is_true_and_that_of_2024_false() -> None:
    projects = "DIS_IGP_PROJECTS_N"
    (base,) = _values("2021", projects, "2021")
    (later,) = _values("2023", projects, "2023")
    assert later / base > 3
    (base,) = _values("2022", projects, "2022")
    (later,) = _values("2024", projects, "2024")
    assert later / base < 2


def test_one_series_alone_vanishes_in_2024() -> None:
    series = {edition: {row["indicator"] for row in truth(edition)["figures"]} for edition in EDITIONS}
    assert (series["2022"] & series["2023"]) - series["2024"] == {"FAM_MEDIATION_PROJECTS_N"}
    assert not (series["2021"] & series["2022"]) - series["2023"]


def test_the_fonts_are_few_and_come_with_their_licences() -> None:
    fonts = list((FIXTURES / "fonts").glob("*.ttf"))
    assert sum(font.stat().st_size for font in fonts) < 6_000_000
    licences = [path.read_text(encoding="utf-8") for path in (FIXTURES / "fonts").glob("LICENCE-*.txt")]
    assert len(licences) == 3
    assert all("sil open font license" in licence.casefold() for licence in licences)
