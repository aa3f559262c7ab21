"""One report's pages in, all its tables, figures and mentions out, as printed. Front of this stage."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.codebook.loading import Codebook
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.page import Page
from pipeline.model.report import Report
from pipeline.readings.front import describe
from pipeline.readings.prose import body_size, find_figures
from pipeline.readings.sections import sections
from pipeline.readings.tables import find_tables


def extract(report: Report, pages: Sequence[Page], codebook: Codebook) -> Extraction:
    """Read a report: tables first, then the prose that they leave.

    Nothing here depends on the year or the layout of a report; the codebook only names units and totals.
    """
    section_of = sections(pages)
    tables = find_tables(report.report_id, report.path, pages, section_of, codebook)
    figures = find_figures(report.report_id, pages, tables.used, section_of, body_size(pages))
    return Extraction(
        report=describe(report, pages, codebook),
        tables=tuple(tables.tables),
        readings=(*tables.readings, *figures.readings),
        mentions=tuple(figures.mentions),
        complaints=(*_unread(pages), *tables.complaints),
    )


def _unread(pages: Sequence[Page]) -> list[Complaint]:
    """Pages that could not be read in full."""
    return [
        Complaint(
            rule="EXT-01",
            page=page.number,
            message_ar=f"تعذرت قراءة الصفحة {page.number}: {page.complaint}",
            message_fr=f"La page {page.number} n'a pas pu être lue : {page.complaint}",
            message_en=f"Page {page.number} could not be read: {page.complaint}",
        )
        for page in pages
        if page.complaint
    ]
