"""The same fact told more than once: inside one report, and by two copies of one edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from pipeline.codebook.loading import fold
from pipeline.language.lexicon import words
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.model.place import Method
from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence, Pair
from pipeline.validation.intervals import of

#: So many different values under the same words are of different things.
_MANY = 3
#: So many words in common say that two sentences are about one thing.
_SHARED = 2
#: One thing is seldom told in two numbers of which one is more than so many times the other.
_UNLIKE = 3

_Key = tuple[str, str, str]


def printed_twice(evidence: Evidence) -> Iterator[tuple[Finding, Pair]]:
    """One quantity of one period has one value in one report; each finding with its two observations."""
    for one in evidence.observations:
        if one.duplicates:  # those that agree were merged
            evidence.vouch("DOC-01", (one.reading_id, *one.duplicates), weak=_ocr(one))
    for several in _of_one_fact(evidence.observations):
        yield from _differing(evidence, several)


def _of_one_fact(observations: Sequence[Observation]) -> Iterator[list[Observation]]:
    """Those of one fact of one report, where there are several: sorted by id they stand together."""
    several: list[Observation] = []
    for one, other in pairwise(observations):
        if (
            one.series_id == other.series_id
            and one.time_period == other.time_period
            and one.locus.report_id == other.locus.report_id
        ):
            several = several or [one]
            several.append(other)
        elif several:
            yield several
            several = []
    if several:
        yield several


def _differing(evidence: Evidence, several: Sequence[Observation]) -> Iterator[tuple[Finding, Pair]]:
    """Pairs of one base period whose values can't be of one true value."""
    groups: dict[str, list[Observation]] = defaultdict(list)
    for one in several:
        if one.obs_value is not None:
            groups[one.base_period].append(one)
    for held in groups.values():
        if _only_words(evidence, held):
            continue
        for a, b in pairwise(sorted(held, key=lambda o: (o.locus.page, o.observation_id))):
            if agree(evidence, a, b) or _whole_and_part(evidence, a, b) or _worded_apart(evidence, a, b):
                continue
            yield _two_values(a, b), (a, b)


def _whole_and_part(evidence: Evidence, a: Observation, b: Observation) -> bool:
    """Whether one sentence says both, or one says that it tells a part of what was told: no two values of one fact."""
    told = sorted((a, b), key=lambda one: one.obs_value or 0)
    less, more = (evidence.reading.get(one.reading_id) for one in told)
    if less is None or more is None or not less.sentence:
        return False
    return less.sentence == more.sentence or fold(less.sentence).startswith(_parts())


@cache
def _parts() -> tuple[str, ...]:
    return tuple(f"{fold(phrase)} " for phrase in words("identifiers", "words", "begins_part"))


def _worded_apart(evidence: Evidence, a: Observation, b: Observation) -> bool:
    """Whether two sentences about an indicator nobody has named have little but its noun in common."""
    if a.indicator_known or b.indicator_known:
        return False
    held = [evidence.reading.get(one.reading_id) for one in (a, b)]
    texts = [one.sentence for one in held if one is not None and one.kind != "cell"]
    if len(texts) < len(held):
        return False
    one, other = (evidence.telling.of(text) for text in texts)
    return len(one & other) < _SHARED


def _only_words(evidence: Evidence, held: Sequence[Observation]) -> bool:
    """Whether figures share no more than words: an indicator nobody has named, with many values or two in a sentence."""
    if any(one.indicator_known for one in held):
        return False
    if len({one.obs_value for one in held}) >= _MANY:
        return True
    sentences = [
        evidence.reading[one.reading_id].sentence for one in held if one.reading_id in evidence.reading
    ]
    told = [text for text in sentences if text]
    return len(told) > len(set(told))


def _two_values(a: Observation, b: Observation) -> Finding:
    known = a.indicator_known and b.indicator_known and a.period_stated == b.period_stated
    same = known and not _far_apart(a, b)
    exact = a.qualifier is Qualifier.EXACT and b.qualifier is Qualifier.EXACT
    return card(
        "DOC-01",
        "document",
        Severity.ERROR if same and exact and not (_ocr(a) or _ocr(b)) else Severity.WARNING,
        observations=[a, b],
        series_id=a.series_id,
        expected=b.raw,
        observed=a.raw,
        origin=None if same else Origin.UNDETERMINED,
        ar=f"قيمتان في التقرير نفسه: {a.raw} (ص {a.locus.page}) و{b.raw} (ص {b.locus.page})",
        fr=f"deux valeurs dans le même rapport, {a.raw} (p. {a.locus.page}) et {b.raw} (p. {b.locus.page})",
        en=f"two values in one report, {a.raw} (p. {a.locus.page}) and {b.raw} (p. {b.locus.page})",
    )


