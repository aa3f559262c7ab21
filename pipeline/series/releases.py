"""The day from which a report is known: as the codebook says, else the last day of its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.codebook.releases import Release
from pipeline.model.report import Report


def released(report: Report, known: Sequence[Release]) -> Report:
    """The report with the day on which it came out; without one when neither that nor its year is known."""
    day = next((one.day.isoformat() for one in known if report.sha256.startswith(one.report)), "")
    return replace(
        report, release_date=day or (f"{report.edition_year}-12-31" if report.edition_year else "")
    )
