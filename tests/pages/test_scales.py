"""Numbers along axes of charts and entries of tables of contents are told from figures by how they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.page import Direction, Line, Page, PageKind, Word
from pipeline.model.place import Box
from pipeline.pages.contents import contents_lines
from pipeline.pages.scales import scale_lines


def line(text: str, x: float, y: float, size: float = 8.0) -> Line:
    words, at = [], x
    for part in text.split():
        width = 0.5 * size * len(part)
        words.append(Word(text=part, raw=part, box=Box(at, y, at + width, y + size), size=size))
        at += width + 0.4 * size
    return Line(words=tuple(words), box=Box.around(w.box for w in words), direction=Direction.LTR)


def page(*lines: Line) -> Page:
    return Page(number=3, width=595, height=842, kind=PageKind.TEXT, reason="", score=1, lines=lines)


def column(values: list[str], gap: float = 12.0, x: float = 100.0) -> list[Line]:
    """Numbers under each other with one right edge."""
    return [line(v, x - 4.0 * len(v), 200 + gap * i) for i, v in enumerate(values)]


def test_numbers_that_rise_in_equal_steps_from_nought_are_an_axis() -> None:
    assert scale_lines(page(*column(["80%", "60%", "40%", "20%", "0%"]))) == {0, 1, 2, 3, 4}
    assert scale_lines(page(*column(["150", "100", "50", "0"]))) == {0, 1, 2, 3}
    assert scale_lines(page(*column(["24 000", "18 000", "12 000", "6 000", "0"]))) == {0, 1, 2, 3, 4}
    along = [line(v, 100.0 + 30 * i, 300) for i, v in enumerate(["0", "10", "20", "30"])]
    assert scale_lines(page(*along)) == {0, 1, 2, 3}


@pytest.mark.parametrize(
    "values",
    [
        ["1", "2", "3", "4"],
        ["0", "1", "2", "3"],
        ["2019", "2020", "2021"],
        ["80", "60", "40"],
        ["30", "22", "10", "0"],
        ["0", "0", "0", "0"],
    ],
)
def test_columns_of_tables_are_no_axis(values: list[str]) -> None:
    assert scale_lines(page(*column(values))) == frozenset()


def test_a_column_whose_rows_have_labels_is_no_axis() -> None:
    figures = column(["30", "20", "10", "0"])
    labels = [line(name, 20, 200 + 12 * i) for i, name in enumerate(("Fès", "Taza", "Sefrou", "Boulemane"))]
    assert scale_lines(page(*figures, *labels)) == frozenset()


@given(st.lists(st.integers(min_value=1, max_value=99999), min_size=3, max_size=12))
def test_figures_of_a_column_without_a_nought_are_never_an_axis(values: list[int]) -> None:
    assert scale_lines(page(*column([str(v) for v in values]))) == frozenset()


LED = ["ملخص ............ 9", "تقديم ........... 13", "المحور الأول ....... 15", "الملاحق ........... 57"]


def entries(texts: list[str]) -> Page:
    return page(*(line(text, 80, 100 + 20 * i) for i, text in enumerate(texts)))


def test_titles_that_dots_lead_to_the_numbers_of_their_pages_are_contents() -> None:
    assert contents_lines(entries(LED), 60) == {0, 1, 2, 3}


def test_the_number_of_a_page_may_stand_below_its_dots() -> None:
    assert contents_lines(entries([*LED[:3], "الملاحق ...........", "57"]), 60) == {0, 1, 2, 3, 4}


def test_numbers_of_pages_may_stand_in_a_column_of_their_own() -> None:
    titles = [line(f"Titre {'abcdef'[i]} ............", 60, 100 + 20 * i) for i in range(6)]
    plain = line("Titre sans points", 60, 220)
    numbers = [line(str(n), 300, 100 + 20 * i) for i, n in enumerate((361, 365, 369, 375, 385, 419, 421))]
    found = contents_lines(page(*titles, plain, *numbers), 468)
    assert found == {0, 1, 2, 3, 4, 5, *range(7, 14)}


def test_figures_that_dots_lead_to_are_figures() -> None:
    form = ["Femmes ........ 45", "Hommes ......... 30", "Enfants ........ 60", "Total ........ 135"]
    assert contents_lines(entries(form), 60) == frozenset()
    assert contents_lines(entries(LED), 10) == frozenset()
