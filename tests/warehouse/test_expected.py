"""The observations of the four fixture editions are those of the committed table, to the last character.

After a change that is meant to alter them, write the table anew and look at its difference::

    HASILA_WRITE_EXPECTED=1 .venv/bin/python -m pytest tests/warehouse/test_expected.py && git diff tests/warehouse
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from pipeline.model.edition import Edition
from pipeline.warehouse.formats import plain, read

EXPECTED = Path(__file__).with_name("expected-observations.csv")
COLUMNS = (
    "indicator",
    "ref_area",
    "sex",
    "age",
    "dimensions",
    "time_period",
    "report_year",
    "obs_value",
    "unit_measure",
    "decimals",
    "qualifier",
    "lower_bound",
    "upper_bound",
    "obs_status",
    "measure",
    "base_period",
    "page",
    "raw",
)


def test_the_fixture_editions_give_the_expected_observations(edition: Edition) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = read(edition.folder, "observations").select(COLUMNS).to_pylist()
    writer.writerows(sorted([plain(row[name]) for name in COLUMNS] for row in rows))
    if os.environ.get("HASILA_WRITE_EXPECTED"):
        EXPECTED.write_text(text.getvalue(), encoding="utf-8")
    assert text.getvalue().splitlines() == EXPECTED.read_text(encoding="utf-8").splitlines()
