"""A page says how it can be read, and why."""

from __future__ import annotations

import pikepdf
import pytest

from pipeline.model.page import PageKind
from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.triage import Triage, improbable, judge_page, misnames_digits, text_is_hidden

WIDTH, HEIGHT = 595.0, 842.0
PROSE = (
    "في ظل التحديات المتعددة التي تواجه المجتمعات في عصرنا الحالي تبرز أهمية العمل الاجتماعي والتضامن من أجل بناء "
    "مجتمعات متماسكة ومستدامة وفي هذا الإطار تعمل الوزارة على تنفيذ مجموعة من البرامج والمبادرات الطموحة التي تستهدف "
)


def layer_of(text: str, font: str = "Amiri", images: tuple[Box, ...] = (), curves: int = 0) -> Layer:
    glyphs = tuple(
        Glyph(text=c, box=Box(50, 50, 55, 60), baseline=60, size=10, font=font, space=c == " ") for c in text
    )
    return Layer(glyphs=glyphs, images=images, curves=curves)


def judged(layer: Layer, text: str, *, hidden: bool = False, liars: tuple[str, ...] = ()) -> Triage:
    return judge_page(layer, WIDTH, HEIGHT, text, hidden, liars)


def test_healthy_arabic_prose_is_text() -> None:
    assert judged(layer_of(PROSE), PROSE).kind is PageKind.TEXT


def test_a_page_that_is_one_image_is_a_scan() -> None:
    layer = Layer(images=(Box(0, 0, WIDTH, HEIGHT),))
    assert judged(layer, "").kind is PageKind.SCAN


def test_an_invisible_layer_under_a_scan_is_not_believed() -> None:
    layer = layer_of(PROSE, images=(Box(0, 0, WIDTH, HEIGHT),))
    assert judged(layer, PROSE, hidden=True).kind is PageKind.SCAN


def test_letters_drawn_as_curves_are_outlines() -> None:
    assert judged(Layer(curves=900), "").kind is PageKind.OUTLINES


def test_an_empty_page_is_blank() -> None:
    assert judged(Layer(), "").kind is PageKind.BLANK


@pytest.mark.parametrize("bad", ["\ue07d", "(cid:103)", "\ufffd", "/uniFEEE"])
def test_glyphs_without_letters_make_a_page_garbled(bad: str) -> None:
    glyphs = tuple(Glyph(text=t, box=Box(0, 0, 5, 5), baseline=5, size=10) for t in [bad] * 30 + ["ا"] * 70)
    verdict = judged(Layer(glyphs=glyphs), "")
    assert verdict.kind is PageKind.GARBLED
    assert verdict.reason


def test_digits_of_a_lying_font_are_not_believed() -> None:
    layer = layer_of("2023", font="ABCDEF+Times New Roman")
    assert judged(layer, "2023", liars=("Times New Roman",)).kind is PageKind.GARBLED


def test_a_lying_font_without_digits_on_the_page_does_no_harm() -> None:
    assert judged(layer_of(PROSE, font="Times"), PROSE, liars=("Times",)).kind is PageKind.TEXT


def test_reversed_arabic_is_improbable() -> None:
    reversed_words = " ".join(word[::-1] for word in ["مدرسة", "وزارة", "إعاقة", "شهادة", "سنة", "لجنة"] * 6)
    assert improbable(reversed_words)


def test_words_that_a_digit_begins_are_letters_named_by_digits() -> None:
    assert improbable(PROSE.replace("الم", "٤لم").replace("الت", "2لت").replace("الو", "٤لو"))


def test_units_stuck_to_their_numbers_are_no_letters_named_by_digits() -> None:
    assert not improbable(PROSE + " ".join(f"{n}كلم" for n in range(10, 60)))


def test_wrong_letters_are_improbable_on_a_page_of_few_words() -> None:
    few = PROSE.split()[:30]
    assert not improbable(" ".join(few))
    wrong = str.maketrans("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "زسشصضطظعغفقكلمنهويابتثجحخدذر")
    assert improbable(" ".join(word.translate(wrong) for word in few))


def test_letters_of_another_encoding_are_improbable_though_common_words_seem_to_occur() -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    shifted = str.maketrans(letters, letters[9:] + letters[:9])
    prose = " ".join([PROSE.translate(shifted)] * 3)
    assert "wrong letters" in improbable(f"{prose} على الإدارة في من الدورة")
    assert not improbable(" ".join([PROSE] * 3))


def test_a_layer_in_which_one_letter_is_wrong_is_improbable() -> None:
    assert not improbable(PROSE * 3)
    assert improbable((PROSE * 3).replace("ا", "خ"))


def test_arabic_in_the_accents_of_another_encoding_is_improbable() -> None:
    assert improbable("»eÉàÿG ÜÉ°ù◊G OGóYEG óYGƒb " * 10)


def test_french_with_its_own_accents_is_not_improbable() -> None:
    assert not improbable("Les bénéficiaires âgés et leurs établissements à Fès-Meknès ont été agréés. " * 4)


@pytest.mark.parametrize(
    ("invisible", "visible", "hidden"), [(40, 0, True), (40, 1, True), (3, 3, False), (0, 5, False)]
)
def test_a_stamp_over_a_scan_does_not_make_its_invisible_layer_visible(
    invisible: int, visible: int, hidden: bool
) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    shown = b"3 Tr " + b"(a) Tj " * invisible + b"0 Tr " + b"(b) Tj " * visible
    page.Contents = pdf.make_stream(b"BT /F1 9 Tf " + shown + b"ET")
    assert text_is_hidden(page) is hidden


def test_a_font_whose_glyphs_are_numbered_as_they_are_used_names_its_digits_in_any_order() -> None:
    used = dict(enumerate("Tableau 1234576098", 1))
    assert not misnames_digits(used)


def test_two_digits_that_changed_places_in_a_font_that_keeps_its_glyph_numbers_are_wrong() -> None:
    kept = {19 + int(digit): digit for digit in "0123456789"} | {
        68 + n: letter for n, letter in enumerate("abc")
    }
    assert not misnames_digits(kept)
    assert misnames_digits(kept | {22: "6", 25: "3"})
