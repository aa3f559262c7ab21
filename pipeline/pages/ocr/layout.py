"""The reading of a whole page image, in one of Tesseract's page modes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.figures import Token

#: Share of the page's ink in words from which a second page mode is not tried.
EXPLAINED = 0.72


def page_words(image: Gray, dpi: float, read: Callable[[Gray, int, float], list[Token]]) -> list[Token]:
    """The words of a page, in the page mode that accounts for most of its ink.

    Mode 4 reads ruled Arabic pages best, yet finds nothing on some label and figure pages.

    Args:
        image: dark print on white.
        dpi: its resolution.
        read: gives the words of an image in a page mode, at a resolution.
    """
    tokens = read(image, 4, dpi)
    if _explained(image, tokens) >= EXPLAINED:
        return tokens
    sparse = read(image, 11, dpi)
    extra = [t for t in sparse if not any(_overlap(t, other) > 0.3 for other in tokens)]
    return tokens + extra


def _explained(image: Gray, tokens: Sequence[Token]) -> float:
    """Share of the page's ink that lies inside the words found."""
    ink = cv2.threshold(image, 127, 255, cv2.THRESH_BINARY_INV)[1]
    total = cv2.countNonZero(ink)
    if not total:
        return 1.0
    for t in tokens:
        ink[max(t.y - 4, 0) : t.y + t.height + 4, max(t.x - 4, 0) : t.x + t.width + 4] = 0
    return (total - cv2.countNonZero(ink)) / total


def _overlap(a: Token, b: Token) -> float:
    """Shared area as a share of the smaller box."""
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    smaller = min(a.width * a.height, b.width * b.height)
    return width * height / smaller if width > 0 and height > 0 and smaller else 0.0
