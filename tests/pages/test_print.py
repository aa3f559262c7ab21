"""Facts about the ink of figures: where one ends and what belongs to it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fixtures.making.content import HERE
from pipeline.model.page import UNREAD
from pipeline.model.place import Box, Method
from pipeline.pages.glyph import Glyph
from pipeline.pages.image.components import boxes_of
from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr import tesseract
from pipeline.pages.ocr.blobs import Run, grouped, orphaned, runs_of_print, without_comma
from pipeline.pages.ocr.figures import Token, sorted_out


def printed(*pieces: tuple[int, str], font: str = "NotoSans", size: int = 40) -> Gray:
    """Ink of texts that start at a distance from the left, on one line at 300 dpi."""
    image = Image.new("L", (1200, 200), 255)
    for x, text in pieces:
        ImageDraw.Draw(image).text(
            (x, 40), text, font=ImageFont.truetype(str(HERE / "fonts" / f"{font}-Regular.ttf"), size), fill=0
        )
    return np.where(np.asarray(image) < 128, 255, 0).astype(np.uint8)


def around(ink: Gray, left: int = 0, right: int = 1200) -> Run:
    """The ink between two columns."""
    rows, columns = np.nonzero(ink[:, left:right])
    x, y = left + int(columns.min()), int(rows.min())
    return Run(x, y, left + int(columns.max()) + 1 - x, int(rows.max()) + 1 - y)


@pytest.mark.parametrize("font", ["Amiri", "NotoNaskhArabic", "NotoSansArabic"])
def test_an_arabic_comma_is_no_part_of_the_number_before_it(font: str) -> None:
    comma = printed((20, "\u060c"), font=font)
    start = around(comma).x + around(comma).width + 5
    ink = np.maximum(comma, printed((start, "2023"), font=font))
    assert without_comma(ink, around(ink)) == around(ink, start)


@pytest.mark.parametrize("text", ["2023", "-45", "12,5", "%72", "(46)", "1.5"])
def test_what_begins_a_number_stays(text: str) -> None:
    ink = printed((20, text))
    assert without_comma(ink, around(ink)).x == around(ink).x


def test_a_digit_beside_a_figure_that_no_word_holds_may_belong_to_it() -> None:
    ink = printed((20, "1"), (50, "214"))
    figure = around(ink, 45)
    assert orphaned(ink, figure, [])
    assert not orphaned(ink, figure, [around(ink, 0, 45)])
    seven = printed((20, "7"), (58, "616"))  # only its bar reaches over
    assert orphaned(seven, around(seven, 48), [])


def test_a_one_that_the_page_reading_takes_into_the_next_word_may_belong_to_the_figure_it_is_nearer_to() -> (
    None
):
    apart, near = printed((20, "AB"), (130, "1"), (160, "336")), printed((20, "AB"), (75, "1"), (130, "336"))
    for ink, torn in ((apart, True), (near, False)):
        figure = around(ink, 120 if ink is near else 155)
        assert orphaned(ink, figure, [around(ink, 0, figure.x)]) is torn
    right = printed((20, "336"), (104, "1"), (170, "AB"))
    assert orphaned(right, around(right, 0, 100), [around(right, 100)])


def test_a_number_in_big_print_is_one_run_for_all_its_wide_gaps() -> None:
    small = printed(*((20 + 70 * i, "31") for i in range(10)), size=34)
    ink = np.vstack([small, printed((20, "59 157"), size=90)])
    assert sum(run.y > 200 for run in runs_of_print(ink, boxes_of(ink), [], 300)) == 1


def test_a_box_twice_as_high_as_its_digits_still_holds_them() -> None:
    run = Run(100, 60, 110, 27)
    words, figures, _ = sorted_out(
        [Token("84", 100, 28, 40, 60, 0.94), Token("724", 150, 28, 65, 60, 0.94)],
        [run],
        np.zeros((200, 400), np.uint8),
    )
    assert not words
    assert [figure.said for figure in figures] == ["84 724"]


@pytest.mark.parametrize("year", ["2017", "2024", "2016", "1117"])
def test_a_year_is_not_parted_by_the_white_beside_a_one(year: str) -> None:
    ink = printed((20, year[:3]), (88, year[3]))
    assert grouped(ink, around(ink), year) == year


def word(ink: Gray, text: str, left: int, right: int) -> Token:
    """The word printed between two columns."""
    run = around(ink, left, right)
    return Token(text, run.x, run.y, run.width, run.height, 0.95)


def test_groups_of_a_number_that_a_stretched_line_sets_far_apart_are_one_number_and_not_sure() -> None:
    ink = printed((20, "par"), (110, "1"), (155, "336"), (260, "fois"))
    parts = (("par", 20, 105), ("1", 105, 145), ("336", 145, 250), ("fois", 250, 400))
    tokens = [word(ink, *part) for part in parts]
    _, (figure,), _ = sorted_out(tokens, [around(ink, 0, 145), around(ink, 145)], ink)
    assert (figure.said, figure.crowded) == ("1 336", True)


def test_figures_of_two_cells_that_stand_as_near_as_two_groups_are_two_and_not_sure() -> None:
    ink = printed((110, "1"), (155, "336"))
    left, right = word(ink, "1", 0, 145), word(ink, "336", 145, 400)
    _, figures, _ = sorted_out([left, right], [around(ink, 0, 145), around(ink, 145)], ink)
    assert [(figure.said, figure.crowded) for figure in figures] == [("1", True), ("336", True)]


def test_a_stroke_of_a_signature_is_print_that_is_not_read() -> None:
    def glyph(text: str, width: float) -> Glyph:
        box = Box(20, 698, 20 + width, 712)
        return Glyph(text=text, box=box, baseline=712, size=14, method=Method.OCR)

    assert tesseract._told(glyph("7", 62)).text == UNREAD
    assert tesseract._told(glyph("7", 8)).text == "7"
    assert tesseract._told(glyph("1234567", 62)).text == "1234567"
