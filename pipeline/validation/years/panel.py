"""A series among its siblings, and against its own past: outliers of a panel, totals that only grow, units that change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from statistics import median, quantiles

from pipeline.codebook.loading import fold
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.model.quick import quick
from pipeline.model.reading import Reading
from pipeline.model.series import Series
from pipeline.validation.cards import card, say
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import of, size

#: Fewer siblings have no spread that could be told (Banff asks for ten).
_FEWEST = 10
#: Robust deviations, and the factor beyond that of the siblings, from which a change is told.
_FAR, _FACTOR = 4.0, 1.5
#: Hidiroglou and Berthelot: how size counts, the least spread, and the bound (Statistics Norway uses 20).
_SIZE, _LEAST, _BOUND = 0.4, 0.05, 20.0
_SMALL = 50
_LEAST_SIGMA = 0.05


@quick
@dataclass(frozen=True, slots=True)
class _Step:
    series: Series
    before: Observation
    after: Observation
    change: float  # logarithm of the ratio
    size: float  # the larger of both


def unlike_siblings(evidence: Evidence) -> Iterator[Finding]:
    """One series of a table does not change quite otherwise than ten or more others.

    Two measures, for each is blind where the other sees: robust deviations of the logarithms, and the effect of
    Hidiroglou and Berthelot, stricter on large figures. What trebles is told by XYR-03.
    """
    limit = float(evidence.codebook.identities.limits["jump_factor"])
    groups: dict[tuple[str, str, str], list[_Step]] = defaultdict(list)
    for series in evidence.series:
        if series.unit_measure in ("PT", "PP"):
            continue
        for old, new in pairwise(evidence.latest(series)):
            was, now = size(old.obs_value), size(new.obs_value)
            if was > 0 and now > 0:
                step = _Step(series, old, new, log(now / was), max(was, now))
                groups[series.indicator, old.time_period, new.time_period].append(step)
    for steps in groups.values():
        if len(steps) < _FEWEST:
            continue
        middle = median(step.change for step in steps)
        apart = {i for i, step in enumerate(steps) if abs(step.change - middle) > log(_FACTOR)}
        far = apart & (_far(steps, middle) | _large(steps)) if apart else ()
        for i in sorted(far):
            step = steps[i]
            if step.size >= _SMALL and -log(limit) <= step.change <= log(limit):
                yield _outlier(step, middle, len(steps))


def _far(steps: Sequence[_Step], middle: float) -> set[int]:
    spread = max(1.4826 * median(abs(step.change - middle) for step in steps), _LEAST_SIGMA)
    return {i for i, step in enumerate(steps) if abs(step.change - middle) / spread > _FAR}


def _large(steps: Sequence[_Step]) -> set[int]:
    """Steps beyond the bounds of Hidiroglou and Berthelot (1986)."""
    ratios = [exp(step.change) for step in steps]
    middle = median(ratios)
    turned = [r / middle - 1 if r >= middle else 1 - middle / r for r in ratios]
    effects = [t * step.size**_SIZE for t, step in zip(turned, steps, strict=True)]
    low, centre, high = quantiles(effects, n=4)
    below = _BOUND * max(centre - low, abs(_LEAST * centre))
    above = _BOUND * max(high - centre, abs(_LEAST * centre))
    return {i for i, effect in enumerate(effects) if effect < centre - below or effect > centre + above}


def _outlier(step: _Step, middle: float, count: int) -> Finding:
    new, old = step.after, step.before
    factor, usual = say(round(100 * exp(step.change)), 0), say(round(100 * exp(middle)), 0)
    return card(
        "XYR-04",
        "series",
        Severity.WARNING,
        observations=[new, old],
        series_id=step.series.series_id,
        origin=Origin.UNDETERMINED,
        expected=f"≈ {usual} %",
        observed=new.raw,
        ar=f"{new.raw} مقابل {old.raw}: {factor} % من السنة السابقة؛ وفي السلاسل الشقيقة ({count}) {usual} %",
        fr=f"{new.raw} contre {old.raw} : {factor} % de l'année précédente ; dans les {count} séries sœurs {usual} %",
        en=f"{new.raw} against {old.raw}: {factor} % of the year before; in the {count} sibling series {usual} %",
    )


def falling_totals(evidence: Evidence) -> Iterator[Finding]:
    """What is counted since a year only grows."""
    words = evidence.codebook.identities.words["cumulative"]
    for series in evidence.series:
        if series.unit_measure in ("PT", "PP"):
            continue
        for old, new in pairwise(evidence.latest(series)):
            if (new.obs_value or 0) >= (old.obs_value or 0):
                continue
            one, other = evidence.reading.get(old.reading_id), evidence.reading.get(new.reading_id)
            if one is None or other is None or not all(_since(r, words) for r in (one, other)):
                continue
            low, high = of(other), of(one)
            if low is None or high is None or low.high is None or high.low is None or low.high >= high.low:
                continue
            name = evidence.file_of[old.locus.report_id]
            yield card(
                "XYR-11",
                "series",
                Severity.WARNING,
                observations=[new, old],
                series_id=series.series_id,
                origin=Origin.UNDETERMINED,
                expected=f"≥ {old.raw}",
                observed=new.raw,
                ar=f"عدد تراكمي ينقص، {new.raw} إلى غاية {new.time_period} وكان {old.raw} إلى غاية {old.time_period} ({name})",
                fr=f"un cumul qui baisse, {new.raw} jusqu'en {new.time_period}, {old.raw} jusqu'en {old.time_period} ({name})",
                en=f"a running total that falls, {new.raw} up to {new.time_period}, {old.raw} up to {old.time_period} ({name})",
            )


def _since(reading: Reading, words: Sequence[str]) -> bool:
    """Whether what is printed with a figure says that it counts all there was so far."""
    texts = [reading.sentence]
    for label in (reading.row_label, reading.column_label):
        texts += [label.ar, label.fr]
    said = f" {fold(' '.join(texts))} "
    return any(f" {word} " in said for word in words)


def changed_units(evidence: Evidence) -> Iterator[Finding]:
    """A quantity is told in one unit in all reports: families in one and persons in the next is another quantity."""
    told: dict[str, dict[str, Series]] = defaultdict(dict)
    for series in evidence.series:
        if series.vintages and series.vintages[0].indicator_known:
            told[f"{series.indicator}|{series.ref_area}|{series.sex}|{series.age}|{series.dimensions}"][
                series.unit_measure
            ] = series
    for held in told.values():
        if len(held) < 2:
            continue
        years = {unit: {v.report_year for v in s.vintages} for unit, s in held.items()}
        for (unit, series), (other, later) in pairwise(
            sorted(held.items(), key=lambda item: _first(item[1]))
        ):
            if years[unit] & years[other] or "NUMBER" in (unit, other):
                continue
            old, new = series.vintages[-1], later.vintages[0]
            name = evidence.file_of[old.locus.report_id]
            yield card(
                "XYR-09",
                "series",
                Severity.WARNING,
                observations=[new, old],
                series_id=later.series_id,
                origin=Origin.DEFINITION,
                expected=unit,
                observed=other,
                ar=f"وحدة أخرى، {new.raw} ({other})، وكانت {old.raw} ({unit}) في {name}",
                fr=f"autre unité, {new.raw} ({other}) ici, {old.raw} ({unit}) dans {name}",
                en=f"another unit, {new.raw} ({other}) here, {old.raw} ({unit}) in {name}",
            )  # fmt: skip


def _first(series: Series) -> tuple[int, str]:
    return min(v.report_year or 0 for v in series.vintages), series.series_id
