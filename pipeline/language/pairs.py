"""Counts that a noun carries by itself: duals (مركزين), one and a half (ساعة ونصف), one (طفل واحد), the double (ضعف عدد …)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache

from pipeline.language import hedges
from pipeline.language.flat import Flat, flat_text
from pipeline.language.found import Found
from pipeline.language.lexicon import MONEY, table, words
from pipeline.language.number import Number
from pipeline.language.numberwords import Token
from pipeline.language.shares import share_behind
from pipeline.language.units import divides, unit_of

_CLITICS = ("", "و", "ب", "ل", "ف", "ك", "وب", "ول")
_PAIR, _ONE = Decimal(2), Decimal(1)


def pairs_of(text: str, flat: Flat, tokens: Sequence[Token], numbers: Sequence[Number]) -> list[Found]:
    """Every such count of a text outside the numbers already found, with its qualifier."""
    nouns = {number.last for number in numbers if not number.percent}
    inside = {i for number in numbers for i in range(number.first, number.last)}
    found = []
    i = 0
    while i < len(tokens):
        counted = _count_at(tokens, i) if i not in nouns and i not in inside else None
        if counted is None:
            i += 1
            continue
        value, unit, first, last = counted
        found.append(_found(text, flat, tokens, value, unit, first, last))
        i = max(last, i + 1)
    return found


def _count_at(tokens: Sequence[Token], i: int) -> tuple[Decimal, str, int, int] | None:
    """Value, unit (empty for a multiple) and token span of a count that begins at ``tokens[i]``."""
    word = tokens[i].text
    if not "\u0600" <= word[:1] <= "\u06ff":
        return None
    following = tokens[i + 1].text if i + 1 < len(tokens) else ""
    singular = dual_of(word)
    if singular is not None and not (_is_construct(word) and not following[:1].isalpha()):
        half = share_behind(tokens, i + 1) if divides(singular) else None
        if half is not None:
            return _PAIR + half[0], unit_of(singular), i, half[1]
        return _PAIR, unit_of(singular), i, i + 1 + (following in _second())
    if word in _singulars():
        if following in ("واحد", "واحده"):
            return _ONE, unit_of(word), i, i + 2
        half = share_behind(tokens, i + 1) if divides(word) else None
        if half is not None:
            return _ONE + half[0], unit_of(word), i, half[1]
    return _double(tokens, i, following)


def _double(tokens: Sequence[Token], i: int, following: str) -> tuple[Decimal, str, int, int] | None:
    listed = table("numberwords")["ar"]["double"]
    word = tokens[i].text
    if any(word == clitic + flat_text(w) for w in listed["of"] for clitic in _CLITICS):
        return (_PAIR, "", i, i + 1) if following in words("numberwords", "ar", "double", "whole") else None
    if word in words("numberwords", "ar", "double", "alone"):
        return _PAIR, "", i, i + 1
    return None


def _found(
    text: str, flat: Flat, tokens: Sequence[Token], value: Decimal, unit: str, first: int, last: int
) -> Found:
    hedge = hedges.before(tokens, first)
    number = flat.span(tokens[first].start, tokens[last - 1].end)
    start = flat.span(tokens[hedge[1] if hedge else first].start, tokens[first].end)[0]
    noun = flat.span(tokens[first].start, tokens[first].end)
    kind = "currency" if unit in MONEY else "unit" if unit in ("DURATION", "MEASURE") else "number"
    return Found(
        start=start,
        end=number[1],
        kind=kind,
        raw=text[slice(*number)],
        value=value,
        unit=unit or "NUMBER",
        unit_label=text[slice(*noun)] if unit else "",
        qualifier=hedge[0] if hedge else "exact",
        number_start=number[0],
        number_end=number[1],
        in_words=True,
        measure="level" if unit else "multiple",
        bare=not unit,
    )


@lru_cache(maxsize=65536)
def dual_of(word: str) -> str | None:
    """The singular of a flat dual of a noun that is counted (مركزين → مركز), ``None`` for any other word."""
    for clitic in _CLITICS:
        if word.startswith(clitic) and word[len(clitic) :] in _duals():
            return _duals()[word[len(clitic) :]]
    return None


@cache
def _singulars() -> frozenset[str]:
    return words("numberwords", "ar", "counted")


@cache
def _duals() -> dict[str, str]:
    """Dual → singular. Masculine constructs are left out: مركزي is an adjective more often than two centres."""
    found = {}
    for singular in _singulars():
        feminine = singular.endswith("ه")
        stem = singular[:-1] + "ت" if feminine else singular
        for ending in ("ان", "ين", *(("ا", "ي") if feminine else ())):
            found[stem + ending] = singular
    return found


def _is_construct(word: str) -> bool:
    return word.endswith(("تا", "تي"))


@cache
def _second() -> frozenset[str]:
    """«مركزين اثنين»: two, said again."""
    return frozenset(flat_text(w) for w in table("numberwords")["ar"]["units"]["2"])
