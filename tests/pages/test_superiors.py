"""Calls of notes and powers drawn by glyphs of their own, small and high, and named like any digit."""

from __future__ import annotations

import numpy as np

from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.text.superiors import with_superiors
from tests.readings.drawn import read

SUPERIOR = '<span style="font-variant-position: super">'


def test_calls_of_notes_drawn_by_glyphs_of_their_own_are_no_digits_of_the_text() -> None:
    held = read(
        f"<p>Le réseau compte 1 871 centres ruraux.{SUPERIOR}1</span> Quelque 379{SUPERIOR}2</span> clubs sur 45 "
        f"km{SUPERIOR}2</span>.</p><p>{SUPERIOR}1</span>Hors points temporaires, ouverts 12 jours.</p>"
    )
    assert held.report.pages_by_kind == (("text", 1),)
    assert [r.raw for r in held.readings] == ["1 871", "379"]


def test_the_power_of_a_unit_stays_though_it_has_a_glyph_of_its_own() -> None:
    held = read(f"<p>Le centre a reçu 45 jeunes sur 450 m{SUPERIOR}2</span> bâtis en 16 mois.</p>")
    assert [r.raw for r in held.readings] == ["45"]
    assert [m.raw for m in held.mentions] == ["450", "16"]


def test_a_1_that_is_narrower_than_other_digits_and_stands_before_them_is_not_looked_at() -> None:
    glyphs, x = [], 50.0
    for letter in "17 élèves en 2021":
        wide = {"1": 3.5, " ": 2.5}.get(letter, 5.5)
        box = Box(x, 90, x + wide, 101)
        glyphs.append(Glyph(text=letter, box=box, baseline=100, size=10, font="F", space=letter == " "))
        x += wide

    def look(_dpi: float) -> np.ndarray:
        raise AssertionError

    layer = Layer(glyphs=tuple(glyphs))
    assert with_superiors(layer, look, 200.0) == layer
