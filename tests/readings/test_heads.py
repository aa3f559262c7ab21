"""Heads of several tiers in two languages, and rows of totals under titles."""

from __future__ import annotations

import pytest

from pipeline.model.page import Direction, Line, Page, PageKind, Stroke, Word
from pipeline.model.place import Box
from pipeline.readings.alignment.heads import head_pieces
from pipeline.readings.alignment.regions import regions
from pipeline.readings.pieces import Piece, pieces_of
from pipeline.validation.tables.layout import Naming, grids
from tests.readings.drawn import cells, codebook, read, table

BODY = """<tr><td>5,2</td><td>8 121</td><td>7 688</td><td>433</td><td>7 722</td><td>101</td>
<td>طنجة<br>Tanger</td></tr><tr><td>3,6</td><td>6 519</td><td>6 117</td><td>402</td><td>6 292</td><td>74</td>
<td>الشرق<br>Oriental</td></tr>"""
LEAVES = "<tr><td>المجموع<br>Total</td><td>إناث<br>Filles</td><td>ذكور<br>Garçons</td></tr>"


@pytest.mark.parametrize("year", ["2018", "2017/2018"])
def test_a_year_that_reaches_down_beside_the_lowest_heads_is_a_head(year: str) -> None:
    heads = f"""<tr><td rowspan="3">نسبة التطور<br>Évolution (%)</td><td colspan="4">المستفيدون<br>Bénéficiaires</td>
    <td rowspan="3">المراكز<br>Centres</td><td rowspan="3">الجهة<br>Région</td></tr>
    <tr><td colspan="3">2019</td><td rowspan="2">{year}</td></tr>"""
    found = cells(read(f'<table dir="ltr" class="full">{heads}{LEAVES}{BODY}</table>'))
    oriental = {key[2:]: raw for key, raw in found.items() if key[1] == "Oriental"}
    assert oriental == {
        ("نسبة التطور", "Évolution (%)"): "3,6",
        ("المستفيدون / 2019 / المجموع", "Bénéficiaires / 2019 / Total"): "6 519",
        ("المستفيدون / 2019 / إناث", "Bénéficiaires / 2019 / Filles"): "6 117",
        ("المستفيدون / 2019 / ذكور", "Bénéficiaires / 2019 / Garçons"): "402",
        (f"المستفيدون / {year}", f"Bénéficiaires / {year}"): "6 292",
        ("المراكز", "Centres"): "74",
    }


def test_a_year_between_heads_of_words_is_a_head() -> None:
    heads = "<tr><td>Région</td><td>2019</td><td>Filles</td><td>Garçons</td></tr>"
    rows = "<tr><td>Fès</td><td>951</td><td>480</td><td>471</td></tr>"
    rows += "<tr><td>Oriental</td><td>402</td><td>202</td><td>200</td></tr>"
    found = cells(read(f'<table class="full">{heads}{rows}</table>'))
    assert found["", "Fès", "2019", "2019"] == "951"
    assert len(found) == 6


def test_the_national_total_under_the_last_group_of_regions_is_none_of_that_group() -> None:
    rows = "".join(
        f'<tr><td colspan="2">{title}</td></tr>'
        + "".join(f"<tr><td>{region}</td><td>{n}</td></tr>" for region, n in held)
        for title, held in (
            ("الشمال – Nord", (("Tanger", "120"), ("Oriental", "85"))),
            (
                "الجنوب – Sud",
                (("Souss", "70"), ("Dakhla", "4"), ("المجموع الوطني<br>Ensemble national", "279")),
            ),
        )
    )
    found = cells(read(f'<table class="full"><tr><td>Région</td><td>Centres</td></tr>{rows}</table>'))
    assert found["", "Sud / Dakhla", "", "Centres"] == "4"
    assert found["المجموع الوطني", "Ensemble national", "", "Centres"] == "279"


SPACED = "td { padding: 8pt 14pt; border: none } h3 { font-size: 13.5pt; text-align: right; margin: 2pt }"
STYLE = f"<style>{SPACED}</style>"


