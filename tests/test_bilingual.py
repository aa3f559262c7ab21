"""A report that says a figure in Arabic and again in French says one thing."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from pipeline.cli import outcome
from tests.readings.drawn import STYLE

BODY = """<h1>Bilan 2023 / حصيلة 2023</h1>
<p dir="rtl" style="font-family: Amiri">بلغ عدد الأشخاص في وضعية إعاقة المستفيدين من دعم التمدرس 26283 طفل خلال سنة 2023.</p>
<p>Le nombre d'enfants en situation de handicap bénéficiaires de l'appui à la scolarisation a atteint 26 283 enfants en 2023.</p>
<p dir="rtl" style="font-family: Amiri">تم إصدار 120000 شهادة إعاقة خلال سنة 2023.</p>
<p>120 000 attestations de handicap ont été délivrées en 2023.</p>"""


@pytest.mark.slow
def test_a_figure_said_in_both_languages_is_one_observation_with_two_places(tmp_path: Path) -> None:
    from weasyprint import HTML

    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    HTML(string=f"<html><head><style>{STYLE}</style></head><body>{BODY}</body></html>").write_pdf(
        inbox / "2023.pdf"
    )
    assert outcome(["run", str(inbox), "--out", str(out)]) == 0
    observations = pipeline.open(out / "latest").observations
    assert sorted(map(int, observations["obs_value"])) == [26283, 120000]
    assert all(len(others.split()) == 1 for others in observations["duplicates"])
