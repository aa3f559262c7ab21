"""A figure of a sentence beside what a table gives for it: whether they can be one, and the finding where they can't."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.place import Method
from pipeline.model.reading import Reading
from pipeline.validation.cards import card, say
from pipeline.validation.intervals import Interval, of
from pipeline.validation.prose.sheets import CELL, CHANGE, Given

#: Digits of a count among which two may have changed places.
_EXCHANGED = 3


def stands_for(reading: Reading) -> tuple[Interval | None, Interval | None]:
    """What a figure stands for, and what if it was cut off and not rounded, as shares that are worked out may be."""
    mine = of(reading)
    if mine is None or mine.low is None or mine.high is None:
        return mine, mine
    half = Fraction(reading.resolution) / 2
    return mine, Interval(mine.low - half, mine.high + half)


def meets(mine: tuple[Interval | None, Interval | None], given: Given) -> bool:
    """Whether a figure can be what a table gives; a share that was worked out may be cut off."""
    held = mine[given.key[0] != CELL]
    return held is None or held.meets(given.value)


def one_value(found: Sequence[Given]) -> bool:
    """Whether all that tables give is one value, give or take one."""
    return all(abs(middle(a.value) - middle(b.value)) <= 1 for a, b in combinations(found, 2))


def middle(value: Interval) -> Fraction:
    """The middle of a range."""
    ends = [end for end in (value.low, value.high) if end is not None]
    return sum(ends, Fraction(0)) / len(ends) if ends else Fraction(0)


def two_values(reading: Reading, given: Given, sure: bool) -> Finding:
    """The finding that a sentence and a table differ; ``sure`` where other figures of the sentence speak for it."""
    cell = given.cells[0]
    here, there = reading.locus.page, cell.locus.page
    label = cell.row_label.fr or cell.row_label.ar
    recognised = Method.OCR in (reading.locus.method, cell.locus.method)
    expected = cell.raw if given.key[0] == CELL else f"{say(middle(given.value), 1)} %"
    less = " − 1" if given.key[0] == CHANGE else ""
    told = expected if given.key[0] == CELL else f"{expected} = {given.cells[0].raw} ÷ {given.cells[1].raw}{less}"
    slips = sure and sorted(_digits(reading.raw)) == sorted(_digits(expected))
    return card(
        "DOC-01",
        "document",
        Severity.ERROR if slips and not recognised else Severity.WARNING,
        readings=[reading, *given.cells],
        expected=expected,
        observed=reading.raw,
        origin=Origin.EXTRACTION if recognised else Origin.SOURCE,
        ar=f"قيمتان للشيء نفسه: {reading.raw} في النص (ص {here}) و{told} في الجدول ({label}، ص {there})",
        fr=f"deux valeurs d'une même chose : {reading.raw} dans le texte (p. {here}), {told} au tableau ({label}, p. {there})",
        en=f"two values of one thing: {reading.raw} in the text (p. {here}), {told} in the table ({label}, p. {there})",
    )


def exchanged(reading: Reading, given: Given) -> bool:
    """Whether two digits of a count changed places: what says that a table of a page beside is meant."""
    cell = given.cells[0]
    mine, theirs = (str(one.value) for one in (reading, cell))
    plain = given.key[0] == CELL and len(mine) >= _EXCHANGED and mine != theirs
    return plain and len(mine) == len(theirs) and sorted(mine) == sorted(theirs)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
