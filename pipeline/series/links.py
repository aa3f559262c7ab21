"""A link from a figure to its indicator, with its reason, and what a provisional indicator was made from."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.quick import quick
from pipeline.series.tokens import Tokens

#: Codes of indicators that fit nearly alike, each with why.
Nearly = tuple[tuple[str, str], ...]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The words that a provisional indicator was made from, folded, by language; ``frame`` is all that has to be equal.

    Of captions, Arabic and French: ``words`` that tell something, the ``concepts`` of the codebook in them, and their
    ``gist``, which is the concepts but those that say how somebody takes part; ``heads`` are the concepts in the labels
    that say what is counted.
    """

    ar: str
    fr: str
    frame: tuple[str, ...]
    in_table: bool
    words: tuple[Tokens, Tokens] = ((), ())
    concepts: tuple[Tokens, Tokens] = ((), ())
    gist: tuple[Tokens, Tokens] = ((), ())
    heads: tuple[Tokens, Tokens] = ((), ())


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An indicator with the labels to show; ``known`` is false for a provisional one; ``why`` is for people.

    ``said`` are the words near the figure, ``nearly`` the indicators of the codebook that fit about as well as one
    another, so that none was taken.
    """

    code: str
    known: bool
    unit: str
    label_ar: str
    label_fr: str
    label_en: str
    measure: str
    why: str
    said: str = ""
    printed: Printed | None = None
    nearly: Nearly = ()
