"""All that one report says, as printed: what leaves the readings stage."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.place import Box
from pipeline.model.reading import Mention, Reading, Table
from pipeline.model.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Something about one page or table that could not be read as it should (becomes a finding)."""

    rule: str  # e.g. EXT-01 page unreadable, EXT-02 pair of labels contradicts itself
    page: int
    message_ar: str
    message_fr: str
    message_en: str
    readings: tuple[str, ...] = ()
    box: Box | None = None  # where on the page, if at one place


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One report's tables, figures and mentions; ``report`` has its year, titles and publisher filled in."""

    report: Report
    tables: tuple[Table, ...] = ()
    readings: tuple[Reading, ...] = ()
    mentions: tuple[Mention, ...] = ()
    complaints: tuple[Complaint, ...] = ()
