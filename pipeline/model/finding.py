"""One suspicion, with its place, what was expected and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.place import Locus


class Severity(StrEnum):
    """Consequence of a finding, after the ESS validation report."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Origin(StrEnum):
    """Where the fault most likely lies."""

    EXTRACTION = "extraction"
    SOURCE = "source"
    REVISION = "revision"
    DEFINITION = "definition"
    WORDING = "wording"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One suspicion. ``rule`` is the id of the rule (``TAB-01``), ``level`` cell, table, document or series.

    ``readings`` and ``observations`` name every value it touches, the most suspected first.
    ``message_*`` state the arithmetic in one line; ``explanations`` say what would explain it, the likeliest first.
    """

    finding_id: str
    rule: str
    level: str
    severity: Severity
    origin: Origin
    report_id: str
    locus: Locus | None
    expected: str
    observed: str
    message_ar: str
    message_fr: str
    message_en: str
    readings: tuple[str, ...] = ()
    observations: tuple[str, ...] = ()
    series_id: str = ""
    explanations: tuple[str, ...] = ()
    priority: float = 0.0
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """May this edition be published? ``held_back`` with its reason, or not."""

    held_back: bool
    why: str
    errors: int
    warnings: int
    informations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How one rule does: findings of this run, and what people said of those they looked at.

    ``demoted``: people mostly called its findings false, so that they are told one grade lower.
    """

    rule: str
    title: str
    fired: int
    confirmed: int
    explained: int
    false: int
    demoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """All findings of a run, ranked; the verdict; the readings that some check found right; the health of the rules."""

    findings: tuple[Finding, ...]
    verdict: Verdict
    checked: tuple[str, ...] = ()
    health: tuple[Health, ...] = ()
