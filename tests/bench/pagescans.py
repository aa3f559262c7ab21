"""Pages put on a scanner, a photocopier or a fax: pictures only, no text layer, each grade with its own faults."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFilter


@dataclass(frozen=True)
class Grade:
    """How pages are photographed; ``ink`` and ``paper`` are grey values, ``specks`` a share of the pixels."""

    name: str
    dpi: int
    skew: float = 0.0
    noise: float = 2.0
    quality: int = 75
    blur: float = 0.0
    ink: int = 22
    paper: int = 240
    shade: float = 0.0
    specks: float = 0.0
    copied: bool = False
    bilevel: bool = False
    turned: int = 0


GRADES = (
    Grade("300 dpi, clean", 300, skew=0.2),
    Grade("200 dpi, 1° skew, noise, JPEG 60", 200, skew=1.0, noise=7.0, quality=60),
    Grade("150 dpi, photocopy", 150, skew=0.4, noise=6.0, quality=60, blur=0.5, specks=0.0004, copied=True),
    Grade(
        "300 dpi, grey, bad contrast", 300, skew=0.3, noise=5.0, ink=118, paper=196, shade=0.22, quality=60
    ),
    Grade("200 dpi, fax, black and white", 200, skew=0.5, noise=10.0, specks=0.0006, bilevel=True),
)
TURNED = tuple(Grade(f"300 dpi, lying at {turn}°", 300, skew=0.3, turned=turn) for turn in (90, 180, 270))


def scan(source: Path, numbers: tuple[int, ...], grade: Grade, path: Path) -> None:
    """Pages (1-based) of a PDF as pictures in a PDF of its own."""
    document, out = pypdfium2.PdfDocument(source), pikepdf.new()
    for number in numbers:
        page = document[number - 1]
        width, height = page.get_size()
        image = page.render(scale=grade.dpi / 72).to_pil().convert("L")
        page.close()
        shot = photographed(image, grade, seed=number + 100)
        if grade.turned:
            shot = shot.rotate(grade.turned, expand=True)
            width, height = (height, width) if grade.turned % 180 else (width, height)
        add_picture(out, shot, width, height, grade)
    document.close()
    out.save(path, deterministic_id=True)


def photographed(image: Image.Image, grade: Grade, seed: int) -> Image.Image:
    """One page as the device sees it."""
    lot = np.random.default_rng(seed)
    angle = grade.skew if seed % 2 else -grade.skew
    image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if grade.blur:
        image = image.filter(ImageFilter.GaussianBlur(grade.blur))
    pixels = np.asarray(image, dtype=np.float32) / 255 * (grade.paper - grade.ink) + grade.ink
    if grade.shade:
        pixels *= 1 - grade.shade * np.linspace(0, 1, pixels.shape[1], dtype=np.float32)[None, :]
    pixels += lot.normal(0.0, grade.noise, pixels.shape).astype(np.float32)
    if grade.copied:
        pixels = 255 / (1 + np.exp(-(pixels - 128) / 26))
    if grade.specks:
        pixels = _specked(pixels, grade.specks, lot)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _specked(pixels: NDArray[np.float32], share: float, lot: np.random.Generator) -> NDArray[np.float32]:
    """Dust: dots of one or two pixels, as many black on paper as white in ink."""
    for shade in (0.0, 255.0):
        count = int(share * pixels.size)
        rows, columns = (
            lot.integers(0, pixels.shape[0] - 1, count),
            lot.integers(0, pixels.shape[1] - 1, count),
        )
        pixels[rows, columns] = shade
        half = count // 2
        pixels[rows[:half], columns[:half] + 1] = shade
    return pixels


def add_picture(out: pikepdf.Pdf, image: Image.Image, width: float, height: float, grade: Grade) -> None:
    if grade.bilevel:
        bits = np.asarray(image) > 128
        picture = pikepdf.Stream(out, np.packbits(bits, axis=1).tobytes())
        picture.BitsPerComponent = 1
    else:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=grade.quality)
        picture = pikepdf.Stream(out, stream.getvalue())
        picture.BitsPerComponent, picture.Filter = 8, pikepdf.Name.DCTDecode
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.ColorSpace = image.width, image.height, pikepdf.Name.DeviceGray
    sheet = out.add_blank_page(page_size=(width, height))
    sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
    sheet.Contents = pikepdf.Stream(out, f"q {width} 0 0 {height} 0 0 cm /Scan Do Q".encode())
