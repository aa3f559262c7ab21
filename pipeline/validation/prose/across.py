"""One fact told in several places: text against table, a total in one table and its parts in others, years against their sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.codebook.loading import fold
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.observation import Observation
from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.cards import card, in_each, say
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import Interval, loosely, of, total

_TOTAL, _NATION = "_T", "MA"
#: Sentences so much alike, years aside, are one sentence (rapidfuzz ratio).
_ALIKE = 95
#: Digits beyond the first that a sentence's figures must have, noughts at the end not counted.
_DIGITS = 3


def loose_hedges(evidence: Evidence) -> Iterator[Finding]:
    """«More than 120 000» in a sentence is not said of 187 412 in a table; it is true all the same."""
    for one in evidence.observations:
        if not one.indicator_known or one.obs_value is None:
            continue
        held = [evidence.reading[i] for i in (one.reading_id, *one.duplicates) if i in evidence.reading]
        held += [
            evidence.reading[other.reading_id]
            for other in _same_fact(evidence, one)
            if other.reading_id in evidence.reading
        ]
        plain = next((r for r in held if r.qualifier is Qualifier.EXACT and r.value is not None), None)
        if plain is None or plain.reading_id != one.reading_id:
            continue
        for hedged in held:
            if hedged.qualifier is Qualifier.EXACT or hedged.value is None:
                continue
            hard, soft, value = of(hedged), loosely(hedged), of(plain)
            if hard is None or soft is None or value is None or not value.meets(hard) or value.meets(soft):
                continue
            page = hedged.locus.page
            yield card(
                "DOC-02",
                "document",
                Severity.WARNING,
                readings=[hedged, plain],
                origin=Origin.WORDING,
                expected=plain.raw,
                observed=hedged.raw,
                ar=f"«{hedged.raw}» (ص {page}) بعيد عن العدد المضبوط {plain.raw} (ص {plain.locus.page})",
                fr=f"« {hedged.raw} » (p. {page}) est loin du chiffre exact {plain.raw} (p. {plain.locus.page})",
                en=f"“{hedged.raw}” (p. {page}) is far from the exact {plain.raw} (p. {plain.locus.page})",
            )


def _same_fact(evidence: Evidence, one: Observation) -> list[Observation]:
    return [
        other
        for other in evidence.vintages(one.series_id)
        if other is not one
        and other.locus.report_id == one.locus.report_id
        and other.time_period == one.time_period
        and other.base_period == one.base_period
    ]


def totals_elsewhere(evidence: Evidence) -> Iterator[Finding]:
    """The whole country is its regions, both sexes are men and women, wherever in a report they stand.

    What stands in one table is left to the checks of tables.
    """
    groups: dict[tuple[object, ...], dict[str, Observation]] = defaultdict(dict)
    for one in evidence.observations:
        if not one.indicator_known or one.obs_value is None or one.unit_measure == "PT":
            continue
        where = (
            one.locus.report_id,
            one.indicator,
            one.time_period,
            one.age,
            one.dimensions,
            one.unit_measure,
            one.measure,
        )
        groups[(*where, "sex", one.ref_area)].setdefault(one.sex, one)
        groups[(*where, "area", one.sex)].setdefault(one.ref_area, one)
    for key, held in groups.items():
        year = evidence.year_of.get(str(key[0]))
        if key[-2] == "sex":
            whole, members = held.get(_TOTAL), ["M", "F"]
        else:
            whole = held.get(_NATION)
            members = [
                t.code for t in evidence.codebook.territories if t.level == "region" and t.holds_in(year)
            ]
        parts = [held[code] for code in members if code in held]
        if whole is not None and len(parts) == len(members):
            yield from _added_up(evidence, whole, parts)  # fmt: skip


def _added_up(evidence: Evidence, whole: Observation, parts: Sequence[Observation]) -> Iterator[Finding]:
    readings = [evidence.reading.get(one.reading_id) for one in (whole, *parts)]
    known = [reading for reading in readings if reading is not None]
    if len(known) <= len(parts) or len({reading.table_id or reading.reading_id for reading in known}) == 1:
        return
    bounds = [x for reading in known if (x := of(reading)) is not None]
    if bounds[0].meets(total(bounds[1:])):
        evidence.vouch("DOC-04", [reading.reading_id for reading in known])
        return
    added = sum((reading.value or 0 for reading in known[1:]), 0 * known[0].resolution)
    more = " + …" if len(known) > 4 else ""
    ar, fr, en = in_each(
        lambda say: f"{' + '.join(say(reading.value) for reading in known[1:4])}{more} = {say(added)}"
    )
    pages = ", ".join(map(str, sorted({one.locus.page for one in parts})))
    yield card(
        "DOC-04",
        "document",
        Severity.WARNING,
        observations=[whole, *parts],
        series_id=whole.series_id,
        origin=None if any(reading.second_raw for reading in known) else Origin.UNDETERMINED,
        expected=say(added),
        observed=whole.raw,
        ar=f"{ar} (ص {pages})؛ المطبوع {whole.raw} (ص {whole.locus.page})",
        fr=f"{fr} (p. {pages}) ; imprimé {whole.raw} (p. {whole.locus.page})",
        en=f"{en} (p. {pages}); printed {whole.raw} (p. {whole.locus.page})",
    )


def sums_over_years(evidence: Evidence) -> Iterator[Finding]:
    """What was done from 2021 to 2023 is the sum of the three years, for what is counted anew every year."""
    for series in evidence.series:
        indicator = evidence.codebook.indicators.get(series.indicator)
        if indicator is None or indicator.kind != "flow":
            continue
        yearly = {vintage.time_period: vintage for vintage in evidence.latest(series)}
        for whole in series.vintages:
            first, _, last = whole.time_period.partition("/")
            if not (first.isdigit() and last.isdigit()) or int(last) - int(first) < 2:
                continue
            years = [str(year) for year in range(int(first), int(last) + 1)]
            parts = [yearly[year] for year in years if year in yearly]
            if len(parts) == len(years):
                yield from _over_years(evidence, whole, parts)


def _over_years(evidence: Evidence, whole: Observation, parts: Sequence[Observation]) -> Iterator[Finding]:
    bounds = [_bounds(evidence, one) for one in (whole, *parts)]
    held = [x for x in bounds if x is not None]
    if len(held) < len(bounds) or held[0].meets(total(held[1:])):
        return
    added = sum((one.obs_value or 0 for one in parts), 0 * (whole.obs_value or parts[0].obs_value or 0))
    terms = " + ".join(one.raw for one in parts)
    yield card(
        "XYR-15",
        "series",
        Severity.WARNING,
        observations=[whole, *parts],
        series_id=whole.series_id,
        origin=Origin.UNDETERMINED,
        expected=say(added),
        observed=whole.raw,
        ar=f"{terms} = {say(added)}؛ المطبوع للفترة {whole.time_period}: {whole.raw}",
        fr=f"{terms} = {say(added)} ; imprimé pour {whole.time_period} : {whole.raw}",
        en=f"{terms} = {say(added, language='en')}; printed for {whole.time_period}: {whole.raw}",
    )


def _bounds(evidence: Evidence, one: Observation) -> Interval | None:
    reading = evidence.reading.get(one.reading_id)
    return of(reading) if reading is not None else None


def stale_sentences(evidence: Evidence) -> Iterator[Finding]:
    """A sentence of last year's report with the same figures does not speak of another year."""
    told: dict[tuple[str, int], dict[tuple[str, ...], list[list[Reading]]]] = {}
    for extraction in evidence.read_reports():
        report = extraction.report
        if report.edition_year is None:
            continue
        groups: dict[tuple[int, str], list[Reading]] = defaultdict(list)
        for reading in extraction.readings:
            if reading.kind != "cell" and reading.sentence and reading.value is not None:
                groups[reading.locus.page, reading.sentence].append(reading)
        held = told.setdefault((report.publisher, report.edition_year), {})
        for said in groups.values():
            if _telling(said):
                held.setdefault(tuple(r.raw for r in said), []).append(said)
    for (publisher, year), now in told.items():
        before = told.get((publisher, year - 1), {})
        for figures, sentences in now.items():
            for said, old in ((s, o) for s in sentences for o in before.get(figures, [])):
                if _another_year(said[0], old[0]):
                    yield _stale(evidence, said, old[0])
                    break


