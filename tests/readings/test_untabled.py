"""Rows of figures that no table could be made of."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from weasyprint import HTML

from pipeline.archive.opening import examine
from pipeline.model.page import Page
from pipeline.reading import read_report
from pipeline.readings.alignment.stubs import _level_lines
from pipeline.readings.tables import reading
from pipeline.readings.tables.candidates import candidates
from tests.readings.drawn import STYLE, codebook, read, table

PLAIN = "<style>td { border: none; padding: 1mm 6mm }</style>"


def test_figures_in_rows_and_columns_that_are_in_no_table_are_told() -> None:
    rows = [["x", "y", "z"], *([str(n), str(7 * n), str(9 * n)] for n in (1201, 2302, 3403, 4504))]
    said = read(PLAIN + table(rows))
    assert [c.rule for c in said.complaints] == ["EXT-14"]
    assert "8407" in said.complaints[0].message_en
    assert said.complaints[0].box is not None


def test_figures_of_a_table_and_of_sentences_are_not() -> None:
    rows = [["Région", "Centres", "Lits"], ["Fès", "12", "340"], ["Salé", "9", "210"], ["Tiznit", "7", "180"]]
    prose = "<p>En 2023, 120 centres ont reçu 3 400 enfants ; 45 autres en ont reçu 1 200.</p>" * 4
    assert read(PLAIN + table(rows) + prose).complaints == ()


def test_a_page_that_breaks_the_search_for_tables_loses_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, page: Page, *given: Any) -> Any:
        if page.number == 2:
            raise IndexError("made up")
        return candidates(path, page, *given)

    monkeypatch.setattr(reading, "candidates", broken)
    grid = table([["Région", "Centres"], ["Fès", "12"], ["Salé", "9"], ["Tiznit", "7"]], "full")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        pages = "".join(f'<section class="new">{grid}</section>' for _ in range(3))
        HTML(string=f"<html><head><style>{STYLE}</style></head><body>{pages}</body></html>").write_pdf(path)
        said = read_report(examine(path), codebook())
    numbers = {r.locus.page for r in said.readings if r.kind == "cell"}
    assert len(numbers) == len({page.page for page in said.tables}) >= 2
    assert 2 not in numbers
    assert [(c.rule, c.page) for c in said.complaints if c.rule == "EXT-17"] == [("EXT-17", 2)]
    assert "made up" not in said.complaints[0].message_en


def test_lines_beside_no_row_name_none() -> None:
    assert _level_lines([[]], [], [0.0], 3.0) == []
