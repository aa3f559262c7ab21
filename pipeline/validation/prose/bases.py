"""What a claim of growth is about: the figure that grew, and what is printed of the year that it grew from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.codebook.loading import fold
from pipeline.language.flat import flat_text
from pipeline.language.lexicon import words
from pipeline.model.observation import Observation
from pipeline.model.reading import Label, Reading
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import exactly, of
from pipeline.validation.prose.telling import kind_of, stem

#: Words between the two figures of a move.
_STEP = 4
#: A value of fewer digits stands in a table by chance.
_DIGITS = 3
#: So many words beside the counted noun say that two sentences are about one thing.
_SHARED = 2
_YEAR = 4
#: Words from one of growth to its rate, where it names what grew; shorter ones name nothing.
_NAMED, _SHORT = 7, 3
#: Words before and behind a rate among which it is told to be one of every year.
_AROUND, _BEHIND = 6, 3


@dataclass(frozen=True, slots=True)
class Subject:
    """The figure whose growth is claimed, and figures of the base year, the likeliest first.

    ``sure`` is false where nothing but the noun they count, or the year before, says that they belong together.
    """

    now: Reading
    bases: tuple[Reading, ...]
    sure: bool = True


def subject(evidence: Evidence, readings: Sequence[Reading], claim: Reading) -> Subject | None:
    """What a claim is about: the figures of its own sentence first, then what else is printed of the base year.

    Args:
        evidence: the run.
        readings: figures of the sentence of the claim, in printed order.
        claim: a percent of growth among them.
    """
    levels = [r for r in readings if r.unit_measure != "PT" and r.value is not None]
    before = [r for r in readings[: readings.index(claim)] if r in levels] or levels
    if not before or _of_another(claim) or _by_the_year(claim):
        return None
    now = before[-1]
    if _turns(now, claim) or _told_before(readings, now, claim):
        return None
    if len(before) > 1 and alike(before[-2], now):
        if _moved(before[-2], now):
            return Subject(now, (before[-2],))
        if _against(before[-2], now):
            return Subject(before[-2], (now,))
    if (held := _held_against(before, claim)) is not None:
        return held
    after = next((r for r in readings[readings.index(claim) + 1 :] if r in levels), None)
    if after is not None and alike(after, now) and _compared(claim, after):
        return Subject(now, (after,))
    told = [r for r in before if r is not now and alike(r, now) and r.period and r.period < now.period]
    if told and (not claim.base_period or told[-1].period == claim.base_period):
        return Subject(now, (told[-1],))
    return _elsewhere(evidence, now, claim)


def _of_another(claim: Reading) -> bool:
    """Whether a rate names what grew, and its sentence says nothing else of it: «بسبب زيادة أسعار الكهرباء بنسبة 15 %»."""
    before = flat_text(claim.sentence.partition(claim.raw)[0]).split()
    growth = words("identifiers", "words", "growth")
    at = next((i for i in range(len(before) - 1, -1, -1) if before[i].lstrip("وب") in growth), None)
    if at is None or len(before) - at > _NAMED:
        return False
    named = [word for word in before[at + 1 :] if len(word) > _SHORT and word not in words("identifiers", "words", "measuring")]
    said = {stem(word) for word in before[:at]}
    return bool(named) and not any(stem(word) in said for word in named)


def _by_the_year(claim: Reading) -> bool:
    """Whether a rate is one of every year: «une croissance annuelle moyenne de 4 %», «بمعدل نمو سنوي بلغ 14 %»."""
    before, _, behind = claim.sentence.partition(claim.raw)
    near = [*flat_text(before).split()[-_AROUND:], *flat_text(behind).split()[:_BEHIND]]
    told = f" {' '.join(word.strip('(),.،؛;') for word in near)} "
    return any(f" {word} " in told for word in words("identifiers", "words", "yearly"))


def _turns(now: Reading, claim: Reading) -> bool:
    """Whether a sentence turns to something else between a figure and a rate: «54 centres, alors que celui des agents …»."""
    between = {word.strip("،,").removeprefix("و") for word in flat_text(_between(now, claim)).split()}
    return not between.isdisjoint(words("identifiers", "words", "contrast"))


def _told_before(readings: Sequence[Reading], now: Reading, claim: Reading) -> bool:
    """Whether another percent between a figure and a rate is what it grew by: «de 40 à 54 centres (+35 %), dont 12 % …»."""
    at, end = readings.index(now), readings.index(claim)
    if at > end:
        return False
    levels = [one for one in readings[:at] if one.unit_measure != "PT" and alike(one, now)]
    percents = [one for one in readings[at + 1 : end] if one.unit_measure == "PT"]
    return any(_grown(now, base, rate) for base in levels for rate in percents)


def alike(one: Reading, other: Reading) -> bool:
    """Whether two figures count the same noun in the same unit."""
    nouns = [fold(r.unit_label) for r in (one, other)]
    same = nouns[0][:4] == nouns[1][:4] or stem(nouns[0]) == stem(nouns[1])
    return one.unit_measure == other.unit_measure and same


def _between(one: Reading, other: Reading) -> str:
    """What a sentence says from the end of one figure to the beginning of the other."""
    return other.sentence.partition(one.raw)[2].partition(other.raw)[0]


def _moved(one: Reading, other: Reading) -> bool:
    """Whether a sentence says that something went from one figure to the other («من 48 إلى 54», «de 48 à 54»)."""
    between = _between(one, other).split()
    return 0 < len(between) <= _STEP and flat_text(between[-1]) in words("identifiers", "words", "to")


def _against(one: Reading, other: Reading) -> bool:
    """Whether a sentence holds the second figure, of another time, against the first («19 740 مقابل 16 120 سنة 2020»)."""
    between = f" {flat_text(_between(one, other))} "
    earlier = not other.period or not one.period or other.period <= one.period
    return earlier and any(f" {word} " in between for word in words("calendar", "cues", "base"))


def _held_against(before: Sequence[Reading], claim: Reading) -> Subject | None:
    """The two figures of one noun that a sentence holds against each other («37 sessions et 919 participants, contre 25 et 615»).

    A rate that does not say of which it is may be that of any.
    """
    pairs = [
        (one, other)
        for at, other in enumerate(before)
        for one in before[:at]
        if alike(one, other) and one.unit_label and _against(one, other)
    ]
    fitting = [pair for pair in pairs if _grown(*pair, claim)]
    for now, base in (fitting or pairs)[-1:]:
        return Subject(now, (base,))
    return None


def _grown(now: Reading, base: Reading, claim: Reading) -> bool:
    one, other, rate = of(now), of(base), of(claim)
    if one is None or other is None or rate is None or not base.value:
        return False
    change = one.over(other).times(100) + exactly(-100)
    return change.meets(rate) or change.times(-1).meets(rate)


def _compared(claim: Reading, base: Reading) -> bool:
    """Whether a sentence holds a growth against the figure behind it («une hausse de 9,8 % par rapport aux 263 110 de 2018»)."""
    between = f" {flat_text(_between(claim, base))}"
    near = len(between.split()) <= _STEP + 2
    return near and any(f" {word}" in between for word in words("calendar", "cues", "base"))


def _elsewhere(evidence: Evidence, now: Reading, claim: Reading) -> Subject | None:
    """Figures of the base year in other sentences, tables and reports."""
    year = (now.period or str(evidence.year_of.get(now.locus.report_id) or ""))[:_YEAR]
    period = claim.base_period or (str(int(year) - 1) if year.isdigit() else "")
    if not period:
        return None
    if held := _of_series(evidence, now, year, period):
        return Subject(now, tuple(held), sure=bool(claim.base_period))
    found = list(_of_section(evidence, now, year, period))
    if not found or len({one.value for one, _ in found}) > 1:
        return None
    return Subject(now, (found[0][0],), sure=bool(claim.base_period) and found[0][1])


def _of_series(evidence: Evidence, now: Reading, year: str, period: str) -> list[Reading]:
    """What reports said of the base year: of the figure's own series, or of one of a table that has its very value."""
    own = now.locus.report_id
    told = evidence.told_in(own)
    series = [one.series_id for one in told if now.reading_id in (one.reading_id, *one.duplicates)]
    if now.value is not None and now.value >= 10 ** (_DIGITS - 1):
        series += [one.series_id for one in told if _is(one, now, year) and _speaks_of(evidence, one, now)]
    held: list[Observation] = [
        v
        for series_id in dict.fromkeys(series)
        for v in evidence.vintages(series_id)
        if v.time_period == period and v.obs_value is not None
    ]
    held.sort(key=lambda o: (o.locus.report_id != own, -(o.report_year or 0), o.observation_id))
    return [evidence.reading[o.reading_id] for o in held if o.reading_id in evidence.reading]


