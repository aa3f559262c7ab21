"""What a later report says of a year in other words than the report of that year did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.prose.facts import (
    Fact,
    Level,
    at_places_of,
    facts,
    facts_of,
    levels_of,
    of_one_thing,
    slipped,
)
from pipeline.validation.prose.telling import kind_of
from pipeline.validation.years.revisions import WORDS, restated


def told_again(evidence: Evidence) -> Iterator[Finding]:
    """An earlier year is repeated as it was first told, under its series or in other words."""
    yield from restated(evidence)
    editions: dict[int, list[str]] = defaultdict(list)
    for extraction in evidence.read_reports():
        if extraction.report.edition_year is not None:
            editions[extraction.report.edition_year].append(extraction.report.report_id)
    for year, reports in editions.items():
        told = [fact for one in editions.get(year + 1, ()) for fact in facts_of(evidence, one, str(year))]
        if told:
            old = [level for one in reports for level in levels_of(evidence, one, str(year))]
            new = _told_otherwise(told, old)
            yield from _restated(evidence, new, facts(evidence, at_places_of(new, old)))


def _told_otherwise(told: list[Fact], old: list[Level]) -> list[Fact]:
    """What stands under no series of the year's own reports, with a value that none of them has."""
    series = {one.series_id for _, one in old}
    new = [one for one in told if one.observation.series_id not in series]
    values = {(kind_of(reading.unit_measure), reading.value) for reading, _ in old} if new else set()
    return [one for one in new if (kind_of(one.reading.unit_measure), one.reading.value) not in values]


def _restated(evidence: Evidence, again: list[Fact], old: list[Fact]) -> Iterator[Finding]:
    seen: set[str] = set()
    for one, other, what in slipped(again, old):
        if one.reading.reading_id in seen or not of_one_thing(one, other):
            continue
        seen.add(one.reading.reading_id)
        a, b = one.observation, other.observation
        ar, fr, en = WORDS[what]
        name, page, period = evidence.file_of[b.locus.report_id], b.locus.page, a.time_period
        yield card(
            "XYR-01",
            "series",
            Severity.WARNING,
            observations=[a, b],
            series_id=a.series_id,
            origin=Origin.EXTRACTION if one.recognised or other.recognised else None,
            expected=b.raw,
            observed=a.raw,
            ar=f"{period}: {a.raw} هنا، {b.raw} في {name} (ص {page})؛ {ar}",
            fr=f"{period} : {a.raw} ici, {b.raw} dans {name} (p. {page}) ; {fr}",
            en=f"{period}: {a.raw} here, {b.raw} in {name} (p. {page}); {en}",
        )
