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