def _is(one: Observation, now: Reading, year: str) -> bool:
    same_kind = kind_of(one.unit_measure) == kind_of(now.unit_measure)
    return one.obs_value == now.value and one.time_period == year and same_kind


def _speaks_of(evidence: Evidence, one: Observation, now: Reading) -> bool:
    """Whether a figure is a cell whose labels or caption have a word of the sentence."""
    cell = evidence.reading.get(one.reading_id)
    if cell is None or cell.kind != "cell":
        return False
    caption = evidence.captions.get(cell.table_id, Label())
    telling = evidence.telling
    return bool(telling.labels(cell.row_label, cell.column_label, caption) & telling.sentence(now))


def _of_section(evidence: Evidence, now: Reading, year: str, period: str) -> Iterator[tuple[Reading, bool]]:
    """Figures of the base year with the same noun in other sentences of the section; whether more words are shared.

    None where the section tells another value of the noun for the year itself: then it speaks of several things.
    """
    if not now.unit_label or of(now) is None:
        return
    telling = evidence.telling
    said = telling.sentence(now)
    held = [
        r
        for r in evidence.prose_of(now.locus.report_id)
        if r.section == now.section
        and abs(r.locus.page - now.locus.page) <= 1
        and r.sentence != now.sentence
        and r.value is not None
        and r.measure == now.measure
        and alike(r, now)
    ]
    others = [r for r in held if (r.period or year)[:_YEAR] == year and r.value != now.value]
    for one in held:
        if one.period == period:
            shared = len(said & telling.sentence(one)) >= _SHARED
            if shared or not others:
                yield one, shared
