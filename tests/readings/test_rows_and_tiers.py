"""Tiers of heads and rows of labels in tables without a full net of rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.model.extraction import Extraction
from pipeline.model.page import Direction, Line, Page, PageKind, Word
from pipeline.model.place import Box, Method
from pipeline.model.reading import Label
from pipeline.readings.alignment.blocks import around, blocks_of
from pipeline.readings.cells.orders import _adds_up_by_groups
from pipeline.readings.grids.groups import with_wholes
from pipeline.readings.marks import cut_out, is_lone_call, without_call, without_raised
from pipeline.readings.pieces import Piece, columns_of, cut_labels, ends_paragraph
from pipeline.readings.tables.captions import unit_lines
from tests.readings.drawn import cells, read, table

PLAIN = "<style>td { border: none; padding: 1.5mm 3mm }</style>"


def word(text: str, x0: float, top: float, size: float = 10.0, wide: float = 6.0) -> Word:
    box = Box(x0, top, x0 + wide * len(text), top + size)
    return Word(text=text, raw=text, box=box, size=size, confidence=1.0)


def line(*words: Word, direction: Direction = Direction.LTR) -> Line:
    return Line(words=words, box=Box.around(w.box for w in words), direction=direction)


def piece(text: str, x0: float, x1: float, top: float) -> Piece:
    held = Word(text=text, raw=text, box=Box(x0, top, x1, top + 8), size=8, confidence=1.0)
    return Piece(0, line(held), False)


BUDGET = """<tr><td rowspan="3">Programme</td><td colspan="5">Budget 2023</td><td rowspan="3">Postes</td></tr>
<tr><td colspan="2">Ouverts</td><td colspan="2">Émis</td><td rowspan="2">Taux</td></tr>
<tr><td>Matériel</td><td>Travaux</td><td>Matériel</td><td>Travaux</td></tr>"""


def budget(style: str, heads_at: str, before: str = "", heads: str = BUDGET) -> Extraction:
    """Credits by programme, heads of three tiers set to the top, the middle or the bottom of their cells."""
    body = "".join(
        f"<tr><td>{name}</td>{''.join(f'<td>{n * 1111 + i * 37}</td>' for i in range(4))}<td>{n}1,5 %</td><td>{n}20</td></tr>"
        for n, name in ((3, "Famille"), (5, "Égalité"), (7, "Soutien"))
    )
    css = f"<style>[rowspan], [colspan] {{ vertical-align: {heads_at} }}</style>"
    return read(f'{css}{PLAIN if not style else ""}{before}<table class="{style}">{heads}{body}</table>')


@pytest.mark.parametrize("heads_at", ["top", "middle"])
@pytest.mark.parametrize("style", ["", "rows"])
def test_a_head_over_lower_tiers_is_under_the_group_above_them(style: str, heads_at: str) -> None:
    assert {key[3] for key in cells(budget(style, heads_at))} == {
        "Budget 2023 / Ouverts / Matériel", "Budget 2023 / Ouverts / Travaux", "Budget 2023 / Émis / Matériel",
        "Budget 2023 / Émis / Travaux", "Budget 2023 / Taux", "Postes",
    }  # fmt: skip


TITLED = """<tr><td rowspan="2">Programme</td><td colspan="2">Ouverts</td><td colspan="2">Émis</td><td rowspan="2">Taux</td>
<td rowspan="2">Postes</td></tr><tr><td>Matériel</td><td>Travaux</td><td>Matériel</td><td>Travaux</td></tr>"""
CENTRED = """<style>p { text-align: center; margin: 0 0 1mm 0 } table { margin-top: 0 }
td:first-child[rowspan], td:last-child[rowspan="3"] { width: 25mm }</style>"""


@pytest.mark.parametrize("heads_at", ["top", "middle"])
def test_a_head_with_a_year_over_columns_is_no_title_though_it_stands_in_the_middle_of_the_table(
    heads_at: str,
) -> None:
    said = budget("", heads_at, CENTRED)
    assert {key[3] for key in cells(said)} == {
        "Budget 2023 / Ouverts / Matériel", "Budget 2023 / Ouverts / Travaux", "Budget 2023 / Émis / Matériel",
        "Budget 2023 / Émis / Travaux", "Budget 2023 / Taux", "Postes",
    }  # fmt: skip
    assert not said.complaints


@pytest.mark.parametrize("heads_at", ["top", "middle"])
@pytest.mark.parametrize("style", ["", "rows"])
def test_a_title_with_a_year_close_over_tiers_is_no_head(style: str, heads_at: str) -> None:
    said = budget(style, heads_at, f"{CENTRED}<p>Budget 2023</p>", TITLED)
    assert [t.caption.fr for t in said.tables] == ["Budget 2023"]
    assert {key[3] for key in cells(said)} == {
        "Ouverts / Matériel", "Ouverts / Travaux", "Émis / Matériel", "Émis / Travaux", "Taux", "Postes",
    }  # fmt: skip


def test_the_last_words_of_a_paragraph_right_above_a_table_head_none_of_its_columns() -> None:
    page = Page(number=1, width=595, height=842, kind=PageKind.TEXT, reason="", score=1.0)
    full, end = (
        piece("Des rencontres ont été tenues", 57, 538, 100),
        piece("la société civile.", 57, 140, 112),
    )
    assert ends_paragraph(end, [full, end], page)
    assert not ends_paragraph(piece("Nbre.", 57, 140, 140), [full], page)
    assert not ends_paragraph(piece("Premier semestre", 57, 140, 112), [full], page)


def test_a_title_that_may_be_a_head_over_columns_is_told() -> None:
    said = budget("", "bottom")
    assert [c.rule for c in said.complaints] == ["EXT-15"]
    assert len(said.complaints[0].readings) == 18
    assert ("", "Famille", "", "Ouverts / Travaux") in cells(said)


def test_a_total_over_the_white_between_two_stubs_joins_no_columns() -> None:
    stubs = [
        piece("Souss-Massa", 162, 210, 145), piece("Guelmim-Oued Noun", 146, 226, 205), piece("Total général", 188, 240, 248),
        *(piece(text, x0, x1, top) for text, x0, x1, top in (
            ("Agadir", 247, 272, 127), ("Tiznit", 249, 270, 145), ("Total région", 237, 282, 162),
            ("Guelmim", 242, 277, 179), ("Sidi Ifni", 245, 273, 196), ("Tan-Tan", 245, 274, 213), ("Total région", 237, 282, 231),
        )),
    ]  # fmt: skip
    columns, across = columns_of(stubs)
    assert columns == [(146, 226), (237, 282)]
    assert [p.line.text for p in across] == ["Total général"]


def test_a_region_and_its_town_that_nearly_touch_are_two_labels_where_each_is_set_like_others_of_its_column() -> (
    None
):
    towns = [
        line(word("تيزنيت", 476.2, 150)), line(word("أكادير", 476.2, 170)), line(word("طانطان", 476.2, 210)),
        line(word("سوس ماسة", 518, 160, wide=5.05)),
    ]  # fmt: skip
    both = line(
        word("كلميم", 541.8, 190, wide=3.8), word("واد", 530, 190, wide=3.2), word("نون", 515.7, 190, wide=4.1),
        word("سيدي", 493, 190, wide=4.9), word("إفني", 475.8, 190, wide=3.8), direction=Direction.RTL,
    )  # fmt: skip
    others = [Piece(i, held, figure=False) for i, held in enumerate(towns)]
    found = cut_labels([*others, Piece(9, both, figure=False)], 8)
    assert [p.line.text for p in found[len(others) :]] == ["سيدي إفني", "كلميم واد نون"]
    scanned = replace(both, words=tuple(replace(w, method=Method.OCR) for w in both.words))
    assert len(cut_labels([*others, Piece(9, scanned, figure=False)], 8)) == len(others) + 1
    moved = line(*both.words[:3], word("سيدي", 491, 190, wide=4.9), word("إفني", 474, 190, wide=3.8))
    assert len(cut_labels([*others, Piece(9, moved, figure=False)], 8)) == len(others) + 1


def test_the_label_of_a_total_beside_its_row_takes_no_line_of_the_label_above() -> None:
    groups = (("Fès-Meknès", ("Fès", "Ifrane")), ("Rabat-Salé", ("Rabat", "Salé")))
    rows, n = "", 300
    for region, towns in groups:
        for i, town in enumerate((*towns, "Total<br>région")):
            n += 7
            outer = f"<td rowspan=3>{region}</td>" if not i else ""
            rows += f"<tr>{outer}<td>{town}</td><td>{n}</td><td>{n + 2}</td></tr>"
    rows += '<tr><td colspan="2" style="text-align: left; padding-left: 12mm">Total</td><td>999</td><td>998</td></tr>'
    heads = "<tr><td>Région</td><td>Ville</td><td>Demandes</td><td>Places</td></tr>"
    found = cells(read(f'<table class="rows">{heads}{rows}</table>'))
    assert found["", "Rabat-Salé / Total région", "", "Demandes"] == "342"
    assert found["", "Total", "", "Demandes"] == "999"


def test_a_title_of_two_lines_between_rules_is_of_the_rows_below_it_however_high_they_are() -> None:
    def row(label: str, first: str, second: str) -> str:
        lines = "<br>".join(label.split("|"))
        return f'<tr style="height: 20mm"><td>{lines}</td><td>{first}</td><td>{second}</td></tr>'

    def title(label: str) -> str:
        lines = '<p style="margin: 0 0 2.5mm 0">'.join(label.split("|"))
        return f'<tr style="height: 20mm"><td colspan="3">{lines}</td></tr>'

    body = row("|".join(("الجهة", "Région")), "المراكز<br>Centres", "الأسر<br>Ménages")
    for place, n in (("الوسط الحضري|Milieu urbain", 100), ("الوسط القروي|Milieu rural", 200)):
        body += title(place)
        body += "".join(
            row(label, f"{n + i}", f"{n + 40 + i}") for i, label in enumerate(("الشرق|Oriental", "سوس|Souss"))
        )
    found = cells(read(f'<table class="rows" dir="ltr">{body}</table>'))
    assert found["الوسط الحضري / سوس", "Milieu urbain / Souss", "المراكز", "Centres"] == "101"
    assert found["الوسط القروي / الشرق", "Milieu rural / Oriental", "الأسر", "Ménages"] == "240"
    assert len(found) == 8


def test_two_lines_around_the_height_of_the_other_heads_are_one_head() -> None:
    head = [
        piece("نسبة التطور", 80, 120, 110),
        piece("Évolution", 82, 118, 125),
        piece("2023", 130, 148, 117),
    ]
    assert [(a.line.text, b.line.text) for a, b in around(head, 8)] == [("نسبة التطور", "Évolution")]
    assert around([*head, piece("2021", 160, 180, 125)], 8) == []


def test_a_group_flush_with_a_head_under_it_is_none_of_it_though_no_rule_is_seen_between_them() -> None:
    head = [
        piece("Répartition par sexe", 181, 414, 231),
        piece("Part", 181, 235, 245),
        piece("Nombre", 328, 392, 245),
    ]
    rules = [Box(70, 200, 525, 200), Box(70, 280, 525, 280)]
    assert [len(b.pieces) for b in blocks_of(head, 2, 8, 0.7, rules)] == [1, 1, 1]
    wide = [piece("Part", 181, 235, 231), piece("(%)", 195, 221, 245), *head[2:]]
    assert [len(b.pieces) for b in blocks_of(wide, 2, 8, 0.7, rules)] == [2, 1]


def test_a_unit_in_the_last_line_of_a_head_is_no_unit_line_however_wide_the_head_is_set() -> None:
    def page(*lines: Line) -> Page:
        return Page(number=1, width=595, height=842, kind=PageKind.TEXT, reason="", score=1.0, lines=lines)

    head = [
        line(word("Enveloppe", 300, 117, 8)), line(word("(MDH)", 312, 132, 8)), line(word("bénéficiaires", 210, 139.5, 8)),
    ]  # fmt: skip
    assert unit_lines(page(*head), lambda text: "MDH" in text) == set()
    assert unit_lines(page(head[0], line(word("(MDH)", 450, 150, 8))), lambda text: "MDH" in text) == {1}


def test_a_row_of_sums_with_their_unit_is_no_unit_line() -> None:
    row = line(
        word("تارودانت", 400, 150), word("723", 340, 150), word("درهم", 300, 150), word("64", 260, 150)
    )
    scale = line(word("1000", 300, 120), word("درهم", 340, 120))
    page = Page(number=1, width=595, height=842, kind=PageKind.TEXT, reason="", score=1.0, lines=(scale, row))
    assert unit_lines(page, lambda text: "درهم" in text) == {0}


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("4615 (59,2 %)*", "4615 (59,2 %)"),
        ("*من 27 إلى 43", "من 27 إلى 43"),
        ("(35,091)", "(35,091)"),
        ("* estimé", "* estimé"),
        ("*(% 17,6) 432 12", "(% 17,6) 432 12"),
        ("*(35,091)", "*(35,091)"),
    ],
)
def test_the_call_of_a_note_is_no_part_of_a_share_or_range(text: str, bare: str) -> None:
    assert without_call(text) == bare


def test_a_call_raised_beside_a_range_is_none_of_its_digits() -> None:
    cell = (word("64", 100, 50), word("-", 116, 50), word("102", 124, 50), word("1", 143, 47, 6))
    assert [w.text for w in without_raised(cell)] == ["64", "-", "102"]


def test_a_call_raised_beside_one_of_several_figures_of_a_line_is_no_row() -> None:
    figures = line(word("80,2", 100, 50), word("31,5", 160, 50), word("18,9", 220, 50))
    call = line(word("2", 244.5, 45, 6))
    assert is_lone_call(call, (figures, call))
    assert not is_lone_call(line(word("2", 290, 45, 6)), (figures, call))


def test_ranges_of_a_column_that_runs_from_right_to_left_have_their_higher_end_first() -> None:
    rows = [
        ["Région", "Centres", "Places"],
        ["Fès", "12", "122–83"],
        ["Salé", "9", "96–54"],
        ["Tiznit", "7", "48–36"],
    ]
    held = [r for r in read(table(rows, "full")).readings if r.column_label.fr == "Places"]
    assert [(r.row_label.fr, r.value, r.value_max) for r in held] == [
        ("Fès", Decimal(83), Decimal(122)), ("Salé", Decimal(54), Decimal(96)), ("Tiznit", Decimal(36), Decimal(48)),
    ]  # fmt: skip


def test_a_figure_cut_out_of_a_line_of_arabic_has_its_brackets_as_printed() -> None:
    words = (
        word("فاس", 300, 50),
        word("%)", 150, 50),
        word("43,3)", 110, 50),
        word("906", 70, 50),
        word("24", 50, 50),
    )
    whole = line(*words, direction=Direction.RTL)
    assert [w.text for w in cut_out(words[1:], whole)] == ["24", "906", "(43,3", "(%"]
    assert list(cut_out(words, whole)) == list(words)


def test_a_column_of_groups_adds_up_to_the_sum_of_their_sums() -> None:
    column = [Decimal(n) for n in (10, 20, 30, 5, 6, 7, 18, 48)]
    assert _adds_up_by_groups(column)
    assert not _adds_up_by_groups([*column[:-1], Decimal(96)])


@pytest.mark.parametrize("turn", [-90, 90])
def test_heads_that_run_up_or_down_over_columns_without_rules_are_heads(turn: int) -> None:
    way = f"transform: rotate({turn}deg); white-space: nowrap; width: 30mm; margin: 0 -9mm"
    heads = "".join(
        f'<td style="height: 32mm; width: 12mm; padding: 0"><div style="{way}">{head}</div></td>'
        for head in ("المراكز", "الأسرة", "المستفيدون الجدد")
    )
    rows = "".join(
        f"<tr><td>{name}</td>{''.join(f'<td>{n * 37 + i * 11}</td>' for i in range(3))}</tr>"
        for n, name in ((3, "Fès"), (4, "Salé"), (5, "Tiznit"))
    )
    found = cells(read(f"<p>Texte avant le tableau.</p><table><tr><td>Région</td>{heads}</tr>{rows}</table>"))
    assert found["", "Salé", "المستفيدون الجدد", ""] == "170"
    assert len(found) == 9


def test_a_head_whose_second_line_a_raised_call_pushes_down_is_that_of_its_own_column() -> None:
    pushed = '<span style="position: relative; top: 2pt">Hommes<sup style="font-size: 60%">2</sup></span>'
    rows = (
        ("باب الميزانية|Chapitre", "المجموع|Total", f"الذكور|{pushed}", "الإناث|Femmes"),
        ("أزيلال|Azilal", "38011", "24874", "11321"),
        ("تارودانت|Taroudant", "13762", "30067", "32070"),
        ("ورزازات|Ouarzazate", "27806", "28168", "13241"),
    )
    said = read(table(rows).replace("<table", '<table style="line-height: 2; font-size: 8pt"'))
    assert {r.column_label.ar for r in said.readings} == {"المجموع", "الذكور", "الإناث"}


def test_a_row_of_which_stands_under_the_row_that_it_is_part_of() -> None:
    rows = (
        ("Nature", "2021", "2022"),
        ("Dar Taliba", "421", "437"),
        ("dont milieu rural", "338", "341"),
        ("dont milieu urbain", "83", "96"),
        ("Maisons d'enfants", "96", "99"),
        ("Total", "517", "536"),
        ("y compris annexes", "12", "14"),
    )
    found = cells(read(table(rows, "rows")))
    assert [fr for _, fr, _, year in found if year == "2021"] == [
        "Dar Taliba",
        "Dar Taliba / dont milieu rural",
        "Dar Taliba / dont milieu urbain",
        "Maisons d'enfants",
        "Total",
        "Total / y compris annexes",
    ]
    groups = {
        0: Label(ar="الأصول / سيارات", fr="Actifs / Véhicules"),
        1: Label(ar="الأصول / منها كهربائية", fr="Actifs / dont électriques"),
    }
    named = with_wholes(groups, lambda label: "dont" in label.fr)
    assert named[1] == Label(ar="الأصول / سيارات / منها كهربائية", fr="Actifs / Véhicules / dont électriques")
