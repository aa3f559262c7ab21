"""Drawn tables of every ruling, stub and head: each figure with both its labels, and no table where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive.opening import examine
from pipeline.reading import read_report
from tests.bench.tablepages import make
from tests.bench.tablescore import score
from tests.readings.drawn import codebook


@pytest.mark.parametrize("producer", ["reportlab", "weasyprint"])
def test_nearly_every_cell_of_drawn_pages_is_read_with_both_labels(producer: str, tmp_path: Path) -> None:
    ((path, leaves),) = make(tmp_path, "development", producers=[producer]).items()
    told = score(read_report(examine(path), codebook()), leaves)
    assert told.false_tables == 0
    assert told.exact >= 0.99 * told.cells, told.missed[:3]
