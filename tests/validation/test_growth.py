"""Rates of growth in sentences, and the two figures that they may be of."""

from __future__ import annotations

import pytest

from tests.validation.editions import Grid, findings, paged


def told(sentence: str) -> list[str]:
    """How grave what is found of the growth in a sentence is."""
    return [one.severity.value for one in findings(paged((sentence,))) if one.rule == "DOC-05"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Le nombre est passé de 40 à 54 centres (+35 %), alors que celui des agents n'a progressé que de 5 %.",
        "De 40 à 54 centres, soit une hausse de 35 %, dont une hausse de 12 % en milieu rural.",
        "Le nombre de bénéficiaires est passé de 4 120 à 6 127, soit une croissance annuelle moyenne de 22 %.",
        "انتقل عدد المستفيدين من 4 120 سنة 2019 إلى 6 127 سنة 2022، بمعدل نمو سنوي بلغ 14%.",
        "ارتفع عدد المراكز من 40 إلى 54 مركزا، وارتفعت نسبة التغطية إلى 93%.",
        "ارتفع عدد المستفيدين من 4 120 إلى 6 127، بينما زادت الميزانية بنسبة 12%.",
    ],
)
def test_a_growth_of_something_else_or_of_every_year_is_left_alone(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Le nombre est passé de 40 à 54 centres, soit une hausse de 45 %.",
        "Le nombre de centres est passé de 40 à 54 : il a progressé de 45 %.",
        "انتقل الدعم من 20,3 مليون درهم سنة 2021 إلى 27,6 مليون درهم سنة 2022، مسجلا نموا بنسبة 46 في المائة.",
    ],
)
def test_a_growth_that_its_two_figures_do_not_give_is_told(sentence: str) -> None:
    assert told(sentence) == ["error"]


YEARS = Grid(
    "تطور المراكز",
    ["2020", "2021", "2022"],
    [["المراكز الاجتماعية", "35", "40", "54"], ["المستفيدون", "3 900", "4 120", "6 127"]],
    unit="NUMBER",
)


def beside(sentence: str) -> list[str]:
    """What is found of a sentence beside a table of three years, without a column of changes."""
    held = findings(paged((sentence, YEARS), year=2022))
    return [one.severity.value for one in held if one.rule.startswith("DOC")]


@pytest.mark.parametrize(
    "sentence",
    [
        "ارتفع عدد المستفيدين بنسبة 58,7%.",
        "عرفت المراكز الاجتماعية زيادة بنسبة 25% مقارنة مع سنة 2021.",
    ],
)
def test_a_growth_that_two_years_of_a_row_do_not_give_is_told(sentence: str) -> None:
    assert beside(sentence) == ["warning"]


@pytest.mark.parametrize(
    "sentence",
    [
        "ارتفع عدد المستفيدين بنسبة 48,7%.",
        "ارتفع عدد المستفيدين بنسبة 57,1% منذ سنة 2020.",
        "ارتفع عدد المستفيدين بنسبة 67% سنة 2021.",
        "ارتفع عدد المستفيدين بالوسط القروي بنسبة 58,7%.",
        "نما عدد المستفيدين بمعدل سنوي بلغ 25%.",
    ],
)
def test_a_growth_of_other_years_or_of_a_part_is_left_alone(sentence: str) -> None:
    assert beside(sentence) == []
