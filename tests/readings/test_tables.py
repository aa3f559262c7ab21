"""Facts about tables: rulings, stubs, tiers, spans, pages turned and pages that go on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.readings.drawn import cells, read, table

HEAD = ("Sexe", "النسبة المئوية|Pourcentage", "عدد المستفيدين|Nombre de bénéficiaires", "الجنس")
BODY = (
    ("Masculin", "56,52%", "57 883", "ذكر"),
    ("Féminin", "43,48%", "44 531", "أنثى"),
    ("Total", "100,00%", "102 414", "المجموع"),
)
COUNT = ("عدد المستفيدين", "Nombre de bénéficiaires")


@pytest.mark.parametrize("style", ["full", "rows", "band", ""])
def test_labels_at_both_ends_of_a_row_name_its_figures_whatever_the_rules(style: str) -> None:
    read_cells = cells(read(table((HEAD, *BODY), style)))
    assert len(read_cells) == 6
    assert read_cells["أنثى", "Féminin", *COUNT] == "44 531"
    assert read_cells["المجموع", "Total", "النسبة المئوية", "Pourcentage"] == "100,00%"


def test_columns_are_known_by_their_heads_not_by_their_place() -> None:
    mirrored = [row[::-1] for row in (HEAD, *BODY)]
    assert cells(read(table(mirrored))) == cells(read(table((HEAD, *BODY))))


@pytest.mark.parametrize("way", ["turned", "down"])
def test_a_table_turned_by_a_quarter_is_read_like_an_upright_one(way: str) -> None:
    said = read(f'<div class="{way}">{table((HEAD, *BODY), "full")}</div>')
    assert cells(said) == cells(read(table((HEAD, *BODY), "full")))
    assert said.tables[0].box.height > said.tables[0].box.width


def test_group_heads_stand_for_the_columns_they_are_centred_over() -> None:
    page = (
        '<table dir="ltr"><tr><td rowspan="2">Région</td><td colspan="2">Hommes</td><td colspan="2">Femmes</td></tr>'
        "<tr><td>2022</td><td>2023</td><td>2022</td><td>2023</td></tr>"
        "<tr><td>Oriental</td><td>1 204</td><td>1 317</td><td>980</td><td>1 022</td></tr>"
        "<tr><td>Souss-Massa</td><td>2 204</td><td>2 317</td><td>1 980</td><td>2 022</td></tr></table>"
    )
    held = cells(read(page))
    assert held["", "Souss-Massa", "2022", "Femmes / 2022"] == "1 980"
    assert held["", "Oriental", "2023", "Hommes / 2023"] == "1 317"


def test_a_label_beside_several_rows_names_them_all_and_a_total_across_both_stubs_names_its_own() -> None:
    page = (
        '<table dir="ltr"><tr><td>عدد الأسر</td><td>الإقليم</td><td>الجهة</td></tr>'
        '<tr><td>1 204</td><td>أكادير</td><td rowspan="2">سوس ماسة</td></tr><tr><td>980</td><td>تيزنيت</td></tr>'
        '<tr><td>412</td><td>كلميم</td><td rowspan="2">كلميم واد نون</td></tr><tr><td>377</td><td>طانطان</td></tr>'
        '<tr><td>2 973</td><td colspan="2">المجموع</td></tr></table>'
    )
    held = {key[0]: raw for key, raw in cells(read(page)).items()}
    assert held == {
        "سوس ماسة / أكادير": "1 204",
        "سوس ماسة / تيزنيت": "980",
        "كلميم واد نون / كلميم": "412",
        "كلميم واد نون / طانطان": "377",
        "المجموع": "2 973",
    }


def test_what_is_printed_beside_several_rows_is_the_outer_label_on_whichever_side_it_stands() -> None:
    page = (
        '<table dir="ltr" class="full"><tr><td>الإقليم</td><td>المركز</td><td>عدد الأسر</td></tr>'
        '<tr><td rowspan="3">أزيلال</td><td>دور الطالب</td><td>204</td></tr><tr><td>دور الطالبة</td><td>98</td></tr>'
        "<tr><td>مجموع الإقليم</td><td>302</td></tr>"
        '<tr><td rowspan="3">خنيفرة</td><td>دور الطالب</td><td>41</td></tr><tr><td>دور الطالبة</td><td>37</td></tr>'
        "<tr><td>مجموع الإقليم</td><td>78</td></tr></table>"
    )
    assert {key[0]: raw for key, raw in cells(read(page)).items()} == {
        "أزيلال / دور الطالب": "204",
        "أزيلال / دور الطالبة": "98",
        "أزيلال / مجموع الإقليم": "302",
        "خنيفرة / دور الطالب": "41",
        "خنيفرة / دور الطالبة": "37",
        "خنيفرة / مجموع الإقليم": "78",
    }


@pytest.mark.parametrize("style", ["full", ""])
def test_a_table_that_goes_on_without_heads_takes_those_of_the_page_before(style: str) -> None:
    said = read(table((HEAD, *BODY[:2]), style), table(BODY[2:], style, heads=0))
    assert cells(said)["المجموع", "Total", *COUNT] == "102 414"


def test_two_tables_side_by_side_stay_two() -> None:
    one = table((("Région", "Demandes"), ("Oriental", "120"), ("Souss", "85"), ("Total", "205")))
    two = table((("Région", "Projets"), ("Oriental", "12"), ("Souss", "9"), ("Total", "21")))
    said = read(f'<div style="display: flex; gap: 15mm">{one}{two}</div>')
    assert len(said.tables) == 2
    assert cells(said)["", "Souss", "", "Projets"] == "9"


def test_a_number_column_that_counts_the_rows_is_no_figure_and_no_label() -> None:
    rows = (
        ("عدد الطلبات", "الجهة", "ر.ت"),
        ("1 204", "الشرق", "1"),
        ("980", "سوس", "2"),
        ("2 184", "المجموع", ""),
    )
    assert {key[0]: raw for key, raw in cells(read(table(rows))).items()} == {
        "الشرق": "1 204",
        "سوس": "980",
        "المجموع": "2 184",
    }


def test_footnote_calls_are_no_digits_of_the_figure_before_them() -> None:
    rows = (
        ("Région", "Demandes", "Projets"),
        ("Oriental", "1 204<sup>1</sup>", "12*"),
        ("Souss", "985", "9 (2)"),
    )
    said = read(table(rows))
    assert {r.value for r in said.readings if r.kind == "cell"} == {
        Decimal(1204), Decimal(985), Decimal(12), Decimal(9),
    }  # fmt: skip


def test_each_mark_of_absence_is_an_absence_of_its_own() -> None:
    rows = (
        ("Région", "A", "B"),
        ("Un", "-", "ND"),
        ("Deux", "", "0"),
        ("Trois", "غ م", "12"),
        ("Quatre", "…", "3"),
    )
    held = {
        (r.row_label.fr, r.column_label.fr): r for r in read(table(rows, "full")).readings if r.kind == "cell"
    }
    said = {key: (str(r.absence), r.value) for key, r in held.items()}
    assert said["Un", "A"] == ("nil", None)
    assert said["Un", "B"] == ("not_available", None)
    assert said["Deux", "A"] == ("blank", None)
    assert said["Deux", "B"] == ("", Decimal(0))
    assert said["Trois", "A"] == ("not_available", None)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Le ministère a soutenu 1 830 projets en 2023, contre 610 en 2021, pour 25 millions de dirhams.</p>" * 6,
        "<ul><li>Demandes : 1 204</li><li>Projets : 980</li><li>Régions : 12</li></ul>" * 2,
        '<div style="display: flex; gap: 8mm"><p>En 2023, 1 204 demandes ont été reçues par les services.</p>'
        "<p>Au total, 980 projets ont été financés dans 12 régions du pays.</p></div>" * 3,
        '<p style="border: 1pt solid #333; padding: 3mm">Plus de 120 000 attestations délivrées en 2023</p>' * 2,
        "<p>Introduction ........................ 3</p><p>Solidarité ......................... 17</p>"
        "<p>Enfance ............................ 42</p>",
    ],
    ids=["prose", "list", "two columns", "call-outs", "contents"],
)  # fmt: skip
def test_what_is_no_table_gives_none(body: str) -> None:
    assert read(body).tables == ()


def test_a_table_cut_after_its_first_row_is_a_table() -> None:
    said = read(table((HEAD, BODY[0])), table((HEAD, *BODY[1:])))
    assert cells(said)["ذكر", "Masculin", *COUNT] == "57 883"
    assert len(cells(said)) == 6


def test_tables_side_by_side_keep_their_rows_when_these_stand_at_heights_of_their_own() -> None:
    many = table((("Région", "Demandes"), *((f"Ville {c}", str(110 + i)) for i, c in enumerate("ABCDEF"))))
    few = table((("Sexe", "Projets"), ("Hommes", "12"), ("Femmes", "9"), ("Total", "21")))
    few = few.replace("<tr", '<tr style="height: 14mm"')
    said = read(f'<div style="display: flex; gap: 15mm">{many}{few}</div>')
    assert len(said.tables) == 2
    assert cells(said)["", "Femmes", "", "Projets"] == "9"
    assert cells(said)["", "Ville F", "", "Demandes"] == "115"
    assert len(cells(said)) == 9


def test_years_that_head_a_table_at_the_top_of_a_page_are_no_page_numbers() -> None:
    rows = (
        ("2022", "2021", "2022", "2021", "الجهة"),
        ("311", "147", "815", "522", "الشرق"),
        ("867", "90", "567", "795", "سوس"),
    )
    head = '<tr><td colspan="2">الإناث</td><td colspan="2">الذكور</td><td></td></tr>'
    page = table(rows).replace("<tr", f"{head}<tr", 1).replace("<table", '<table style="margin-top: -10mm"')
    said = [r for r in read(page, page).readings if r.kind == "cell"]
    assert {r.column_label.ar for r in said} == {
        "الذكور / 2021",
        "الذكور / 2022",
        "الإناث / 2021",
        "الإناث / 2022",
    }


SECTIONED = (
    ("Structure", "Demandes", "Projets"),
    ("Milieu urbain",),
    ("Centres", "120", "31"),
    ("Foyers", "85", "12"),
    ("Milieu rural",),
    ("Centres", "44", "9"),
    ("Foyers", "63", "7"),
    ("Total", "312", "59"),
)


@pytest.mark.parametrize("style", ["full", "rows", "band", ""])
@pytest.mark.parametrize("across", [True, False])
def test_titles_between_rows_belong_to_the_labels_of_the_rows_below_but_not_to_a_total_of_all(
    style: str, across: bool
) -> None:
    page = table(SECTIONED, style)
    for title in ("Milieu urbain", "Milieu rural"):
        cell = f'<td colspan="3">{title}</td>' if across else f"<td>{title}</td><td></td><td></td>"
        page = page.replace(f"<td>{title}</td>", cell)
    held = {key[1::2]: raw for key, raw in cells(read(page)).items()}
    assert len(held) == 10
    assert held["Milieu urbain / Foyers", "Projets"] == "12"
    assert held["Milieu rural / Foyers", "Demandes"] == "63"
    assert held["Total", "Demandes"] == "312"


ACCOUNTS = (
    ("البند", "المتوقع", "المنجز"),
    ("المداخيل",),
    ("منحة المجلس", "80", "85"),
    ("اشتراكات", "13", "11"),
    ("مجموع المداخيل", "93", "96"),
    ("المصاريف",),
    ("أجور", "72", "68"),
    ("كراء", "38", "40"),
    ("مجموع المصاريف", "110", "108"),
    ("الرصيد", "17", "12"),
)


@pytest.mark.parametrize("style", ["full", "rows", ""])
def test_titles_whose_rows_end_in_their_total_belong_to_the_labels_of_these_rows_and_no_others(style: str) -> None:
    page = table(ACCOUNTS, style)
    for title in ("المداخيل", "المصاريف"):
        page = page.replace(f"<td>{title}</td>", f"<td>{title}</td><td></td><td></td>")
    held = {key[0]: raw for key, raw in cells(read(page)).items() if key[2] == "المتوقع"}
    assert held == {
        "المداخيل / منحة المجلس": "80",
        "المداخيل / اشتراكات": "13",
        "المداخيل / مجموع المداخيل": "93",
        "المصاريف / أجور": "72",
        "المصاريف / كراء": "38",
        "المصاريف / مجموع المصاريف": "110",
        "الرصيد": "17",
    }


def test_a_figure_beside_several_rows_is_called_by_what_they_share() -> None:
    page = (
        '<table class="full" dir="ltr"><tr><td>Région</td><td>Ville</td><td>Centres</td><td>Ménages</td></tr>'
        '<tr><td rowspan="2">Souss</td><td>Agadir</td><td>12</td><td rowspan="2">980</td></tr>'
        '<tr><td>Tiznit</td><td>9</td></tr>'
        '<tr><td rowspan="2">Oriental</td><td>Oujda</td><td>15</td><td rowspan="2">412</td></tr>'
        "<tr><td>Nador</td><td>7</td></tr></table>"
    )  # fmt: skip
    held = {key[1::2]: raw for key, raw in cells(read(page)).items()}
    assert held["Souss", "Ménages"] == "980"
    assert held["Oriental", "Ménages"] == "412"
    assert held["Oriental / Nador", "Centres"] == "7"


def test_remarks_beside_figures_name_no_row() -> None:
    rows = (("Région", "Demandes", "Observations"), ("Oriental", "120", "en cours"), ("Souss", "85", ""))
    assert {key[1] for key in cells(read(table(rows, "full")))} == {"Oriental", "Souss"}


def test_a_sum_with_its_scale_and_currency_in_the_cell_is_a_figure_and_scales_no_other() -> None:
    rows = (
        ("عدد المشاريع", "الغلاف المالي", "الجهة"),
        ("502", "657 مليون درهم", "الشرق"),
        ("723", "25 مليون درهم", "سوس"),
    )
    said = {(r.row_label.ar, r.column_label.ar): r for r in read(table(rows, "full")).readings}
    assert said["سوس", "الغلاف المالي"].value == 25_000_000
    assert said["سوس", "الغلاف المالي"].unit_measure == "MAD"
    assert said["سوس", "عدد المشاريع"].value == 723


@pytest.mark.parametrize("style", ["rows", ""])
def test_a_form_of_labels_and_figures_needs_no_heads(style: str) -> None:
    rows = (("Nombre de centres", "1 204"), ("Capacité", "980"), ("Personnel", "2 312"), ("Ménages", "77"))
    held = {key[1]: raw for key, raw in cells(read(table(rows, style, heads=0))).items()}
    assert held == {"Nombre de centres": "1 204", "Capacité": "980", "Personnel": "2 312", "Ménages": "77"}


def test_a_label_of_digits_on_a_line_of_its_own_keeps_its_language() -> None:
    rows = (("Région", "15-59|ans", "60 ans|et plus"), ("Oriental", "120", "31"), ("Souss", "85", "12"))
    assert {key[2:] for key in cells(read(table(rows, "full")))} == {
        ("", "15-59 ans"),
        ("", "60 ans et plus"),
    }


def test_years_set_higher_than_the_figures_of_their_rows_are_labels() -> None:
    rows = (
        ("Année", "Demandes", "Projets"),
        ("2021", "1 204", "31"),
        ("2022", "985", "12"),
        ("2023", "77", "9"),
    )
    page = table(rows).replace("<td>202", '<td style="vertical-align: top; padding-bottom: 6mm">202')
    held = {key[1::2]: raw for key, raw in cells(read(page)).items()}
    assert held["2022", "Demandes"] == "985"
    assert len(held) == 6


def test_a_table_with_a_number_of_its_own_takes_no_heads_of_the_one_before() -> None:
    one = "<p>Tableau 1 : Projets</p>" + table(
        (("Région", "A", "B"), ("Oriental", "12", "31"), ("Souss", "8", "9")), "full"
    )
    two = "<p>Tableau 2 : Fiche</p>" + table((("Oriental", "77", "5"), ("Souss", "6", "4")), "full", heads=0)
    assert {r.column_label.fr for r in read(one, two).readings if r.locus.page == 2} == {""}


def test_raised_calls_of_notes_are_no_part_of_a_label_but_powers_of_measures_are() -> None:
    call = '<sup style="font-size: 60%">2</sup>'
    rows = (
        ("Région", f"Demandes{call}", f"Surface (m{call})"),
        (f"Oriental{call}", "120", "31"),
        ("Souss", "85", "12"),
    )
    assert set(cells(read(table(rows, "full")))) == {
        ("", place, "", head) for place in ("Oriental", "Souss") for head in ("Demandes", "Surface (m 2 )")
    }  # fmt: skip


def test_the_source_in_a_last_row_under_the_figures_is_no_row() -> None:
    page = table((*BODY_FR, ("Source : délégations",)), "rows")
    page = page.replace("<td>Source", '<td colspan="3">Source')
    assert len(cells(read(page))) == 6


BODY_FR = (
    ("Région", "Demandes", "Projets"),
    ("Oriental", "120", "31"),
    ("Souss", "85", "12"),
    ("Total", "205", "43"),
)


@pytest.mark.parametrize("style", ["full", "rows", "band"])
def test_a_title_in_the_first_row_of_a_table_is_its_caption_and_no_head(style: str) -> None:
    page = table((("Demandes par région",), *BODY_FR), style, heads=2)
    page = page.replace("<td>Demandes par", '<td colspan="3">Demandes par')
    said = read(page)
    assert said.tables[0].caption.fr == "Demandes par région"
    assert {key[3] for key in cells(said)} == {"Demandes", "Projets"}


def test_a_pair_of_labels_that_contradicts_itself_is_told() -> None:
    wrong = (HEAD, ("Masculin", "56,52%", "57 883", "أنثى"), *BODY[1:])
    (complaint,) = read(table(wrong, "full")).complaints
    assert complaint.rule == "EXT-02"
    assert "Masculin" in complaint.message_en
    assert len(complaint.readings) == 2
    assert read(table((HEAD, *BODY), "full")).complaints == ()