@pytest.mark.parametrize("rule", ["", "border-bottom: .5pt solid #333"])
def test_a_head_between_two_columns_is_that_of_their_group(rule: str) -> None:
    heads = f"""<tr><td rowspan="2">المجموع</td><td colspan="2" style="{rule}">الجنس</td>
    <td rowspan="2">نوع الحالة</td></tr><tr><td>إناث</td><td>ذكور</td></tr>"""
    rows = (("2 192", "988", "1 204", "العنف"), ("2 907", "1 377", "1 530", "الإهمال"))
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    title = "<h3>الأطفال حسب نوع الحالة والجنس</h3>"
    found = cells(read(f'{STYLE}{title}<table dir="ltr" style="width: 100%">{heads}{body}</table>'))
    assert {key[2] for key in found} == {"المجموع", "الجنس / إناث", "الجنس / ذكور"}


def test_a_paragraph_with_its_box_above_a_heading_gives_a_table_below_no_head_and_no_scale() -> None:
    text = "<p dir='rtl' style='width: 45%'>بلغت الاعتمادات 386 مليون درهم تغطي أربع سنوات، بكل جهة من الجهات الاثنتي عشرة.</p>"
    box = (
        "<div style='background: #fdebdc; width: 55%; padding: 6pt; font-size: 11pt'>نساء عبرن عن رضاهن</div>"
    )
    title = "<h3>عدد المستفيدات حسب نوع الخدمة</h3>"
    rows = (("2022", "2021", "البيان"), ("12,840", "9,020", "الاستماع"), ("6,230", "4,115", "المواكبة"))
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    said = read(f'{STYLE}{text}{box}{title}<table dir="ltr" style="width: 100%">{body}</table>')
    held = {r.raw: (r.value, r.column_label.ar) for r in said.readings if r.kind == "cell"}
    assert held == {
        "12,840": (12840, "2022"),
        "9,020": (9020, "2021"),
        "6,230": (6230, "2022"),
        "4,115": (4115, "2021"),
    }


def test_a_dash_of_another_font_stands_in_the_row_of_its_figures() -> None:
    def word(text: str, x: float, y: float) -> Piece:
        box = Box(x, y - 6, x + 30, y + 6)
        words = (Word(text=text, raw=text, box=box, size=11.5),)
        return Piece(0, Line(words=words, box=box, direction=Direction.LTR), True)

    rows = [[word("12,0-", 170, 224), word("340,0", 250, 225), word("96,6%", 80, 222)]]
    rows.append([word("—", 170, 313), word("100,0%", 80, 316), word("21,0", 250, 319.2)])
    page = Page(number=1, width=595, height=842, kind=PageKind.TEXT, reason="", score=1.0)
    assert [
        len(row) for region in regions(page, [p for row in rows for p in row]) for row in region.rows
    ] == [3, 3]


ZEBRA = """<style>td {{ border: 0 !important; text-align: center; padding: 3px 5px }}
.g {{ border-bottom: 1px solid #246 !important }}
tr.h td {{ border-bottom: 1.5px solid #246 !important }} table {{ width: 100%; font-size: 10.5pt }}</style>
{title}<table dir="ltr"><tr><td rowspan="2">Région</td><td rowspan="2">المشاريع<br>Projets</td>
<td colspan="3" class="g">المستفيدون<br>Bénéficiaires</td><td rowspan="2">الغلاف (م.د)<br>Enveloppe (MDH)</td>
<td rowspan="2">الجهة</td></tr><tr class="h"><td>ذكور<br>H</td><td>إناث<br>F</td><td>المجموع<br>Total</td></tr>
<tr><td>Tanger-Tétouan</td><td>11</td><td>1 058</td><td>1 053</td><td>2 111</td><td>3,57</td><td>طنجة - تطوان</td></tr>
<tr><td>L'Oriental</td><td>6</td><td>568</td><td>535</td><td>1 103</td><td>2,32</td><td>الشرق</td></tr>
<tr><td>Fès-Meknès</td><td>9</td><td>851</td><td>984</td><td>1 835</td><td>3,20</td><td>فاس - مكناس</td></tr></table>"""


