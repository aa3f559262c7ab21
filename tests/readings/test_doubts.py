"""Labels of scanned tables: what was lost of them or read with doubt is told with the figures that they name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.codebook.loading import load
from pipeline.model.extraction import Complaint
from pipeline.model.page import UNREAD, Direction, Line, Page, PageKind, Stroke, Word
from pipeline.model.place import Box, Method
from pipeline.model.reading import Absence
from pipeline.pages.glyph import Glyph
from pipeline.pages.ocr.blobs import Run
from pipeline.pages.ocr.unread import unread_print
from pipeline.readings.tables.reading import Found, find_tables

Cell = tuple[tuple[str, float], ...]
XS, YS = (50.0, 150.0, 250.0, 350.0), (100.0, 120.0, 140.0, 160.0)
HEAD: tuple[Cell, ...] = ((("Région", 0.95),), (("Dossiers", 0.95),), (("الجهة", 0.95),))
SOUND: tuple[Cell, ...] = ((("Fès", 0.95),), (("31", 0.99),), (("فاس", 0.95),))


def read(*rows: tuple[Cell, ...]) -> Found:
    """A ruled table of three columns (French, a figure, Arabic) on a scan, of words with their confidence."""
    lines = []
    for r, row in enumerate((HEAD, *rows)):
        for c, cell in enumerate(row):
            x, words = XS[c] + 10, []
            for text, sure in cell:
                box = Box(x, YS[r] + 5, x + 6 * len(text), YS[r] + 13)
                words.append(Word(text=text, raw=text, box=box, size=8, method=Method.OCR, confidence=sure))
                x = box.x1 + 3
            way = Direction.RTL if c == 2 else Direction.LTR
            lines.append(Line(words=tuple(words), box=Box.around(w.box for w in words), direction=way))
    rules = [Stroke(box=Box(XS[0], y, XS[-1], y), horizontal=True) for y in YS]
    rules += [Stroke(box=Box(x, YS[0], x, YS[-1]), horizontal=False) for x in XS]
    page = Page(
        number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1.0,
        lines=tuple(lines), strokes=tuple(rules),
    )  # fmt: skip
    return find_tables("r", Path("none.pdf"), [page], lambda _page, _y: "", load(None))


def told(found: Found) -> dict[str, set[str]]:
    """By rule, the figures that complaints are about."""
    raw = {r.reading_id: r.raw for r in found.readings}

    def figures(one: Complaint) -> set[str]:
        return {raw[i] for i in one.readings}

    return {c.rule: figures(c) for c in found.complaints}


@pytest.mark.parametrize(
    ("french", "arabic", "rule"),
    [
        ((("Meknès", 0.95),), (("مكناس", 0.95),), ""),
        ((("Meknès", 0.6),), (("مكناس", 0.6),), ""),
        ((("Meknès", 0.95),), (("مكاس", 0.6),), "EXT-07"),
        ((("Mekres", 0.6),), (("مكاس", 0.6),), "EXT-06"),
        ((("Meknès", 0.95),), ((UNREAD, 0.0),), "EXT-07"),
        ((("Meknès", 0.95), (UNREAD, 0.0)), (("مكاس", 0.6),), "EXT-06"),
    ],
    ids=[
        "sure",
        "unsure, and known to the codebook",
        "sure in French",
        "sure in none",
        "lost in Arabic",
        "a word lost in each",
    ],
)
def test_a_label_in_doubt_is_told_and_warned_of_unless_the_other_language_is_sure(
    french: Cell, arabic: Cell, rule: str
) -> None:
    found = read(SOUND, (french, (("57", 0.99),), arabic))
    assert told(found) == ({rule: {"57"}} if rule else {})
    assert UNREAD not in "".join(t for r in found.readings for t in (r.row_label.fr, r.row_label.ar))


def test_a_cell_whose_print_has_no_word_is_unreadable_and_not_blank() -> None:
    found = read(SOUND, ((("Meknès", 0.95),), ((UNREAD, 0.0),), (("مكناس", 0.95),)))
    assert [r.absence for r in found.readings] == [Absence.NONE, Absence.UNREADABLE]


@pytest.mark.parametrize(
    ("text", "confidence", "absence"),
    [
        ("خم", 0.56, Absence.NOT_AVAILABLE),  # غ م, its first letter misread
        ("ع م", 0.9, Absence.NOT_AVAILABLE),
        ("oo", 0.4, Absence.UNREADABLE),
        ("oo", 0.9, None),
        ("supprimé", 0.4, None),
    ],
)
def test_a_cell_of_a_few_misread_signs_among_figures_is_not_lost(
    text: str, confidence: float, absence: Absence | None
) -> None:
    found = read(SOUND, (SOUND[0], ((text, confidence),), SOUND[2]))
    second = next((r for r in found.readings if r.row == 2), None)
    assert (second.absence if second else None) is absence


def test_print_on_which_no_word_lies_keeps_its_place_in_labels_but_not_in_running_text() -> None:
    ink = np.zeros((300, 2000), np.uint8)
    runs = [Run(100, 50, 300, 40), Run(100, 150, 900, 40)]
    for run in runs:
        for x in range(run.x, run.x + run.width - 20, 40):
            ink[run.y : run.y + run.height, x : x + 8] = 255
            ink[run.y + 30 : run.y + run.height, x : x + 24] = 255

    def word(x: float, width: float) -> Glyph:
        box = Box(x, 50, x + width, 90)
        return Glyph(text="Fès", box=box, baseline=box.bottom, size=40, method=Method.OCR)

    places = unread_print(ink, runs, [word(100, 120)], 72)
    assert [(p.text, p.y, p.x > 220) for p in places] == [(UNREAD, 50, True)]
    assert unread_print(ink, runs, [word(90, 320)], 72) == []
