"""A text flattened for matching, each of its characters leading back to where it stood.

Everything in this package that looks for something in a text looks in the flat text and reports spans of the
printed one, so that tatweel, vowel signs, hamza seats, accents and digit scripts never matter twice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "گ": "ك",
        "ڭ": "ك",
        "٪": "%",
        "٫": ",",
        "٬": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
    }
)
_COMMAS = regex.compile(r"(?<=\d)[,،](?=\d{3}(?:[,،]\d{3})*٫)")
_DIGITS = {c: str(i) for zero in ("٠", "۰") for i, c in enumerate(chr(ord(zero) + n) for n in range(10))}


@dataclass(frozen=True, slots=True)
class Flat:
    """``text`` is the flat text; ``at[i]`` is the place of its i-th character in the printed text, ``size`` its length."""

    text: str
    at: Sequence[int]
    size: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the printed text that a span of the flat text came from, marks behind it included."""
        if start < end and isinstance(self.at, range):
            return start, end
        if start >= end:
            return (self.at[start], self.at[start]) if start < len(self.at) else (self.size, self.size)
        last = self.at[end] if end < len(self.at) else self.size
        # Marks and tatweel behind the last letter belong to it; a blank does not.
        return self.at[start], max(min(last, self.size), self.at[end - 1] + 1)


def flatten(text: str) -> Flat:
    """Flatten a text of any length in one pass."""
    text = _with_groups(text)
    flat = text.translate(_TABLE)
    if len(flat) == len(text) and _TABLE.uneven.isdisjoint(text):  # the usual case: one letter for each
        return Flat(flat, range(len(text)), len(text))
    at = tuple(index for index, character in enumerate(text) for _ in _TABLE[ord(character)])
    return Flat(flat, at, len(text))


def flat_text(text: str) -> str:
    """Only the flat text."""
    return _with_groups(text).translate(_TABLE)


def _with_groups(text: str) -> str:
    """The text with the commas that part thousands beside an Arabic decimal mark (١٦,٨٥٠٫٠٠) as marks of thousands."""
    return _COMMAS.sub("٬", text) if "٫" in text else text


class _Table(dict[int, str]):
    """Character → flat text, filled as characters are met; ``uneven`` holds those that are not one for one."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        flat = self[code] = _flat(character)
        if len(flat) != 1:
            self.uneven.add(character)
        return flat


_TABLE = _Table()


def _flat(character: str) -> str:
    if character.isascii():
        return character.lower()
    if character in _DIGITS:
        return _DIGITS[character]
    if character == "\u0640" or unicodedata.category(character) in ("Mn", "Cf"):
        return ""
    if character in "²³¹⁰⁴⁵⁶⁷⁸⁹":
        return character  # an exponent or the call of a footnote is no digit of a number
    mapped = character.translate(_LETTERS)
    if mapped != character or "\u0600" <= character <= "\u06ff":
        return mapped
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()
