"""Numbers of addresses, and words that explain a short form, count nothing."""

from __future__ import annotations

import pytest

from pipeline.language.quantities import find


def test_the_code_of_a_town_behind_its_street_is_no_figure() -> None:
    found = find("18, boulevard du Test, 60000 Oujda — Tél. 05 36 00 00 00")
    assert {f.kind for f in found} == {"identifier"}


@pytest.mark.parametrize(
    "text",
    [
        "العنوان: 22 زنقة واد المخازن، الرباط 10000",
        "العنوان: 22 زنقة واد المخازن، الرباط 10000 النسخة",
        "Siège : 5 avenue Annakhil, Rabat 10100 – Maroc",
    ],
)
def test_the_code_behind_the_town_of_an_address_is_no_figure(text: str) -> None:
    assert {f.kind for f in find(text)} == {"identifier"}


@pytest.mark.parametrize("noun", ["bénéficiaires", "kits"])
def test_what_stands_behind_the_town_of_an_address_is_counted(noun: str) -> None:
    found = find(f"Au 12 rue Tarik, Oujda 60000 {noun} ont été reçus")
    assert [f.raw for f in found if f.kind == "number"] == ["60000"]


def test_people_behind_the_name_of_a_quarter_are_counted() -> None:
    found = find("Les habitants du quartier Anas, 12500 personnes, sont aidés")
    assert [(f.raw, f.kind) for f in found] == [("12500", "number")]


def test_the_words_that_a_short_form_stands_for_are_no_figure() -> None:
    assert find("م.د: مليون درهم.") == ()
    assert find("MDH : million de dirhams") == ()
    assert [f.value for f in find("الكلفة: مليون درهم")] == [1_000_000]


def test_the_million_of_a_programme_s_name_is_no_figure() -> None:
    assert [one.value for one in find("استفاد من مبادرة «مليون محفظة» 209 065 تلميذا") if one.kind == "number"] == [209065]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Le programme 403 progresse le plus vite.", []),
        ("Au titre du programme 401, 1 427 associations ont été conventionnées.", [1427]),
        ("les trois programmes 401, 402 et 403 ont touché 300 femmes", [3, 300]),
        ("L’action 12 a mobilisé 45 agents", [45]),
    ],
)
def test_the_code_of_a_programme_counts_nothing(text: str, counts: list[int]) -> None:
    assert [f.value for f in find(text) if f.kind == "number"] == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Ont bénéficié du programme 320 lauréats", [320]),
        ("Ont bénéficié de ce programme 3 405 personnes", [3405]),
        ("Ont intégré le programme 45 % des inscrits", [45]),
        ("Les programmes 12 et 30 femmes", [30]),
        ("استفاد من البرنامج 320 من الفتيات", [320]),
    ],
)
def test_people_behind_the_name_of_a_programme_are_counted(text: str, counts: list[int]) -> None:
    assert [f.value for f in find(text) if f.kind in ("number", "percent")] == counts


