"""Counts that a noun carries by itself: duals (مركزين), one and a half (ساعة ونصف), one (طفل واحد, un dossier sur quatre),
the double (ضعف عدد …)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.language import hedges
from pipeline.language.flat import Flat, flat_text
from pipeline.language.found import Found
from pipeline.language.lexicon import table, unit_words, values, words
from pipeline.language.number import Number
from pipeline.language.numberwords import Token, has_article, is_number_word, read_definite
from pipeline.language.shares import share_behind
from pipeline.language.units import KINDS, divides, durations, is_currency, measures, unit_of

#: Nouns of so few letters are abbreviations: كم, سم.
_ABBREVIATION = 2
#: A feminine dual is longer than this.
_SHORT = 4
_CLITICS = ("", "و", "ب", "ل", "ف", "ك", "وب", "ول")
_ONES = ("واحد", "واحدا", "واحده")
_PAIR, _ONE = Decimal(2), Decimal(1)


class Count(NamedTuple):
    """A count over ``tokens[first:last]`` of the noun at ``noun``; no unit, no noun: how many times."""

    value: Decimal
    unit: str
    first: int
    last: int
    noun: int = -1


def pairs_of(text: str, flat: Flat, tokens: Sequence[Token], numbers: Sequence[Number]) -> list[Found]:
    """Every such count of a text outside the numbers already found, with its qualifier."""
    nouns = {number.last for number in numbers if not number.percent}
    inside = {i for number in numbers for i in range(number.first, number.last)}
    found = []
    i = 0
    while i < len(tokens):
        one = i + 1 in inside and tokens[i + 1].text in _ONES  # the number goes on: واحد وعشرين
        counted = _count_at(tokens, i) if not one and i not in nouns and i not in inside else None
        if counted is None:
            i += 1
            continue
        found.append(_found(text, flat, tokens, counted))
        i = max(counted.last, i + 1)
        if i < len(tokens) and dual_of(tokens[i].text):
            i += 1  # دورتان تكوينيتان: its adjective
    return found


def _count_at(tokens: Sequence[Token], i: int) -> Count | None:
    word = tokens[i].text
    following = tokens[i + 1].text if i + 1 < len(tokens) else ""
    if word in ("un", "une"):
        return _one_of(tokens, i)
    if not _may_count(word) and following not in (*_ONES, "ميويه"):
        return None
    if not "\u0600" <= word[:1] <= "\u06ff":
        return _times(tokens, i)
    singular = dual_of(word)
    if singular is not None and not (_is_construct(word) and not _governs(following)):
        return _dual(tokens, i, singular, following)
    if i and tokens[i - 1].text in words("identifiers", "words", "ages") and word.startswith("ال"):
        tens = values("numberwords", "ar", "tens").get(word[2:])
        if tens is not None:  # سن الستين
            return Count(Decimal(tens), "DURATION", i - 1, i + 1, noun=i - 1)
    definite = read_definite(tokens, i)
    if definite is not None:
        return Count(definite.value, unit_of(tokens[i - 1].text), i - 1, definite.last, noun=i - 1)
    second = tokens[i + 2].text if i + 2 < len(tokens) else ""
    if word.removeprefix("ب") == "نقطه" and following == "ميويه" and second in _ONES:
        return Count(_ONE, "PP", i, i + 3, noun=i)
    agrees = following != "واحدا" or word.endswith("ا")  # تجاربهم واحدا تلو الآخر
    if following in _ONES and agrees and _may_be_one(word, tokens[i - 1].text if i else ""):
        return Count(_ONE, unit_of(word), i, i + 2, noun=i)
    if divides(word) or word in _singulars():
        if is_currency(word) and any(_is_subunit(token.text) for token in tokens[i + 2 : i + 5]):
            return Count(_ONE, unit_of(word), i, i + 1, noun=i)  # درهم وعشرون سنتيما
        half = share_behind(tokens, i + 1) if divides(word) else None
        if half is not None:
            return Count(_ONE + half[0], unit_of(word), i, half[1], noun=i)
    return _double(tokens, i, following)


@lru_cache(maxsize=65536)
def _may_count(word: str) -> bool:
    """Whether such a count may begin with, or be about, a flat word; most words of a text are none."""
    return (
        dual_of(word) is not None
        or (word.startswith("ال") and is_number_word(word[2:]))
        or word in _singulars()
        or divides(word)
        or word in _doubles()
        or word in words("numberwords", "ar", "double", "alone")
        or word in values("numberwords", "fr", "multiples")
    )


def _may_be_one(word: str, before: str) -> bool:
    """Whether a noun before واحد is counted: مدرسة واحدة, but «في إطار واحد»."""
    bare = word.removeprefix("و")
    never = words("numberwords", "ar", "not_one") | words("identifiers", "words", "stop")
    if bare in never or bare[1:] in never or bare.startswith("ال") or not bare.isalpha():
        return False
    known = bare.endswith("ه") or divides(bare) or bare in _singulars() or bare in unit_words()
    return known or before not in words("numberwords", "ar", "not_one_behind")


def _is_subunit(word: str) -> bool:
    return unit_words().get(word, ("", 0))[1] < 0


def _one_of(tokens: Sequence[Token], i: int) -> Count | None:
    """«un dossier sur quatre», «un ménage tunisien sur dix»."""
    behind = [t.text for t in tokens[i + 1 : i + 5]]
    at = behind.index("sur") if "sur" in behind[1:3] else 0
    whole = behind[at + 1] if 0 < at < len(behind) - 1 else ""
    counted = all(word[:1].isalpha() for word in behind[:at]) and (whole.isdecimal() or is_number_word(whole))
    return Count(_ONE, unit_of(behind[0]) or "NUMBER", i, i + 1, noun=i + 1) if at and counted else None


def _times(tokens: Sequence[Token], i: int) -> Count | None:
    """«le double de», «au triple de»."""
    value = values("numberwords", "fr", "multiples").get(tokens[i].text)
    of = tokens[i + 1].text if i + 1 < len(tokens) else ""
    if (
        value is None
        or not i
        or tokens[i - 1].text not in ("le", "au", "du")
        or of not in ("de", "d", "du", "des")
    ):
        return None
    return Count(Decimal(value), "", i, i + 1)


def _governs(following: str) -> bool:
    """Whether what follows a construct is an indefinite noun (اتفاقيتي شراكة, but مهنتي في)."""
    return (
        following[:1].isalpha()
        and not has_article(following)
        and following not in words("identifiers", "words", "stop")
    )


def _dual(tokens: Sequence[Token], i: int, singular: str, following: str) -> Count:
    if singular == "نقطه" and following in words("identifiers", "words", "points_dual"):
        return Count(_PAIR, "PP", i, i + 2, noun=i)
    half = share_behind(tokens, i + 1) if divides(singular) else None
    if half is not None:
        return Count(_PAIR + half[0], unit_of(singular), i, half[1], noun=i)
    return Count(
        _PAIR,
        "" if singular in words("identifiers", "words", "multiples") else unit_of(singular),
        i,
        i + 1 + (following in _second()),
        noun=i,
    )


def _double(tokens: Sequence[Token], i: int, following: str) -> Count | None:
    word = tokens[i].text
    of_whole = word in _doubles() and following in words("numberwords", "ar", "double", "whole")
    alone = word in words("numberwords", "ar", "double", "alone")
    return Count(_PAIR, "", i, i + 1) if of_whole or alone else None


@cache
def _doubles() -> frozenset[str]:
    return frozenset(
        clitic + word for word in words("numberwords", "ar", "double", "of") for clitic in _CLITICS
    )


def _found(text: str, flat: Flat, tokens: Sequence[Token], counted: Count) -> Found:
    value, unit, first, last, noun = counted
    hedge = hedges.hedge_of(tokens, first)
    qualifier = hedges.qualifier_of(tokens, first, last, hedge)
    number = flat.span(tokens[first].start, tokens[last - 1].end)
    start = flat.span(tokens[hedge[1] if hedge else first].start, tokens[first].end)[0]
    label = ""
    if unit:
        clitic = _clitic(tokens[noun].text)
        label = text[slice(*flat.span(tokens[noun].start + clitic, tokens[noun].end))]
    return Found(
        start=start,
        end=number[1],
        kind=KINDS.get(unit, "number"),
        raw=text[slice(*number)],
        value=value,
        unit=unit or "NUMBER",
        unit_label=label,
        qualifier=qualifier,
        number_start=number[0],
        number_end=number[1],
        in_words=True,
        measure="level" if unit else "multiple",
        bare=not unit,
    )


def _clitic(word: str) -> int:
    """Letters of the proclitic before a known noun or dual."""
    known = (_duals(), _singulars(), unit_words())
    return next(
        (
            len(clitic)
            for clitic in _CLITICS
            if word.startswith(clitic) and any(word[len(clitic) :] in k for k in known)
        ),
        0,
    )


@lru_cache(maxsize=65536)
def dual_of(word: str) -> str | None:
    """The singular of a flat dual that counts two of a thing (مركزين → مركز), ``None`` for any other word."""
    bare = [word[len(clitic) :] for clitic in _CLITICS if word.startswith(clitic)]
    known = next((_duals()[form] for form in bare if form in _duals()), None)
    if known is None and word.endswith(("تا", "تي")):  # اتفاقيتي شراكة, سيارتي إسعاف
        known = next((form[:-2] + "ه" for form in bare if form[:-2] + "ه" in unit_words()), None)
    if known is not None or len(word) <= _SHORT or not word.endswith(("تان", "تين", "تي")):
        return known
    if word.endswith("تي") and (word.endswith("اتي") or len(word) <= _SHORT + 1):
        return None
    none = words("numberwords", "ar", "no_dual")
    if any(form in none or form in unit_words() or is_number_word(form) for form in bare):
        return None
    return (
        None
        if any(form.startswith(("ال", "لل")) for form in bare)
        else word.removesuffix("تي").removesuffix("تان").removesuffix("تين") + "ه"
    )


@cache
def _singulars() -> frozenset[str]:
    return words("numberwords", "ar", "counted") | durations() | measures()


@cache
def _duals() -> dict[str, str]:
    """Dual → singular. Masculine constructs are left out: مركزي is an adjective more often than two centres."""
    found = {}
    for singular in (s for s in _singulars() if len(s) > _ABBREVIATION):
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
