"""What people said of findings: which are set aside, how each rule does, and which rule has lost its weight.

A person's verdict is remembered by the id of a finding, which is made of rule, place and values: the finding comes back
when one of them changes. A rule whose findings people mostly called false alarms is told one grade lower, and says why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.codebook.loading import Codebook
from pipeline.model.finding import Finding, Health, Severity
from pipeline.validation.cards import WEIGHT
from pipeline.validation.rules import Rule

_LOWER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.INFORMATION}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What people said of one rule's findings, in this run and in earlier ones."""

    confirmed: int = 0
    explained: int = 0
    false: int = 0

    def demoted(self, codebook: Codebook) -> bool:
        """Whether enough was said, and more than the allowed share of it that the alarm was false."""
        limits = codebook.identities.limits
        told = self.confirmed + self.false
        return told >= limits["reviews"] and self.false > limits["false_share"] * told


def set_aside(findings: Sequence[Finding], codebook: Codebook, today: date | None) -> list[Finding]:
    """The findings, with those marked that a person has looked at; ``today`` tests whether that has run out."""
    aside = {a.finding for a in codebook.accepted if not (today and a.until and a.until < today)}
    return [replace(finding, accepted=finding.finding_id in aside) for finding in findings]


def reviewed(findings: Sequence[Finding], codebook: Codebook) -> dict[str, Reviewed]:
    """Verdicts by rule; of a finding that is gone the rule is known when its entry names it."""
    rule_of = {finding.finding_id: finding.rule for finding in findings}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in codebook.accepted:
        counts[rule_of.get(one.finding, one.rule)][one.verdict] += 1
    return {
        rule: Reviewed(said["confirmed"], said["explained"], said["false_alarm"])
        for rule, said in counts.items()
        if rule
    }


def demoted(findings: Sequence[Finding], said: Mapping[str, Reviewed], codebook: Codebook) -> list[Finding]:
    """The findings; those of a rule that people mostly called false one grade lower, with the reason."""
    down = {rule: one for rule, one in said.items() if one.demoted(codebook)}
    return [_lower(finding, down[finding.rule]) if finding.rule in down else finding for finding in findings]


def _lower(finding: Finding, said: Reviewed) -> Finding:
    severity = _LOWER.get(finding.severity)
    if severity is None:
        return finding
    false, told = said.false, said.false + said.confirmed
    return replace(
        finding,
        severity=severity,
        priority=round(finding.priority * WEIGHT[severity] / WEIGHT[finding.severity], 4),
        message_ar=f"{finding.message_ar} (خفضت درجته: {false} من {told} إنذارات هذه القاعدة عدت كاذبة)",
        message_fr=f"{finding.message_fr} (gravité abaissée : {false} des {told} alertes revues de cette règle étaient fausses)",
        message_en=f"{finding.message_en} (one grade lower: {false} of {told} reviewed alarms of this rule were false)",
    )


def health(
    findings: Sequence[Finding], said: Mapping[str, Reviewed], codebook: Codebook, rules: Sequence[Rule]
) -> tuple[Health, ...]:
    """Each rule that fired, and what people said of it."""
    titles = {rule.id: rule.title for rule in rules}
    fired = Counter(finding.rule for finding in findings)
    return tuple(
        Health(
            rule=rule,
            title=titles.get(rule, ""),
            fired=count,
            confirmed=said.get(rule, Reviewed()).confirmed,
            explained=said.get(rule, Reviewed()).explained,
            false=said.get(rule, Reviewed()).false,
            demoted=rule in said and said[rule].demoted(codebook),
        )
        for rule, count in sorted(fired.items())
    )
