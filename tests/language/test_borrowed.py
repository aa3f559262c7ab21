"""Numbers that print no noun of their own."""

from __future__ import annotations

import pytest

from pipeline.language.quantities import find


@pytest.mark.parametrize(
    ("sentence", "number", "noun"),
    [
        ("La région de Fès dispose de 167 établissements, devant Marrakech (159).", "159", "établissements"),
        ("11 273 jeunes insérés, au-delà de l'objectif fixé (10 000)", "10 000", "jeunes"),
        ("Le nombre de centres est passé de 48 à 54, soit une hausse de 12,5 %.", "54", "centres"),
        ("mise à niveau de 350 unités, à raison de 70 par an", "70", "unités"),
        ("porter à 86 le nombre de COAPH, dont 46 nouveaux", "86", "COAPH"),
        ("3 200 femmes, parmi lesquelles 410 en milieu rural", "410", "femmes"),
        ("وانتقل عدد الفضاءات متعددة الوظائف من 47 إلى 55.", "55", "الفضاءات"),
        ("استقبلت 18 640 امرأة، منهن 7 212 في وضعية عنف", "7 212", "امرأة"),
        ("ووصل عدد المشاريع المدعمة إلى 118 مشروعا، 73 منها بالعالم القروي", "73", "مشروعا"),
        ("تم تكوين 640 إطارا، من بينهم 212 في جهة الشرق", "212", "إطارا"),
    ],
)
def test_a_number_counts_what_the_one_before_it_counts(sentence: str, number: str, noun: str) -> None:
    (held,) = [f for f in find(sentence) if f.raw == number]
    assert (held.unit_label, held.bare) == (noun, False)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("استفاد 640 شخصا. ومنهم 212", "212"),  # another sentence
        ("بغلاف قدره 12 مليون درهم، منها 3.", "3"),  # millions or dirhams?
        ("استفاد 12 ألف شخص، منهم 3.", "3"),
        ("167 établissements (3)", "3"),  # the call of a note
    ],
)
def test_a_number_borrows_no_noun_where_nothing_says_so(sentence: str, number: str) -> None:
    assert all(f.bare or f.kind != "number" for f in find(sentence) if f.raw == number)


def test_each_one_of_them_is_no_number() -> None:
    found = find("تمويل 480 مشروعا لا تتعدى كلفة الواحد منها 60 ألف درهم")
    assert [(f.raw, f.kind) for f in found] == [("480", "number"), ("60 ألف", "currency")]
