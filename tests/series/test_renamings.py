"""Made-up quantities that reports reword, translate, lay out anew, part and unite: none taken for another, most found again."""

from __future__ import annotations

import pytest

from pipeline.codebook.loading import load
from tests.series.linked import SETS, crossed, score

CODEBOOK = load()
#: Least share of the pairs that have to be found. Little was mended for the last sets.
RECALL = dict.fromkeys(SETS, 0.95) | {"eighth": 0.9, "ninth": 0.5, "tenth": 0.85}


@pytest.mark.parametrize("name", SETS)
def test_renamed_quantities_go_on_in_their_series_and_in_no_other(name: str) -> None:
    found = score(SETS[name], CODEBOOK)
    assert found.precision == 1.0
    assert found.recall >= RECALL[name]
    assert found.silent == 0
    assert found.mistaken == 0


@pytest.mark.parametrize("name", SETS)
def test_quantities_that_no_report_prints_together_are_not_taken_for_one_another(name: str) -> None:
    assert crossed(dict(list(SETS[name].items())[:12]), CODEBOOK) == []


def test_in_reports_of_many_tables_renamed_quantities_are_found_as_in_short_ones() -> None:
    # A year of "grants" is the students of another set; what two sets have in other words stands in a report twice and stays two.
    many = {name: years for held in SETS.values() for name, years in held.items() if name != "grants"}
    found = score(many, CODEBOOK)
    assert found.precision == 1.0
    assert found.recall >= 0.88
    assert found.mistaken == 0
