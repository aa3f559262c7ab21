"""What stands above a table is its title, or prose with figures of its own."""

from __future__ import annotations

from tests.readings.drawn import read, table

ROWS = [["Nature", "2020", "2021"], ["Demandes", "88", "96"], ["Recours", "131", "118"]]
WIDE = "line-height: 2.3; text-align: justify"


def figures(html: str) -> list[str]:
    return [r.raw for r in read(html).readings if r.kind == "prose"]


def test_two_columns_of_prose_above_a_numbered_title_are_none_of_it() -> None:
    columns = (
        '<div style="columns: 2; column-gap: 12mm">'
        "Le service a suivi 518 enfants dont 96 ont été confiés à des familles d'accueil pendant la même année. "
        "Par ailleurs 842 demandes ont été examinées et 398 rejetées par le tribunal compétent en la matière.</div>"
    )
    held = read(f"{columns}<p>Tableau 3 : affaires de l'année</p>{table(ROWS, 'full')}")
    assert [r.raw for r in held.readings if r.kind == "prose"] == ["518", "96", "842", "398"]
    assert held.tables[0].caption.fr == "Tableau 3 : affaires de l'année"


def test_the_last_line_of_widely_spaced_prose_is_no_title_of_the_table_below_it() -> None:
    prose = (
        "On note que le tribunal de la ville concentre à lui seul 49,4 % du total des affaires enregistrées pendant l'année "
        "alors que celui du district a connu une baisse légère de 2,2 %"
    )
    held = read(f'<p style="{WIDE}">{prose}</p>{table(ROWS, "full")}')
    assert [r.raw for r in held.readings if r.kind == "prose"] == ["49,4 %", "2,2 %"]
    assert "%" not in {r.unit_label for r in held.readings if r.kind == "cell"}


def test_a_number_at_the_end_of_a_widely_spaced_line_has_its_noun_on_the_next() -> None:
    prose = (
        "Pendant toute cette campagne la direction régionale a mobilisé pour la surveillance des massifs quelque 310 "
        "gardiens saisonniers"
    )
    (one,) = (r for r in read(f'<p style="{WIDE}">{prose}</p>').readings)
    assert (one.raw, one.unit_label) == ("310", "gardiens")


def test_a_title_close_under_the_short_last_line_of_a_paragraph_is_no_part_of_it() -> None:
    prose = (
        "Arrêté par le conseil, le budget de l'établissement a été exécuté à hauteur de 94,2 % pour les recettes ordinaires de "
        "l'année. La moins-value constatée tient pour l'essentiel aux recettes propres de la région, inférieures de 13,3 MDH "
        "aux prévisions."
    )
    title = '<p style="margin: 2mm 0; font-size: 9.6pt">Tableau 3 – Ressources de l\'année (en MDH)</p>'
    rows = [
        ["Nature", "Prévisions", "Réalisations"],
        ["Subvention", "284,00", "281,00"],
        ["Dons", "5,00", "6,90"],
    ]
    held = read(
        f'<p style="text-align: justify; margin: 0; line-height: 1.2">{prose}</p>{title}{table(rows, "rows")}'
    )
    assert held.tables[0].caption.fr == "Tableau 3 – Ressources de l'année (en MDH)"
    assert {r.unit_measure for r in held.readings if r.kind == "cell"} == {"MAD"}
