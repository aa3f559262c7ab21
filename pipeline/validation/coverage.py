"""What could not be read or placed, told as findings."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.extraction import Complaint
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.place import Box, Locus
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence

#: Complaints that are told for the record; the others ask for a look.
_FOR_THE_RECORD = frozenset({"EXT-03", "EXT-07", "EXT-09", "EXT-13"})

#: Complaints that a check tells better: TAB-06 knows more labels, and whether a shift mends them.
_TOLD_BY_CHECKS = frozenset({"EXT-02"})


def complaints(evidence: Evidence) -> Iterator[Finding]:
    """Every complaint of the reading and of the series stage becomes a finding at its page."""
    told: list[tuple[str, Complaint]] = [
        (e.report.report_id, c) for e in evidence.extractions for c in e.complaints
    ]
    for report_id, complaint in (*told, *evidence.complaints):
        if complaint.rule in _TOLD_BY_CHECKS:
            continue
        readings = [evidence.reading[i] for i in complaint.readings if i in evidence.reading]
        place = complaint.box or Box(0, 0, 0, 0)
        page = Locus(report_id, complaint.page, place) if complaint.page and report_id else None
        yield card(
            complaint.rule,
            "document",
            Severity.INFORMATION if complaint.rule in _FOR_THE_RECORD else Severity.WARNING,
            readings=readings,
            locus=readings[0].locus if readings else page,
            report_id=report_id,
            origin=Origin.EXTRACTION,
            ar=complaint.message_ar,
            fr=complaint.message_fr,
            en=complaint.message_en,
        )
