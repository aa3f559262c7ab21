"""Dates against the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.language.dates import weekday_name, weekday_number
from pipeline.model.finding import Finding, Severity
from pipeline.model.reading import Mention
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence


def weekdays(evidence: Evidence) -> Iterator[Finding]:
    """The printed weekday is that of the printed date (proleptic Gregorian calendar)."""
    for mention in evidence.mentions:
        printed = weekday_number(mention.weekday) if mention.kind == "date" and mention.weekday else None
        day = _day(mention)
        if printed is None or day is None or day.weekday() == printed:
            continue
        arabic, french = weekday_name(day.weekday(), "ar"), weekday_name(day.weekday(), "fr")
        near = _explanation(day, printed)
        yield card(
            "CEL-08",
            "cell",
            Severity.ERROR,
            locus=mention.locus,
            mention=mention.mention_id,
            expected=french if mention.weekday.isascii() else arabic,
            observed=mention.weekday,
            ar=f"{day:%d/%m/%Y} يوم {arabic}؛ المطبوع {mention.weekday}"
            + (f" ({near:%d/%m/%Y}؟)" if near else ""),
            fr=f"Le {day:%d/%m/%Y} est un {french} ; imprimé {mention.weekday}"
            + (f" (le {near:%d/%m/%Y} ?)" if near else ""),
            en=f"{day:%d/%m/%Y} is a {day:%A}; printed {mention.weekday}"
            + (f" (meant {near:%d/%m/%Y}?)" if near else ""),
        )


def _day(mention: Mention) -> date | None:
    try:
        return date.fromisoformat(mention.value)
    except ValueError:
        return None


def _explanation(day: date, printed: int) -> date | None:
    """The nearest likely slip that has the printed weekday: a neighbouring year, then a neighbouring day."""
    years = [day.year - 1, day.year + 1, day.year - 2, day.year + 2]
    same_day = [day.replace(year=year) for year in years if not (day.month == 2 and day.day == 29)]
    neighbours = [day - timedelta(1), day + timedelta(1)]
    return next((other for other in (*same_day, *neighbours) if other.weekday() == printed), None)
