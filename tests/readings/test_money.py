"""Money of other countries: whose dinar it is, signs to the letter, marks between decimals; codes that are no numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.readings.drawn import cells, codebook, read, table

COVER = "<p>République tunisienne – Ministère des affaires sociales</p>"
BUDGET = (
    ("Ligne", "Programme", "Crédits", "Paiements", "Taux (%)", "Écart"),
    ("01.301", "Transferts", "684 200,0", "655 420,0", "95,8", "(28 780,0)"),
    ("01.302", "Couverture sanitaire", "412 000,0", "388 214,0", "94,2", "(23 786,0)"),
    ("10.610", "Équipement", "38 450,0", "21 906,0", "57,0", "(16 544,0)"),
)


@pytest.mark.parametrize(
    ("cover", "sign", "unit", "power"),
    [
        (COVER, "en mD", "TND", 3),
        (COVER, "en MD", "TND", 6),
        (COVER, "en milliers de dinars", "TND", 3),
        ("<p>الجمهورية الجزائرية الديمقراطية الشعبية</p>", "en MDA", "DZD", 6),
        ("<p>République islamique de Mauritanie</p>", "en MRU", "MRU", 0),
        ("<p>Royaume du Maroc</p>", "en MDH", "MAD", 6),
        ("<p>سلطنة عمان</p>", "بآلاف الريالات", "OMR", 3),
        ("<p>دولة الإمارات العربية المتحدة</p>", "بملايين الدراهم", "AED", 6),
        ("<p>Rapport annuel</p>", "en milliers de dinars", "XXX", 3),
    ],
)
def test_the_money_of_a_table_is_that_of_the_country_on_the_cover(
    cover: str, sign: str, unit: str, power: int
) -> None:
    said = read(f"{cover}<p><i>Tableau 2. Exécution du budget ({sign})</i></p>{table(BUDGET, 'full')}")
    (first,) = [r for r in said.readings if r.raw == "684 200,0"]
    assert (first.unit_measure, first.value) == (unit, Decimal("684200.0") * 10**power)


def test_the_money_of_a_sentence_is_that_of_the_country_on_the_cover() -> None:
    cover = "<p>دولة الإمارات العربية المتحدة</p>"
    said = read(f"{cover}<p>بلغت كلفة البرنامج 12,5 مليون درهم سنة 2019 وصرفت للأسر 480 درهما.</p>")
    assert [(r.unit_measure, r.value) for r in said.readings] == [("AED", 12500000), ("AED", 480)]


def test_codes_of_budget_lines_are_no_figures_and_no_labels() -> None:
    found = cells(read(f"{COVER}{table(BUDGET, 'full')}"))
    assert len(found) == 12
    assert {key[1] for key in found} == {"Transferts", "Couverture sanitaire", "Équipement"}


def test_millimes_are_told_by_the_other_sums_of_the_row() -> None:
    rows = (
        ("Indicateur", "Prévu", "Réalisé", "Écart"),
        ("Personnes insérées", "1 500", "1 236", "(264)"),
        ("Coût moyen d'un projet (D)", "4 500,000", "4 187,650", "(312,350)"),
        ("Agents formés", "1 100", "1 145", "45"),
    )
    said = read(COVER + table(rows, "rows"))
    cost = [(r.value, r.unit_measure) for r in said.readings if r.row_label.fr.startswith("Coût")]
    assert cost == [(Decimal("4500"), "TND"), (Decimal("4187.65"), "TND"), (Decimal("-312.35"), "TND")]


DINARS = """<p>Les paiements se sont établis à 295,853 MDT, soit 88,1 % des 335,927 MDT ouverts ; ils ont touché 12 183
lecteurs, 9 412 élèves et 1 041 associations, pour un taux de 82,5 % et une part de 17,4 %.</p>"""


def test_three_decimals_are_told_by_the_marks_of_the_whole_report() -> None:
    rows = (("Titre", "Ouverts", "Payés"), ("Livre", "41,250", "38,377"), ("Arts", "101,518", "87,215"))
    caption = "<p><i>Tableau 1. Crédits (en MDT)</i></p>"
    held = {r.raw: r.value for r in read(COVER + DINARS + caption + table(rows, "full")).readings}
    assert held["295,853"] == Decimal(295_853_000)
    assert (held["41,250"], held["101,518"]) == (Decimal(41_250_000), Decimal(101_518_000))


def test_a_mark_between_the_thousands_of_counts_parts_those_of_sums_as_well() -> None:
    rows = (("Titre", "Lecteurs", "Payés (MDH)"), ("Livre", "35,613", "38,377"), ("Arts", "1,039", "87,215"))
    text = "<p>Le taux est de 88,1 %, 82,5 % et 17,4 % pour 12 183 élèves, 9 412 filles et 1 041 écoles.</p>"
    held = {r.raw: r.value for r in read(text + table(rows, "full")).readings}
    assert (held["35,613"], held["38,377"]) == (Decimal(35_613), Decimal(38_377_000_000))


def test_one_mark_before_three_digits_parts_decimals_where_a_sign_of_millions_stands_behind() -> None:
    held = {r.raw: r.value for r in read(COVER + "<p>Les crédits sont de 295,853 MDT et de 41.250 MD.</p>").readings}
    assert (held["295,853"], held["41.250"]) == (Decimal(295_853_000), Decimal(41_250_000))


def test_the_arabic_decimal_mark_parts_decimals_beside_the_arabic_mark_of_thousands() -> None:
    rows = (
        ("الشهر", "البلاغات", "النسبة", "التحصيل (مليون درهم)"),
        ("يناير", "١٬٦٨٥", "٣٤٫١", "٤٥٫٩٦٨"),
        ("فبراير", "٢٬٢٤٧", "٣٠٫٣", "٣٥٫٢٧٢"),
        ("مارس", "١٬٨٨٤", "٢٢٫٤", "٣٤٫٧٢٨"),
    )
    held = {r.raw: r.value for r in read(table(rows, "full")).readings}
    assert held["٤٥٫٩٦٨"] == Decimal(45_968_000)


def test_counts_keep_their_thousands_beside_numbers_with_decimals() -> None:
    rows = (("Province", "Enfants", "Moyenne"), ("Fès", "1.960", "12.5"), ("Taza", "2.110", "11.9"))
    said = read(table(rows, "full"))
    assert [r.value for r in said.readings if r.raw == "1.960"] == [Decimal(1960)]


def test_sums_of_sentences_are_in_the_money_of_their_report() -> None:
    text = """<p>Les engagements atteignent 1 459 304 mD, les restes à payer 67,7 MD et les crédits 58,7 millions de
    dinars.</p>"""
    held = {r.raw: (r.value, r.unit_measure) for r in read(COVER + text).readings}
    assert held["1 459 304"] == (Decimal(1459304000), "TND")
    assert held["67,7"] == (Decimal(67700000), "TND")
    assert (Decimal(58700000), "TND") in held.values()


def test_each_currency_of_the_codebook_has_its_name_in_the_published_list_of_units() -> None:
    named = {code.code for code in codebook().codes if code.list == "CL_UNIT_MEASURE"}
    assert named >= {one.unit for one in codebook().currencies}