@pytest.mark.parametrize(
    "text",
    [
        "au titre de l'exercice budgétaire 2023 clos",
        "durant l'année scolaire 2022 écoulée",
        "le bilan 2023 présenté au conseil",
        "les comptes 2021 clos",
        "la campagne agricole 2021 marquée par la sécheresse",
        "برسم السنة المالية 2026 المنصرمة",
        "خلال السنة الدراسية 2023 استفاد الجميع",
        "حصيلة 2023 المقدمة أمام المجلس",
        "إحصاء 2014 المنجز",
        "ميزانية 2022 المنفذة",
    ],
)
def test_a_year_before_a_participle_or_a_definite_word_counts_nothing(text: str) -> None:
    assert [f.kind for f in find(text)] == ["period"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("استفاد 2023 مستفيدا من الخدمات", 2023),
        ("إحداث 2014 وحدة", 2014),
        ("تم تمويل 2005 مشاريع", 2005),
        ("تم تكوين 2000 مؤطر", 2000),
        ("création de 2023 postes", 2023),
        ("tenue de 1985 réunions", 1985),
    ],
)
def test_a_count_that_looks_like_a_year_is_one_before_an_indefinite_noun(text: str, value: int) -> None:
    assert [f.value for f in find(text) if f.kind == "number"] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Preventive Veterinary Medicine, 101(3–4), 2011, 148–156,",
        "Forest Ecology and Management, 268, 39–48;",
        "Conservation Biology, 2016, 30: 628-638.",
        "Économie rurale, 294-295, 2006",
        "Tunis, 2021, 102 p, https://rac-spa.org/western_fr.pdf",
        "SPA/RAC, 2021, Tunis : 122 pp.",
        "Issue 01, pp: 449-456;",
        "wp-content/ uploads/2016/09/6-%20Aulagnier%20et%20al.%20(53-67).pdf",
        "https://iris.who.int/server/api/core/ bitstreams/74006ead-650d-4fca-815a-f1ff53c1eea1/content",
    ],
)
def test_pages_volumes_and_addresses_of_a_bibliography_are_no_figures(text: str) -> None:
    assert [f.raw for f in find(text) if f.kind in ("number", "percent") and not f.bare] == []


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("un taux de 3,5-4,5 %", "3,5-4,5 %"),
        ("Âge : 12-15.", "12-15"),
        ("En 2022: 45-50.", "45-50"),
        ("les taux : 2,5-3.", "2,5-3"),
        ("Taza : 12, 15-20 femmes.", "15-20"),
        ("تراوحت النسب بين 45-50 و60.", "45-50"),
        ("Fès : 12 centres, 45-50 femmes.", "45-50"),
        ("بلغت %50.5، ثم", "%50.5"),
        ("Le taux est de 15 p. 100, soit peu.", "15 p. 100"),
    ],
)
def test_ranges_and_percents_that_look_like_them_are(text: str, raw: str) -> None:
    assert raw in [f.raw for f in find(text) if f.kind in ("number", "percent")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ظل العمل به إلى غاية 2023", ["period"]),
        ("un taux fixé jusqu'à 1996", ["period"]),
        ("jusqu'à 2000 bénéficiaires", ["number"]),
        ("(Modifié Art.55 LF.91-98 du 31/12/1991 et Art. 62 LF 97-88 du 29/12/97)", ["identifier", "identifier", "date"] * 2),
    ],
)
def test_years_that_something_lasted_to_and_numbers_of_dated_laws_are_no_figures(text: str, kinds: list[str]) -> None:
    assert [f.kind for f in find(text)] == kinds


def test_numbers_of_goals_articles_and_ranks_are_no_figures() -> None:
    for text in (
        "بناء على الفصول 89 و90 و92 منه؛",
        "انسجاما مع الهدفين 18 و19 من إطار مونتريال",
        "والمرتبة 13 عالميا في التصدير",
        "les articles 44 bis à 44 sexies du code",
        "الفصل 12 مكرر من المدونة",
        "خسائر في بساتين الفواكه",
    ):
        assert [f.raw for f in find(text) if f.kind == "number"] == []


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("بلغ المعدل 45 لكل 100.000 نسمة", ["45"]),
        ("لكل ألف نسمة", []),
        ("45 décès pour 100 000 naissances", ["45"]),
        ("soit 12,5 pour mille", ["12,5"]),
        ("بلغ المعدل 3,2 في الألف", ["3,2"]),
        ("2 500 kits par 1000 habitants", ["2 500"]),
        ("dix séances pour 1 000 bénéficiaires", ["dix", "1 000"]),
        ("un budget par 100 000 DH", ["100 000"]),
        ("المساعدة لكل 1000 درهم", ["1000"]),
        ("par 1000,5 habitants", ["1000,5"]),
        ("35 sur 120 dossiers", ["35", "120"]),
        ("3 من أصل 5 جمعيات", ["3", "5"]),
        ("منحة لكل 12 درهما", ["12"]),
    ],
)
def test_the_base_of_a_rate_counts_nothing(text: str, counted: list[str]) -> None:
    assert [f.raw for f in find(text) if f.kind in ("number", "currency")] == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("art. 12 et 13 de la loi", []),
        ("المادة 12 و13 من القانون", []),
        ("المادة 12 و130 مستفيدا", ["130"]),
        ("Page 12 sur 45", []),
        ("p. 3/12", []),
        ("CM1 : 200 élèves", ["200"]),
        ("une surface de 12 m2", ["12"]),
        ("عدد المستفيدين: 2020: 120؛ 2021: 135", ["120", "135"]),
    ],
)
def test_numbers_of_pages_articles_classes_and_listed_years_count_nothing(text: str, counted: list[str]) -> None:
    assert [f.raw for f in find(text) if f.kind in ("number", "unit")] == counted


def test_what_says_that_ages_have_no_end_says_nothing_of_the_share_behind_it() -> None:
    age, share = find("15 سنة فما فوق: 25%")
    assert (age.qualifier, share.qualifier) == ("at_least", "exact")
