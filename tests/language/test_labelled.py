"""The grammar of figures against sentences labelled by hand; one half was never looked at while it was written."""

from __future__ import annotations

import pytest

from tests.language.labelling import Score, score, sentences


@pytest.fixture(scope="module")
def developed() -> Score:
    return score(sentences("developed"))


@pytest.fixture(scope="module")
def unseen() -> Score:
    return score(sentences("unseen"))


def test_the_set_is_large_enough_to_tell() -> None:
    held = [*sentences("developed"), *sentences("unseen")]
    assert sum(s.language == "ar" for s in held) >= 300
    assert sum(s.language == "fr" for s in held) >= 80
    assert len({s.text for s in held}) == len(held)


def test_value_unit_and_qualifier_are_right_in_the_half_developed_on(developed: Score) -> None:
    assert developed.f1 >= 0.99


def test_value_unit_and_qualifier_are_right_in_the_unseen_half(unseen: Score) -> None:
    assert unseen.f1 >= 0.98


def test_what_counts_nothing_becomes_no_figure(developed: Score) -> None:
    assert developed.leaked <= 0.01 * developed.others
