"""One published dataset, before and after it is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.model.finding import Finding, Health, Verdict
from pipeline.model.observation import Observation
from pipeline.model.reading import Mention, Reading, Table
from pipeline.model.report import Report
from pipeline.model.series import Proposal, Recognition, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of a value, by a rule or a person; append-only, the printed string never changes."""

    edit_id: str
    reading_id: str
    field: str
    old: str
    new: str
    by: str  # rule id, or a person's name
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One row of a code list, and the years in which what it names bears that name (both included)."""

    list: str
    code: str
    label_ar: str
    label_fr: str
    label_en: str
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What an indicator counts. ``kind`` and ``additive`` (dimensions over which values may be added) are empty for one
    that the codebook does not know.
    """

    indicator: str
    known: bool
    label_ar: str
    label_fr: str
    label_en: str
    definition_ar: str
    definition_fr: str
    definition_en: str
    unit_measure: str
    kind: str
    additive: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What an edition holds of its reports as they were read, before it is taken to mean anything."""

    reports: tuple[Report, ...]
    tables: tuple[Table, ...]
    readings: tuple[Reading, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset(Printed):
    """All that one edition holds, as nouns; the warehouse turns it into files.

    ``checked`` are ids of readings that some check looked at and found right.
    """

    observations: tuple[Observation, ...]
    series: tuple[Series, ...]
    findings: tuple[Finding, ...]
    edits: tuple[Edit, ...]
    codes: tuple[Code, ...]
    verdict: Verdict
    checked: tuple[str, ...] = ()
    health: tuple[Health, ...] = ()
    links: tuple[Recognition, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    indicators: tuple[Definition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One published dataset: its id, its folder, and how many rows each table has."""

    edition_id: str
    folder: Path
    counts: tuple[tuple[str, int], ...]
    verdict: Verdict
