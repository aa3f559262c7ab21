"""The drawn box is where the figure stands."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from pipeline.model.place import Box
from pipeline.model.reading import Cell, Table
from pipeline.workbench.picture import page_with_box, page_with_table

RED, BLUE = (200, 30, 30), (30, 80, 190)


def make_pdf(path: Path, rotate: int = 0) -> Path:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 400))
    page.rotate(rotate, relative=False)
    pdf.save(path)
    return path


def test_the_frame_is_drawn_two_points_outside_the_box_from_the_top_left(tmp_path: Path) -> None:
    image = page_with_box(make_pdf(tmp_path / "a.pdf"), 1, Box(50, 100, 80, 120))
    assert image.size == (400, 800)
    assert image.getpixel((96, 220)) == RED
    assert image.getpixel((120, 196)) == RED
    assert image.getpixel((120, 220)) == (255, 255, 255)


def test_a_turned_page_is_drawn_as_it_is_seen(tmp_path: Path) -> None:
    image = page_with_box(make_pdf(tmp_path / "a.pdf", rotate=90), 1, Box(300, 100, 350, 120))
    assert image.size == (800, 400)
    assert image.getpixel((596, 220)) == RED


def test_the_surroundings_keep_the_full_width(tmp_path: Path) -> None:
    image = page_with_box(make_pdf(tmp_path / "a.pdf"), 1, Box(50, 100, 80, 120), whole=False)
    assert image.size == (400, 280)


def test_a_page_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(IndexError, match="no page 2"):
        page_with_box(make_pdf(tmp_path / "a.pdf"), 2, Box(0, 0, 1, 1))


def test_the_cells_of_a_table_are_framed_heads_in_another_colour_spans_as_one(tmp_path: Path) -> None:
    boxes = (Box(20, 20, 100, 40), Box(20, 40, 60, 60), Box(60, 40, 100, 60))
    cells = (
        Cell(row=0, column=0, column_span=2, box=boxes[0], header=True),
        Cell(row=1, column=0, box=boxes[1], header=True),
        Cell(row=1, column=1, box=boxes[2]),
    )
    table = Table(
        table_id="t", report_id="r", page=1, box=Box(20, 20, 100, 60), cells=cells, row_count=2, column_count=2
    )  # fmt: skip
    image = page_with_table(make_pdf(tmp_path / "a.pdf"), table)
    assert image.getpixel((180, 42)) == image.getpixel((100, 118)) == BLUE
    assert image.getpixel((180, 118)) == RED
    assert image.getpixel((120, 60)) == (255, 255, 255)
    assert page_with_table(make_pdf(tmp_path / "a.pdf"), table, whole=False).height == 240
