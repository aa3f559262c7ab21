"""Running numbers of headings are no figures."""

from __future__ import annotations

from pipeline.model.page import Direction, Line, Page, PageKind, Role, Word
from pipeline.model.place import Box, Method
from pipeline.readings.prose.sentences import find_figures


def page(number: int, *headings: str, method: Method = Method.TEXT) -> Page:
    lines = []
    for row, text in enumerate(headings):
        words, x = [], 500.0
        for part in text.split():
            box = Box(x - 40, 50 + 60 * row, x, 67 + 60 * row)
            words.append(Word(text=part, raw=part, box=box, size=17, method=method))
            x -= 45
        box = Box.around(w.box for w in words)
        lines.append(Line(words=tuple(words), box=box, direction=Direction.RTL, role=Role.HEADING))
    return Page(
        number=number, width=595, height=842, kind=PageKind.TEXT, reason="", score=1, lines=tuple(lines)
    )


def figures(*pages: Page) -> list[str]:
    return [r.raw for r in find_figures("a" * 12, pages, set(), lambda *_: "", 11.0).readings]


def test_headings_numbered_in_a_row_hold_no_figure() -> None:
    assert figures(page(1, "1 الطفولة والأسرة"), page(2, "2 النهوض بحقوق النساء", "3 الأشخاص المسنون")) == []
    assert figures(page(1, "4.1 Budget exécuté", "4.2 Effectifs formés", "5.1 Partenaires associés")) == []


def test_a_heading_that_counts_something_is_a_figure() -> None:
    assert figures(page(1, "12 مركزا جديدا")) == ["12"]
    assert figures(page(1, "12 مركزا جديدا", "40 اتفاقية")) == ["12", "40"]


def test_on_a_scan_numbered_headings_follow_each_other_past_large_figures() -> None:
    scan = [
        page(1, "1 حماية الطفولة", "38 في المائة من المستفيدين", method=Method.OCR),
        page(2, "2. النهوض بحقوق النساء", "15 مركزا جديدا", "| 3 الأشخاص المسنون", method=Method.OCR),
    ]
    assert figures(*scan) == ["38 في المائة", "15"]
