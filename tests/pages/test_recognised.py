"""Facts about the words that Tesseract gives and what is kept of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr import tesseract
from pipeline.pages.ocr.engines import Engines, Spoken

WORDS = [
    ("عدد", 17, 91),  # low letters in small print
    ("الطلبات", 34, 91),
    ("عد", 12, 40),
    ("'", 9, 90),
    ("âgées", 30, 90),
    ("ãgées", 30, 90),
    ("9/0", 30, 80),
    ("وكا", 30, 80),  # a ligature whose م is lost
]


def test_a_low_word_stays_where_specks_go_and_signs_that_no_label_has_are_read_as_those_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def answer(_: Engines, images: Sequence[Gray], *given: object) -> list[list[Spoken]]:
        return [
            [
                Spoken(text, 100 + 200 * i, 100, 20 * len(text), high, sure)
                for i, (text, high, sure) in enumerate(WORDS)
            ]
            for _ in images
        ]

    monkeypatch.setattr(Engines, "read", answer)
    monkeypatch.setattr(tesseract, "demand_languages", lambda: None)
    glyphs = tesseract.read_words(np.full((400, 2400), 255, np.uint8), 300)
    assert [glyph.text for glyph in sorted(glyphs, key=lambda g: g.box.x0)] == [
        "عدد",
        "الطلبات",
        "âgées",
        "âgées",
        "%",
        "وكما",
    ]


@pytest.mark.parametrize(("side", "speck"), [(0.6, True), (1.4, False)])
def test_a_point_smaller_than_any_zero_is_dust_whatever_it_is_read_as(side: float, speck: bool) -> None:
    glyph = Glyph(text="٠", box=Box(100, 100, 100 + side, 100 + side), baseline=100, size=9)
    assert tesseract._is_speck(glyph) is speck


@pytest.mark.parametrize(
    ("text", "width", "stroke"), [("Û", 78, True), ("U", 11, False), ("في", 60, False), ("—", 78, False), ("17", 90, False)]
)  # fmt: skip
def test_a_stroke_of_a_pen_that_is_read_as_a_letter_is_no_print(
    text: str, width: float, stroke: bool
) -> None:
    glyph = Glyph(text=text, box=Box(178, 261, 178 + width, 271), baseline=271, size=10)
    assert tesseract._is_speck(glyph) is stroke


@pytest.mark.parametrize(
    ("read", "meant"),
    [("OOO", "000"), ("OOO.", "000."), ("O05", "005"), ("2O14", "2014")] + [(t, t) for t in ("OO", "CO2", "AO", "5OH")],
)  # fmt: skip
def test_zeros_of_a_figure_that_are_read_as_letters_are_zeros(read: str, meant: str) -> None:
    assert tesseract._as_meant(read) == meant
