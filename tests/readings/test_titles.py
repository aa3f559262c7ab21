"""Lines over a table and between its rows that are titles, or running text, and name no column."""

from __future__ import annotations

from pipeline.model.page import Direction, Line, Page, PageKind, Word
from pipeline.model.place import Box
from pipeline.readings.between import between
from pipeline.readings.heads import head_pieces
from pipeline.readings.pieces import Piece, pieces_of
from pipeline.readings.tiers import tiers
from pipeline.readings.titles import title_of


def piece(text: str, x0: float, x1: float, top: float, *, figure: bool = False) -> Piece:
    word = Word(text=text, raw=text, box=Box(x0, top, x1, top + 10), size=10)
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
