"""Zeros, points, dust and signs in pieces in Arabic-Indic numbers, told by how the rest of the page is set."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fixtures.making.content import HERE
from pipeline.pages.ocr.native import Told
from pipeline.pages.shapes.digits import Sign
from pipeline.pages.shapes.floating import levelled, levels_of
from pipeline.pages.shapes.likeness import Row
from tests.pages.test_native import page, seen

#: How far lower than a zero Amiri sets its point, and how much nearer to its neighbours, in heights of a digit.
LOWER, NEARER = 0.17, 0.22


def face(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(HERE / "fonts" / name), size, layout_engine=ImageFont.Layout.BASIC)


def floating(texts: tuple[str, ...]) -> Image.Image:
    """A column of numbers as Amiri sets them, whose point is the diamond of its zero, a little lower."""
    image = Image.new("L", (900, 110 * len(texts) + 60), 255)
    font = face("Amiri-Regular.ttf", 46)
    top, bottom = font.getbbox("١")[1::2]
    height = bottom - top
    for row, text in enumerate(texts):
        x, y = 120.0, 40 + 110 * row
        for sign in text:
            point = sign == "."
            x -= NEARER * height if point else 0
            drawn = "٠" if point else sign
            ImageDraw.Draw(image).text((x, y + LOWER * height * point), drawn, font=font, fill=0)
            x += font.getlength(drawn) - NEARER * height * point
    return image


def told(image: Image.Image) -> list[str]:
    return [f.text for f in seen(image)]


def test_a_point_that_floats_lower_than_the_zeros_of_its_page_is_a_point() -> None:
    texts = ("٢٧.٨٣٦", "٣٢.٣٥٨.٣١٤", "٥٠٥", "٤.٠٨٠", "١١.٨٠٠.٣١٩", "٣٠٤.٢٦٦", "٢٠٢٠", "٧٩٠٢٨١")
    assert told(floating(texts)) == list(texts)


def test_zeros_alone_are_no_points() -> None:
    texts = ("٢٠٢٠", "٣٠٦٦٢", "٥٠٥", "١٠٠", "٩٠٠٠", "٢٠١٩")
    assert told(floating(texts)) == list(texts)


def test_where_a_page_sets_its_points_and_zeros_takes_three_of_each() -> None:
    levels = levels_of([0.31, 0.3, 0.32, 0.49, 0.5, 0.48])
    assert levels is not None
    assert (levels.tell(0.29), levels.tell(0.51), levels.tell(0.4)) == (".", "٠", "")
    assert levels_of([0.31, 0.3, 0.49, 0.5, 0.48]) is None
    assert levels_of([0.4, 0.41, 0.42, 0.44, 0.45, 0.46]) is None  # zeros of two typefaces


def test_a_bracketed_number_whose_zeros_may_be_points_is_not_sure() -> None:
    figures = seen(page(("(٥٥٢٠٩٣١٠٩٠٤)", "٢٦٣", "٤٥٧"), "Amiri"))
    assert (figures[0].text, figures[0].second) == ("(٥٥٢٠٩٣١٠٩٠٤)", "(٥٥٢.٩٣١.٩٠٤)")
    assert figures[0].confidence < 0.95


def sign(text: str, x: int, middle: float, side: int = 8) -> Sign:
    """A small sign of print whose tall digits are 25 pixels high and stand on 100."""
    return Sign(x, round(100 - 25 * middle - side / 2), side, side, text, 0.99, text, 0.99)


def digit(text: str, x: int) -> Sign:
    return Sign(x, 75, 14, 25, text, 0.99, text, 0.99)


def row(*signs: Sign) -> Row:
    return Row(signs, (None,) * len(signs), 25.0, 100.0)  # type: ignore[arg-type]


POINTED = [row(digit("٢", 0), sign(".", 20, 0.1), digit("٣", 35), sign("٠", 55, 0.45)) for _ in range(3)]


def test_dust_between_digits_is_no_zero_and_leaves_its_figure_unsure() -> None:
    *_, last = levelled(
        [*POINTED, row(digit("٦", 0), digit("٩", 20), sign("٠", 37, 0.85, 4), digit("٩", 42))]
    )
    assert "".join(s.text for s in last.signs) == "٦٩٩"
    assert min(s.confidence for s in last.signs) < 0.6


def test_an_eroded_comma_is_no_dust() -> None:
    *_, last = levelled([*POINTED, row(digit("٦", 0), sign(",", 20, 0.05, 5), digit("٩", 35))])
    assert "".join(s.text for s in last.signs) == "٦,٩"


def test_the_dot_of_a_letter_behind_a_number_is_no_zero_of_it() -> None:
    *_, last = levelled([*POINTED, row(digit("٦", 0), digit("٩", 20), sign("٠", 45, 1.0))])
    assert [s.text for s in last.signs] == ["٦", "٩", ""]


def test_the_levels_of_a_page_full_of_dots_are_found_at_once() -> None:
    draw = np.random.default_rng(1)
    levels = levels_of([*draw.normal(0.1, 0.03, 100_000), *draw.normal(0.45, 0.03, 100_000)])
    assert levels is not None
    assert (round(levels.point, 2), round(levels.zero, 2)) == (0.1, 0.45)


def touching(text: str, size: int = 46) -> Image.Image:
    """A number of which all signs but the first are set so close that each runs into the next."""
    image = page(("", "٢٦٣", "٧٨٩"), size=size)
    font, x = face("NotoNaskhArabic-Regular.ttf", size), 120.0
    for n, at in enumerate(text):
        ink = font.getmask(at)
        left = font.getbbox(at)[0]
        ImageDraw.Draw(image).text((x - left, 40), at, font=font, fill=0)
        x += ink.size[0] + (-1 if n else 6)
    return image


@pytest.mark.parametrize("text", ["٢٧٧", "٨٧٧"])
def test_digits_that_touch_are_read_and_not_sure(text: str) -> None:
    figure: Told = seen(touching(text))[0]
    assert figure.text == text
    assert figure.confidence < 0.99


def test_a_percent_sign_in_pieces_is_one_sign() -> None:
    image = page(("٢٦,٣", "٢٦٣", "٧٨٩"))
    font = face("NotoSans-Regular.ttf", 46)
    right = int(np.flatnonzero(np.asarray(image)[:130].min(axis=0) < 128)[-1])
    draw = ImageDraw.Draw(image)
    top = int(np.flatnonzero(np.asarray(image)[:130].min(axis=1) < 128)[0])
    draw.text((right + 5, top - 4), "%", font=font, fill=0, anchor="lt")
    assert seen(image)[0].text == "٢٦,٣٪"


def test_big_print_with_wide_gaps_is_one_figure() -> None:
    image = page(("٢٦.٢٨٣", "٤٥٧", "٦٣,٥٪", "٧٨٩٣٤١", "١٠٥.٠٠٠", ""))
    big = face("Amiri-Regular.ttf", 100)
    ImageDraw.Draw(image).text((120, 640), "٢٤٠٥٦", font=big, fill=0)
    assert told(image)[-1] == "٢٤٠٥٦"


def test_a_western_one_in_brackets_is_no_six_of_the_page() -> None:
    image = page(("٢٦.٢٨٣", "٦٥٧", "٦٣,٥٦", "٧٨٩٦٤١"))
    ImageDraw.Draw(image).text((600, 60), "(1)", font=face("NotoSans-Regular.ttf", 40), fill=0)
    assert sorted(told(image)) == sorted(["٢٦.٢٨٣", "٦٥٧", "٦٣,٥٦", "٧٨٩٦٤١"])


def test_groups_without_the_mark_that_the_page_sets_between_them_are_not_sure() -> None:
    figures = {f.text: f for f in seen(page(("٢٦.٢٨٣", "١٤.٧٨٩", "٦٣.٥٦١", "٦ ٦٩٧")))}
    assert figures["٦ ٦٩٧"].confidence < 0.99
    assert figures["٢٦.٢٨٣"].confidence >= 0.99
