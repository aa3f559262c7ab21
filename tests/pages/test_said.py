"""What a vote on a figure says against the print that it was made of."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fixtures.making.content import HERE
from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import Run
from pipeline.pages.ocr.figures import Token, sorted_out
from pipeline.pages.ocr.said import as_printed


def printed(text: str) -> Gray:
    image = Image.new("L", (600, 120), 255)
    font = ImageFont.truetype(str(HERE / "fonts" / "NotoSans-Regular.ttf"), 40)
    ImageDraw.Draw(image).text((20, 20), text, font=font, fill=0)
    return np.where(np.asarray(image) < 128, 255, 0).astype(np.uint8)


def around(ink: Gray, left: int = 0, right: int = 600) -> Run:
    rows, columns = np.nonzero(ink[:, left:right])
    x, y = int(columns.min()) + left, int(rows.min())
    return Run(x, y, int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)


def told(print_: str, read: str) -> tuple[str, float]:
    """The text and confidence of a sure reading of some print."""
    ink = printed(print_)
    run = around(ink)
    whole = Token("", run.x, run.y, run.width, run.height, 0.0)
    _, text, confidence, _ = as_printed(ink, run, (whole, read, 0.995, ""))
    return text, confidence


@pytest.mark.parametrize(
    "text", ["27 906 813", "-4,5", "63,58%", "12/05/2023", "(1 234)", "1 234,50", "2019-2023"]
)
def test_a_reading_with_as_many_signs_as_its_print_stays_sure(text: str) -> None:
    assert told(text, text) == (text, 0.995)


@pytest.mark.parametrize(("text", "read"), [("27906813", "2790683"), ("161", "16"), ("1,15%", "1,5%")])
def test_a_digit_that_all_models_drop_leaves_the_figure_in_doubt(text: str, read: str) -> None:
    assert told(text, read)[1] < 0.95


def test_groups_that_are_no_thousands_leave_the_figure_in_doubt() -> None:
    assert told("27 906 83", "27 906 83") == ("27 906 83", 0.9)


def test_a_figure_beside_a_word_with_digits_may_be_one_number_with_it() -> None:
    ink = printed("AB n17  249")
    parts = (("AB", 0, 80), ("n17", 80, 175), ("249", 175, 600))
    runs = [around(ink, left, right) for _, left, right in parts]
    tokens = [
        Token(text, run.x, run.y, run.width, run.height, 0.7)
        for (text, _, _), run in zip(parts, runs, strict=True)
    ]
    words, (figure,), _ = sorted_out(tokens, [around(ink)], ink)
    assert [word.text for word in words] == ["AB", "n17"]
    assert figure.crowded
