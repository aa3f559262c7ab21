"""Two counts of a sentence and their percent, and percents of something that the sentence does not count."""

from __future__ import annotations

import pytest

from tests.validation.editions import findings, paged


def told(sentence: str) -> list[str]:
    """How grave what is found of the percents in a sentence is."""
    return [one.severity.value for one in findings(paged((sentence,))) if one.rule == "DOC-07"]


@pytest.mark.parametrize(
    "sentence",
    [
        "2 000 شخص، منهم 1 100 امرأة أي بنسبة {}%.",
        "1 100 femmes, soit {} % des 2 000 bénéficiaires.",
        "1 100 امرأة، أي {}% من مجموع 2 000 مستفيد.",
        "{} % des 2 000 bénéficiaires sont des femmes, soit 1 100 femmes.",
        "استفاد 2 000 شخص، {}% منهم نساء أي 1 100 امرأة.",
        "Les dépenses s'élèvent à 11 MDH, soit {} % des 20 MDH programmés.",
    ],
)
def test_a_percent_of_two_counts_of_its_sentence_is_their_quotient(sentence: str) -> None:
    assert told(sentence.format(65)) == ["error"]
    assert told(sentence.format(55)) == []


def test_a_percent_in_brackets_that_is_no_quotient_is_a_warning() -> None:
    assert told("2 000 bénéficiaires dont 1 100 femmes (65 %).") == ["warning"]
    assert told("2 000 bénéficiaires dont 1 100 femmes (55 %).") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Fès compte 1 150 bénéficiaires, dont 700 femmes, soit 63,6 % des femmes de la région.",
        "Fès compte 1 150 bénéficiaires, dont 700 femmes, soit 35 % du total.",
        "2 000 bénéficiaires, dont 1 100 femmes, soit +10 % par rapport à 2020.",
        "2 000 bénéficiaires, dont 1 100 femmes, soit 10 % de plus qu'en 2020.",
        "2 000 شخص، منهم 1 100 امرأة، 30% منهم قرويون أي 600 شخص.",
        "200 cas, dont 120 femmes, soit 60 %, et 80 hommes, soit 40 %.",
        "10 % des 2 000 bénéficiaires par mois, soit 1 200 bénéficiaires par semestre.",
        "54 centres, soit 35 % des 75 provinces.",
        # 55.97 cut off.
        "1 250 bénéficiaires dont 699 femmes, soit 55 %.",
    ],
)
def test_a_percent_of_something_else_is_left_alone(sentence: str) -> None:
    assert told(sentence) == []
