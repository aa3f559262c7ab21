"""Sentences as an Extraction, read by the project's own language modules."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pipeline.language.quantities import find
from pipeline.model.extraction import Extraction
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Qualifier, Reading
from pipeline.model.report import Report

MINISTRY = "وزارة التضامن والإدماج الاجتماعي والأسرة"


def report(report_id: str = "feedfeedfeed", *, year: int | None = 2023, publisher: str = MINISTRY) -> Report:
    return Report(
        report_id=report_id,
        sha256=report_id.ljust(64, "0"),
        file_name=f"{report_id}.pdf",
        path=Path(f"{report_id}.pdf"),
        size=1,
        edition_year=year,
        publisher=publisher,
    )


def said(
    *sentences: str,
    section: str = "",
    report_id: str = "feedfeedfeed",
    year: int = 2023,
    publisher: str = MINISTRY,
) -> Extraction:
    """A report that holds just these sentences."""
    readings: list[Reading] = []
    for sentence in sentences:
        for found in find(sentence):
            if found.kind not in ("number", "percent", "currency") or found.bare:
                continue
            readings.append(
                Reading(
                    reading_id=f"{report_id}-p001-f{len(readings) + 1:03d}",
                    locus=Locus(report_id, 1, Box(0, 0, 1, 1)),
                    kind="prose",
                    raw=found.raw,
                    value=found.value or Decimal(0),
                    value_max=found.high,
                    resolution=found.resolution,
                    unit_measure=found.unit,
                    unit_label=found.unit_label,
                    qualifier=Qualifier(found.qualifier),
                    in_words=found.in_words,
                    section=section,
                    sentence=sentence,
                    measure=found.measure,
                )
            )
    return Extraction(report=report(report_id, year=year, publisher=publisher), readings=tuple(readings))
