"""Numbers in Arabic-Indic digits on page images, told by their shapes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fixtures.making.content import HERE
from pipeline.pages.image.components import components
from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import Run
from pipeline.pages.ocr.figures import Token
from pipeline.pages.ocr.native import Told, lettered, native_figures, painted_over, without_figures
from pipeline.pages.shapes import joints
from pipeline.pages.shapes.digits import Sign, pieces_of
from pipeline.pages.shapes.signs import of_one_kind, settled
from tests.bench.pagescans import Grade, photographed

NUMBERS = ("٢٦.٢٨٣", "٤٥٧", "٦٣,٥٪", "٧٨٩٣٤١", "١٠٥.٠٠٠", "٣٨,٢٧")
ROUGH = Grade("", 200, noise=7.0, quality=60)


def page(texts: tuple[str, ...], face: str = "NotoNaskhArabic", size: int = 46) -> Image.Image:
    """A column of numbers at 300 dpi."""
    image = Image.new("L", (900, 130 * len(texts) + 60), 255)
    font = ImageFont.truetype(
        str(HERE / "fonts" / f"{face}-Regular.ttf"), size, layout_engine=ImageFont.Layout.BASIC
    )
    for i, text in enumerate(texts):
        ImageDraw.Draw(image).text((120, 40 + 130 * i), text, font=font, fill=0)
    return image


def seen(image: Image.Image, tokens: tuple[Token, ...] = ()) -> list[Told]:
    grey: Gray = np.asarray(image, np.uint8)
    found = native_figures(grey, components(np.where(grey < 150, 255, 0).astype(np.uint8)), tokens, (), 300)
    return sorted(found, key=lambda f: f.run.y)


@pytest.mark.parametrize("face", ["NotoNaskhArabic", "Amiri", "NotoSansArabic", "Scheherazade"])
def test_numbers_in_arabic_indic_digits_are_read(face: str) -> None:
    assert [f.text for f in seen(page(NUMBERS, face))] == list(NUMBERS)


@pytest.mark.parametrize("face", ["Amiri", "Scheherazade"])
def test_dates_and_brackets_in_arabic_indic_digits_are_read(face: str) -> None:
    assert [f.text for f in seen(page(("١٢/٠٥/٢٠٢٣", "(٤٥٧)"), face))] == ["١٢/٠٥/٢٠٢٣", "(٤٥٧)"]


def test_a_zero_that_may_be_a_floating_point_is_not_sure() -> None:
    (figure,) = seen(page(("٣٧٠٦٦٢",)))
    assert (figure.text, figure.second) == ("٣٧٠٦٦٢", "٣٧.٦٦٢")
    assert figure.confidence < 0.95


def test_the_full_stop_behind_a_number_that_floats_like_a_zero_is_no_digit_of_it() -> None:
    figures = seen(page(("٠٢٠٢١", "٠٪١٢,٧٦", "٠٠٩/٠٣/٢٠١١", "٠,٥", "٠١/٠٣/٢٠١١", "٠٥٣٧٦٨٢٢١١"), "Amiri"))
    assert [f.text for f in figures] == ["٢٠٢١", "٪١٢,٧٦", "٠٩/٠٣/٢٠١١", "٠,٥", "٠١/٠٣/٢٠١١", "٠٥٣٧٦٨٢٢١١"]
    assert all(f.confidence < 0.95 and f.second == "٠" + f.text for f in figures[:3])


def test_a_lone_digit_beside_a_word_may_be_letters_of_it_and_is_not_sure() -> None:
    image = page(("٧ سنة", "٧", "٤٥٧", "٦٨٣"))
    figures = seen(image, (Token("سنة", 152, 0, 700, 130, 0.9),))
    beside, alone = (f.confidence for f in figures if f.text == "٧")
    assert beside < 0.95 < alone


def test_they_are_read_from_a_noisy_scan_and_what_is_sure_is_right() -> None:
    told = seen(photographed(page(NUMBERS), ROUGH, seed=4))
    assert [f.text for f in told] == list(NUMBERS)
    assert sum(f.confidence >= 0.99 for f in told) >= 4


def test_a_page_in_western_digits_has_none() -> None:
    texts = ("26.283", "457", "12/05/2023", "63,5%", "(2024)", "789341", "1 110", "67")
    words = tuple(Token(t, 120, 40 + 130 * i, 30 * len(t), 50, 0.9) for i, t in enumerate(texts))
    assert seen(page(texts, "NotoSans"), words) == []


def test_no_figure_is_looked_for_in_a_word_of_the_page() -> None:
    image = page(("٢٠٢٤ سنة", "٣٤٨"))
    pen_left = 40
    word = Token("سنة", pen_left, 0, 860, 130, 0.9)
    assert [f.text for f in seen(image, (word,))] == ["٣٤٨"]


def test_groups_of_a_number_are_parted_where_its_print_is() -> None:
    assert [f.text for f in seen(page(("٢ ٣١٥ ٣١٥", "٨٧٣ ٢٤٢")))] == ["٢ ٣١٥ ٣١٥", "٨٧٣ ٢٤٢"]


def test_a_figure_that_the_networks_read_differently_is_not_sure_and_keeps_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def tell(image: Gray, pieces: object, height: float, base: float) -> object:
        signs = real(image, pieces, height, base)  # type: ignore[arg-type]
        return [replace(s, second="٨") if s.text == "٧" else s for s in signs]

    real = joints.tell
    monkeypatch.setattr(joints, "tell", tell)
    figure = seen(page(("٤٥٧", "٨٣٤")))[0]
    assert (figure.text, figure.second) == ("٤٥٧", "٤٥٨")
    assert figure.confidence < 0.5


def test_a_mark_that_one_network_alone_is_sure_of_stands_in_a_figure_that_is_not_sure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def tell(image: Gray, pieces: object, height: float, base: float) -> object:
        signs = real(image, pieces, height, base)  # type: ignore[arg-type]
        return [
            replace(s, text="", confidence=0.6, second_confidence=0.9) if s.text == "," else s for s in signs
        ]

    real = joints.tell
    monkeypatch.setattr(joints, "tell", tell)
    figure = seen(page(("٦٣,٥٪", "٨٣٤")))[0]
    assert (figure.text, figure.second) == ("٦٣,٥٪", "٦٣٥٪")
    assert figure.confidence < 0.5


@pytest.mark.parametrize(("size", "lift"), [(30, 18), (46, 30)])
def test_a_call_raised_behind_a_figure_is_no_digit_of_it(size: int, lift: int) -> None:
    image = page(("٢٧٤٣٨", "٨٣٤"))
    right = int(np.flatnonzero(np.asarray(image)[:130].min(axis=0) < 128)[-1])
    face = ImageFont.truetype(str(HERE / "fonts" / "NotoSans-Regular.ttf"), size)
    top = int(np.flatnonzero(np.asarray(image)[:130].min(axis=1) < 128)[0])
    ImageDraw.Draw(image).text((right + 5, top - lift), "1", font=face, fill=0, anchor="lt")
    figure = seen(image)[0]
    assert figure.text == "٢٧٤٣٨"
    assert len(figure.calls) == 1
    assert painted_over(np.asarray(image, np.uint8), [figure], 255)[:130].min() >= 150  # no ink


def test_letters_of_latin_words_and_digits_of_western_numbers_are_no_figures() -> None:
    image = page(("٢٦.٢٨٣", "٤٥٧", "٣٨,٢٧"))
    face = ImageFont.truetype(str(HERE / "fonts" / "NotoSans-Regular.ttf"), 34)
    draw, tokens = ImageDraw.Draw(image), []
    for y, text in ((60, "Pourcentage"), (190, "1830"), (320, "bénéficiaires")):
        draw.text((420, y), text, font=face, fill=0)
        left, top, right, bottom = (int(v) for v in draw.textbbox((420, y), text, font=face))
        tokens.append(Token(text, left, top, right - left, bottom - top, 0.92))
    assert [f.text for f in seen(image, tuple(tokens))] == ["٢٦.٢٨٣", "٤٥٧", "٣٨,٢٧"]


def signs(*read: tuple[str, float, str, float, float, float]) -> list[Sign]:
    """Signs side by side over a foot at 100, of digits 30 high: text, confidence, both again, height, and head (y)."""
    return [
        Sign(20 * i, round(y), 8, round(high), text, sure, second, other)
        for i, (text, sure, second, other, high, y) in enumerate(read)
    ]


def digit(text: str) -> tuple[str, float, str, float, float, float]:
    return text, 1.0, text, 1.0, 30, 70


@pytest.mark.parametrize(
    "mark",
    [
        ("", 0.8, "", 0.7, 16, 88),  # no network sees a mark
        ("", 0.8, ",", 0.6, 16, 88),
        ("٦", 0.9, "٬", 0.7, 14, 88),  # too low for a ٦
    ],
)
def test_a_low_sign_between_two_digits_of_small_print_is_a_mark(
    mark: tuple[str, float, str, float, float, float],
) -> None:
    told = settled(signs(digit("٩"), mark, digit("٧")), 30, 100)
    assert told[1].text in (",", "٬")
    assert [s.text for s in settled(signs(digit("٩"), mark), 30, 100)][1] in ("", "٬")


def test_a_sign_whose_foot_stands_high_between_two_digits_parts_thousands() -> None:
    told = settled(signs(digit("٢"), ("٤", 0.75, "٬", 0.4, 20, 67), digit("٨")), 30, 100)
    assert [s.text for s in told] == ["٢", "٬", "٨"]


def test_a_digit_that_one_network_alone_is_sure_of_is_one_within_a_number_and_none_at_its_end() -> None:
    four, mark = ("", 0.55, "٤", 0.99, 30, 70), ("٬", 1.0, "٬", 1.0, 11, 66)
    told = settled(signs(digit("٨"), four, mark, digit("٢"), four), 30, 100)
    assert [s.text for s in told] == ["٨", "٤", "٬", "٢", ""]


def test_a_comma_in_two_pieces_is_one_sign_and_a_colon_two() -> None:
    ink = np.zeros((60, 90), np.uint8)
    ink[10:40, 5:11] = ink[10:40, 70:76] = 255
    ink[33:37, 30:35] = ink[39:45, 29:34] = 255  # a comma that a scan broke where it is thin
    ink[15:20, 50:55] = ink[34:39, 50:55] = 255
    assert [piece.x for piece in pieces_of(ink)] == [5, 29, 50, 50, 70]


@pytest.mark.parametrize("beside", ["", "٣"])
def test_a_digit_whose_thin_joint_pales_is_read_alone_and_beside_others(beside: str) -> None:
    image = np.array(page((f"{beside}٤", f"{beside}٦", "٢٧٥"), "Amiri", 40), np.uint8)
    for rows in (slice(76, 79), slice(201, 204)):  # below the upper part of either
        image[rows] = np.where(image[rows] < 150, 190, image[rows])
    assert [f.text for f in seen(Image.fromarray(image))] == [f"{beside}٤", f"{beside}٦", "٢٧٥"]


def test_a_digit_whose_thin_joint_pales_on_a_scan_is_one_sign_and_digits_that_touch_stay_two() -> None:
    image = np.full((60, 60), 255, np.uint8)
    image[10:16, 5:20] = image[24:40, 14:20] = 0
    image[16:24, 15:19] = 190  # the joint of a ٦
    image[10:40, 34:39] = image[10:40, 45:50] = 0
    image[12:38, 39:45] = 190  # two ones
    ink = np.where(image < 150, 255, 0).astype(np.uint8)
    assert [(piece.x, piece.height) for piece in pieces_of(ink, image)] == [(5, 30), (34, 30), (45, 30)]
    assert len(pieces_of(ink)) == 4


def test_a_zero_and_a_sign_as_high_as_a_digit_are_no_marks() -> None:
    zero, high = ("٠", 1.0, "٠", 0.9, 9, 84), ("", 0.9, "", 0.9, 30, 70)
    told = settled(signs(digit("٩"), zero, digit("٧"), high, digit("١")), 30, 100)
    assert [s.text for s in told] == ["٩", "٠", "٧", "", "١"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("١٦,٩٥٤٬٤١٥", "١٦٬٩٥٤٬٤١٥"),
        ("١,٦٠٠.٧٧٩,١١١", "١,٦٠٠,٧٧٩,١١١"),
        ("٧٬٣٤٧", "٧٬٣٤٧"),
        ("١٢/٠٥/٢٠٢٣", "١٢/٠٥/٢٠٢٣"),
        ("١٬٦٠٠,٥", "١٬٦٠٠,٥"),
    ],
)
def test_groups_of_one_number_are_parted_by_one_mark(read: str, meant: str) -> None:
    assert of_one_kind(read) == meant


def test_a_figure_is_as_high_as_its_digits_whatever_its_marks_are() -> None:
    plain, marked = seen(page(("٢٨٨٦٢", "٢٬٨٨٦٬٢١٤"), "Amiri"))
    assert abs(lettered(plain).height - lettered(marked).height) <= 2


def test_what_the_page_reading_has_in_the_place_of_a_figure_goes_and_a_word_glued_to_it_stays() -> None:
    figure = Told(Run(100, 50, 80, 30), "٢٠٢٤", "", 0.995, telling=True, either=False)
    tokens = [
        Token("YoYE", 98, 46, 84, 40, 0.7),
        Token("سنة۲٠", 100, 46, 160, 40, 0.6),
        Token("عدد", 300, 46, 80, 40, 0.9),
    ]
    assert [t.text for t in without_figures(tokens, [figure])] == ["سنة", "عدد"]


def test_the_print_of_a_figure_is_painted_over_so_that_nothing_reads_it_again() -> None:
    figure = Told(Run(10, 10, 5, 5), "٢", "", 0.995, telling=True, either=False)
    page_image = np.zeros((30, 30), np.uint8)
    assert painted_over(page_image, [figure], 255).sum() == 255 * 25
