"""What happens to a sheet in an office before it is scanned, or on the glass: drawn on its grey picture.

Each fault takes the clean picture of a page and a seed, and gives the picture with the fault; sizes are in millimetres of
the sheet, so that a fault is as large at any resolution.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, ImageOps

from tests.bench.pagemakers import FONTS

Picture = Image.Image
Fault = Callable[[Picture, int], Picture]


def _mm(image: Picture) -> float:
    """Pixels of a millimetre, the sheet being an A4."""
    return max(image.size) / 297


def spine(image: Picture, seed: int) -> Picture:
    """A bound page under a camera: slightly in perspective, bent and dark at the spine."""
    width, height = image.size
    lot = np.random.default_rng(seed)
    pixels = np.asarray(image)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = corners + lot.uniform(-0.012, 0.012, (4, 2)).astype(np.float32) * [width, height]
    pixels = cv2.warpPerspective(
        pixels,
        cv2.getPerspectiveTransform(corners, seen.astype(np.float32)),
        (width, height),
        borderValue=255,
    )
    across = np.arange(width, dtype=np.float32) / width
    bend = 0.006 * height * np.exp(-across / 0.06)
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    pixels = cv2.remap(pixels, columns, rows + bend[None, :], cv2.INTER_LINEAR, borderValue=255)
    shadow = 1 - 0.65 * np.exp(-across / 0.045) - 0.12 * across
    return Image.fromarray((pixels * shadow[None, :]).astype(np.uint8))


def stamp(image: Picture, seed: int) -> Picture:
    """A round stamp and a signature over a corner of the print."""
    mm, lot = _mm(image), np.random.default_rng(seed)
    mark = Image.new("L", (int(42 * mm), int(42 * mm)), 255)
    pen = ImageDraw.Draw(mark)
    for ring in (1, 6):
        pen.ellipse(
            [ring * mm, ring * mm, (42 - ring) * mm, (42 - ring) * mm], outline=95, width=int(0.6 * mm)
        )
    font = ImageFont.truetype(FONTS / "NotoSans-Bold.ttf", int(3.4 * mm))
    for line, text in enumerate(("BUREAU", "D'ORDRE", "REÇU LE", "14 MARS")):
        pen.text((21 * mm, (12 + 6 * line) * mm), text, fill=95, font=font, anchor="mm")
    mark = mark.rotate(float(lot.uniform(-30, 30)), resample=Image.Resampling.BICUBIC, fillcolor=255)
    sheet = Image.new("L", image.size, 255)
    left = lot.choice([0.1, 0.66])
    sheet.paste(mark, (int(left * image.width), int(0.78 * image.height)))
    _scrawl(ImageDraw.Draw(sheet), (float(left) * image.width, 0.83 * image.height), mm, lot)
    return _under(image, sheet)


def _scrawl(
    pen: ImageDraw.ImageDraw, start: tuple[float, float], mm: float, lot: np.random.Generator
) -> None:
    x, y = start
    turn, points = 0.0, []
    for _ in range(220):
        turn += float(lot.normal(0.12, 0.25))
        x, y = x + (0.18 + 0.5 * math.cos(turn)) * mm, y + 0.6 * math.sin(turn) * mm
        points.append((x, y))
    pen.line(points, fill=60, width=max(1, int(0.45 * mm)), joint="curve")


def punched(image: Picture, seed: int) -> Picture:
    """Holes of a punch along an edge, dark as the lid behind them, and the row that a second punch missed."""
    mm, sheet = _mm(image), image.copy()
    pen = ImageDraw.Draw(sheet)
    x = (12 if seed % 2 else image.width / mm - 12) * mm
    for off in (-120, -40, 40, 120) if seed % 3 else (-40, 40):
        y = image.height / 2 + off * mm
        pen.ellipse([x - 2.8 * mm, y - 2.8 * mm, x + 2.8 * mm, y + 2.8 * mm], fill=20)
    return sheet


def bled(image: Picture, seed: int) -> Picture:
    """The other side of the sheet shows through: here the page itself, mirrored and a little lower."""
    back = ImageOps.mirror(image).transform(
        image.size, Image.Transform.AFFINE, (1, 0, 0, 0, 1, -9 * _mm(image)), fillcolor=255
    )
    faint = back.point(lambda grey: int(255 - (255 - grey) * 0.22))
    return _under(image, faint)


def stapled(image: Picture, seed: int) -> Picture:
    """A staple with its holes beside it, a folded corner, and a hair on the glass."""
    mm, sheet = _mm(image), image.copy()
    pen, lot = ImageDraw.Draw(sheet), np.random.default_rng(seed)
    pen.line([9 * mm, 13 * mm, 17 * mm, 8 * mm], fill=70, width=int(0.7 * mm))
    for x, y in ((8, 17), (16, 12), (22, 9), (29, 8)):
        pen.ellipse([x * mm, y * mm, (x + 0.8) * mm, (y + 0.8) * mm], fill=40)
    right = image.width
    pen.polygon([(right - 17 * mm, 0), (right, 0), (right, 14 * mm)], fill=150)
    x, y = float(lot.uniform(0.2, 0.8)) * image.width, float(lot.uniform(0.2, 0.8)) * image.height
    pen.arc([x, y, x + 14 * mm, y + 9 * mm], 20, 200, fill=60, width=max(1, int(0.15 * mm)))
    return sheet


def edged(image: Picture, seed: int) -> Picture:
    """Copied with the lid open: black beside and below the sheet, which lies off the corner of the glass."""
    mm = _mm(image)
    sheet = Image.new("L", image.size, 15)
    off = (int(6 * mm), -int(5 * mm)) if seed % 2 else (-int(6 * mm), int(5 * mm))
    sheet.paste(image.rotate(0.8, resample=Image.Resampling.BICUBIC, fillcolor=255), off)
    return sheet


def marked(image: Picture, seed: int) -> Picture:
    """A reader's pens: a highlighter over two lines, ticks in a margin, a stroke under some words, a bracket."""
    mm, lot = _mm(image), np.random.default_rng(seed)
    sheet = Image.new("L", image.size, 255)
    pen = ImageDraw.Draw(sheet)
    for _ in range(2):
        y = float(lot.uniform(0.15, 0.85)) * image.height
        x = float(lot.uniform(0.1, 0.5)) * image.width
        pen.rectangle([x, y, x + 70 * mm, y + 5 * mm], fill=205)
    for _ in range(5):
        y = float(lot.uniform(0.1, 0.9)) * image.height
        x = image.width - 13 * mm
        points = [(x, y), (x + 1.6 * mm, y + 2.6 * mm), (x + 5 * mm, y - 3.5 * mm)]
        pen.line(points, fill=60, width=int(0.5 * mm), joint="curve")
        x = float(lot.uniform(0.15, 0.6)) * image.width
        y = float(lot.uniform(0.1, 0.9)) * image.height
        pen.line([x, y, x + 30 * mm, y + float(lot.normal(0, 1)) * mm], fill=60, width=int(0.5 * mm))
    x, y = 12 * mm, float(lot.uniform(0.2, 0.7)) * image.height
    pen.arc([x, y, x + 6 * mm, y + 30 * mm], 90, 270, fill=60, width=int(0.5 * mm))
    return _under(image, sheet)


def head_down(image: Picture, seed: int) -> Picture:
    """The page fed the wrong way round."""
    return image.rotate(180)


def _under(image: Picture, mark: Picture) -> Picture:
    """Two inks on one sheet: light that passes both."""
    both: NDArray[np.float32] = np.asarray(image, dtype=np.float32) * np.asarray(mark, dtype=np.float32) / 255
    return Image.fromarray(both.astype(np.uint8))


FAULTS: dict[str, Fault] = {
    "spine": spine,
    "stamp": stamp,
    "punched": punched,
    "bled": bled,
    "stapled": stapled,
    "edged": edged,
    "marked": marked,
    "head down": head_down,
}
