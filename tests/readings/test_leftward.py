"""Arabic labels set in cells that run from left to right."""

from __future__ import annotations

import pytest

from pipeline.readings.grids.leftward import with_numbers_before
from tests.readings.drawn import cells, read, table


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("سنة 15-24", "15-24 سنة"),
        ("سنوات 5 - 9", "5 - 9 سنوات"),
        ("سنة فأكثر 60", "60 سنة فأكثر"),
        ("(%) نسبة الأمية لدى النساء", "نسبة الأمية لدى النساء (%)"),
        ("نقط الخدمة لكل نسمة 100 000", "نقط الخدمة لكل 100 000 نسمة"),
    ],
)
def test_a_number_behind_its_noun_is_put_before_it(drawn: str, meant: str) -> None:
    assert with_numbers_before(drawn) == meant


@pytest.mark.parametrize(
    "label",
    ["سنة 2014", "سنة 2014-2015", "سنة 98-97", "15-24 سنة", "60 سنة فأكثر", "السنة 1", "لكل 100 000 نسمة", "(1) النساء",
     "المستفيدون لكل مركز 12", "عام 60"],
)  # fmt: skip
def test_years_and_numbers_of_lists_stay_where_they_are(label: str) -> None:
    assert with_numbers_before(label) == label


def test_ages_in_cells_from_left_to_right_are_labels_as_they_are_said() -> None:
    rows = [["العمر", "نساء", "رجال"], ["15-24 سنة", "8,4", "10,9"], ["60 سنة فأكثر", "19,7", "24,2"]]
    held = cells(read(table(rows, "full")))
    assert held["15-24 سنة", "", "نساء", ""] == "8,4"
    assert held["60 سنة فأكثر", "", "رجال", ""] == "24,2"
