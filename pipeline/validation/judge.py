"""All rules over a run: findings ranked, causes merged, a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.beside import beside
from pipeline.codebook.loading import Codebook
from pipeline.model.assembly import Assembly
from pipeline.model.extraction import Extraction
from pipeline.model.finding import Finding, Judgement, Severity, Verdict
from pipeline.model.report import Outcome
from pipeline.validation.evidence import Evidence
from pipeline.validation.inspection import Inspection, inspect
from pipeline.validation.merging import one_card_per_cause, one_card_per_edition
from pipeline.validation.reviews import demoted, health, reviewed, set_aside
from pipeline.validation.rules import RULES, Rule
from pipeline.validation.subjects import named

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
    found = _findings(rules, evidence, seen)
    cards = set_aside(_unique(one_card_per_cause(named(found, evidence), evidence)), codebook, today)
    said = reviewed(cards, codebook)
    findings = demoted(one_card_per_edition(cards, evidence), said, codebook)
    findings.sort(key=lambda f: (_GRAVITY[f.severity], -f.priority, f.report_id, f.rule, f.finding_id))
    firm = {by for by in set(evidence.vouched.values()) if any(not rule.startswith("~") for rule in by)}
    return Judgement(
        findings=tuple(findings),
        verdict=_verdict(extractions, findings, codebook),
        checked=tuple(i for i, by in evidence.vouched.items() if by in firm),
        health=health(findings, said, codebook, rules),
    )


def _findings(rules: Sequence[Rule], evidence: Evidence, seen: Inspection) -> list[Finding]:
    """What the rules find, in their order; those that go through the series are run beside those before them.

    The rules after them ask what all others vouched for.
    """
    at = [number for number, rule in enumerate(rules) if rule.by_series]
    of_series, last = [rules[number] for number in at], max(at, default=-1) + 1
    other = beside(lambda: _of_series(of_series, evidence), readings=len(evidence.reading))
    found = dict(seen.findings)

    def run(some: Iterable[Rule]) -> None:
        for rule in some:
            if not (rule.by_table or rule.by_series):
                found[rule.id] = list(rule.check(evidence))

    run(rules[:last])
    told, vouched = other()
    found |= told
    for reading, by in vouched.items():
        evidence.vouched[reading] = evidence.vouched.get(reading, frozenset()) | by
    run(rules[last:])
    return [finding for rule in rules for finding in found.get(rule.id, ())]


def _of_series(
    rules: Iterable[Rule], evidence: Evidence
) -> tuple[dict[str, list[Finding]], dict[str, frozenset[str]]]:
    """Findings of some rules, and the rules among them that vouch for readings."""
    apart = replace(evidence, vouched={})
    return {rule.id: list(rule.check(apart)) for rule in rules}, apart.vouched


@dataclass(frozen=True, slots=True, kw_only=True)
class TableJudgement:
    """Findings of tables alone, how many relations held and failed, and how many totals none could be found for."""

    findings: tuple[Finding, ...]
    held: int
    failed: int
    untested: int


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
    findings = _unique(one_card_per_cause(found, evidence))
    findings.sort(key=lambda f: (_GRAVITY[f.severity], -f.priority, f.rule, f.finding_id))
    return TableJudgement(
        findings=tuple(findings),
        held=seen.held,
        failed=seen.failed,
        untested=seen.untested,
    )


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
