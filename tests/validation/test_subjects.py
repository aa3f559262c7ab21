"""A finding says what it is about, in the language of each of its messages."""

from __future__ import annotations

from pipeline.model.series import Series
from pipeline.validation.subjects import subject
from tests.validation.test_rules import CODEBOOK, judged, reading, report, told

CODES = {code.code: code for code in CODEBOOK.codes}


def series(**given: object) -> Series:
    fields: dict[str, object] = {
        "series_id": "s", "indicator": "X", "label_ar": "مستفيدون", "label_fr": "Bénéficiaires", "label_en": "",
        "ref_area": "MA", "sex": "_T", "age": "_T", "dimensions": (), "unit_measure": "PS", "vintages": (),
    }  # fmt: skip
    return Series(**{**fields, **given})  # type: ignore[arg-type]


def test_the_quantity_of_a_series_is_named_before_its_arithmetic() -> None:
    then, now = reading("120", sentence="a"), reading("980", sentence="b")
    observations = [told(then, period="2022", year=2022), told(now)]
    (found,) = judged([then, now], observations, reports=[report()]).findings
    assert found.rule == "XYR-03"
    assert found.message_en.startswith("CHI_CAPE_BENEF_N: 980 in 2023 against 120")


def test_sex_and_region_of_a_series_are_told_in_words() -> None:
    ar, fr, en = subject(series(sex="F", ref_area="MA-04"), CODEBOOK, CODES)
    assert ar.startswith("مستفيدون (إناث، ")
    assert fr.startswith("Bénéficiaires (féminin, ")
    assert en.startswith("Bénéficiaires (female, ")
    assert "MA-04" not in en


def test_the_whole_country_and_both_sexes_go_without_saying() -> None:
    assert subject(series(), CODEBOOK, CODES)[1] == "Bénéficiaires"
