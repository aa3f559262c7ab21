"""Tables of budgets: narrow columns, brackets for minus, labels far from their figures."""

from __future__ import annotations

from decimal import Decimal

from tests.readings.drawn import cells, read

STYLE = """<style>table { width: 100%; margin: 4mm 0 } td { padding: 2.6pt 3.5pt; text-align: right }
td:first-child { text-align: left; width: 99% } tr { border-bottom: .6pt solid #777 }
tr:first-child { border-top: 1.2pt solid #000; font-weight: bold }</style>"""


def ruled_rows(*rows: tuple[str, ...]) -> str:
    """A table with a rule under each row, its columns as narrow as what stands in them."""
    body = "".join(
        "<tr>" + "".join(f"<td>{c.replace(' ', chr(0xA0))}</td>" for c in row) + "</tr>" for row in rows
    )
    return f"{STYLE}<table>{body}</table>"


def test_two_negatives_in_brackets_side_by_side_are_two_figures() -> None:
    said = read(
        ruled_rows(
            ("Catégorie", "Nombre", "Estimation", "Attribution", "Écart (MDH)", "Écart"),
            ("Travaux", "31", "48,62", "44,15", "(4,47)", "(9,2 %)"),
            ("Fournitures", "112", "27,40", "29,05", "1,65", "6,0 %"),
            ("Services", "58", "16,80", "14,92", "(1,88)", "(11,2 %)"),
            ("Études", "13", "4,10", "3,33", "(0,77)", "(18,8 %)"),
            ("Total", "214", "96,92", "91,45", "(5,47)", "(5,6 %)"),
        )
    )
    last = {r.row_label.fr: r.value for r in said.readings if r.column_label.fr == "Écart"}
    assert last == {
        "Travaux": Decimal("-9.2"),
        "Fournitures": Decimal("6.0"),
        "Services": Decimal("-11.2"),
        "Études": Decimal("-18.8"),
        "Total": Decimal("-5.6"),
    }
    assert len(said.readings) == 25


def test_heads_side_by_side_with_little_white_between_them_stand_over_a_column_each() -> None:
    found = cells(
        read(
            ruled_rows(
                ("Projet", "Enveloppe (MDH)", "Sites", "Avancement physique", "Paiements cumulés (MDH)"),
                ("Construction de centres", "64,50", "22", "61,4 %", "40,05"),
                ("Système intégré de gestion", "18,20", "9", "55,0 %", "9,10"),
                ("Mise en accessibilité", "23,90", "31", "38,5 %", "8,25"),
            )
        )
    )
    assert found["", "Mise en accessibilité", "", "Avancement physique"] == "38,5 %"
    assert found["", "Mise en accessibilité", "", "Paiements cumulés (MDH)"] == "8,25"


def test_labels_far_from_their_figures_are_theirs_where_rules_lead_from_one_to_the_other() -> None:
    found = cells(
        read(
            ruled_rows(
                ("Rubrique", "Prévision", "Réalisation", "Écart"),
                ("Solde", "–", "118,34", "–"),
                ("Recettes", "250,00", "231,60", "(18,40)"),
                ("Dépenses", "(310,00)", "(287,95)", "22,05"),
                ("Annulations", "(12,50)", "(12,50)", "0,00"),
            )
        )
    )
    assert found["", "Recettes", "", "Prévision"] == "250,00"
    assert found["", "Dépenses", "", "Réalisation"] == "(287,95)"


def test_heads_of_one_column_stand_between_a_group_and_its_columns() -> None:
    head = """<tr><td rowspan="2">Catégorie</td><td rowspan="2">Nombre</td><td colspan="2" style="text-align: center;
    border-bottom: .6pt solid #777">Montant (MDH)</td><td rowspan="2">Écart</td><td rowspan="2">Écart (%)</td></tr>
    <tr style="font-weight: bold"><td>Estimation</td><td>Attribution</td></tr>"""
    rows = (
        ("Travaux", "31", "48,62", "44,15", "(4,47)", "(9,2)"),
        ("Études", "13", "4,10", "3,33", "(0,77)", "(18,8)"),
    )
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    style = "<style>tr:first-child td[rowspan] { text-align: right } tr + tr td:first-child { width: auto }</style>"
    found = cells(read(f"{STYLE}{style}<table>{head}{body}</table>"))
    assert {k[3]: v for k, v in found.items() if k[1] == "Études"} == {
        "Nombre": "13",
        "Montant (MDH) / Estimation": "4,10",
        "Montant (MDH) / Attribution": "3,33",
        "Écart": "(0,77)",
        "Écart (%)": "(18,8)",
    }
