"""Trains the networks of ``pipeline/pages/shapes/tifinagh.py``, which tell letters that only Tifinagh has from other print.

``python -m tests.bench.tifinagh train FOLDER…`` writes them from the typefaces of Debian's fonts-noto-core and the
fixtures, ``… measure FILE…`` tells how many letters of a typeface are known and how much other print is taken for one.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageFont

from pipeline.pages.image.raster import Gray
from pipeline.pages.shapes import digits, tifinagh
from pipeline.pages.shapes.digits import Floats
from tests.bench.digitshapes import _LOW, _degraded, _set, _views, trained

#: Letters of the official alphabet; those that Latin, Greek or digits have too are for neither class.
LETTERS = "ⴰⴱⴳⴷⴹⴻⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥ"
SHARED = "ⴰⴻⵅⵏⵓⵔⵜⵟⴷⵍⵇⴹⵕ"
OWN = [c for c in LETTERS if c not in SHARED]
OTHERS = [
    *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789éèêàçùîôÉÈÀÇ%&()/,.;:-+=«»!?°€@",
    *map(chr, (*range(0x621, 0x64B), *range(0x660, 0x66A), *range(0xFE8D, 0xFEF0))),
]
#: Largest type in pixels: headings of 30 points at 300 dpi.
_HIGH = 90.0
#: Share of the signs that are drawn heavier than their face has them.
BOLD = 0.5


def drawn(face: Path, texts: list[str], rounds: int, seed: str) -> Iterator[tuple[Gray, float]]:
    """Patches and proportions of signs of a typeface, each time at another size and in another state."""
    lot = random.Random(f"{face.name} {seed}")
    known = TTFont(face, lazy=True).getBestCmap() or {}
    for _ in range(rounds):
        size = round(lot.uniform(_LOW, _HIGH) * 1.35)
        font = ImageFont.truetype(str(face), size, layout_engine=ImageFont.Layout.BASIC)
        for text in texts:
            if set(map(ord, text)) <= set(known):
                image = _degraded(_heavier(_set(font, text, size), size, lot), size, lot)
                pieces = digits.pieces_of(np.where(image < 150, 255, 0).astype(np.uint8))
                piece = max(pieces, key=lambda p: int(p.mask.sum()), default=None)
                if piece is not None and piece.height >= tifinagh.LEAST_HEIGHT:
                    yield digits.patch(image, piece), piece.width / piece.height


def _heavier(image: Image.Image, size: int, lot: random.Random) -> Image.Image:
    """A bold face of the same: there are hardly any of Tifinagh."""
    side = round(lot.uniform(0, 0.08) * size)
    return image.filter(ImageFilter.MinFilter(side | 1)) if side > 1 and lot.random() < BOLD else image


def faces(folders: list[str], needed: str) -> list[Path]:
    """Plain typefaces that have some signs."""
    found = [
        p
        for folder in folders
        for p in ([Path(folder)] if Path(folder).is_file() else sorted(Path(folder).rglob("*.[to]tf")))
    ]
    return [p for p in found if set(map(ord, needed)) <= set(TTFont(p, lazy=True).getBestCmap() or ())]


def samples(folders: list[str], seed: str) -> tuple[NDArray[np.uint8], Floats, NDArray[np.int64]]:
    """Patches, places and classes (1 is a letter of Tifinagh alone)."""
    rows: list[tuple[Gray, float, int]] = []
    for face in faces(folders, "ⵎⵙⵣ"):
        rows += [(*row, 1) for row in drawn(face, OWN, 24, seed)]
    for needed in ("abc", "ابت"):
        for face in [f for f in faces(folders, needed) if f.stem.endswith(("-Regular", "-Bold"))]:
            rows += [(*row, 0) for row in drawn(face, OTHERS, 1 if needed == "abc" else 2, seed)]
    patches, widths, classes = zip(*rows, strict=True)
    return np.stack(patches), digits.western_places(np.array(widths, np.float32)), np.array(classes)


def train(folders: list[str]) -> None:
    """Write the networks."""
    patches, places, classes = samples(folders, "training")
    print(len(classes), classes.mean(), flush=True)
    stored = {
        f"{name}_{at}": weight.astype(np.float16)
        for n, (name, view) in enumerate(_views(patches, places))
        for at, weight in enumerate(trained(view, classes, n))
    }
    np.savez_compressed(tifinagh._MODEL, **stored)  # type: ignore[arg-type]


def measure(files: list[str]) -> None:
    """Letters of Tifinagh known, and other print taken for them, by typeface."""
    for face in map(Path, files):
        told = []
        for texts in (OWN, OTHERS):
            rows = list(drawn(face, texts, 6, "measure"))
            patches = [row[0] for row in rows]
            widths = np.array([row[1] for row in rows], np.float32)
            told.append(
                f"{tifinagh.own_letters(np.stack(patches), widths).mean():.3f} of {len(rows)}"
                if rows
                else "-"
            )
        print(face.name, *told, flush=True)


if __name__ == "__main__":
    {"train": train, "measure": measure}[sys.argv[1]](sys.argv[2:])
