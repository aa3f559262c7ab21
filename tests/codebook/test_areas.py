"""Territories: twelve regions since 2015, sixteen before, seventy-five provinces and prefectures under their regions."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.codebook.loading import load
from pipeline.series.territories import Places

CODEBOOK = load()
PLACES = Places(CODEBOOK)


def test_the_reforms_are_kept_apart() -> None:
    def there(level: str, year: int) -> int:
        return sum(one.level == level and one.holds_in(year) for one in CODEBOOK.territories)

    assert (there("region", 2014), there("region", 2015)) == (16, 12)
    assert (there("province", 2008), there("province", 2009)) == (62, 75)


def test_every_province_has_a_region_of_today_and_no_other_place_its_name() -> None:
    regions = {one.code for one in CODEBOOK.territories if one.level == "region" and one.holds_in(2023)}
    provinces = [one for one in CODEBOOK.territories if one.level == "province"]
    assert {one.parent for one in provinces} == regions
    names = Counter(name for one in provinces for name in (one.name_ar, one.name_fr))
    assert set(names.values()) == {1}


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("إقليم تنغير", "MA-TIN"),
        ("عمالة الرباط", "MA-RAB"),
        ("Préfecture d'Oujda-Angad", "MA-OUJ"),
        ("Province de Larache", "MA-LAR"),
        ("الحسيمة", "MA-HOC"),
        ("جهة فاس - مكناس", "MA-03"),
        ("Région de Fès - Meknès", "MA-03"),
    ],
)
def test_a_place_is_known_with_and_without_the_word_for_its_level(label: str, code: str) -> None:
    assert PLACES.area_of(label, 2023) == code


@pytest.mark.parametrize(("label", "code"), [("تافيلالت درعة", "MA-08"), ("جهة ملال بني خنيفرة", "MA-05")])
def test_31_a_place_whose_words_a_producer_set_in_the_wrong_order_is_known(label: str, code: str) -> None:
    assert PLACES.area_of(label, 2023) == code


def test_no_two_places_have_the_same_words() -> None:
    held = Counter(tuple(sorted(name.split())) for name in CODEBOOK.area_of)
    assert set(held.values()) == {1}


def test_indicators_say_what_they_count_and_add_up_only_over_dimensions_they_have() -> None:
    for one in CODEBOOK.indicators.values():
        assert len(one.definition_en.split()) > 5, one.code
        assert one.definition_ar, one.code
        assert one.definition_fr, one.code
        assert not one.additive or one.kind in ("flow", "stock", "share", "target"), one.code
        assert "year" not in one.additive or one.kind == "flow", one.code


def test_bodies_and_programmes_are_published_under_every_name_with_its_years() -> None:
    held = {code.code: code for code in CODEBOOK.codes if code.list == "CL_BODY"}
    ministry, before = held["MIN_SOLIDARITY"], held["MIN_SOLIDARITY_6"]
    assert (ministry.valid_from, ministry.valid_to) == (2021, None)
    assert (before.valid_from, before.valid_to) == (2019, 2021)
    assert held["PPIPEM"].valid_to == 2025
    areas = {code.code: code for code in CODEBOOK.codes if code.list == "CL_AREA"}
    assert areas["MA-01"].valid_from == 2015
