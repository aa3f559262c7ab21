"""Columns of changes say them with arrows, and heads their years with calls of notes."""

from __future__ import annotations

import pytest

from pipeline.readings.marks import is_figure, is_year, without_call
from tests.readings.drawn import cells, read, table


@pytest.mark.parametrize("ruling", ["full", ""])
def test_arrows_beside_changes_are_their_signs_and_no_label(ruling: str) -> None:
    rows = [["Fès", "1 200", "1 260", "▲ 5,0 %"], ["Oujda", "900", "855", "▼ 5,0 %"], ["Safi", "700", "700", "="]]
    said = read(table([["Ville", "2022", "2023", "Évolution"], *rows], ruling)).readings
    assert [str(r.value) for r in said if r.column_label.fr == "Évolution"] == ["5.0", "-5.0", "None"]
    assert {r.unit_measure for r in said if r.column_label.fr == "2023"} == {"NUMBER"}
    assert {r.row_label.fr for r in said} == {"Fès", "Oujda", "Safi"}


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [("▲ 5,0 %", "5,0 %"), ("↓ 20", "-20"), ("▼ -3,1", "-3,1"), ("+12 % ↑", "+12 %"), ("5,0 % ↓", "-5,0 %")],
)
def test_an_arrow_is_a_sign_where_there_is_none(printed: str, read_as: str) -> None:
    assert without_call(printed) == read_as
    assert is_figure(printed)


def test_an_arrow_alone_is_no_figure() -> None:
    assert not is_figure("▲")
    assert not is_figure("▲ Fès")


@pytest.mark.parametrize("ruling", ["full", ""])
def test_years_with_calls_of_notes_are_heads(ruling: str) -> None:
    rows = [["Centres", "12", "14"], ["Inscrits", "1 200", "1 450"], ["Projets", "13", "15"]]
    said = cells(read(table([["Indicateur", "2022(1)", "2023(2)"], *rows], ruling)))
    assert list(said.values()) == [cell for row in rows for cell in row[1:]]
    assert is_year("2022(1)")
    assert is_year("2022²")
    assert not is_year("2022(12)")
