"""Words from a page image; the only module that knows Tesseract.

Measured (research of November 2026, repeated in the tests): the script model ``Arabic`` reads text and layout
best but not figures; ``fra`` reads figures right in 98 of 100 crops, ``eng`` in 97. So every box that holds a
figure is read four times (script model, ``fra`` on the page, ``fra`` and ``eng`` on enlarged tiles) and the
readings vote. What they do not agree on keeps its second reading and a low confidence.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pytesseract

from pipeline.engine import PACKAGES, data_names, installed_languages
from pipeline.errors import MissingTool
from pipeline.model.place import Box, Method
from pipeline.pages.glyph import Glyph
from pipeline.pages.raster import Gray

#: Languages by their task; the script model is Debian's package tesseract-ocr-script-arab.
TEXT_MODEL, FIGURE_MODEL, SECOND_MODEL = "Arabic", "fra", "eng"
#: Seconds one Tesseract call may take.
TIME_LIMIT = 120
#: Height in pixels to which a figure is enlarged, and the white around it.
TILE_HEIGHT, TILE_MARGIN, TILE_ROW = 46, 12, 96
#: Words lower than this are specks (points).
LEAST_HEIGHT = 4.0
_DIGIT = re.compile(r"\d")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064A\u0671-\u06D3]")
_MARKS, _NO_MARK = str.maketrans("−–٪،", "--%,"), re.compile(r"[^\d.,:/%()\-+']")
_ARABIC_DIGIT = re.compile(r"[٠-٩۰-۹]")
_COMMA_AFTER_FIGURE = re.compile(r"(?<=[\d%)])[ء»›]+$")
_FIGURE = re.compile(r"^[(\[«]?[-+−]?[%٪]?\d[\d.,:/\-−–'’]*[%٪]?[)\]»]?[.,،:;؛]?$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word as Tesseract gave it; box in pixels (x, y, width, height), confidence from 0 to 1."""

    text: str
    x: int
    y: int
    width: int
    height: int
    confidence: float


def demand_languages() -> None:
    """Check that all that reading a scan needs is there.

    Raises:
        MissingTool: naming what is missing and the command that installs it.
    """
    # Tesseract's own threads fight over two cores: 459 s against 9 s for ten images (tesseract issue 3109).
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    missing = [name for name in PACKAGES if name not in installed_languages()]
    if missing:
        packages = " ".join(["tesseract-ocr", *(PACKAGES[name] for name in missing)])
        raise MissingTool(
            f"A scanned page needs Tesseract with {', '.join(missing)}, which is not installed.",
            f"Install it with: apt-get install {packages}",
        )


def read_words(image: Gray, dpi: float) -> list[Glyph]:
    """Words of a straightened page image without its rules, as placed glyphs in points.

    Raises:
        MissingTool: a language pack is missing.
        RuntimeError: Tesseract failed or passed its time limit.
    """
    demand_languages()
    text = _best_layout(image, dpi)
    figures = [t for t in _tokens(image, FIGURE_MODEL, 11, dpi) if _DIGIT.search(t.text)]
    words = _with_missed_figures(text, figures)
    boxes = [i for i, (token, _) in enumerate(words) if _is_figure(token.text)]
    reread = _reread(image, [words[i][0] for i in boxes], dpi)
    scale = 72 / dpi
    glyphs = []
    by_index = dict(zip(boxes, reread, strict=True))
    for i, (token, page_reading) in enumerate(words):
        if i in by_index:
            voted = _vote(token, page_reading, by_index[i])
            if voted is None:
                continue
            token, second = voted
        else:
            token, second = replace(token, confidence=min(token.confidence, 0.97)), ""
        box = Box(
            token.x * scale,
            token.y * scale,
            (token.x + token.width) * scale,
            (token.y + token.height) * scale,
        )
        if box.height < LEAST_HEIGHT:
            continue
        glyph = Glyph(
            text=token.text,
            box=box,
            baseline=box.bottom,
            size=max(box.height, 5.0),
            method=Method.OCR,
            confidence=round(token.confidence, 3),
            second_raw=second,
        )
        glyphs.extend(_brackets_apart(glyph) if i in by_index else [glyph])
    return _levelled_lines(glyphs)