@pytest.mark.parametrize(
    "title",
    [
        "",
        '<p style="text-align:center;font-size:12pt;font-weight:bold;margin:6px 0 4px">Projets par région</p>',
    ],
)
def test_a_head_of_two_lines_beside_a_group_of_columns_is_one_and_a_larger_title_none(title: str) -> None:
    found = cells(read(ZEBRA.format(title=title)))
    assert found["الشرق", "L'Oriental", "المستفيدون / المجموع", "Bénéficiaires / Total"] == "1 103"
    assert found["الشرق", "L'Oriental", "الغلاف (م.د)", "Enveloppe (MDH)"] == "2,32"
    assert len(found) == 15


def test_the_head_of_a_group_stands_over_the_middle_of_their_heads_if_not_of_their_figures() -> None:
    def head(text: str, left: float, right: float, top: float) -> Piece:
        box = Box(left, top, right, top + 10)
        word = Word(text=text, raw=text, box=box, size=10)
        return Piece(0, Line(words=(word,), box=box, direction=Direction.LTR), False)

    figures = [(49.0, 154.0), (207.0, 217.0), (251.0, 266.0), (310.0, 326.0), (392.0, 426.0), (481.0, 547.0)]
    leaves = [head("Total", 247, 270, 227), head("dont femmes", 289, 346, 227)]
    beside = [head("Sessions", 194, 230, 209), head("Part", 372, 446, 209)]
    group = head("Participants", 268, 325, 192)
    page = Page(number=1, width=595, height=842, kind=PageKind.TEXT, reason="", score=1.0)
    above = [*leaves, *beside, group]
    assert group in head_pieces(page, above, figures, [1, 2, 3, 4], 243, 10, 20)


@pytest.mark.parametrize("total", [True, False])
def test_rows_below_a_page_break_stand_under_the_title_above_it_unless_its_group_has_ended(
    total: bool,
) -> None:
    def page(rows: str) -> str:
        return f'<table class="full"><tr><td>الولاية</td><td>ذكور</td><td>إناث</td></tr>{rows}</table>'

    def row(label: str, *figures: str) -> str:
        return f"<tr><td>{label}</td>{''.join(f'<td>{n}</td>' for n in figures)}</tr>"

    def title(text: str) -> str:
        return f'<tr><td colspan="3">{text}</td></tr>'

    ended = row("المجموع", "77", "99") if total else ""
    first = title("محافظة مسقط") + row("مطرح", "421", "669") + row("المجموع", "421", "669")
    first += title("محافظة الداخلية") + row("نزوى", "77", "99") + ended
    found = cells(
        read(page(first), page(row("إزكي", "685", "649") + title("محافظة ظفار") + row("صلالة", "5", "6")))
    )
    above = "" if total else "محافظة الداخلية / "
    assert found[f"{above}إزكي", "", "ذكور", ""] == "685"
    assert found["محافظة ظفار / صلالة", "", "ذكور", ""] == "5"


@pytest.mark.parametrize("again", [True, False])
def test_a_total_below_a_page_break_is_that_of_all_where_groups_have_none(again: bool) -> None:
    heads = "<tr><td>الولاية</td><td>ذكور</td><td>إناث</td></tr>"
    first = "<tr><td colspan=3>محافظة مسقط</td></tr><tr><td>مطرح</td><td>421</td><td>669</td></tr>"
    first += "<tr><td colspan=3>محافظة الداخلية</td></tr><tr><td>نزوى</td><td>77</td><td>99</td></tr>"
    second = (
        "<tr><td>إزكي</td><td>685</td><td>649</td></tr><tr><td>المجموع</td><td>1183</td><td>1417</td></tr>"
    )
    parts = (heads + first, (heads if again else "") + second)
    found = cells(read(*(f'<table class="full">{part}</table>' for part in parts)))
    assert found["محافظة الداخلية / إزكي", "", "ذكور", ""] == "685"
    assert found["المجموع", "", "ذكور", ""] == "1183"


