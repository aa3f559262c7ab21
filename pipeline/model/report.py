"""One PDF, known by the hash of its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Outcome(StrEnum):
    """What became of a report in a run."""

    READ = "read"
    PARTLY = "partly"  # some pages could not be read
    TIMEOUT = "timeout"  # its process was ended after the time allowed
    OUT_OF_MEMORY = "out_of_memory"  # its process asked for more than allowed
    CRASH = "crash"  # its process died, or the reader raised
    REFUSED = "refused"  # not a PDF, empty, locked, no pages, beyond a limit

    @property
    def failed(self) -> bool:
        """Whether our reader did not come to its end; the others go on."""
        return self in (Outcome.TIMEOUT, Outcome.OUT_OF_MEMORY, Outcome.CRASH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One PDF. ``report_id`` is the first 12 hex digits of the SHA-256 of its bytes.

    ``path`` is where the bytes were found and is never published; ``file_name`` is its last part.
    ``edition_year`` is the year the report is about, ``None`` until its pages were read;
    ``release_date`` is the day on which it came out, as ISO 8601 writes it;
    ``country`` is the code of the country that its cover names, empty where it names none;
    ``fictitious`` tells that the report says of itself that it is made up.
    """

    report_id: str
    sha256: str
    file_name: str
    path: Path
    size: int
    page_count: int = 0
    edition_year: int | None = None
    title_ar: str = ""
    title_fr: str = ""
    publisher: str = ""
    country: str = ""
    producer: str = ""
    fictitious: bool = False
    release_date: str = ""
    pages_by_kind: tuple[tuple[str, int], ...] = ()
    outcome: Outcome = Outcome.READ
    why: str = ""
