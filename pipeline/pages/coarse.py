"""Pictures of few pixels: their steps smoothed before they are read, and their figures never sure where they are too few.

What renders a page enlarges such a picture with steps, in which models see other digits: of a table at 67 dpi 13 of 82
digit strings were missing, and 3 once the steps were smoothed (``tests/bench/README.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

import cv2
import numpy as np

from pipeline.model.page import Line
from pipeline.model.place import Box
from pipeline.pages.image.raster import Gray

#: Resolution (dpi) under which a picture is smoothed, and under which no figure of it is sure.
COARSE, POOR = 120.0, 80.0
#: How far the steps are smoothed, in pixels of the picture.
SMOOTHING = 0.27
#: Of the pictures of an area only those count that fill so much of it and are no greater than so many times it: a sharp logo
#: makes no sharp page, and no more does what lies behind the whole of it.
LEAST_PART, WHOLE = 0.05, 1.05
#: No figure of a poor picture is surer.
UNSURE = 0.95


def resolution_within(box: Box, images: Sequence[Box], resolutions: Sequence[float]) -> float:
    """Resolution in dpi of the finest picture that fills much of a part of the page; infinite where none does.

    Args:
        box: part of the page, in points.
        images: pictures of the page.
        resolutions: of the first of them; the others are none of the file.
    """
    area = max(box.width * box.height, 1.0)
    found = [
        dpi
        for image, dpi in zip(images, resolutions, strict=False)
        if box.holds(*image.centre) and LEAST_PART * area <= image.width * image.height <= WHOLE * area
    ]
    return max(found, default=inf)


def smoothed(image: Gray, box: Box, dpi: float, resolution: float) -> Gray:
    """The image of a page with the steps of a coarse picture smoothed.

    Args:
        image: of the whole page.
        box: of the picture, in points.
        dpi: at which the page was rendered.
        resolution: of the picture.
    """
    if resolution >= min(COARSE, dpi):
        return image
    scale = dpi / 72
    top, bottom, left, right = (max(round(v * scale), 0) for v in (box.top, box.bottom, box.x0, box.x1))
    part = image[top:bottom, left:right]
    if not part.size:
        return image
    out = image.copy()
    out[top:bottom, left:right] = cv2.GaussianBlur(part, (0, 0), SMOOTHING * dpi / resolution)
    return np.asarray(out, np.uint8)


def unsure_within(lines: Sequence[Line], boxes: Sequence[Box]) -> list[Line]:
    """The lines, no word with digits sure that stands in one of some poor pictures."""
    if not boxes:
        return list(lines)
    return [
        replace(
            line,
            words=tuple(
                replace(w, confidence=min(w.confidence, UNSURE)) if any(c.isdigit() for c in w.text) else w
                for w in line.words
            ),
        )
        if any(box.holds(*line.box.centre) for box in boxes)
        else line
        for line in lines
    ]
