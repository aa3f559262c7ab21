"""Reports on which our reader failed twice are set aside with the reason, until a person lets them go.

One small file for each report under ``.state/quarantine``, written the moment a reading fails, so that neither a
killed run nor a second process can lose one. A failure counts for one version of the reader only: a new one may try.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.shelf import Shelf
from pipeline.model.report import Outcome, Report

#: Failures after which a report is set aside.
FAILURES = 2
_ROOM = "quarantine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """How often a report failed under one version of the reader, and how the last time."""

    sha256: str
    file_name: str
    version: str
    times: int
    outcome: Outcome
    why: str

    @property
    def report_id(self) -> str:
        """As in the edition."""
        return self.sha256[:12]

    @property
    def set_aside(self) -> bool:
        """Whether it is not tried any more."""
        return self.times >= FAILURES

    @property
    def reason(self) -> str:
        """For the report's row, with the next step."""
        again = f"Set aside after {self.times} failures; to try again: hasila retry {self.report_id}"
        return f"{self.why} {again}"


class Quarantine:
    """The failures noted in a state folder."""

    def __init__(self, state: Path) -> None:
        self._shelf = Shelf(state)

    def find(self, sha256: str, version: str) -> Failure | None:
        """What is noted of a report under this version of the reader."""
        failure = self._shelf.find(_ROOM, sha256, Failure)
        return failure if failure and failure.version == version else None

    def note(self, report: Report, version: str, outcome: Outcome, why: str) -> Failure:
        """Count one more failure.

        Raises:
            OSError: when the folder can't be written.
        """
        before = self.find(report.sha256, version)
        failure = Failure(
            sha256=report.sha256,
            file_name=report.file_name,
            version=version,
            times=(before.times if before else 0) + 1,
            outcome=outcome,
            why=why,
        )
        self._shelf.keep(_ROOM, report.sha256, failure)
        return failure

    def forget(self, sha256: str) -> None:
        """Let a report go: it was read, or a person wants it tried again."""
        self._shelf.place(_ROOM, sha256).unlink(missing_ok=True)

    def failures(self) -> tuple[Failure, ...]:
        """Everything noted, by file name."""
        keys = [file.name.removesuffix(".json.gz") for file in self._shelf.places(_ROOM)]
        found = [self._shelf.find(_ROOM, key, Failure) for key in keys]
        return tuple(sorted(filter(None, found), key=lambda failure: (failure.file_name, failure.sha256)))

    def aside(self, version: str) -> Sequence[Failure]:
        """Reports that are not tried under this version."""
        return [failure for failure in self.failures() if failure.version == version and failure.set_aside]
