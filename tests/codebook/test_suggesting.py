"""Labels that the codebook doesn't know are named with the rows they resemble."""

from __future__ import annotations

from pipeline.codebook.loading import load
from pipeline.codebook.suggesting import suggestions, unreachable_indicators, unused_labels

CODEBOOK = load()


def test_an_unknown_label_is_suggested_with_the_rows_it_resembles() -> None:
    found = suggestions([("Masculins adultes", 4), ("ذكـر", 9), ("Masculin", 1)], CODEBOOK)
    assert [(one.label, one.waiting) for one in found] == [("Masculins adultes", 4)]
    assert any("SEX_M" in near and "labels.csv line" in near for near in found[0].nearest)


def test_tiers_count_on_their_own_and_numbers_periods_and_places_are_no_labels() -> None:
    found = suggestions([("Masculin / Inouï", 2), ("Inouï", 3), ("2023", 5), ("جهة الشرق", 5)], CODEBOOK)
    assert [(one.label, one.waiting) for one in found] == [("Inouï", 5)]


def test_rows_that_no_label_uses_are_told() -> None:
    unused = {row.wording for row in unused_labels(["Masculin", "أنثى / المجموع"], CODEBOOK)}
    assert "Féminin" in unused
    assert not unused & {"Masculin", "أنثى", "المجموع"}


def test_every_indicator_of_the_built_in_codebook_can_be_reached() -> None:
    assert unreachable_indicators(CODEBOOK) == []
