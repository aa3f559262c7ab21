"""Page images: rendered at a stated resolution, straightened, cleaned.

pdfium is not thread-safe and then returns empty text quietly: call these only in a process that uses one thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

#: No page image has more pixels than this, whatever its paper size.
MOST_PIXELS = 40_000_000
#: Skew below this many degrees does not hurt reading.
LEAST_SKEW = 0.12


@dataclass(frozen=True, slots=True)
class Raster:
    """A straightened grey image; ``turned`` is the angle in degrees by which it was turned (about its middle)."""

    image: Gray
    dpi: float
    turned: float


def render(path: Path, number: int, dpi: float = 300.0) -> Gray:
    """Page ``number`` (1-based) as a grey image; huge pages at a lower resolution than asked."""
    pdf = pypdfium2.PdfDocument(str(path))
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = dpi / 72
        if width * height * scale * scale > MOST_PIXELS:
            scale = (MOST_PIXELS / max(width * height, 1.0)) ** 0.5
        bitmap = page.render(scale=scale, grayscale=True)
        image = bitmap.to_numpy()
        page.close()
        return np.ascontiguousarray(image if image.ndim == 2 else image[:, :, 0])
    finally:
        pdf.close()


def straighten(image: Gray, dpi: float) -> Raster:
    """Turn the image so that its lines of text lie level."""
    angle = skew_of(image)
    if abs(angle) < LEAST_SKEW:
        return Raster(image, dpi, 0.0)
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Raster(turned.astype(np.uint8), dpi, angle)


def skew_of(image: Gray) -> float:
    """Angle in degrees (at most 5) that makes the row profile of the ink sharpest (Postl 1986)."""
    scale = 900 / max(image.shape)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (binarise(small.astype(np.uint8)) > 0).astype(np.float32)
    if ink.mean() < 0.001:
        return 0.0
    best = _sharpest(ink, np.arange(-5.0, 5.01, 0.5))
    best = _sharpest(ink, np.arange(best - 0.5, best + 0.51, 0.1))
    return float(_sharpest(ink, np.arange(best - 0.1, best + 0.101, 0.025)))


def _sharpest(ink: NDArray[np.float32], angles: NDArray[np.float64]) -> float:
    height, width = ink.shape
    scores = []
    for angle in angles:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
        turned = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR)
        rows = turned.sum(axis=1)
        scores.append(float(((rows[1:] - rows[:-1]) ** 2).sum()))
    # Level wins a tie, so that a straight page is left alone.
    top = max(scores)
    near = [a for a, s in zip(angles, scores, strict=True) if s >= 0.999 * top]
    return float(min(near, key=abs))


def binarise(image: Gray) -> Gray:
    """Ink as 255, paper as 0: local threshold, so that shadows and coloured bands do not swallow text.

    White text on dark bands becomes ink too.
    """
    blurred = cv2.GaussianBlur(image, (3, 3), 0)
    block = max(31, (min(image.shape) // 40) | 1)
    dark = cv2.adaptiveThreshold(blurred, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 15)
    return dark.astype(np.uint8)


def levelled(image: Gray) -> Gray:
    """The page with dark bands turned light, so that white text on colour is dark text on light."""
    size = max(25, (min(image.shape) // 60) | 1)
    ground = cv2.medianBlur(
        cv2.resize(image, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), min(size | 1, 61)
    )
    ground = cv2.resize(ground, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    out = image.copy()
    band = ground < 120
    out[band] = 255 - image[band]
    return out.astype(np.uint8)


def looks_like_text(image: Gray) -> bool:
    """Whether a region is print rather than a photograph: mostly paper, a little ink, little between."""
    if image.size == 0:
        return False
    light, dark = float((image > 190).mean()), float((image < 110).mean())
    return light > 0.6 and 0.004 < dark < 0.3 and light + dark > 0.85
