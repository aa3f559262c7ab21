"""What recurs at the edge of the pages is no part of the text, however a scan spells it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.page import Direction, Line, Page, PageKind, Role, Word
from pipeline.model.place import Box, Method
from pipeline.pages.furniture import mark_furniture


def roles(feet: Sequence[str], method: Method) -> list[Role]:
    """Roles of one line at the foot of each page."""
    pages = []
    for number, text in enumerate(feet, start=1):
        box = Box(100, 800, 500, 812)
        words = tuple(Word(text=part, raw=part, box=box, size=9, method=method) for part in text.split())
        line = Line(words=words, box=box, direction=Direction.RTL)
        pages.append(
            Page(number=number, width=595, height=842, kind=PageKind.SCAN, reason="", score=1, lines=(line,))
        )
    return [page.lines[0].role for page in mark_furniture(pages)]


FEET = (
    "وكالة التنمية الجهوية تقرير النشاط 2019 للاستعمال الداخلي 3",
    "وكالة التنمية الجهوبة تقرير النشاط 2019 للاستعمال الداحلي 4",
    "و كالة التنمية الجهوية تقرير انشاط 2019 للاستعمال الداخلي۔ 5",
)


def test_a_running_foot_of_a_scan_is_one_though_letters_are_read_otherwise() -> None:
    assert roles(FEET, Method.OCR) == [Role.FOOTER] * 3


def test_other_texts_at_the_edge_of_a_scan_are_text() -> None:
    told = (
        "استفادت 2019 أسرة من الدعم المباشر خلال السنة",
        "وتم تجهيز 14 مركزا بمعدات طبية وشبه طبية",
        "كما نظمت 7 قوافل لفائدة سكان العالم القروي",
    )
    assert Role.FOOTER not in roles(told, Method.OCR)


def test_a_text_layer_spells_its_running_foot_alike() -> None:
    assert Role.FOOTER not in roles(FEET, Method.TEXT)
