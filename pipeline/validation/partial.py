"""Figures of a year that was not over: «up to the end of October»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import values
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence

_DECEMBER = 12


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(
        re.escape(m) for m in sorted(values("calendar", "months"), key=lambda m: len(m), reverse=True)
    )
    arabic = r"(?:الي|حتي)\s+(?:غايه|حدود|نهايه|متم)|(?:حتي|متم|نهايه)"
    french = r"jusqu'(?:a|au|en)|a\s+fin|arretee?s?\s+(?:a|au|fin)|a\s+la\s+fin\s+d[eu']"
    until = f"{arabic}|{french}"
    between = r"(?:\s+(?:متم|نهايه|شهر|يوم|fin|la\s+fin|le\s+mois|mois|de|du|d'|\d{1,2}(?:er)?)){0,4}"
    return re.compile(
        rf"(?<!\w)(?:{until}){between}\s*(?:d')?(?P<month>{months})(?:\s+(?P<year>\d{{4}}))?(?!\w)"
    )


@lru_cache(maxsize=20_000)
def cut_off(text: str) -> tuple[int, str]:
    """Month up to which a text counts, and the year if it names one; 0 when it speaks of no part of a year."""
    found = _pattern().search(flat_text(text)) if text else None
    month = values("calendar", "months")[found["month"]] if found else 0
    return (month, found["year"] or "") if found and month < _DECEMBER else (0, "")


def partial(evidence: Evidence, one: Observation) -> int:
    """The month up to which an observation of a year counts, 0 for the whole year."""
    reading = evidence.reading.get(one.reading_id)
    if reading is None or len(one.time_period) != len("2023"):
        return 0
    caption = evidence.captions.get(reading.table_id)
    heads = (reading.column_label.ar, reading.column_label.fr)
    above = (caption.ar, caption.fr) if caption is not None else ()
    for text in (reading.sentence, *heads, *above):
        month, year = cut_off(text)
        if month and year in ("", one.time_period):
            return month
    return 0


def partial_years(evidence: Evidence) -> Iterator[Finding]:
    """A figure up to a month of its year is told beside those of whole years as what it is."""
    for series in evidence.series:
        if len({vintage.time_period for vintage in series.vintages}) < 2:
            continue
        for vintage in series.vintages:
            one = vintage.observation
            month = partial(evidence, one)
            if not month:
                continue
            yield card(
                "XYR-12",
                "series",
                Severity.INFORMATION,
                observations=[one],
                series_id=series.series_id,
                origin=Origin.DEFINITION,
                expected=f"{one.time_period}-12",
                observed=f"{one.time_period}-{month:02d}",
                ar=f"{one.raw} إلى غاية الشهر {month} من {one.time_period} فقط، لا عن السنة كلها",
                fr=f"{one.raw} jusqu'au mois {month} de {one.time_period} seulement, non pour toute l'année",
                en=f"{one.raw} counts up to month {month} of {one.time_period} only, not the whole year",
            )
