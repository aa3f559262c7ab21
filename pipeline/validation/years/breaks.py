"""Series that jump, and series that stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import log10
from statistics import median

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.model.report import Outcome
from pipeline.model.series import Series
from pipeline.validation.cards import card, say
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import size
from pipeline.validation.years.representative import rank

#: Below this size a count may double or treble without anybody wondering.
_SMALL = 50
#: A jump is that of its siblings when the two differ by less than this factor.
_ALIKE = 1.5


def jumps(evidence: Evidence) -> Iterator[Finding]:
    """A level does not change by more than a factor from one year to the next, unless its siblings do alike.

    Siblings are the other series of one indicator (the other sex, the regions). Two or three points have no
    dispersion of their own, so a plain factor is used.
    """
    limit = float(evidence.codebook.identities.limits["jump_factor"])
    by_indicator: dict[str, list[Series]] = defaultdict(list)
    for series in evidence.series:
        if series.unit_measure != "PT":
            by_indicator[series.indicator].append(series)
    for alike in by_indicator.values():
        for series in alike:
            flagged: set[str] = set()
            for before, after, ratio in _steps(evidence, series):
                if 1 / limit <= ratio <= limit or before.time_period in flagged:
                    continue
                others = _same_step(
                    evidence, before, after, [other for other in alike if other is not series]
                )
                if others and 1 / _ALIKE <= ratio / median(others) <= _ALIKE:
                    continue
                flagged.add(after.time_period)
                yield _jump(evidence, series, before, after, ratio)


def _same_step(
    evidence: Evidence, before: Observation, after: Observation, siblings: Sequence[Series]
) -> list[float]:
    """Ratios of the siblings between the same two periods."""
    step = (before.time_period, after.time_period)
    return [
        ratio
        for one in siblings
        for b, a, ratio in _steps(evidence, one)
        if (b.time_period, a.time_period) == step
    ]


def _steps(evidence: Evidence, series: Series) -> Iterator[tuple[Observation, Observation, float]]:
    """Ratios of values one or two years apart, leaving out small ones."""
    if len(series.vintages) < 2:
        return
    for before, after in pairwise(evidence.latest(series)):
        old, new = before.obs_value, after.obs_value
        if not old or not new or int(after.time_period) - int(before.time_period) > 2:
            continue
        was, now = size(old), size(new)
        if was > 0 and now > 0 and max(was, now) >= _SMALL:
            yield before, after, now / was


def _jump(evidence: Evidence, series: Series, old: Observation, new: Observation, ratio: float) -> Finding:
    power = round(log10(ratio))
    slip = bool(power) and abs(log10(ratio) - power) <= 0.1
    times = Fraction(new.obs_value or 0) / Fraction(old.obs_value or 1)
    factor = say(times, 2)
    name = evidence.file_of[old.locus.report_id]
    ar, fr, en = (
        ("، صفر زائد؟", ", un zéro de trop ?", ", a zero too many?") if slip and power > 0 else ("", "", "")
    )
    return card(
        "XYR-03",
        "series",
        Severity.WARNING,
        observations=[new, old],
        series_id=series.series_id,
        origin=None if slip else Origin.UNDETERMINED,
        expected=f"≈ {old.raw}",
        observed=new.raw,
        ar=f"{new.raw} سنة {new.time_period} مقابل {old.raw} سنة {old.time_period} ({name}): ×{factor}{ar}",
        fr=f"{new.raw} en {new.time_period} contre {old.raw} en {old.time_period} ({name}) : ×{factor}{fr}",
        en=f"{new.raw} in {new.time_period} against {old.raw} in {old.time_period} ({name}): ×{say(times, 2, language='en')}{en}",
    )


def moved_targets(evidence: Evidence) -> Iterator[Finding]:
    """A target or a programme's budget stays what it was in the report of the year before."""
    for series in evidence.series:
        indicator = evidence.codebook.indicators.get(series.indicator)
        if indicator is None or indicator.kind != "target":
            continue
        for old, new in pairwise(evidence.latest(series)):
            if old.obs_value == new.obs_value or old.report_year == new.report_year:
                continue
            name = evidence.file_of[old.locus.report_id]
            yield card(
                "XYR-13",
                "series",
                Severity.WARNING,
                observations=[new, old],
                series_id=series.series_id,
                origin=Origin.DEFINITION,
                expected=old.raw,
                observed=new.raw,
                ar=f"الهدف {new.raw}، وكان {old.raw} في {name}",
                fr=f"objectif de {new.raw}, il était de {old.raw} dans {name}",
                en=f"a target of {new.raw}, it was {old.raw} in {name}",
            )


def vanished(evidence: Evidence) -> Iterator[Finding]:
    """An indicator that two of the last three editions print is in this one too.

    Only for editions of which some copy was read in full: a page that could not be read is told elsewhere.
    """
    whole = {
        e.report.edition_year
        for e in evidence.extractions
        if e.report.outcome is Outcome.READ and e.report.edition_year is not None
    }
    told: dict[str, dict[int, Series]] = defaultdict(dict)
    for series in evidence.series:
        for vintage in series.vintages:
            if vintage.report_year is not None and vintage.indicator_known:
                told[series.indicator].setdefault(vintage.report_year, series)
    for indicator, years in sorted(told.items()):
        for year in sorted(y for y in whole if y is not None):
            before = [y for y in sorted(whole) if y is not None and year - 3 <= y < year and y in years]
            if year in years or len(before) < 2 or before[-1] != year - 1:
                continue
            yield _vanished(evidence, years[before[-1]], indicator, year, before)


def _vanished(evidence: Evidence, series: Series, indicator: str, year: int, before: list[int]) -> Finding:
    last = min((v for v in series.vintages if v.report_year == before[-1]), key=rank)
    report = next(i for i, y in sorted(evidence.year_of.items()) if y == year)
    editions = ", ".join(map(str, before))
    name, page = evidence.file_of[last.locus.report_id], last.locus.page
    return card(
        "XYR-07",
        "series",
        Severity.WARNING,
        observations=[last],
        series_id=series.series_id,
        report_id=report,
        origin=Origin.UNDETERMINED,
        expected=indicator,
        observed="",
        ar=f"ورد في {editions.replace(',', '،')} ولم يرد في {year}؛ آخر ورود {last.raw} ({name}، ص {page})",
        fr=f"présent dans les éditions {editions}, absent en {year} ; dernière valeur {last.raw} ({name}, p. {page})",
        en=f"in the editions {editions}, not in {year}; last value {last.raw} ({name}, p. {page})",
    )  # fmt: skip
