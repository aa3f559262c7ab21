"""Readings of one figure become one value, and what differs is kept and lowers the confidence."""

from __future__ import annotations

import pytest

from pipeline.model.place import Box, Method
from pipeline.pages.glyph import Glyph
from pipeline.pages.ocr.blobs import Run
from pipeline.pages.ocr.figures import Figure, Token, is_figure, pieces
from pipeline.pages.ocr.said import agreed, eastern, latin
from pipeline.pages.ocr.voting import marks_of, same_value, vote

PLACE = Run(100, 50, 80, 30)


def seen(text: str, confidence: float = 0.9) -> Figure:
    tokens = (Token(text, 100, 50, 80, 30, confidence),) if text else ()
    return Figure(PLACE, tokens)


def outcome(page: str, *tiles: str, confidence: float = 0.9) -> list[tuple[str, float, str]]:
    return [tuple(said[1:]) for said in agreed(seen(page, confidence), [*tiles[:2], page, *tiles[2:]])]  # type: ignore[misc]


def test_three_readings_that_agree_are_sure() -> None:
    assert outcome("1830", "1830", "1830") == [("1830", 0.995, "")]


def test_two_readings_against_one_win_and_keep_it_beside() -> None:
    ((text, confidence, dissent),) = outcome("1880", "1830", "1830")
    assert (text, dissent) == ("1830", "1880")
    assert confidence < 0.9


def test_readings_that_all_differ_are_in_doubt() -> None:
    ((_, confidence, dissent),) = outcome("1880", "1830", "1930")
    assert confidence <= 0.4
    assert dissent


def test_equal_digits_with_other_separators_are_two_readings() -> None:
    ((text, confidence, dissent),) = outcome("125", "12,5", "1.25")
    assert confidence <= 0.8
    assert dissent
    assert dissent != text


def test_what_both_models_see_as_no_figure_is_dropped_when_the_page_was_unsure() -> None:
    assert outcome("4", "e", "o", confidence=0.3) == []


def test_a_figure_that_the_page_reading_missed_needs_both_models() -> None:
    assert outcome("", "1 830", "1 830") == [("1 830", 0.95, "")]
    assert outcome("", "1 830", "1 880") == []
    assert outcome("", "ab12", "ab12") == []


def test_an_acronym_read_as_arabic_digits_is_what_both_models_say() -> None:
    assert [said[1] for said in agreed(seen("(۸۴"), ["(PNE)", "(PNE)", ""])] == ["(PNE)"]


def test_a_figure_beside_which_print_stands_crowded_is_not_sure() -> None:
    crowded = Figure(PLACE, seen("66").tokens, crowded=True)
    ((_, _, confidence, _),) = agreed(crowded, ["66", "66", "66"])
    assert confidence < 0.99


@pytest.mark.parametrize(("native", "confidence"), [("١٢٣", 0.6), ("١٢٤", 0.4)])
def test_arabic_indic_digits_are_never_sure(native: str, confidence: float) -> None:
    ((_, text, sure, dissent),) = eastern(seen("١٢٣"), native, ["VYY", "", ""])
    assert (text, sure) == ("١٢٣", confidence)
    assert bool(dissent) is (native != "١٢٣")


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("76 496", "76 496"),
        ("12 , 5", "12,5"),
        ("|1 830_", "1 830"),
        ("26,283.", "26,283"),
        ("٪12", "%12"),
        ("(5)", "(5)"),
    ],
)
def test_only_what_a_figure_can_hold_is_kept(read: str, kept: str) -> None:
    assert marks_of(read) == kept


def test_no_digits_no_vote() -> None:
    assert vote(["", "ab", "—"]) is None


def test_a_range_and_a_half_bracket_are_cut_into_pieces_that_belong_together() -> None:
    glyph = Glyph(text="(2021-2026", box=Box(0, 0, 100, 10), baseline=10, size=10, method=Method.OCR)
    parts = pieces(glyph)
    assert [p.text for p in parts] == ["(", "2021", "-", "2026"]
    assert [p.glued for p in parts] == ["right", "right", "right", ""]
    assert [p.bound for p in parts] == [True, True, True, False]


