"""Cells that print more than a number: a share or a remark in brackets, a range, a unit of their row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.codebook.loading import load
from pipeline.model.reading import Qualifier
from pipeline.readings.beside import ends_of_range, number_and_share, without_remark
from pipeline.readings.cells.cellunits import cell_unit, unit_of
from tests.readings.drawn import cells, read, table

CODEBOOK = load()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 234 (12,5 %)", ("1 234", "12,5 %")),
        ("(٢٦٫١ %) ٣٩٬٥٩٧", ("٣٩٬٥٩٧", "٢٦٫١ %")),
        ("12,5 % (1 234)", None),
        ("1 234 (12)", None),
    ],
)
def test_a_count_and_its_share_in_one_cell_are_two_figures(text: str, found: tuple[str, str] | None) -> None:
    assert number_and_share(text) == found


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("1 234 (provisoire)", "1 234"),
        ("(مؤقت) 27 749", "27 749"),
        ("25 (millions)", "25 (millions)"),
        ("Total (1)", "Total (1)"),
    ],
)
def test_a_remark_in_brackets_is_no_part_of_a_number_and_a_unit_is_no_remark(text: str, bare: str) -> None:
    assert without_remark(text) == bare


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("34–65", (34, 65)),
        ("من 15 إلى 20", (15, 20)),
        ("de 1 200 à 1 500", (1200, 1500)),
        ("65-34", None),
        ("2015-2020", None),
    ],
)
def test_a_range_rises_and_is_no_pair_of_years(text: str, ends: tuple[int, int] | None) -> None:
    found = ends_of_range(text)
    assert (found and tuple(int(end.value) for end in found)) == ends


def test_a_column_of_ranges_is_one_of_figures_and_classes_of_age_name_rows() -> None:
    ranges = table([["Région", "Places"], ["Fès", "15–20"], ["Salé", "34–65"], ["Tiznit", "8–12"]], "full")
    said = read(ranges)
    assert [(r.value, r.value_max, r.qualifier) for r in said.readings] == [
        (Decimal(low), Decimal(high), Qualifier.BETWEEN) for low, high in ((15, 20), (34, 65), (8, 12))
    ]
    ages = table([["Région", "Âge", "Places"], ["Fès", "15–20", "40"], ["Salé", "34–65", "70"]], "full")
    assert ("34–65", "Salé / 34–65", "", "Places") in cells(read(ages))


def test_a_column_of_units_tells_the_unit_of_each_row_and_is_no_label() -> None:
    rows = [["Indicateur", "Unité", "Cible"], ["Coût", "MDH", "12"], ["Couverture", "%", "85"]]
    held = {r.row_label.fr: (r.unit_measure, r.value) for r in read(table(rows, "full")).readings}
    assert held == {"Coût": ("MAD", Decimal(12_000_000)), "Couverture": ("PT", Decimal(85))}


def test_shares_in_brackets_are_read_beside_their_counts_in_tables_without_rules() -> None:
    rows = [
        ["Région", "Projets"],
        ["Fès", "1 234 (12,5 %)"],
        ["Salé", "2 100 (21 %)"],
        ["Tiznit", "90 (1 %)"],
    ]
    held = [(r.row_label.fr, r.value, r.unit_measure) for r in read(table(rows)).readings]
    assert ("Fès", Decimal(1234), "NUMBER") in held
    assert ("Fès", Decimal("12.5"), "PT") in held
    assert len(held) == 6


def test_a_sum_told_in_a_caption_is_no_unit_of_the_table() -> None:
    lines = ("", "توزيع 25 مليون درهم على الجهات", "Répartition de 25 millions de dirhams")
    assert cell_unit(("الحصة الأولى", ""), lines, CODEBOOK).power == 0
    assert cell_unit(("الحصة الأولى", ""), ("", "سنة 2023 بملايين الدراهم", ""), CODEBOOK).power == 6


def test_money_with_its_scale_goes_before_what_it_is_spent_on() -> None:
    told = unit_of(("توزيع المستفيدين (بملايين الدراهم)",), CODEBOOK)
    assert (told.code, told.power) == ("MAD", 6)
    told = unit_of(("Montant (MDH) / bénéficiaires",), CODEBOOK)
    assert (told.code, told.power) == ("PS", 0)


def test_a_count_beside_its_share_is_no_share_though_its_head_says_rate() -> None:
    rows = (("Niveau", "Admis (taux)"), ("Primaire", "30 040 (89,6 %)"), ("Collège", "15 377 (63,8 %)"))
    held = {r.raw: r.unit_measure for r in read(table(rows, "full")).readings}
    assert held["30 040 (89,6 %)"] == "NUMBER"
    assert held["89,6 %"] == "PT"