@pytest.mark.parametrize("again", [True, False])
def test_the_unit_line_above_a_table_is_said_of_its_part_on_the_next_page(again: bool) -> None:
    heads = "<tr><td>Chapitre</td><td>Crédits</td><td>Paiements</td></tr>"

    def page(rows: str, *, head: bool = True) -> str:
        return f'<table class="full">{heads if head else ""}{rows}</table>'

    first = "".join(f"<tr><td>Chapitre {n}</td><td>{n}2,5</td><td>{n}1,5</td></tr>" for n in "123")
    second = "".join(f"<tr><td>Chapitre {n}</td><td>{n}2,5</td><td>{n}1,5</td></tr>" for n in "456")
    second += "<tr><td>Total</td><td>225,0</td><td>219,0</td></tr>"
    said = read(f"<p>Exécution du budget (en millions de dirhams)</p>{page(first)}", page(second, head=again))
    held = {r.raw: (r.value, r.unit_measure) for r in said.readings if r.kind == "cell" and r.locus.page == 2}
    assert held["42,5"] == (42500000, "MAD")
    assert len(held) == 8
    last = said.tables[-1]
    assert (last.continues, last.caption) == (said.tables[0].table_id, said.tables[0].caption)
    (whole,) = grids(said, Naming.of(codebook()))
    assert len(whole.rows) == 7


def test_two_columns_of_text_between_a_rule_and_a_table_are_no_heads() -> None:
    def line(text: str, left: float, right: float, top: float) -> Piece:
        step = (right - left) / len(text.split())
        words = tuple(
            Word(text=t, raw=t, box=Box(left + i * step, top, left + (i + 1) * step - 4, top + 10), size=10)
            for i, t in enumerate(text.split())
        )
        box = Box.around(word.box for word in words)
        return Piece(0, Line(words=words, box=box, direction=Direction.LTR), False)

    figures = [(49.0, 154.0), (207.0, 217.0), (251.0, 266.0), (310.0, 326.0), (481.0, 547.0)]
    heads = [line("Thème", 100, 131, 227), line("Total", 247, 270, 227), line("Part", 300, 336, 227)]
    text = [
        line("L’Agence a tenu 54 sessions pour 792 cadres", 46, 285, 190),
        line("associations dont les cadres ont suivi ces sessions", 312, 550, 190),
    ]
    rule = Stroke(box=Box(46, 180, 551, 180), horizontal=True)
    page = Page(number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1.0, strokes=(rule,))
    assert head_pieces(page, [*text, *heads], figures, [1, 2, 3], 243, 10, 20) == heads


def test_many_months_over_the_columns_of_a_table_are_heads_of_their_own() -> None:
    words, x = [], 140.0
    gaps = (1.9, 1.9, 6.8, 6.8, 7.0, 7.0, 9.4, 11.7, 11.6, 9.9, 7.4, 7.1, 0)
    for text, gap in zip(
        [
            "Type",
            "de",
            "handicap",
            "Janv.",
            "Févr.",
            "Mars",
            "Avr.",
            "Mai",
            "Juin",
            "Juil.",
            "Août",
            "Sept.",
            "Total",
        ],
        gaps,
        strict=True,
    ):
        words.append(Word(text=text, raw=text, box=Box(x, 127, x + 3.6 * len(text), 134), size=7.5))
        x += 3.6 * len(text) + gap
    box = Box.around(word.box for word in words)
    line = Line(words=tuple(words), box=box, direction=Direction.LTR)
    page = Page(number=1, width=595, height=842, kind=PageKind.TEXT, reason="", score=1.0, lines=(line,))
    found = [p.line.text for p in pieces_of(page, [])]
    assert found[0] == "Type de handicap"
    assert len(found) == 11


