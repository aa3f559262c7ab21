"""Dates, periods, years and numbers that name things: found first, so that none of them becomes a figure."""

from __future__ import annotations

from pipeline.language import codes, dates
from pipeline.language.flat import Flat
from pipeline.language.named import Named, scanned


def find_named(flat: Flat) -> list[Named]:
    """All such spans of a text, in order, none overlapping; the longer and earlier finder wins."""
    scan = scanned(flat.text)
    taken: list[Named] = []
    covered = bytearray(len(flat.text) + 1)
    for finder in (
        codes.urls,
        dates.numeric_dates,
        codes.phones,
        codes.lettered,
        dates.day_ranges,
        dates.dates,
        codes.names,
        dates.periods,
        codes.laws,
        codes.articles,
        dates.months,
        codes.addresses,
        codes.times,
        dates.years,
        codes.markers,
    ):
        for named in finder(scan):
            if not any(covered[named.start : named.end]):
                covered[named.start : named.end] = b"\x01" * (named.end - named.start)
                taken.append(named)
    return sorted(taken, key=lambda n: n.start)
