"""Tifinagh on a page image is told and not read: no model knows its letters, and each reads something there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from fixtures.making.content import HERE
from pipeline.codebook.loading import load
from pipeline.model.place import Box, Method
from pipeline.model.report import Report
from pipeline.pages import read_pages
from pipeline.pages.glyph import Glyph
from pipeline.pages.image import raster
from pipeline.pages.shapes.tifinagh import tifinagh_lines
from pipeline.readings.extract import extract

TIFINAGH = ["ⵜⴰⴳⵍⴷⵉⵜ ⵏ ⵍⵎⵖⵔⵉⴱ", "ⵜⴰⵎⴰⵡⴰⵙⵜ ⵏ ⵜⵡⵉⵣⵉ ⵜⴰⵎⵖⵏⴰⵡⵜ", "ⵉⵎⵙⵙⵓⵜⵔⵏ ⵏ ⵓⵙⵏⴼⴰⵔ ⴷ ⵜⴰⵡⵊⴰ"]
OTHERS = {
    "NotoSans": [
        "ROYAUME DU MAROC, MINISTÈRE",
        "TOTAL : 1 830 (IX, XI, Λ, Σ, Φ, Θ)",
        "Bénéficiaires en 2023 : 44,5 %",
    ],
    "NotoNaskhArabic": ["المملكة المغربية وزارة التضامن", "عدد المستفيدين ٤٤٥ من ٩٣٤٤"],
}


def sheet(lines: list[tuple[str, str]], size: int = 46) -> Image.Image:
    """Lines, each in a typeface of the fixtures, 150 pixels apart."""
    image = Image.new("L", (1800, 150 * len(lines) + 100), 255)
    pen = ImageDraw.Draw(image)
    for n, (face, text) in enumerate(lines):
        font = ImageFont.truetype(str(HERE / "fonts" / f"{face}-Regular.ttf"), size)
        pen.text((200, 60 + 150 * n), text, font=font, fill=0)
    return image


def told(image: Image.Image, words: tuple[Glyph, ...] = ()) -> list[int]:
    """Numbers of the lines that are Tifinagh."""
    boxes = tifinagh_lines(np.asarray(image), words, 300)
    return sorted(int(box.centre[1] / 72 * 300 - 30) // 150 for box in boxes)


@pytest.mark.parametrize("size", [32, 46, 80])
def test_lines_of_tifinagh_are_told_from_lines_of_other_scripts(size: int) -> None:
    others = [(face, text) for face, texts in OTHERS.items() for text in texts]
    assert told(sheet([*(("NotoSansTifinagh", text) for text in TIFINAGH), *others], size)) == [0, 1, 2]


def test_what_is_surely_read_is_no_tifinagh() -> None:
    box = Box(0, 0, 432, 48)
    sure = Glyph(text="ROYAUME", box=box, baseline=48, size=40, method=Method.OCR, confidence=0.95)
    assert told(sheet([("NotoSansTifinagh", TIFINAGH[0])]), (sure,)) == []


def test_the_cover_of_a_degraded_scan_has_four_lines_of_tifinagh_and_its_other_pages_have_none() -> None:
    path = HERE / "reports" / "2023-scan.pdf"
    held = [
        len(tifinagh_lines(raster.levelled(raster.render(path, number, 300)), (), 300))
        for number in (1, 2, 5)
    ]
    assert held == [4, 0, 0]


def test_a_line_of_tifinagh_on_a_scan_is_a_finding_and_neither_text_nor_figure(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    image = sheet(
        [("NotoSansTifinagh", TIFINAGH[2]), ("NotoSans", "Total des bénéficiaires : 9 344 en 2023")]
    )
    canvas = Canvas(str(path), pagesize=(432, 96), invariant=1)
    canvas.drawImage(ImageReader(image), 0, 0, 432, 96)
    canvas.showPage()
    canvas.save()
    (page,) = read_pages(path)
    assert [line.text for line in page.lines] == ["Total des bénéficiaires : 9 344 en 2023"]
    report = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=path, size=1)
    (complaint,) = extract(report, [page], load()).complaints
    assert (complaint.rule, complaint.page, complaint.box) == ("EXT-09", 1, page.unread[0])