def test_years_under_groups_in_filled_heads_are_those_of_the_one_row_below_them() -> None:
    heads = """<tr class="h"><td rowspan="2">Place</td><td rowspan="2">Partenaire</td><td colspan="2">Prévisions</td>
    <td colspan="2">Réalisations</td></tr><tr class="h"><td>2021</td><td>2022</td><td>2021</td><td>2022</td></tr>"""
    row = (
        '<tr><td colspan="2">Total</td><td>3.098</td><td>3.419.387</td><td>16.021.985</td><td>1.091</td></tr>'
    )
    found = cells(read(f'<table dir="ltr" class="band">{heads}{row}</table>'))
    assert {key[3]: raw for key, raw in found.items()} == {
        "Prévisions / 2021": "3.098", "Prévisions / 2022": "3.419.387",
        "Réalisations / 2021": "16.021.985", "Réalisations / 2022": "1.091",
    }  # fmt: skip


def test_a_row_of_totals_alone_below_a_page_break_is_no_total_printed_beside_its_table() -> None:
    def page(*rows: str) -> str:
        frame = "border: 1pt solid #333; border-radius: 3mm; border-collapse: separate; border-spacing: 0"
        cell = '<td style="padding: 2mm 1.2mm; min-width: 20mm">'
        lines = "".join(
            f"<tr>{''.join(f'{cell}{text}</td>' for text in row.split('|'))}</tr>" for row in rows
        )
        return f'<table dir="ltr" style="{frame}">{lines}</table>'

    first = page(
        "Ville|Part|Dossiers|المدينة", "Agadir|% 9.65|122'565|أكادير", "Tiznit|% 4.12|669'666|تيزنيت"
    )
    found = cells(read(first, page("Total général|% 2.08|2'389'132|المجموع العام")))
    assert found["المجموع العام", "Total général", "", "Dossiers"] == "2'389'132"
    assert found["المجموع العام", "Total général", "", "Part"] == "% 2.08"


def test_years_far_above_a_row_of_totals_alone_below_a_page_break_are_its_heads() -> None:
    head, cell = ("Ville", "2019", "2020", "2021"), '<td style="padding: 4mm 3mm 6mm 3mm">'

    def page(*rows: tuple[str, ...]) -> str:
        lines = "".join(f"<tr>{''.join(f'{cell}{text}</td>' for text in row)}</tr>" for row in (head, *rows))
        return f'<table dir="ltr">{lines}</table>'

    first = page(
        ("Agadir", "385", "402", "611"), ("Tiznit", "521", "906", "152"), ("Guelmim", "17", "28", "40")
    )
    found = cells(read(first, page(("Total", "923", "1 336", "803"))))
    assert {key[3]: raw for key, raw in found.items() if key[1] == "Total"} == {
        "2019": "923", "2020": "1 336", "2021": "803",
    }  # fmt: skip


def test_a_head_that_tells_the_base_of_rates_is_a_head() -> None:
    rows = [["Fès", "4 030", "94,6"], ["Oujda", "2 295", "113,5"], ["Safi", "4 468", "111,4"]]
    said = cells(read(table([["Ville", "Population", "Cartes pour 100 000 habitants"], *rows], "")))
    assert said["", "Oujda", "", "Cartes pour 100 000 habitants"] == "113,5"


def test_a_unit_in_brackets_on_a_line_of_its_own_goes_with_the_words_above_it() -> None:
    heads = ["الجهة", "البنية 2022|(%)|Structure 2022|(%)", "العدد|Nombre"]
    found = cells(read(table([heads, ["طنجة", "17,6", "1 234"], ["الشرق", "12,1", "978"]], "full")))
    assert found["طنجة", "", "البنية 2022 (%)", "Structure 2022 (%)"] == "17,6"


@pytest.mark.parametrize("ruling", ["full", ""])
@pytest.mark.parametrize("year", ["2023 (%)", "2023 (p)", "2023*"])
def test_years_with_a_remark_beside_other_heads_are_heads(year: str, ruling: str) -> None:
    rows = [["Fès", "96,9", "97,1", "8 097"], ["Oujda", "91,5", "90,0", "5 218"], ["Safi", "88,0", "87,5", "1 388"]]
    said = cells(read(table([["Ville", year, "2022", "Évolution (points)"], *rows], ruling)))
    assert list(said.values()) == [cell for row in rows for cell in row[1:]]
    assert said["", "Oujda", "", "Évolution (points)"] == "5 218"
