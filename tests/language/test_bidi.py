"""A line displayed by the Unicode bidirectional algorithm is read back as it was written."""

from __future__ import annotations

import pytest
from bidi.algorithm import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.bidi import base_direction, fold_presentation, logical_text, to_logical, unmirror
from pipeline.model.page import Direction

ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=8)
LATIN = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdeéèç", min_size=2, max_size=8)
TIFINAGH = st.text("ⴰⴳⴷⵉⵎⵏⵓⵙⵜ", min_size=2, max_size=8)
WHOLE = st.integers(0, 9_999_999).map(str)
DECIMAL = st.tuples(st.integers(0, 999), st.sampled_from(",."), st.integers(0, 99)).map(
    lambda t: f"{t[0]}{t[1]}{t[2]:02}"
)
EASTERN = WHOLE.map(lambda s: s.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
PERCENT = st.one_of(
    DECIMAL.map(lambda s: s + "%"), WHOLE.map(lambda s: "% " + s), WHOLE.map(lambda s: s + " %")
)
YEARS = st.tuples(st.integers(1990, 2040), st.integers(1, 20)).map(lambda t: f"{t[0]}-{t[0] + t[1]}")
DATE = st.tuples(st.integers(1, 31), st.integers(1, 12), st.integers(1990, 2040)).map(
    lambda t: f"{t[0]:02}/{t[1]:02}/{t[2]}"
)
FIGURE = st.one_of(WHOLE, DECIMAL, EASTERN, PERCENT, YEARS, DATE)
BRACKETED = st.one_of(ARABIC, YEARS, WHOLE, LATIN).map(lambda s: f"({s})")
QUOTED = ARABIC.map(lambda s: f"«{s}»")
END = st.sampled_from(["", ".", "،", "؛", ":"])


@st.composite
def arabic_lines(draw: st.DrawFn) -> str:
    """A line of a report: Arabic words with figures, brackets, quotes and foreign words among them."""
    words = [draw(ARABIC)]
    for _ in range(draw(st.integers(1, 8))):
        # Two pieces that are not Arabic never stand side by side: two numbers, or a number beside a Latin
        # word, share their display with the other order, and the module says which one is read.
        words.append(draw(st.one_of(FIGURE, LATIN, TIFINAGH, BRACKETED, QUOTED)))
        words.append(draw(ARABIC) + draw(END))
    return " ".join(words)


@settings(max_examples=400, deadline=None)
@given(arabic_lines())
def test_a_right_to_left_line_survives_display_and_reading(line: str) -> None:
    visual = list(get_display(line, base_dir="R"))
    assert logical_text(visual, Direction.RTL) == line


@settings(max_examples=200, deadline=None)
@given(st.lists(LATIN, min_size=2, max_size=5), st.lists(ARABIC, min_size=1, max_size=3), YEARS)
def test_a_french_line_with_an_arabic_name_survives(latin: list[str], arabic: list[str], years: str) -> None:
    line = f"{latin[0]} {years} {' '.join(latin[1:])} {' '.join(arabic)} {latin[-1]}"
    visual = list(get_display(line, base_dir="L"))
    assert logical_text(visual, Direction.LTR) == line


@pytest.mark.parametrize(
    ("seen", "written"),
    [
        # Each display has a second logical line; this is the choice, as the module's docstring says.
        ("صخش 102 414 ددع", "عدد 102 414 شخص"),
        ("نيب ام 2022-2026", "2022-2026 ما بين"),
        ("نيب 2026-2022 ةرتف", "فترة 2022-2026 بين"),
        ("نيب 2022-2026 ةرتف", "فترة 2022-2026 بين"),
        ("موي 12-05-2023 خيراتب", "بتاريخ 12-05-2023 يوم"),
        ("موي 2023-05-12 خيراتب", "بتاريخ 12-05-2023 يوم"),
        ("دعب COVID 19 ضرم", "مرض COVID 19 بعد"),
        ("نم MDH 386 غلبم", "مبلغ 386 MDH من"),
        ("نم %64 ةبسن", "نسبة 64% من"),
    ],
)
def test_displays_with_two_readings_are_read_the_written_down_way(seen: str, written: str) -> None:
    assert logical_text(list(seen), Direction.RTL) == written


def test_brackets_are_turned_only_if_that_pairs_them() -> None:
    assert unmirror([")", "ا", "("], [True, True, True]) == ["(", "ا", ")"]
    assert unmirror(["(", "ا", ")"], [True, True, True]) == ["(", "ا", ")"]


def test_a_lam_alef_glyph_is_never_cut_apart() -> None:
    seen = ["ء", "ا", "ن", "ب", "لأ", "ا"]  # one glyph stands for two letters
    assert logical_text(seen, Direction.RTL) == "الأبناء"


def test_presentation_forms_and_nothing_else_are_folded() -> None:
    assert fold_presentation("ﻻﷲ½²") == "لاالله½²"


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ("مجال الأسرة EMF", Direction.RTL),
        ("Programme جسر", Direction.LTR),
        ("102 414", Direction.LTR),
        ("ⵜⴰⴷⵓⴷⴰ", Direction.LTR),
    ],
)
def test_the_base_direction_is_that_of_the_letters(line: str, direction: Direction) -> None:
    assert base_direction(list(line)) is direction


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("rural )loi n° 58.17(.", "rural (loi n° 58.17)."),
        ("rural (loi n° 58.17).", "rural (loi n° 58.17)."),
        ("58.17(.", "58.17)."),
        ("deux) et trois (quatre", "deux) et trois (quatre"),
        ("l'« État » (a) ≤5", "l'« État » (a) ≤5"),
    ],
)
def test_brackets_of_a_latin_line_that_open_outwards_are_turned(seen: str, meant: str) -> None:
    assert logical_text(list(seen), Direction.LTR) == meant


def test_half_a_bracket_alone_on_its_page_opens_towards_its_words() -> None:
    right_to_left = [True] * 9
    for seen in ("الف (بالا", "الف )بالا"):
        assert "".join(unmirror(list(seen), right_to_left)) == "الف (بالا"


def test_two_years_at_the_right_end_of_a_line_go_up() -> None:
    """The word before them, on the line above, has turned them."""
    assert logical_text(list("اقبط 2020-2015"), Direction.RTL) == "2015-2020 طبقا"
    assert logical_text(list("اقبط 20-15"), Direction.RTL) == "20-15 طبقا"
    assert logical_text(list("2020-2015"), Direction.LTR) == "2020-2015"


def test_two_years_in_arabic_indic_digits_go_up_without_a_word_beside_them() -> None:
    assert get_display("٢٠١٤-٢٠١٥", base_dir="L") == "٢٠١٥-٢٠١٤"
    assert logical_text(list("٢٠١٥-٢٠١٤"), Direction.LTR) == "٢٠١٤-٢٠١٥"
    assert logical_text(list("٢٠١٤-٢٠١٥"), Direction.LTR) == "٢٠١٤-٢٠١٥"


def test_a_bullet_of_a_symbol_font_stands_before_the_number_that_begins_its_line() -> None:
    visual = ["إطارا"[::-1], " ", "1.168", " ", "\uf0b7"]
    placed = to_logical(visual, Direction.RTL)
    assert "".join(visual[p.index] for p in placed).split()[:2] == ["\uf0b7", "1.168"]
