"""Nothing is published that does not obey the schema."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import HasilaError
from pipeline.model.edition import Dataset
from tests.warehouse.conftest import published


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sex": "X"}, "observations.sex: a code that is not in its list"),
        ({"reading_id": "nobody"}, "observations.reading_id names no row of readings"),
        ({"series_id": "nobody"}, "observations.series_id names no row of series"),
        ({"obs_value": None, "obs_status": "A"}, "not so: (obs_value is null)"),
        ({"lower_bound": Decimal(10**9)}, "not so: lower_bound"),
        ({"indicator_known": False}, "not so: indicator_known"),
    ],
)
def test_a_row_that_breaks_the_schema_stops_the_edition(
    change: dict[str, Any], said: str, dataset: Dataset, tmp_path: Path
) -> None:
    first = replace(dataset.observations[0], **change)
    wrong = replace(dataset, observations=(first, *dataset.observations[1:]))
    with pytest.raises(HasilaError, match="does not obey its schema") as caught:
        published(wrong, tmp_path)
    assert said in str(caught.value)
    assert not (tmp_path / "latest").exists()
    assert list((tmp_path / "editions").iterdir()) == []


def test_two_rows_of_one_key_stop_the_edition(dataset: Dataset, tmp_path: Path) -> None:
    twice = replace(dataset, observations=(*dataset.observations, dataset.observations[0]))
    with pytest.raises(HasilaError, match="1 keys are there more than once"):
        published(twice, tmp_path)
