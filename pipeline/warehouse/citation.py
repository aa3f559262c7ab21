"""How to cite an edition and under which terms it may be used: ``CITATION.cff`` and ``LICENCE.md``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.model.report import Report

#: Licence of the compilation, by its SPDX name; the reports are their ministry's.
LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
_TERMS = f"""# Terms of use of these data

The compilation (tables, codes, checks, descriptions) is under {LICENCE}: {LICENCE_URL}

The figures are those of the reports named below, which remain their publishers' own. Cite the report and its page
beside the edition: columns `report_id` and `page` of every row say which.

| report | year | publisher |
|---|---|---|
"""


def write_citation(reports: Sequence[Report], folder: Path, edition_id: str) -> None:
    """Write both files; they hold no clock, so that equal editions have equal ones."""
    held = sorted(reports, key=lambda r: (r.edition_year or 0, r.file_name, r.report_id))
    years = sorted({r.edition_year for r in held if r.edition_year is not None})
    span = f" {years[0]}–{years[-1]}" if years else ""
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        "message: Please cite this edition and the report that printed the figure.",
        f"title: {_quoted(f'Hasila: figures of yearly achievement reports{span}')}",
        f"version: {_quoted(edition_id)}",
        f"license: {LICENCE}",
        "authors:",
        '  - name: "The Hasila authors"',
        "references:" if held else "references: []",
    ]
    for report in held:
        lines += [
            "  - type: report",
            f"    title: {_quoted(report.title_ar or report.title_fr or report.file_name)}",
            f"    authors: [{{name: {_quoted(report.publisher or 'unknown')}}}]",
            f"    notes: {_quoted(f'{report.file_name}, SHA-256 {report.sha256}')}",
        ]
        if report.edition_year is not None:
            lines.append(f"    year: {report.edition_year}")
    (folder / "CITATION.cff").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = "".join(
        f"| {_cell(r.file_name)} | {r.edition_year or ''} | {_cell(r.publisher)} |\n" for r in held
    )
    (folder / "LICENCE.md").write_text(_TERMS + rows, encoding="utf-8")


def _quoted(text: str) -> str:
    """A YAML string: JSON's form is one of YAML's."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
