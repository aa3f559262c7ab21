"""The period that a figure is about: SDMX time periods from readings, labels and captions.

``2023``; ``2023-06`` and ``2023-06-02`` for a point in time; ``2015/2025`` for a range of years; ``2022-A1`` for
a school year that begins in 2022 (SDMX reporting year); ``2023-Q1`` and ``2023-S1``; ``2023-01-01/P9M`` for nine months of a
year that was not over.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from pipeline.language.letters import Letters
from pipeline.language.yearparts import YearPart, part_in

UNKNOWN = "_U"
_TWELVE, _YEAR_LENGTH = 12, 4
_YEAR = r"(?:19[5-9]\d|20[0-9]\d)"
_SHAPES = regex.compile(
    rf"{_YEAR}(?:-A1|-Q[1-4]|-S[12]|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
    rf"(?:/{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?"
    rf"|{_YEAR}-(?:0[1-9]|1[0-2])-01/P(?:[1-9]|1[01])M"
)
#: A period that a part of its year may take the place of.
_IN_YEAR = regex.compile(rf"{_YEAR}(?:-\d\d(?:-\d\d)?)?")
_DIGITS = Letters(dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", strict=True)))
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
    if len(ranges) == 1 and _SCHOOL_WORDS.search(flat):
        first, last = (int(year) for year in next(iter(ranges)))
        if first + 1 == last:
            return f"{first}-A1"
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


def within_year(period: str, part: YearPart, *, flow: bool) -> str:
    """A period of a year as the part of that year which the words beside the figure name.

    Args:
        period: a year, or a month or day up to which was counted; others stay as they are.
        part: as the sentence, the labels or the caption say it.
        flow: what is counted adds up over months. What is a state «up to the end of September» is that of the month.
    """
    if not _IN_YEAR.fullmatch(period) or part.year not in ("", period[:4]) or not (flow or part.until):
        return period
    if not flow:
        return f"{period[:4]}-{part.last:02d}" if len(period) == _YEAR_LENGTH else period
    return _named(int(period[:4]), part.first, part.last)


def _named(year: int, first: int, last: int) -> str:
    """Months of a year as SDMX names them."""
    months = last - first + 1
    if months == _TWELVE:
        return str(year)
    for letter, length in (("S", 6), ("Q", 3)):
        if months == length and last % length == 0:
            return f"{year}-{letter}{last // length}"
    return f"{year}-{first:02d}-01/P{months}M"


def first_part(texts: Iterable[str]) -> YearPart | None:
    """The part of a year that the first of some texts names which names one."""
    return next((part for part in map(part_in, texts) if part), None)


def first_period(texts: Iterable[str]) -> str:
    """The period of the first text that names one."""
    return next((period for period in map(period_in, texts) if period), "")
