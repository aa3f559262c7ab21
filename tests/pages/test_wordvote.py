"""Arabic words that the page reading is not sure of are chosen between two readings."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.pages.ocr.figures import Token
from pipeline.pages.ocr.rereading import is_percent
from pipeline.pages.ocr.wordvote import alike, merged


def line(*words: tuple[str, float]) -> list[Token]:
    """Words from the right, each a hundred pixels wide."""
    return [Token(text, 900 - 110 * i, 50, 100, 40, sure) for i, (text, sure) in enumerate(words)]


def said(tokens: Sequence[Token]) -> list[tuple[str, float]]:
    return [(t.text, t.confidence) for t in sorted(tokens, key=lambda t: -t.x)]


def test_of_two_readings_of_a_word_the_surer_stands() -> None:
    page = line(("البحث", 0.9), ("معدل", 0.43), ("بتاريخ", 0.72))
    again = line(("البحت", 0.5), ("بمعدل", 0.89), ("بتار", 0.6))
    assert said(merged(page, again)) == [("البحث", 0.9), ("بمعدل", 0.89), ("بتاريخ", 0.72)]


def test_two_pieces_of_a_word_give_way_to_the_whole_word() -> None:
    whole = Token("الموارد", 500, 50, 200, 40, 0.92)
    pieces = [Token("المو", 600, 50, 100, 40, 0.3), Token("ارد", 500, 50, 90, 40, 0.3)]
    assert merged(pieces, [whole]) == [whole]


def test_a_word_that_the_page_reading_dropped_comes_from_the_second() -> None:
    again = line(("دورة", 0.9), ("تكوينية,", 0.86), ("ظص", 0.3))
    assert said(merged(again[:1], again)) == [("دورة", 0.9), ("تكوينية،", 0.86)]


def test_figures_and_latin_letters_stay_as_the_page_reading_has_them() -> None:
    page = line(("(DFC)", 0.4), ("1", 0.5), ("تم", 0.71), ("65%", 0.4))
    again = line(("أمم", 0.9), ("ا", 0.9), ("3", 0.92), ("67%", 0.9))
    assert said(merged(page, again)) == said(page)
    assert merged([], line(("12", 0.9))) == []


def test_words_of_two_lines_are_not_taken_for_one_another() -> None:
    page, again = [Token("نسبة", 500, 50, 100, 40, 0.4)], [Token("غاية", 500, 95, 100, 40, 0.9)]
    assert merged(page, again) == [*page, *again]


def test_two_equal_readings_are_as_sure_as_the_surer() -> None:
    assert said(merged(line(("طبقا", 0.59)), line(("طبقا", 0.9)))) == [("طبقا", 0.9)]
    assert said(merged(line(("طبقا", 0.9)), line(("طبقا", 0.59)))) == [("طبقا", 0.9)]


def test_a_word_known_from_elsewhere_on_the_page_or_of_every_text_is_believed() -> None:
    page, again = line(("غاية", 0.6), ("قي", 0.81)), line(("غلية", 0.8), ("في", 0.6))
    assert said(merged(page, again, alike(line(("غاية:", 0.9)), line(("غاية", 0.4))))) == [
        ("غاية", 0.6),
        ("في", 0.6),
    ]


def test_where_both_are_about_as_sure_the_second_reading_stands() -> None:
    assert said(merged(line(("الجان", 0.63)), line(("اللجان", 0.57)))) == [("اللجان", 0.57)]
    assert said(merged(line(("الجان", 0.8)), line(("اليجان", 0.57)))) == [("الجان", 0.8)]


def test_a_percent_sign_alone_in_a_head_is_not_read_again_as_digits() -> None:
    assert is_percent(line(("%", 0.61)))
    assert not is_percent(line(("%", 0.3)))
    assert not is_percent(line(("عدد", 0.9), ("%", 0.9)))
