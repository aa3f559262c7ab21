"""Cells and columns of tables that are no plain counts: measured quantities, numbers of notes, sums beside them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.codebook.loading import load
from pipeline.readings.cells.cellunits import cell_unit
from pipeline.readings.grids.referring import refers
from pipeline.readings.marks import measured
from tests.readings.drawn import cells, read, table

CODEBOOK = load()
MILLIONS = ("جميع المبالغ بالمليون درهم", "", "")


def rtl(text: str) -> str:
    """A cell set from right to left."""
    return f'<span dir="rtl">{text}</span>'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("77 كيلوغرام للهيكتوليتر", ("77", "كيلوغرام للهيكتوليتر")),
        ("75 كيلوغرام في الهيكتوليتر (على الأقل)", ("75", "كيلوغرام في الهيكتوليتر")),
        ("1,5 km", ("1,5", "km")),
        ("12 m", None),  # a letter may be anything
        ("12 ans", None),  # as rows are named
        ("35 مستفيدا", None),
        ("من 5 كيلوغرام", None),
    ],
)
def test_a_number_with_a_measure_is_told_from_other_text(text: str, found: tuple[str, str] | None) -> None:
    assert measured(text) == found


def test_a_measured_quantity_in_the_first_row_is_no_head() -> None:
    rows = [
        [rtl("77 كيلوغرام للهيكتوليتر"), "الوزن الخاص"],
        ["1 %", "الشوائب المختلفة"],
        ["2,5 %", "البذور المجففة"],
    ]
    said = read(table(rows, "full", heads=0))
    held = {r.row_label.ar: (r.value, r.unit_measure, r.unit_label) for r in said.readings}
    assert held == {
        "الوزن الخاص": (Decimal(77), "NUMBER", "كيلوغرام للهيكتوليتر"),
        "الشوائب المختلفة": (Decimal(1), "PT", "%"),
        "البذور المجففة": (Decimal("2.5"), "PT", "%"),
    }


def test_rows_stand_under_titles_that_end_in_a_colon() -> None:
    rows = [
        ["السعر بالدرهم", "النقط"],
        ["", rtl("الزيادات:")],
        ["1,12", "إلى حدود 79"],
        ["0,84", "إلى حدود 80"],
        ["", rtl("التخفيضات:")],
        ["2,80", "الشوائب"],
        ["1,40", "البذور النابتة"],
    ]
    assert {key[0]: raw for key, raw in cells(read(table(rows, "full"))).items()} == {
        "الزيادات / إلى حدود 79": "1,12",
        "الزيادات / إلى حدود 80": "0,84",
        "التخفيضات / الشوائب": "2,80",
        "التخفيضات / البذور النابتة": "1,40",
    }


def test_a_colon_amid_the_rows_heads_none_when_the_first_stand_under_nothing() -> None:
    rows = [
        ["العدد", "الصنف"],
        ["100", "الموظفون"],
        ["", rtl("منهم:")],
        ["60", "الرسميون"],
        ["40", "المتعاقدون"],
    ]
    said = cells(read(table(rows, "full")))
    assert [key[0] for key, raw in said.items() if raw] == ["الموظفون", "الرسميون", "المتعاقدون"]


@pytest.mark.parametrize(
    ("head", "held", "told"),
    [
        ("إيضاح", ["(4)", "(5)", ""], True),
        ("إيضاح", ["(4)", "(°)", "(٪٨)", "(٩)", "(١٠)"], True),
        ("إيضاح\nNote", ["12", "3.1", "4-5"], True),
        ("Notes", ["(1)", "(2)"], True),
        ("Note", ["1", "2", "5", "7"], True),
        ("Note", ["14", "12", "17"], False),  # marks of pupils
        ("Note", ["14"], False),
        ("Note", ["120", "350"], False),
        ("العدد", ["(4)", "(5)"], False),
    ],
)
def test_numbers_of_notes_are_told_by_their_head(head: str, held: list[str], told: bool) -> None:
    text = {(r, 0): cell for r, cell in enumerate([head, *held])}
    assert refers(text, 0, 1, range(1, len(text))) is told


def test_a_column_of_numbers_of_notes_holds_no_figures() -> None:
    rows = [
        ["2023", "2024", "إيضاح", ""],
        ["8 495", "12 958", "(4)", "استثمارات مالية"],
        ["2 315", "3 822", "(5)", "قروض العملاء"],
        ["4 336", "7 097", "", "مشتقات مالية"],
    ]
    said = cells(read(table(rows)))
    assert {key[2] for key in said} == {"2023", "2024"}
    assert len(said) == 6


def test_a_share_deep_in_a_label_does_not_take_the_scale_of_a_sum() -> None:
    label = "نقدية وأرصدة لدى البنك المركزي في إطار نسبة الاحتياطي"
    assert cell_unit(("2023", "2023", "", "", label, ""), MILLIONS, CODEBOOK).power == 6
    assert cell_unit(("2023", "2023", "", "", "نسبة التغطية", ""), MILLIONS, CODEBOOK).code == "PT"
    assert cell_unit(("2023", "2023", "", "", "تطور نسبة الإنفاق", ""), MILLIONS, CODEBOOK).code == "PT"


def test_a_row_named_after_a_currency_is_in_that_without_the_scale_of_the_others() -> None:
    assert cell_unit(("2023", "2023", "", "", "درهم للسهم", ""), MILLIONS, CODEBOOK).power == 0
    assert cell_unit(("2023", "2023", "", "", "دعم بالدرهم", ""), MILLIONS, CODEBOOK).power == 6


def test_a_unit_line_far_above_a_table_is_said_of_it() -> None:
    head = '<p style="font-weight:bold">قائمة الدخل</p><p>(جميع المبالغ بالمليون درهم)</p><div style="height:60pt"></div>'
    rows = [["2023", "2024", ""], ["605", "948", "عائد القروض"], ["427", "670", "تكلفة الودائع"]]
    values = {r.value for r in read(head + table(rows, "full")).readings}
    assert values == {Decimal(n) * 10**6 for n in (605, 948, 427, 670)}


def test_a_unit_line_above_a_paragraph_is_not_said_of_the_table_below() -> None:
    head = (
        "<p>(جميع المبالغ بالمليون درهم)</p><p>"
        + "وقد عرفت هذه السنة ارتفاعا في عدد المستفيدين من البرنامج. " * 3
        + "</p>"
    )
    rows = [["2023", "2024", ""], ["605", "948", "الذكور"], ["427", "670", "الإناث"]]
    values = {r.value for r in read(head + table(rows, "full")).readings if r.kind == "cell"}
    assert values == {Decimal(n) for n in (605, 948, 427, 670)}


def test_what_is_printed_over_each_column_far_above_its_year_is_its_head() -> None:
    style = 'style="border-collapse:separate;border-spacing:0"'
    rows = [
        ["ديسمبر", "ديسمبر", ""],
        ["<div style='height:22pt'></div>2023", "<div style='height:22pt'></div>2024", ""],
        ["605", "948", "عائد القروض"],
        ["427", "670", "تكلفة الودائع"],
    ]
    said = cells(read(table(rows, "").replace("<table", f"<table {style}")))
    assert {key[2] for key in said} == {"ديسمبر / 2023", "ديسمبر / 2024"}


def test_a_frame_of_one_column_does_not_lose_the_report() -> None:
    said = read(
        table([["1 234"], ["5 678"], ["9 012"]], "full")
        + table([["2023", "الجهة"], ["1 234", "سوس"]], "full")
    )
    assert ("سوس", "1 234") in {(r.row_label.ar, r.raw) for r in said.readings}
