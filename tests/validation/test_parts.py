"""Parts that a sentence names beside their whole: what has to add up, and what need not."""

from __future__ import annotations

import pytest

from tests.validation.editions import findings, paged


def told(sentence: str) -> list[str]:
    """How grave what is found of the parts in a sentence is."""
    return [one.severity.value for one in findings(paged((sentence,))) if one.rule == "DOC-14"]


@pytest.mark.parametrize(
    "sentence",
    [
        "استفاد 1 250 شخصا، منهم 700 امرأة و650 رجلا.",
        "1 250 bénéficiaires, dont 700 femmes et 650 hommes.",
        "600 تلميذ، منهم 250 فتاة و380 فتى.",
        "1 250 personnes (700 femmes et 450 hommes) ont été formées.",
        "Le programme a touché 1 250 personnes : 700 femmes et 450 hommes.",
        "700 femmes et 450 hommes, soit 1 250 personnes, ont été formés.",
        "استفاد من التكوين 700 امرأة و450 رجلا، أي ما مجموعه 1 250 شخصا.",
        "1 250 مستفيدا موزعين بين 700 بالوسط الحضري و450 بالوسط القروي.",
        "320 projets ont été financés, répartis entre l'agriculture (120), l'artisanat (90) et les services (140).",
        "تم تمويل 370 مشروعا، موزعة على 129 مشروعا للنساء، و96 مشروعا للشباب، و84 مشروعا للأرامل، و51 مشروعا للمسنين.",
    ],
)
def test_parts_that_leave_nothing_out_add_up_to_their_whole(sentence: str) -> None:
    assert told(sentence) == ["error"]


@pytest.mark.parametrize(
    "sentence", ["استفاد 1 250 شخصا، منهم 700 امرأة و450 رجلا.", "600 élèves, dont 250 filles et 330 garçons."]
)
def test_less_than_the_whole_behind_of_which_is_a_warning(sentence: str) -> None:
    assert told(sentence) == ["warning"]


@pytest.mark.parametrize(
    "sentence",
    [
        "استفاد 1 250 شخصا، منهم 700 امرأة و550 رجلا.",
        "استفاد 1 250 شخصا، منهم 700 امرأة و450 رجلا و100 طفل.",
        "استفاد 1 250 شخصا، منهم 700 امرأة و600 شخص في وضعية إعاقة.",
        "1 250 bénéficiaires, dont 700 femmes et 800 ruraux.",
        "1 250 bénéficiaires, dont 700 femmes et 300 hommes en situation de handicap.",
        # Of both together, of the year before, of a whole that is told first.
        "1 250 agents et 300 bénéficiaires, dont 700 femmes et 850 hommes.",
        "En 2021, 1 250 personnes ont été aidées contre 1 100 en 2020, dont 700 femmes et 550 hommes.",
        "1 250 personnes sur 2 000 inscrits, dont 700 femmes et 550 hommes.",
        # Families, sessions and places are not made of women and men.
        "600 familles ont été suivies, dont 700 femmes et 650 hommes.",
        "120 sessions au profit de 2 400 bénéficiaires répartis entre 1 300 femmes et 1 100 hommes.",
        "تم تمويل 320 مشروعا موزعة على 12 إقليما و45 جماعة.",
        # There are others, or more in the next line.
        "1 250 personnes : 700 femmes et 450 hommes, le reste étant des enfants.",
        "320 projets répartis comme suit : 120 projets agricoles, 150 projets artisanaux ;",
        "320 projets répartis notamment entre l'agriculture (120) et l'artisanat (170).",
        "700 femmes et 450 hommes, soit 45 agents par centre.",
        "12 centres, 34 unités et 5 maisons, soit un total de 51 établissements.",
    ],
)
def test_parts_that_need_not_add_up_are_left_alone(sentence: str) -> None:
    assert told(sentence) == []