def _far_apart(a: Observation, b: Observation) -> bool:
    """Whether two values are so unlike that one is of something else, and no slip of the unit: 3 115 and 36 000."""
    low, high = sorted(abs(one.obs_value or Decimal(0)) for one in (a, b))
    return low * _UNLIKE < high and (not low or not _is_power(high / low))


def _is_power(ratio: Decimal) -> bool:
    return ratio == Decimal(1).scaleb(ratio.adjusted())


def copies(evidence: Evidence) -> Iterator[Finding]:
    """Files of one edition (a scan beside the original) print the same values."""
    for files in editions(evidence):
        for key, tellers in _told(evidence, files).items():
            firm = [o for o in tellers if not _ocr(o)] or tellers
            for other in tellers:
                if other is firm[0] or agree(evidence, firm[0], other):
                    continue
                first = firm[0]
                name = evidence.file_of[first.locus.report_id]
                yield card(
                    "DOC-11",
                    "document",
                    Severity.WARNING,
                    observations=[other, first],
                    series_id=key[1],
                    expected=first.raw,
                    observed=other.raw,
                    origin=Origin.EXTRACTION,
                    ar=f"{other.raw} هنا و{first.raw} في {name} (ص {first.locus.page})",
                    fr=f"{other.raw} ici, {first.raw} dans {name} (p. {first.locus.page})",
                    en=f"{other.raw} here, {first.raw} in {name} (p. {first.locus.page})",
                )


def lacking(evidence: Evidence) -> Iterator[Finding]:
    """A recognised copy of an edition has every figure that its text copies have."""
    readings = {e.report.report_id: e.readings for e in evidence.extractions}
    for files in editions(evidence):
        told: dict[str, dict[tuple[str, str], Observation]] = {f: {} for f in files}
        recognised = {f for f in files if _is_scan(readings[f])}
        for observation in (one for file in files for one in evidence.told_in(file)):
            if observation.obs_value is not None:
                told[observation.locus.report_id][observation.series_id, observation.time_period] = (
                    observation
                )
        firm = [f for f in files if f not in recognised]
        for file in recognised:
            missed = [o for key, o in (told[firm[0]] if firm else {}).items() if key not in told[file]]
            if not missed:
                continue
            what = [f"{o.raw} ({o.indicator}, p. {o.locus.page})" for o in missed]
            listed_ar, listed = "؛ ".join(what), "; ".join(what)
            yield card(
                "DOC-12",
                "document",
                Severity.WARNING,
                observations=missed,
                report_id=file,
                locus=None,
                origin=Origin.EXTRACTION,
                expected=str(len(missed)),
                observed="0",
                ar=f"أرقام في {evidence.file_of[firm[0]]} لم يعثر عليها هنا ({len(missed)}): {listed_ar}",
                fr=f"Chiffres de {evidence.file_of[firm[0]]} introuvables ici ({len(missed)}) : {listed}",
                en=f"Figures of {evidence.file_of[firm[0]]} that were not found here ({len(missed)}): {listed}",
            )


def editions(evidence: Evidence) -> Iterator[list[str]]:
    """Report ids of files that are copies of one edition: same publisher and year, more than one file."""
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    for extraction in evidence.read_reports():
        report = extraction.report
        if report.edition_year is not None and report.publisher:
            groups[report.publisher, report.edition_year].append(report.report_id)
    yield from (sorted(files) for files in groups.values() if len(files) > 1)


def _told(evidence: Evidence, files: Sequence[str]) -> dict[_Key, list[Observation]]:
    groups: dict[_Key, list[Observation]] = defaultdict(list)
    held = (one for file in files for one in evidence.told_in(file))
    for one in sorted(held, key=lambda one: one.observation_id):
        if one.obs_value is not None:
            groups["", one.series_id, one.time_period].append(one)
    return groups


def agree(evidence: Evidence, a: Observation, b: Observation) -> bool:
    """Whether two observations can be of one true value."""
    one, other = (of(evidence.reading[o.reading_id]) for o in (a, b))
    return one is None or other is None or one.meets(other)


def _ocr(observation: Observation) -> bool:
    return observation.locus.method is Method.OCR


def _is_scan(readings: Sequence[Reading]) -> bool:
    return bool(readings) and all(r.locus.method is Method.OCR for r in readings)
