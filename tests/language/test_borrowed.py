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
        ("2 créations portent à 25 le nombre de centres, contre 23 un an plus tôt", "23", "centres"),
        ("أصدر المجلس 286 حكما مقارنة مع سنة 2019 التي بلغ عددها فيها 250", "250", "حكما"),
        ("1 250 femmes en 2019, 1 400 en 2020 et 1 560 en 2021", "1 560", "femmes"),
        ("12 conventions ont été signées en 2020 et 3 en 2021", "3", "conventions"),
        ("14 unités mobiles : 8 à Casablanca, 4 à Rabat et 2 à Fès", "2", "unités"),
        ("45 centres en milieu urbain et 30 en milieu rural", "30", "centres"),
        ("45 مركزا بالوسط الحضري و30 بالوسط القروي", "30", "مركزا"),
        ("ارتفاعا من 412 طلبا سنة 2012 إلى 530 سنة 2013، ثم 689 سنة 2014", "689", "طلبا"),
        ("412 demandes en 2012, puis 530 en 2013, puis à 689 en 2014", "689", "demandes"),
        ("214 مشروعا، 120 منها بالوسط القروي و94 بالوسط الحضري", "94", "مشروعا"),
        ("Le milieu rural a 66 % des élèves ; 31 870 d’entre eux y étudient", "31 870", "élèves"),
        ("يحتضن الوسط القروي 66,2% من تلاميذ الابتدائي، يدرس 31 870 منهم بالفرعيات.", "31 870", "تلاميذ"),
        ("استفادت 350 امرأة في 2019 و420 في 2020 و510 في 2021", "510", "امرأة"),
    ],
)
def test_a_number_counts_what_the_one_before_it_counts(sentence: str, number: str, noun: str) -> None:
    (held,) = [f for f in find(sentence) if f.raw == number]
    assert (held.unit_label, held.bare) == (noun, False)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("استفاد 640 شخصا. ومنهم 212", "212"),  # another sentence
        ("30 centres en 2020, le programme 12 en 2021", "12"),
        ("30 centres pour 45 MDH en 2020, contre 40 en 2019", "40"),
        ("استفاد 12 ألف شخص، منهم 3.", "3"),
        ("167 établissements (3)", "3"),  # the call of a note
    ],
)
def test_a_number_borrows_no_noun_where_nothing_says_so(sentence: str, number: str) -> None:
    assert all(f.bare or f.kind != "number" for f in find(sentence) if f.raw == number)


@pytest.mark.parametrize(
    ("sentence", "number", "value"),
    [
        ("Une enveloppe de 45 MDH (dont 12 au titre du FACS) a été mobilisée.", "12", 12_000_000),
        ("Les dépenses ont été de 5 MDH en 2019, 6,5 en 2020 et 7,2 en 2021.", "7,2", 7_200_000),
        ("Le budget est passé de 5 MDH en 2019 à 7 en 2020.", "7", 7_000_000),
        ("5 MDH en 2019 et 6 500 000 en 2020", "6 500 000", 6_500_000),
        ("350 DH en 2019 contre 320 en 2018", "320", 320),
        ("بلغت الاعتمادات 5 ملايين درهم سنة 2019 و6,5 سنة 2020", "6,5", 6_500_000),
        ("بغلاف قدره 12 مليون درهم، منها 3.", "3", 3_000_000),
    ],
)
def test_a_sum_beside_a_sum_is_in_its_scale(sentence: str, number: str, value: int) -> None:
    (held,) = [f for f in find(sentence) if f.raw == number]
    assert (held.kind, held.value) == ("currency", value)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("توصلت المؤسسات بمنح مجموعها 13,86 مليون درهم، ساهمت فيها الجهة بأزيد من 45 %، غير أن 4 منها", "4"),
        ("Budget de 45 MDH (12).", "12"),
        (f"Un budget de 45 MDH en 2019, {'avec des partenaires ' * 8}et 12 en 2020", "12"),  # too far to go on
    ],
)
def test_a_number_in_the_sentence_of_a_sum_is_none_where_nothing_says_so(sentence: str, number: str) -> None:
    assert all(f.kind == "number" for f in find(sentence) if f.raw == number)


def test_each_one_of_them_is_no_number() -> None:
    found = find("تمويل 480 مشروعا لا تتعدى كلفة الواحد منها 60 ألف درهم")
    assert [(f.raw, f.kind) for f in found] == [("480", "number"), ("60 ألف", "currency")]
