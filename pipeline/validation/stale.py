"""A table against the table of the year before: printed again unchanged, or in another unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import log10
from typing import NamedTuple

from pipeline.model.finding import Finding, Severity
from pipeline.model.observation import Observation
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.representative import by_edition

#: So many figures of a table must agree before the agreement is no accident.
_FEWEST = 3
#: Digits beyond the first that the equal figures must have between them: one chance in as many powers of ten.
_DIGITS = 6
_MOSTLY = 0.8
_NEAR = 0.15
#: Values less than this factor apart are of the same power of ten.
_SAME = 3.0


class _Pair(NamedTuple):
    """What a report says of its own year, and what that of the year before says of its own."""

    now: Observation
    then: Observation


def stale_copies(evidence: Evidence) -> Iterator[Finding]:
    """Figures of different years are not the same again, one after another.

    Level figures only; round ones and small ones don't count, since stocks such as a number of centres stand still.
    """
    for pairs in _tables(evidence).values():
        if sum(p.now.obs_value == p.then.obs_value for p in pairs) < _FEWEST:
            continue
        telling = [p for p in _in_order(evidence, pairs) if _digits(p.now.obs_value) >= 2]
        same = [p for p in telling if p.now.obs_value == p.then.obs_value]
        if len(same) < _FEWEST or len(same) < _MOSTLY * len(telling):
            continue
        if sum(_digits(p.now.obs_value) - 1 for p in same) < _DIGITS:
            continue
        first = same[0]
        name, page = evidence.file_of[first.then.locus.report_id], first.then.locus.page
        values = ", ".join(p.now.raw for p in same[:4])
        whole = len(same) == len(pairs)
        yield card(
            "XYR-06",
            "series",
            Severity.ERROR if whole else Severity.WARNING,
            observations=[p.now for p in same],
            series_id=first.now.series_id,
            expected="",
            observed=first.now.raw,
            ar=f"أرقام {first.now.time_period} هي أرقام {first.then.time_period} نفسها ({name}، ص {page}): {values}",
            fr=f"Les chiffres de {first.now.time_period} sont ceux de {first.then.time_period} ({name}, p. {page}) : {values}",
            en=f"The figures of {first.now.time_period} are those of {first.then.time_period} ({name}, p. {page}): {values}",
        )


def slipped_units(evidence: Evidence) -> Iterator[Finding]:
    """A table whose figures are all ten, a thousand, … times those of the year before is in another unit."""
    for pairs in _tables(evidence).values():
        powers: dict[int, list[_Pair]] = defaultdict(list)
        for p in pairs:
            now, then = float(p.now.obs_value or 0), float(p.then.obs_value or 0)
            if now > 0 and then > 0 and not 1 / _SAME < now / then < _SAME:
                exponent = log10(now / then)
                if round(exponent) and abs(exponent - round(exponent)) <= _NEAR:
                    powers[round(exponent)].append(p)
        power, held = max(powers.items(), key=lambda item: len(item[1]), default=(0, []))
        if len(held) < _FEWEST or len(held) < _MOSTLY * len(pairs):
            continue
        held = _in_order(evidence, held)
        first = held[0]
        name, page = evidence.file_of[first.then.locus.report_id], first.then.locus.page
        what = f"{first.now.raw} / {first.then.raw}, × 10^{power}, {len(held)}/{len(pairs)}"
        yield card(
            "XYR-05",
            "series",
            Severity.ERROR,
            observations=[p.now for p in held],
            series_id=first.now.series_id,
            expected=f"≈ {first.then.raw}",
            observed=first.now.raw,
            ar=f"الجدول بوحدة أخرى غير وحدة {name} (ص {page}): {what}",
            fr=f"Le tableau n'est pas dans l'unité de {name} (p. {page}) : {what}",
            en=f"The table is in another unit than in {name} (p. {page}): {what}",
        )


def _tables(evidence: Evidence) -> dict[tuple[str, int | None], list[_Pair]]:
    """By table and column of a report: its own year's levels beside what last year's report said of last year."""
    tables: dict[tuple[str, int | None], list[_Pair]] = defaultdict(list)
    for series in evidence.series:
        if series.unit_measure == "PT" or len(series.vintages) < 2:
            continue
        before: Observation | None = None
        for period, vintages in by_edition(
            series
        ).items():  # periods go up, and only whole years are looked at
            now = next((v.observation for v in vintages if period == str(v.report_year)), None)
            if now is None:
                continue
            if before is not None and (before.report_year or 0) + 1 == now.report_year:
                reading = evidence.reading.get(now.reading_id)
                if reading is not None and reading.table_id:
                    tables[reading.table_id, reading.column].append(_Pair(now, before))
            before = now
    return tables


def _in_order(evidence: Evidence, pairs: Sequence[_Pair]) -> list[_Pair]:
    return sorted(pairs, key=lambda p: (evidence.reading[p.now.reading_id].row or 0, p.now.observation_id))


def _digits(value: Decimal | None) -> int:
    """Digits of a number without its trailing noughts."""
    return len(str(abs(int(value))).rstrip("0")) if value else 0
