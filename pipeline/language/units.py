"""Which unit a flat noun stands for: people, money, durations, measures, things."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from pipeline.language.lexicon import MONEY, unit_words, words

#: Unit → kind of a quantity; all others are counts.
KINDS = dict.fromkeys(MONEY, "currency") | {"DURATION": "unit", "MEASURE": "unit", "PP": "percent"}
#: Units that have halves.
DIVIDED = ("DURATION", "MEASURE", *MONEY)

#: Signs of currencies that may stand before the amount.
SIGNS = ("$", "€", "£")


@cache
def durations() -> frozenset[str]:
    """Flat words for lengths of time."""
    return words("identifiers", "durations", "ar") | words("identifiers", "durations", "fr")


@cache
def measures() -> frozenset[str]:
    """Flat words for what is measured: lengths, areas, weights, temperatures."""
    return words("identifiers", "measures", "ar") | words("identifiers", "measures", "fr")


@cache
def _forms(word: str) -> tuple[str, ...]:
    bare = word.removeprefix("ال")
    return (word, word.removesuffix("ا"), bare, bare.removesuffix("ا"))


def unit_of(word: str) -> str:
    """Unit code of a flat noun: PS, a currency, DURATION, MEASURE or NUMBER."""
    known = unit_words()
    for form in _forms(word):
        if form in durations():
            return "DURATION"
        if form in measures():
            return "MEASURE"
        if form in known and known[form][0]:
            return known[form][0] if known[form][0] != "PT" else "NUMBER"
    return "NUMBER"


def is_currency(word: str) -> bool:
    """Whether a flat word names a currency or a part of one."""
    unit = unit_words().get(word)
    return unit is not None and unit[0] in MONEY


def divides(word: str) -> bool:
    """Whether a noun has halves: durations, measures and money, but not people."""
    return unit_of(word) in DIVIDED


def money_scale(word: str) -> Decimal | None:
    """Scale of a unit word that names money and a scale at once (MDH, KDH, centime)."""
    unit = unit_words().get(word)
    if unit is None or unit[0] not in MONEY or not unit[1]:
        return None
    return Decimal(10) ** unit[1]
