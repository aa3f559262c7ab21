"""Maps that print a value under the name of each of their parts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.readings.drawn import labels, read

TEXT = "<p>Le programme a soutenu les familles des communes rurales de toutes les provinces.</p>"
PARTS = (
    ("خنيفرة", "944", 96, 20),
    ("خريبكة", "507", 40, 30),
    ("الفقيه بن صالح", "1 676", 50, 62),
    ("أزيلال", "1 014", 88, 100),
)


def drawn(parts: Sequence[tuple[str, str, int, int]], caption: str) -> str:
    """Names with values under them where the parts of a map are."""
    style = "position: absolute; width: 40mm; text-align: center; line-height: 1.2"
    inside = "".join(
        f'<div style="{style}; left: {x - 20}mm; top: {y}mm"><span dir="rtl" style="font-size: 7pt">{name}</span>'
        f'<br><b style="font-size: 9pt">{value}</b></div>'
        for name, value, x, y in parts
    )
    return f'{TEXT}<p dir="rtl"><b>{caption}</b></p><div style="position: relative; height: 130mm">{inside}</div>{TEXT}'


@pytest.mark.parametrize(
    ("caption", "unit"),
    [("الخريطة 1: عدد المستفيدين لكل 100.000 نسمة", "NUMBER"), ("خريطة رقم 2: عدد المستفيدين حسب الأقاليم", "PS")],
)
def test_each_value_of_a_map_is_that_of_the_part_whose_name_stands_over_it(caption: str, unit: str) -> None:
    said = [r for r in read(drawn(PARTS, caption)).readings if r.kind == "cell"]
    assert {labels(r)[0]: r.raw for r in said} == {name: value for name, value, _, _ in PARTS}
    assert {r.unit_measure for r in said} == {unit}


def test_numbers_under_names_without_the_caption_of_a_map_are_none_of_its_values() -> None:
    said = read(drawn(PARTS[:3], "عدد المستفيدين حسب الأقاليم"))
    assert not [r for r in said.readings if r.kind == "cell" and labels(r)[0] == "خنيفرة" and labels(r)[2] == ""]


def test_a_table_below_the_caption_of_a_map_keeps_its_rows() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{a}</td><td>{b}</td></tr>" for name, a, b in (("أزيلال", 31, 42), ("خنيفرة", 16, 23))
    )
    head = "<tr><td>الإقليم</td><td>مراكز</td><td>جمعيات</td></tr>"
    page = f'{TEXT}<p dir="rtl"><b>الخريطة 1: المراكز والجمعيات</b></p><table class="full" dir="rtl">{head}{rows}</table>'
    assert {labels(r)[0] for r in read(page).readings if r.kind == "cell"} == {"أزيلال", "خنيفرة"}
