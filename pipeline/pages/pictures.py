"""Print in the pictures of a digital page: tables as images, words drawn one image each, fields and notes set over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256

import numpy as np

from pipeline.model.page import Line, Stroke
from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.image import raster
from pipeline.pages.ocr import tesseract
from pipeline.pages.ocr.prepared import prepared

#: Images smaller than this share of the page are logos and ornaments, unless they are shaped like print.
LEAST_IMAGE = 0.008
#: Heights in points of what can be one line of print or a word of it, and how much wider than high it is.
LOWEST, HIGHEST, FLAT = 4.0, 40.0, 1.5
#: Pieces of a picture no farther apart than this (points) are one: producers cut pictures into strips.
JOINT = 1.0
#: Mean confidence from which the words of a picture are print, for many words and for few.
PRINT, FEW_WORDS_PRINT, FEW = 0.6, 0.75, 3


def pictures_to_read(images: Sequence[Box], lines: Sequence[Line], area: float) -> list[Box]:
    """Pictures of a page that may hold print.

    Args:
        images: of the page.
        lines: of its text layer; a picture that they are written across is a background.
        area: of the page in square points.
    """
    whole = joined(images)
    return [
        b
        for b in whole
        if (b.width * b.height > LEAST_IMAGE * area or _flat(b)) and not _written_on(b, lines)
    ]


def joined(images: Sequence[Box]) -> list[Box]:
    """Pictures whose pieces are put together again: strips of one width, one under the other."""
    out: list[Box] = []
    for box in sorted(images, key=lambda b: (b.x0, b.top)):
        last = out[-1] if out else None
        if (
            last is not None
            and abs(last.x0 - box.x0) < JOINT
            and abs(last.x1 - box.x1) < JOINT
            and -JOINT < box.top - last.bottom < JOINT
        ):
            out[-1] = Box(last.x0, last.top, last.x1, box.bottom)
        else:
            out.append(box)
    return out


@dataclass(slots=True)
class Print:
    """What pictures of a page hold, in points of the page: words, and rules and filled areas of those with words."""

    words: list[Glyph] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)


class Known:
    """What was read in the pictures of a report: the head of a letter that every page shows is read once."""

    def __init__(self) -> None:
        self._held: dict[bytes, Print] = {}

    def of(self, image: raster.Gray, read: Callable[[raster.Gray], Print]) -> Print:
        """What an image holds: as it was read before, or else read now."""
        key = sha256(image.tobytes() + str(image.shape).encode()).digest()
        if key not in self._held:
            self._held[key] = read(image)
        return self._held[key]


def print_in(image: raster.Gray, pictures: Sequence[Box], width: float, known: Known) -> Print:
    """What is printed inside pictures of a digital page, if it is print and no photographs.

    Args:
        image: of the page.
        pictures: where they are; those that are shaped like lines of print are read together, and ground that two
            share (a table over a watermark) is read once, with the smaller one.
        width: of the page in points.
        known: what was read in pictures of the pages before.

    Raises:
        RuntimeError: Tesseract failed.
    """
    scale = image.shape[1] / width
    seen = Print()
    words = np.full_like(image, 255)
    flat: list[Box] = []
    image = image.copy()
    for box in sorted(pictures, key=lambda b: b.width * b.height):
        place = tuple(max(int(v * scale), 0) for v in (box.top, box.bottom, box.x0, box.x1))
        crop = image[place[0] : place[1], place[2] : place[3]].copy()
        image[place[0] : place[1], place[2] : place[3]] = 255
        if not raster.looks_like_text(crop):
            continue
        if _flat(box):
            words[place[0] : place[1], place[2] : place[3]] = crop
            flat.append(box)
        else:
            read = known.of(crop, partial(_print_of, width=box.width, dpi=scale * 72))
            seen.words += _moved(read.words, box)
            seen.strokes += [replace(s, box=_at(s.box, box)) for s in read.strokes]
            seen.fills += [_at(fill, box) for fill in read.fills]
    if flat:
        read = known.of(words, lambda w: Print(tesseract.read_words(w, scale * 72)))
        for box in flat:
            seen.words += _believed([w for w in read.words if box.holds(*w.box.centre)])
    return seen


def _print_of(crop: raster.Gray, width: float, dpi: float) -> Print:
    """What one picture holds, in points from its corner."""
    ready = prepared(crop, width, dpi, askew=False)
    words = _believed(tesseract.read_words(ready.image, ready.dpi, ready.cuts))
    return Print(list(words), list(ready.strokes), list(ready.fills)) if words else Print()


def _flat(box: Box) -> bool:
    return LOWEST <= box.height <= HIGHEST and box.width > FLAT * box.height


def _believed(words: Sequence[Glyph]) -> Sequence[Glyph]:
    """The words, unless they are what a model sees in a photograph or an ornament."""
    sure = PRINT if len(words) >= FEW else FEW_WORDS_PRINT
    return words if words and sum(w.confidence for w in words) >= sure * len(words) else ()


def _moved(words: Sequence[Glyph], box: Box) -> list[Glyph]:
    """Words of a crop at their places on the page."""
    return [replace(w, box=_at(w.box, box), baseline=w.baseline + box.top) for w in words]


def _at(place: Box, box: Box) -> Box:
    """A place in a picture as one of the page."""
    return Box(place.x0 + box.x0, place.top + box.top, place.x1 + box.x0, place.bottom + box.top)


def _written_on(box: Box, lines: Sequence[Line]) -> bool:
    """Whether the text layer writes across a picture: then the picture is a background."""
    return sum(box.holds(*line.box.centre) for line in lines) >= 3
