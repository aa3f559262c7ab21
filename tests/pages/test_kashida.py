"""Facts about strokes that stretch words, and about hamzas that bear the name of their whole letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.text.kashida import without_kashidas
from pipeline.pages.text.lines import build_lines


def row(*texts: str, width: float = 6.0, overlap: float = 2.0) -> list[Glyph]:
    """Glyphs from left to right, as they are seen; a text like the one before it is drawn partly over it."""
    glyphs: list[Glyph] = []
    x = 40.0
    for text in texts:
        if glyphs and glyphs[-1].text == text and text in NAMES:
            x -= overlap
        box = Box(x, 90, x + width, 102)
        glyphs.append(Glyph(text=text, box=box, baseline=100, size=12, font="F", space=text == " "))
        x += width
    return glyphs


#: What a text layer calls the stroke.
NAMES = ("(cid:31)", "!")


@pytest.mark.parametrize("name", NAMES)
def test_a_stroke_that_stretches_a_word_is_no_letter_whatever_it_is_called(name: str) -> None:
    stretched = row("ن", "و", "ي", "ل", name, name, name, "م")
    kept = without_kashidas(stretched)
    assert [g.text for g in kept] == list("نويلم")
    assert [line.text for line in build_lines(kept)] == ["مليون"]


def test_one_stroke_with_the_name_of_a_mark_is_known_by_the_word_that_holds_it() -> None:
    assert [g.text for g in without_kashidas(row("ة", "د", "ا", "ه", "!", "ش"))] == list("ةداهش")


def test_a_letter_without_a_name_is_no_stroke() -> None:
    lam_unnamed = row("ن", "و", "ي", "(cid:7)", "م", " ", "د", "(cid:7)", "و")
    assert without_kashidas(lam_unnamed) == lam_unnamed


@pytest.mark.parametrize("sign", ["!", ".", "-", "/"])
def test_a_sign_behind_a_word_or_in_an_abbreviation_stays(sign: str) -> None:
    printed = row(sign, "م", ".", "م", " ", "ن", "-", "م")
    assert without_kashidas(printed) == printed


def test_strokes_after_a_letter_that_joins_nothing_stay_and_count_as_garbage() -> None:
    dotted = row("م", "(cid:9)", "(cid:9)", "و")
    assert without_kashidas(dotted) == dotted


@pytest.mark.parametrize("name", ["أ", "\u0654"])
def test_a_hamza_named_like_its_whole_letter_makes_it_once(name: str) -> None:
    assert [line.text for line in build_lines([*row(*"ةعبرا"), hamza(name)])] == ["أربعة"]


def test_a_letter_named_at_the_edge_of_a_lam_is_the_second_half_of_their_ligature() -> None:
    assert [line.text for line in build_lines([*row(*"ةقاعلا"), hamza("إ")])] == ["الإعاقة"]


def hamza(name: str) -> Glyph:
    """A glyph without width at the edge of the fifth letter from the left."""
    return Glyph(text=name, box=Box(64, 88, 64, 90), baseline=100, size=12, font="F", mark=name == "\u0654")


def test_a_mark_over_a_letter_is_no_stroke() -> None:
    hamza = Glyph(text="\u0654", box=Box(52, 88, 52, 90), baseline=100, size=12, font="F", mark=True)
    printed = [*row("ب", "ر", "ا"), hamza, *row("و")]
    assert without_kashidas(printed) == printed


def test_a_mark_without_a_name_that_stands_at_alefs_alone_is_their_hamza() -> None:
    """LibreOffice draws أ as an alef and a hamza, and names the first of the two glyphs only."""
    printed = [*row(*"ةعبرا"), hamza("(cid:48)")]
    assert [line.text for line in build_lines(printed)] == ["أربعة"]
    elsewhere = replace(hamza("(cid:48)"), box=Box(46, 90, 46, 102))
    assert [line.text for line in build_lines([*printed, elsewhere])] == ["اربعة"]


def test_a_vowel_sign_without_a_name_is_left_out_high_above_its_line_too() -> None:
    signs = [hamza("(cid:24)"), replace(hamza("(cid:24)"), box=Box(52, 60, 52, 62), baseline=62)]
    beside = [replace(signs[0], box=Box(46, 88, 46, 90))]
    assert [line.text for line in build_lines([*row(*"ةعبرا"), *signs, *beside])] == ["اربعة"]


def test_glyphs_of_a_font_without_names_and_widths_stay_and_count_as_garbage() -> None:
    lost = [replace(hamza(f"(cid:{n})"), box=Box(20 + 6 * n, 90, 20 + 6 * n, 102)) for n in range(5, 9)]
    assert "(cid:5)" in build_lines(lost)[0].text


def test_a_hamza_over_the_second_half_of_a_lam_alef_is_not_a_letter_of_its_own() -> None:
    lam_alef = row("ث", "ا", "ن", "(cid:80)", "ل", "ا")
    below = replace(hamza("إ"), box=Box(lam_alef[3].box.x0 + 2, 90, lam_alef[3].box.x0 + 2, 102))
    assert [line.text for line in build_lines([*lam_alef, below])] == ["الإناث"]


def test_a_stroke_without_a_name_is_told_by_the_words_that_it_stretches() -> None:
    stretched = row(*["ن", "و", "ي", "ل", "(cid:28)", "م"], " ", *["ا", "ز", "(cid:28)", "ك", "ر", "م"])
    assert [line.text for line in build_lines(stretched)] == ["مركزا مليون"]


def test_what_stands_after_a_lam_and_after_other_letters_is_no_alef() -> None:
    (line,) = build_lines(row("ة", "ج", "(cid:28)", "ل", " ", "ص", "(cid:28)", "خ"))
    assert "ا" not in line.text
    assert "(cid:28)" in line.text  # and counts as garbage


def test_an_alef_without_a_name_that_begins_words_is_no_stroke() -> None:
    """«لنساء» and «لمراكز» are words, and so are «للنساء» and «للمراكز»."""
    alef = "(cid:16)"
    printed = row(*["ء", "ا", "س", "ن", "ل", alef, "و"], " ", *["ز", "ك", "ا", "ر", "م", "ل", alef])
    assert [line.text for line in build_lines(printed)] == ["المراكز والنساء"]
