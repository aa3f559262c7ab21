"""Facts about letters that stand in the box of a figure: a و before a number, the head of the next word."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import Run, snapped
from pipeline.pages.ocr.figures import Token, sorted_out
from pipeline.pages.ocr.letters import erased, figure_in, painted_out
from tests.pages.test_print import around, printed

FACES = ["Amiri", "NotoNaskhArabic", "NotoSansArabic", "Scheherazade"]


def written(number: str, letters: str, font: str) -> tuple[Gray, Gray]:
    """Ink of a number with letters at its right end, as far under its last digit as they go, and of the number alone."""
    alone = printed((40, number), font=font)
    ink = alone
    for letter in letters:
        shape = printed((400, letter), font=font)
        edge = around(ink).x + around(ink).width - around(shape).x
        apart = (np.maximum(ink, np.roll(shape, edge - under, axis=1)) for under in range(9, -9, -1))
        ink = next(both for both in apart if pieces(both) == pieces(ink) + pieces(shape))
    return ink, alone


def pieces(ink: Gray) -> int:
    return cv2.connectedComponents(ink, connectivity=8)[0] - 1


@pytest.mark.parametrize("font", FACES)
@pytest.mark.parametrize(
    ("number", "letters"), [("72", "و"), ("54", "و"), ("27337", "و"), ("1,336", "ب"), ("18", "بو")]
)
def test_a_letter_under_the_last_digit_is_taken_off_and_the_digit_stays(
    font: str, number: str, letters: str
) -> None:
    ink, alone = written(number, letters, font)
    run, patch = figure_in(ink, around(ink), sum(c.isdigit() for c in number), letters[::-1])
    assert patch is not None
    left = erased(ink, [patch])
    assert around(left) == around(alone)
    assert abs(run.x + run.width - around(alone).x - around(alone).width) <= 1


def test_a_letter_that_touches_the_last_digit_is_cut_where_the_digit_ends() -> None:
    alone = printed((40, "72"))
    letter = printed((400, "و"), font="NotoSansArabic")
    ink = np.maximum(
        alone, np.roll(letter, around(alone).x + around(alone).width - 3 - around(letter).x, axis=1)
    )
    assert pieces(ink) == 2
    _, patch = figure_in(ink, around(ink), 2, "و")
    assert patch is not None
    left, wanted = around(erased(ink, [patch])), around(alone)
    assert abs(left.width - wanted.width) <= 2
    assert abs(left.height - wanted.height) <= 3


@pytest.mark.parametrize("font", FACES)
def test_a_letter_that_the_page_reading_did_not_see_is_told_by_its_shape(font: str) -> None:
    ink, alone = written("2358", "و", font)
    _, patch = figure_in(ink, around(ink), 4)
    assert patch is not None
    assert around(erased(ink, [patch])) == around(alone)


@pytest.mark.parametrize("font", ["Amiri", "NotoSans"])
@pytest.mark.parametrize(
    "text", ["18.9%", "8.1%", "%57,7", "(46)", "1.336,50", "2017-2020", "11/05/2013", "-45"]
)
def test_a_figure_without_letters_loses_nothing(font: str, text: str) -> None:
    ink = printed((40, text), font=font)
    assert figure_in(ink, around(ink), sum(c.isdigit() or c == "/" for c in text)) == (around(ink), None)


def test_the_head_of_the_next_word_is_no_part_of_a_figure() -> None:
    number = printed((40, "2017"))
    word = printed((160, "سنة"), font="Amiri")
    ink = np.maximum(number, word)
    box = around(number)
    run, _ = figure_in(ink, Run(box.x, box.y, around(word).x + 9 - box.x, box.height), 4)
    assert run.x + run.width < around(word).x + 3


def test_the_tile_of_a_number_shows_nothing_of_its_letter() -> None:
    ink, alone = written("72", "و", "Amiri")
    _, patch = figure_in(ink, around(ink), 2, "و")
    assert patch is not None
    image = painted_out((255 - ink).astype(np.uint8), erased(ink, [patch]), [patch])
    assert np.array_equal(255 - image, alone)


def test_two_numbers_that_are_joined_by_a_letter_are_two_figures() -> None:
    ink, alone = written("274", "و", "Amiri")
    other = printed((160, "2012"), font="Amiri")
    ink = np.maximum(ink, other)
    whole, first, second = around(ink), around(alone), around(other)
    tokens = [
        Token("و274", first.x, whole.y, around(ink, 0, 158).width, whole.height, 0.95),
        Token("2012", second.x, second.y, second.width, second.height, 0.93),
    ]
    words, figures, _ = sorted_out(tokens, [whole], ink)
    assert [w.text for w in words] == ["و"]
    assert [f.said for f in figures] == ["274", "2012"]
    assert figures[0].run == around(alone)


def test_figures_as_near_as_two_groups_of_a_number_are_never_sure() -> None:
    ink = printed((40, "1"), (75, "336"), (500, "25"))
    boxes = [around(ink, 0, 70), around(ink, 70, 400), around(ink, 400)]
    tokens = [
        Token("x", 0, 0, 5, 5, 0.1),
        *(Token(t, b.x, b.y, b.width, b.height, 0.9) for t, b in zip(("1", "336", "25"), boxes, strict=True)),
    ]
    _, figures, _ = sorted_out(tokens[1:], boxes, ink)
    assert [f.crowded for f in figures] == [True, True, False]


def test_ones_of_a_number_stand_as_far_apart_as_its_other_digits() -> None:
    ink = np.zeros((100, 300), np.uint8)
    for x, width in ((20, 16), (46, 16), (77, 5), (97, 5)):
        ink[30:58, x : x + width] = 255
    box = Run(20, 30, 62, 28)
    assert snapped(ink, box, letters=4)[0] == Run(20, 30, 82, 28)
    assert snapped(ink, box, letters=3)[0] == box


@pytest.mark.parametrize("text", ["52.26%", "56,95%", "235"])
def test_the_lower_part_of_a_broken_digit_is_no_letter(text: str) -> None:
    ink = printed((40, text))
    box = around(ink)
    five = text.index("5")
    start = around(printed((40, text[:five]))) if five else Run(box.x - 1, 0, 0, 0)
    columns = slice(
        start.x + start.width,
        around(printed((40, text[: five + 1]))).x + around(printed((40, text[: five + 1]))).width,
    )
    ink[box.y + 8 : box.y + 14, columns] = 0
    assert figure_in(ink, box, 4 if "%" in text else 3) == (box, None)


def test_a_first_digit_that_the_box_cuts_stays_wanted() -> None:
    ink = printed((40, "1"), (78, "209"))
    box, one = around(ink), around(ink, 0, 70)
    cut = one.width // 2 + 2
    assert figure_in(ink, Run(box.x + cut, box.y, box.width - cut, box.height), 4)[0].x == box.x + cut


def test_a_word_of_one_sign_beside_a_figure_may_be_its_first_digit() -> None:
    ink = printed((40, "1"), (75, "336"), (300, "المجموع"))
    one, rest, word = around(ink, 0, 70), around(ink, 70, 250), around(ink, 290)
    places = (("ا", one), ("336", rest), ("المجموع", word))
    tokens = [Token(text, box.x, box.y, box.width, box.height, 0.9) for text, box in places]
    _, (figure,), _ = sorted_out(tokens, [around(ink)], ink)
    assert figure.crowded
