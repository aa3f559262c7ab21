"""Facts about calls of notes that stand raised behind figures of a scan."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.figures import Token, sorted_out
from pipeline.pages.ocr.letters import erased
from pipeline.pages.ocr.raised import without_calls, without_signs
from tests.pages.test_print import around, printed


def called(number: str, call: str, size: int = 26, lift: int = 8) -> tuple[Gray, Gray]:
    """Ink of a number with a call that stands so much higher than the number, and of the number alone."""
    alone = printed((20, number))
    end = around(alone).x + around(alone).width + 3
    small = printed((end, call), size=size)
    down = around(alone).y - around(small).y - lift
    return np.maximum(alone, np.roll(small, down, axis=0)), alone


@pytest.mark.parametrize(
    ("number", "call"), [("360", "2"), ("1 155 077", "2"), ("8", "1"), ("(732)", "12"), ("45%", "*")]
)
def test_a_small_raised_sign_behind_a_figure_is_no_part_of_it(number: str, call: str) -> None:
    ink, alone = called(number, call)
    bare = without_calls(ink, around(ink))
    assert bare.run == around(alone)
    assert (erased(ink, bare.calls) == alone).all()
    assert bare.signs >= 1


@pytest.mark.parametrize("number", ["45%", "5'796", "12,5", "1 234", "-952", "(46)", "17", "°5", "2023"])
def test_what_stands_high_within_a_number_stays(number: str) -> None:
    ink = printed((20, number))
    bare = without_calls(ink, around(ink))
    assert bare.run == around(ink)
    assert not bare.calls


def test_a_small_digit_no_higher_than_the_others_leaves_the_figure_in_doubt() -> None:
    ink, _ = called("35", "1", lift=0)  # digits of old style, or a call
    bare = without_calls(ink, around(ink))
    assert not bare.calls
    assert bare.doubtful


def test_a_call_that_was_read_as_a_figure_by_itself_is_none() -> None:
    ink, alone = called("360", "2")
    number, call = around(alone), around(ink - alone)
    tokens = [
        Token(text, run.x, run.y, run.width, run.height, 0.9) for text, run in (("360", number), ("2", call))
    ]
    _, figures, _ = sorted_out([*tokens, Token("أكتوبر", 300, 40, 120, 50, 0.9)], [around(ink)], ink)
    assert [(figure.run, figure.calls) for figure in figures] == [(number, 1)]


@pytest.mark.parametrize(
    ("said", "bare", "kept"),
    [
        ("3602", "360", "360"),
        ("3572 339", "357 339", "357 339"),
        ("360", "360", "360"),
        ("3600", "360", "3600"),  # no note is called 0
        ("4602", "360", "4602"),
        ("36022", "360", "36022"),
    ],
)
def test_a_reading_with_the_call_in_it_agrees_with_the_figure_alone(said: str, bare: str, kept: str) -> None:
    assert without_signs(said, bare, 1) == kept
