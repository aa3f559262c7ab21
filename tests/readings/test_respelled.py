"""Arabic labels of scans that were read with doubt are spelled as they are known beside their French ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.codebook.loading import load
from pipeline.model.page import Direction, Line, Page, PageKind, Word
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Label, Reading
from pipeline.readings.tables.respelled import respelled


def figure(arabic: str, french: str, row: int = 1) -> Reading:
    place = Locus("r", 1, Box(0, 0, 10, 10), Method.OCR, 0.99)
    return Reading(
        reading_id=f"r-{row}", locus=place, kind="cell", raw="31", value=Decimal(31), table_id="t", row=row, column=1,
        row_label=Label(ar=arabic, fr=french),
    )  # fmt: skip


def page(**confidence: float) -> Page:
    """A scanned page with these words."""
    words = tuple(
        Word(text=text, raw=text, box=Box(0, 0, 10, 8), size=8, method=Method.OCR, confidence=sure)
        for text, sure in confidence.items()
    )
    line = Line(words=words, box=Box(0, 0, 10, 8), direction=Direction.RTL)
    return Page(
        number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1.0, lines=(line,), strokes=()
    )


def said(*readings: Reading, **confidence: float) -> tuple[list[str], int]:
    """Arabic labels after the respelling, and how many figures a complaint names."""
    kept, complaints = respelled(readings, [page(**confidence)], load(None))
    assert all(c.rule == "EXT-13" for c in complaints)
    return [r.row_label.ar for r in kept], sum(len(c.readings) for c in complaints)


@pytest.mark.parametrize(
    ("read", "french", "meant"),
    [
        ("اموز", "Al Haouz", "الحوز"),  # from the codebook's territories
        ("دكر", "Masculin", "ذكر"),  # from its labels
        ("4 جموع العام", "Total général", "المجموع العام"),
        ("كليم / المجموع", "Guelmim / Total", "كلميم / المجموع"),
    ],
)
def test_a_label_read_with_doubt_is_spelled_as_the_codebook_has_it_beside_the_french_one(
    read: str, french: str, meant: str
) -> None:
    weak = dict.fromkeys(read.split(), 0.5)
    assert said(figure(read, french), **weak) == ([meant], 1)


@pytest.mark.parametrize(
    ("read", "french", "weak"),
    [
        ("اموز", "Al Haouz", ()),  # read surely: so it is printed
        ("اموز", "", ("اموز",)),  # no other language tells
        ("اموز", "Al Haouz", ("اموز", "Haouz")),  # nor one that was itself read with doubt
        ("أنثى", "Masculin", ("أنثى",)),  # a pair that contradicts itself is left to the checks
        ("ق", "Féminin", ("ق",)),  # nothing like it
        ("تزنيت", "Tiznit", ("تزنيت",)),  # another spelling of the name
        ("تيزنيت", "Tiznit", ("تيزنيت",)),
        ("60 سنة", "De 15 à 59 ans", ("سنة",)),
    ],
)
def test_a_label_stays_as_it_was_read_where_nothing_surer_tells(
    read: str, french: str, weak: tuple[str, ...]
) -> None:
    assert said(figure(read, french), **dict.fromkeys(weak, 0.5)) == ([read], 0)


def test_a_label_is_spelled_as_elsewhere_in_the_report() -> None:
    sure, unsure = (
        figure("دور الطالبة", "Maisons de l'étudiante"),
        figure("دور الطالية", "Maisons de l'étudiante", 2),
    )
    assert said(sure, unsure, الطالية=0.6) == (["دور الطالبة", "دور الطالبة"], 1)
