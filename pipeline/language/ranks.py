"""Ordinals in words and digits: their rank and where they end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.language.lexicon import values, words
from pipeline.language.numberwords import Token, is_number_word, ordinals, read_french

_TEN = 10
_RANK_DIGITS = 4  # nothing is called the 10000th


@lru_cache(maxsize=65536)
def ordinal_of(wording: str) -> int | None:
    """Rank that an ordinal in words stands for, ``None`` if it is none."""
    known = ordinals()
    for clitic in ("", "و", "ب", "ك"):
        if wording.startswith(clitic) and wording[len(clitic) :] in known:
            return known[wording[len(clitic) :]]
    return known.get("ال" + wording[2:]) if wording.startswith("لل") else None


def _counts(before: str, word: str) -> bool:
    """Whether tens are a number and no rank: an age (سن الستين), or behind units (الخمس والأربعين)."""
    if before in words("identifiers", "words", "ages") or before in words("identifiers", "words", "passed"):
        return True
    return (
        word.startswith("وال")
        and before.startswith("ال")
        and before[2:] in values("numberwords", "ar", "units")
    )


def _is_part(tokens: Sequence[Token], i: int) -> bool:
    """«un cinquième du budget»: a share."""
    of = tokens[i + 1].text if i + 1 < len(tokens) else ""
    counted = bool(i) and tokens[i - 1].text == "un" and of in ("de", "du", "des", "d")
    return counted and tokens[i].text in values("numberwords", "parts")


def _counts_noun(following: Sequence[str]) -> bool:
    """Whether a noun follows (الـ12 جهة, but الدورة الـ31 للمجلس)."""
    noun = following[0] if following else ""
    return (
        noun[:1].isalpha()
        and not noun.startswith(("لل", "ال"))
        and noun not in words("identifiers", "words", "stop")
    )


def _french(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """«cent trente-sixième», «vingt et unième»: a number word and an ordinal of one word behind it."""
    spelled = read_french(tokens, i)
    if spelled is None:
        return None
    at = spelled.last
    while at < len(tokens) and at < spelled.last + 3 and tokens[at].text in ("-", "et"):
        at += 1
    rank = values("numberwords", "fr", "ordinals").get(tokens[at].text) if at < len(tokens) else None
    if (
        rank is None
        or rank >= spelled.value
        or (tokens[at].text in values("numberwords", "parts") and spelled.value < _TEN)
    ):
        return None
    return int(spelled.value) + rank, at + 1


@lru_cache(maxsize=65536)
def _may_rank(word: str) -> bool:
    """Whether an ordinal may begin with a flat word."""
    first = {wording.split()[0] for wording in ordinals()}
    return word.isdecimal() or ordinal_of(word) is not None or is_number_word(word) or word in first


def ordinal_at(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Rank said from ``tokens[i]`` on and the index behind it: الثالث والعشرون, vingt et unième, 3e."""
    word = tokens[i].text
    if not _may_rank(word):
        return None
    following = [t.text for t in tokens[i + 1 : i + 3]]
    if word.isdecimal() and len(word) < _RANK_DIGITS:
        glued = bool(following) and tokens[i].end == tokens[i + 1].start
        if glued and following[0] in words("numberwords", "fr", "ranks"):
            return int(word), i + 2
        before = tokens[i - 1] if i else Token("", 0, 0)
        nouns = words("identifiers", "words", "rank_nouns")
        ranked = before.text in nouns or before.text[1:] in nouns  # والمرتبة 13
        ranked = ranked or (
            before.text == "ال" and before.end == tokens[i].start and not _counts_noun(following)
        )
        return (int(word), i + 1) if ranked else None
    if following and (rank := ordinal_of(f"{word} {following[0]}")) is not None:
        return rank, i + 2
    if word.isascii() and (found := _french(tokens, i)) is not None:
        return found
    rank = ordinal_of(word)
    if rank is None or _is_part(tokens, i) or _counts(tokens[i - 1].text if i else "", word):
        return None
    ten = values("numberwords", "ar", "tens")
    if rank < _TEN and following:
        if following[0] in ("عشر", "عشره"):
            return rank + _TEN, i + 2
        if following[0].startswith("وال") and following[0][3:] in ten:
            return rank + ten[following[0][3:]], i + 2
        if following[0] == "و" and following[-1].startswith("ال") and following[-1][2:] in ten:
            return rank + ten[following[-1][2:]], i + 3
    return rank, i + 1
