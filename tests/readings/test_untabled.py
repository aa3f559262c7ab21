"""Rows of figures that no table could be made of."""

from __future__ import annotations

from tests.readings.drawn import read, table

PLAIN = "<style>td { border: none; padding: 1mm 6mm }</style>"


def test_figures_in_rows_and_columns_that_are_in_no_table_are_told() -> None:
    rows = [["x", "y", "z"], *([str(n), str(7 * n), str(9 * n)] for n in (1201, 2302, 3403, 4504))]
    said = read(PLAIN + table(rows))
    assert [c.rule for c in said.complaints] == ["EXT-14"]
    assert "8407" in said.complaints[0].message_en
    assert said.complaints[0].box is not None


def test_figures_of_a_table_and_of_sentences_are_not() -> None:
    rows = [["Région", "Centres", "Lits"], ["Fès", "12", "340"], ["Salé", "9", "210"], ["Tiznit", "7", "180"]]
    prose = "<p>En 2023, 120 centres ont reçu 3 400 enfants ; 45 autres en ont reçu 1 200.</p>" * 4
    assert read(PLAIN + table(rows) + prose).complaints == ()
