"""What a person decided: corrections of single values and findings set aside, read from their files.

:mod:`pipeline.codebook.deciding` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.codebook.rows import Row, toml_entries
from pipeline.codebook.wording import fold
from pipeline.errors import CodebookError

CORRECTIONS, ACCEPTED = "corrections.toml", "accepted.toml"
#: What may come of a finding that a person has looked at.
VERDICTS = ("confirmed", "explained", "false_alarm")
#: Fewest digits of a report's SHA-256 that name it.
LEAST_DIGITS = 8
_CORRECTABLE = ("value",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A declared change of one value; it applies only while the value is still ``old`` (empty: none could be read)."""

    report: str  # first digits of the report's SHA-256
    page: int
    labels: tuple[str, ...]
    field: str = "value"
    old: str
    new: str
    reason: str
    author: str
    reading: str = ""
    number: int = 0  # position in corrections.toml, from 1

    def means(self, figure: Figure) -> bool:
        """Whether it is for this figure: report and page, the reading if one is named, and all labels."""
        if self.page != figure.page or not figure.sha256.startswith(self.report):
            return False
        if self.reading and self.reading != figure.reading_id:
            return False
        printed, sentence = {fold(label) for label in figure.labels}, fold(figure.sentence)
        return all(fold(label) in printed or (sentence and fold(label) in sentence) for label in self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A finding that a person has looked at; it stays set aside until ``until`` or until a value of it changes.

    ``verdict`` says what came of it: ``confirmed`` (the source is wrong), ``explained`` (both are right), ``false_alarm``.
    ``rule`` is the finding's, so that the verdict still counts for it when the finding is gone.
    """

    finding: str
    who: str
    why: str
    when: date
    until: date | None = None
    verdict: str = "explained"
    rule: str = ""
    number: int = 0  # position in accepted.toml, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What tells one printed figure from others: its report and page, the labels or the sentence printed with it."""

    sha256: str
    page: int
    reading_id: str
    labels: tuple[str, ...]
    sentence: str = ""

    @staticmethod
    def parts(labels: Iterable[str]) -> tuple[str, ...]:
        """The labels one by one: those of several head rows are joined by a slash."""
        return tuple(dict.fromkeys(part for label in labels for part in label.split(" / ") if fold(part)))


def corrections(path: Path) -> Iterator[Correction]:
    """The corrections of a file.

    Raises:
        CodebookError: naming file and entry of what is wrong.
    """
    for row in toml_entries(path, "correction", ("report", "page", "old", "new", "reason", "author")):
        labels = row.held.get("labels", [])
        row.demand(isinstance(row.held["page"], int), "'page' is not a whole number")
        row.demand(isinstance(labels, list), "'labels' is not a list")
        row.demand(bool(labels or row["reading"]), "neither 'labels' nor 'reading' says which figure it is")
        row.demand(len(row["report"]) >= LEAST_DIGITS, "'report' needs at least eight digits of the SHA-256")
        field = row["field"] or "value"
        row.demand(
            field in _CORRECTABLE, f"field '{field}' can't be corrected; only {', '.join(_CORRECTABLE)} can"
        )
        for key in ("reason", "author"):
            row.demand(bool(row[key]), f"'{key}' is empty")
        yield Correction(
            report=row["report"],
            page=int(row.held["page"]),
            labels=tuple(str(label) for label in labels),
            field=field,
            old="" if row.held["old"] == "" else _number(row, "old"),
            new=_number(row, "new"),
            reason=row["reason"],
            author=row["author"],
            reading=row["reading"],
            number=row.line,
        )


def accepted(path: Path) -> Iterator[Accepted]:
    """The accepted findings of a file.

    Raises:
        CodebookError: naming file and entry of what is wrong.
    """
    for row in toml_entries(path, "accepted", ("finding", "who", "why", "when")):
        when, until = row.held["when"], row.held.get("until")
        row.demand(isinstance(when, date), "'when' is not a date")
        row.demand(until is None or isinstance(until, date), "'until' is not a date")
        verdict = row.held.get("verdict", "explained")
        row.demand(verdict in VERDICTS, f"'verdict' is none of {', '.join(VERDICTS)}")
        yield Accepted(
            finding=row["finding"],
            who=row["who"],
            why=row["why"],
            when=when,
            until=until,
            verdict=verdict,
            rule=str(row.held.get("rule", "")),
            number=row.line,
        )


def _number(row: Row, key: str) -> str:
    try:
        number = Decimal(str(row.held[key]))
        row.demand(number.is_finite(), f"'{key}' is not a number")
        return str(number)
    except InvalidOperation:
        raise CodebookError(
            f"{row.file} entry {row.line}: '{key}' is not a number.", "Mend the row."
        ) from None
