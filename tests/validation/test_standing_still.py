"""Rates for each region, and what is the same from year to year: what may be so, and what is told."""

from __future__ import annotations

import pytest

from tests.validation.editions import Grid, edition, findings, paged


@pytest.mark.parametrize(
    "sentence",
    [
        "24 000 bénéficiaires, à raison de 3 000 par région dans huit régions pilotes.",
        "1 200 projets en deux ans, à raison de 50 projets par région et par an.",
        "Le budget de 240 MDH est réparti à raison de 15 MDH par région, le reste étant géré au niveau central.",
        "36 000 bénéficiaires, à raison de 3 000 par région.",
    ],
)
def test_so_many_for_each_of_the_regions_that_are_meant(sentence: str) -> None:
    assert [one.rule for one in findings(paged((sentence,), year=2022)) if one.rule == "DOC-03"] == []


def test_so_many_for_each_region_is_not_another_sum() -> None:
    sentence = "24 000 bénéficiaires, à raison de 3 000 par région."
    assert [one.severity.value for one in findings(paged((sentence,), year=2022)) if one.rule == "DOC-03"] == ["error"]


def grid(surface: tuple[str, str, str], people: tuple[str, str, str]) -> Grid:
    rows = zip(("Fès", "Taza", "Sefrou"), surface, people, strict=True)
    return Grid("Provinces", ["Superficie (km²)", "Bénéficiaires"], [list(row) for row in rows], unit="NUMBER")


def stale(now: Grid, then: Grid) -> list[str]:
    held = findings(edition(then, year=2021), edition(now, year=2022))
    return [one.severity.value for one in held if one.rule == "XYR-06"]


def test_a_surface_is_the_same_every_year_and_people_are_not() -> None:
    land, people = ("1 332", "7 101", "2 347"), ("11 504", "5 283", "4 127")
    assert stale(grid(land, ("12 611", "5 903", "4 215")), grid(land, people)) == []
    assert stale(grid(land, people), grid(land, people)) == ["error"]


@pytest.mark.parametrize(
    "sentence", ["cent vingt-cinq mille (125 000) dirhams ont été versés.", "صرف مائة وخمسة وعشرون ألف (125.000) درهم."]
)
def test_a_number_in_words_is_the_one_in_brackets_behind_it(sentence: str) -> None:
    assert [one.rule for one in findings(paged((sentence,))) if one.rule.startswith("CEL")] == []
