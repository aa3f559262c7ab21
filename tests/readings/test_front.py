"""What a report says of itself on its first pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.codebook.loading import load
from pipeline.model.page import Direction, Line, Page, PageKind, Word
from pipeline.model.place import Box
from pipeline.model.report import Report
from pipeline.readings.front import describe
from tests.readings.drawn import read


def year_of(*pages: str) -> int | None:
    """Edition year of a report with these texts; a text's first line is set largest."""
    report = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=Path("a.pdf"), size=1)
    made = [made_page(number, text) for number, text in enumerate(pages, 1)]
    return describe(report, made, load()).edition_year


def made_page(number: int, text: str) -> Page:
    lines = []
    for row, line in enumerate(text.splitlines()):
        box = Box(50, 50 + 20 * row, 450, 60 + 20 * row)
        word = Word(text=line, raw=line, box=box, size=10 if row else 24)
        lines.append(Line(words=(word,), box=box, direction=Direction.RTL))
    return Page(
        number=number, width=595, height=842, kind=PageKind.TEXT, reason="", score=1, lines=tuple(lines)
    )


@pytest.mark.parametrize(
    ("pages", "year"),
    [
        (("حصيلة سنة 2022\nنشر سنة 2023",), 2022),
        (("حصيلة منجزات القطاع\nالرباط 2022",), 2022),
        (("مرسوم\nبرفع المبالغ", "المعامل\n1943\n1943\n1943\n1942\n1942\n17 مارس 2010\n29 مارس 2010"), 2010),
        (("تقرير\nالوزارة", "المنجزات\nسنة 2022\nسنة 2022\nسنة 2022\nسنة 2021\nفي أفق 2030"), 2022),
        (("تقرير\nالوزارة",), None),
    ],
)
def test_the_year_is_that_of_the_title_or_the_cover_or_the_latest_of_those_named_most(
    pages: tuple[str, ...], year: int | None
) -> None:
    assert year_of(*pages) == year


def test_an_emblem_read_as_a_large_word_is_no_title_and_a_speck_no_word_of_it() -> None:
    """A scan of 2023: the star on the cover came back as «جد», set three times as large as the title, and a «ع» in it."""

    def word(text: str, size: float, sure: float, left: float) -> Word:
        return Word(
            text=text, raw=text, box=Box(left, 300, left + 90, 300 + size), size=size, confidence=sure
        )

    emblem = (word("جد", 56, 0.55, 280),)
    title = (word("منجزات", 20, 0.93, 400), word("ع", 20, 0.53, 300), word("2023", 20, 0.99, 200))
    lines = tuple(
        Line(words=words, box=Box.around(w.box for w in words), direction=Direction.RTL)
        for words in (emblem, title)
    )
    page = replace(made_page(1, "غلاف"), lines=lines)
    report = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=Path("a.pdf"), size=1)
    assert describe(report, [page], load()).title_ar == "منجزات 2023"


def test_the_year_of_a_memorandum_is_that_of_its_financial_year_and_not_that_of_a_law_on_its_first_page() -> None:
    said = read(
        "<p>بشأن: نتائج أعمال العام المالي ٢٠١٤/٢٠١٥</p><p>تنفيذا لقرار رئيس الجمهورية رقم ١٣٥ لسنة ٢٠٠٤ بلغ عدد المشتركين"
        " ٥١٣٬٥٨٥ مشتركا</p>"
    )
    assert said.report.edition_year == 2015
    (figure,) = [r for r in said.readings if r.value == 513585]
    assert figure.period != "2004"


def test_the_date_of_a_cover_is_its_year_where_nothing_else_is() -> None:
    assert read("<p>Note au conseil, le 12 août 2015</p><p>Loi n° 99-12 de 2014</p>").report.edition_year == 2015
