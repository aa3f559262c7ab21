"""Glyphs become words and lines by their geometry alone."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.page import Direction, Stroke
from pipeline.model.place import Box, Method
from pipeline.pages.glyph import Glyph
from pipeline.pages.text.lines import build_lines

SIZE = 10.0


def set_line(
    visual: str, x: float = 50.0, baseline: float = 100.0, size: float = SIZE, step: float = 0.5
) -> list[Glyph]:
    """Glyphs of a line as a typesetter places them from left to right; a blank is a gap, not a glyph."""
    glyphs = []
    for character in visual:
        width = size * (0.3 if character == " " else step)
        if character != " ":
            box = Box(x, baseline - 0.8 * size, x + width, baseline + 0.2 * size)
            glyphs.append(Glyph(text=character, box=box, baseline=baseline, size=size))
        x += width
    return glyphs


def test_an_arabic_line_is_read_from_its_right_end() -> None:
    (line,) = build_lines(set_line("ةقاعإ ةداهش 120000 نم ديزأ"))
    assert line.text == "أزيد من 120000 شهادة إعاقة"
    assert line.direction is Direction.RTL


def test_the_order_in_which_glyphs_are_drawn_does_not_matter() -> None:
    glyphs = set_line("ةقاعإ ةداهش 120000 نم ديزأ")
    assert build_lines(glyphs[::-1]) == build_lines(glyphs)


def test_offsets_in_a_line_lead_back_to_the_boxes_of_its_words() -> None:
    (line,) = build_lines(set_line("نم 120000 ديزأ"))
    (word,) = line.words_between(line.text.index("120000"), line.text.index("120000") + 6)
    assert word.text == "120000"
    assert word.box.x0 == 50 + 2 * 5 + 3


def test_a_column_gap_cuts_a_line() -> None:
    glyphs = set_line("Masculin") + set_line("57 883", x=200)
    assert [line.text for line in build_lines(glyphs)] == ["Masculin", "57 883"]


def test_a_vertical_rule_cuts_a_line_where_the_gap_is_small() -> None:
    glyphs = set_line("57 883 44 531")
    rule = Stroke(box=Box(81.5, 80, 81.5, 120), horizontal=False)
    assert [line.text for line in build_lines(glyphs, [rule])] == ["57 883", "44 531"]


def test_two_numbers_part_sooner_than_two_words() -> None:
    glyphs = set_line("5,2") + set_line("6,1", x=74)
    assert [line.text for line in build_lines(glyphs)] == ["5,2", "6,1"]


def test_letter_spaced_titles_stay_words() -> None:
    spaced = [g for i, c in enumerate("ROYAUME") for g in set_line(c, x=50 + 8 * i)]
    spaced += [g for i, c in enumerate("DU") for g in set_line(c, x=50 + 8 * 8 + 4 + 8 * i)]
    assert [line.text for line in build_lines(spaced)] == ["ROYAUME DU"]


def test_a_raised_call_is_not_glued_to_the_number_before_it() -> None:
    glyphs = set_line("4") + set_line("7", x=55.2, baseline=96, size=6)
    (line,) = build_lines(glyphs)
    assert [word.text for word in line.words] == ["4", "7"]


def test_the_full_stop_after_a_lone_number_ends_its_arabic_sentence() -> None:
    (line,) = build_lines(set_line(".2022-2026"))
    assert line.text == "2022-2026."


def test_tatweel_is_kept_in_the_raw_text_and_dropped_from_the_text() -> None:
    (line,) = build_lines(set_line("سردمـت"))
    assert (line.words[0].text, line.words[0].raw) == ("تمدرس", "تـمدرس")


def test_a_mark_with_a_place_of_its_own_goes_to_the_letter_it_stands_over() -> None:
    glyphs = set_line("اعورشم")
    alef = glyphs[0].box
    mark = Glyph(
        text="\u064b", box=Box(alef.x0 + 2, 90, alef.x0 + 2.1, 94), baseline=100, size=SIZE, mark=True
    )
    (line,) = build_lines([*glyphs, mark])
    assert [word.text for word in line.words] == ["مشروعاً"]


def blank(x: float, width: float, text: str = "\u00a0") -> Glyph:
    return Glyph(text=text, box=Box(x, 92, x + width, 102), baseline=100, size=SIZE, space=True)


def test_a_no_break_space_holds_the_groups_of_a_number_however_wide_its_line_is_stretched() -> None:
    glyphs = [*set_line("486"), blank(69, 3), *set_line("300", x=75), *set_line("personnes", x=100)]
    assert [line.text for line in build_lines(glyphs)] == ["486 300 personnes"]
    without = [g for g in glyphs if not g.space]
    assert [line.text for line in build_lines(without)] == ["486", "300 personnes"]


def test_a_big_number_at_the_head_of_its_sentence_is_one_line_with_it() -> None:
    sentence = set_line("مهرد ةفلكب ،اميتي 163 208 نضتحت ةلمرأ", x=50, size=12)
    number = set_line("92 410", x=sentence[-1].box.x1 + 4, size=44)
    (line,) = build_lines([*number, *sentence])
    assert line.text == "92 410 أرملة تحتضن 163 208 يتيما، بكلفة درهم"


def test_a_percent_and_a_number_that_stand_farther_apart_than_words_are_two_cells() -> None:
    glyphs = set_line("98,5%") + set_line("1.204", x=50 + 5 * 5 + 1.2 * SIZE)
    assert [line.text for line in build_lines(glyphs)] == ["98,5%", "1.204"]
    assert [line.text for line in build_lines(set_line("98,5% 1.204"))] == ["98,5% 1.204"]


def test_a_space_over_which_a_comma_is_kerned_parts_two_numbers() -> None:
    """Scheherazade, as WeasyPrint sets it."""
    first, second = set_line("2018"), set_line("2671", x=50 + 4 * 5 + 2.5)
    comma, space = (
        Glyph(
            text=text,
            box=Box(x, 92, x + wide, 102),
            baseline=100,
            size=SIZE,
            space=text == " ",
        )
        for text, x, wide in ((",", 70.3, 1.9), (" ", 70.0, 2.5))
    )
    (line,) = build_lines([*first, comma, space, *second])
    assert line.text == "2018, 2671"
    (line,) = build_lines([*set_line("2018"), comma, *second])
    assert line.text == "2018,2671"


def test_groups_of_a_number_in_a_stretched_line_are_no_columns() -> None:
    glyphs, x = [], 50.0
    for word in ("Le", "budget", "de", "486", "300", "dirhams", "est", "celui", "prévu"):
        glyphs += set_line(word, x=x)
        x += 5 * len(word) + 8.5
    assert [line.text for line in build_lines(glyphs)] == ["Le budget de 486 300 dirhams est celui prévu"]


def test_groups_of_a_number_are_no_columns_where_all_words_stand_a_letter_apart_as_a_typewriter_sets_them() -> (
    None
):
    glyphs, x = [], 50.0
    for word, gap in zip(
        ("procédé", "au", "doublage", "des", "ouvrages", "de", "32", "192", "feuillets"),
        (10, 9.5, 10.5, 10, 9.5, 10, 12.2, 10, 0),
        strict=True,
    ):
        box = Box(x, 92, x + 6 * len(word), 102)
        glyphs.append(Glyph(text=word, box=box, baseline=102, size=10, method=Method.OCR))
        x = box.x1 + gap
    assert [line.text for line in build_lines(glyphs)] == [
        "procédé au doublage des ouvrages de 32 192 feuillets"
    ]


def test_a_letter_without_a_name_is_the_one_that_its_words_ask_for() -> None:
    glyphs = set_line("مهرد رايـم 1,15 ةئبعت".replace("ـ", "\x00")) + set_line(
        "نويـم 2,4".replace("ـ", "\x00"), baseline=130
    )
    assert [line.text for line in build_lines(glyphs)] == ["تعبئة 1,15 مليار درهم", "2,4 مليون"]


def test_a_letter_that_no_word_tells_stays_a_gap_that_counts_as_garbled() -> None:
    (line,) = build_lines(set_line("ةقـخت".replace("ـ", "\x00")))
    assert "\ufffd" in line.text


def test_a_letter_whose_name_is_at_the_stroke_before_it_is_not_doubled() -> None:
    # Amiri draws the lam of المملكة by a stroke, which bears its name, and by itself, which has none.
    glyphs = set_line("نويـم 2,4 مهرد رايـم 1,15".replace("ـ", "\x00"), baseline=130)
    word = set_line("ةكل\x00مملا")
    at = next(i for i, g in enumerate(word) if g.text == "\x00") - 1
    stroke = replace(word[at], box=replace(word[at].box, x0=word[at].box.x0 + 1))
    glyphs += [*word[:at], stroke, *word[at + 1 :]]
    assert [line.text for line in build_lines(glyphs)] == ["المملكة", "1,15 مليار درهم 2,4 مليون"]


def test_a_one_of_a_scan_stands_no_farther_from_its_number_than_another_digit_would() -> None:
    def glyph(text: str, x0: float, x1: float) -> Glyph:
        box = Box(x0, 100, x1, 108.4)
        return Glyph(text=text, box=box, baseline=108.4, size=8.4, method=Method.OCR)

    def told(first: str, second: str) -> list[str]:
        words = [
            glyph("تقريبا", 220, 235), glyph("منهم", 240, 259.4), glyph(first, 264.4, 266.4), glyph(second, 273.6, 290),
            glyph("استفاد", 295, 319), glyph("ومرتفقة", 324, 340),
        ]  # fmt: skip
        return [line.text for line in build_lines(words)]

    assert told("1", "130") == ["ومرتفقة استفاد 1 130 منهم تقريبا"]
    assert len(told("7", "330")) == 2


def test_a_call_high_behind_a_figure_of_a_tight_table_is_not_of_the_figure_above_it() -> None:
    upper, lower = set_line("526", x=51.7, baseline=100, size=13), set_line("689", x=50, baseline=113.7, size=13)
    call = set_line("1", x=max(g.box.x1 for g in lower), baseline=106.1, size=8.4)
    first, second = build_lines([*upper, *lower, *call])
    assert [[w.text for w in line.words] for line in (first, second)] == [["526"], ["689", "1"]]


def test_a_stretched_line_of_a_scan_keeps_its_numbers_however_many_there_are() -> None:
    glyphs, x = [], 58.0
    for word in ("l'emploi", "est", "passé", "de", "4", "100", "à", "6", "970", "en"):
        width = 4.8 * len(word)
        glyphs.append(
            Glyph(text=word, box=Box(x, 102, x + width, 109.2), baseline=109.2, size=7.2, method=Method.OCR)
        )
        x += width + 9.5
    assert [line.text for line in build_lines(glyphs)] == ["l'emploi est passé de 4 100 à 6 970 en"]
