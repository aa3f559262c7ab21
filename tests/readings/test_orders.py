"""Facts about digit groups displayed in reversed order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model.extraction import Extraction
from tests.readings.drawn import read, table


def reversed_table(*figures: str) -> str:
    names = ("الشرق", "سوس", "درعة", "المجموع")
    rows = [("عدد الأسر", "الجهة"), *zip(figures, names[-len(figures) :], strict=True)]
    return table(rows, "full")


def said(*figures: str) -> list[tuple[Decimal | None, bool]]:
    return [(r.value, r.order_repaired) for r in read(reversed_table(*figures)).readings if r.kind == "cell"]


def test_groups_that_can_be_no_number_are_turned_back_and_marked() -> None:
    assert said("074 1", "882 22", "956 23") == [
        (Decimal(1074), True),
        (Decimal(22882), True),
        (Decimal(23956), True),
    ]


def test_what_grammar_leaves_open_is_decided_by_the_total() -> None:
    # 123456 + 2000 = 125456, and no other order adds up.
    assert said("456 123", "000 2", "456 125") == [
        (Decimal(123456), True), (Decimal(2000), True), (Decimal(125456), True),
    ]  # fmt: skip


def test_what_nothing_decides_stays_as_printed_with_a_complaint() -> None:
    extraction = read(reversed_table("456 123", "074 1", "812"))
    assert extraction.readings[0].value == Decimal(456123)
    assert [c.rule for c in extraction.complaints if c.readings == (extraction.readings[0].reading_id,)] == [
        "EXT-03"
    ]


def test_what_nothing_decides_is_read_as_all_other_cells_of_its_table_and_told() -> None:
    names = ("الشرق", "سوس", "درعة", "فاس", "مراكش")

    def column(*figures: str) -> Extraction:
        return read(table([("عدد الأسر", "الجهة"), *zip(figures, names, strict=True)], "full"))

    alike = column("456 123", "074 1", "035 938", "12 345", "999 7")
    assert alike.readings[0].value == Decimal(456123)  # one is in order
    alike = column("456 123", "074 1", "035 938", "765 432", "999 7")
    assert [alike.readings[i].value for i in (0, 3)] == [Decimal(123456), Decimal(432765)]
    assert [r.order_repaired for r in alike.readings] == [True] * 5
    assert [(c.rule, c.readings) for c in alike.complaints] == [
        ("EXT-03", (alike.readings[i].reading_id,)) for i in (0, 3)
    ]


def test_what_grammar_has_turned_back_is_left_so() -> None:
    assert said("035 938", "–", "035 938")[0] == (Decimal(938035), True)


def test_a_total_on_the_next_page_decides_the_orders_of_both_pages() -> None:
    head = ("عدد الأسر", "الجهة")
    pages = (
        table([head, ("456 123", "الشرق"), ("111 222", "سوس")], "full"),
        table([head, ("000 2", "درعة"), ("567 347", "المجموع")], "full"),
    )
    said = {r.row_label.ar: r.value for r in read(*pages).readings}
    assert said == {
        "الشرق": Decimal(123456), "سوس": Decimal(222111), "درعة": Decimal(2000), "المجموع": Decimal(347567),
    }  # fmt: skip


@pytest.mark.parametrize("figures", [("102 414", "57 883", "44 531"), ("123 456", "100 000", "223 456")])
def test_numbers_in_their_order_are_left_alone(figures: tuple[str, ...]) -> None:
    assert said(*figures) == [(Decimal(f.replace(" ", "")), False) for f in figures]


def test_the_call_of_a_note_between_groups_in_reversed_order_parts_no_number() -> None:
    called = "856<sup style='font-size: 6.5pt'>2</sup> 26"
    assert said("678 24", called, "534 51") == [
        (Decimal(24678), True), (Decimal(26856), True), (Decimal(51534), True),
    ]  # fmt: skip
    apart = "856 <span style='padding-left: 5pt'>26</span>"
    assert said("678 24", apart, "534 51")[1] == (None, False)
