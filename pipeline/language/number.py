"""A number of a sentence before its noun and qualifier are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.language.numberwords import Token

#: Signs that may stand around a number that is a whole text.
_PUNCTUATION = 6


@dataclass(slots=True)
class Number:
    """A number over ``tokens[first:last]``.

    ``fraction`` tells that it is a share of a whole, ``currency`` holds a word that says scale and money at once,
    ``single`` marks one bare number word, ``high`` is the upper end of a range, ``about``
    marks a collective (une centaine).
    """

    value: Decimal
    resolution: Decimal
    first: int
    last: int
    in_words: bool = False
    repaired: bool = False
    ambiguous: bool = False
    percent: bool = False
    fraction: bool = False
    currency: str = ""
    single: bool = False
    high: Decimal | None = None
    about: bool = False


def stands_alone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a number is all that a text says, but for punctuation."""
    if len(tokens) > last - first + _PUNCTUATION:
        return False
    return not any(t.text[:1].isalnum() or not t.text for t in (*tokens[:first], *tokens[last:]))
