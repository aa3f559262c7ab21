"""Pages whose text is set in two columns, with tables, tiles and charts in one of them."""

from __future__ import annotations

from tests.readings.drawn import cells, read, table

SENTENCES = (
    "Le nombre des enfants suivis est passé de 17 730 en 2021 à 21 460 en 2022, grâce aux 46 nouvelles unités qui ont été "
    "ouvertes dans les provinces du royaume. Parmi eux, 7 154 vivent en milieu rural, et le taux de retour en famille a "
    "atteint 62,5 % à la fin de l'année écoulée."
)
CLOSING = (
    "Ces crédits ont été engagés à hauteur de 96,4 % par les services, tandis que le taux des paiements a seulement "
    "atteint 81 % des engagements de toute l'année."
)
ROWS = [
    ["Domaine", "2021", "2022"], ["Enfance", "64,20", "76,08"], ["Personnes âgées", "18,00", "18,50"],
    ["Formation", "12,35", "16,40"], ["Système", "4,90", "3,62"], ["Total", "99,45", "114,60"],
]  # fmt: skip
FIGURES = ["17 730", "21 460", "46", "7 154", "62,5 %", "96,4 %", "81 %"]


def two(left: str, right: str) -> str:
    """Two columns of equal width."""
    column = '<td style="width: 50%; vertical-align: top; text-align: {}; padding: 0 4mm"><div>{}</div></td>'
    return (
        '<table style="width: 100%; table-layout: fixed; margin: 0"><tr>'
        f"{column.format('justify', left)}{column.format('justify', right)}</tr></table>"
    )


def in_column(rows: list[list[str]]) -> str:
    return table(rows, "rows").replace("<table", '<table style="width: 100%; font-size: 8.5pt"')


def test_a_table_in_a_column_beside_another_of_text_is_of_its_column_alone() -> None:
    title = "<p><b>Tableau 2 : crédits ouverts (en MDH)</b></p>"
    held = read(two(f"<p>{SENTENCES}</p>", f"{title}{in_column(ROWS)}<p>{CLOSING}</p>"))
    assert [r.raw for r in held.readings if r.kind == "prose"] == FIGURES
    (one,) = held.tables
    assert one.caption.fr == "Tableau 2 : crédits ouverts (en MDH)"
    found = cells(held)
    assert len(found) == 10
    assert found["", "Système", "2022", "2022"] == "3,62"
    assert {r.unit_measure for r in held.readings if r.kind == "cell"} == {"MAD"}


def test_text_in_two_columns_reads_on_past_the_chart_of_one_of_them() -> None:
    chart = '<p style="font-size: 7pt">9%</p><p style="font-size: 8pt">Familles</p><p style="font-size: 7pt">52%</p>'
    held = read(two(f"<p>{SENTENCES}</p>", f"{chart}<p>{CLOSING}</p>"))
    assert [r.raw for r in held.readings if r.sentence and len(r.sentence) > 20] == FIGURES
    grown = next(r for r in held.readings if r.raw == "21 460")
    assert "17 730" in grown.sentence


def test_rows_with_long_labels_are_those_of_one_table_and_no_columns_of_text() -> None:
    labels = (
        "Appui aux projets générateurs de revenus portés par les femmes des communes rurales et de montagne",
        "Mise à niveau des établissements de protection sociale au profit des enfants et des personnes âgées",
        "Formation continue des travailleurs sociaux et des cadres des associations partenaires du ministère",
    )
    body = ([label, f"{n}12", f"{n}45", f"{n}0,5%"] for n, label in enumerate(labels, 4))
    rows = [["Programme", "2021", "2022", "Taux"], *body]
    wide = table(rows, "").replace("<td>Programme", '<td style="width: 85mm">Programme')
    found = cells(read(wide.replace("<table", '<table style="width: 100%"')))
    assert len(found) == 9
    assert found["", labels[1], "2022", "2022"] == "545"


def test_a_table_across_the_page_between_texts_in_two_columns_is_one() -> None:
    above, below = (two(f"<p>{text}</p>", f"<p>{text}</p>") for text in (SENTENCES, CLOSING))
    held = read(above + in_column(ROWS) + below)
    assert len(cells(held)) == 10


def facing(left: str, right: str) -> str:
    """Two pages on one sheet of twice their width."""
    page = '<div style="position: absolute; top: {}mm; left: {}mm; width: 165mm">{}</div>'
    return (
        "<style>@page { size: 420mm 297mm; margin: 0 }</style>"
        f"{page.format(22, 22, left)}{page.format(17, 232, right)}"
    )


CASES = [
    ["Catégorie", "Total des cas", "dont filles"], ["Enfants des rues", "1 420", "526"],
    ["Victimes de violence", "1 866", "1 104"], ["Enfants abandonnés", "1 248", "611"], ["Total", "4 534", "2 241"],
]  # fmt: skip
SPENT = [
    ["Organisme", "Crédits", "Dépenses"], ["Ministère", "402,35", "371,60"], ["Entraide nationale", "645,80", "662,15"],
    ["Total", "1 048,15", "1 033,75"],
]  # fmt: skip


def test_two_pages_copied_on_one_sheet_are_two_pages_each_with_its_tables_titles_and_units() -> None:
    left = (
        f"<p>{SENTENCES}</p><p>Tableau 3 : cas enregistrés en 2022</p>{table(CASES, 'rows')}<p>{CLOSING}</p>"
    )
    right = (
        "<h2 style='text-align: center'>Budget (en millions de dirhams)</h2>"
        f"{table(SPENT, 'rows')}<p>{CLOSING}</p><p>{SENTENCES}</p>"
    )
    held = read(facing(left, right))
    counted = {r.value for r in held.readings if r.column_label.fr == "Total des cas"}
    assert counted == {1420, 1866, 1248, 4534}
    spent = {r.value for r in held.readings if r.column_label.fr == "Crédits"}
    assert spent == {402_350_000, 645_800_000, 1_048_150_000}
    assert {t.caption.fr for t in held.tables} >= {"Tableau 3 : cas enregistrés en 2022"}


def test_a_table_with_white_down_its_middle_and_a_title_at_either_end_is_one_table() -> None:
    rows = [
        ["Province", "Centres", "Inscrits", "المسجلون", "المراكز", "الإقليم"],
        *([f"Commune {n}", f"{n + 3}", f"{17 * n + 40}", f"{9 * n + 30}", f"{n + 2}", f"جماعة {n}"] for n in range(1, 12)),
    ]  # fmt: skip
    body = table(rows, "").replace("<table", '<table style="width: 380mm; margin: 0"')
    titles = (
        '<div style="position: absolute; left: 20mm">Tableau 4 : centres et inscrits par commune en 2019</div>'
        '<div style="position: absolute; right: 20mm">الجدول 4 المراكز والمسجلون حسب الجماعة سنة 2019</div>'
    )
    page = "<style>@page { size: 420mm 297mm; margin: 20mm }</style>"
    held = read(f"{page}{titles}<br><br>{body}")
    assert len(held.tables) == 1
