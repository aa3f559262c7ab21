"""Totals that are no plain sum of the lines beside them: what is right is silent, what is wrong in them is told."""

from __future__ import annotations

import pytest

from pipeline.model.finding import Severity
from tests.validation.editions import Grid, findings, paged


def told(grid: Grid) -> list[tuple[str, str]]:
    """Rule and severity of what is found in a table, jumps between years aside."""
    return [
        (one.rule, one.severity.value)
        for one in findings(paged((grid,)))
        if one.severity is not Severity.INFORMATION and not one.rule.startswith("XYR")
    ]


ANSWERS = [["Éloignement", "207", "41,6%"], ["Pauvreté", "110", "22,1%"], ["Maladie", "166", "33,4%"],
           ["Mariage", "230", "46,3%"]]  # fmt: skip
BREAKDOWNS = [["Hommes", "530", "141"], ["Femmes", "2 334", "2 253"], ["Urbain", "365", "623"], ["Rural", "2 499", "1 771"],
              ["0-14 ans", "597", "410"], ["15-59 ans", "514", "580"], ["60 ans et plus", "1 753", "1 404"]]  # fmt: skip
CLEAN = {
    "answers of which several may be given, as the caption says": Grid(
        "Motifs d'abandon (plusieurs réponses possibles)", ["Effectif", "%"], [*ANSWERS, ["Total", "497", "100,0%"]]
    ),
    "answers of those who were asked": Grid(
        "Motifs d'abandon", ["Effectif", "%"], [*ANSWERS, ["Total des répondants", "497", "100,0%"]]
    ),
    "services of which one person may have several": Grid(
        "الخدمات المقدمة (يمكن الاستفادة من أكثر من خدمة)",
        ["العدد"],
        [["الاستماع", "298"], ["التوجيه", "394"], ["العلاج", "307"], ["المجموع", "520"]],
    ),
    "people counted once": Grid(
        "Prestations", ["Bénéficiaires"], [["Écoute", "298"], ["Soins", "394"], ["Total (hors double compte)", "520"]]
    ),
    "people counted once, in Arabic": Grid(
        "الخدمات", ["المستفيدون"], [["الاستماع", "298"], ["العلاج", "394"], ["المجموع (دون احتساب التكرار)", "520"]]
    ),
    "several breakdowns below their total": Grid(
        "Bénéficiaires", ["2021", "2022"], [["Total", "2 864", "2 394"], *BREAKDOWNS]
    ),
    "several breakdowns above their total": Grid(
        "Bénéficiaires", ["2021", "2022"], [*BREAKDOWNS, ["Total", "2 864", "2 394"]]
    ),
    "a choice of provinces and the total of all": Grid(
        "Principales provinces bénéficiaires",
        ["Bénéficiaires"],
        [["Fès", "884"], ["Sefrou", "414"], ["Taza", "796"], ["Total national", "2 576"]],
    ),
    "shares of the totals of groups": Grid(
        "Élèves",
        ["Effectif", "%"],
        [["Filles / Primaire", "336", "42,2%"], ["Filles / Lycée", "460", "57,8%"], ["Filles / Total", "796", "100,0%"],
         ["Garçons / Primaire", "90", "30,0%"], ["Garçons / Lycée", "210", "70,0%"], ["Garçons / Total", "300", "100,0%"]],
    ),
    "shares that run on": Grid(
        "Associations",
        ["Nombre", "Part (%)", "Part cumulée (%)"],
        [["Fès", "50", "50,0%", "50,0%"], ["Taza", "30", "30,0%", "80,0%"], ["Sefrou", "20", "20,0%", "100,0%"],
         ["Total", "100", "100,0%", ""]],
    ),
    "what each agent has to do": Grid(
        "Encadrement",
        ["Agents", "Bénéficiaires", "Bénéficiaires par agent"],
        [["Fès", "29", "15 870", "547"], ["Taza", "10", "7 240", "724"], ["Sefrou", "12", "8 115", "676"],
         ["Total", "51", "31 225", "612"]],
    ),
    "a total of a group below a line of no group": Grid(
        "Centres",
        ["2021", "2022"],
        [["Beyrouth", "9", "10"], ["Nord / Tripoli", "14", "15"], ["Nord / Koura", "5", "6"],
         ["Nord / Total du gouvernorat", "19", "21"],
         ["Total", "28", "31"]],
        unit="NUMBER",
    ),
    "shares of a country that is a line of the table": Grid(
        "Effectifs", ["Effectif", "Part dans le national"],
        [["Fès", "400", "4,0%"], ["Taza", "300", "3,0%"], ["Région", "700", "7,0%"], ["National", "10 000", "100,0%"]],
    ),
    "times of two kinds of files": Grid(
        "Durée moyenne de traitement (jours)", ["2021", "2022"],
        [["Dossiers A", "12", "10"], ["Dossiers B", "20", "18"], ["Ensemble", "15", "13"]],
    ),
    "what each of two groups got": Grid(
        "Aides", ["Bénéficiaires", "Montant par bénéficiaire", "Montant"],
        [["Veuves", "100", "350", "35 000"], ["Orphelins", "200", "250", "50 000"], ["Total", "300", "283", "85 000"]],
    ),
    "percents of something that the table does not count": Grid(
        "Candidats par sexe",
        ["Candidats", "Pourcentage"],
        [["Masculin", "761", "67,8%"], ["Féminin", "263", "86,2%"], ["Total", "1 024", "72,5%"]],
    ),
    "what is left of one total by another": Grid(
        "Compte d'emploi des ressources", ["2023", "2022"],
        [["RESSOURCES / Subvention", "9 675", "9 040"], ["RESSOURCES / Dons", "5 965", "5 750"],
         ["RESSOURCES / Total ressources (A)", "15 640", "14 790"], ["EMPLOIS / Total emplois (B)", "15 775", "14 625"],
         ["EMPLOIS / Charges de personnel", "7 115", "6 630"], ["EMPLOIS / Achats", "4 460", "4 275"],
         ["EMPLOIS / Investissement", "4 200", "3 720"], ["EMPLOIS / Résultat (A – B)", "-135", "165"]],
        unit="MAD",
    ),
    "homes with more residents than beds": Grid(
        "الطاقة الاستيعابية",
        ["الطاقة", "النزلاء", "نسبة الملء"],
        [["تارودانت", "100", "124", "124,0%"], ["تزنيت", "80", "60", "75,0%"], ["طاطا", "50", "53", "106,0%"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", CLEAN)
def test_a_total_that_is_no_plain_sum_is_silent(shape: str) -> None:
    assert told(CLEAN[shape]) == []


def test_a_total_beside_what_is_left_of_it_is_told_where_its_parts_are_another_sum() -> None:
    grid = CLEAN["what is left of one total by another"]
    rows = [["EMPLOIS / Achats", "4 640", "4 275"] if row[0] == "EMPLOIS / Achats" else list(row) for row in grid.rows]
    assert ("TAB-01", "error") in told(Grid(grid.caption, grid.heads, rows, grid.unit))


def test_a_mean_of_a_wrong_number_of_centres_is_no_wrong_sum() -> None:
    rows = [["Multifonctionnels", "14", "1 045", "74,6"], ["Cellules", "11", "4 836", "439,6"],
            ["Écoute", "19", "3 120", "164,2"], ["Foyers", "44", "3 615", "82,2"],
            ["Total", "89", "12 616", "143,4"]]  # fmt: skip
    held = findings(paged((Grid("Établissements", ["Centres", "Affaires", "Affaires du centre"], rows, "NUMBER"),)))
    (one,) = [one for one in held if one.severity is not Severity.INFORMATION]
    assert (one.rule, one.observed) == ("TAB-01", "89")


def test_answers_whose_shares_all_fit_the_total_are_doubted_and_no_error() -> None:
    grid = Grid("Motifs d'abandon", ["Effectif", "%"], [*ANSWERS, ["Total", "497", "100,0%"]])
    assert {severity for _, severity in told(grid)} == {"warning"}


def test_shares_of_one_wrong_total_are_told() -> None:
    grid = Grid(
        "Candidats par sexe",
        ["Candidats", "Pourcentage"],
        [["Masculin", "761", "38,1%"], ["Féminin", "263", "13,2%"], ["Total", "1 024", "51,2%"]],
    )
    assert ("TAB-03", "error") in told(grid)


def test_a_total_at_the_foot_of_a_page_may_be_of_more_lines_overleaf() -> None:
    foot = Grid("Tableau 4 : Dossiers", ["Dossiers"], [["Total", "1 925"], ["Azilal", "460"], ["Al Haouz", "501"]])
    overleaf = Grid("", ["Dossiers", "N°"], [["Taroudant", "171", "3"], ["Ouarzazate", "793", "4"]])
    other = Grid("Tableau 5 : Dossiers", ["Dossiers", "N°"], [["Taroudant", "171", "3"], ["Ouarzazate", "793", "4"]])
    for below, wanted in ((overleaf, set()), (other, {"TAB-01"})):
        grave = [one for one in findings(paged((foot,), (below,))) if one.severity is Severity.ERROR]
        assert {one.rule for one in grave} == wanted


def test_one_breakdown_that_does_not_add_up_is_told() -> None:
    wrong = [["Urbain", "465", "623"] if row[0] == "Urbain" else row for row in BREAKDOWNS]
    grid = Grid("Bénéficiaires", ["2021", "2022"], [["Total", "2 864", "2 394"], *wrong])
    (one,) = [one for one in findings(paged((grid,))) if one.rule == "TAB-01"]
    assert "465 + 2 499 = 2 964" in one.message_fr.replace("\u202f", " ")


@pytest.mark.parametrize(
    "grid",
    [
        # Less than its parts, whatever the caption chooses.
        Grid("Principales provinces", ["Bénéficiaires"], [["Fès", "884"], ["Taza", "796"], ["Total", "1 608"]]),
        # The caption chooses indicators, not provinces.
        Grid("Principaux indicateurs par province", ["Centres"], [["Fès", "884"], ["Taza", "796"], ["Total", "1 860"]]),
        Grid(
            "Encadrement",
            ["Agents", "Bénéficiaires"],
            [["Fès", "29", "15 870"], ["Taza", "10", "7 240"], ["Sefrou", "12", "8 115"], ["Total", "51", "31 252"]],
        ),
    ],
)
def test_a_total_that_should_be_the_sum_is_told(grid: Grid) -> None:
    assert ("TAB-01", "error") in told(grid)
