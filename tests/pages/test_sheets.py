"""Sheets that lie on the scanner in some way other than straight, clean and upright."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fixtures.making.content import HERE
from fixtures.making.with_reportlab import visual
from pipeline.model.page import Direction, Line, Page, PageKind, Stroke, Word
from pipeline.model.place import Box, Method
from pipeline.pages import read_pages
from pipeline.pages.glyph import Glyph
from pipeline.pages.image import raster
from pipeline.pages.image.components import boxes_of
from pipeline.pages.ocr import tesseract
from pipeline.pages.ocr.blobs import Run, runs_of_print, snapped
from pipeline.pages.text.turned import put_back
from pipeline.readings.tables.turned import upright
from tests.bench.pagescans import Grade, photographed

LINES = ("بلغ عدد المستفيدين 26.283 طفلا سنة 2023", "Au total, 1 830 projets ont été soutenus en 2022") * 9


def sheet(lines: tuple[str, ...] = LINES, size: int = 44) -> Image.Image:
    """A page at 300 dpi with a frame around its text."""
    image = Image.new("L", (1800, 2400), 255)
    pen = ImageDraw.Draw(image)
    for i, text in enumerate(lines):
        rtl = any("\u0600" <= c <= "\u06ff" for c in text)
        name = "NotoNaskhArabic-Regular" if rtl else "NotoSans-Regular"
        font = ImageFont.truetype(
            str(HERE / "fonts" / f"{name}.ttf"), size, layout_engine=ImageFont.Layout.BASIC
        )
        shown = visual(text, rtl=rtl)
        at = 1650 - pen.textlength(shown, font=font) if rtl else 150
        pen.text((at, 150 + 110 * i), shown, font=font, fill=0)
    pen.rectangle((100, 100, 1700, 2300), outline=0, width=4)
    return image


@pytest.mark.parametrize(("angle", "lying"), [(0, False), (90, True), (180, False), (270, True)])
def test_a_sheet_on_its_side_is_told_by_the_stripes_of_its_lines(angle: int, lying: bool) -> None:
    assert raster.lies_on_its_side(np.asarray(sheet().rotate(angle, expand=True))) is lying


@pytest.mark.parametrize("skew", [0.0, 0.7, -0.7])
@pytest.mark.parametrize(("angle", "lying"), [(0, False), (90, True)])
def test_rules_of_a_table_are_no_lines_of_print(skew: float, angle: int, lying: bool) -> None:
    image = Image.new("L", (1800, 2400), 255)
    image.paste(sheet(LINES[:3]).crop((120, 120, 1690, 600)), (120, 120))
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(HERE / "fonts" / "NotoSans-Regular.ttf"), 40)
    for row in range(14):
        pen.line((150, 700 + 90 * row, 1650, 700 + 90 * row), fill=0, width=4)
        for column in range(5):
            pen.text((200 + 300 * column, 720 + 90 * row), str(17 * row + column), font=font, fill=0)
    for column in range(6):
        pen.line((150 + 300 * column, 700, 150 + 300 * column, 1870), fill=0, width=4)
    turned = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255).rotate(angle, expand=True)
    assert raster.lies_on_its_side(np.asarray(turned)) is lying


def test_a_blank_sheet_lies_no_way() -> None:
    assert not raster.lies_on_its_side(np.full((900, 600), 250, np.uint8))


@pytest.mark.parametrize("skew", [-2.0, -0.6, 0.0, 1.0])
def test_a_skewed_sheet_is_straightened(skew: float) -> None:
    turned = sheet().rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    assert raster.straighten(np.asarray(turned), 300).turned == pytest.approx(-skew, abs=0.15)


@pytest.mark.parametrize("skew", [-1.0, 0.3, 1.0])
def test_a_slide_with_a_dark_title_across_its_top_is_straightened_by_no_more_than_it_is_askew(skew: float) -> None:
    slide = Image.new("L", (3300, 1860), 255)
    slide.paste(Image.new("L", (3300, 170), 40), (0, 0))
    slide.paste(sheet(LINES[:4]).crop((120, 120, 1690, 600)), (1500, 400))
    for bar, top in enumerate((600, 800, 1000)):
        slide.paste(Image.new("L", (160, 1400 - top), 40), (200 + 300 * bar, top))
    turned = slide.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    assert raster.skew_of(np.asarray(turned)) == pytest.approx(-skew, abs=0.15)


def test_dust_of_a_copier_goes_and_dots_of_letters_stay() -> None:
    clean = np.asarray(sheet())
    dusty = np.asarray(
        photographed(sheet(), Grade("", 300, noise=0, ink=0, paper=255, specks=0.0006), seed=3)
    )
    cleaned = raster.despeckled(dusty, 300)
    letters = cv2.erode(clean, np.ones((5, 5), np.uint8)) < 128
    assert (dusty[~letters] < 128).sum() > 2000
    assert (cleaned[~letters] < 128).sum() < 0.05 * (dusty[~letters] < 128).sum()
    assert (cleaned[clean < 50] < 128).mean() > 0.97


def test_a_clean_sheet_is_left_alone() -> None:
    clean = np.asarray(sheet())
    assert raster.despeckled(clean, 300) is clean


def test_grey_shaded_paper_becomes_white_and_its_print_black() -> None:
    grade = Grade("", 300, noise=2, ink=118, paper=196, shade=0.25)
    levelled = raster.levelled(np.asarray(photographed(sheet(), grade, seed=2)))
    ink = np.asarray(sheet()) < 40
    assert np.median(levelled[ink]) < 60
    assert np.percentile(levelled[np.asarray(sheet()) > 250], 5) > 215


def test_white_print_on_a_dark_band_is_turned() -> None:
    page = np.full((600, 900), 245, np.uint8)
    page[200:400] = 40
    page[290:310, 300:600] = 250
    assert raster.levelled(page)[300, 450] < 80
    assert raster.levelled(page)[220, 450] > 215


def test_white_print_in_narrow_cells_of_a_head_is_turned_and_the_grid_beside_it_is_left() -> None:
    page = np.asarray(sheet(("عدد المستفيدين", "Nombre de bénéficiaires", "2023"))).copy()
    letters = page[:600] < 128
    page[140:590, 140:900] = 255 - page[140:590, 140:900]  # a column of light print
    page[600:700, 140:900] = 245
    turned = raster.levelled(page, 300)
    band = np.zeros(letters.shape, np.bool_)
    band[150:580, 150:890] = True
    assert (turned[:600][letters & band] < 128).mean() > 0.95
    assert (turned[:600][~letters & band] > 200).mean() > 0.95
    assert (turned[:600][letters & ~band] < 128).mean() > 0.9


def test_ornaments_beside_print_become_paper() -> None:
    page = np.asarray(sheet()).copy()
    page[:, 1720:1790] = 150
    cleaned = raster.levelled(page, 300)
    assert cleaned[:, 1725:1785].min() > 215
    assert (cleaned[:, :1690][page[:, :1690] < 40] < 128).mean() > 0.97


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_what_is_read_on_a_turned_sheet_is_put_where_it_lies(quarters: int) -> None:
    width, height = 600.0, 800.0
    boxes = {1: Box(10, 700, 30, 750), 2: Box(540, 770, 590, 790), 3: Box(570, 50, 590, 100)}
    lay = {1: Box(50, 10, 100, 30), 2: Box(10, 10, 60, 30), 3: Box(50, 10, 100, 30)}
    word = Word(text="2023", raw="2023", box=lay[quarters], size=12)
    line = Line(words=(word,), box=word.box, direction=Direction.LTR)
    rule = Stroke(box=Box(50, 10, 100, 10), horizontal=True)
    (moved,), (stroke,), fills = put_back([line], [rule], [lay[quarters]], quarters, width, height)
    assert fills == (boxes[quarters],)
    assert moved.box == boxes[quarters]
    assert stroke.horizontal is (quarters == 2)


def test_the_tables_of_a_sheet_that_stands_on_its_head_are_laid_upright() -> None:
    words = [
        Word(text=t, raw=t, box=Box(500 - 60 * i, 700, 540 - 60 * i, 712), size=12)
        for i, t in enumerate("abcd")
    ]
    line = Line(words=tuple(words), box=Box(320, 700, 540, 712), direction=Direction.LTR)
    page = Page(
        number=1, width=600, height=800, kind=PageKind.SCAN, reason="", score=0, lines=(line,)
    )  # fmt: skip
    view, back = upright(page) or pytest.fail("not laid upright")
    assert view.lines[0].box == Box(60, 88, 280, 100)
    assert back(view.lines[0].box) == line.box


def test_a_sheet_upside_down_is_turned_when_its_words_make_no_sense(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scan.pdf"
    sheet().save(path, "PDF", resolution=300)
    glances: list[int] = []

    def words(image: np.ndarray, *_: object) -> list[Glyph]:
        glances.append(int(np.argmax((image < 128).any(axis=1))))
        sure = 0.3 if len(glances) == 1 else 0.9
        glyph = Glyph(text="كلمة", box=Box(50, 50, 90, 62), baseline=62, size=12, method=Method.OCR)
        return [replace(glyph, confidence=sure)]

    monkeypatch.setattr(tesseract, "read_words", words)
    (page,) = read_pages(path)
    assert len(glances) == 2
    assert "turned by 180" in page.reason
    assert page.lines[0].box == Box(page.width - 90, page.height - 62, page.width - 50, page.height - 50)


def test_print_is_parted_into_runs_at_gaps_and_at_rules() -> None:
    ink = np.zeros((200, 600), np.uint8)
    for x in (20, 50, 80, 300, 330):
        ink[60:92, x : x + 22] = 255
    assert [run.x for run in runs_of_print(ink, boxes_of(ink), (), 300)] == [20, 300]
    assert [run.x for run in runs_of_print(ink, boxes_of(ink), [(76, 0, 200)], 300)] == [20, 79, 300]


def test_a_box_that_cuts_a_figure_grows_to_all_of_it() -> None:
    ink = np.zeros((200, 600), np.uint8)
    for x in (100, 126, 152, 190):
        ink[60:92, x : x + 22] = 255
    assert snapped(ink, Run(130, 60, 30, 32))[0] == Run(100, 60, 74, 32)
    # A fourth digit is called for: the one that stands apart is taken in.
    assert snapped(ink, Run(130, 60, 30, 32), letters=4)[0] == Run(100, 60, 74, 32)
    ink[60:92, 186:190] = 255
    assert snapped(ink, Run(130, 60, 30, 32), letters=4)[0] == Run(100, 60, 112, 32)
    assert snapped(ink, Run(130, 60, 30, 32))[1]


def test_a_box_too_high_for_its_digits_takes_in_no_neighbour() -> None:
    ink = np.zeros((200, 600), np.uint8)
    for x in (100, 126, 152):
        ink[60:88, x : x + 22] = 255
    ink[50:100, 184:240] = 255
    assert snapped(ink, Run(100, 48, 74, 50), letters=3) == (Run(100, 60, 74, 28), False)


@pytest.mark.parametrize("skew", [-1.2, 0.0, 0.8])
def test_the_black_around_a_sheet_does_not_tell_how_it_lies(skew: float) -> None:
    """A copier's lid that is not closed leaves a black wedge along an edge."""
    turned = sheet().rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    draw, (width, height) = ImageDraw.Draw(turned), turned.size
    draw.polygon([(0, 0), (width, 0), (width, 0.01 * height), (0, 0.07 * height)], fill=10)
    draw.polygon([(0, 0), (0.05 * width, 0), (0.01 * width, height), (0, height)], fill=10)
    assert raster.straighten(np.asarray(turned), 300).turned == pytest.approx(-skew, abs=0.15)
