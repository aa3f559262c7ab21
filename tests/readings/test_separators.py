"""What one mark before three digits parts, as the whole report tells."""

from __future__ import annotations

from decimal import Decimal

from tests.readings.drawn import read

LINE = (
    "<p>بلغ عدد المستفيدين {count} طفلا، أي بنسبة 12,5 في المائة مقابل 11,8 في المائة و10,4 في المائة، "
    "بكلفة {cost} ألف درهم.</p>"
)


def values(count: str, cost: str) -> list[Decimal | None]:
    html = f'<div dir="rtl">{LINE.format(count=count, cost=cost)}</div>'
    return [r.value for r in read(html).readings if r.unit_measure == "MAD"]


def test_a_point_before_thousands_parts_thousands_where_the_report_s_counts_do_and_its_decimals_have_a_comma() -> (
    None
):
    assert values("26.183", "198.400") == [Decimal(198400000)]


def test_a_point_before_thousands_parts_decimals_where_counts_have_another_mark() -> None:
    assert values("26 183", "198.400") == [Decimal(198400)]
