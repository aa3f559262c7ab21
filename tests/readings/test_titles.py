"""Lines over a table and between its rows that are titles, or running text, and name no column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.page import Direction, Line, Page, PageKind, Stroke, Word
from pipeline.model.place import Box
from pipeline.readings.alignment.between import between
from pipeline.readings.alignment.blocks import Block
from pipeline.readings.alignment.heads import head_pieces
from pipeline.readings.alignment.tiers import tiers
from pipeline.readings.alignment.titles import title_of, unsure_heads
from pipeline.readings.pieces import Piece, pieces_of
from tests.readings.drawn import cells, read, table


def piece(text: str, x0: float, x1: float, top: float, *, figure: bool = False, high: float = 10) -> Piece:
    word = Word(text=text, raw=text, box=Box(x0, top, x1, top + high), size=high)
    return Piece(0, Line(words=(word,), box=word.box, direction=Direction.LTR), figure)


def test_a_title_in_the_middle_of_a_table_is_none_of_its_heads_though_the_head_of_its_labels_is_wider_than_they() -> (
    None
):
    title = [
        piece("حصيلة الخدمات المقدمة بالأقاليم", 242, 353, 120),
        piece("Bilan des prestations dans les provinces", 198, 397, 131),
    ]
    heads = [
        piece("Chapitre budgétaire", 158, 259, 151), piece("Total", 282, 308, 151),
        piece("Hommes", 331, 375, 151), piece("Femmes", 395, 437, 151),
    ]  # fmt: skip
    columns = [(182.0, 235.6), (279.3, 310.8), (338.0, 375.1), (405.6, 437.0)]
    assert title_of([*title, *heads], columns, [1, 2, 3], 10) == title


def test_a_title_between_rows_that_just_touches_a_column_is_none_of_a_column_of_its_own() -> None:
    figures, labels = [], []
    for i, top in enumerate((150, 170, 190, 230, 250, 270)):
        labels.append(piece(f"Place {i}", 160, 215, top))
        figures += [
            piece("18 235", 325.1, 362, top, figure=True),
            piece("13 026", 421, 458, top, figure=True),
        ]
    levels = [p.y for p in figures[::2]]
    title = piece("Milieu rural", 268.4, 326.8, 210)
    (found,) = between([*labels, title], figures, levels, 10)
    assert found.across


@pytest.mark.parametrize(("left", "right", "across"), [(149.5, 192.5, True), (120.9, 163.9, False)])
def test_a_title_of_rows_set_to_no_edge_of_their_labels_is_none_of_them(
    left: float, right: float, across: bool
) -> None:
    figures, labels = [], []
    for top in (171, 199, 227, 284, 312, 340):
        wide = 123.6 if top in (199, 312) else 68.8
        labels.append(piece("Agence de développement social", 102 - wide / 2, 102 + wide / 2, top, high=8))
        figures += [
            piece("14 185", 193.1, 217.1, top, figure=True, high=8),
            piece("22 446", 262, 286, top, figure=True, high=8),
        ]
    title = piece("Milieu rural", left, right, 256, high=8)
    (found,) = between([*labels, title], figures, [p.y for p in figures[::2]], 8)
    assert found.across is across


def test_the_second_line_of_a_head_whose_first_was_misread_joins_no_columns_with_heads_of_their_own() -> None:
    heads = [
        piece("الحصة", 218.1, 235.9, 114.5), piece("الأسر", 288.6, 305.0, 114.9), piece("يل", 312.9, 319.4, 114.9),
        piece("الاعتمادات المفتوحة", 370.5, 431.2, 115.4), piece("Type de handicap", 91.4, 167.2, 121.2),
        piece("نوع الإعاقة", 475.5, 506.7, 122.4), piece("Crédits ouverts", 368.1, 434.0, 126.1),
        piece("Part", 218.6, 235.9, 126.3), piece("Nombre de ménages", 260.1, 349.8, 127.2),
    ]  # fmt: skip
    columns = [(69.3, 190.3), (212.1, 241.9), (325.6, 350.1), (416.5, 434.0), (452.0, 530.0)]
    placed = tiers(heads, columns, [1, 2, 3], 10.0, [])
    over = {p.line.text: (b.column, b.columns) for b in placed for p in b.pieces}
    assert over["Nombre de ménages"] == (2, 1)


def test_running_text_over_a_table_is_no_line_of_heads_however_wide_one_of_its_gaps_is() -> None:
    words, x = [], 122.0
    for i in range(17):
        words.append(Word(text="كلمة", raw="كلمة", box=Box(x, 62, x + 20, 72), size=10))
        x += 28.5 if i == 10 else 24
    line = Line(words=tuple(words[::-1]), box=Box.around(w.box for w in words), direction=Direction.RTL)
    page = Page(number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1.0, lines=(line,))
    text = pieces_of(page, [])
    assert len(text) == 2
    columns = [(130.0, 190.0), (294.0, 324.0), (400.0, 424.0), (446.0, 482.0)]
    heads = [
        piece("Type de handicap", 113, 200, 84), piece("Nombre de ménages", 221, 324, 84),
        piece("Centres équipés", 345, 424, 84), piece("Part", 453, 474, 84),
    ]  # fmt: skip
    assert head_pieces(page, [*text, *heads], columns, [1, 2, 3], 103, 7.5, 20) == heads


def test_heads_in_one_line_are_parted_where_each_stands_over_a_head_below_it() -> None:
    at = {
        "المجهزة": (175, 201),
        "المراكز": (204, 227),
        "عدد": (231, 242),
        "المفتوحة": (249, 279),
        "الاعتمادات": (284, 322),
        "الحصة": (327, 347),
    }
    words = [Word(text=t, raw=t, box=Box(x0, 101, x1, 109), size=8.4) for t, (x0, x1) in reversed(at.items())]
    line = Line(words=tuple(words), box=Box.around(w.box for w in words), direction=Direction.RTL)
    leaves = [
        piece("Centres équipés", 178, 238, 132),
        piece("Crédits ouverts", 255, 311, 132),
        piece("Part", 330, 345, 132),
    ]
    columns = [(40.0, 163.0), (202.0, 215.0), (268.0, 297.0), (324.0, 350.0)]
    page = Page(number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1.0, lines=(line,))
    rules = [Stroke(box=Box(34, y, 356, y), horizontal=True) for y in (97, 160)]
    page = replace(page, strokes=tuple(rules))
    head = head_pieces(page, [Piece(0, line, False), *leaves], columns, [1, 2, 3], 160, 8.4, 46)
    assert [p.line.text for p in head if p.y < 120] == ["عدد المراكز المجهزة", "الاعتمادات المفتوحة", "الحصة"]


def test_a_column_that_is_blank_all_over_has_its_head_of_more_lines_than_the_others() -> None:
    heads = ["Ville", "Dossiers|traités", "Centres|équipés|d’accueil", "Crédits|ouverts"]
    rows = [[f"Ville {i}", str(158 + i), "", str(754 + 3 * i)] for i in range(4)]
    found = cells(read(table([heads, *rows], "rows")))
    assert found["", "Ville 0", "", "Crédits ouverts"] == "754"
    assert {key[3] for key in found} == {"Dossiers traités", "Centres équipés d’accueil", "Crédits ouverts"}


def test_a_head_over_columns_that_it_is_not_counted_for_is_told() -> None:
    columns = [(182.0, 235.6), (279.3, 310.8), (338.0, 375.1), (405.6, 437.0)]
    wide = Block([piece("Bilan des prestations", 198, 397, 131)], 0, 1)
    leaves = [
        Block([piece(t, *columns[k], 151)], 1, k) for k, t in enumerate(("Total", "Hommes", "Femmes"), 1)
    ]
    assert unsure_heads([wide, *leaves], columns, [1, 2, 3]) == [wide]
    wide.columns = 3
    assert unsure_heads([wide, *leaves], columns, [1, 2, 3]) == []
    two = Block([piece("Centres", 257, 297, 131), piece("Crédits ouverts", 335, 415, 151)], 0, 2)
    assert unsure_heads([two], columns, [1, 2, 3]) == [two]


def test_a_large_head_of_labels_between_the_heights_of_tiers_is_no_heading_over_the_table() -> None:
    columns = [(101.0, 136.0), (188.0, 221.0), (236.0, 269.0), (284.0, 307.0), (322.0, 345.0)]
    groups = [piece("Premier semestre", 200, 255, 81, high=6), piece("Second semestre", 290, 340, 81, high=6)]
    corner = piece("الإقليم", 108, 126, 90, high=10)
    leaves = [piece("2020", low, high, 98, high=6) for low, high in columns[1:]]
    rules = (
        Stroke(box=Box(57, 77, 350, 77), horizontal=True), Stroke(box=Box(180, 95, 350, 95), horizontal=True),
        Stroke(box=Box(57, 110, 350, 110), horizontal=True),
    )  # fmt: skip
    page = Page(number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1.0, strokes=rules)
    head = head_pieces(page, [*groups, corner, *leaves], columns, [1, 2, 3, 4], 110, 5.5, 14)
    assert {id(p) for p in head} == {id(p) for p in (*groups, corner, *leaves)}


def test_the_head_of_a_group_is_one_however_far_its_words_stand_apart_where_its_other_line_tells() -> None:
    words = [
        Word(text=t, raw=t, box=Box(x0, 111, x1, 120), size=8.4)
        for t, x0, x1 in (("الأسدس", 186, 208), ("الأول", 163, 179))
    ]
    line = Line(words=tuple(words), box=Box.around(w.box for w in words), direction=Direction.RTL)
    rules = tuple(Stroke(box=Box(40, y, 270, y), horizontal=True) for y in (100, 170))
    page = Page(
        number=1,
        width=595,
        height=842,
        kind=PageKind.SCAN,
        reason="",
        score=1.0,
        lines=(line,),
        strokes=rules,
    )
    below = [
        piece("Premier semestre", 153, 219, 126), piece("Prévisions", 139, 177, 146), piece("Réalisations", 194, 234, 146),
    ]  # fmt: skip
    columns = [(40.0, 110.0), (140.0, 176.0), (196.0, 232.0)]
    parts = pieces_of(page, [])
    head = head_pieces(page, [*parts, *below], columns, [1, 2], 170, 8.4, 20)
    assert [p.line.text for p in head if p.y < 120] == ["الأسدس الأول"]
