"""French text folded to a match key; what is printed is never changed by it."""

from __future__ import annotations

import unicodedata

import regex

_PUNCTUATION = regex.compile(r"[\p{P}\p{S}--[%]]+", flags=regex.V1)
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "\u00ad": None, "\u200b": None, "ß": "ss"}
)


def fold(text: str) -> str:
    """Match key: no accents, ligatures opened, lower case, punctuation and apostrophes as blanks."""
    plain = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    return " ".join(_PUNCTUATION.sub(" ", plain.casefold()).split())
