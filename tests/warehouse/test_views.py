"""Of several copies of one report, which one the views show."""

from __future__ import annotations

import duckdb
import pytest

from pipeline.warehouse.views import VIEWS

COPIES = """
create table series as select 's' as series_id, '' as label_ar, '' as label_fr, '' as label_en;
create table observations as select 's' as series_id, '2023' as time_period, 2023 as report_year, 'exact' as qualifier, *
from (values ('a', 1, 'text', 1.0), ('b', 2, 'person', 1.0), ('c', 3, 'ocr', 0.9))
as told(observation_id, obs_value, method, confidence)
"""


@pytest.mark.parametrize("view", ["latest", "first", "by_year"])
def test_what_a_person_corrected_comes_before_other_copies_of_the_report(view: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(COPIES)
        assert connection.sql(f"select obs_value from ({VIEWS[view][1]})").fetchall() == [(2,)]
        connection.execute("delete from observations where method = 'person'")
        assert connection.sql(f"select obs_value from ({VIEWS[view][1]})").fetchall() == [(1,)]
