"""Words and concepts of captions, and how those of two captions compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.codebook.wording import Forms

WOMAN = "WOMAN"
#: Groups of which two concepts are never one.
_CLASSES = frozenset({"services", "disability", "milieu", "programme"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a caption with its forms, or a concept by its code; ``women`` where it speaks of women alone.

    ``group`` is that of a concept in ``labels.csv`` or ``concepts.csv``.
    """

    forms: Forms
    code: str = ""
    women: bool = False
    negates: bool = False
    group: str = ""

    def alike(self, other: Token) -> bool:
        """Whether both are one concept, or words that share a form; of both genders or of women alone."""
        return self.women == other.women and self.alike_but_gender(other)

    def alike_but_gender(self, other: Token) -> bool:
        """Whether both are one word or concept, whoever it speaks of."""
        if self.code or other.code:
            return self.code == other.code
        return not self.forms.isdisjoint(other.forms)


Tokens = tuple[Token, ...]


def once(tokens: Sequence[Token]) -> Tokens:
    """Tokens without those that are there before: a word said again says nothing new."""
    codes: set[tuple[str, bool]] = set()
    words: dict[bool, set[str]] = {True: set(), False: set()}
    kept = []
    for one in tokens:
        there = (one.code, one.women) in codes if one.code else not words[one.women].isdisjoint(one.forms)
        if not there:
            kept.append(one)
        if one.code:
            codes.add((one.code, one.women))
        else:
            words[one.women] |= one.forms
    return tuple(kept)


def same_in_order(one: Tokens, other: Tokens) -> bool:
    """Whether two captions hold the same words in the same order."""
    return len(one) == len(other) and all(a.alike(b) for a, b in zip(one, other, strict=True))


def within(one: Tokens, other: Tokens) -> bool:
    """Whether every word of the first caption is in the second."""
    return all(any(a.alike(b) for b in other) for a in one)


def same(one: Tokens, other: Tokens) -> bool:
    """Whether two captions hold the same words in any order."""
    return within(one, other) and within(other, one)


def codes_of(*captions: Tokens) -> frozenset[tuple[str, bool]]:
    """Concepts that captions in any language speak of, each with whether it is of women alone."""
    return frozenset((token.code, token.women) for held in captions for token in held if token.code)


def uncoded(one: Tokens) -> Tokens:
    """Words that are no concept of the codebook."""
    return tuple(token for token in one if not token.code)


def contrast(one: Tokens, other: Tokens) -> bool:
    """Whether each of two captions names a class that the other does not: rural and urban, planned and achieved."""
    here, there = codes_of(one), codes_of(other)
    left, right = (
        {token.group for token in held if (token.code, token.women) not in codes}
        for held, codes in ((one, there), (other, here))
    )
    return bool(left & right & _CLASSES)


def in_common(one: Tokens, other: Tokens) -> bool:
    """Whether two captions have any word in common."""
    return any(a.alike_but_gender(b) for a in one for b in other)


def differ_in_gender(one: Tokens, other: Tokens) -> bool:
    """Whether a word of one caption speaks of women alone and is in the other of men or of all.

    Where both say "women" in so many words, the gender of the others says nothing more.
    """
    if all(any(token.code == WOMAN for token in held) for held in (one, other)):
        return False
    return any(
        a.women != b.women and a.alike_but_gender(b) and not any(a.alike(c) for c in other)
        for a in one
        for b in other
    )


def of_women(one: Tokens) -> bool:
    """Whether a caption says "women" in any words; in Arabic a feminine plural at its head is enough (``Titles``)."""
    return any(token.code.startswith(WOMAN) for token in one)


def differ_in_negation(one: Tokens, other: Tokens) -> bool:
    """Whether a word that only one of two captions has denies: غير, non, sans."""
    return any(
        a.negates and not any(a.alike(b) for b in there)
        for here, there in ((one, other), (other, one))
        for a in here
    )
