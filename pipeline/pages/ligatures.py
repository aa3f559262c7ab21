"""Lam-alefs that a text layer names like their alef alone, told by their width and their looks."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.language.bidi import fold_presentation
from pipeline.pages.components import components
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.lines import baseline_rows
from pipeline.pages.raster import Gray

Mask = NDArray[np.bool_]

_ALEFS = frozenset("اأإآ")
#: A lam-alef is so many times as wide as most alefs of its font, or more; of 40 Arabic fonts whose alefs are of two widths,
#: alone and joined, none has them so far apart. Fonts that draw an alef that wide draw it left of a lam that they name.
_WIDER = 1.85
#: Of the height of an alef, that between these shares from its head shows both strokes of a lam-alef; so many of one kind
#: are looked at.
_HEADS, _LOOKS = (0.1, 0.4), 5
#: How far print differs from its ground, of 255 shades.
_SHADES = 64


def with_lams(layer: Layer, look: Callable[[], Gray], width: float) -> Layer:
    """The layer, each alef that is drawn as a lam-alef named as both.

    Args:
        layer: as the file has it.
        look: gives the page's image; called only where an alef is far wider than most of its font and size.
        width: of the page in points.
    """
    usual = _usual(layer.glyphs)
    doubted: dict[tuple[str, str, float], list[Glyph]] = defaultdict(list)
    for glyph in layer.glyphs:
        if _alef(glyph) and glyph.box.width >= _WIDER * usual[_face(glyph)].box.width:
            doubted[_kind(glyph)].append(glyph)
    for kind in _after_lam(layer.glyphs, doubted) if doubted else ():
        del doubted[kind]
    if not doubted:
        return layer
    image = look()
    scale = image.shape[1] / width
    meant = {kind for kind, held in doubted.items() if _forked(held[:_LOOKS], usual, image, scale)}
    named = {g for kind in meant for g in doubted[kind]}
    return replace(
        layer, glyphs=tuple(replace(g, text="ل" + g.text) if g in named else g for g in layer.glyphs)
    )


def _usual(glyphs: Sequence[Glyph]) -> dict[tuple[str, float], Glyph]:
    """An alef as wide as most of each font and size."""
    alefs: dict[tuple[str, float], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if _alef(glyph):
            alefs[_face(glyph)].append(glyph)
    return {
        face: sorted(held, key=lambda g: g.box.width)[(len(held) - 1) // 2] for face, held in alefs.items()
    }


def _after_lam(
    glyphs: Sequence[Glyph], kinds: Mapping[tuple[str, str, float], Sequence[Glyph]]
) -> set[tuple[str, str, float]]:
    """Those of the kinds of which one stands left of a lam."""
    held = {id(g) for one in kinds.values() for g in one}
    rows = [sorted(row, key=lambda g: g.box.x0) for row in baseline_rows([g for g in glyphs if not g.mark])]
    return {
        _kind(g)
        for row in rows
        for g, right in itertools.pairwise(row)
        if id(g) in held and fold_presentation(right.text)[:1] == "ل"
    }


def _forked(
    glyphs: Sequence[Glyph], usual: Mapping[tuple[str, float], Glyph], image: Gray, scale: float
) -> bool:
    """Whether most of some glyphs have two strokes where an alef of their font has its head."""
    forks = 0
    for glyph in glyphs:
        heads = np.flatnonzero(_ink(image, usual[_face(glyph)], scale).any(axis=1))
        ink = _ink(image, glyph, scale)
        if heads.size and ink.size:
            # Both end at the baseline.
            first, last = (heads[0] + round(share * (heads[-1] - heads[0])) for share in _HEADS)
            forks += any(_strokes(shape[first : last + 1]) for shape in _shapes(ink))
    return 2 * forks > len(glyphs)


def _ink(image: Gray, glyph: Glyph, scale: float) -> Mask:
    """Where the print of a glyph is, one size up from its baseline."""
    top, bottom, left, right = (
        max(round(edge * scale), 0)
        for edge in (glyph.baseline - glyph.size, glyph.baseline, glyph.box.x0, glyph.box.x1)
    )
    part = image[top:bottom, left:right].astype(np.int16)
    return np.abs(part - int(np.median(part))) > _SHADES if part.size else np.zeros((0, 0), np.bool_)


def _shapes(ink: Mask) -> Iterator[Mask]:
    """The connected pieces of some ink."""
    pieces = components(ink.astype(np.uint8), connectivity=8)
    for label in range(1, len(pieces.boxes)):
        yield pieces.labels == label


def _strokes(heads: Mask) -> bool:
    """Whether most rows of a piece cross two strokes."""
    edges = np.diff(heads.astype(np.int8), axis=1, prepend=0) == 1
    return bool(heads.size) and 2 * int((edges.sum(axis=1) > 1).sum()) > len(heads)


def _alef(glyph: Glyph) -> bool:
    return fold_presentation(glyph.text) in _ALEFS and glyph.box.width > 0


def _face(glyph: Glyph) -> tuple[str, float]:
    return glyph.font, round(glyph.size, 1)


def _kind(glyph: Glyph) -> tuple[str, str, float]:
    return glyph.font, fold_presentation(glyph.text), round(glyph.box.width / glyph.size, 2)
