"""Made-up quantities that reports reword, translate, lay out anew, part and unite: none taken for another, hardly one lost."""

from __future__ import annotations

import pytest

from pipeline.codebook.loading import load
from tests.series.linked import crossed, score
from tests.series.renamings import DIFFERENT, HELD_BACK, WORKED_WITH, Years

CODEBOOK = load()


@pytest.mark.parametrize("years", [WORKED_WITH, HELD_BACK], ids=["worked with", "held back"])
def test_renamed_quantities_go_on_in_their_series_and_in_no_other(years: Years) -> None:
    found = score(years, CODEBOOK, DIFFERENT)
    assert found.precision == 1.0
    assert found.recall >= 0.95
    assert found.silent == 0


@pytest.mark.parametrize("years", [WORKED_WITH, HELD_BACK], ids=["worked with", "held back"])
def test_quantities_that_no_report_prints_together_are_not_taken_for_one_another(
    years: dict[str, tuple],
) -> None:  # type: ignore[type-arg]
    assert crossed(dict(list(years.items())[:12]), CODEBOOK) == []
