"""One cause, one card: findings that share a cell, a restated table, or the print of several copies, are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.place import Method
from pipeline.validation.cards import joined_id
from pipeline.validation.evidence import Evidence
from pipeline.validation.prose.agreement import editions

#: Rules of which a whole table makes one card.
_BY_TABLE = ("XYR-01", "XYR-03")
_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}


def one_card_per_cause(findings: Sequence[Finding], evidence: Evidence) -> list[Finding]:
    """Join table findings that share a cell, and restatements of one table, into one each."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    restated = {finding.observations[0] for finding in findings if finding.rule in _BY_TABLE}
    told_by = {o.observation_id: o.reading_id for o in evidence.observations if o.observation_id in restated}
    causes = [_causes(finding, evidence, told_by) for finding in findings]
    for keys in causes:
        for other in keys[1:]:
            parent[root(other)] = root(keys[0])
    for finding, keys in zip(findings, causes, strict=True):
        groups[root(keys[0]) if keys else finding.finding_id].append(finding)
    return [_joined(group, evidence) for group in groups.values()]


def _causes(finding: Finding, evidence: Evidence, told_by: Mapping[str, str]) -> list[str]:
    if finding.rule.startswith("TAB-"):
        return [f"cell {reading}" for reading in finding.readings]
    if finding.rule in _BY_TABLE:
        # A whole table that is restated, or breaks with the year before, is one card.
        reading = evidence.reading.get(told_by.get(finding.observations[0], ""))
        if reading is not None and reading.table_id:
            return [f"{finding.rule} {finding.severity} {reading.table_id} {reading.column}"]
    return []


def _joined(group: Sequence[Finding], evidence: Evidence) -> Finding:
    """One card: the gravest finding first, every failed relation in the message, the likeliest cell first."""
    if len(group) == 1:
        return group[0]
    first = min(group, key=lambda f: _GRAVITY[f.severity])
    failures = Counter(reading for finding in group for reading in finding.readings)
    order = {r: i for i, r in enumerate(r for f in group for r in f.readings)}

    def suspicion(reading: str) -> tuple[int, int]:
        held = sum(not rule.startswith("~") for rule in evidence.vouched.get(reading, ()))
        return held - failures[reading], order[reading]

    readings = tuple(sorted(failures, key=suspicion))
    suspect = evidence.reading.get(readings[0]) if readings else None
    return replace(
        first,
        finding_id=joined_id(group),
        locus=suspect.locus if suspect else first.locus,
        readings=readings,
        observations=tuple(dict.fromkeys(o for f in group for o in f.observations)),
        message_ar=_lines(f.message_ar for f in group),
        message_fr=_lines(f.message_fr for f in group),
        message_en=_lines(f.message_en for f in group),
        priority=max(f.priority for f in group),
    )


def _lines(messages: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(messages))


def one_card_per_edition(findings: Sequence[Finding], evidence: Evidence) -> list[Finding]:
    """What the copies of one edition print alike is one finding with its copies; what our reading did is told of each.

    The card is that of a copy with a text layer, if there is one; it is set aside when a person set it aside in any copy.
    """
    edition_of = {file: files[0] for files in editions(evidence) for file in files}
    seen: Counter[tuple[object, ...]] = Counter()
    groups: dict[object, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=_place):
        edition = edition_of.get(finding.report_id)
        if edition is None or finding.origin is Origin.EXTRACTION:
            groups[finding.finding_id].append(finding)
            continue
        text = (finding.message_ar, finding.message_fr, finding.message_en)
        what = (edition, finding.rule, finding.severity, finding.expected, finding.observed, *text)
        # The same words twice in one file are two findings: the second is that of the second place of every copy.
        seen[finding.report_id, what] += 1
        groups[what, seen[finding.report_id, what]].append(finding)
    return [_of_copies(group, evidence) for group in groups.values()]


def _place(finding: Finding) -> tuple[object, ...]:
    place = finding.locus
    at = (place.page, place.box.top, place.box.x0) if place else (0, 0.0, 0.0)
    return finding.report_id, *at, finding.finding_id


def _of_copies(group: Sequence[Finding], evidence: Evidence) -> Finding:
    """One card of several copies; the others are named with their pages."""
    if len(group) == 1:
        return group[0]

    def preference(finding: Finding) -> tuple[bool, str]:
        scan = finding.locus is not None and finding.locus.method is Method.OCR
        return scan, evidence.file_of.get(finding.report_id, "")

    first, *others = sorted(group, key=preference)
    named = [
        (evidence.file_of.get(f.report_id, f.report_id), f.locus.page if f.locus else None) for f in others
    ]
    ar, latin = (
        comma.join(f"{file} ({page} {number})" if number else file for file, number in named)
        for comma, page in (("، ", "ص"), (", ", "p."))
    )
    return replace(
        first,
        readings=tuple(dict.fromkeys(r for f in (first, *others) for r in f.readings)),
        observations=tuple(dict.fromkeys(o for f in (first, *others) for o in f.observations)),
        message_ar=f"{first.message_ar}؛ وكذلك في {ar}",
        message_fr=f"{first.message_fr} ; de même dans {latin}",
        message_en=f"{first.message_en}; likewise in {latin}",
        accepted=any(f.accepted for f in group),
    )
