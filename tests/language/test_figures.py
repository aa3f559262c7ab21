"""The grammar of figures by itself: number words of both languages, ordinals, and the lines of ``hasila figures``."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from pipeline.commands.figures import rows
from pipeline.language.quantities import find

_ANY_SIZE = st.integers(1, 12).flatmap(lambda digits: st.integers(1, 10**digits - 1))


def _values(text: str) -> list[Decimal | None]:
    return [found.value for found in find(text) if found.kind == "number"]


@settings(deadline=None)  # the first example loads the word tables
@given(_ANY_SIZE)
def test_a_number_in_french_words_is_the_number_they_name(number: int) -> None:
    assert _values(num2words(number, lang="fr")) == [number]


@settings(deadline=None)  # the first example loads the word tables
@given(_ANY_SIZE.filter(lambda number: not re.search("[1-9]01,", f"{number:,}")))
def test_a_number_in_arabic_words_is_the_number_they_name(number: int) -> None:
    # num2words writes 801 000 as «ثمانمائة و ألف ألف», which nobody does.
    assert _values(num2words(number, lang="ar")) == [number]


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("الدورة الثالثة والعشرون", 23),
        ("الذكرى الخامسة و الثلاثين", 35),
        ("المؤتمر الثالث عشر", 13),
        ("la 3e édition", 3),
        ("le 1er prix", 1),
        ("la cinquantième session", 50),
    ],
)
def test_an_ordinal_of_several_words_is_one_rank_and_no_count(text: str, rank: int) -> None:
    assert [(f.kind, f.value) for f in find(text)] == [("ordinal", rank)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("واحد", "1"),
        ("مئتان", "200"),
        ("أربعمائة وعشرة", "410"),
        ("ثلاثة ونصف مليون", "3500000"),
        ("deux virgule zéro cinq", "2.05"),
        ("خمسة فاصلة ثلاثة", "5.3"),
        ("١،٢٣٤،٥٦٧", "1234567"),
    ],
)
def test_a_text_that_is_a_number_and_nothing_else_has_its_value(text: str, value: str) -> None:
    assert _values(text) == [Decimal(value)]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("استفاد ثلث المستفيدين", "0.333333"),
        ("ثلاثة أرباع المراكز", "0.75"),
        ("حوالي نصف الأسر", "0.5"),
        ("ثلثي النساء", "0.666667"),
        ("la moitié des enfants", "0.5"),
        ("deux tiers des familles", "0.666667"),
        ("trois quarts", "0.75"),
    ],
)
def test_a_share_in_words_is_a_share_and_counts_nothing(text: str, share: str) -> None:
    (found,) = find(text)
    assert (found.value, found.unit_label, found.bare) == (Decimal(share), "", True)


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("100.000.000 درهم", 100_000_000, "MAD", "exact"),
        ("مليار و200 مليون درهم", 1_200_000_000, "MAD", "exact"),
        ("مليونان و450 ألف درهم", 2_450_000, "MAD", "exact"),
        ("استفاد ألفان و45 شخصا", 2_045, "PS", "exact"),
        ("ألفين و450 شخصا", 2_450, "PS", "exact"),
        ("12 ألف و45 شخصا", 12_045, "PS", "exact"),
        ("ثلاثة ملايين ونصف المليون درهم", 3_500_000, "MAD", "exact"),
        ("plus d'un million de dirhams", 1_000_000, "MAD", "more_than"),
        ("jusqu'à 500 femmes", 500, "PS", "up_to"),
        ("تراجع بـ 3 نقط مئوية", 3, "PP", "exact"),
        ("une hausse de 3 points de pourcentage", 3, "PP", "exact"),
    ],
)
def test_a_figure_keeps_all_its_parts(text: str, value: int, unit: str, qualifier: str) -> None:
    assert [(f.value, f.unit, f.qualifier) for f in find(text)] == [(value, unit, qualifier)]


def test_a_range_with_a_hyphen_is_one_percent_with_bounds() -> None:
    assert [(f.kind, f.low, f.high) for f in find("بنسبة 10-15%")] == [("percent", 10, 15)]


def test_an_article_or_pronoun_in_a_sentence_is_no_figure() -> None:
    assert find("هو واحد من أهم المشاريع") == ()
    assert find("c'est un projet") == ()


@pytest.mark.parametrize("text", ["20 à 30 personnes", "entre 20 et 30 personnes", "من 20 إلى 30 شخصا"])
def test_two_ends_of_a_range_are_one_figure_with_bounds(text: str) -> None:
    (line,) = (json.loads(row) for row in rows([text]))
    assert (line["low"], line["high"], line["qualifier"]) == (20, 30, "between")


@pytest.mark.parametrize("text", ["طريق من 12 كيلومترا", "5 kg de farine", "ثلاث ساعات", "10,5 hectares"])
def test_what_is_measured_is_told_from_what_is_counted(text: str) -> None:
    assert [json.loads(row)["kind"] for row in rows([text])] == ["unit"]


def test_every_line_says_where_its_figure_stands_and_keeps_all_its_digits() -> None:
    sentences = ["أزيد من 120000 شهادة", "", "le 3 mars 2021, 2,5 milliards de dirhams", "القانون رقم 97.13"]
    lines = [json.loads(row, parse_float=Decimal) for row in rows(sentences)]
    assert all(sentences[line["line"] - 1][line["start"] : line["end"]] == line["raw"] for line in lines)
    assert [(line["line"], line["kind"], line["value"]) for line in lines] == [
        (1, "number", 120000),
        (3, "date", "2021-03-03"),
        (3, "currency", 2500000000),
        (4, "identifier", "97.13"),
    ]
    assert (lines[0]["low"], lines[0]["high"], lines[0]["unit"]) == (120000, None, "شهادة")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("منحة بقيمة 1,5 مليون أورو", 1500000, "EUR"),
        ("بمبلغ 100 دولار أمريكي", 100, "USD"),
        ("un don de 50 € par famille", 50, "EUR"),
        ("un prêt de $300 remboursé", 300, "USD"),
        ("2,5 millions d'euros", 2500000, "EUR"),
        ("500 درهم", 500, "MAD"),
    ],
)
def test_an_amount_keeps_the_currency_it_is_printed_in(text: str, value: int, unit: str) -> None:
    assert [(f.kind, f.value, f.unit) for f in find(text)] == [("currency", value, unit)]


def test_bytes_that_are_no_text_do_not_stop_the_lines_behind_them() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "pipeline", "figures"],
        input=b"\xff\xfe 12 enfants\n30 femmes\n",
        stdout=subprocess.PIPE,
        check=True,
    )
    assert [json.loads(line)["value"] for line in told.stdout.splitlines()] == [12, 30]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("إحداث مركزين", "2", "number"),
        ("اتفاقيتي شراكة", "2", "number"),
        ("دورتان تكوينيتان", "2", "number"),
        ("لمدة ساعتين ونصف", "2.5", "unit"),
        ("ثلاث سنوات ونصف", "3.5", "unit"),
        ("deux ans et demi", "2.5", "unit"),
        ("نصف ساعة", "0.5", "unit"),
        ("5 دراهم و50 سنتيما", "5.5", "currency"),
        ("ثلاثة (03) مراكز", "3", "number"),
        ("ألفا وخمسمائة مستفيد", "1500", "number"),
        ("ألفا ريال", "2000", "currency"),
        ("بلغت ثلاثة أضعاف", "3", "number"),
        ("ضعف عدد المستفيدين", "2", "number"),
        ("بالأقاليم الخمسة", "5", "number"),
        ("مليونا ونصف مليون زائر", "1500000", "number"),
        ("250 م²", "250", "unit"),
        ("26283¹ مستفيد", "26283", "number"),
        ("-3,2 %", "-3.2", "percent"),
    ],
)
def test_a_noun_may_carry_or_change_the_number(text: str, value: str, kind: str) -> None:
    (line,) = (json.loads(row, parse_float=Decimal) for row in rows([text]))
    assert (Decimal(line["value"]), line["kind"]) == (Decimal(value), kind)


@pytest.mark.parametrize(
    "text", ["مدير مركزي", "آلاف الأسر", "عشرات المستفيدين", "في آن واحد", "بين الجنسين", "حديقة بستان"]
)
def test_a_noun_that_counts_nothing_is_no_figure(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize("text", ["ارتفع العدد من 120 إلى 150 مركزا", "est passé de 120 à 150 centres"])
def test_two_levels_of_a_growth_are_no_range(text: str) -> None:
    assert [f.value for f in find(text)] == [120, 150]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("من 5 إلى 12 أكتوبر 2023", "2023-10-05/2023-10-12"),
        ("من يناير إلى دجنبر 2023", "2023-01/2023-12"),
        ("يومي 5 و6 أكتوبر", "--10-05/--10-06"),
        ("يوم الخامس من أبريل 2022", "2022-04-05"),
        ("12/05/23", "2023-05-12"),
        ("8 مارس", "--03-08"),
        ("التقرير السنوي 2023", "2023"),
    ],
)
def test_days_and_years_keep_their_value(text: str, value: str) -> None:
    assert [f.text_value for f in find(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "كوفيد-19",
        "ISO 9001",
        "AB123456",
        "+212 5 37 68 42 50",
        "4111 1111 1111 1111",
        "الدورة 67",
        'برنامج "إكرام 2"',
    ],
)
def test_a_number_that_names_a_thing_is_an_identifier(text: str) -> None:
    assert [f.kind for f in find(text)] == ["identifier"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "جدول :18 توزيع المستفيدين",
            ["identifier"],
        ),  # a colon on the wrong side of its number, as scans have it
        ("جدول 18: توزيع المستفيدين", ["identifier"]),
        ("الجدول: 300 مستفيد", ["number"]),
    ],
)
def test_the_number_of_a_table_counts_nothing(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in find(text)] == kinds


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("يناهز الطول الإجمالي للمسالك القروية المنجزة 2.300 كيلومتر", "about"),
        ("تخطت الصادرات، وفق معطيات المكتب، عتبة 700 ألف طن", "more_than"),
        ("يجب ألا يتجاوز وزن الحقيبة 3 كيلوغرامات", "up_to"),
        ("لن تقل مساهمة الشركاء، بحسب نص الاتفاقية، عن 4 ملايين أورو", "at_least"),
        ("لا يكاد يتجاوز 500 طبيب", "up_to"),
        ("قد تصل الغرامة إلى 5000 درهم", "up_to"),
        ("n'excède pas 30 jours", "up_to"),
        ("ne peut être inférieure à 15 %", "at_least"),
        ("sans pouvoir excéder 2 500 DH", "up_to"),
        ("les zones sans réseau dépassent 12 communes", "more_than"),
        ("لا تتجاوز كلفة الواحد منها 80 ألف درهم", "up_to"),
        ("تجاوزت المداخيل كل التوقعات، وتم إحداث 12 مركزا", "exact"),
        ("تم تجاوز الصعوبات بإحداث 12 مركزا", "exact"),
    ],
)
def test_a_qualifier_reaches_its_number_over_the_subject_and_no_further(text: str, qualifier: str) -> None:
    assert [f.qualifier for f in find(text)] == [qualifier]


def test_a_long_list_of_joined_numbers_is_read_without_depth() -> None:
    assert len(find("5 و" * 3000 + "5 مراكز")) == 3001


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("de 2,5 à 3 MDH", [(2_500_000, 3_000_000)]),
        ("en 2023, 4 500 emplois ont été créés", [(4500, None)]),
        ("سجل المركز 812 زيارة مقابل 540 زيارة", [(812, None), (540, None)]),
        ("شملت 83 دوارا وأكثر من ألفي كانون", [(83, None), (2000, None)]),
    ],
)
def test_a_number_takes_nothing_from_its_neighbours(text: str, values: list[tuple[int, int | None]]) -> None:
    found = [f for f in find(text) if f.kind in ("number", "currency")]
    assert [(f.value, f.high) for f in found] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("بست جهات", [6]),
        ("ارتفاع بقيمة +12 500 000 درهم", [12_500_000]),
        ("تم الاتصال ب 120 مستفيدا", [120]),
        ("الدفعة 40 متدربة", [40]),
        ("المواد 3 و4، 12 مستفيدا", [12]),
        ("استفاد 2000 و1500 شخص", [2000, 1500]),
    ],
)
def test_what_counts_is_not_taken_for_a_name_or_a_year(text: str, values: list[int]) -> None:
    assert [f.value for f in find(text) if f.kind in ("number", "currency")] == values


@pytest.mark.parametrize("text", ["سنوات 2019 2020 2021", "2019-2020-2021"])
def test_years_in_a_row_are_no_code(text: str) -> None:
    assert "identifier" not in {f.kind for f in find(text)}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Les priorités du comité sont au nombre de quatre : la généralisation du système", [4]),
        ("وتتمثل الأولويات، وعددها أربع، في تعميم النظام", [4]),
    ],
)
def test_a_word_that_is_announced_as_a_count_is_a_figure(text: str, values: list[int]) -> None:
    assert [int(f.value) for f in find(text) if f.value is not None and not f.bare] == values


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("وتضاعفت الاعتمادات لتصل إلى 157,6 مليون درهم.", "exact"),
        ("وارتفع العدد ليصل إلى 120 مركزا.", "exact"),
        ("يمكن أن تصل إلى 300 درهم.", "up_to"),
        ("فيما لم تصل إلى خمسين في المائة بالجهة.", "less_than"),
        ("Le coût du plan est estimé à 1,35 milliard de dirhams.", "about"),
    ],
)
def test_what_a_level_rose_to_is_no_bound_and_what_it_did_not_reach_is_one(text: str, qualifier: str) -> None:
    (found,) = find(text)
    assert found.qualifier == qualifier



@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        (
            "Le nombre de bénéficiaires de l'éducation et de la formation est passé de 78 706 à 82 066 "
            "(+4,3 %) et celui des pensionnaires de 80 037 à 81 722.",
            ["bénéficiaires", "bénéficiaires", "%", "pensionnaires", "pensionnaires"],
        ),
        ("Les associations partenaires sont 1 502, au lieu de 1 436.", ["associations", "associations"]),
        ("Près d'une attestation sur trois concerne un enfant.", ["attestation", "attestation"]),
    ],
)
def test_levels_and_counts_of_a_subject_count_what_it_names(text: str, nouns: list[str]) -> None:
    found = [f for f in find(text) if f.value is not None]
    assert [f.unit_label for f in found] == nouns
    assert all(f.high is None for f in found)


def test_years_of_the_figures_that_they_date_are_no_counts() -> None:
    assert [f.kind for f in find("Chiffres 2017 et 2018 révisés après clôture définitive.")] == ["period"] * 2


@pytest.mark.parametrize("text", ["فاس مكناس 1.204 %98,5", "بلغ 1.204 %98,5 مستفيدا"])
def test_a_percent_sign_at_the_number_after_it_is_not_that_of_the_one_before(text: str) -> None:
    """As a page shows a count and a percent of two cells whose white is no wider than a space."""
    assert [(f.kind, str(f.value)) for f in find(text)] == [("number", "1204"), ("percent", "98.5")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("استفاد ألفان و45 في المائة منهم نساء", [2000, 45]),
        ("ألفي امرأة و45 رجلا", [2000, 45]),
        ("12,5 ألف و45 مستفيدا", [12500, 45]),
        ("مليونان و45 مستفيدا", [2_000_000, 45]),
    ],
)
def test_a_small_number_behind_thousands_of_something_else_is_another_figure(text: str, values: list[int]) -> None:
    assert [f.value for f in find(text) if f.value is not None] == values


@pytest.mark.parametrize(
    "text",
    [
        "ارتفعت نسبة التغطية إلى 93%",
        "ارتفاع نسبة التغطية إلى حوالي 93%",
        "ارتفعت نسبة الإنجاز لتبلغ 93%",
        "ارتفعت النسبة من 45% إلى 52%",
        "le taux d'exécution est en hausse, à 93 %",
        "Le taux a progressé pour atteindre 93 %",
    ],
)
def test_a_percent_that_something_rose_to_is_a_level(text: str) -> None:
    assert {f.measure for f in find(text)} == {"level"}


@pytest.mark.parametrize(
    "text",
    [
        "مسجلا نموا بنسبة 46 في المائة",
        "بزيادة وصلت إلى 12%",
        "نمت النفقات ب8%",
        "نما العدد بنسبة تفوق 8%",
        "Le nombre a progressé de près de 4 %",
        "Les admissions se sont accrues de 7 %",
        "une hausse allant jusqu'à 12 %",
    ],
)
def test_a_percent_that_something_rose_by_is_a_growth(text: str) -> None:
    assert [f.measure for f in find(text)] == ["growth_rate"]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("بمعدل 24 حصة في الشهر", "rate"),
        ("بمعدل يناهز 195 مستفيدة", "rate"),
        ("كل مركز يستقبل 45 طفلا في المتوسط", "rate"),
        ("en moyenne 310 DH ont été versés", "rate"),
        ("soit 310 DH en moyenne", "rate"),
        ("une moyenne de 24 séances", "rate"),
        ("تم تنظيم 24 حصة في الشهر", "level"),
        ("24 séances ont été tenues", "level"),
    ],
)
def test_a_mean_is_no_level_though_it_is_not_said_of_what(text: str, measure: str) -> None:
    assert [f.measure for f in find(text)] == [measure]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("قدر العدد بمليون و868 ألف شخص", 1_868_000),
        ("واستفاد مليون و 200 ألف شخص", 1_200_000),
        ("بألف و250 مستفيدا", 1_250),
    ],
)
def test_a_scale_word_with_a_preposition_or_a_space_before_its_smaller_part_is_one_number(
    text: str, value: int
) -> None:
    assert [f.value for f in find(text) if f.kind == "number"] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("سجلت المؤسسة ارتفاعا في عدد المستفيدين من 1.234 إلى 1.450 مستفيدا", [1234, 1450]),
        ("انتقال عدد المراكز من 12 إلى 15 مركزا", [12, 15]),
        ("une augmentation du nombre de bénéficiaires de 120 à 150 personnes", [120, 150]),
        ("Évolution de 12 à 15 centres", [12, 15]),
    ],
)
def test_nouns_of_movement_say_two_levels(text: str, values: list[int]) -> None:
    assert [(f.value, f.qualifier) for f in find(text)] == [(v, "exact") for v in values]


def test_a_rise_by_five_to_ten_percent_is_a_range() -> None:
    (found,) = find("une hausse de 5 à 10 % selon les régions")
    assert found.qualifier == "between"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("وساهم الشركاء بمليون ونصف المليون أورو", "1500000"),
        ("لمليونين ونصف المليون درهم", "2500000"),
        ("وبألف ونصف الألف درهم", "1500"),
        ("بمليون درهم ونصف", "1500000"),
    ],
)
def test_a_half_behind_a_scale_word_with_its_particle_is_a_half_of_the_scale(text: str, value: str) -> None:
    assert [f.value for f in find(text) if f.kind == "currency"] == [Decimal(value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("بلغ مجموع المستفيدين من المؤسسات المدرجة في الملحق 2 745 مستفيدا ومستفيدة", "2745"),
        ("Les structures de l'annexe 12 345 bénéficiaires", "12345"),
        ("Le tableau 2 345 678 personnes", "2345678"),
    ],
)
def test_the_thousands_of_what_is_counted_are_no_number_of_the_annex_before_it(text: str, value: str) -> None:
    assert [(f.kind, f.value) for f in find(text)] == [("number", Decimal(value))]


@pytest.mark.parametrize(
    "text", ["l'annexe 2, 745 bénéficiaires", "يبين الجدول 2 أن 745 مستفيدا", "الجدول 3 120 2", "المادة 12 345 الفقرة"]
)
def test_an_annex_keeps_its_number_where_no_thousands_count_behind_it(text: str) -> None:
    assert find(text)[0].kind == "identifier"


@pytest.mark.parametrize("text", ["2020 إلى 46.683 سنة 2024، أي بمعامل 2,6.", "2020 à 46 683 en 2024"])
def test_a_year_before_a_level_begins_no_range(text: str) -> None:
    year, level = find(text)[:2]
    assert (year.named, year.value) == ("bare_year", 2020)
    assert (level.value, level.high) == (46_683, None)


def test_a_range_of_amounts_may_begin_with_four_digits() -> None:
    assert [(f.value, f.high) for f in find("1950 à 12 000 DH par personne")] == [(1950, 12_000)]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("31 دارا للطالب والطالبة من أصل 77، فيما", 77),
        ("2.310 مشروعا مقبولا من أصل 5.144", 5144),
    ],
)
def test_the_whole_behind_out_of_counts_what_its_part_with_its_adjectives_does(text: str, whole: int) -> None:
    part, other = find(text)
    assert (other.value, other.unit_label, other.bare) == (whole, part.unit_label, False)


@pytest.mark.parametrize(
    ("text", "value"), [("وداران للطالبة بكل من تاكزيرت وأيت أم البخت", 2), ("تم افتتاح دار واحدة للأمومة", 1)]
)
def test_houses_are_counted_by_their_dual_and_by_one(text: str, value: int) -> None:
    assert [f.value for f in find(text) if f.kind == "number"] == [value]


@pytest.mark.parametrize("text", ["دار الطالب والطالبة", "في الدارين", "دارت الأشغال حول المشروع"])
def test_a_house_by_itself_counts_nothing(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("انخفض معدل المواليد إلى 24,5 في الألف عام 2018", "في الألف"),
        ("بلغ المعدل 45 لكل 100.000 نسمة", "لكل 100.000"),
        ("un taux de 12,5 ‰ en 2020", "‰"),
        ("soit 45 décès pour 100 000 naissances", "décès"),
    ],
)
def test_a_rate_says_what_it_is_told_for_where_it_has_no_noun(text: str, label: str) -> None:
    (rate,) = (f for f in find(text) if f.kind == "number")
    assert (rate.unit_label, rate.bare) == (label, False)
