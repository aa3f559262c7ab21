"""One report's pages in, all its tables, figures and mentions out, as printed. Front of this stage."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.codebook.loading import Codebook
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.page import Page, PageKind
from pipeline.model.report import Report
from pipeline.readings.cells.separators import settle_report
from pipeline.readings.front import describe
from pipeline.readings.money import at_home, in_home_money
from pipeline.readings.prose.sentences import body_size, find_figures
from pipeline.readings.sections import sections
from pipeline.readings.tables.reading import find_tables
from pipeline.readings.tables.respelled import respelled

#: Kinds of pages that are read from their image, and the mean confidence of words under which figures go missing there.
_FROM_IMAGE = (PageKind.SCAN, PageKind.OUTLINES, PageKind.GARBLED)
_LEGIBLE = 0.5


def extract(report: Report, pages: Sequence[Page], codebook: Codebook) -> Extraction:
    """Read a report: tables first, then the prose that they leave.

    Nothing here depends on the year or the layout of a report; the codebook only names units and totals.
    """
    section_of = sections(pages)
    report = describe(report, pages, codebook)
    codebook = at_home(codebook, report.country)
    tables = find_tables(report.report_id, report.path, pages, section_of, codebook)
    readings, mended = respelled(tables.readings, pages, codebook)
    figures = find_figures(report.report_id, pages, tables.used, section_of, body_size(pages))
    return Extraction(
        report=report,
        tables=tuple(tables.tables),
        readings=tuple(settle_report([*readings, *in_home_money(figures.readings, codebook)])),
        mentions=tuple(figures.mentions),
        complaints=(
            *_unread(pages),
            *_without_layer(pages),
            *_unread_script(pages),
            *_hardly_legible(pages),
            *tables.complaints,
            *figures.complaints,
            *mended,
        ),
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


def _without_layer(pages: Sequence[Page]) -> list[Complaint]:
    """Pages whose text layer raised an error and that were read from their image."""
    return [
        Complaint(
            rule="EXT-08",
            page=page.number,
            message_ar=f"تعذرت قراءة نص الصفحة {page.number} ({page.layer_problem}) فقُرئت من صورتها",
            message_fr=f"Le texte de la page {page.number} n'a pas pu être lu ({page.layer_problem}) : "
            "la page a été lue d'après son image",
            message_en=f"The text of page {page.number} could not be read ({page.layer_problem}): "
            "the page was read from its image",
        )
        for page in pages
        if page.layer_problem
    ]


def _unread_script(pages: Sequence[Page]) -> list[Complaint]:
    """Lines of Tifinagh on page images: one complaint for a report, at the first of them."""
    held = [(page.number, page.unread) for page in pages if page.unread]
    if not held:
        return []
    lines, where = sum(len(boxes) for _, boxes in held), ", ".join(str(number) for number, _ in held)
    return [
        Complaint(
            rule="EXT-09",
            page=held[0][0],
            box=held[0][1][0],
            message_ar=f"أسطر بحرف تيفيناغ في الصور لا تُقرأ: {lines} (الصفحات {where})",
            message_fr=f"Lignes en tifinagh sur des images, qui ne sont pas lues : {lines} (pages {where})",
            message_en=f"Lines in Tifinagh on images, which are not read: {lines} (pages {where})",
        )
    ]


def _hardly_legible(pages: Sequence[Page]) -> list[Complaint]:
    """Pages whose image gave no words, or words that hardly make sense: what they print may be missing."""
    doubtful = []
    for page in pages:
        words = [w for line in page.lines for w in line.words if sum(c.isalpha() for c in w.text) >= 3]
        letters = sum(len(w.text) for w in words)
        sense = sum(len(w.text) * w.confidence for w in words) / letters if letters else 0.0
        if page.kind in _FROM_IMAGE and sense < _LEGIBLE and not page.complaint:
            doubtful.append((page.number, f"{sense:.0%}".replace("%", " %")))
    return [
        Complaint(
            rule="EXT-05",
            page=number,
            message_ar=f"الصفحة {number} لا تكاد تُقرأ (الثقة {sense}): قد تنقص أرقام مما طُبع فيها",
            message_fr=f"La page {number} est à peine lisible (confiance {sense}) : des chiffres imprimés peuvent manquer",
            message_en=f"Page {number} is hardly legible (confidence {sense}): printed figures may be missing",
        )
        for number, sense in doubtful
    ]
