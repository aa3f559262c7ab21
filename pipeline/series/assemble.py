"""Readings of all reports in, observations and series with one vintage per report out. Front of this stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.codebook.loading import Codebook
from pipeline.model.assembly import Assembly
from pipeline.model.edition import Code
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.observation import Observation
from pipeline.model.reading import Qualifier
from pipeline.model.series import Proposal, Recognition, Series
from pipeline.series.classes import reasons, reclassed, unite_classes
from pipeline.series.definitions import definitions
from pipeline.series.halves import observed
from pipeline.series.links import Link, Printed
from pipeline.series.observe import Draft, Observer
from pipeline.series.uniting import Union, renamed, unite


def assemble(extractions: Sequence[Extraction], codebook: Codebook) -> Assembly:
    """Observations and series of all reports.

    Every reading becomes an observation or a duplicate of one: a figure that the codebook doesn't know gets a
    provisional indicator made from what is printed. A later report never overwrites an earlier one, each keeps
    its own vintage. The result doesn't depend on the order of the reports.
    """
    ordered = sorted(extractions, key=lambda one: (one.report.edition_year or 0, one.report.report_id))
    observations: list[Observation] = []
    complaints: list[tuple[str, Complaint]] = []
    links: dict[str, Link] = {}
    seen: dict[tuple[str, str], tuple[Link, int]] = {}
    wordings: dict[tuple[str, Printed], tuple[Link, set[str]]] = {}
    codes: dict[tuple[str, str], Code] = {}
    reports_of: dict[str, set[str]] = defaultdict(set)
    reports = [one.report for one in ordered]
    observer = Observer.of(codebook)
    for report, (drafts, said) in zip(reports, observed(ordered, observer), strict=True):
        complaints += [(report.report_id, complaint) for complaint in said]
        observations += _joined(drafts)
        for code, (link, count) in _counted(draft.link for draft in drafts).items():
            links.setdefault(code, link)
            seen[code, report.report_id] = (link, count)
            reports_of[code].add(report.report_id)
            if link.printed is not None:
                wordings.setdefault((code, link.printed), (link, set()))[1].add(report.report_id)
        for printed in (code for draft in drafts for code in draft.codes):
            reports_of[printed.code].add(report.report_id)
            codes.setdefault((printed.list, printed.code), printed)
    unions, proposals = unite([(link, frozenset(held)) for link, held in wordings.values()], observations)
    observations = renamed(observations, unions)
    classes = unite_classes(codes.values(), reports_of, observations, observer.recogniser.titles)
    of_rows = reasons(observations, classes)
    observations = reclassed(observations, classes.kept)
    observations.sort(key=lambda one: one.observation_id)
    series = _series(observations, links)
    return Assembly(
        observations=tuple(observations),
        series=series,
        complaints=tuple(complaints),
        codes=_codes(codes.values(), links.values(), {*classes.kept, *(union.code for union in unions)}),
        links=_recognitions(seen, unions, of_rows),
        proposals=_proposals([*proposals, *classes.alike], links.values(), unions),
        indicators=definitions(series, codebook.indicators),
    )


def _counted(links: Iterable[Link]) -> dict[str, tuple[Link, int]]:
    """By code, the first link of a report and how many figures have it."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[link.code].append(link)
    return {code: (held[0], len(held)) for code, held in found.items()}


def _codes(printed: Iterable[Code], links: Iterable[Link], given_up: Collection[str]) -> tuple[Code, ...]:
    """Codes made from print, without those that were united with another."""
    held = (code for code in [*printed, *_provisional(links)] if code.code not in given_up)
    return tuple(sorted(held, key=lambda code: (code.list, code.code)))


def _recognitions(
    seen: Mapping[tuple[str, str], tuple[Link, int]],
    unions: Sequence[Union],
    of_rows: Mapping[tuple[str, str], Sequence[str]],
) -> tuple[Recognition, ...]:
    """Why the figures of each report are of their indicators, and its rows of their classes."""
    united = {union.code: union for union in unions}
    found: dict[tuple[str, str], Recognition] = {}
    for (code, report_id), (link, count) in seen.items():
        union = united.get(code)
        kept = union.kept if union else code
        held = found.get((kept, report_id))
        found[kept, report_id] = Recognition(
            indicator=kept,
            report_id=report_id,
            known=link.known,
            printed=held.printed if held else link.said,
            why="; ".join((link.why, *([union.why] if union else []), *of_rows.get((kept, report_id), ()))),
            observation_count=count + (held.observation_count if held else 0),
        )
    return tuple(found[key] for key in sorted(found))


