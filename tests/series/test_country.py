"""Figures that name no place are of the country whose name is on the cover."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive.opening import examine
from pipeline.codebook.loading import load
from pipeline.reading import read_report
from pipeline.run import assembled


@pytest.mark.parametrize(
    ("cover", "area"),
    [
        ("République tunisienne", "TN"),
        ("الجمهورية التونسية", "TN"),
        ("Royaume du Maroc", "MA"),
        ("سلطنة عمان", "OM"),
        ("République du Sénégal", "SN"),
        ("Rapport d'activité", "MA"),
    ],
)
def test_a_figure_without_a_place_is_of_the_country_on_the_cover(
    tmp_path: Path, cover: str, area: str
) -> None:
    from weasyprint import HTML

    from tests.readings.drawn import STYLE

    path = tmp_path / "report.pdf"
    text = f"<h1>{cover}</h1><h2>Bilan 2019</h2><p>Les centres ont accueilli 412 enfants en 2019.</p>"
    HTML(string=f"<html><head><style>{STYLE}</style></head><body>{text}</body></html>").write_pdf(path)
    dataset = assembled([read_report(examine(path), load())], load())
    assert [one.ref_area for one in dataset.observations] == [area]
