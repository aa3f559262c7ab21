"""Arabic text folded to a match key; what is printed is never changed by it.

The rules are Lucene's ArabicNormalizer's with hamza seats and Persian letters added: they are written down
here because projects differ, and a key is only good against keys made by the same rules.
"""

from __future__ import annotations

import unicodedata

import regex

from pipeline.language.letters import Letters

#: Vowel signs, tatweel and controls, first and last of each range.
_DROPPED = (
    "\u064b\u065f",
    "\u0670\u0670",
    "\u0610\u061a",
    "\u06d6\u06ed",
    "\u0640\u0640",
    "\u200b\u200f",
    "\u202a\u202e",
    "\u2060\u2069",
    "\ufeff\ufeff",
    "\u00ad\u00ad",
)
_PRESENTATION = regex.compile(r"[\uFB50-\uFDFF\uFE70-\uFEFC]+")
_LETTERS = Letters(
    {chr(code): "" for first, last in _DROPPED for code in range(ord(first), ord(last) + 1)}
    | {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ے": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ۃ": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ک": "ك",
        "ڪ": "ك",
        "گ": "ك",
        "ڭ": "ك",
        "ڤ": "ف",
        "پ": "ب",
        "ء": "",
        "٠": "0",
        "١": "1",
        "٢": "2",
        "٣": "3",
        "٤": "4",
        "٥": "5",
        "٦": "6",
        "٧": "7",
        "٨": "8",
        "٩": "9",
        "۰": "0",
        "۱": "1",
        "۲": "2",
        "۳": "3",
        "۴": "4",
        "۵": "5",
        "۶": "6",
        "۷": "7",
        "۸": "8",
        "۹": "9",
    }
)
_PUNCTUATION = regex.compile(r"[\p{P}\p{S}--[%]]+", flags=regex.V1)


def fold(text: str) -> str:
    """Match key: no vowel signs, tatweel or controls; alef, ya, hamza and ta marbuta variants as one; digits Western."""
    folded = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return " ".join(_PUNCTUATION.sub(" ", folded.translate(_LETTERS)).casefold().split())
