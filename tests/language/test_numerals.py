"""Numbers as reports print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.numerals import parse


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("102 414", "102414"),
        ("102\u00a0414", "102414"),
        ("102\u202f414", "102414"),
        ("26283", "26283"),
        ("1.092", "1092"),
        ("127.417.500", "127417500"),
        ("20,000", "20000"),
        ("32.329,44", "32329.44"),
        ("1,234.5", "1234.5"),
        ("56,52", "56.52"),
        ("0,125", "0.125"),
        ("1'234'567", "1234567"),
        ("١ ٢٣٤ ٥٦٧", "1234567"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("١٦,٨٥٠٫٠٠", "16850.00"),
        ("5ر6", "6.5"),
        ("(4 924)", "-4924"),
        (")4,924,140,469(", "-4924140469"),
        ("5-", "-5"),
        ("-5,2", "-5.2"),
        ("25799\u202a,\u202c52", "25799.52"),
        ("*92.69", "92.69"),
        ("1 250*", "1250"),
    ],
)
def test_separators_signs_and_scripts(raw: str, value: str) -> None:
    number = parse(raw)
    assert number is not None
    assert number.value == Decimal(value)


def test_a_plus_may_be_displayed_behind_a_percent_but_a_class_of_age_is_no_number() -> None:
    number = parse("548,5%+")
    assert number is not None
    assert number.value == Decimal("548.5")
    assert parse("60+") is None
    assert parse("1.250+") is None


@pytest.mark.parametrize(
    ("raw", "value"), [("20,7+", "20.7"), ("6,1-", "-6.1"), ("٢٠٫٧+", "20.7"), ("0.25 +", "0.25")]
)
def test_the_sign_of_a_change_may_be_displayed_behind_its_decimals(raw: str, value: str) -> None:
    number = parse(raw)
    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize("raw", ["% *56,52", "56,52%", "%56,52", "56,52 %", "% 56,52", "٥٦٫٥٢٪"])
def test_a_percent_sign_may_stand_on_either_side(raw: str) -> None:
    number = parse(raw)
    assert number is not None
    assert (number.percent, number.value, number.resolution) == (True, Decimal("56.52"), Decimal("0.01"))


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("074 1", 1074),
        ("882 22", 22882),
        ("531 44", 44531),
        ("074 123", 123074),
        ("886,2 3", Decimal("3886.2")),
        ("087'23", 23087),
    ],
)
def test_groups_that_cannot_stand_so_are_turned_and_marked(shown: str, meant: Decimal) -> None:
    number = parse(shown)
    assert number is not None
    assert (number.value, number.repaired) == (meant, True)


def test_one_separator_before_three_digits_is_ambiguous() -> None:
    for raw in ("16.923", "143,375"):
        number = parse(raw)
        assert number is not None
        assert number.ambiguous


@pytest.mark.parametrize(
    "raw", ["", "-", "12/05/2023", "97.13.2", "2-15-40", "12a", "Total", "1 2 3 4", "9" * 100_000, "12,34,56"]
)
def test_what_is_no_number_is_none(raw: str) -> None:
    assert parse(raw) is None


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", ".", ",", "'"]))
def test_a_grouped_number_is_read_back(number: int, separator: str) -> None:
    printed = f"{number:,}".replace(",", separator)
    read = parse(printed)
    assert read is not None
    assert read.value == number
    assert not read.repaired
