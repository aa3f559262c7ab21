"""Numbers written in words, Arabic and French, found among the tokens of a flat text.

Arabic: units, tens and hundreds fill the three places of a group in any order, joined by و; a scale word
closes the group and multiplies it; groups descend. A second unit after a unit starts a list, not a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table, values

_PARTICLES = ("", "ب", "ل", "ف", "ك")
_TEN = 10


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a digit string of a flat text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words over ``tokens[first:last]``; ``single`` tells that it is one bare unit word."""

    value: Decimal
    first: int
    last: int
    single: bool


@cache
def _arabic() -> dict[str, tuple[str, int]]:
    """Flat word → class (u, t, h, s, d) and value."""
    found: dict[str, tuple[str, int]] = {}
    for key, mark in (("units", "u"), ("tens", "t"), ("hundreds", "h"), ("scales", "s"), ("duals", "d")):
        for word, value in values("numberwords", "ar", key).items():
            found[word] = (mark, value)
    return found


@cache
def _french() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for key, mark in (("units", "u"), ("hundreds", "h"), ("scales", "s")):
        for word, value in values("numberwords", "fr", key).items():
            found[word] = (mark, value)
    return found


@cache
def fractions() -> dict[str, Decimal]:
    """Flat fraction words (نصف, ربع) and what they stand for."""
    held = table("numberwords")["ar"]["fractions"]
    return {flat_text(word): Decimal(value) for value, listed in held.items() for word in listed}


@cache
def shares() -> dict[str, Decimal]:
    """Flat words that name a share of a whole by themselves (ثلث, moitié) and what they stand for."""
    halves = values("numberwords", "shares")
    return {
        word: Decimal(2 if "ثلثا" in word or "ثلثي" in word else 1) / part for word, part in halves.items()
    }


@cache
def numerators() -> dict[str, int]:
    """Flat number words below ten, of both languages, that may stand before the parts of a whole."""
    both = {**values("numberwords", "ar", "units"), **values("numberwords", "fr", "units")}
    return {word: value for word, value in both.items() if 0 < value < _TEN}


@cache
def scales() -> dict[str, int]:
    """Flat scale words of both languages and their values."""
    arabic = {**values("numberwords", "ar", "scales")}
    return {**arabic, **values("numberwords", "fr", "scales")}


@cache
def dual_scales() -> dict[str, int]:
    """Flat duals of the scale words (ألفين, مليوني) and their values."""
    return values("numberwords", "ar", "duals")


@cache
def ordinals() -> dict[str, int]:
    """Flat ordinals of both languages, of one or two words."""
    return {**values("numberwords", "ar", "ordinals"), **values("numberwords", "fr", "ordinals")}


def is_number_word(word: str) -> bool:
    """Whether a flat word is a number word of either language, و before it or not."""
    return word in _arabic() or has_waw(word) or word in _french()


def classify(word: str, *, first: bool, joined: bool) -> tuple[str, int] | None:
    """Class and value of an Arabic number word without its particles.

    Args:
        word: a flat token.
        first: the number would begin here, so that ب ل ف ك may stand before it.
        joined: a و was written apart before the token.
    """
    words = _arabic()
    if word in words:
        return words[word]
    if word.startswith("و") and len(word) > 2 and word[1:] in words and not joined:
        return words[word[1:]]
    if first:
        for head in ("", "و"):
            for particle in _PARTICLES[1:]:
                start = head + particle
                if word.startswith(start) and word[len(start) :] in words and len(word) - len(start) > 2:
                    return words[word[len(start) :]]
    return None


def has_waw(word: str) -> bool:
    """Whether a flat token is a number word with و glued before it."""
    return word not in _arabic() and word.startswith("و") and word[1:] in _arabic()


