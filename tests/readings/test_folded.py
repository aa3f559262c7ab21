"""Tables folded in two, and tables that touch: labels between figures that name rows of their own."""

from __future__ import annotations

import pytest

from tests.readings.drawn import cells, read, table

HEADS = ("Région", "Dossiers", "Région", "Dossiers")
ROWS = (
    ("Tanger", "676", "Souss", "21"), ("Fès", "349", "Oued", "75"),
    ("Rabat", "384", "Dakhla", "25"), ("Casa", "1 409", "Total", "2 939"),
)  # fmt: skip


@pytest.mark.parametrize("style", ["", "rows", "full", "band"])
def test_a_list_of_regions_folded_in_two_names_each_figure_by_the_region_beside_it(style: str) -> None:
    said = read(table([HEADS, *ROWS], style))
    assert {key[1:]: raw for key, raw in cells(said).items()} == {
        (row[c], "", "Dossiers"): row[c + 1] for row in ROWS for c in (0, 2)
    }
    if style in ("rows", "full"):
        assert len(said.tables) == 1


@pytest.mark.parametrize("style", ["", "rows", "full"])
def test_tables_of_one_kind_beside_each_other_have_labels_of_their_own_though_these_have_other_heads(
    style: str,
) -> None:
    found = cells(read(table([("Région", "Dossiers", "Province", "Dossiers"), *ROWS], style)))
    assert found["", "Souss", "", "Dossiers"] == "21"
    assert found["", "Tanger", "", "Dossiers"] == "676"


@pytest.mark.parametrize("style", ["rows", "full"])
def test_a_total_among_labels_between_figures_shows_a_table_of_its_own(style: str) -> None:
    heads = ("Partenaire", "Dossiers", "Taux", "Handicap", "Ménages")
    rows = (
        ("Entraide", "676", "21,8 %", "Moteur", "35"), ("Agence", "349", "75,5 %", "Visuel", "12"),
        ("Communes", "384", "25,0 %", "Auditif", "33"), ("Total", "1 409", "36,8 %", "Total général", "80"),
    )  # fmt: skip
    found = cells(read(table([heads, *rows], style)))
    assert found["", "Moteur", "", "Ménages"] == "35"
    assert found["", "Total général", "", "Ménages"] == "80"
    assert found["", "Agence", "", "Taux"] == "75,5 %"


@pytest.mark.parametrize("style", ["rows", "full"])
def test_heads_of_sexes_printed_again_under_years_fold_no_table(style: str) -> None:
    heads = '<tr><td rowspan="2">Ville</td><td colspan="2">2022</td><td colspan="2">2023</td></tr>'
    lower = "<tr><td>H</td><td>F</td><td>H</td><td>F</td></tr>"
    rows = "".join(
        f"<tr><td>{t}</td><td>{n}</td><td>{n + 3}</td><td>{n + 5}</td><td>{n + 9}</td></tr>"
        for t, n in (("Fès", 41), ("Taza", 57))
    )
    said = read(f'<table class="{style}">{heads}{lower}{rows}</table>')
    assert {key[3] for key in cells(said)} == {"2022 / H", "2022 / F", "2023 / H", "2023 / F"}
    assert {key[1] for key in cells(said)} == {"Fès", "Taza"}


@pytest.mark.parametrize("style", ["rows", "full"])
def test_labels_in_the_other_language_between_figures_name_the_same_rows(style: str) -> None:
    heads = ("Région", "Veuves", "الجهة", "Montant")
    rows = (
        ("Tanger", "812", "طنجة", "29"),
        ("Oriental", "734", "الشرق", "26"),
        ("Total", "1 546", "المجموع", "55"),
    )
    found = cells(read(table([heads, *rows], style)))
    assert {(key[1], key[3]): raw for key, raw in found.items()} == {
        (row[0], head): row[c] for row in rows for c, head in ((1, "Veuves"), (3, "Montant"))
    }
