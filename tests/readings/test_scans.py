"""Facts about tables on scanned pages, from words as OCR gives them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model.page import Direction, Line, Page, PageKind, Stroke, Word
from pipeline.model.place import Box, Method
from pipeline.pages.columns import text_columns
from pipeline.readings.alignment.regions import regions
from pipeline.readings.pieces import pieces_of
from pipeline.readings.prose.sentences import find_figures
from pipeline.readings.tables.candidates import candidates
from pipeline.readings.tables.evened import evened


def line(x: float, top: float, *texts: str, height: float = 6.5) -> Line:
    words = []
    for text in texts:
        wide = 4.0 * len(text)
        words.append(
            Word(text=text, raw=text, box=Box(x, top, x + wide, top + height), size=height, method=Method.OCR)
        )
        x += wide + 2.2
    return Line(words=tuple(words), box=Box.around(w.box for w in words), direction=Direction.LTR)


def page(*lines: Line, strokes: tuple[Stroke, ...] = ()) -> Page:
    return Page(
        number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1.0, lines=lines, strokes=strokes
    )  # fmt: skip


def test_words_of_a_scan_are_as_high_as_their_font_and_level_with_each_other() -> None:
    seen = evened(
        page(line(50, 100, "Agadir", height=8.5), line(200, 101, "31,5"), line(300, 101, "(15)", height=8.0))
    )
    assert len({round(each.box.height, 3) for each in seen.lines}) == 1
    assert seen.lines[0].size > 8.0


def test_figures_of_a_scan_are_as_large_as_their_digits_whatever_stands_beside_them() -> None:
    tall = [replace(w, size=12.0) for w in line(200, 114, "20", "536", height=5.5).words]
    rows = [line(200, y, "31", "204", height=5.5) for y in (88.0, 101.0)]
    seen = evened(page(*rows, replace(rows[0], words=tuple(tall), box=Box.around(w.box for w in tall))))
    assert len({round(each.size, 3) for each in seen.lines}) == 1
    assert [len(r.rows) for r in regions(seen, pieces_of(seen, []))] == [3]


def test_arabic_letters_are_no_larger_than_digits_that_they_reach_above_and_below() -> None:
    rows = [line(200, y, "31", "204", height=5.8) for y in (88.0, 101.0, 114.0)]
    seen = evened(page(*rows, line(400, 98, "استثمارات", "مالية", height=12.0)))
    assert len({round(each.size, 3) for each in seen.lines}) == 1


def test_rows_far_apart_are_one_table_when_a_rule_parts_them() -> None:
    rows = [(line(50, y, "Oriental"), line(200, y, "31"), line(300, y, "57")) for y in (100.0, 143.0, 186.0)]
    bare = page(*(each for row in rows for each in row))
    rules = tuple(Stroke(box=Box(40, y, 330, y), horizontal=True) for y in (90.0, 125.0, 168.0, 210.0))
    assert [len(r.rows) for r in regions(bare, pieces_of(bare, []))] == [1, 1, 1]
    ruled = replace(bare, strokes=rules)
    assert [len(r.rows) for r in regions(ruled, pieces_of(ruled, []))] == [3]


def test_a_row_that_seems_larger_is_one_of_its_table_between_even_rules() -> None:
    rows = [(line(50, y, "Solde"), line(200, y, "31"), line(300, y, "57")) for y in (100.0, 117.0, 134.0)]
    last = (
        line(50, 150, "Report", height=12),
        line(200, 150, "(31)", height=12),
        line(300, 150, "(57)", height=12),
    )
    bare = page(*(each for row in [*rows, last] for each in row))
    rules = tuple(Stroke(box=Box(40, y, 330, y), horizontal=True) for y in (94, 111.5, 128.5, 145.5, 162.5))
    assert [len(r.rows) for r in regions(bare, pieces_of(bare, []))] == [3, 1]
    ruled = replace(bare, strokes=rules)
    assert [len(r.rows) for r in regions(ruled, pieces_of(ruled, []))] == [4]


PROSE = ("L’Agence", "a", "tenu", "54", "sessions", "pour", "cadres")
HEADS = ("Type", "Janv.", "Févr.", "Mars", "Avr.", "Mai", "Juin")
EVEN = (9.4, 9.6, 9.4, 9.3, 9.5, 9.4)


@pytest.mark.parametrize(
    ("texts", "gaps", "method", "pieces"),
    [
        (PROSE, EVEN, Method.OCR, 1),
        (PROSE, (9.4, 30, 9.4, 22, 9.5, 14), Method.OCR, 7),
        (HEADS, EVEN, Method.OCR, 7),
        (HEADS, EVEN, Method.TEXT, 7),
    ],
)
def test_a_line_of_a_scan_stretched_to_its_column_is_one_piece_and_a_row_of_heads_is_not(
    texts: tuple[str, ...], gaps: tuple[float, ...], method: Method, pieces: int
) -> None:
    """The boxes of a scan's words hug their ink, and the white between them is wider than their letters are high."""
    words, x = [], 46.0
    for text, gap in zip(texts, (*gaps, 0), strict=True):
        box = Box(x, 86, x + 6 * len(text), 96)
        words.append(Word(text=text, raw=text, box=box, size=8, method=method))
        x += 6 * len(text) + gap
    box = Box.around(word.box for word in words)
    line = Line(words=tuple(words), box=box, direction=Direction.LTR)
    page = Page(number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1.0, lines=(line,))
    assert len(pieces_of(page, [])) == pieces


