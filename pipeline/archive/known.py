"""What was found out about files before, so that a known file is neither opened nor hashed again.

A file is known by its place, size, inode and times; the time of the last change of its inode can't be set by
hand, so a file that was replaced under its old name and date is looked at again. May be deleted at any time.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from pipeline.archive.shelf import write_aside
from pipeline.model.report import Outcome, Report

#: Nanoseconds: a file changed so shortly before it was looked at may change again within one tick of its clock.
_TOO_FRESH = 1_000_000_000


class Known:
    """The list of files that were looked at, in one JSON file."""

    def __init__(self, file: Path, version: str) -> None:
        """Load what is known; nothing of another ``version`` of the examination counts."""
        self._file, self._version, self._changed = file, version, False
        self._rows: dict[str, list[object]] = {}
        try:
            held = json.loads(file.read_bytes())
            if held["version"] == version:
                self._rows = dict(held["files"])
        except (OSError, ValueError, KeyError, TypeError):
            pass

    def find(self, place: str, stat: os.stat_result) -> Report | None:
        """What is known of a file; ``None`` when it is new or has changed."""
        row = self._rows.get(place)
        if row is None or row[0] != _identity(stat):
            return None
        _, sha256, name, size, pages, producer, outcome, why = row
        return Report(
            report_id=str(sha256)[:12],
            sha256=str(sha256),
            file_name=str(name),
            path=Path(place),
            size=int(str(size)),
            page_count=int(str(pages)),
            producer=str(producer),
            outcome=Outcome(str(outcome)),
            why=str(why),
        )

    def keep(self, place: str, stat: os.stat_result, report: Report) -> None:
        """Remember a file as it was at the time of ``stat``, taken before it was looked at."""
        if not report.sha256 or stat.st_ctime_ns > time.time_ns() - _TOO_FRESH:
            return
        facts = (report.size, report.page_count, report.producer, report.outcome, report.why)
        self._rows[place] = [_identity(stat), report.sha256, report.file_name, *facts]
        self._changed = True

    def save(self) -> None:
        """Write the list, if anything was added.

        Raises:
            OSError: when the folder can't be written.
        """
        if self._changed:
            held = {"version": self._version, "files": self._rows}
            write_aside(self._file, json.dumps(held, separators=(",", ":")).encode())
            self._changed = False


def forget(file: Path, contents: set[str]) -> None:
    """Have the files with these contents (SHA-256) looked at again, under whatever version they were known.

    Raises:
        OSError: when the folder can't be written.
    """
    try:
        held = json.loads(file.read_bytes())
        kept = {place: row for place, row in held["files"].items() if row[1] not in contents}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    if len(kept) < len(held["files"]):
        write_aside(file, json.dumps({**held, "files": kept}, separators=(",", ":")).encode())


def _identity(stat: os.stat_result) -> str:
    return f"{stat.st_size}-{stat.st_ino}-{stat.st_mtime_ns}-{stat.st_ctime_ns}"
