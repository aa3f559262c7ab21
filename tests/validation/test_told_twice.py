"""Figures that are told again in a chart, a big number, a table of the next page; and those that only look like it."""

from __future__ import annotations

import pytest

from pipeline.model.finding import Severity
from tests.validation.editions import Grid, Tile, findings, paged

Page = tuple[str | Grid | Tile, ...]


def told(*pages: Page) -> list[str]:
    """The figures named first by what is found of facts told twice."""
    return [
        one.observed
        for one in findings(paged(*pages, year=2022))
        if one.rule == "DOC-01" and one.severity is not Severity.INFORMATION
    ]


def chart(last: str) -> Grid:
    return Grid("Programme Jisr / Évolution des bénéficiaires", ["2020", "2021", "2022"], [["", "25 975", "36 740", last]])


REGIONS = Grid(
    "Programme Jisr / Bénéficiaires par région en 2022",
    ["Bénéficiaires"],
    [["Fès", "21 310"], ["Taza", "12 500"], ["Sefrou", "10 000"], ["Total", "43 810"]],
)
RATES = Grid(
    "Tableau 1 : Exécution des crédits",
    ["Engagements / Taux", "Émissions / Taux"],
    [["Personnel", "97,8%", "98,0%"], ["Matériel", "92,2%", "76,4%"], ["Total", "94,3%", "87,1%"]],
)
HOMES = Grid(
    "الجدول رقم 1: مؤسسات الرعاية الاجتماعية حسب الصنف",
    ["عدد المؤسسات", "النزلاء"],
    [["دور الطالب", "412", "36 905"], ["دور الطالبة", "486", "41 230"], ["المجموع", "898", "78 135"]],
    unit="NUMBER",
)
ELDERLY = Grid(
    "خدمات الأشخاص المسنين",
    ["المجموع", "النساء"],
    [["الإيواء", "6 352", "3 340"], ["المساعدة بالمنزل", "6 943", "4 198"], ["المجموع", "13 295", "7 538"]],
)
SEXES = Grid(
    "Tableau 1 : Bénéficiaires par province et sexe",
    ["Hommes", "Femmes", "Total", "% femmes"],
    [["Fès", "450", "700", "1 150", "60,9%"], ["Taza", "310", "290", "600", "48,3%"], ["Sefrou", "140", "110", "250", "44,0%"],
     ["Total", "900", "1 100", "2 000", "55,0%"]],
)  # fmt: skip
SEXES_AR = Grid(
    "جدول 1: المستفيدون حسب الإقليم والجنس",
    ["إناث", "المجموع", "نسبة الإناث"],
    [["فاس", "700", "1 150", "60,9%"], ["تازة", "400", "850", "47,1%"], ["المجموع", "1 100", "2 000", "55,0%"]],
)


@pytest.mark.parametrize(
    ("pages", "figure"),
    [
        (((chart("48 310"), REGIONS),), "48 310"),
        (((Tile("93,1%", "taux d’émission"),), (RATES,)), "93,1%"),
        ((("وتأتي دور الطالبة في الصدارة ب468 مؤسسة.",), (HOMES,)), "468"),
        ((("استفاد 13 925 مسنا ومسنة من هذه الخدمات.", ELDERLY),), "13 925"),
    ],
)
def test_a_figure_that_is_another_one_where_it_is_told_again_is_found(pages: tuple[Page, ...], figure: str) -> None:
    assert told(*pages) == [figure]


@pytest.mark.parametrize(
    "pages",
    [
        ((chart("43 810"), REGIONS),),
        # Of another year, and no slip of the hand.
        ((chart("45 900"), REGIONS),),
        ((Tile("87,1%", "taux d’émission"),), (RATES,)),
        ((Tile("93,1%", "taux de satisfaction"),), (RATES,)),
        ((Tile("93,1%", "taux d’émission des marchés"),), (RATES,)),
        (("وتأتي دور الطالبة في الصدارة ب486 مؤسسة.",), (HOMES,)),
        # No table of the page: other homes may be meant.
        (("وتأتي دور الطالبة في الصدارة ب350 مؤسسة.",), (HOMES,)),
        (("استفاد 13 295 مسنا ومسنة من هذه الخدمات.", ELDERLY),),
        (("استفاد 13 925 طفلا من هذه الخدمات.", ELDERLY),),
        # The share of one province in the women of all; its name stands in the table in the other language.
        (("Fès concentre 57,5 % des bénéficiaires et 63,6 % des femmes.", SEXES),),
        (("Fès concentre 57,5 % des bénéficiaires et 63,6 % des femmes.", SEXES_AR),),
        # What is aimed at.
        (("Le projet vise 1 000 femmes et 500 hommes.", SEXES),),
    ],
)
def test_a_figure_that_agrees_or_may_be_of_something_else_is_left_alone(pages: tuple[Page, ...]) -> None:
    assert told(*pages) == []
