"""What was put right by arithmetic is told, so that nobody takes it for what is printed."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence


def mended(evidence: Evidence) -> Iterator[Finding]:
    """Every repaired value, with what was read, what is published and why."""
    for edit in evidence.edits:
        reading = evidence.reading.get(edit.reading_id)
        if reading is None:
            continue
        yield card(
            "CEL-11",
            "cell",
            Severity.INFORMATION,
            readings=[reading],
            expected=edit.new,
            observed=reading.raw,
            origin=Origin.EXTRACTION,
            influence=0.5,
            ar=f"قرئت {reading.raw} وصححت إلى {edit.new} ({edit.reason})",
            fr=f"Lu {reading.raw}, rétabli en {edit.new} ({edit.reason})",
            en=f"Read {reading.raw}, put right to {edit.new} ({edit.reason})",
        )
