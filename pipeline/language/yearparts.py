"""Parts of a year that a text names: up to a month, the first nine months, a half, a quarter, from one month to another."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import regex

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import values, words

#: «T1», «S2» of heads: quarters where a head says so, or a year stands behind.
_SIGN = regex.compile(
    r"(?<![^\s/])(?P<sign>[ts])\s?(?P<number>(?<=t\s?)[1-4]|(?<=s\s?)[12])(?:[\s-](?P<year>\d{4}))?(?![^\s/])"
)
_SIGNED = {"t": "trimestre", "s": "semestre"}


class YearPart(NamedTuple):
    """Months ``first`` to ``last`` of a year (empty where it is not named); ``until`` when only the end is said."""

    first: int
    last: int
    year: str
    until: bool = False


@lru_cache(maxsize=20_000)
def part_in(text: str) -> YearPart | None:
    """The part of a year that a text speaks of, or nothing when it names none or several.

    «إلى غاية متم شتنبر 2023» and "jusqu'à fin septembre" say where counting ended: of a flow these are nine months, of a
    stock it is a day; the caller knows which.
    """
    if not text:
        return None
    flat = flat_text(text)
    spans, ends = _spans(), values("calendar", "months")
    # Most texts name no part at all, and to look for a word costs less than to look for all that may stand around it.
    named = _named().finditer(flat) if any(wording in flat for wording in spans) else ()
    found = {
        *(YearPart(*spans[m["part"]], m["year"] or "") for m in named),
        *(YearPart(ends[m["from"]], ends[m["to"]], m["year"]) for m in _months().finditer(flat)),
        *(YearPart(1, ends[m["month"]], m["year"] or "", until=True) for m in _until().finditer(flat)),
        *(YearPart(*spans[tier], "") for tier in flat.split(" / ") if tier in spans),
        *(_signed(m) for m in _SIGN.finditer(flat) if m["year"] or _SIGNED[m["sign"]] in flat),
    }
    whole = [one for one in found if one.first <= one.last]
    return whole[0] if len(whole) == 1 else None


def _signed(sign: regex.Match[str]) -> YearPart:
    """A quarter or half by its sign."""
    length = 12 // (4 if sign["sign"] == "t" else 2)
    last = length * int(sign["number"])
    return YearPart(last - length + 1, last, sign["year"] or "")


@cache
def _month() -> str:
    return "|".join(regex.escape(m) for m in sorted(values("calendar", "months"), key=len, reverse=True))


@cache
def _spans() -> dict[str, tuple[int, int]]:
    """Wordings of parts with their first and last month."""
    return {wording: divmod(code, 100) for wording, code in values("calendar", "parts").items()}


@cache
def _named() -> regex.Pattern[str]:
    annual = "|".join(
        regex.escape(w) for w in sorted(words("calendar", "cues", "annual"), key=len, reverse=True)
    )
    of_year = rf"(?:(?:من|ل|لل|de|du|d'|l')\s*)*(?:(?:{annual})\s*)?"
    # A half or a quarter of something else has no year behind it.
    return regex.compile(
        rf"(?<!\w)[وبل]?(?P<part>\L<parts>)\s+{of_year}(?:(?<=(?:{annual})\s*)|(?P<year>\d{{4}}))(?!\w)",
        parts=list(_spans()),
    )


@cache
def _months() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<!\w)(?:من|بين|ما بين|de|entre)\s+(?:شهر\s+)?(?P<from>{_month()})\s+(?:الي|و|حتي|a|et)\s*"
        rf"(?:غايه\s+|متم\s+|شهر\s+|fin\s+)*(?P<to>{_month()})\s+(?:من\s+)?(?:سنه\s+|de\s+)?(?P<year>\d{{4}})(?!\w)"
    )


@cache
def _until() -> regex.Pattern[str]:
    arabic = r"(?:الي|حتي)\s+(?:غايه|حدود|نهايه|متم)|(?:حتي|متم|نهايه)"
    french = r"jusqu'(?:a|au|en)|a\s+fin|arretee?s?\s+(?:a|au|fin)|a\s+la\s+fin\s+d[eu']"
    between = r"(?:\s+(?:متم|نهايه|شهر|يوم|fin|la\s+fin|le\s+mois|mois|de|du|d'|\d{1,2}(?:er)?)){0,4}"
    return regex.compile(
        rf"(?<!\w)(?:{arabic}|{french}){between}\s*(?:d')?(?P<month>{_month()})(?:\s+(?P<year>\d{{4}}))?(?!\w)"
    )