def _telling(readings: Sequence[Reading]) -> bool:
    digits = (len(str(abs(int(r.value or 0))).rstrip("0")) - 1 for r in readings)
    return sum(max(n, 0) for n in digits) >= _DIGITS


def _another_year(now: Reading, then: Reading) -> bool:
    if not now.period or not then.period or now.period == then.period:
        return False
    one, other = (fold(r.sentence.replace(r.period, "")) for r in (now, then))
    return fuzz.ratio(one, other) >= _ALIKE


def _stale(evidence: Evidence, said: Sequence[Reading], old: Reading) -> Finding:
    name, values = evidence.file_of[old.locus.report_id], ", ".join(r.raw for r in said)
    page = old.locus.page
    return card(
        "DOC-09",
        "document",
        Severity.WARNING,
        readings=said,
        observed=said[0].raw,
        ar=f"الجملة نفسها والأرقام نفسها ({values}) عن {said[0].period} هنا وعن {old.period} في {name} (ص {page})",
        fr=f"Même phrase et mêmes chiffres ({values}) pour {said[0].period} ici, pour {old.period} dans {name} (p. {page})",
        en=f"The same sentence and figures ({values}) of {said[0].period} here, of {old.period} in {name} (p. {page})",
    )


def kinds_of_year(evidence: Evidence) -> Iterator[Finding]:
    """A quantity is told for calendar years or for school years, not for one here and the other there."""
    for series in evidence.series:
        school = [v for v in series.vintages if v.time_period.endswith("-A1")]
        plain = [v for v in series.vintages if v.time_period.isdigit() and len(v.time_period) == 4]
        if not school or not plain or not school[0].indicator_known:
            continue
        one, other = school[0], plain[0]
        yield card(
            "DOC-10",
            "series",
            Severity.INFORMATION,
            observations=[one, other],
            series_id=series.series_id,
            origin=Origin.DEFINITION,
            expected=other.time_period,
            observed=one.time_period,
            ar=f"سنة دراسية هنا ({one.raw}، ص {one.locus.page}) وسنة ميلادية هناك ({other.raw}، {other.time_period})",
            fr=f"Année scolaire ici ({one.raw}, p. {one.locus.page}), année civile là ({other.raw}, {other.time_period})",
            en=f"A school year here ({one.raw}, p. {one.locus.page}), a calendar year there ({other.raw}, {other.time_period})",
        )