def read_arabic(tokens: Sequence[Token], at: int, tanwin: frozenset[int] = frozenset()) -> Spelled | None:
    """The number in Arabic words that begins at ``tokens[at]``, or ``None``.

    Args:
        tokens: tokens of the flat text.
        at: where to begin.
        tanwin: starts of tokens printed with tanwin (ألفًا is 1 000; ألفا before a noun is 2 000).
    """
    total = group = 0
    places: set[str] = set()
    ceiling = 10**15
    i, count, scaled_last = at, 0, False
    while i < len(tokens):
        joined = tokens[i].text == "و" and count > 0
        j = i + 1 if joined else i
        if j >= len(tokens):
            break
        found = classify(tokens[j].text, first=count == 0, joined=joined)
        if found is None:
            break
        mark, value = found
        waw = joined or has_waw(tokens[j].text)
        if mark == "u" and value == _TEN and "u" in places and not waw and group % _TEN and "t" not in places:
            group += _TEN  # ثلاثة عشر
            places.add("t")
        elif mark in "ut":
            place = "t" if mark == "t" or value == _TEN else "u"
            if (count and not waw) or not _adds(value, place, places, group):
                break
            group += value
            places.add(place)
        elif mark == "h":
            if value == 100 and "u" in places and not waw and "h" not in places and "t" not in places:
                group *= 100  # ثلاث مائة
                places = {"h"}
            elif "h" in places or (count and not waw):
                break
            else:
                group += value
                places.add("h")
        elif mark == "s":
            if value >= ceiling or (count and not group and not waw):
                break
            dual = group == 0 and tokens[j].text.endswith("ا") and tokens[j].start not in tanwin
            if group and waw and group < value:  # سبعة وتسعين وتسعمائة وألف: the smaller part was said first
                total += group + value
            else:
                total += value * (group or (2 if dual else 1))
            group, places, ceiling = 0, set(), value
        else:
            if value >= ceiling or (group and not waw) or group or (count and not waw):
                break
            total += value
            ceiling, places = value // 2, set()
        scaled_last = mark in "sd"
        count += 1
        i = j + 1
    if not count:
        return None
    single = count == 1 and not scaled_last
    return Spelled(Decimal(total + group), at, i, single)


def _adds(value: int, place: str, places: set[str], group: int) -> bool:
    """Whether a unit or ten may be added: one of each, and ten beside no other ten (عشرة وعشرون are two numbers)."""
    if place in places or (value == _TEN and "t" in places):
        return False
    return not (place == "t" and group % 100 == _TEN)


def read_french(tokens: Sequence[Token], at: int) -> Spelled | None:
    """The number in French words that begins at ``tokens[at]``, or ``None``; hyphens part tokens."""
    words = _french()
    total = group = 0
    i, count, last_end = at, 0, at
    previous = 0
    while i < len(tokens):
        if count:
            i = _past_link(tokens, i, words)
        if i >= len(tokens):
            break
        found = words.get(tokens[i].text)
        if found is None:
            break
        mark, value = found
        if mark == "u":
            if value == 20 and previous == 4:
                group += 76
            elif count and not _follows(group, value, previous):
                break
            else:
                group += value
        elif mark == "h":
            if group >= 20:  # onze cents is 1100, vingt cents is none
                break
            group = max(group, 1) * 100
        else:
            if total and value >= 10 ** (len(str(total)) - 1):
                break
            total += max(group, 1) * value
            group = 0
        previous = value
        count += 1
        i += 1
        last_end = i
    if not count:
        return None
    return Spelled(Decimal(total + group), at, last_end, count == 1 and total == 0)


def _past_link(tokens: Sequence[Token], i: int, words: dict[str, tuple[str, int]]) -> int:
    """Index behind the hyphens and «et» that link two number words (vingt-et-un), else ``i``."""
    j = i
    if tokens[j].text == "-":
        j += 1
    if j < len(tokens) and tokens[j].text == "et":
        j += 1
        if j < len(tokens) and tokens[j].text == "-":
            j += 1
        linked = j < len(tokens) and words.get(tokens[j].text, ("", 0))[1] in (1, 11)
    else:
        linked = j > i and j < len(tokens) and tokens[j].text in words and tokens[i].end == tokens[j].start
    return j if linked else i


def _follows(group: int, value: int, previous: int) -> bool:
    """Whether a French unit may be added to what stands before it."""
    rest = group % 100
    if rest == 0 or previous >= 100:
        return True
    if value < 10:
        return rest % 10 == 0 and (rest >= 20 or rest == 10)
    return (10 < value < 20 and rest in (60, 80)) or (value == 10 and rest in (60, 80))
