"""Finds the reports among files and folders; a report is its bytes, never its name or date.

Paths in, Reports out, in an order that does not depend on the file system.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.archive.known import Known
from pipeline.errors import InputError
from pipeline.model.report import Report

_log = logging.getLogger(__name__)

#: Looks at one file; must not raise for what the file holds.
Examine = Callable[[Path], Report]


def discover(
    paths: Sequence[Path],
    examine: Examine,
    known: Known | None = None,
    lasting: Callable[[Report], bool] = lambda report: not report.outcome.failed,
) -> tuple[Report, ...]:
    """Find and examine every report.

    Folders are searched with all folders below them for names that end in ``.pdf`` in any case; names
    that begin with a dot are left alone. A file named outright is examined whatever its name. Of files
    with equal bytes the first (by path) is kept, and its ``why`` names the others.

    Args:
        paths: files and folders.
        examine: how a file is looked at.
        known: files that were looked at before; new ones are added to it.
        lasting: whether what was said of a new file may be taken for known.

    Returns:
        One report for each distinct content, refused ones included, sorted by file name, then hash.

    Raises:
        InputError: if a folder can't be searched, or no PDF is found at all.
    """
    found: dict[str, Report] = {}
    copies: dict[str, list[str]] = {}
    for path in _files(paths):
        report = _looked_at(path, examine, known, lasting)
        if report.report_id in found:
            copies.setdefault(report.report_id, []).append(report.file_name)
            _log.info("%s holds the same bytes as %s", report.file_name, found[report.report_id].file_name)
        else:
            found[report.report_id] = report
    reports = [_naming_copies(report, copies.get(key, [])) for key, report in found.items()]
    return tuple(sorted(reports, key=lambda report: (report.file_name, report.report_id)))


def _looked_at(path: str, examine: Examine, known: Known | None, lasting: Callable[[Report], bool]) -> Report:
    """What is known of a file, or else what an examination says."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - ten thousand of them every night
    except OSError:
        return examine(Path(path))
    report = known.find(path, stat) if known else None
    if report is None:
        report = examine(Path(path))
        if known and lasting(report):
            known.keep(path, stat, report)
    return report


def _naming_copies(report: Report, copies: list[str]) -> Report:
    """Say in ``why`` which other files hold the same bytes."""
    if not copies:
        return report
    note = f"The same bytes were also found as {', '.join(sorted(copies))}; read once."
    return replace(report, why=f"{report.why} {note}".strip())


def _files(paths: Sequence[Path]) -> Iterator[str]:
    """Give every candidate file once, by its absolute path, sorted inside each folder."""
    seen: set[str] = set()
    empty: list[Path] = []
    for path in paths:
        candidates = _folder(path) if path.is_dir() else [str(path.absolute())]
        if not candidates:
            empty.append(path)
        for candidate in candidates:
            place = os.path.realpath(candidate) if path.is_file() or os.path.islink(candidate) else candidate  # noqa: PTH114
            if place not in seen:
                seen.add(place)
                yield candidate
    if not seen:
        where = ", ".join(str(path) for path in empty) or "the paths given"
        raise InputError(f"No PDF found in {where}.", "Give a folder that holds the reports, or the files.")
    for path in empty:
        _log.warning("No PDF found in %s; the other paths are read.", path)


def _folder(folder: Path) -> list[str]:
    """PDFs in a folder and below it, sorted by their path from there."""

    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename} can't be searched ({error.strerror}).", "Check its permissions.")

    found = []
    for top, folders, names in os.walk(os.path.realpath(folder), onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.lower().endswith(".pdf") and not name.startswith("."):
                found.append(f"{top}/{name}")
    return sorted(found)
