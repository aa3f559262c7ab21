"""The noun that a number counts: behind it, shared with the next, announced before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.language import hedges
from pipeline.language.flat import Flat, flat_text
from pipeline.language.lexicon import MONEY, unit_words, words
from pipeline.language.number import Number
from pipeline.language.numberwords import Token, is_number_word
from pipeline.language.parallels import behind_preposition
from pipeline.language.units import SIGNS, is_currency, unit_of

#: Codes of currencies that may stand before the amount.
_CODES = ("mad", "usd", "eur")
#: Four digits that count nothing are a year of these.
_OLDEST, _LATEST = 1950, 2050
#: Up to this an Arabic number has its noun in the genitive; how French participles end.
_TEN, _PAST = 10, ("é", "ée", "és", "ées")
_WHOLES = ("اصل", "بين", "كل", "مجموع")
#: Words before a number among which the count that it gives is announced.
_REACH = 20
#: French verbs that make a count of their subject, and words between them and its article.
_BE, _NEAR = ("sont", "etaient", "seront"), 8
_SOME = ("de", "d", "des")
#: Between a part and its whole.
_OF = (["من", "اصل"], ["من", "كل"])
#: Words that tell what the noun of a part is like, before «من أصل».
_TOLD = 4
#: Words up to «sur» behind the noun of a part, «sur» among them.
_ADJECTIVE = 2


class Noun(NamedTuple):
    """A counted noun over ``tokens[first:last]``, its unit code and its label as printed; no label, no noun."""

    first: int
    last: int
    unit: str = ""
    label: str = ""


def nouns_of(text: str, flat: Flat, tokens: Sequence[Token], numbers: Sequence[Number]) -> list[Noun]:
    """The noun that each number counts, each step in one pass."""
    own: list[Noun | None] = [None] * len(numbers)
    for i in range(len(numbers) - 1, -1, -1):
        own[i] = (
            _told(tokens, numbers[i])
            or _one_of(text, flat, tokens, numbers[i])
            or _behind(text, flat, tokens, numbers[i])
        )
        if own[i] is None and i + 1 < len(numbers):
            own[i] = _shared(tokens, numbers[i], numbers[i + 1], own[i + 1])
    nouns: list[Noun] = []
    for i, number in enumerate(numbers):
        nouns.append(
            own[i]
            or (_compared(tokens, number, nouns[i - 1]) if i else None)
            or (_reached(tokens, numbers[i - 1], number, nouns[i - 1]) if i else None)
            or (_out_of(tokens, numbers[i - 1], number, nouns[i - 1]) if i else None)
            or _before(text, flat, tokens, number)
            or _aged(text, flat, tokens, number)
            or _announced(text, flat, tokens, number)
            or _subject(text, flat, tokens, number)
            or _beside_subject(text, flat, tokens, numbers[: i + 1])
            or Noun(number.last, number.last)
        )
    return nouns


def _told(tokens: Sequence[Token], number: Number) -> Noun | None:
    """A noun that the number says itself: a share of no noun, MDH, a sign or code of a currency before it."""
    if number.fraction:
        return Noun(number.last, number.last)
    if number.currency:
        unit = unit_words()[number.currency][0]
        return Noun(number.last - 1, number.last, unit, number.currency.upper())
    sign = tokens[number.first - 1] if number.first else None
    if sign is not None and (
        (sign.text in SIGNS and sign.end == tokens[number.first].start) or sign.text in _CODES
    ):
        return Noun(number.last, number.last, unit_of(sign.text), sign.text.upper())
    return None


def _one_of(text: str, flat: Flat, tokens: Sequence[Token], number: Number) -> Noun | None:
    """«une attestation sur trois concerne un enfant»: three attestations."""
    for at in (number.first - 3, number.first - 4):  # un ménage tunisien sur dix
        words_before = [t.text for t in tokens[max(at, 0) : number.first]] if at >= 0 else [""]
        if words_before[0] in ("un", "une") and words_before[-1] == "sur" and words_before[1][:1].isalpha():
            return noun_at(text, flat, tokens, at + 1, at + 2)._replace(first=number.last, last=number.last)
    return None


def _behind(text: str, flat: Flat, tokens: Sequence[Token], number: Number) -> Noun | None:
    at = number.last
    if _dates(tokens, number):
        return None
    stop = words("identifiers", "words", "stop")
    if at + 1 < len(tokens) and tokens[at].text in _BE and tokens[at + 1].text in _SOME:
        at += 1  # parmi les élèves, 1 800 sont des filles
    if at < len(tokens) and tokens[at].text in ("من", *_SOME) and not number.percent:
        at += 1
        if at < len(tokens) and tokens[at].text == "'":
            at += 1
    if at >= len(tokens):
        return None
    if (
        at + 1 < len(tokens)
        and tokens[at].text in words("identifiers", "words", "between")
        and tokens[at + 1].text[:1].isalpha()
    ):
        at += 1  # les trois dernières années
    word = tokens[at].text
    elided = at + 1 < len(tokens) and tokens[at + 1].text == "'" and len(word) < 3  # s'impose
    # A percent sign that is not this number's is that of the next one.
    a_noun = not elided and (word[:1].isalpha() or word in unit_words()) and word not in stop and word != "%"
    if hedges.after(tokens, at) is not None or hedges.opens(word.removeprefix("و")):
        return None  # 800 تقريبا, 80 وأصغر من 120
    if behind_preposition(word) and word not in unit_words() and not number.percent:
        return None  # 45 مركزا بالوسط الحضري و30 بالوسط القروي
    if not a_noun or _is_joined(word) or is_number_word(word) or _cues_year(tokens, at):
        return None
    printed = text[slice(*flat.span(tokens[at].start, tokens[at].end))]
    if looks_like_year(tokens, number) and not _counted_by(int(number.value), word, printed):
        return None
    if at > number.last and word in _WHOLES:
        return None  # 5 من أصل 12 مركزا
    if len(word) == 1 and text[slice(*flat.span(tokens[at].start, tokens[at].end))].isupper():
        return None  # 2M, 5G: names
    last = at + 1
    if last < len(tokens) and tokens[last].text.startswith("و") and _same_root(tokens[last].text[1:], word):
        last += 1  # مستفيدة ومستفيد
    return noun_at(text, flat, tokens, at, last)


def _counted_by(number: int, word: str, printed: str) -> bool:
    """Whether a word behind four digits that may be a year is what they count: «2023 مستفيدا», but «حصيلة 2023 المقدمة».

    A counted noun is indefinite: in Arabic singular and in the accusative from eleven to ninety-nine, in French plural.
    """
    if word.startswith(("ال", "لل")):
        return False
    if word in unit_words() or unit_of(word) != "NUMBER":
        return True
    if "\u0600" <= word[0] <= "\u06ff":
        return word[0] != "و" and (word.endswith(("ا", "ه")) or number % 100 <= _TEN)
    past = printed.endswith(_PAST) or word in words("identifiers", "words", "past")
    return word.endswith(("s", "x")) and not past


def noun_at(text: str, flat: Flat, tokens: Sequence[Token], first: int, last: int) -> Noun:
    """The noun over ``tokens[first:last]``, its unit that of its first word."""
    start, end = flat.span(tokens[first].start, tokens[last - 1].end)
    return Noun(first, last, unit_of(tokens[first].text), text[start:end])


def _dates(tokens: Sequence[Token], number: Number) -> bool:
    """Whether four digits date the noun before them, alone or joined to another year («les chiffres 2017 et 2018»)."""
    at = number.first - 1
    if not looks_like_year(tokens, number) or at < 0:
        return False
    if at > 1 and tokens[at].text in ("et", "و") and tokens[at - 1].text.isdecimal():
        at -= 2
    return tokens[at].text in words("identifiers", "words", "dated")


def _cues_year(tokens: Sequence[Token], at: int) -> bool:
    """Whether سنة stands before a year that it announces («26283 سنة 2023»), not behind its number."""
    announces = tokens[at].text in words("calendar", "cues", "annual")
    return announces and at + 1 < len(tokens) and not tokens[at + 1].text


def _is_joined(word: str) -> bool:
    """Whether a word is a verb or clause joined by و rather than a noun («2022 ورفع»)."""
    return (
        word.startswith("و")
        and word not in unit_words()
        and len(word) > 3
        and word[1:] not in unit_words()
        and word[1:3] == "ال"
    )


def _same_root(word: str, other: str) -> bool:
    size = min(len(word), len(other))
    return size >= 4 and word[: size - 1] == other[: size - 1]


def looks_like_year(tokens: Sequence[Token], number: Number) -> bool:
    """Whether four digits may be a year («التقرير السنوي 2023»)."""
    printed = tokens[number.first].text
    one = number.last == number.first + 1 and number.high is None and printed.isdecimal()
    return one and len(printed) == len("2023") and _OLDEST <= number.value <= _LATEST


def _shared(tokens: Sequence[Token], number: Number, following: Number, noun: Noun | None) -> Noun | None:
    """«12 و15 مركزا», «28 des 112 postes»: a number takes the noun of the number joined to it, or of that it is part of."""
    if number.percent or following.percent or noun is None or not noun.label:
        return None
    middle = [t.text for t in tokens[number.last : following.first]]
    if middle in (["،"], [","]) and looks_like_year(tokens, number):
        return None  # en 2023, 4 500 emplois
    if middle == ["des"] and (looks_like_year(tokens, number) or number.value > following.value):
        return None  # fixé en 2023 des 45 projets
    glued = not middle and following.in_words and tokens[following.first].text.startswith("و")
    return Noun(number.last, number.last, noun.unit, noun.label) if glued or middle in _LINKS else None


_LINKS = (
    ["a"],
    ["الي"],
    ["من", "اصل"],
    ["من", "بين"],
    ["من", "كل"],
    ["sur"],
    ["des"],
    ["و"],
    ["et"],
    ["،"],
    [","],
    ["او"],
    ["ou"],
)


def _compared(tokens: Sequence[Token], number: Number, noun: Noun) -> Noun | None:
    """«21 760 enfants … contre 17 240 en 2021»: the compared number counts what the one before counts."""
    before = [token.text for token in tokens[max(number.first - 3, 0) : number.first]]
    compared = bool(before) and (before[-1] in words("identifiers", "words", "compared") or before == ["au", "lieu", "de"])
    if not compared or number.percent or not noun.label or noun.unit in MONEY:
        return None  # of a sum it may be as many millions
    return Noun(number.last, number.last, noun.unit, noun.label)


def _reached(tokens: Sequence[Token], left: Number, number: Number, noun: Noun) -> Noun | None:
    """«est passé de 11 450 à 14 236»: the level reached counts what the level left does."""
    middle = [t.text for t in tokens[left.last : number.first]]
    if number.percent or left.percent or not noun.label or noun.unit in MONEY or middle not in (["a"], ["الي"]):
        return None
    return Noun(number.last, number.last, noun.unit, noun.label)


def _out_of(tokens: Sequence[Token], part: Number, number: Number, noun: Noun) -> Noun | None:
    """«Neuf marchés publics sur dix», «31 دارا للطالب من أصل 77»: the whole counts what its part does."""
    behind = noun.label and noun.first >= part.last and number.value >= part.value and not part.percent
    middle = [t.text for t in tokens[noun.last : number.first]] if behind and not number.percent else []
    told = (middle[-1:] == ["sur"] and len(middle) <= _ADJECTIVE) or middle in _OF
    if middle[-2:] == _OF[0] and len(middle) <= _TOLD + len(_OF[0]):
        told = all(word.isalpha() for word in middle)
    return Noun(number.last, number.last, noun.unit, noun.label) if told else None


def _before(text: str, flat: Flat, tokens: Sequence[Token], number: Number) -> Noun | None:
    """«يورو 5»: a currency before its amount, where it belongs to no amount before it."""
    at = number.first - 1
    if at < 0 or number.percent or looks_like_year(tokens, number) or not is_currency(tokens[at].text):
        return None
    before = tokens[at - 1].text if at else ""
    if before[:1].isdigit() or is_number_word(before):
        return None
    noun = noun_at(text, flat, tokens, at, at + 1)
    return noun._replace(first=number.last, last=number.last)


def _aged(text: str, flat: Flat, tokens: Sequence[Token], number: Number) -> Noun | None:
    """«سن 15»: years of life."""
    at = number.first - 1
    if at < 0 or number.percent or tokens[at].text not in words("identifiers", "words", "ages"):
        return None
    start, end = flat.span(tokens[at].start, tokens[at].end)
    return Noun(number.last, number.last, "DURATION", text[start:end])


def _announced(text: str, flat: Flat, tokens: Sequence[Token], number: Number) -> Noun | None:
    """«بلغ عدد المستفيدين 26283»: a count announced before its number."""
    count = words("identifiers", "words", "count")
    for at in range(number.first - 1, max(number.first - _REACH, -1), -1):
        word = tokens[at].text
        if not word and at and (_cues_year(tokens, at - 1) or tokens[at - 1].text == "en"):
            continue  # the year of the count: «بلغ عدد المستفيدين سنة 2021 ما مجموعه …»
        if word in (".", "؛", ";", "", "،", ",") or word[:1].isdigit():
            return None
        if word in count or word.lstrip("وبل") in count or _stands_for_count(tokens, at):
            noun = at + 1
            while noun < number.first and tokens[noun].text in ("de", "d", "des", "'", "total", "الاجمالي"):
                noun += 1
            a_noun = tokens[noun].text[:1].isalpha() and tokens[noun].text not in words(
                "identifiers", "words", "stop"
            )
            if noun < number.first and a_noun:
                start, end = flat.span(tokens[noun].start, tokens[noun].end)
                return Noun(number.last, number.last, unit_of(tokens[noun].text), text[start:end])
            return None
    return None


def _stands_for_count(tokens: Sequence[Token], at: int) -> bool:
    """«le nombre de … est passé de 78 à 82 et celui des pensionnaires …»."""
    if tokens[at].text not in words("identifiers", "words", "elliptic"):
        return False
    count = words("identifiers", "words", "count")
    return any(token.text in count for token in tokens[max(at - 2 * _REACH, 0) : at])


def _subject(text: str, flat: Flat, tokens: Sequence[Token], number: Number) -> Noun | None:
    """«Les associations partenaires sont désormais 1 502»: the subject is what is counted."""
    at = number.first - 1
    at -= at > 0 and tokens[at].text in words("identifiers", "words", "now")
    if number.percent or at < 1 or tokens[at].text not in _BE:
        return None
    for noun in range(at - 1, max(at - _NEAR, 0), -1):
        if tokens[noun - 1].text in ("les", "ces"):
            return noun_at(text, flat, tokens, noun, noun + 1)._replace(first=number.last, last=number.last)
    return None


def _beside_subject(text: str, flat: Flat, tokens: Sequence[Token], numbers: Sequence[Number]) -> Noun | None:
    """«Les garçons sont 20 017 et les filles 12 974»: a second subject of one verb."""
    if len(numbers) < 2 or numbers[-1].percent:
        return None
    left, number = numbers[-2:]
    middle = [t.text for t in tokens[left.last : number.first]]
    if len(middle) != 3 or middle[0] not in ("et", ",") or middle[1] not in ("les", "ces"):
        return None
    if not (_subject(text, flat, tokens, left) or _beside_subject(text, flat, tokens, numbers[:-1])):
        return None
    noun = noun_at(text, flat, tokens, number.first - 1, number.first)
    return noun._replace(first=number.last, last=number.last)


def times_as_much(tokens: Sequence[Token], number: Number, noun: Noun) -> bool:
    """Whether a noun says how many times as much («4 fois plus»), and not how often («s'est réunie 73 fois»)."""
    label = flat_text(noun.label)
    if label not in words("identifiers", "words", "multiples"):
        return False
    behind = tokens[noun.last].text if noun.last < len(tokens) else "."
    before = [t.text for t in tokens[max(number.first - _NEAR, 0) : number.first]]
    often = label in words("identifiers", "words", "often") and not number.in_words
    happened = behind in words("identifiers", "words", "occasions") or not behind
    return not (often and happened and words("identifiers", "words", "multiplied").isdisjoint(before))
