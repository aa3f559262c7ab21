"""Short stretches of print (labels, heads) are read each by itself where the page reading leaves a doubt."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.model.page import Stroke
from pipeline.model.place import Box, Method
from pipeline.pages.glyph import Glyph
from pipeline.pages.image.components import boxes_of
from pipeline.pages.image.strokes import rounded_corners
from pipeline.pages.ocr.blobs import Run, with_marks
from pipeline.pages.ocr.dashes import with_lone_marks
from pipeline.pages.ocr.figures import Token
from pipeline.pages.ocr.levels import levelled_lines
from pipeline.pages.ocr.phrases import (
    Stretch,
    astray,
    chosen,
    clipped,
    is_arabic,
    put_back,
    sheet_of,
    stretches,
)
from pipeline.pages.ocr.rereading import _settled

LABEL = Run(100, 50, 200, 40)


def word(text: str, x: int = 100, width: int = 200, sure: float = 0.95, y: int = 50) -> Token:
    return Token(text, x, y, width, 40, sure)


@pytest.mark.parametrize(
    ("tokens", "asked"),
    [
        ([], True),
        ([word("المجموع")], False),
        ([word("المجموع", sure=0.6)], True),
        ([word("فاس", width=80)], True),
        ([word("1830", sure=0.5)], False),
        ([word("0", sure=0.1)], True),
    ],
    ids=[
        "unseen",
        "sure",
        "unsure",
        "half",
        "a figure, which is read again anyway",
        "a word taken for a zero",
    ],
)
def test_a_label_that_the_page_reading_leaves_in_doubt_is_read_again(
    tokens: list[Token], asked: bool
) -> None:
    (label,) = stretches([LABEL], [LABEL], [tokens], 2000)
    assert label.doubted is asked
    assert not label.running


@pytest.mark.parametrize(
    ("middle", "asked"),
    [
        ([word("كلمة", 520, 400, 0.9)], False),
        ([word("كلمة", 520, 400, 0.5)], True),
        ([word("mot", 520, 400, 0.5)], False),
        ([word("كلمة", 520, 210, 0.9)], True),
        ([], True),
    ],
    ids=["sure", "unsure", "unsure and Latin", "a word missed", "half a line missed"],
)
def test_a_line_of_running_text_is_read_again_as_one_where_a_word_is_unsure_or_missed(
    middle: list[Token], asked: bool
) -> None:
    runs = [Run(100 + 420 * i, 50, 400, 40) for i in range(3)]
    first, last = ([word("كلمة", 100 + 420 * i, 400, 0.9)] for i in (0, 2))
    (line,) = stretches(runs, runs, [first, middle, last], 2000)
    assert line.running
    assert line.run == Run(100, 50, 1240, 40)
    assert line.doubted is asked


def test_big_print_is_brought_to_the_height_of_the_others_on_its_sheet() -> None:
    image = np.full((400, 600), 255, np.uint8)
    runs = [LABEL, Run(100, 150, 200, 40), Run(100, 250, 200, 80)]
    _, tiles = sheet_of(image, runs)
    assert [tile.scale for tile in tiles] == [1.0, 1.0, 0.5]


def test_the_dots_and_hamzas_that_stand_apart_belong_to_the_nearer_line() -> None:
    ink = np.zeros((300, 600), np.uint8)
    lines = [Run(100, 50, 200, 40), Run(100, 120, 200, 40)]
    for line in lines:
        ink[line.y : line.y + line.height, line.x : line.x + line.width] = 255
    ink[112:116, 150:156] = 255  # over the second line
    ink[93:97, 200:206] = 255  # under the first
    assert with_marks(boxes_of(ink), lines) == [Run(100, 50, 200, 47), Run(100, 112, 200, 48)]


def test_words_read_on_a_sheet_go_back_to_where_they_stand_on_the_page() -> None:
    image = np.full((400, 600), 255, np.uint8)
    runs = [LABEL, Run(320, 200, 150, 30)]
    for run in runs:
        image[run.y : run.y + run.height, run.x : run.x + run.width] = 0
    sheet, tiles = sheet_of(image, runs)
    seen = []
    for tile in tiles:
        rows, columns = np.nonzero(sheet[tile.start : tile.end] == 0)
        x, y = int(columns.min()), int(rows.min()) + tile.start
        seen.append(Token("x", x, y, int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1, 0.9))
    back = put_back(seen, tiles)
    assert [(t.x, t.y, t.width, t.height) for (t,) in back] == [(r.x, r.y, r.width, r.height) for r in runs]


def test_french_letters_are_those_of_the_french_model_and_arabic_ones_those_of_the_text_model() -> None:
    french, arabic = [word("Meknès", sure=0.92)], [word("مكناس", sure=0.8)]
    assert chosen(LABEL, [], [word("Meknêés", sure=0.6)], french) == french
    assert chosen(LABEL, [], arabic, [word("Sv", sure=0.65)]) == arabic
    assert is_arabic(LABEL, [], arabic)
    assert not is_arabic(LABEL, [], french)


def test_a_reading_of_few_words_of_a_label_in_arabic_leaves_it_to_the_french_model_too() -> None:
    assert not is_arabic(LABEL, [], [word("عل", 180, 20, 0.93)])


def test_arabic_letters_that_the_page_reading_does_not_have_are_believed_if_they_are_sure() -> None:
    made = [word("ععمعوم", sure=0.68)]
    assert not is_arabic(LABEL, [], made)
    assert not is_arabic(LABEL, [word("Agence")], made)
    assert is_arabic(LABEL, [word("مكناس", sure=0.5)], made)


def test_a_word_read_across_two_lines_of_a_head_is_in_neither() -> None:
    lines = [LABEL, Run(110, 104, 180, 36)]
    both = Token("Prt", 100, 48, 200, 95, 0.9)
    first, second = stretches(lines, lines, [[both], [word("Part", 110, 180, y=104)]], 2000)
    assert first.tokens == ()
    assert first.doubted
    assert len(second.tokens) == 1
    high = Token("الحصة", 100, 30, 200, 66, 0.9)  # its box is too high, but over no other line
    assert stretches(lines, lines, [[high], []], 2000)[0].tokens == (high,)


def test_a_figure_that_the_french_model_alone_sees_in_a_label_is_not_taken_from_it() -> None:
    text = [word("De 15 à 59 ans", sure=0.7)]
    assert chosen(LABEL, [], text, [word("De 18 à 59 ans")]) == text
    assert chosen(LABEL, [], text, [word("De 15 à 59 ans")]) == [word("De 15 à 59 ans")]


def test_a_label_in_both_languages_stays_with_the_model_that_reads_both() -> None:
    both = [word("En DH", 100, 60), word("بالدرهم", 170, 130)]
    assert chosen(LABEL, [], both, [word("En DH", 100, 60), word("pal", 170, 130)]) == both


def test_the_reading_that_accounts_for_more_of_a_label_is_taken() -> None:
    part, whole = [word("النسبة", 220, 80)], [word("المئوية", 100, 110, 0.7), word("النسبة", 220, 80, 0.8)]
    assert chosen(LABEL, part, whole, []) == whole


def test_a_word_made_of_pieces_of_two_lines_is_dropped() -> None:
    lines = [LABEL, Run(100, 100, 200, 40)]
    held = [[word("طنجة تطوان")], [word("Tanger", y=100)]]
    assert astray(Token("5", 150, 75, 20, 40, 0.6), lines, held)
    assert not astray(Token("-", 400, 75, 20, 4, 0.6), lines, held)


def test_a_word_whose_box_reaches_into_the_next_line_is_as_high_as_its_own() -> None:
    assert clipped(Token("Handicap", 100, 20, 200, 70, 0.6), LABEL) == Token(
        "Handicap", 100, 50, 200, 40, 0.6
    )
    marked = Token("أقل", 100, 44, 200, 46, 0.9)  # with its hamza
    assert clipped(marked, LABEL) == marked


def test_an_arabic_label_that_the_page_reading_took_for_latin_letters_is_arabic() -> None:
    arabic = [word("ورزازات", sure=0.92)]
    label = Stretch(LABEL, LABEL, (word("jlj", sure=0.28),))
    assert _settled(label, arabic, [], set()) == arabic
    same = Stretch(LABEL, LABEL, (word("ورزازت", sure=0.5),))
    assert _settled(same, arabic, [], set()) == arabic


def test_the_words_of_a_label_stay_on_one_line_whatever_stands_beside_it() -> None:
    def glyph(text: str, x: float, top: float, bottom: float) -> Glyph:
        box = Box(x, top, x + 20, bottom)
        return Glyph(text=text, box=box, baseline=bottom, size=box.height, method=Method.OCR)

    label = [glyph("أقل", 300, 10, 22), glyph("من", 275, 15, 22), glyph("15", 250, 13, 20)]
    beside = [glyph("7394", 100, 16, 23), glyph("55", 50, 17, 24)]
    runs = [Run(245, 9, 80, 14), Run(100, 16, 20, 7), Run(50, 17, 20, 7)]
    levelled = levelled_lines([*label, *beside], runs, 72)
    assert len({g.baseline for g in levelled if g.text in ("أقل", "من", "15")}) == 1


def test_words_of_a_label_are_one_line_though_one_has_only_feet_and_lines_of_a_cell_are_two() -> None:
    def glyph(text: str, x: float, top: float, bottom: float) -> Glyph:
        box = Box(x, top, x + 16, bottom)
        return Glyph(text=text, box=box, baseline=bottom, size=box.height, method=Method.OCR)

    words = [
        glyph("ماسة", 401, 114, 121),
        glyph("سوس", 421, 117.3, 123.8),
        glyph("المبالغ", 300, 114, 122),
        glyph("المصروفة", 318, 124, 132),
    ]
    levelled = levelled_lines(words, [Run(int(g.box.x0), int(g.box.top), 16, 8) for g in words], 72)
    feet = {g.text: g.baseline for g in levelled}
    assert feet["سوس"] == feet["ماسة"]
    assert feet["المبالغ"] != feet["المصروفة"]


def test_a_word_with_a_foot_and_no_head_stays_on_its_line_where_two_columns_of_text_stand_a_little_apart() -> (
    None
):
    def glyph(text: str, x: float, top: float, bottom: float) -> Glyph:
        box = Box(x, top, x + 16, bottom)
        return Glyph(text=text, box=box, baseline=bottom, size=box.height, method=Method.OCR)

    right = [glyph("إيداع", 489, 197, 204.6), glyph("64", 471, 196.2, 204.6), glyph("حماية", 386, 197, 204.6)]
    foot = glyph("تم", 310.7, 201.3, 209.4)
    left = [
        glyph("المعنيات", 188, 199.1, 209.4),
        glyph("بالأمر", 162, 198.6, 210.9),
        glyph("15", 119, 199.1, 207.5),
    ]
    words = [*right, foot, *left]
    levelled = levelled_lines(words, [Run(int(g.box.x0), int(g.box.top), 16, 8) for g in words], 72)
    feet = {g.text: g.baseline for g in levelled}
    assert feet["تم"] == feet["حماية"]
    assert feet["15"] == feet["بالأمر"]


def test_the_corner_of_a_rounded_frame_is_known() -> None:
    frame = [
        Stroke(box=Box(104, 50, 296, 50), horizontal=True),
        Stroke(box=Box(100, 54, 100, 200), horizontal=False),
    ]
    assert rounded_corners(frame) == [Box(100, 50, 104, 54)]


def page_of_figures() -> tuple[np.ndarray, list[Run]]:
    """A row of two numbers, and the same row of a column that is left free for a mark."""
    runs = [Run(100, 50, 120, 30), Run(700, 50, 120, 30)]
    ink = np.zeros((140, 1000), np.uint8)
    for run in runs:
        ink[run.y : run.y + run.height, run.x : run.x + run.width] = 255
    return ink, runs


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ([(400, 64, 12, 4)], "-"),
        ([(400, 64, 24, 4)], "–"),
        ([(400 + 9 * i, 75, 4, 4) for i in range(3)], "…"),
    ],
    ids=["hyphen", "dash", "ellipsis"],
)
def test_a_mark_that_stands_for_a_figure_is_seen(mark: list[tuple[int, int, int, int]], said: str) -> None:
    ink, runs = page_of_figures()
    for x, y, width, height in mark:
        ink[y : y + height, x : x + width] = 255
    thin = Token("_", 400, 64, 12, 4, 0.4)
    number = word("1830", 100, 120)
    _, seen = with_lone_marks(boxes_of(ink), runs, [number, thin] if said == "-" else [number])
    assert seen.text == said
    assert seen.height == 30


@pytest.mark.parametrize(
    "speck",
    [(400, 64, 4, 4), (228, 64, 12, 4), (400, 100, 12, 4)],
    ids=["dust", "beside a word", "between rows"],
)
def test_specks_and_dashes_of_words_are_no_marks(speck: tuple[int, int, int, int]) -> None:
    ink, runs = page_of_figures()
    x, y, width, height = speck
    ink[y : y + height, x : x + width] = 255
    number = word("1830", 100, 120)
    assert with_lone_marks(boxes_of(ink), runs, [number]) == [number]


@pytest.mark.parametrize(
    ("mark", "words", "seen"),
    [
        ((228, 64, 12, 4), ("طنجة", "تطوان"), ["-"]),
        ((228, 64, 30, 4), ("Projets", "المشاريع"), ["–"]),
        ((228, 84, 12, 4), ("طنجة", "تطوان"), []),  # a stroke below the line
        ((228, 64, 12, 4), ("1830", "1835"), []),  # of a range or a number
    ],
)
def test_a_dash_between_two_words_is_seen(
    mark: tuple[int, int, int, int], words: tuple[str, str], seen: list[str]
) -> None:
    """Names of regions are joined by dashes, which readers of text drop."""
    ink, runs = page_of_figures()
    x, y, width, height = mark
    ink[y : y + height, x : x + width] = 255
    sides = [word(words[0], 100, 120), word(words[1], x + width + 8, 100)]
    ink[sides[1].y : sides[1].y + sides[1].height, sides[1].x : sides[1].x + sides[1].width] = 255
    assert [t.text for t in with_lone_marks(boxes_of(ink), runs, sides)[2:]] == seen
