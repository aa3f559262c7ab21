"""Findings made alike: id from rule, targets and values; messages in three languages; numbers as printed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.model.place import Locus, Method
from pipeline.model.reading import Reading

#: Writes a number in the way of one language.
Say = Callable[..., str]
WEIGHT = {Severity.ERROR: 1.0, Severity.WARNING: 0.5, Severity.INFORMATION: 0.1}


def card(
    rule: str,
    level: str,
    severity: Severity,
    *,
    ar: str,
    fr: str,
    en: str,
    expected: str = "",
    observed: str = "",
    readings: Sequence[Reading] = (),
    observations: Sequence[Observation] = (),
    mention: str = "",
    origin: Origin | None = None,
    report_id: str = "",
    locus: Locus | None = None,
    series_id: str = "",
    influence: float = 1.0,
    explanations: Sequence[str] = (),
) -> Finding:
    """One finding; the first reading or observation is the most suspected and gives the place."""
    first = locus or (readings[0].locus if readings else observations[0].locus if observations else None)
    targets = [r.reading_id for r in readings] + [o.observation_id for o in observations]
    values = [_value(r, r.value) for r in readings] + [_value(o, o.obs_value) for o in observations]
    text = "|".join([rule, report_id, series_id, mention, *targets, *values, expected, observed])
    return Finding(
        finding_id="F-" + hashlib.sha256(text.encode()).hexdigest()[:12],
        rule=rule,
        level=level,
        severity=severity,
        origin=origin or _origin(readings, observations),
        report_id=report_id or (first.report_id if first else ""),
        locus=first,
        expected=expected,
        observed=observed,
        message_ar=ar,
        message_fr=fr,
        message_en=en,
        readings=tuple(r.reading_id for r in readings),
        observations=tuple(o.observation_id for o in observations),
        series_id=series_id,
        explanations=tuple(explanations),
        priority=round(WEIGHT[severity] * min(max(influence, 0.05), 1.0), 4),
    )


def _value(one: Reading | Observation, value: Decimal | None) -> str:
    """What is printed, and what a person says it is: after a correction a finding is another one."""
    return f"{one.raw} {value}" if one.locus.method is Method.PERSON else one.raw


def joined_id(findings: Sequence[Finding]) -> str:
    """Id of a card that joins several findings: another one when any of them has another, so that a value changed."""
    text = "|".join(sorted(finding.finding_id for finding in findings))
    return "F-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def _origin(readings: Sequence[Reading], observations: Sequence[Observation]) -> Origin:
    """A digital page is not misread; on a scan it may be either."""
    places = [r.locus for r in readings] + [o.locus for o in observations]
    if any(place.method is Method.OCR for place in places):
        return Origin.EXTRACTION
    return Origin.SOURCE


def say(value: Decimal | Fraction | int | None, decimals: int | None = None, *, language: str = "fr") -> str:
    """A number as the reports print it (groups parted by a space, decimal comma), or as it is written in English (``en``)."""
    if value is None:
        return "?"
    if isinstance(value, Fraction):
        places = 4 if decimals is None else decimals
        value = round(Decimal(value.numerator) / Decimal(value.denominator), places)
    number = Decimal(value)
    text = f"{number:,.{decimals}f}" if decimals is not None else f"{number:,f}"
    if "." in text and decimals is None:
        text = text.rstrip("0").rstrip(".")
    return text if language == "en" else text.replace(",", "\u202f").replace(".", ",")


def in_each(compose: Callable[[Say], str]) -> tuple[str, str, str]:
    """A line composed for Arabic, French and English, each with its way to write numbers."""
    ar, fr, en = (compose(partial(say, language=language)) for language in ("ar", "fr", "en"))
    return ar, fr, en


def share(part: Decimal | None, whole: Decimal | None) -> float:
    """Size of a difference relative to a whole, for priorities."""
    return float(min(abs(part) / abs(whole), Decimal(1))) if part and whole else 0.3
