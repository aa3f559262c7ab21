"""A page whose image gave little says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.codebook.loading import load
from pipeline.model.page import Direction, Line, Page, PageKind, Word
from pipeline.model.place import Box, Method
from pipeline.model.report import Report
from pipeline.readings.extract import extract


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        (PageKind.SCAN, (("اجيس", 0.3), ("12", 0.99)), ["EXT-05"]),
        (PageKind.SCAN, (("12", 0.99), ("7", 0.99)), ["EXT-05"]),
        (PageKind.SCAN, (), ["EXT-05"]),
        (PageKind.SCAN, (("الاجتماعية", 0.9), ("م", 0.2)), []),
        (PageKind.TEXT, (), []),
        (PageKind.BLANK, (), []),
    ],
)
def test_a_page_read_from_its_image_without_words_that_make_sense_has_a_finding(
    kind: PageKind, words: tuple[tuple[str, float], ...], told: list[str], tmp_path: Path
) -> None:
    box = Box(50, 50, 90, 60)
    said = tuple(
        Word(text=text, raw=text, box=box, size=10, method=Method.OCR, confidence=sure)
        for text, sure in words
    )
    lines = (Line(words=said, box=box, direction=Direction.RTL),) if said else ()
    page = Page(number=3, width=595, height=842, kind=kind, reason="", score=1, lines=lines)
    report = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=tmp_path / "a.pdf", size=1)
    assert [c.rule for c in extract(report, [page], load()).complaints] == told
