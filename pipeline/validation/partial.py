"""Figures of a year that was not over: «up to the end of October»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.yearparts import DECEMBER, part_in
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence

_PART = re.compile(r"\d{4}-01-01/P(\d+)M")


def cut_off(text: str) -> tuple[int, str]:
    """Month up to which a text counts, and the year if it names one; 0 when it speaks of no part of a year."""
    part = part_in(text)
    return (part.last, part.year) if part and part.first == 1 and part.last < DECEMBER else (0, "")


def partial(evidence: Evidence, one: Observation) -> int:
    """The month up to which an observation of a year counts, 0 for the whole year."""
    if told := _PART.fullmatch(one.time_period):
        return int(told[1])
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
            month, year = partial(evidence, one), one.time_period[:4]
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