def test_a_negative_in_brackets_and_a_date_stay_whole() -> None:
    for text in ("(541,675)", "12/05/2023", "-5,2"):
        glyph = Glyph(text=text, box=Box(0, 0, 100, 10), baseline=10, size=10, method=Method.OCR)
        assert [p.text for p in pieces(glyph)] == [text]


@pytest.mark.parametrize(
    ("text", "figure"), [("26,283", True), ("%12", True), ("(5)", True), ("و12", False), ("G20", False)]
)
def test_figures_are_told_from_words(text: str, figure: bool) -> None:
    assert is_figure(text) is figure


def test_separators_are_those_that_most_readings_have_whatever_their_spaces() -> None:
    told = vote(["8/7 267 687", "87 267 687", "87267 687"])
    assert told is not None
    assert told.text == "87 267 687"


def test_a_number_torn_at_an_odd_place_is_never_sure() -> None:
    assert marks_of("705 283051") == "705283051"
    ((text, confidence, dissent),) = outcome("705283051", "705 283051", "705283051")
    assert (text, dissent) == ("705283051", "705 283051")
    assert confidence <= 0.9


def test_an_acronym_needs_no_brackets_in_both_readings() -> None:
    assert latin(["(DFC)", "DFC،", ""]) == "(DFC)"


def test_a_figure_that_the_first_two_readings_agree_on_is_sure() -> None:
    told = vote(["1 830", "1830"])
    assert told is not None
    assert told.confidence >= 0.99
    assert same_value("1 830", "1830")
    assert not same_value("1.830", "1830")


def test_one_reading_with_another_separator_leaves_a_figure_in_doubt() -> None:
    told = vote(["10,242", "10,242", "10.242", "10,242"])
    assert told is not None
    assert (told.text, told.confidence, told.dissent) == ("10,242", 0.9, "10.242")


def test_a_colon_that_tells_no_time_leaves_a_figure_in_doubt() -> None:
    for read, sure in (("145:835", False), ("32:21", False), ("10:30", True)):
        told = vote([read, read])
        assert told is not None
        assert (told.confidence >= 0.99) is sure


@pytest.mark.parametrize("dash", ["-", "−", "–", "—", "―"])
def test_a_minus_is_a_minus_however_long_a_model_takes_it_for(dash: str) -> None:
    assert outcome("-2,4", f"{dash}2,4", "-2,4") == [("-2,4", 0.995, "")]


def test_a_minus_that_lies_low_is_one() -> None:
    assert outcome("-2,8", "_2,8", "-2,8") == [("-2,8", 0.995, "")]


@pytest.mark.parametrize(("page", "tile"), [("4.", "4."), ("2.2.", "2.2."), (".4", ".4")])
def test_the_number_of_a_chapter_keeps_the_dot_that_tells_it_from_a_quantity(page: str, tile: str) -> None:
    assert outcome(page, tile) == [(f"{tile.strip('.')}.", 0.995, "")]


def test_a_number_of_which_one_reading_alone_has_a_dot_has_none() -> None:
    assert outcome("4", "4.") == [("4", 0.995, "")]
    assert outcome("2 019.", "2 019.")[0][0] == "2 019"


@pytest.mark.parametrize("code", ["T1", "T2 2013", "P3"])
def test_the_letter_of_a_quarter_or_a_code_is_no_dirt_before_a_number(code: str) -> None:
    assert [text for text, *_ in outcome(code, code)] == [code]
    assert [text for text, *_ in outcome("12 4", code, code)] == [code]


def test_a_letter_like_a_digit_is_one_where_a_reading_has_the_digit() -> None:
    assert [text for text, *_ in outcome("S1", "S1")] == ["S1"]
    assert [text for text, *_ in outcome("51", "S1", "S1", "51")] != ["S1"]


def test_a_lone_digit_in_which_the_most_trusted_model_sees_none_is_not_sure() -> None:
    ((text, confidence, _),) = outcome("3", "", "3", "3")
    assert (text, confidence <= 0.75) == ("3", True)
    assert outcome("31", "31", "31", "31")[0][1] > 0.9