def _brackets_apart(glyph: Glyph) -> list[Glyph]:
    """A figure as seen without the brackets at its ends, which a right-to-left line turns round."""
    text = glyph.text
    head = 1 if len(text) > 1 and text[0] in "([" else 0
    tail = 1 if len(text) > 1 and text[-1] in ")]" else 0
    if head + tail in (0, 2) or len(text) <= head + tail:
        return [glyph]
    step = glyph.box.width / len(text)
    box = glyph.box
    left, right = box.x0 + head * step, box.x1 - tail * step
    parts = [replace(glyph, text=text[head : len(text) - tail], box=Box(left, box.top, right, box.bottom))]
    if head:
        parts.insert(
            0,
            replace(
                glyph, text=text[0], box=Box(box.x0, box.top, left, box.bottom), second_raw="", glued="right"
            ),
        )
    if tail:
        parts.append(
            replace(
                glyph, text=text[-1], box=Box(right, box.top, box.x1, box.bottom), second_raw="", glued="left"
            )
        )
    return parts


def _tokens(image: Gray, language: str, mode: int, dpi: float) -> list[Token]:
    data = pytesseract.image_to_data(
        image,
        lang=_data_name(language),
        config=f"--psm {mode} --dpi {round(dpi)}",
        timeout=TIME_LIMIT,
        output_type=pytesseract.Output.DICT,
    )
    found = []
    for text, x, y, w, h, confidence in zip(
        data["text"], data["left"], data["top"], data["width"], data["height"], data["conf"], strict=True
    ):
        if text.strip() and float(confidence) >= 0:
            # The Arabic comma after a figure comes back as a hamza or a closing quote.
            said = _COMMA_AFTER_FIGURE.sub("،", text.strip())
            found.append(Token(said, int(x), int(y), int(w), int(h), float(confidence) / 100))
    return found


def _data_name(language: str) -> str:
    """Name under which Tesseract knows a model: script models may sit in a subfolder."""
    return next((n for n in data_names() if n == language or n.endswith(f"/{language}")), language)


def _best_layout(image: Gray, dpi: float) -> list[Token]:
    """Text by the script model, in the page mode that accounts for most of the page's ink.

    Mode 4 reads ruled Arabic pages best, yet finds nothing on some label and figure pages.
    """
    tokens = _believable(_tokens(image, TEXT_MODEL, 4, dpi))
    if _explained(image, tokens) >= 0.72:
        return tokens
    sparse = _believable(_tokens(image, TEXT_MODEL, 11, dpi))
    extra = [t for t in sparse if not any(_overlap(t, other) > 0.3 for other in tokens)]
    return tokens + extra


def _believable(tokens: Sequence[Token]) -> list[Token]:
    """Tokens that are print; specks and pieces of pictures come back as words of no confidence."""
    return [t for t in tokens if t.confidence >= 0.25 or (_DIGIT.search(t.text) and t.confidence >= 0.05)]


def _explained(image: Gray, tokens: Sequence[Token]) -> float:
    """Share of the page's ink that lies inside the words found."""
    ink = image < 128
    total = int(ink.sum())
    if not total:
        return 1.0
    mask = np.zeros_like(ink)
    for t in tokens:
        mask[max(t.y - 4, 0) : t.y + t.height + 4, max(t.x - 4, 0) : t.x + t.width + 4] = True
    return float((ink & mask).sum()) / total


def _overlap(a: Token, b: Token) -> float:
    """Shared area as a share of the smaller box."""
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    smaller = min(a.width * a.height, b.width * b.height)
    return width * height / smaller if width > 0 and height > 0 and smaller else 0.0


def _with_missed_figures(text: Sequence[Token], figures: Sequence[Token]) -> list[tuple[Token, str]]:
    """Words of the script model, each with what the figure model read there; figures it alone saw are added."""
    pairs: list[tuple[Token, str]] = []
    used: set[int] = set()
    for token in text:
        held = [(i, f) for i, f in enumerate(figures) if _overlap(token, f) > 0.55]
        used.update(i for i, _ in held)
        pairs.append((token, " ".join(f.text for _, f in sorted(held, key=lambda pair: pair[1].x))))
    for i, figure in enumerate(figures):
        covered = any(_overlap(figure, t) > 0.2 and t.confidence > 0.4 for t in text)
        if i not in used and not covered and _is_figure(figure.text) and figure.confidence > 0.4:
            pairs.append((figure, figure.text))
    return pairs


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.match(text)) and not _ARABIC_LETTER.search(text)


