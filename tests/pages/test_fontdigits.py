"""Fonts that draw another digit than they name are found by their print, and no others."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fixtures.making.content import HERE
from pipeline.model.place import Box
from pipeline.pages.fontdigits import FontDigits
from pipeline.pages.glyph import Glyph
from pipeline.pages.triage import lying_fonts, unproven_fonts

SCALE = 200 / 72
DRAWN = "3381880213"
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
SWAPPED = str.maketrans("38", "83")


def printed(
    drawn: str, named: str, face: str, ink: int = 0, paper: int = 255
) -> tuple[np.ndarray, list[Glyph]]:
    """A line of digits at 200 dpi and its text layer."""
    font = ImageFont.truetype(str(HERE / "fonts" / f"{face}-Regular.ttf"), round(11 * SCALE))
    image = Image.new("L", (round(200 * SCALE), round(40 * SCALE)), paper)
    glyphs, x = [], 10.0
    for letter, name in zip(drawn, named, strict=True):
        ImageDraw.Draw(image).text((x * SCALE, 25 * SCALE), letter, font=font, fill=ink, anchor="ls")
        wide = font.getlength(letter) / SCALE
        # The box lies too low, as a font's wrong measures make it.
        box = Box(x, 20, x + wide, 31)
        glyphs.append(Glyph(text=name, box=box, baseline=25.0, size=11.0, font="ABCDEF+Face"))
        x += wide
    return np.asarray(image), glyphs


def lying(image: np.ndarray, glyphs: list[Glyph]) -> tuple[str, ...]:
    digits = FontDigits(["ABCDEF+Face"])
    digits.look(image, 200.0, digits.to_look_at(glyphs))
    return digits.lying


@pytest.mark.parametrize("face", ["NotoSans", "Amiri", "NotoNaskhArabic"])
@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (250, 40)])
def test_two_digits_that_a_font_names_each_other_are_found(face: str, ink: int, paper: int) -> None:
    assert lying(*printed(DRAWN, DRAWN.translate(SWAPPED), face, ink, paper)) == ("ABCDEF+Face",)
    assert lying(*printed(DRAWN, DRAWN, face, ink, paper)) == ()


def test_a_font_that_draws_arabic_indic_digits_and_names_western_ones_does_not_lie() -> None:
    assert lying(*printed("3381880675".translate(EASTERN), "3381880675", "NotoNaskhArabic")) == ()


def test_each_digit_of_a_doubtful_font_is_looked_at_twice_and_no_other_font() -> None:
    image, glyphs = printed("3333388", "3333388", "NotoSans")
    digits = FontDigits(["ABCDEF+Face"])
    chosen = digits.to_look_at(glyphs)
    assert [g.text for g in chosen] == ["3", "3", "8", "8"]
    digits.look(image, 200.0, chosen)
    assert digits.to_look_at(glyphs) == []
    assert FontDigits(["Other"]).to_look_at(glyphs) == []


def test_only_fonts_whose_codes_follow_the_digits_are_believed_without_a_look() -> None:
    ordered = {19 + digit: str(digit) for digit in range(10)}
    used = dict(enumerate("Total 8312", 1))
    maps = [("A+Ordered", ordered), ("B+Used", used), ("C+Letters", {1: "a"}), ("D+One", {27: "8"})]
    assert unproven_fonts(maps) == ("B+Used", "D+One")
    assert lying_fonts(maps) == ()
