"""What a sentence claims about other figures: growth since a year, so many for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.codebook.identities import Count
from pipeline.codebook.loading import fold
from pipeline.language.flat import flat_text
from pipeline.language.lexicon import words
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.cards import card, in_each, say
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import Interval, exactly, of
from pipeline.validation.prose.bases import Subject, alike, subject

#: How many words after a rate may stand before the word that says what it is per.
_NEAR = 8


def growth(evidence: Evidence) -> Iterator[Finding]:
    """A claimed growth agrees with the two figures it compares, whichever report printed the earlier one.

    "An increase of more than 200 %" is read both ways: more than three times the base, and (how it is often
    meant) more than twice. Only what fails both is a contradiction; what fails the first alone is wording.
    """
    for readings in _sentences(evidence):
        for claim in readings:
            if claim.measure != "growth_rate" or claim.value is None:
                continue
            about = subject(evidence, readings, claim)
            if about is not None:
                yield from _compare(evidence, claim, about)


def _compare(evidence: Evidence, claim: Reading, about: Subject) -> Iterator[Finding]:
    now, bases = about.now, about.bases
    current, rate = of(now), of(claim)
    if current is None or rate is None or now.value is None or claim.value is None:
        return
    strict, fall, loose = rate.times(Fraction(1, 100)) + exactly(1), _fall(rate), rate.times(Fraction(1, 100))
    ratios = [(base, current.over(x)) for base in bases if base.value and (x := of(base)) is not None]
    if not ratios:
        return
    if any(ratio.meets(strict) or ratio.meets(fall) for _, ratio in ratios):
        evidence.vouch("DOC-05", [r.reading_id for r in (claim, now, *(base for base, _ in ratios))])
        return
    as_multiple = claim.value >= 100 and any(ratio.meets(loose) for _, ratio in ratios)
    base = ratios[0][0]
    times = Fraction(now.value) / Fraction(base.value or 1)
    change = (times - 1) * 100
    exact = now.qualifier is Qualifier.EXACT and all(b.qualifier is Qualifier.EXACT for b in bases)
    severity = Severity.ERROR if exact and about.sure and not as_multiple else Severity.WARNING
    ar, fr, en = in_each(lambda say: f"{say(now.value)} ÷ {say(base.value)} = {say(times, 2)}")
    where = evidence.file_of.get(base.locus.report_id, "")
    source = "" if base.locus.report_id == claim.locus.report_id else f" ({where}, p. {base.locus.page})"
    yield card(
        "DOC-05",
        "document" if not source else "series",
        severity,
        readings=[claim, now, base],
        expected=f"{say(change, 1)} %",
        observed=claim.raw,
        origin=Origin.WORDING if as_multiple else None,
        ar=f"{ar}، أي تغير بنسبة {say(change, 1)} %؛ المطبوع {claim.raw}{source}",
        fr=f"{fr}, soit {say(change, 1)} % ; imprimé {claim.raw}{source}",
        en=f"{en}, a change of {say(change, 1, language='en')} %; printed {claim.raw}{source}",
    )


def _fall(rate: Interval) -> Interval:
    """Ratio after a fall by the rate; nothing falls by more than all of itself."""
    return exactly(1) + rate.times(Fraction(-1, 100))


def _sentences(evidence: Evidence) -> Iterator[list[Reading]]:
    """Figures of each sentence that holds more than one, in printed order."""
    groups: dict[tuple[str, int, str], list[Reading]] = defaultdict(list)
    for reading in evidence.readings:
        if reading.kind != "cell" and reading.sentence:
            groups[reading.locus.report_id, reading.locus.page, reading.sentence].append(reading)
    yield from (readings for readings in groups.values() if len(readings) > 1)


def rate_times_count(evidence: Evidence) -> Iterator[Finding]:
    """So many for each region, times the regions, is the total stated beside it."""
    for readings in _sentences(evidence):
        for rate in readings:
            count = _per(evidence, rate)
            if count is None or _by_the_year(rate):
                continue
            times = _told_count(readings, rate, count)
            whole = _whole(readings, rate)
            x, r = (of(whole), of(rate)) if whole else (None, None)
            if whole is None or x is None or r is None or rate.value is None:
                continue
            if x.meets(r.times(times)) or (_leaves_rest(rate.sentence) and rate.value * times < (whole.value or 0)):
                evidence.vouch("DOC-03", (whole.reading_id, rate.reading_id))
                continue
            exact = whole.qualifier is Qualifier.EXACT and rate.qualifier is Qualifier.EXACT
            ar, fr, en = _product(rate.value, times)
            yield card(
                "DOC-03",
                "document",
                Severity.ERROR if exact else Severity.WARNING,
                readings=[whole, rate],
                expected=say(rate.value * times),
                observed=whole.raw,
                ar=f"{ar}؛ المطبوع {whole.raw}",
                fr=f"{fr} ; imprimé {whole.raw}",
                en=f"{en}; printed {whole.raw}",
            )


def _told_count(readings: Sequence[Reading], rate: Reading, count: Count) -> int:
    """How many there are of what a rate is per: so many as its sentence says («dans huit régions»), or else all."""
    counted = {fold(word) for word in count.words}
    told = [one.value for one in readings if one is not rate and fold(one.unit_label) in counted and one.value]
    return int(told[0]) if len(told) == 1 else count.value


def _by_the_year(rate: Reading) -> bool:
    """Whether a rate is one of every year as well: «50 projets par région et par an»."""
    behind = flat_text(rate.sentence.partition(rate.raw)[2]).split()[: 2 * _NEAR]
    told = f" {' '.join(word.strip('،,.;؛') for word in behind)} "
    return any(f" {word} " in told for word in words("identifiers", "words", "yearly"))


def _leaves_rest(sentence: str) -> bool:
    told = {word.strip("،,().؛").removeprefix("و") for word in flat_text(sentence).split()}
    return not told.isdisjoint(words("identifiers", "words", "others"))


def _product(rate: Decimal, count: int) -> tuple[str, str, str]:
    return in_each(lambda say: f"{say(rate)} × {count} = {say(rate * count)}")


def _per(evidence: Evidence, rate: Reading) -> Count | None:
    """The known count that a rate is per: the first of its words after the rate."""
    if rate.measure != "rate" or rate.raw not in rate.sentence:
        return None
    after = rate.sentence.split(rate.raw, 1)[1].split()[:_NEAR]
    near = {fold(word.strip("،,.;؛")) for word in after}
    year = evidence.year_of.get(rate.locus.report_id)
    for count in evidence.codebook.identities.counts:
        if count.holds_in(year) and near & {fold(word) for word in count.words}:
            return count
    return None


def _whole(readings: Sequence[Reading], rate: Reading) -> Reading | None:
    """The total that a rate splits: the nearest level before it in the same unit, counting the same thing."""
    before = readings[: readings.index(rate)]
    return next(
        (r for r in reversed(before) if r.measure in ("", "level", "target") and alike(r, rate)), None
    )
