"""A table against the table of the year before: printed again unchanged, or in another unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import log10

from pipeline.codebook.loading import fold
from pipeline.model.finding import Finding, Severity
from pipeline.model.observation import Observation
from pipeline.model.series import Series
from pipeline.validation.cards import card, in_each
from pipeline.validation.evidence import Evidence, Pair
from pipeline.validation.intervals import size
from pipeline.validation.years.representative import by_edition

#: So many figures of a table must agree before the agreement is no accident.
_FEWEST = 3
#: Digits beyond the first that the equal figures must have between them: one chance in as many powers of ten.
_DIGITS = 6
_MOSTLY = 0.8
_NEAR = 0.15
#: Values less than this factor apart are of the same power of ten.
_SAME = 3.0


def stale_copies(evidence: Evidence) -> Iterator[Finding]:
    """Figures of different years are not the same again, one after another.

    Level figures only; round ones and small ones don't count, since stocks such as a number of centres stand still.
    """
    tables = _tables(evidence)
    moved = {table for (table, _), pairs in tables.items() if any(now.obs_value != then.obs_value for now, then in pairs)}
    for (table, _), pairs in tables.items():
        if sum(now.obs_value == then.obs_value for now, then in pairs) < _FEWEST or _stands_still(evidence, pairs[0][0]):
            continue
        telling = [pair for pair in _in_order(evidence, pairs) if _digits(pair[0].obs_value) >= 2]
        same = [(now, then) for now, then in telling if now.obs_value == then.obs_value]
        if len(same) < _FEWEST or len(same) < _MOSTLY * len(telling):
            continue
        if sum(_digits(now.obs_value) - 1 for now, _ in same) < _DIGITS:
            continue
        first, last_years = same[0]
        name, page = evidence.file_of[last_years.locus.report_id], last_years.locus.page
        values = ", ".join(now.raw for now, _ in same[:4])
        year, before = first.time_period, last_years.time_period
        whole = len(same) == len(pairs) and table not in moved
        yield card(
            "XYR-06",
            "series",
            Severity.ERROR if whole else Severity.WARNING,
            observations=[now for now, _ in same],
            series_id=first.series_id,
            expected="",
            observed=first.raw,
            ar=f"أرقام الجدول لسنة {year} هي أرقام {before} نفسها ({name}، ص {page}): {values}",
            fr=f"les chiffres du tableau pour {year} sont ceux de {before} ({name}, p. {page}) : {values}",
            en=f"the table's figures for {year} are those of {before} ({name}, p. {page}): {values}",
        )


def _stands_still(evidence: Evidence, one: Observation) -> bool:
    """Whether a column counts what is the same from year to year: surfaces, inhabitants, beds."""
    reading = evidence.reading[one.reading_id]
    told = {word for text in (reading.column_label.ar, reading.column_label.fr) for word in fold(text).split()}
    return not told.isdisjoint(evidence.codebook.identities.words["still"])


def slipped_units(evidence: Evidence) -> Iterator[Finding]:
    """A table whose figures are all ten, a thousand, … times those of the year before is in another unit."""
    for pairs in _tables(evidence).values():
        powers: dict[int, list[Pair]] = defaultdict(list)
        for pair in pairs:
            now, then = size(pair[0].obs_value), size(pair[1].obs_value)
            if now > 0 and then > 0 and not 1 / _SAME < now / then < _SAME:
                exponent = log10(now / then)
                if round(exponent) and abs(exponent - round(exponent)) <= _NEAR:
                    powers[round(exponent)].append(pair)
        power, held = max(powers.items(), key=lambda item: len(item[1]), default=(0, []))
        if len(held) < _FEWEST or len(held) < _MOSTLY * len(pairs):
            continue
        held = _in_order(evidence, held)
        first, last_years = held[0]
        name, page = evidence.file_of[last_years.locus.report_id], last_years.locus.page
        times = _times(power)
        here, there, share = first.raw, last_years.raw, f"{len(held)}/{len(pairs)}"
        yield card(
            "XYR-05",
            "series",
            Severity.ERROR,
            observations=[now for now, _ in held],
            series_id=first.series_id,
            expected=f"≈ {last_years.raw}",
            observed=first.raw,
            ar=f"الجدول بوحدة أخرى غير وحدة {name} (ص {page}): {here} هنا و{there} هناك ({times[0]}، {share})",
            fr=f"tableau dans une autre unité que {name} (p. {page}) : {here} ici, {there} là ({times[1]}, {share})",
            en=f"table in another unit than in {name} (p. {page}): {here} here, {there} there ({times[2]}, {share})",
        )


def _times(power: int) -> tuple[str, str, str]:
    """A power of ten as a factor, in each language."""
    return in_each(lambda say: f"× {say(10**power)}" if power > 0 else f"÷ {say(10**-power)}")


def _tables(evidence: Evidence) -> dict[tuple[str, int | None], list[Pair]]:
    """By table and column of a report: its own year's levels beside what last year's report said of last year."""
    if evidence.beside_last_year is None:
        evidence.beside_last_year = defaultdict(list)
        for series in evidence.series:
            if series.unit_measure != "PT" and len(series.vintages) > 1:
                for now, then in _pairs(series):
                    reading = evidence.reading.get(now.reading_id)
                    if reading is not None and reading.table_id:
                        evidence.beside_last_year[reading.table_id, reading.column].append((now, then))
    return evidence.beside_last_year


def _pairs(series: Series) -> Iterator[Pair]:
    before: Observation | None = None
    for period, vintages in by_edition(series).items():  # periods go up, and only whole years are looked at
        now = next((v for v in vintages if period == str(v.report_year)), None)
        if now is None:
            continue
        if before is not None and (before.report_year or 0) + 1 == now.report_year:
            yield now, before
        before = now


def _in_order(evidence: Evidence, pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(
        pairs, key=lambda pair: (evidence.reading[pair[0].reading_id].row or 0, pair[0].observation_id)
    )


def _digits(value: Decimal | None) -> int:
    """Digits of a number without its trailing noughts."""
    return len(str(abs(int(value))).rstrip("0")) if value else 0
