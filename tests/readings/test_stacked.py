"""Tables that stand close under each other are several tables."""

from __future__ import annotations

import pytest

from tests.readings.drawn import cells, read, table

FIRST = [
    ["", "Désignation", "2022", "2023"],
    ["(1)", "Ouverts", "120", "130"],
    ["(2)", "Engagés", "110", "121"],
    ["(3)", "Payés", "90", "101"],
]
SECOND = [
    ["", "Poste", "2022", "2023"],
    ["1 -", "Loyers", "121", "135"],
    ["2 -", "Eau", "15", "26"],
    ["3 -", "Travaux", "95", "106"],
]
THIRD = [
    ["Rubrique", "Crédits", "Engagements", "Paiements", "Taux"],
    ["Personnel", "1 200", "1 100", "1 000", "83,3"],
    ["Matériel", "800", "700", "650", "81,3"],
]
FOURTH = [
    ["Lieu de vote", "N°", "Électeurs"],
    ["Cap", "01", "364"],
    ["Durban", "01", "354"],
    ["Joal", "01", "446"],
    ["Joal", "02", "445"],
]


@pytest.mark.parametrize("ruling", ["full", ""])
@pytest.mark.parametrize(
    "shown", [(FIRST, SECOND, THIRD), (THIRD, FOURTH), (FOURTH, THIRD)], ids=["like", "fewer", "more"]
)
def test_tables_of_one_width_close_under_each_other_keep_their_own_heads(
    shown: tuple[list[list[str]], ...], ruling: str
) -> None:
    body = "".join(
        f"<p>Répartition par {what}</p>" + table(rows, ruling).replace("<table", '<table style="width: 100%"')
        for what, rows in zip(("nature", "poste", "rubrique"), shown, strict=False)
    )
    said = read(body)
    assert len(said.tables) == len(shown)
    heads = [
        {
            key[3]
            for key in cells(said)
            if key[1].split(" / ")[0] in {row[-len(rows[0]) + (rows[0][0] == "")] for row in rows}
        }
        for rows in shown
    ]
    assert heads == [{h for h in rows[0][1:] if h not in ("N°", "Désignation", "Poste")} for rows in shown]
