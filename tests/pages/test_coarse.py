"""Pictures of few pixels: which they are, what is smoothed of them, and that their figures are never sure."""

from __future__ import annotations

from math import inf
from pathlib import Path

import numpy as np
import pdfplumber
from PIL import Image

from pipeline.model.page import Direction, Line, Word
from pipeline.model.place import Box, Method
from pipeline.pages.coarse import resolution_within, smoothed, unsure_within
from pipeline.pages.text.textlayer import read_layer

TABLE, LOGO, BEHIND = Box(80, 70, 510, 660), Box(90, 80, 130, 100), Box(70, 60, 520, 740)


def test_a_picture_is_as_fine_as_its_own_pixels_whatever_lies_on_it_or_behind_it() -> None:
    assert resolution_within(TABLE, [BEHIND, LOGO, TABLE], [262.0, 300.0, 67.0]) == 67.0
    assert resolution_within(TABLE, [BEHIND], [262.0]) == inf


def test_the_finest_layer_of_a_scan_tells_how_fine_it_is() -> None:
    assert resolution_within(TABLE, [TABLE, TABLE], [75.0, 300.0]) == 300.0


def test_the_resolution_of_a_picture_is_told_by_the_file(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    Image.new("L", (600, 800), 200).save(path, resolution=72)
    with pdfplumber.open(path) as pdf:
        layer = read_layer(pdf.pages[0])
    assert len(layer.resolutions) == len(layer.images) == 1
    assert abs(layer.resolutions[0] - 72) < 1


def test_only_coarse_pictures_are_smoothed_and_only_there() -> None:
    image = np.zeros((400, 400), np.uint8)
    image[::2] = 255
    box = Box(0, 0, 48, 96)  # the left half at 300 dpi
    assert smoothed(image, box, 300, 150.0) is image
    soft = smoothed(image, box, 300, 72.0)
    assert np.ptp(soft[100:300, 50:150]) < 255
    assert np.array_equal(soft[:, 200:], image[:, 200:])


def line(text: str, box: Box) -> Line:
    word = Word(text=text, raw=text, box=box, size=9.0, method=Method.OCR, confidence=0.995)
    return Line(words=(word,), box=box, direction=Direction.LTR)


def test_no_figure_of_a_poor_picture_is_sure() -> None:
    inside, outside = Box(100, 100, 140, 110), Box(100, 700, 140, 710)
    lines = [line("1940", inside), line("Total", inside), line("1940", outside)]
    told = unsure_within(lines, [TABLE])
    assert [round(one.words[0].confidence, 3) for one in told] == [0.95, 0.995, 0.995]
