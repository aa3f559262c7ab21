"""Rows and columns of tables bear numbers and codes that count nothing."""

from __future__ import annotations

import pytest

from pipeline.readings.grids.numbered import numbers_columns
from tests.readings.drawn import cells, read, table

MONEY = [
    ["Personnel", "1 200", "1 100", "1 000"],
    ["Matériel", "800", "700", "650"],
    ["Travaux", "2 000", "1 500", "900"],
]
RULINGS = pytest.mark.parametrize("ruling", ["full", ""])


def raws(rows: list[list[str]], ruling: str) -> list[str]:
    return list(cells(read(table(rows, ruling))).values())


@RULINGS
@pytest.mark.parametrize("form", ["({})", "{} -", "{}°", "{}"])
def test_numbers_of_rows_in_brackets_or_before_a_dash_are_no_figures(form: str, ruling: str) -> None:
    rows = [[form.format(i), label, money, more] for i, (label, money, more, _) in enumerate(MONEY, 1)]
    assert raws([["", "Désignation", "2022", "2023"], *rows], ruling) == [
        "1 200",
        "1 100",
        "800",
        "700",
        "2 000",
        "1 500",
    ]


@RULINGS
@pytest.mark.parametrize(
    "numbers",
    [
        ["", "1", "2", "3"],
        ["1", "2", "3", "4"],
        ["", "(1)", "(2)", "(3)=(2)/(1)"],
        ["", "1", "2", "3 = 1 + 2"],
    ],
)
def test_numbers_under_the_heads_of_columns_are_no_figures(numbers: list[str], ruling: str) -> None:
    said = cells(read(table([["Rubrique", "Crédits", "Engagements", "Paiements"], numbers, *MONEY], ruling)))
    assert list(said.values()) == [cell for row in MONEY for cell in row[1:]]
    assert ("", "Personnel", "", "Crédits") in said


def test_numbers_of_columns_run_from_right_to_left_too() -> None:
    assert numbers_columns(["(3)", "(2)", "(1)", ""])
    assert numbers_columns(["4=3-2", "3", "2", "1"])


def test_a_row_of_small_figures_does_not_number_the_columns() -> None:
    assert not numbers_columns(["Fès", "1", "2", "3"])
    assert not numbers_columns(["1", "2"])
    assert not numbers_columns(["", "3", "4", "5"])
    assert not numbers_columns(["", "1", "3", "4"])
    assert not numbers_columns(["", "-1", "-2", "-3"])


@RULINGS
def test_rows_numbered_anew_in_each_place_are_told_apart_by_their_numbers(ruling: str) -> None:
    rows = [
        ["Cap", "01", "364"],
        ["Durban", "01", "354"],
        ["Joal", "01", "446"],
        ["Joal", "02", "445"],
        ["Joal", "03", "441"],
    ]
    said = cells(read(table([["Lieu de vote", "N°", "Électeurs"], *rows], ruling)))
    assert list(said.values()) == ["364", "354", "446", "445", "441"]
    assert [key[1] for key in said] == ["Cap", "Durban", "Joal / 01", "Joal / 02", "Joal / 03"]


@RULINGS
def test_rows_numbered_anew_in_each_group_are_not_counted(ruling: str) -> None:
    rows = [["1", "مركز الأمل", "120"], ["2", "مركز النور", "98"], ["", "مجموع فاس", "218"],
            ["1", "مركز الرحمة", "76"], ["2", "مركز السلام", "66"], ["", "مجموع صفرو", "142"]]  # fmt: skip
    said = cells(
        read(table([["ر.ت", "المركز", "المستفيدون"], *rows], ruling).replace('dir="ltr"', 'dir="rtl"'))
    )
    assert list(said.values()) == ["120", "98", "218", "76", "66", "142"]


@RULINGS
@pytest.mark.parametrize("head", ["Code", "Chapitre", "Art.", "الرمز"])
def test_codes_of_rows_are_no_figures(head: str, ruling: str) -> None:
    rows = [["131", "Solidarité", "120"], ["132", "Protection", "98"], ["140", "Enfance", "76"]]
    said = cells(read(table([[head, "Programme", "Montant"], *rows], ruling)))
    assert said == {("", row[1], "", "Montant"): row[2] for row in rows}


def test_months_told_by_their_numbers_name_their_rows() -> None:
    rows = [["01", "12"], ["02", "15"], ["03", "9"], ["04", "11"]]
    said = cells(read(table([["Mois", "Cas"], *rows], "full")))
    assert list(said.values()) == ["12", "15", "9", "11"]
    assert {key[1] or key[0] for key in said} == {"01", "02", "03", "04"}


@pytest.mark.parametrize("year", ["2022", "2023*"])
def test_the_year_of_a_lone_column_of_figures_is_its_head(year: str) -> None:
    said = cells(read(table([["Ville", year], ["Fès", "12"], ["Oujda", "9"], ["Safi", "7"]], "full")))
    assert list(said.values()) == ["12", "9", "7"]


@pytest.mark.parametrize("ruling", ["full", ""])
def test_a_total_among_years_that_name_rows_is_one_of_their_names(ruling: str) -> None:
    rows = [["2019", "120"], ["2020", "98"], ["2021", "135"], ["Total", "353"]]
    said = cells(read(table([["Année", "Nombre"], *rows], ruling)))
    assert {key[1]: raw for key, raw in said.items()} == dict(rows)


def test_numbers_in_brackets_whose_cells_reach_over_rows_are_no_losses() -> None:
    rows = "".join(
        f"<tr>{first}<td>{label}</td><td>{a}</td><td>{b}</td></tr>"
        for first, label, a, b in (
            ("<td>(1)</td>", "Legs", "12", "13"),
            ('<td rowspan="2">(2)</td>', "Dons", "22", "23"),
            ("", "Quêtes", "32", "33"),
            ("<td>(3)</td>", "Ventes", "42", "43"),
        )
    )
    head = "<tr><td></td><td>Nature</td><td>2022</td><td>2023</td></tr>"
    said = cells(read(f'<table class="full">{head}{rows}</table>'))
    assert list(said.values()) == ["12", "13", "22", "23", "32", "33", "42", "43"]
