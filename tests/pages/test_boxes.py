"""What a viewer shows of a page is what is read, at the places where a viewer shows it."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from pipeline.model.page import Page, PageKind
from pipeline.model.place import Box
from pipeline.pages import page as reading
from pipeline.pages import pictures, read_pages
from pipeline.pages.image.strokes import filled_areas
from pipeline.pages.ocr import tesseract

SOURCE = Path(__file__).parents[2] / "fixtures" / "reports" / "2023-weasyprint.pdf"


def one_page(folder: Path, **entries: list[int] | int) -> Page:
    """The fifth page of a fixture with other boxes."""
    path = folder / "page.pdf"
    with pikepdf.open(SOURCE) as pdf:
        del pdf.pages[5:], pdf.pages[:4]
        for key, value in entries.items():
            pdf.pages[0].obj[f"/{key}"] = pikepdf.Array(value) if isinstance(value, list) else value
        pdf.save(path)
    (page,) = read_pages(path)
    return page


def test_places_are_measured_from_the_corner_of_the_crop_box(tmp_path: Path) -> None:
    whole, cropped = one_page(tmp_path), one_page(tmp_path, CropBox=[20, 30, 575, 800])
    assert (cropped.width, cropped.height) == (555, 770)
    assert [line.text for line in cropped.lines] == [line.text for line in whole.lines]
    was, now = whole.lines[0].box, cropped.lines[0].box
    assert now.x0 == pytest.approx(was.x0 - 20)
    assert now.top == pytest.approx(was.top - (whole.height - 800))


def test_text_outside_the_crop_box_is_not_read(tmp_path: Path) -> None:
    whole, cropped = one_page(tmp_path), one_page(tmp_path, CropBox=[0, 0, 596, 421])
    assert 0 < len(cropped.lines) < len(whole.lines)
    assert whole.lines[0].text not in {line.text for line in cropped.lines}


def test_a_crop_box_beyond_the_paper_changes_nothing(tmp_path: Path) -> None:
    assert one_page(tmp_path, CropBox=[-50, -50, 900, 1200]) == one_page(tmp_path)


def test_a_media_box_off_the_origin_changes_no_text(tmp_path: Path) -> None:
    moved = one_page(tmp_path, MediaBox=[-100, -50, 700, 900])
    assert [line.text for line in moved.lines] == [line.text for line in one_page(tmp_path).lines]


def test_a_hung_tesseract_on_a_picture_does_not_lose_the_text_of_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hangs(*_: object) -> list[object]:
        raise RuntimeError("Tesseract process timeout")

    whole = one_page(tmp_path)
    picture = Box(50, 300, 500, 800)
    real = reading.read_layer

    def with_picture(plumbed: object) -> object:
        layer = real(plumbed)
        return type(layer)(glyphs=layer.glyphs, strokes=layer.strokes, fills=layer.fills, images=(picture,))

    monkeypatch.setattr(reading, "read_layer", with_picture)
    monkeypatch.setattr(pictures, "_written_on", lambda *_: False)
    monkeypatch.setattr(reading.raster, "looks_like_text", lambda *_: True)
    monkeypatch.setattr(tesseract, "read_words", hangs)
    page = one_page(tmp_path)
    assert page.kind is PageKind.TEXT
    assert page.lines == whole.lines
    assert "timeout" in page.complaint


def test_an_area_filled_with_a_gradient_is_an_area_and_does_not_lose_its_page() -> None:
    at = {"x0": 10, "top": 10, "x1": 90, "bottom": 60, "fill": True}
    shapes = [{**at, "non_stroking_color": colour} for colour in ("P3", ("P3",), (0.2, 0.1, "P3"))]
    assert [filled_areas([shape], []) for shape in shapes] == [(Box(10, 10, 90, 60),)] * 3
    assert filled_areas([{**at, "non_stroking_color": (1, 1, 1)}], []) == ()
