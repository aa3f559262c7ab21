"""Figures as ``hasila read`` prints them for people."""

from __future__ import annotations

from decimal import Decimal

import click
import pytest

from pipeline.commands.passages import figure_lines, passage
from pipeline.language.quantities import find
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Qualifier, Reading


def _readings(sentence: str) -> list[Reading]:
    place = Locus("r", 3, Box(0, 0, 1, 1), "text", 1.0)
    return [
        Reading(
            reading_id=f"r-p003-f{number:03d}",
            locus=place,
            kind="prose",
            raw=found.raw,
            value=found.value,
            value_max=found.high,
            unit_measure=found.unit,
            unit_label=found.unit_label,
            qualifier=Qualifier(found.qualifier),
            sentence=sentence,
        )
        for number, found in enumerate(find(sentence))
        if found.kind in ("number", "currency", "percent")
    ]


def test_a_figure_is_marked_with_its_qualifier_and_its_noun() -> None:
    (first, second) = _readings("تم تخصيص حوالي 500 مليون درهم لدعم 26283 طفل")
    assert passage(first) == ("تم تخصيص ", "حوالي 500 مليون درهم", " لدعم 26283 طفل")
    assert passage(second)[1] == "26283 طفل"


@pytest.mark.parametrize("size", [10, 400])
def test_a_long_sentence_is_shown_around_its_figure(size: int) -> None:
    (reading,) = _readings("mot " * size + "plus de 12 000 femmes" + " suite" * size)
    what, where = (click.unstyle(line) for line in figure_lines(reading))
    assert what == "p3   more than 12 000 PS femmes"
    assert "⟦plus de 12 000 femmes⟧" in where
    assert len(where) < 220


def test_two_figures_printed_alike_are_told_apart_by_their_value() -> None:
    readings = _readings("12 مليون درهم و12 مركزا")
    assert [passage(reading)[1] for reading in readings] == ["12 مليون درهم", "12 مركزا"]
    assert [reading.value for reading in readings] == [Decimal(12_000_000), 12]
