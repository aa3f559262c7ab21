"""Numbers that print no noun because their sentence goes on as it began.

«350 femmes en 2019, 420 en 2020», «45 مركزا بالوسط الحضري و30 بالوسط القروي», «14 unités : 8 à Casablanca, 6 à Rabat».
"""

from __future__ import annotations

from decimal import Decimal

import regex

from pipeline.language.flat import flat_text
from pipeline.language.found import Found
from pipeline.language.lexicon import unit_words, values, words
from pipeline.language.numberwords import scales

_WORD = r"(?:(?:19|20)\d\d|[^\s\d.؛;:!?؟]+)"
#: What joins the second of two like phrases, which hold no numbers but years: «en 2019, puis 420 en 2020».
_JOINED = regex.compile(
    rf"\s*({_WORD}(?:\s+{_WORD}){{0,7}}?)\s*(?:[,،]|\b(?:et|puis|contre|à)\b|(?<!\p{{L}})(?:و|ثم|مقابل|إلى))+\s*"
)
#: What stands between a whole and the first of its parts.
_OPENED = regex.compile(r"[^.؟!?؛;:\d]{0,60}[:(]\s*")
#: So many letters stand at most between two numbers of which one goes on as the other; keeps long texts cheap.
FAR = 120
#: Letters looked at behind a number.
_NEAR = 24
#: Two sums of one kind differ by less than so many times.
_ALIKE = 100


def goes_on(text: str, left: Found, one: Found) -> bool:
    """Whether a number stands in the sentence as the one before it does, or is the first part of it behind a colon."""
    if one.start - left.end > FAR:
        return False
    between = text[left.end : one.start]
    behind = _place(text[one.number_end : one.number_end + _NEAR])
    if not behind:
        return False
    joined = _JOINED.fullmatch(between)
    if joined:
        return any(_place(word) == behind for word in joined.group(1).split())
    part = left.value is not None and one.value is not None and one.value <= left.value
    return part and (_OPENED.fullmatch(between) is not None or _splits(between))


def _splits(between: str) -> bool:
    """Whether what stands between a whole and a number says that the whole is split: «1 250 تلميذا موزعين بين 700 بالوسط …»."""
    told = flat_text(between).split()
    split = {word.strip("،,").removeprefix("و") for word in told[:-1]}
    joins = bool(told) and told[-1] in words("identifiers", "words", "split_into")
    return joins and not split.isdisjoint(words("identifiers", "words", "split"))


def _place(text: str) -> str:
    """Which kind of place, time or purpose a text begins with; an Arabic «بال…» or «لل…» is one of its own."""
    told = flat_text(text).split()
    first = next((word for word in told if word not in words("identifiers", "words", "of_these")), "")
    return first[:1] if behind_preposition(first) else str(values("identifiers", "places").get(first, ""))


def behind_preposition(word: str) -> bool:
    """Whether a flat word is a preposition and a noun with its article: «بالوسط», «للنساء»."""
    return word.startswith(("بال", "لل")) and word not in words("identifiers", "words", "bal_words")


def tells_scale(found: Found) -> bool:
    """Whether a sum is printed with words of its own, and not in those of the one before it."""
    return any(c.isalpha() for c in found.raw) or found.end > found.number_end


def sum_like(last: Found, said: Found, one: Found) -> Found | None:
    """A bare number as a sum like the last one, in the scale last said where that makes them comparable.

    «5 MDH en 2019, 6,5 en 2020» are six and a half millions; «5 MDH en 2019, 6 500 000 en 2020» are what they say.
    """
    if not last.value or not one.value:
        return None
    for scale in dict.fromkeys((_scale(said), Decimal(1))):
        value = one.value * scale
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
        if last.value / _ALIKE < value < last.value * _ALIKE:
            return one._replace(
                kind=last.kind,
                value=value,
                resolution=one.resolution * scale,
                unit=last.unit,
                unit_label=last.unit_label,
                bare=False,
            )
    return None


def _scale(found: Found) -> Decimal:
    """By how much the words of a sum multiply its digits: a million for «5 ملايين», «5 MDH»."""
    scale = Decimal(1)
    for word in flat_text(found.raw).split():
        scale *= scales().get(word) or 10 ** unit_words().get(word, ("", 0))[1]
    return scale
