"""Opens a file far enough to know whether it is a PDF that can be read, and refuses it with a reason.

A refusal is a `Report` with outcome ``REFUSED`` and one line in ``why`` that ends with the next step; it
is never an exception, because one bad file among many must end up as a row, not as a stopped run.
qpdf (through pikepdf) rebuilds a damaged cross-reference table where it can; such a file is read and
its report says so.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pikepdf

from pipeline.model.report import Outcome, Report

_CHUNK = 1 << 20  # bytes read at a time while hashing: memory stays flat for any file size
_HEAD = 1024  # ISO 32000-1, note 13 of annex H: readers accept the header anywhere in the first 1024 bytes
_TAIL = 2048  # where a complete file has its end-of-file mark


def examine(path: Path) -> Report:
    """Look at one file: hash, size, page count, producer, and whether it can be read.

    Args:
        path: a file that exists.

    Returns:
        A report with outcome ``READ`` (nothing stands in the way), ``PARTLY`` (damaged, but pages were
        recovered) or ``REFUSED`` with the reason and the next step in ``why``. Never raises for what
        the file holds.
    """
    try:
        sha256, size, head, tail = _fingerprint(path)
    except OSError as error:
        # No bytes, hence no hash: the name has to stand in, so that the row still has a key.
        name_hash = hashlib.sha256(path.name.encode("utf-8", "surrogateescape")).hexdigest()
        why = f"The file can't be opened ({error.strerror or error}). Check its permissions, then run again."
        unread = Report(
            report_id=name_hash[:12], sha256="", file_name=_printable(path.name), path=path, size=0
        )
        return _refused(unread, why)
    report = Report(
        report_id=sha256[:12], sha256=sha256, file_name=_printable(path.name), path=path, size=size
    )
    if size == 0:
        return _refused(report, "The file is empty. Copy or download it again.")
    if b"%PDF-" not in head:
        kind = _looks_like(head)
        return _refused(report, f"Not a PDF ({kind}). Save the report as PDF, or take the file out.")
    return _opened(report, complete=b"%%EOF" in tail)


def readable_copy(report: Report, folder: Path) -> Path:
    """Give a path that every library can open: the file itself, or a decrypted copy in ``folder``.

    Files with an empty user password open in qpdf but not in every renderer; damaged files open with
    their cross-reference table rebuilt. Both are written out plain, once.

    Raises:
        pikepdf.PdfError: when the file changed since it was examined and no longer opens.
    """
    with _quiet(), pikepdf.open(report.path) as pdf:
        if not pdf.is_encrypted and report.outcome is not Outcome.PARTLY:
            return report.path
        copy = folder / f"{report.report_id}.pdf"
        pdf.save(copy, encryption=False)
        return copy


def _opened(report: Report, *, complete: bool) -> Report:
    """Open with qpdf and fill in what it says."""
    beyond = "Damaged beyond repair." if complete else "Truncated: the file is cut short, no page is left."
    try:
        with _quiet(), pikepdf.open(report.path) as pdf:
            pages = _usable_pages(pdf)
            producer = _producer(pdf)
    except pikepdf.PasswordError:
        why = "Locked with a password. Save a copy without the password, then run again."
        return _refused(report, why)
    except (pikepdf.PdfError, ValueError, RuntimeError, OSError):
        return _refused(report, f"{beyond} Copy or download it again.")
    if pages == 0 and complete:
        return _refused(report, "The PDF has no pages. Ask for the report again.")
    if pages == 0:
        return _refused(report, f"{beyond} Copy or download it again.")
    report = replace(report, page_count=pages, producer=producer)
    if not complete:
        why = f"Truncated: the file is cut short, {pages} page(s) could be saved. Copy or download it again."
        return replace(report, outcome=Outcome.PARTLY, why=why)
    return report


def _usable_pages(pdf: pikepdf.Pdf) -> int:
    """Count the leaves of the page tree that are really there (a lost object reads as null)."""
    return sum(1 for page in pdf.pages if isinstance(page.obj, pikepdf.Dictionary))


def _producer(pdf: pikepdf.Pdf) -> str:
    """Program that wrote the file, as it says itself; empty when it says nothing."""
    try:
        return str(pdf.docinfo.get("/Producer", "")).strip("\x00 \t\r\n")
    except (pikepdf.PdfError, ValueError, AttributeError):
        return ""


def _refused(report: Report, why: str) -> Report:
    return replace(report, outcome=Outcome.REFUSED, why=why)


def _fingerprint(path: Path) -> tuple[str, int, bytes, bytes]:
    """SHA-256, size, first and last bytes, in one pass."""
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            head = head or chunk[:_HEAD]
            tail = (tail + chunk)[-_TAIL:]
    return digest.hexdigest(), size, head, tail


def _looks_like(head: bytes) -> str:
    """Say in a few words what a file without PDF header seems to be."""
    start = head.lstrip()[:64].lower()
    known = (
        (b"<!doctype html", "a web page saved under a PDF name"),
        (b"<html", "a web page saved under a PDF name"),
        (b"pk\x03\x04", "an Office document or ZIP archive"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"\x89png", "a PNG picture"),
        (b"ii*\x00", "a TIFF picture"),
        (b"mm\x00*", "a TIFF picture"),
        (b"{\\rtf", "a rich-text document"),
    )
    return next((kind for sign, kind in known if start.startswith(sign)), "no PDF header")


def _printable(name: str) -> str:
    """File name without the undecodable bytes that no table or terminal could hold."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep qpdf's warnings about repairs out of the log; what matters of them is in ``why``."""
    logger = logging.getLogger("pikepdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
