"""Trains the networks of ``pipeline/pages/shapes/digits.py`` on drawn signs, or measures them on typefaces held out.

``python -m tests.bench.digitshapes train FOLDER…`` writes the model from every typeface in the folders that has
Arabic-Indic digits, ``… measure FOLDER…`` tells how well it reads those. The model in use was trained on 52 plain
typefaces: those of the fixtures, and of Debian's fonts-noto-core, -hosny-thabit, -sil-lateef, -sil-harmattan,
-sil-alkalami, -lemonada, -kacst, -arabeyes and -freefont-ttf but for those named in the README, which were held out.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.pages.image.raster import Gray
from pipeline.pages.shapes import digits
from pipeline.pages.shapes.digits import SIGNS, Floats

#: Signs of print and the class of each; Persian and Arabic typefaces draw the marks alike.
_MARKS = {
    ".": ".", ",": ",", "٫": ",", "،": ",", "٬": "٬", "’": "٬", "/": "/",
    "(": "(", ")": ")", "-": "-", "–": "-", "%": "٪", "٪": "٪",
}  # fmt: skip
#: A zero and a point differ by where they stand alone, so there are more of them.
_FLOATING = [("٠", "٠")] * 5 + [(".", ".")] * 8 + [("٫", ","), (",", ","), ("،", ",")] * 2
#: Letters and Western digits that look like ٥, ١, ٧, ٩ or ٦ are left out; which they are is for the page to say.
_ALIKE = frozenset("اهةوﺍﻩﺓﻭolIOVvY")
_FORMS = [c for c in map(chr, (*range(0x621, 0x64B), *range(0xFE8D, 0xFEF0))) if c not in _ALIKE]
_LATIN = [c for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in _ALIKE]
_WESTERN = list("234568")
_DIGITS = SIGNS[:10]
#: Height in pixels of the drawn digits: 6 to 12 points at 300 dpi.
_LOW, _HIGH = 15.0, 46.0
ROUNDS, HIDDEN, EPOCHS, BATCH, STEP, DECAY = 10, 64, 24, 256, 2e-3, 1e-4


def faces(folders: list[str]) -> list[Path]:
    """Typefaces with Arabic-Indic digits."""
    found = [p for folder in folders for p in sorted(Path(folder).rglob("*.[to]tf"))]
    return [p for p in found if set(map(ord, _DIGITS)) <= set(TTFont(p, lazy=True).getBestCmap() or ())]


def drawn(face: Path, rounds: int, seed: str) -> Iterator[tuple[Gray, tuple[float, float, float], int]]:
    """Patches, places and classes of the signs of a typeface, each time at another size and in another state."""
    lot = random.Random(f"{face.name} {seed}")
    known = TTFont(face, lazy=True).getBestCmap()
    for _ in range(rounds):
        others = lot.sample(_FORMS, 34) + lot.sample(_LATIN, 6) + _WESTERN
        texts = [
            *((d, d) for d in _DIGITS * 3),
            *_FLOATING,
            *_MARKS.items(),
            *((text, "") for text in others),
        ]
        _, _, height = _measures(face, 64)
        size = max(8, round(64 * lot.uniform(_LOW, _HIGH) / height))
        font, foot, height = _measures(face, size)
        for text, sign in texts:
            if ord(text) in known:
                image = _degraded(_set(font, text, size), size, lot)
                pieces = digits.pieces_of(np.where(image < 150, 255, 0).astype(np.uint8))
                measured = height * lot.uniform(0.8, 1.2)
                base = size * 1.4 + foot + lot.uniform(-0.07, 0.07) * height
                if pieces:
                    piece = max(pieces, key=lambda p: p.mask.sum())
                    yield digits.patch(image, piece), digits.place(piece, measured, base), SIGNS.index(sign)


def _measures(face: Path, size: int) -> tuple[ImageFont.FreeTypeFont, float, float]:
    """The face at a size, how far its tall digits reach below the line, and how high they are."""
    font = ImageFont.truetype(str(face), size, layout_engine=ImageFont.Layout.BASIC)
    boxes = np.array([font.getbbox(digit, anchor="ls") for digit in "١٢٣٦٧٨٩"])
    top, bottom = np.median(boxes[:, 1]), np.median(boxes[:, 3])
    return font, float(bottom), float(bottom - top)


def _set(font: ImageFont.FreeTypeFont, text: str, size: int) -> Image.Image:
    image = Image.new("L", (round(size * 2.2), round(size * 2.2)), 255)
    ImageDraw.Draw(image).text((size * 0.6, size * 1.4), text, font=font, fill=0, anchor="ls")
    return image


def _degraded(image: Image.Image, size: int, lot: random.Random) -> Gray:
    """As a scanner or a copier sees it."""
    if lot.random() < 0.7:
        turn = lot.uniform(-1.5, 1.5)
        image = image.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(image, np.float32)
    side = grey.shape[0]
    if lot.random() < 0.5:
        grey = cv2.GaussianBlur(grey, (0, 0), lot.uniform(0.2, 1.1) * size / 45)
    if lot.random() < 0.6:
        small = max(round(side * lot.uniform(0.4, 1.0)), 12)
        grey = cv2.resize(grey, (small, small), interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(lot.randrange(1 << 30))
    grey = grey + noise.normal(0, lot.uniform(0, 14), grey.shape)
    grey = _copied(grey, lot)
    grey = cv2.resize(np.clip(grey, 0, 255).astype(np.uint8), (side, side), interpolation=cv2.INTER_CUBIC)
    if lot.random() < 0.3:
        quality = [cv2.IMWRITE_JPEG_QUALITY, lot.randint(45, 80)]
        grey = cv2.imdecode(cv2.imencode(".jpg", grey, quality)[1], cv2.IMREAD_GRAYSCALE)
    return np.asarray(grey, np.uint8)


def _copied(grey: NDArray[np.float64], lot: random.Random) -> NDArray[np.float64]:
    """The print thicker, thinner, or black and white."""
    way = lot.random()
    if way < 0.35:
        return np.asarray(255 / (1 + np.exp(-(grey - lot.uniform(100, 160)) / 26)))
    if way < 0.5:
        return np.where(grey < lot.uniform(90, 170), 0.0, 255.0)
    return grey


def samples(
    folders: list[str], rounds: int, seed: str
) -> tuple[NDArray[np.uint8], Floats, NDArray[np.int64]]:
    """Patches, places and classes of all faces in the folders."""
    rows = [row for face in faces(folders) for row in drawn(face, rounds, seed)]
    patches, places, classes = zip(*rows, strict=True)
    return np.stack(patches), np.array(places, np.float32), np.array(classes)


def trained(features: Floats, classes: NDArray[np.int64], seed: int) -> list[Floats]:
    """Weights of one hidden layer, by Adam (Kingma and Ba 2015) on cross-entropy."""
    lot = np.random.default_rng(seed)
    sizes = (features.shape[1], HIDDEN, int(classes.max()) + 1)
    weights: list[Floats] = []
    for n, m in itertools.pairwise(sizes):
        weights += [lot.normal(0, (2 / n) ** 0.5, (n, m)).astype(np.float32), np.zeros(m, np.float32)]
    mean, spread = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    steps = 0
    for epoch in range(EPOCHS):
        order = lot.permutation(len(features))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            slopes = _slopes(weights, features[batch], classes[batch])
            steps += 1
            rate = STEP * 0.5 * (1 + np.cos(np.pi * epoch / EPOCHS))
            for i, slope in enumerate(slopes):
                mean[i] += 0.1 * (slope - mean[i])
                spread[i] += 0.001 * (slope * slope - spread[i])
                step = mean[i] / (1 - 0.9**steps) / (np.sqrt(spread[i] / (1 - 0.999**steps)) + 1e-8)
                weights[i] -= np.float32(rate) * (
                    step + np.float32(DECAY) * weights[i] * (weights[i].ndim > 1)
                )
    return weights


def _slopes(weights: list[Floats], features: Floats, classes: NDArray[np.int64]) -> list[Floats]:
    first, bias, second, _ = weights
    hidden = np.maximum(features @ first + bias, 0)
    error = digits.chances(features, *weights)
    error[np.arange(len(classes)), classes] -= 1
    error /= len(classes)
    back = (error @ second.T) * (hidden > 0)
    return [features.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]


def train(folders: list[str]) -> None:
    """Write the networks of Arabic-Indic digits."""
    patches, places, classes = samples(folders, ROUNDS, "training")
    _store({name: trained(view, classes, n) for n, (name, view) in enumerate(_views(patches, places))})


def train_western(folders: list[str]) -> None:
    """Write the networks of Western digits."""
    patches, places, classes = _western(folders, 8, "training")
    views = _views(patches, places)
    _store({f"western_{name}": trained(view, classes, n) for n, (name, view) in enumerate(views)})


def measure_western(folders: list[str]) -> None:
    """Digits of which both networks are sure, and those of them that are another digit."""
    patches, places, classes = _western(folders, 3, "measure")
    one, other = digits.tell_western(patches, places[:, 1])
    same = one.argmax(axis=1) == other.argmax(axis=1)
    sure = same & (np.minimum(one.max(axis=1), other.max(axis=1)) >= 0.95)
    wrong = sure & (one.argmax(axis=1) != classes)
    print(f"{len(classes)} digits, sure of {sure.sum()}, wrong {wrong.sum()}")


def _western(
    folders: list[str], rounds: int, seed: str
) -> tuple[NDArray[np.uint8], Floats, NDArray[np.int64]]:
    """Patches, places and classes of clean Western digits."""
    rows = []
    for face in sorted(p for folder in folders for p in Path(folder).rglob("*.[to]tf")):
        if not set(map(ord, "0123456789")) <= set(TTFont(face, lazy=True).getBestCmap() or ()):
            continue
        lot = random.Random(f"{face.name} {seed}")
        for _ in range(rounds):
            size = lot.randint(14, 60)
            font = ImageFont.truetype(str(face), size, layout_engine=ImageFont.Layout.BASIC)
            for digit in "0123456789":
                image = Image.new("L", (size * 2, size * 2), 255)
                at = (size * 0.5 + lot.random(), size * 1.4 + lot.random())
                ImageDraw.Draw(image).text(at, digit, font=font, fill=lot.choice((0, 60)), anchor="ls")
                grey = np.asarray(image)
                pieces = digits.pieces_of(np.where(grey < 150, 255, 0).astype(np.uint8))
                piece = max(pieces, key=lambda p: int(p.mask.sum()), default=None)
                if piece is not None and piece.height >= 7:
                    rows.append((digits.patch(grey, piece), piece.width / piece.height, int(digit)))
    patches, widths, classes = zip(*rows, strict=True)
    return np.stack(patches), digits.western_places(np.array(widths, np.float32)), np.array(classes)


def _store(networks: dict[str, list[Floats]]) -> None:
    with np.load(digits._MODEL) as model:
        stored = dict(model)
    for name, weights in networks.items():
        stored |= {f"{name}_{n}": weight.astype(np.float16) for n, weight in enumerate(weights)}
    np.savez_compressed(digits._MODEL, **stored)  # type: ignore[arg-type]


def _views(patches: NDArray[np.uint8], places: Floats) -> list[tuple[str, Floats]]:
    return [
        ("grey", digits.grey_features(patches, places)),
        ("outline", digits.outline_features(patches, places)),
    ]


def measure(folders: list[str]) -> None:
    """Digits read right by each network, and by both where both are sure."""
    for face in faces(folders):
        rows = list(drawn(face, 3, "measure"))
        patches, classes = np.stack([r[0] for r in rows]), np.array([r[2] for r in rows])
        places = np.array([r[1] for r in rows], np.float32)
        by = {name: digits._chances(view, name) for name, view in _views(patches, places)}
        told = [chance.argmax(axis=1) for chance in by.values()]
        digit = classes < 10
        sure = (told[0] == told[1]) & (np.minimum(*(c.max(axis=1) for c in by.values())) > 0.9)
        right = [f"{(t == classes)[digit].mean():.3f}" for t in told]
        missed = sure & (told[0] != classes) & (digit | (told[0] < 10))
        wrong = Counter((SIGNS[a], SIGNS[b]) for a, b in zip(classes[missed], told[0][missed], strict=True))
        print(face.name, *right, f"sure {sure[digit].mean():.3f}", dict(wrong), flush=True)


if __name__ == "__main__":
    work = {
        "train": train,
        "measure": measure,
        "train-western": train_western,
        "measure-western": measure_western,
    }
    work[sys.argv[1]](sys.argv[2:])
