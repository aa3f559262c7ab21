"""Figures of a year that was not over: «up to the end of October»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence

#: A period that begins with its year and ends before it: ``2023-01-01/P9M``, ``2023-S1``, ``2023-Q1``.
_PART = re.compile(r"\d{4}-(?:01-01/P(?P<months>\d+)M|(?P<named>S1|Q1))")
_NAMED = {"S1": 6, "Q1": 3}


@lru_cache(maxsize=10_000)
def last_month(period: str) -> int:
    """The month up to which a period counts that began with its year, 0 for whole years and points in time."""
    told = _PART.fullmatch(period)
    return (_NAMED.get(told["named"]) or int(told["months"])) if told else 0


def partial_years(evidence: Evidence) -> Iterator[Finding]:
    """A figure up to a month of its year is told beside those of whole years as what it is."""
    for series in evidence.series:
        if len({vintage.time_period for vintage in series.vintages}) < 2:
            continue
        for one in series.vintages:
            month, year = last_month(one.time_period), one.time_period[:4]
            if not month:
                continue
            yield card(
                "XYR-12",
                "series",
                Severity.INFORMATION,
                observations=[one],
                series_id=series.series_id,
                origin=Origin.DEFINITION,
                expected=f"{year}-12",
                observed=f"{year}-{month:02d}",
                ar=f"{one.raw} إلى غاية الشهر {month} من {year} فقط، لا عن السنة كلها",
                fr=f"{one.raw} jusqu'au mois {month} de {year} seulement, non pour toute l'année",
                en=f"{one.raw} counts up to month {month} of {year} only, not the whole year",
            )
