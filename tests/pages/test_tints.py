"""Filled areas of scans: bands and tiles are found by the ground between the letters, and what parts tiles are rules."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.model.page import Stroke
from pipeline.model.place import Box
from pipeline.pages.image.raster import Gray, binarise
from pipeline.pages.image.strokes import image_strokes
from pipeline.pages.image.tints import tinted
from pipeline.pages.ocr.prepared import prepared

DPI, POINT = 300.0, 300 / 72


def page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (2480, 3508), 238)
    return image, ImageDraw.Draw(image)


def grained(image: Image.Image, noise: float = 3.0) -> Gray:
    grains = np.random.default_rng(1).normal(0.0, noise, (image.height, image.width))
    return np.clip(np.asarray(image, np.float32) + grains, 0, 255).astype(np.uint8)


def write(draw: ImageDraw.ImageDraw, x: int, y: int, count: int, ink: int) -> None:
    for k in range(count):
        draw.rectangle((x + 24 * k, y, x + 24 * k + 6, y + 28), fill=ink)
        draw.rectangle((x + 24 * k, y + 22, x + 24 * k + 15, y + 28), fill=ink)


@pytest.mark.parametrize("ground", [220, 80])
def test_a_band_of_a_scan_is_an_area_however_faint(ground: int) -> None:
    image, draw = page()
    draw.rectangle((400, 600, 2000, 690), fill=ground)
    write(draw, 500, 630, 12, 20 if ground > 128 else 240)
    write(draw, 500, 800, 12, 20)
    fills, rules = tinted(grained(image), DPI)
    assert len(fills) == 1
    assert not rules
    wanted = Box(400 / POINT, 600 / POINT, 2000 / POINT, 690 / POINT)
    assert fills[0].overlap(wanted) > 0.9 * wanted.width * wanted.height


def test_an_area_reaches_to_its_edge_where_letters_stand_close_to_it() -> None:
    image, draw = page()
    draw.rectangle((400, 600, 2000, 700), fill=70)
    for x in (560, 1400):
        write(draw, x, 610, 18, 240)
        write(draw, x, 664, 18, 240)
    fills, _ = tinted(grained(image), DPI)
    assert [round(v * POINT / 4) for b in fills for v in (b.x0, b.top, b.x1, b.bottom)] == pytest.approx(
        [100, 150, 500, 175], abs=1
    )


def test_a_band_that_reaches_lower_at_one_end_is_several_rectangles() -> None:
    image, draw = page()
    draw.rectangle((400, 600, 2000, 690), fill=220)
    draw.rectangle((400, 600, 700, 780), fill=220)
    fills, _ = tinted(grained(image), DPI)
    assert [round(b.width * POINT / 100) for b in fills] == [16, 3]


def test_white_lines_between_tiles_are_rules_and_end_where_a_tile_spans_rows() -> None:
    image, draw = page()
    draw.rectangle((400, 600, 2000, 800), fill=225)
    for x in (900, 1400):
        draw.rectangle((x, 600, x + 5, 800), fill=238)
    draw.rectangle((900, 700, 2000, 704), fill=238)
    write(draw, 950, 630, 10, 20)
    _, rules = tinted(grained(image), DPI)
    inside = [s.box for s in rules if s.horizontal and 610 < s.box.top * POINT < 790]
    assert [(round(b.x0 * POINT, -1), round(b.top * POINT, -1)) for b in inside] == [(900, 700)]
    upright = sorted(s.box.x0 * POINT for s in rules if not s.horizontal)
    assert upright == pytest.approx([400, 902, 1402, 2000], abs=8)


def test_paper_that_darkens_to_one_side_is_no_area() -> None:
    image, draw = page()
    for y in range(400, 2000, 100):
        write(draw, 400, y, 60, 20)
    shade = np.linspace(1.0, 0.8, image.width)[None, :]
    shaded = Image.fromarray((np.asarray(image) * shade).astype(np.uint8))
    assert tinted(grained(shaded), DPI) == ((), ())


def test_both_lines_of_a_double_rule_are_rules_and_joined_letters_are_none() -> None:
    image, draw = page()
    for y in (600, 900):
        for off in (0, 7):
            draw.rectangle((400, y + off, 2000, y + off + 2), fill=20)
    for x in (400, 1200, 1993):
        for off in (0, 7):
            draw.rectangle((x + off, 600, x + off + 2, 909), fill=20)
    draw.rectangle((600, 760, 720, 764), fill=20)  # a word on its joined strokes, letters close above
    for x in range(600, 720, 12):
        draw.rectangle((x, 735, x + 5, 760), fill=20)
    strokes, _ = image_strokes(binarise(np.asarray(image)), 72 / DPI)
    assert {round(s.box.top * POINT, -2) for s in strokes if s.horizontal} == {600, 900}
    assert {round(s.box.x0 * POINT, -2) for s in strokes if not s.horizontal} == {400, 1200, 2000}


def test_both_lines_of_a_double_rule_are_rules_though_others_cut_them_where_they_cross() -> None:
    image, draw = page()
    across = [y + off for y in range(600, 1301, 100) for off in (0, 7)]
    for y in across:
        draw.rectangle((400, y, 2000, y + 3), fill=20)
    for x in (400, 1200, 1993):
        for off in (0, 7):
            draw.rectangle((x + off, 600, x + off + 3, 1310), fill=20)
    for y in across[::2]:  # the white between two lines goes through
        draw.rectangle((380, y + 4, 2020, y + 6), fill=238)
    strokes, lines = image_strokes(binarise(np.asarray(image)), 72 / DPI)
    assert {round(s.box.x0 * POINT, -2) for s in strokes if not s.horizontal} == {400, 1200, 2000}
    assert sum(not line.horizontal for line in lines) >= 6


def test_upright_rules_of_a_table_of_one_row_are_rules_and_letters_as_high_are_none() -> None:
    image, draw = page()
    for y in (600, 690):
        for off in (0, 6):
            draw.rectangle((400, y + off, 2000, y + off + 3), fill=20)
    for x in (400, 1200, 1994):
        for off in (0, 6):
            draw.rectangle((x + off, 600, x + off + 3, 699), fill=20)
    draw.rectangle((800, 620, 806, 674), fill=20)  # a letter: it reaches neither rule
    draw.rectangle((1500, 900, 1506, 990), fill=20)  # one of a large title
    strokes, _ = image_strokes(binarise(np.asarray(image)), 72 / DPI)
    assert {round(s.box.x0 * POINT, -2) for s in strokes if not s.horizontal} == {400, 1200, 2000}


def test_the_joined_strokes_of_a_heavy_word_are_no_rule_and_a_short_rule_alone_is_one() -> None:
    image, draw = page()
    for x, y in ((600, 700), (1400, 700)):
        draw.rectangle((x, y, x + 120, y + 7), fill=20)
    for x in (602, 640, 690):  # letters on them, few but wide apart
        draw.rectangle((x, 680, x + 6, 700), fill=20)
    strokes, lines = image_strokes(binarise(np.asarray(image)), 72 / DPI)
    assert [round(s.box.x0 * POINT, -2) for s in strokes] == [1400]
    assert len(lines) == 1


def test_a_light_rule_that_print_lies_on_is_none_and_the_print_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    page = np.full((600, 800), 240, np.uint8)
    page[200:280, 300:320] = 20
    rule = Stroke(box=Box(310 * 0.24, 210 * 0.24, 310 * 0.24, 270 * 0.24), horizontal=False)
    monkeypatch.setattr("pipeline.pages.ocr.prepared.tinted", lambda image, dpi: ((), (rule,)))
    ready = prepared(page, 800 * 0.24, 300.0)
    assert not ready.cuts
    assert (ready.image[205:275, 305:315] < 100).all()


def test_tints_in_the_corners_of_a_page_and_within_a_frame_of_their_tone_are_areas() -> None:
    image, draw = page()
    draw.rectangle((0, 0, 500, 120), fill=200)
    draw.rectangle((2000, 3380, 2479, 3507), fill=200)
    draw.rectangle((300, 1000, 2200, 2400), outline=200, width=60)
    draw.rectangle((900, 1500, 1600, 1700), fill=200)
    fills, _ = tinted(grained(image), DPI)
    found = [tuple(round(v * POINT) for v in (b.x0, b.top, b.x1, b.bottom)) for b in fills]
    for wanted in ((0, 0, 500, 120), (2000, 3380, 2480, 3508), (900, 1500, 1600, 1700)):
        assert any(one == pytest.approx(wanted, abs=12) for one in found), (wanted, found)
