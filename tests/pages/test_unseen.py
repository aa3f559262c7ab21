"""White letters that a page does not show are in no line; those on dark ground are."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.pages.test_phenomena import drawn, put, texts


def _ground(kind: str, canvas: Canvas) -> None:
    if kind == "filled":
        canvas.setFillGray(0.2)
        canvas.rect(30, 90, 240, 30, stroke=0, fill=1)
    elif kind == "shaded":
        canvas.saveState()
        canvas.clipPath(_frame(canvas), stroke=0)
        canvas.linearGradient(30, 90, 270, 120, ((0.1, 0.1, 0.4), (0.2, 0.2, 0.5)))
        canvas.restoreState()


def _frame(canvas: Canvas) -> object:
    path = canvas.beginPath()
    path.rect(30, 90, 240, 30)
    return path


@pytest.mark.parametrize(("kind", "shown"), [("bare", False), ("filled", True), ("shaded", True)])
def test_white_letters_are_read_where_they_are_seen(kind: str, shown: bool, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        _ground(kind, canvas)
        canvas.setFillGray(1)
        put(canvas, "المجموع 2019", x=60, y=100)
        canvas.setFillGray(0)
        put(canvas, "المجموع 2023", x=60, y=60)

    said = texts(drawn(tmp_path, draw))
    assert said == (["المجموع 2019"] if shown else []) + ["المجموع 2023"]


def test_a_line_that_reaches_into_the_box_of_white_letters_does_not_show_them(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        put(canvas, "29", x=60, y=102)
        canvas.setFillGray(0)
        put(canvas, "31 ديسمبر", x=60, y=92)

    assert not any("29" in text for text in texts(drawn(tmp_path, draw)))
