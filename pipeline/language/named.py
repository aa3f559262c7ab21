"""What in a text has a number and is no quantity, and how its patterns are built."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import regex

from pipeline.language.lexicon import unit_words, words
from pipeline.language.numberwords import scales
from pipeline.language.units import divides

EDGE = r"(?<![\p{L}\d])"
END = r"(?![\p{L}\d])"


class Named(NamedTuple):
    """A span of a flat text that is a date, period, year or name, and no figure.

    ``kind``: date, day_range, period, year, hijri_year, horizon, base_year, law, article, page, item, phone, code,
    address, url, time, base, list_marker. ``value`` is ISO for dates (``2023-12-19``, ``2021-12``), ``2022/2026`` for periods.
    """

    start: int
    end: int
    kind: str
    value: str = ""
    weekday: str = ""


def any_of(wordings: Iterable[str]) -> str:
    """Alternatives of wordings; a definite noun stands behind ل ب و ف ك as well (للفصل)."""
    wordings = list(wordings)
    definite = {
        head + w[2:] for w in wordings if w.startswith("ال") for head in ("لل", "بال", "وال", "فال", "كال")
    }
    return (
        "(?:" + "|".join(regex.escape(w) for w in sorted({*wordings, *definite}, key=len, reverse=True)) + ")"
    )


@dataclass(frozen=True, slots=True)
class Scan:
    """A flat text, the words in it and how many digits: what tells soon that a pattern can't match."""

    text: str
    words: frozenset[str]
    digits: int


def scanned(text: str) -> Scan:
    """A flat text as finders take it."""
    return Scan(text, frozenset(_WORD.findall(text)), len(_DIGIT.findall(text)))


class Pattern:
    """A pattern tried only on texts that have one of the words of its cues, one of its signs, and digits where it needs some.

    Its gaps are bounded: no printed text has longer ones, and it keeps hostile text linear.
    """

    def __init__(
        self,
        pattern: str,
        cues: Iterable[str] = (),
        *,
        signs: str = "",
        digits: bool = True,
        ends: bool = False,
    ) -> None:
        bounded = pattern.replace(r"\s+", r"\s{1,5}").replace(r"\s*", r"\s{0,5}")
        self._pattern = regex.compile(bounded)
        self._cues = frozenset(form for cue in cues for form in _forms(cue, last=ends))
        self._signs = signs
        self._digits = digits

    def __call__(self, scan: Scan) -> Iterable[regex.Match[str]]:
        """Its matches in a text."""
        if (
            (self._digits and not scan.digits)
            or (self._signs and not any(sign in scan.text for sign in self._signs))
            or (self._cues and self._cues.isdisjoint(scan.words))
        ):
            return ()
        found: Iterable[regex.Match[str]] = self._pattern.finditer(scan.text)
        return found


_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_PROCLITICS = ("", "و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "لل", "فال", "كال", "وب", "ول")


def _forms(cue: str, *, last: bool) -> list[str]:
    """The first word of a cue with every proclitic, or its last word; none where it has no letter (n°)."""
    words = _WORD.findall(cue)
    if not words or last:
        return words[-1:]
    bare = words[0].removeprefix("ال") if len(words[0]) > len("ال") + 1 else words[0]
    return [head + form for head in _PROCLITICS for form in {words[0], bare}]


def counted(text: str, end: int) -> bool:
    """Whether a known noun, a scale word, a measure or a percent follows."""
    m = _FOLLOWING.match(text, pos=end)
    if m is None:
        return False
    word = m[1]
    points = words("identifiers", "words", "bare_points") | words("identifiers", "words", "percent_first")
    return word in unit_words() or word in scales() or divides(word) or word in points


def counts(text: str, end: int, code: str) -> bool:
    """Whether a number behind a name counts what follows it: «القاعة 40 مقعدا», but «المحور 3 تمكين النساء»."""
    m = _FOLLOWING.match(text, pos=end)
    if m is None or m[1] in words("identifiers", "words", "stop") or m[1].startswith(("ال", "لل")):
        return False
    number = int(code[:9])
    return counted(text, end) or number >= _MANY or (number > _TEN and m[1].endswith(("ا", "ه")))


def in_thousands(text: str, end: int, code: str) -> bool:
    """Whether the digits behind a name are the thousands of a number that counts: «في الملحق 2 745 مستفيدا»."""
    m = _GROUPS.match(text, pos=end) if len(code) <= len("999") and not code.startswith("0") else None
    return m is not None and counts(text, m.end(), code + m.group().replace(" ", ""))


_GROUPS = regex.compile(r"(?: \d{3}){1,4}(?!\d)")
_FOLLOWING = regex.compile(r"\s+(\p{L}+)")
_TEN, _MANY = 10, 100