def _proposals(
    found: Sequence[Proposal], links: Iterable[Link], unions: Sequence[Union]
) -> tuple[Proposal, ...]:
    """Indicators that may be one: of like wording, or fitted alike by rows of the codebook."""
    kept = {union.code: union.kept for union in unions}
    tied = [
        Proposal(indicator=link.code, other=code, score=50.0, why=why)
        for link in links
        for code, why in link.nearly
    ]
    best: dict[tuple[str, str], Proposal] = {}
    for one in [*found, *tied]:
        one = replace(
            one, indicator=kept.get(one.indicator, one.indicator), other=kept.get(one.other, one.other)
        )
        key = (one.indicator, one.other)
        if one.indicator != one.other and (key not in best or one.score > best[key].score):
            best[key] = one
    return tuple(best[key] for key in sorted(best))


def _joined(drafts: Iterable[Draft]) -> list[Observation]:
    """Equal statements of one fact as one observation; unequal ones side by side, the later ones numbered."""
    result: list[Observation] = []
    at: dict[tuple[str, str], list[int]] = {}
    for draft in drafts:
        one = draft.observation
        told = at.get((one.observation_id, one.base_period))
        if told is None:
            at[one.observation_id, one.base_period] = [len(result)]
            result.append(one)
            continue
        same = next((i for i in told if result[i].obs_value == one.obs_value), None)
        if same is None:
            told.append(len(result))
            result.append(one)
        else:
            result[same] = _one_of(result[same], one)
    if len(result) == len(at) == len({one.observation_id for one in result}):
        return result
    names: dict[str, int] = defaultdict(int)
    for i in [i for told in at.values() for i in told]:
        one = result[i]
        names[one.observation_id] += 1
        if (count := names[one.observation_id]) > 1:
            result[i] = replace(one, observation_id=f"{one.observation_id}-{count}")
    return result


def _one_of(first: Observation, second: Observation) -> Observation:
    """Two equal statements as one: the plain one stands, the hedged one is its duplicate."""
    plainer = first.qualifier is not Qualifier.EXACT and second.qualifier is Qualifier.EXACT
    kept, other = (second, first) if plainer else (first, second)
    return replace(kept, duplicates=tuple(sorted({*first.duplicates, *second.duplicates, other.reading_id})))


def _series(observations: Sequence[Observation], links: dict[str, Link]) -> tuple[Series, ...]:
    groups: dict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        groups[one.series_id].append(one)
    return tuple(_one_series(series_id, groups[series_id], links) for series_id in sorted(groups))


def _one_series(series_id: str, held: Sequence[Observation], links: dict[str, Link]) -> Series:
    first, link = held[0], links[held[0].indicator]
    vintages = sorted(
        held, key=lambda v: (v.time_period, v.report_year or 0, v.locus.report_id, v.observation_id)
    )
    return Series(
        series_id=series_id,
        indicator=first.indicator,
        label_ar=link.label_ar,
        label_fr=link.label_fr,
        label_en=link.label_en,
        ref_area=first.ref_area,
        sex=first.sex,
        age=first.age,
        dimensions=first.dimensions,
        unit_measure=first.unit_measure,
        vintages=tuple(vintages),
    )


def _provisional(links: Iterable[Link]) -> list[Code]:
    """Rows of the indicator list for indicators made from printed labels, each in both languages or twice in one."""
    from_print = [link for link in links if not link.known]
    made = [
        (link, link.label_ar or link.label_fr or link.code, link.label_fr or link.label_ar or link.code)
        for link in from_print
    ]
    return [
        Code(list="CL_INDICATOR", code=link.code, label_ar=ar, label_fr=fr, label_en=fr)
        for link, ar, fr in made
    ]
