"""All rules over a run: findings ranked, causes merged, a verdict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.codebook.loading import Codebook
from pipeline.model.assembly import Assembly
from pipeline.model.extraction import Extraction
from pipeline.model.finding import Finding, Health, Judgement, Severity, Verdict
from pipeline.model.report import Outcome
from pipeline.validation.evidence import Evidence
from pipeline.validation.inspection import Inspection, inspect
from pipeline.validation.rules import RULES, Rule

#: Rules of which a whole table makes one card.
_BY_TABLE = ("XYR-01", "XYR-03")
_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}


def judge(
    extractions: Sequence[Extraction],
    assembly: Assembly,
    codebook: Codebook,
    *,
    today: date | None = None,
    rules: Sequence[Rule] = RULES,
    inspection: Inspection | None = None,
) -> Judgement:
    """Run the rules and give findings, verdict and what was found right.

    Args:
        extractions: what every report says, with the repairs of the inspection.
        assembly: their observations, series and complaints.
        codebook: limits, known counts, findings set aside by a person.
        today: day on which acceptances are tested for having run out; ``None`` tests none.
        rules: which rules to run, all unless told.
        inspection: what was found in the tables, with repairs that the readings already have; each is told. The
            tables are looked at here when there is none.

    Returns:
        Findings, gravest and weightiest first; table findings that share a cell are one.
    """
    seen = inspection or inspect(extractions, codebook, mending=False, rules=rules)
    evidence = Evidence.of(extractions, assembly, codebook, edits=seen.edits, vouched=seen.vouched)
    found = [
        finding
        for rule in rules
        for finding in (seen.findings[rule.id] if rule.by_table else rule.check(evidence))
    ]
    merged = _unique(_one_card_per_cause(found, evidence))
    set_aside = {a.finding for a in codebook.accepted if not (today and a.until and a.until < today)}
    findings = [replace(f, accepted=f.finding_id in set_aside) for f in merged]
    findings.sort(key=lambda f: (_GRAVITY[f.severity], -f.priority, f.report_id, f.rule, f.finding_id))
    firm = {by for by in set(evidence.vouched.values()) if any(not rule.startswith("~") for rule in by)}
    return Judgement(
        findings=tuple(findings),
        verdict=_verdict(extractions, findings, codebook),
        checked=tuple(i for i, by in evidence.vouched.items() if by in firm),
        health=_health(findings, codebook, rules),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TableJudgement:
    """Findings of tables alone, and how many relations held and failed."""

    findings: tuple[Finding, ...]
    held: int
    failed: int


def judge_tables(
    extraction: Extraction,
    codebook: Codebook,
    *,
    dimensions: Mapping[str, Mapping[int, tuple[str, ...]]] | None = None,
) -> TableJudgement:
    """Run the rules of level table and cell on readings that belong to no series.

    Args:
        extraction: the tables as one report.
        codebook: words and limits.
        dimensions: by table, the members of each row, for tables that hold one figure a row.
    """
    seen = inspect([extraction], codebook, mending=False, members=dimensions)
    nothing = Assembly(observations=(), series=())
    evidence = Evidence.of([extraction], nothing, codebook, vouched=seen.vouched)
    found = [
        finding
        for rule in RULES
        if rule.level in ("table", "cell")
        for finding in (seen.findings[rule.id] if rule.by_table else rule.check(evidence))
    ]
    findings = _unique(_one_card_per_cause(found, evidence))
    findings.sort(key=lambda f: (_GRAVITY[f.severity], -f.priority, f.rule, f.finding_id))
    return TableJudgement(
        findings=tuple(findings),
        held=seen.held,
        failed=seen.failed,
    )


def _health(findings: Sequence[Finding], codebook: Codebook, rules: Sequence[Rule]) -> tuple[Health, ...]:
    """Each rule that fired, with the verdicts of people on its findings of this run."""
    said = {one.finding: one.verdict for one in codebook.accepted}
    titles = {rule.id: rule.title for rule in rules}
    fired: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        fired[finding.rule].append(said.get(finding.finding_id, ""))
    return tuple(
        Health(
            rule=rule,
            title=titles.get(rule, ""),
            fired=len(verdicts),
            confirmed=verdicts.count("confirmed"),
            explained=verdicts.count("explained"),
            false=verdicts.count("false_alarm"),
        )
        for rule, verdicts in sorted(fired.items())
    )


def _one_card_per_cause(findings: Sequence[Finding], evidence: Evidence) -> list[Finding]:
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


def _unique(findings: Iterable[Finding]) -> list[Finding]:
    return list({finding.finding_id: finding for finding in findings}.values())


def _verdict(extractions: Sequence[Extraction], findings: Sequence[Finding], codebook: Codebook) -> Verdict:
    """Hold back only for a catastrophe: too many reports unread. Single findings travel with their values.

    A refused file (no PDF, locked) says nothing about our reading and does not count.
    """
    counts = Counter(f.severity for f in findings if not f.accepted)
    tried = [e.report for e in extractions if e.report.outcome is not Outcome.REFUSED]
    failed = [report for report in tried if report.outcome.failed]
    held_back = bool(tried) and len(failed) > codebook.identities.limits["failed_share"] * len(tried)
    why = f"{len(failed)} of {len(tried)} reports could not be read." if held_back else ""
    return Verdict(
        held_back=held_back,
        why=why,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        informations=counts[Severity.INFORMATION],
    )
