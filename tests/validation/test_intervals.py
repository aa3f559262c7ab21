"""Printed numbers as intervals: the semantics of XBRL Calculations 1.1 (Recommendation of 2023), case by case.

A fact of value v with d decimals is the closed interval v ± ½·10⁻ᵈ; one that is exact has no width. A summation holds when
the sum of its items' intervals, each times its weight, meets the interval of the total. Facts told twice are consistent
when their intervals meet; while they are not, the total that they enter is not judged.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.reading import Qualifier
from pipeline.validation.intervals import Interval, exactly, loosely, of, printed, total
from tests.validation.test_catalogue import cells
from tests.validation.test_rules import judged, reading, rules


def fact(text: str, *, unit: str = "MAD") -> Interval:
    """An amount printed with as many decimals as the text has; ``12k`` is printed in thousands."""
    thousands = text.endswith("k")
    value = Decimal(text.rstrip("k"))
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))  # type: ignore[arg-type]
    scale = 1000 if thousands else 1
    return printed(value * scale, step * scale, unit)


SUMS = [
    # items with weights, total, consistent
    ([("100", 1), ("200", 1)], "300", True),
    ([("100", 1), ("200", 1)], "301", False),  # whole and exact: no tolerance
    ([("1.5", 1), ("2.5", 1)], "4.0", True),
    ([("1.4", 1), ("1.4", 1)], "2.9", True),  # 2.7 to 2.9 meets 2.85 to 2.95
    ([("1.4", 1), ("1.4", 1)], "3.0", False),
    ([("33.3", 1)] * 3, "100.1", True),  # 99.75 to 100.05 touches 100.05 to 100.15: intervals are closed
    ([("33.3", 1)] * 3, "100.2", False),
    ([("1.4", 1), ("1.4", 1)], "2.95", False),
    ([("500", 1), ("120", -1)], "380", True),  # a weight of -1
    ([("500.0", 1), ("120.0", -1)], "380.1", True),
    ([("500.0", 1), ("120.0", -1)], "380.2", False),
    ([("12k", 1), ("13k", 1)], "26k", True),  # thousands: 24 000 to 26 000 meets 25 500 to 26 500
    ([("12k", 1), ("13k", 1)], "27k", False),
    ([("12k", 1), ("13k", 1)], "25500", True),  # items rounded, the total in full
    ([("12k", 1), ("13k", 1)], "26001", False),
    ([("0.0", 1), ("0.0", 1)], "0.1", True),
    ([("0", 1), ("0", 1)], "1", False),
    ([("33.3", 1)] * 3, "100.0", True),
    ([("-1.4", 1), ("2.4", 1)], "1.1", True),
]


@pytest.mark.parametrize(("items", "whole", "consistent"), SUMS)
def test_a_summation_holds_when_the_intervals_meet(
    items: list[tuple[str, int]], whole: str, consistent: bool
) -> None:
    summed = total(fact(text).times(weight) for text, weight in items)
    assert summed.meets(fact(whole)) is consistent


@pytest.mark.parametrize(
    ("one", "other", "consistent"),
    [
        ("12.0", "12.04", True),  # the same at another precision
        ("12.0", "12.06", False),
        ("12k", "12345", True),
        ("12k", "12501", False),
        ("100", "100", True),
        ("100", "101", False),
    ],
)
def test_facts_told_twice_are_consistent_when_their_intervals_meet(
    one: str, other: str, consistent: bool
) -> None:
    assert fact(one).meets(fact(other)) is consistent
    assert fact(other).meets(fact(one)) is consistent


def test_a_missing_item_leaves_a_summation_unjudged() -> None:
    rows = [("Fès", "10"), ("Oujda", "5"), ("Salé", "7"), ("Total", "40")]
    held = cells(rows, ["n"])
    assert rules(judged(held)) == ["TAB-01"]
    assert rules(judged([replace(r, value=None) if r.raw == "7" else r for r in held])) == []


def test_while_a_total_is_told_twice_unlike_the_two_contradictions_are_one_finding() -> None:
    rows = [("Fès", "10"), ("Oujda", "5"), ("Salé", "7"), ("Total", "23")]
    (found,) = judged(cells(rows, ["n"], banner="22")).findings
    assert "22" in found.message_en
    assert "23" in found.message_en


NUMBERS = st.decimals(0, 10**6, places=2)


@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_what_was_rounded_from_true_numbers_is_never_called_wrong(true: list[Decimal]) -> None:
    rounded = [printed(round(n, 1), Decimal("0.1"), "MAD") for n in true]
    assert total(rounded).meets(printed(round(sum(true, Decimal(0)), 1), Decimal("0.1"), "MAD"))


@given(NUMBERS, NUMBERS)
def test_a_rounded_share_of_true_numbers_is_never_called_wrong(part: Decimal, whole: Decimal) -> None:
    if whole and part:
        share = Decimal(100) * part / whole
        said = printed(share.quantize(Decimal("0.01")), Decimal("0.01"), "PT")
        ratio = printed(part, Decimal("0.01"), "MAD").over(printed(whole, Decimal("0.01"), "MAD")).times(100)
        assert ratio.meets(said)


@given(st.integers(1, 10**8), st.sampled_from(list(Qualifier)))
def test_what_a_hedge_is_commonly_said_of_is_part_of_what_it_may_be_said_of(
    value: int, hedge: Qualifier
) -> None:
    one = replace(reading("1"), value=Decimal(value), qualifier=hedge)
    hard, soft = of(one), loosely(one)
    assert hard is not None
    assert soft is not None
    assert hard.low is None or (soft.low is not None and soft.low >= hard.low)
    assert hard.high is None or (soft.high is not None and soft.high <= hard.high)


def test_nothing_is_both_under_and_over_a_bound_that_is_left_out() -> None:
    over = Interval(Fraction(100), None, low_open=True)
    assert not over.meets(exactly(100))
    assert over.meets(exactly(101))
    assert not over.meets(Interval(None, Fraction(100)))
