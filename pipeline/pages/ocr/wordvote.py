"""Two readings of one stretch of Arabic print, word by word: which of them is believed where they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

import numpy as np

from pipeline.language.flat import flat_text
from pipeline.pages.ocr.figures import DIGIT, Token
from pipeline.pages.text.unnamed import vocabulary
from pipeline.pages.triage import COMMON_WORDS

#: Words share a place when one lies over this share of the other, and their middles are no farther apart than this
#: share of their height.
SHARED, LEVEL = 0.4, 0.6
#: The second reading is believed when it is less sure by no more than this: the page reading drops letters of ligatures.
FAVOUR = 0.1
#: A word that is known (of the language, or read alike elsewhere on the page) is believed as if it were so much surer.
KNOWN = 0.4
#: A word that one reading alone has is there from this confidence on.
THERE = 0.5
_WORD = re.compile(r"[\u0621-\u064A\u064B-\u0652]+")
_ARABIC = re.compile(r"[\u0621-\u064A]")
_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F]")
#: Arabic commas and semicolons as the model of Arabic words writes them.
_COMMA = re.compile(r"(?<=[\u0621-\u064A)])[,»]$")


def merged(page: Sequence[Token], again: Sequence[Token], familiar: Set[str] = frozenset()) -> list[Token]:
    """The words of the page reading, each as it or the second reading has it, whichever is surer or better known.

    Figures and Latin letters stay as the page reading has them. Of two equal readings the confidence is that of the surer.

    Args:
        page: words of the page reading.
        again: words of the same print, read once more by the model of Arabic words.
        familiar: words of the page that both readings have alike somewhere (:func:`alike`).
    """
    kept: list[Token] = []
    for first, second in _side_by_side(page, [replace(t, text=_COMMA.sub("،", t.text)) for t in again]):
        kept.extend(_preferred(first, second, familiar))
    return kept


def alike(page: Sequence[Token], again: Sequence[Token]) -> set[str]:
    """Words that two readings of one stretch have alike in one place."""
    return {
        word
        for first, second in _side_by_side(page, again)
        if _words(first) == _words(second)
        for word in _words(first)
    }


def _preferred(first: Sequence[Token], second: Sequence[Token], familiar: Set[str]) -> Sequence[Token]:
    if not second or not all(_is_word(t) for t in (*first, *second)):
        return first
    if not first:
        return [t for t in second if t.confidence >= THERE]
    if _words(first) == _words(second):
        return max(first, second, key=_sure)
    gain = _sure(second) - _sure(first) + FAVOUR
    return second if gain + KNOWN * (_known(second, familiar) - _known(first, familiar)) > 0 else first


def _known(tokens: Sequence[Token], familiar: Set[str]) -> bool:
    """Whether all words are known."""
    words = _words(tokens)
    return bool(words) and all(
        word in familiar or word in COMMON_WORDS or flat_text(word) in vocabulary() for word in words
    )


def _words(tokens: Sequence[Token]) -> list[str]:
    """The Arabic words of some tokens without their marks, from the right."""
    return [word for t in sorted(tokens, key=lambda t: -t.x) for word in _WORD.findall(t.text)]


def _is_word(token: Token) -> bool:
    return bool(_ARABIC.search(token.text)) and not DIGIT.search(token.text) and not _LATIN.search(token.text)


def _sure(tokens: Sequence[Token]) -> float:
    return min(t.confidence for t in tokens)


def _side_by_side(page: Sequence[Token], again: Sequence[Token]) -> list[tuple[list[Token], list[Token]]]:
    """Words of both readings that share a place, group by group."""
    tokens = [*page, *again]
    groups: list[list[int]] = []
    for at, fellows in enumerate(_sharing(tokens)):
        near = [group for group in groups if not fellows.isdisjoint(group)]
        groups = [group for group in groups if fellows.isdisjoint(group)]
        groups.append([*(i for group in near for i in group), at])
    first = len(page)
    return [
        ([tokens[i] for i in group if i < first], [tokens[i] for i in group if i >= first])
        for group in groups
    ]


def _sharing(tokens: Sequence[Token]) -> list[set[int]]:
    """For each word the indices of those that share a place with it."""
    x, y, width, height = np.array([(t.x, t.y, t.width, t.height) for t in tokens], np.int64).reshape(-1, 4).T
    shared = np.minimum.outer(x + width, x + width) - np.maximum.outer(x, x)
    middle = y + height / 2
    level = np.abs(np.subtract.outer(middle, middle)) < LEVEL * np.maximum.outer(height, height)
    beside = (shared > SHARED * np.minimum.outer(width, width)) & level
    return [set(np.flatnonzero(row).tolist()) for row in beside]
