"""The period that a figure is about: SDMX time periods from readings, labels and captions.

``2023``; ``2023-06`` and ``2023-06-02`` for a point in time; ``2015/2025`` for a range of years; ``2022-A1`` for
a school year that begins in 2022 (SDMX reporting year); ``2023-Q1`` and ``2023-S1``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

UNKNOWN = "_U"
_YEAR = r"(?:19[5-9]\d|20[0-9]\d)"
_SHAPES = regex.compile(
    rf"{_YEAR}(?:-A1|-Q[1-4]|-S[12]|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
    rf"(?:/{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?"
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SCHOOL = regex.compile(rf"(?<!\d)({_YEAR})\s*/\s*({_YEAR}|\d\d)(?!\d)")
_SCHOOL_WORDS = regex.compile(r"موسم|دراسي|scolaire|rentr[ée]e|campagne", regex.IGNORECASE)
_RANGE = regex.compile(rf"(?<!\d)({_YEAR})\s*(?:[-–—]|إلى|الى|و|à|au|et)\s*({_YEAR})(?!\d)")
_SINGLE = regex.compile(rf"(?<![\d.,])({_YEAR})(?![\d%]|[.,]\d)")

#: Stands where a period was, while the words that lead to it are taken away too («برسم سنة», "au titre de l'année").
_HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"
_LEADING = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}])(?:(?:برسم|خلال|في|عن)\s+)?(?:(?:لل|ال|ل|ب)?(?:سنة|سنتي|سنوات|عام|عامي|موسم)\s+)?"
    rf"(?:(?:au titre de|au cours de|pour|durant|en|de)\s+)?(?:(?:l['’]\s*)?(?:ann[ée]es?|exercice|an|saison)\s+)?{_HOLE}",
    regex.IGNORECASE,
)


@lru_cache(maxsize=10_000)
def is_period(text: str) -> bool:
    """Tell whether a text is a time period as this module writes them."""
    return _SHAPES.fullmatch(text) is not None


@lru_cache(maxsize=50_000)
def period_in(text: str) -> str:
    """The one period that a label or caption names; empty when it names none or several."""
    flat = text.translate(_DIGITS)
    school = _SCHOOL.search(flat)
    if school:
        first, second = int(school[1]), int(school[2][-2:])
        if (first + 1) % 100 == second:
            return (
                f"{first}-A1" if _SCHOOL_WORDS.search(flat) or len(school[2]) == 2 else f"{first}/{first + 1}"
            )
    ranges = {(first, last) for first, last in _RANGE.findall(flat) if first < last}
    if ranges:
        return "/".join(next(iter(ranges))) if len(ranges) == 1 else ""
    years = set(_SINGLE.findall(flat))
    return next(iter(years)) if len(years) == 1 else ""


@lru_cache(maxsize=50_000)
def without_period(text: str) -> str:
    """A label without the period it names, for a key that is the same every year."""
    flat = text.translate(_DIGITS)
    for pattern in (_SCHOOL, _RANGE, _SINGLE):
        flat = pattern.sub(f" {_HOLE} ", flat)
    return " ".join(_LEADING.sub(" ", flat).replace(_HOLE, " ").split())


def first_period(texts: Iterable[str]) -> str:
    """The period of the first text that names one."""
    return next((period for period in map(period_in, texts) if period), "")
