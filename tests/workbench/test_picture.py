"""The drawn box is where the figure stands."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from pipeline.model.place import Box
from pipeline.workbench.picture import page_with_box

RED = (200, 30, 30)


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
