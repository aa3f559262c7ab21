"""Tables as financial statements print them: labels far from the figures, sums without a label, titles above the rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tests.readings.drawn import cells, read

ROW = "height:11pt;line-height:11pt;font-size:9pt"
ASSETS = [
    ("", "2024", "2023"),
    ("سندات حكومية", "626 509", "1 095"),
    ("سندات شركات", "23 739", "25 538"),
    ("صكوك", "466", "972"),
    ("وثائق خزانة", "222 489", "170 000"),
    ("", "873 203", "197 605"),
    ("مدرجة في السوق", "650 714", "27 605"),
    ("غير مدرجة في السوق", "222 489", "170 000"),
    ("", "873 203", "197 605"),
]
LOANS = [
    ("", "2024", "2023"),
    ("<b>أفراد</b>", "", ""),
    ("بطاقات", "1 192", "332"),
    ("قروض عقارية", "2 397", "2 620"),
    ("<b>مؤسسات</b>", "", ""),
    ("بطاقات", "2 257", "25 122"),
    ("قروض مباشرة", "88 336", "35 670"),
]


def statement(rows: Sequence[tuple[str, str, str]], wide: str = "115mm") -> str:
    """Rows of a label at the right edge of the page and two figures at its left, close under each other."""
    out = "".join(
        f'<tr style="{ROW}"><td style="padding:0;width:26mm">{earlier}</td><td style="padding:0;width:26mm">{later}</td>'
        f'<td style="padding:0;width:{wide};text-align:right" dir="rtl">{label}</td></tr>'
        for label, later, earlier in rows
    )
    return f'<table style="margin:0" dir="ltr">{out}</table>'


def test_labels_far_from_their_figures_stand_by_the_rows_that_they_are_level_with() -> None:
    said = cells(read(statement(ASSETS)))
    held = {(key[0], key[2]): raw for key, raw in said.items() if key[0]}
    assert held == {
        (label, year): cell
        for label, later, earlier in ASSETS[1:]
        if label
        for year, cell in (("2024", later), ("2023", earlier))
    }


def test_words_far_from_numbers_that_are_those_of_pages_are_no_table() -> None:
    rows = [(label, "", str(3 + 7 * i)) for i, (label, _, _) in enumerate(ASSETS[1:5])]
    assert not read(statement(rows)).tables


def test_the_title_above_the_first_row_is_none_of_its_label() -> None:
    said = cells(read(statement(LOANS, "60mm")))
    assert {key[0] for key in said if key[0]} == {
        "أفراد / بطاقات",
        "أفراد / قروض عقارية",
        "مؤسسات / بطاقات",
        "مؤسسات / قروض مباشرة",
    }


def test_the_unit_of_all_amounts_of_a_page_is_that_of_its_second_table() -> None:
    head = '<p dir="rtl">(جميع المبالغ بالمليون درهم)</p>'
    between = (
        '<p dir="rtl" style="margin-top:30pt">'
        + "وقد عرفت هذه السنة تطورا ملموسا في المبالغ المرصودة. " * 4
        + "</p>"
    )
    values = {
        r.value
        for r in read(head + statement(LOANS, "60mm") + between + statement(ASSETS[:5], "60mm")).readings
    }
    assert {Decimal(n) * 10**6 for n in (1192, 626509, 972)} <= values


def test_the_unit_of_one_table_is_not_that_of_the_next() -> None:
    head = '<p dir="rtl">(بالمليون درهم)</p>'
    between = (
        '<p dir="rtl" style="margin-top:30pt">'
        + "وقد عرفت هذه السنة تطورا ملموسا في عدد المستفيدين. " * 4
        + "</p>"
    )
    values = {
        r.value
        for r in read(head + statement(LOANS, "60mm") + between + statement(ASSETS[:5], "60mm")).readings
    }
    assert {Decimal(1192) * 10**6, Decimal(626509), Decimal(972)} <= values
