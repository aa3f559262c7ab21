"""Facts about the groups of digits on scans."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from fixtures.making.content import HERE
from pipeline.pages.ocr.blobs import Run, grouped


@pytest.mark.parametrize("printed", ["111 35", "2 173 885", "885 173 2", "18 567", "48273", "2019", "1911"])
def test_groups_run_together_by_a_model_are_parted_where_the_print_is(printed: str) -> None:
    image = Image.new("L", (400, 80), 255)
    font = ImageFont.truetype(str(HERE / "fonts" / "NotoSans-Regular.ttf"), 40)
    ImageDraw.Draw(image).text((20, 10), printed, font=font, fill=0)
    ink = np.where(np.asarray(image) < 128, 255, 0).astype(np.uint8)
    rows, columns = np.nonzero(ink)
    run = Run(int(columns.min()), int(rows.min()), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
    assert grouped(ink, run, printed.replace(" ", "")) == printed