def _reread(image: Gray, tokens: Sequence[Token], dpi: float) -> list[tuple[str, str]]:
    """Read each box again on an enlarged tile with the figure model and the second model.

    Many tiles make one tall image, so that a page costs two process starts and not two a figure.
    """
    if not tokens:
        return []
    tiles = [_tile(image, token) for token in tokens]
    width = max(tile.shape[1] for tile in tiles) + 2 * TILE_MARGIN
    readings: list[list[str]] = []
    for model in (FIGURE_MODEL, SECOND_MODEL):
        texts = [""] * len(tiles)
        for start in range(0, len(tiles), 60):
            part = tiles[start : start + 60]
            sheet = np.full((TILE_ROW * len(part), width), 255, np.uint8)
            for row, tile in enumerate(part):
                top = row * TILE_ROW + (TILE_ROW - tile.shape[0]) // 2
                sheet[top : top + tile.shape[0], TILE_MARGIN : TILE_MARGIN + tile.shape[1]] = tile
            for token in sorted(_tokens(sheet, model, 6, 300), key=lambda t: t.x):
                row = start + int((token.y + token.height / 2) // TILE_ROW)
                if row < len(texts):
                    texts[row] += token.text
        readings.append(texts)
    return list(zip(readings[0], readings[1], strict=True))


def _tile(image: Gray, token: Token) -> Gray:
    pad = max(4, token.height // 6)
    top, left = max(token.y - pad, 0), max(token.x - pad, 0)
    crop = image[top : token.y + token.height + pad, left : token.x + token.width + pad]
    scale = TILE_HEIGHT / max(crop.shape[0], 1)
    scale = min(max(scale, 0.3), 4.0)
    return cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC).astype(np.uint8)[
        : TILE_ROW - 4
    ]


def _vote(token: Token, page_reading: str, tiles: tuple[str, str]) -> tuple[Token, str] | None:
    """Agree on one figure; returns the token with its text and confidence, and a dissenting reading.

    ``None`` when no reading of the tile holds a digit: what looked like a figure was not one.
    """
    if _ARABIC_DIGIT.search(token.text):
        # Only the script model has these digits and it reads few of them right: never believed alone.
        return replace(token, confidence=min(token.confidence, 0.5)), tiles[0] or tiles[1]
    readings = [token.text, page_reading, *tiles]
    digits = [_digits(reading) for reading in readings]
    if not any(digits[1:]):
        return None if token.confidence < 0.6 else (replace(token, confidence=0.3), "")
    weights: Counter[str] = Counter()
    for reading, weight in zip(digits, (0.9, 1.0, 1.1, 1.05), strict=True):
        if reading:
            weights[reading] += weight  # type: ignore[assignment]
    best = max(weights, key=lambda d: (weights[d], d == digits[2]))
    votes = sum(d == best for d in digits)
    against = sum(bool(d) and d != best for d in digits)
    dissent = next((r for r, d in zip(readings, digits, strict=True) if d and d != best), "")
    confidence = {(4, 0): 0.995, (3, 0): 0.98, (3, 1): 0.93, (2, 0): 0.9, (2, 1): 0.75, (2, 2): 0.5}.get(
        (votes, against), 0.4
    )
    shaped = Counter(_marks(r) for r, d in zip(readings, digits, strict=True) if d == best)
    agreed = max(shaped, key=lambda s: (shaped[s], _digits(s) == best))
    if len(shaped) > 1 and shaped[agreed] <= sum(shaped.values()) / 2:
        confidence = min(confidence, 0.8)
        dissent = dissent or next(s for s in shaped if s != agreed)
    return replace(token, text=agreed, confidence=confidence), dissent


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _marks(text: str) -> str:
    """The reading with its separators and signs, without what a figure can't hold."""
    kept = _NO_MARK.sub("", text.translate(_MARKS))
    return kept if kept.endswith("%") else kept.rstrip(".,:'")


def _levelled_lines(glyphs: list[Glyph]) -> list[Glyph]:
    """Give the words of one printed line one baseline and size: OCR boxes hug the ink of each word."""
    out: list[Glyph] = []
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.box.centre[1]):
        for row in rows[-6:]:
            centre = np.median([g.box.centre[1] for g in row[-8:]])
            height = np.median([g.box.height for g in row])
            if abs(centre - glyph.box.centre[1]) < 0.42 * max(height, 0.7 * glyph.box.height):
                row.append(glyph)
                break
        else:
            rows.append([glyph])
    for row in rows:
        size, baseline = (float(v) for v in np.median([(g.box.height, g.box.bottom) for g in row], axis=0))
        out.extend(replace(g, baseline=baseline, size=size) for g in row)
    return out
