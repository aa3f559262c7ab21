"""Figures that are no levels: what something grew by, what shall be by a later year, so many of ten.

«À l'horizon 2026, l'objectif est de porter à 40 000 le nombre …», «Neuf marchés publics sur dix», «un dossier sur quatre».
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

import regex

from pipeline.language.flat import flat_text
from pipeline.language.found import Found
from pipeline.language.lexicon import words
from pipeline.language.number import Number
from pipeline.language.numberwords import Token

_SENTENCE_END = regex.compile(r"[.؟!?؛;](?:\s|$)")
_COMMA = regex.compile(r"[,،]\s")
#: Words around a percent among which are those that say what it measures, and what ends a clause.
_AROUND, _STOPS = 6, (".", "؛", ";")
_FROM = ("من", "de")
_COUNTED = ("number", "percent", "currency")
#: What stands between so many and so many, the noun and an adjective among it.
_OUT_OF = regex.compile(r"\s+(?:\p{L}+\s+){0,2}(?:sur|من أصل|من كل)\s+")
#: Of so many, with a noun alone for the part: «امرأة من كل خمس نساء».
_OF_EVERY = regex.compile(r"(?:^|\s)من كل\s+$")
#: Letters before a number in which that stands.
_REACH = 10
#: A part of so many is a rate, a part of more is a count.
_MOST = 10


def measure_of(tokens: Sequence[Token], number: Number, first: int, noun_last: int) -> str:
    """What a figure measures by the words around it: ``level``, ``growth_rate``, ``rate`` (per something).

    Args:
        tokens: the words of the text.
        number: the figure.
        first: where it begins, its qualifier included.
        noun_last: where the noun behind it ends.
    """
    behind = [t.text for t in tokens[noun_last : noun_last + _AROUND]]
    before = [t.text for t in tokens[max(first - 2, 0) : number.first]]
    if not number.percent and _is_mean(before, behind):
        return "rate"
    shared = not words("identifiers", "words", "each").isdisjoint(behind)
    if not (number.percent or shared):
        return "level"
    near = [t.text for t in tokens[max(number.first - _AROUND, 0) : number.first]]
    for stop in _STOPS:
        if stop in near:
            near = near[len(near) - near[::-1].index(stop) :]
    if number.percent and _grew(near, before, min(first, 2)) and not _left(tokens, number, first):
        return "growth_rate"
    return "rate" if shared and not _single_words("rate").isdisjoint(near) else "level"


def _is_mean(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether a figure is a mean, though it is not said of what: «بمعدل 24 حصة في الشهر», «310 DH en moyenne»."""
    right, left = (words("identifiers", "words", key) for key in ("mean_of", "mean_behind"))
    return not right.isdisjoint(before) or any(f"{a} {b}" in left for a, b in itertools.pairwise(behind[:3]))


def _grew(near: Sequence[str], before: Sequence[str], at: int) -> bool:
    """Whether words before a percent say that something grew by it, and not to it («ارتفعت نسبة الإنجاز إلى 93%»).

    ``before`` are ``at`` words and the qualifier behind them.
    """
    right, reach = (before[at - 1] if at else ""), (before[at - 2] if at > 1 else "")
    close = before[max(at - 1, 0) :]
    if not words("identifiers", "words", "reached").isdisjoint(close):
        return False
    if right in words("identifiers", "words", "to") and reach not in words("identifiers", "words", "as_far_as"):
        return False
    plain = {word.lstrip("وب") for word in near}
    if not plain.isdisjoint(words("identifiers", "words", "growth")):
        return True
    by = not words("identifiers", "words", "by").isdisjoint(close)
    return by and not plain.union(near).isdisjoint(words("identifiers", "words", "grows"))


def _left(tokens: Sequence[Token], number: Number, first: int) -> bool:
    """Whether a percent is the level that something left: «من 45% إلى 52%»."""
    behind = [t.text for t in tokens[number.last : number.last + 2]]
    before = tokens[first - 1].text if first else ""
    moved = before in _FROM and len(behind) > 1 and behind[0] in words("identifiers", "words", "to")
    return moved and (behind[1][:1].isdigit() or behind[1] == "%")


@cache
def _single_words(key: str) -> frozenset[str]:
    return frozenset(w for w in words("identifiers", "words", key) if " " not in w) | {flat_text("raison")}


def measured(text: str, found: Sequence[Found]) -> list[Found]:
    """What was found, targets and rates among it told from levels."""
    return _rates(text, _targets(text, found))


def _rates(text: str, found: Sequence[Found]) -> list[Found]:
    """Of a small number out of ten or fewer, neither counts anything that is there."""
    out = [
        one._replace(measure="rate")
        if one.kind == "number" and one.measure == "level" and _of_every(text, one)
        else one
        for one in found
    ]
    for i, (part, whole) in enumerate(itertools.pairwise(found)):
        if part.kind != "number" or whole.kind != "number" or part.value is None or whole.value is None:
            continue
        told = _OUT_OF.fullmatch(text, part.number_end, whole.number_start)
        if told and part.value <= whole.value <= _MOST and part.measure == whole.measure == "level":
            out[i] = part._replace(measure="rate")
            out[i + 1] = whole._replace(measure="rate")
    return out


def _of_every(text: str, one: Found) -> bool:
    """Whether a number stands behind «من كل»."""
    return bool(_OF_EVERY.search(text, max(one.number_start - _REACH, 0), one.number_start))


def _targets(text: str, found: Sequence[Found]) -> list[Found]:
    """What was found, figures behind a horizon, and the one right before it, as targets where their sentence aims at them."""
    horizons = [one for one in found if one.named == "horizon"]
    out = list(found)
    for horizon in horizons:
        start, end = _sentence(text, horizon)
        if not _aims(text[start:end]):
            continue
        held = [
            i
            for i, one in enumerate(out)
            if one.kind in _COUNTED and one.measure == "level" and start <= one.number_start < end
        ]
        before = [i for i in held if out[i].number_end <= horizon.number_start][-1:]
        near = [i for i in before if not _COMMA.search(text, out[i].number_end, horizon.number_start)]
        for i in (*near, *(i for i in held if out[i].number_start > horizon.number_start)):
            out[i] = out[i]._replace(measure="target")
    return out


def _sentence(text: str, one: Found) -> tuple[int, int]:
    """Where the sentence of something found begins and ends."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= one.number_start), default=0)
    return start, min((end for end in ends if end > one.number_start), default=len(text))


def _aims(sentence: str) -> bool:
    """Whether a sentence says that something is aimed at or shall be done."""
    aims = words("identifiers", "words", "aims") | words("identifiers", "words", "target")
    return any(word.strip(".,،'").rpartition("'")[2] in aims for word in flat_text(sentence).split())