def test_a_speck_in_a_line_of_running_text_is_no_figure() -> None:
    text = line(58, 366, *["مواكبة"] * 14)
    speck, figure = line(182, 368, "3", height=5), line(182, 337, "18", height=5)
    page = Page(
        number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1.0, lines=(text, speck, figure)
    )
    assert [p.line.text for p in pieces_of(page, []) if p.figure] == ["18"]


def test_a_ring_before_an_item_of_a_scan_is_no_zero() -> None:
    def word(text: str, at: int) -> Word:
        box = Box(500 - 40 * at, 100, 530 - 40 * at, 110)
        return Word(text=text, raw=text, box=box, size=10, method=Method.OCR, confidence=0.9)

    words = tuple(word(text, at) for at, text in enumerate(["0", "غياب", "طبيب", "بثلاث", "خلايا"]))
    line = Line(words=words, box=Box.around(w.box for w in words), direction=Direction.RTL)
    page = Page(number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1, lines=(line,))
    found = find_figures("r", [page], set(), lambda _, __: "", 10)
    assert [r.value for r in found.readings] == [3]


def test_a_ruled_table_that_a_chart_touches_stays_a_table() -> None:
    rows = [("Enfance", "472,0", "455,6"), ("Femmes", "186,8", "171,4"), ("Total", "658,8", "627,0")]
    across = [100.0, 123.0, 147.0, 172.0, 196.0]
    drawn = [Stroke(box=Box(386, y, 700, y), horizontal=True) for y in across]
    drawn += [Stroke(box=Box(x, 100, x, 196), horizontal=False) for x in (386.0, 500.0, 600.0, 700.0)]
    held = [line(400, 107, "Domaine"), line(520, 107, "Crédits"), line(620, 107, "Dépenses")]
    for y, row in zip(across[1:], rows, strict=False):
        held += [line(x, y + 7, text) for x, text in zip((400, 530, 630), row, strict=True)]
    bars = ((82, 110, "1130,0", "2025"), (197, 119, "1060,0", "2024"), (313, 136, "925,5", "2023"))
    fills = tuple(Box(x, y + 14, x + 40, 190) for x, y, _, _ in bars)
    held += [line(x + 7, y, figure) for x, y, figure, _ in bars] + [
        line(x + 9, 192, year) for x, _, _, year in bars
    ]
    seen = replace(page(*held, strokes=tuple(drawn)), width=794, height=447, fills=fills)
    found = candidates(Path("x"), seen)
    assert any(d.filled.grid.method == "bars" and d.filled.grid.box.x1 > 386 for d in found)
    assert [d.filled.grid.box.x0 for d in found if d.filled.grid.method == "strokes"] == [386.0]


def test_text_in_two_languages_side_by_side_under_a_rule_is_no_head_of_the_table_below_it() -> None:
    text = ("Agence", "a", "tenu", "des", "sessions", "pour", "les", "cadres", "locaux")
    held = [
        Line(
            words=tuple(
                Word(text=w, raw=w, box=Box(x + 28 * i, y, x + 28 * i + 4 * min(len(w), 6), y + 9), size=9, method=Method.OCR)
                for i, w in enumerate(text)
            ),
            box=Box(x, y, x + 28 * 9, y + 9),
            direction=Direction.LTR,
        )
        for y in (86.0, 104.0)
        for x in (46.0, 312.0)
    ]  # fmt: skip
    held += [
        line(60, 125, "Thème"),
        line(190, 125, "Sessions"),
        line(300, 125, "Participants"),
        line(400, 125, "Part"),
    ]
    for n in range(4):
        y = 150.0 + 18 * n
        held += [
            line(60, y, f"Atelier{n}"),
            line(200, y, f"{n + 7}"),
            line(310, y, f"{9 * n + 108}"),
            line(400, y, "43,52%"),
        ]
    rules = tuple(Stroke(box=Box(46, y, 551, y), horizontal=True) for y in (73.0, 144.0, 225.0))
    (found,) = candidates(Path("x"), page(*held, strokes=rules))
    assert {label.fr for label in found.meaning.column_labels.values()} == {
        "Sessions",
        "Participants",
        "Part",
    }


def test_columns_of_text_are_seen_though_lines_of_a_scan_differ_in_height_and_specks_stand_beside_them() -> None:
    text = ("Les", "centres", "ont", "accueilli", "des", "enfants", "de", "toutes", "les", "provinces")
    heights = (6.4, 8.3, 7.4, 9.1, 6.9)
    lines = [line(x, 100 + 15 * n, *text, height=h) for x in (58, 311) for n, h in enumerate(heights)]
    assert len(text_columns(lines)) == 2
    assert len(text_columns([*lines, line(25, 96, "\ufffd")])) == 2
