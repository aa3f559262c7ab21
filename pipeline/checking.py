"""The checks of tables for a plain table from anywhere: no report, no edition, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.codebook.loading import load
from pipeline.model.extraction import Extraction
from pipeline.model.finding import Finding
from pipeline.model.reading import Reading
from pipeline.model.report import Outcome, Report
from pipeline.readings.delimited import sheets
from pipeline.readings.plain import PlainTable, plain_tables
from pipeline.validation.judge import judge_tables
from pipeline.validation.tables.wording import in_language


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """What the checks say of one file: its tables, their findings, how many relations were there to test.

    ``untested`` are totals that could not be checked, a part of them being missing.
    """

    name: str
    tables: tuple[PlainTable, ...]
    findings: tuple[Finding, ...]
    reading: dict[str, Reading]
    held: int
    failed: int
    untested: int

    @property
    def figures(self) -> int:
        """Figures with a value in all tables."""
        return sum(1 for reading in self.reading.values() if reading.value is not None)


def check_file(path: Path, codebook: Path | None = None) -> CheckedFile:
    """Check the tables of a CSV file or a workbook.

    Args:
        path: the file; any encoding, separator and shape.
        codebook: folder of the codebook, the built-in one by default.

    Raises:
        InputError: when there is no such file, nothing in it, or it is no table.
        CodebookError: when a row of the codebook is wrong.
    """
    book = load(codebook)
    tables: list[PlainTable] = []
    for name, rows in sheets(path):
        tables += plain_tables(rows, f"{name}-" if name else "", book)
    report = Report(
        report_id=path.name, sha256="", path=path, file_name=path.name, size=0, outcome=Outcome.READ
    )
    readings = tuple(reading for table in tables for reading in table.readings)
    extraction = Extraction(report=report, readings=readings)
    dimensions = {table.table_id: table.dimensions for table in tables if table.dimensions}
    judged = judge_tables(extraction, book, dimensions=dimensions)
    return CheckedFile(
        name=path.name,
        tables=tuple(tables),
        findings=judged.findings,
        reading={reading.reading_id: reading for reading in readings},
        held=judged.held,
        failed=judged.failed,
        untested=judged.untested,
    )


def place(checked: CheckedFile, finding: Finding) -> tuple[str, int, int, str, str, str]:
    """Table, row and column of the most suspected figure, their labels, and what is printed there.

    A finding of a whole table stands at its first figure.
    """
    # A plain table is a report of its own: that is where its figures are.
    table = next(table for table in checked.tables if table.table_id == finding.report_id)
    reading = checked.reading[finding.readings[0]] if finding.readings else table.readings[0]
    row, column = reading.row or 0, reading.column or 0
    return table.table_id, row, column, table.labels.get(row, ""), table.heads.get(column, ""), reading.raw


def others(checked: CheckedFile, finding: Finding) -> Sequence[Reading]:
    """The other figures that a finding touches, the likelier ones first."""
    return [checked.reading[reading] for reading in finding.readings[1:] if reading in checked.reading]


def explained(explanations: Sequence[str], language: str) -> list[str]:
    """What would explain a finding, the likeliest first, in ``ar``, ``fr`` or ``en``."""
    return [in_language(explanation, language) for explanation in explanations]
