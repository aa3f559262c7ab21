"""Columns of texts between columns of figures name no rows; figures and texts that meet are two columns."""

from __future__ import annotations

import pytest

from tests.readings.drawn import cells, read, table

HOMES = (
    ("المنحة", "النزلاء", "الوضعية القانونية", "الطاقة", "المؤسسة"),
    ("1,92", "187", "تفتقر إلى رخصة", "210", "دار الطالب – تارودانت"),
    ("1,74", "198", "مطابقة", "160", "دار الطالبة – تارودانت"),
    ("2,31", "104", "قيد التسوية", "90", "دار المسنين – تيزنيت"),
    ("1,66", "215", "تفتقر إلى رخصة", "180", "دار الطالب – تيزنيت"),
)
PROGRAMMES = (
    ("Tuberculose", "186", "Dépistage actif", "171"),
    ("Diabète", "9 412", "Suivi trimestriel", "10 230"),
    ("Hypertension", "7 735", "Suivi trimestriel", "8 064"),
    ("Santé scolaire", "28 640", "Visites de rentrée", "27 915"),
)
RULES = "border-top:1pt solid #333;border-bottom:1pt solid #333"


@pytest.mark.parametrize("style", ["rows", "full"])
def test_a_column_of_texts_between_figures_names_no_rows(style: str) -> None:
    found = cells(read(table(HOMES, style)))
    names = [row[4] for row in HOMES[1:]]
    assert [ar for ar, _, column, _ in found if column == "النزلاء"] == names
    assert [ar for ar, _, column, _ in found if column == "الطاقة"] == names


def test_bands_run_through_one_table_and_not_through_two() -> None:
    striped = "".join(
        f'<tr style="background:{"#eee" if i % 2 else "#cde"}">' + "".join(f"<td>{c}</td>" for c in row) + "</tr>"
        for i, row in enumerate(HOMES)
    )
    found = cells(read(f'<table dir="ltr" style="width:100%">{striped}</table>'))
    assert [ar for ar, _, column, _ in found if column == "النزلاء"] == [row[4] for row in HOMES[1:]]
    one = table((("Région", "Centres"), ("Fès", "12"), ("Taza", "9"), ("Sefrou", "4")), "rows")
    two = table((("Province", "Femmes"), ("Oujda", "340"), ("Nador", "215"), ("Berkane", "118")), "rows")
    beside = f'<div style="display:flex;gap:12mm"><div>{one}</div><div>{two}</div></div>'
    assert {fr for _, fr, _, column in cells(read(beside)) if column == "Femmes"} == {"Oujda", "Nador", "Berkane"}


def test_figures_set_against_texts_are_a_column_of_their_own() -> None:
    head = f'<tr style="{RULES}"><td>Programme</td><td style="text-align:right">2018</td><td>Mode de suivi</td><td>2019</td></tr>'
    rows = "".join(
        f'<tr><td style="text-align:left">{a}</td><td style="text-align:right;padding-right:1pt;width:30mm">{b}</td>'
        f'<td style="text-align:left;padding-left:2pt;width:50mm">{c}</td><td style="text-align:right">{d}</td></tr>'
        for a, b, c, d in PROGRAMMES
    )
    found = cells(read(f'<table style="border-bottom:1pt solid #333">{head}{rows}</table>'))
    assert {fr: raw for (_, fr, _, column), raw in found.items() if column == "2018"} == {
        row[0]: row[1] for row in PROGRAMMES
    }
    assert {fr for _, fr, _, column in found if column == "2019"} == {row[0] for row in PROGRAMMES}


def test_a_numbered_title_in_two_languages_over_both_ends_of_a_table_is_no_head() -> None:
    title = (
        '<div style="display:flex;justify-content:space-between;font-weight:bold"><span>5.7. Budget de l’Académie (en MDH)'
        '</span><span dir="rtl">5.7. ميزانية الأكاديمية (بمليون درهم)</span></div>'
    )
    rows = (
        ("Rubrique", "الاعتمادات|Crédits", "النفقات|Dépenses", "البند"),
        ("Construction", "88,40", "71,95", "البناءات"),
        ("Équipement", "23,15", "21,08", "التجهيز"),
        ("Total", "111,55", "93,03", "المجموع"),
    )
    wide = table(rows, "rows").replace("<table", '<table style="width:100%;margin:0"')
    said = read(title + wide)
    assert {r.value for r in said.readings if r.raw == "88,40"} == {88_400_000}
    (grid,) = said.tables
    assert (grid.caption.fr, grid.caption.ar) == (
        "5.7. Budget de l’Académie (en MDH)",
        "5.7. ميزانية الأكاديمية (بمليون درهم)",
    )
