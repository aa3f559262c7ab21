"""Opens a file far enough to know whether it is a PDF that can be read, and refuses it with a reason.

A refusal is a `Report` with outcome ``REFUSED`` and one line in ``why`` that ends with the next step; it
is never an exception, because one bad file among many must end up as a row, not as a stopped run.
qpdf (through pikepdf) rebuilds a damaged cross-reference table where it can; such a file is read and
its report says so.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pikepdf

from pipeline.archive.limits import Limits
from pipeline.errors import UsageError
from pipeline.model.report import Outcome, Report

_log = logging.getLogger(__name__)
_CHUNK = 1 << 20  # bytes read at a time while hashing: memory stays flat for any file size
_HEAD = 1024  # ISO 32000-1, note 13 of annex H: readers accept the header anywhere in the first 1024 bytes
_A4 = (0, 0, 595, 842)  # points, of a page that does not say how large it is
_OTHER_BOXES = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
_TAIL = 2048  # where a complete file has its end-of-file mark


def examine(path: Path, limits: Limits | None = None, passwords: Sequence[str] = ()) -> Report:
    """Look at one file: hash, size, page count, producer, and whether it can be read.

    Args:
        path: a file that exists.
        limits: bounds beyond which it is refused.
        passwords: tried after the empty one when it is locked.

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
    limits = limits or Limits()
    if size == 0:
        return _refused(report, "The file is empty. Copy or download it again.")
    if why := limits.beyond_size(size):
        return _refused(report, why)
    if b"%PDF-" not in head:
        kind = _looks_like(head)
        return _refused(report, f"Not a PDF ({kind}). Save the report as PDF, or take the file out.")
    return _opened(report, limits, passwords, complete=b"%%EOF" in tail)


def readable_copy(report: Report, folder: Path, passwords: Sequence[str] = ()) -> Path:
    """Give a path that every library can open: the file itself, or a decrypted copy in ``folder``.

    Locked files open in qpdf, with the empty password or one of those given, but not in every renderer; damaged
    files open with their cross-reference table rebuilt. Both are written out plain, once.

    Raises:
        pikepdf.PdfError: when the file changed since it was examined and no longer opens.
    """
    with _quiet(), _unlocked(report.path, passwords) as pdf:
        if not pdf.is_encrypted and report.outcome is not Outcome.PARTLY:
            return report.path
        copy = folder / f"{report.report_id}.pdf"
        pdf.save(copy, encryption=False)
        return copy


def mended_copy(report: Report, folder: Path, passwords: Sequence[str] = ()) -> Path:
    """Give a copy in ``folder`` as qpdf understands the file, each page with a box and upright, for libraries that give it up.

    Raises:
        pikepdf.PdfError: when the file does not open any more.
    """
    with _quiet(), _unlocked(report.path, passwords) as pdf:
        for page in pdf.pages:
            if not isinstance(page.obj, pikepdf.Dictionary):
                continue
            if not _is_box(page.obj.get("/MediaBox", page.mediabox)):
                page.obj.MediaBox = pikepdf.Array(_A4)
            if not isinstance(page.obj.get("/Rotate", 0), int):
                del page.obj["/Rotate"]
            for name in _OTHER_BOXES:
                if name in page.obj and not _is_box(page.obj[name]):
                    del page.obj[name]
        copy = folder / f"{report.report_id}-mended.pdf"
        pdf.save(copy, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return copy


def _is_box(value: object) -> bool:
    """Four plain numbers in an array."""
    numbers = list(value) if isinstance(value, pikepdf.Array) else []
    return len(numbers) == 4 and all(isinstance(number, int | float | Decimal) for number in numbers)


def listed_passwords(file: Path | None) -> tuple[str, ...]:
    """Passwords in a file, one a line; none without a file.

    Raises:
        UsageError: when the file can't be read.
    """
    if file is None:
        return ()
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError(f"The passwords in {file} can't be read.", "Check HASILA_PASSWORDS.") from error
    return tuple(line for line in lines if line)


def _unlocked(path: Path, passwords: Sequence[str]) -> pikepdf.Pdf:
    """The file opened with the first password that fits; the empty one comes first."""
    for password in ("", *passwords):
        try:
            return pikepdf.open(path, password=password)
        except pikepdf.PasswordError as error:
            locked = error
    raise locked


def _opened(report: Report, limits: Limits, passwords: Sequence[str], *, complete: bool) -> Report:
    """Open with qpdf and fill in what it says."""
    beyond = "Damaged beyond repair." if complete else "Truncated: the file is cut short, no page is left."
    try:
        with _quiet(), _unlocked(report.path, passwords) as pdf:
            if why := limits.beyond(pdf):
                return _refused(report, why)
            pages = _usable_pages(pdf)
            producer = _producer(pdf)
            _tell_permissions(pdf, report.file_name)
    except pikepdf.PasswordError:
        why = "Locked with a password. Name it in the file of HASILA_PASSWORDS, or save a copy without it."
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


def _tell_permissions(pdf: pikepdf.Pdf, name: str) -> None:
    """Log what an encrypted file's author asked readers not to do; what it is used for is for people to decide."""
    if not pdf.is_encrypted:
        return
    denied = [flag for flag, allowed in pdf.allow._asdict().items() if not allowed]
    _log.info(
        "%s is encrypted; its author does not allow: %s", name, ", ".join(denied) or "nothing in particular"
    )


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
