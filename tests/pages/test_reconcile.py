"""What is seen on a page whose text layer has lost its letters, beside the figures that the layer still has."""

from __future__ import annotations

import pytest

from pipeline.model.page import Direction, Line, Word
from pipeline.model.place import Box, Method
from pipeline.pages.reconcile import reconcile


def line(*words: tuple[str, float, float], method: Method = Method.OCR) -> Line:
    """A line of words, each with its left and right edge, in logical order."""
    held = tuple(
        Word(text=t, raw=t, box=Box(x0, 100, x1, 110), size=10, method=method, confidence=0.8)
        for t, x0, x1 in words
    )
    return Line(words=held, box=Box.around(w.box for w in held), direction=Direction.RTL)


LAYER = [line(("\ue072\ue08c", 150, 170), ("6", 120, 125), ("%", 106, 115), method=Method.TEXT)]


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ((("إلى", 150, 170), ("6", 120, 125)), "إلى 6 %"),
        ((("إلى", 150, 170), ("6", 120, 125), ("9", 106, 115)), "إلى 6 %"),
        ((("إلى", 150, 170), ("6", 120, 125), ("2", 106, 114)), "إلى 6 %"),
        ((("إلى", 150, 170), ("6", 104, 126)), "إلى 6%"),
        ((("إلى", 150, 170), ("%6", 104, 126)), "إلى %6"),
        ((("إلى", 150, 170), ("6", 120, 125), ("%", 106, 115)), "إلى 6 %"),
    ],
)
def test_a_percent_sign_of_the_text_layer_stands_beside_its_figure(
    seen: tuple[tuple[str, float, float], ...], read: str
) -> None:
    (told,) = reconcile([line(*seen)], LAYER, believed=True)
    assert told.text == read
    assert told.box.x0 <= 106


def test_a_word_beside_a_figure_is_not_taken_for_its_sign() -> None:
    (told,) = reconcile([line(("6", 120, 125), ("مقاعد", 90, 116))], LAYER, believed=True)
    assert "مقاعد" in told.text


def test_a_sign_of_a_layer_whose_digits_lie_is_not_believed() -> None:
    (told,) = reconcile([line(("إلى", 150, 170), ("6", 120, 125))], LAYER, believed=False)
    assert told.text == "إلى 6"
