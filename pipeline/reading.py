"""Reads one report in this process: pages, then tables and figures as printed.

What the child process loads, and nothing of what comes after the readings: a child is started for every report.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.apart import Answer, failed, reason
from pipeline.archive.opening import mended_copy, readable_copy
from pipeline.archive.shelf import Shelf
from pipeline.codebook.loading import Codebook
from pipeline.errors import HasilaError, place_of
from pipeline.model.extraction import Extraction
from pipeline.model.page import Page, PageKind
from pipeline.model.report import Outcome, Report
from pipeline.pages.page import read_pages
from pipeline.readings.extract import extract

_log = logging.getLogger(__name__)


def answer_for(
    report: Report,
    codebook: Codebook,
    *,
    shelf: Shelf | None = None,
    pages_version: str = "",
    passwords: Sequence[str] = (),
    only: Sequence[int] = (),
) -> Answer:
    """Read one report, or only some of its pages, in this process; an exception becomes an answer with the reason."""
    try:
        if only and shelf:
            read_part(report, only, shelf, pages_version, passwords)
            return Answer(extraction=Extraction(report=report))
        return Answer(
            extraction=read_report(
                report, codebook, shelf=shelf, pages_version=pages_version, passwords=passwords
            )
        )
    except HasilaError as error:
        return failed(report, str(error), exit_code=error.exit_code)
    except MemoryError:
        return failed(report, *reason(1, 0, "MemoryError"))
    except Exception as error:
        _log.exception("%s: the reader raised", report.file_name)  # to the parent's journal, at level debug
        return failed(report, f"The reader failed on this file ({place_of(error)}).")


def read_report(
    report: Report,
    codebook: Codebook,
    *,
    shelf: Shelf | None = None,
    pages_version: str = "",
    passwords: Sequence[str] = (),
) -> Extraction:
    """Read one report in this process: pages, then tables and figures as printed.

    Args:
        report: as the archive gave it, not refused.
        codebook: names and layouts; they help, they don't find.
        shelf: where finished pages are kept, ``None`` for nowhere.
        pages_version: version of the page reader, part of the shelf's key.
        passwords: tried when the file is locked.

    Raises:
        MissingTool: when pages need Tesseract or one of its languages and it is not there.
    """
    key = f"{report.sha256}-{pages_version}"
    pages = shelf.find("pages", key, tuple[Page, ...]) if shelf else None
    if pages is None:
        pages = _pages_of(report, shelf, key, passwords)
        if shelf and not any(page.complaint for page in pages):
            shelf.keep("pages", key, pages)
            shelf.clear(f"pages/{key}")
    return extract(_with_pages(report, pages), pages, codebook)


def read_part(
    report: Report, only: Sequence[int], shelf: Shelf, pages_version: str, passwords: Sequence[str] = ()
) -> None:
    """Read some pages of a report in this process, and leave them on the shelf for who reads it whole.

    Raises:
        MissingTool: when pages need Tesseract or one of its languages and it is not there.
    """
    _pages_of(report, shelf, f"{report.sha256}-{pages_version}", passwords, only)


def _pages_of(
    report: Report,
    shelf: Shelf | None,
    key: str,
    passwords: Sequence[str],
    only: Sequence[int] | None = None,
) -> tuple[Page, ...]:
    """Read pages; each is on the shelf by itself as soon as it is finished."""
    room = f"pages/{key}"

    def find(number: int) -> Page | None:
        return shelf.find(room, f"{number:06}", Page) if shelf else None

    def keep(page: Page) -> None:
        if shelf:
            shelf.keep(room, f"{page.number:06}", page)

    with tempfile.TemporaryDirectory(prefix="hasila-") as folder:
        path = readable_copy(report, Path(folder), passwords)
        try:
            return read_pages(path, only=only, find=find, keep=keep)
        except (HasilaError, MemoryError):
            raise
        except Exception as error:  # qpdf opened it, so that as qpdf writes it the others may open it too
            _log.debug("%s is read from a mended copy: %s", report.file_name, error)
            path = mended_copy(report, Path(folder), passwords)
            return read_pages(path, only=only, find=find, keep=keep)


def _with_pages(report: Report, pages: Sequence[Page]) -> Report:
    """Fill in what is known once the pages are read: their kinds, and which were lost."""
    kinds = [page.kind for page in pages]
    lost = [page.number for page in pages if page.complaint]
    by_kind = tuple((kind.value, kinds.count(kind)) for kind in PageKind if kind in kinds)
    report = replace(report, page_count=len(pages), pages_by_kind=by_kind)
    if not lost:
        return report
    why = f"Not read in full: page {', '.join(map(str, lost))}. {pages[lost[0] - 1].complaint}"
    return replace(report, outcome=Outcome.PARTLY, why=f"{report.why} {why}".strip())
