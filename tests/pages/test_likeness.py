"""Arabic-Indic digits of which the networks are not sure, told by the sure ones of their page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.pages.image.raster import Gray
from pipeline.pages.shapes.digits import level_of, pieces_of, tell
from pipeline.pages.shapes.likeness import Row, likened
from tests.pages.test_native import page

TEXTS = ("٢٣٥٤٢٣٥", "٥٣٢٢٣٥٧", "٣٥٢")


def rows(face: str, texts: tuple[str, ...] = TEXTS) -> tuple[Gray, list[Row]]:
    """The signs of a drawn page, line by line."""
    image: Gray = np.asarray(page(texts, face), np.uint8)
    found = []
    for i in range(len(texts)):
        top = 30 + 130 * i
        ink = np.where(image[top : top + 120] < 150, 255, 0).astype(np.uint8)
        pieces = [replace(p, y=p.y + top) for p in pieces_of(ink)]
        height, base = level_of(pieces, float(max(p.height for p in pieces)))
        signs = [replace(s, confidence=1.0, second_confidence=1.0) for s in tell(image, pieces, height, base)]
        found.append(Row(tuple(signs), tuple(pieces), height, base))
    return image, found


def doubted(row: Row, at: int, first: str, second: str) -> Row:
    """A row in which the networks differ about one sign."""
    signs = list(row.signs)
    signs[at] = replace(signs[at], text=first, second=second, confidence=0.95, second_confidence=0.6)
    return replace(row, signs=tuple(signs))


@pytest.mark.parametrize("face", ["NotoNaskhArabic", "Amiri", "Scheherazade"])
@pytest.mark.parametrize(
    ("at", "first", "second", "true"), [(0, "٢", "٣", "٣"), (1, "", "٥", "٥"), (2, "٢", "٣", "٢")]
)
def test_a_digit_is_the_one_that_the_page_draws_so(
    face: str, at: int, first: str, second: str, true: str
) -> None:
    image, held = rows(face)
    assert "".join(s.text for s in held[2].signs) == "٣٥٢"
    told = likened(image, [*held[:2], doubted(held[2], at, first, second)])
    assert told[2].signs[at].text == told[2].signs[at].second == true
    assert told[2].signs[at].confidence < 0.9


def as_read(row: Row) -> list[tuple[str, str]]:
    return [(sign.text, sign.second) for sign in row.signs]


def test_what_is_like_neither_reading_stays_in_doubt() -> None:
    image, held = rows("Amiri")
    wrong = doubted(held[1], 6, "٢", "٣")  # a ٧
    assert as_read(likened(image, [held[0], wrong, held[2]])[1]) == as_read(wrong)
    letter = doubted(held[1], 6, "", "٥")
    assert as_read(likened(image, [held[0], letter, held[2]])[1]) == as_read(letter)


def test_a_page_with_few_sure_digits_tells_nothing() -> None:
    image, held = rows("Amiri", ("٢٣٥", "٣٥٢"))
    wrong = doubted(held[1], 0, "٢", "٣")
    assert likened(image, [held[0], wrong])[1] == wrong
