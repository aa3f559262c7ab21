"""Dates, periods, years and numbers that name things: found first, so that none of them becomes a figure."""

from __future__ import annotations

import regex

from pipeline.language import bases, codes, dates
from pipeline.language.flat import Flat
from pipeline.language.named import Named, scanned


def find_named(flat: Flat) -> list[Named]:
    """All such spans of a text, in order, none overlapping; the longer and earlier finder wins."""
    scan = scanned(flat.text)
    taken: list[Named] = []
    covered = bytearray(len(flat.text) + 1)
    for finder in (
        codes.urls,
        codes.citations,
        bases.bases,
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
    return _with_document_years(flat.text, sorted(taken, key=lambda n: n.start))


#: Between the number of a law and its year, and the year where no cue of time stands before it.
_OF_YEAR = regex.compile(r"\s{0,3}(?:(?:لسنه|لعام|سنه|عام|de|du|d')\s{0,3}(?:l'annee\s{1,3})?)?(?P<y>(?:19|20)\d\d)(?!\d)")


def _with_document_years(text: str, named: list[Named]) -> list[Named]:
    """Years of laws and decisions told from years that figures may be of: «قرار رقم 135 لسنة 2004», «loi 99-12 de 2014»."""
    out: list[Named] = []
    for i, one in enumerate(named):
        last = out[-1] if out else None
        behind = last is not None and last.kind == "law"
        if last is not None and behind and one.kind == "year" and _OF_YEAR.fullmatch(text, last.end, one.end):
            one = one._replace(kind="document_year")
        out.append(one)
        edge = named[i + 1].start if i + 1 < len(named) else len(text)
        more = _OF_YEAR.match(text, one.end, edge) if one.kind == "law" else None
        if more:
            out.append(Named(more.start("y"), more.end(), "document_year", more["y"]))
    return out
