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
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x0610, 0x061A),
    (0x06D6, 0x06ED),
    (0x0640, 0x0640),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2069),
    (0xFEFF, 0xFEFF),
    (0x00AD, 0x00AD),
)
_PRESENTATION = regex.compile(r"[\uFB50-\uFDFF\uFE70-\uFEFC]+")
_LETTERS = Letters(
    {chr(code): "" for first, last in _DROPPED for code in range(first, last + 1)}
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
