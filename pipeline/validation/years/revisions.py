"""What a later report says of a year that an earlier one had told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.validation.cards import card, share
from pipeline.validation.evidence import Evidence
from pipeline.validation.prose.agreement import agree
from pipeline.validation.slips import slip
from pipeline.validation.years.representative import by_edition

WORDS = {
    "scale": ("فرق في قوة العشرة", "écart d'une puissance de dix", "a power of ten apart"),
    "typo": (
        "الأرقام نفسها بترتيب آخر",
        "mêmes chiffres dans un autre ordre",
        "the same digits in another order",
    ),
    "digit": ("رقم واحد مختلف", "un seul chiffre diffère", "one digit differs"),
    "routine": ("مراجعة صغيرة", "révision courante", "a routine revision"),
    "major": ("مراجعة كبيرة", "révision importante", "a major revision"),
}


def restated(evidence: Evidence) -> Iterator[Finding]:
    """An earlier year is repeated as it was first told, or the change is named: slip, routine, major."""
    routine = Fraction(evidence.codebook.identities.limits["routine_revision"])
    for series in evidence.series:
        if len(series.vintages) < 2:
            continue
        for vintages in by_edition(series).values():
            for first, second in pairwise(vintages):
                if agree(evidence, first, second):
                    evidence.vouch("XYR-01", (first.reading_id, second.reading_id), weak=True)
                    continue
                yield _restatement(evidence, first, second, kind(first, second, routine))


def kind(first: Observation, second: Observation, routine: Fraction) -> str:
    """Class of a restatement: ``scale``, ``typo``, ``digit``, ``routine`` or ``major``.

    ``digit`` needs two equal digits to the right of the one that differs: a real revision seldom leaves the lower
    digits alone (one time in a hundred).
    """
    old, new = Fraction(first.obs_value or 0), Fraction(second.obs_value or 0)
    if old and new and (power_of_ten(old, new)):
        return "scale"
    if of_hand := slip(first.obs_value or Decimal(0), second.obs_value or Decimal(0)):
        return of_hand
    return "routine" if old and abs(new - old) / abs(old) <= routine else "major"


def power_of_ten(old: Fraction, new: Fraction) -> int:
    """Exponent k when the ratio is ten to the k within two percent, else 0."""
    ratio = new / old if old else Fraction(0)
    for k in (-6, -3, -2, -1, 1, 2, 3, 6):
        if ratio > 0 and abs(ratio / Fraction(10) ** k - 1) <= Fraction(2, 100):
            return k
    return 0


def _restatement(evidence: Evidence, first: Observation, second: Observation, what: str) -> Finding:
    ar, fr, en = WORDS[what]
    name = evidence.file_of[first.locus.report_id]
    difference = (second.obs_value or Decimal(0)) - (first.obs_value or Decimal(0))
    period = second.time_period
    return card(
        "XYR-01",
        "series",
        Severity.INFORMATION if what == "routine" else Severity.WARNING,
        observations=[second, first],
        series_id=second.series_id,
        origin=Origin.REVISION if what in ("routine", "major") else None,
        expected=first.raw,
        observed=second.raw,
        influence=share(difference, first.obs_value) if difference else 0.3,
        ar=f"{period}: {second.raw} هنا، {first.raw} في {name} (ص {first.locus.page})؛ {ar}",
        fr=f"{period} : {second.raw} ici, {first.raw} dans {name} (p. {first.locus.page}) ; {fr}",
        en=f"{period}: {second.raw} here, {first.raw} in {name} (p. {first.locus.page}); {en}",
    )
