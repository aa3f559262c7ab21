"""Glyphs that a text layer names otherwise than they are drawn: lam-alefs named like their alef, strokes like a letter.

What may be one is told by its width and its neighbours, and then looked at on the page's image.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.language.bidi import fold_presentation
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.image.components import components
from pipeline.pages.image.raster import Gray

Mask = NDArray[np.bool_]
#: Font, text and width in font sizes of glyphs that are drawn alike.
Kind = tuple[str, str, float]

#: Letters and their presentation forms.
_ALEFS, _LAMS = frozenset("اأإآﺍﺎﺃﺄﺇﺈﺁﺂ"), frozenset("لﻝﻞﻟﻠ")
#: Resolutions at which stems and forks are looked for.
STEM_DPI, FORK_DPI = 100.0, 300.0
#: A lam-alef is so many times as wide as most alefs of its font, or more; of 40 Arabic fonts whose alefs are of two widths,
#: alone and joined, none has them so far apart. Fonts that draw an alef that wide draw it left of a lam that they name.
_WIDER = 1.85
#: Of the height of an alef, that between these shares from its head shows both strokes of a lam-alef; so many of one kind
#: are looked at.
_HEADS, _LOOKS = (0.1, 0.4), 5
#: Between these shares of the font size above the baseline every lam has its stem. A stroke named lam is looked for among
#: glyphs of which this share stand left of a lam: a producer gave both the name of their cluster.
_STEM, _AFTER_LAM = (0.22, 0.45), 0.33
#: Glyphs so near, as a share of their size, touch.
_TOUCHING = 0.06
#: How far print differs from its ground, of 255 shades.
_SHADES = 64


def as_drawn(layer: Layer, look: Callable[[float], Gray], width: float) -> Layer:
    """The layer, each lam-alef named as both letters, without strokes that bear the name of the letter that they stretch.

    Args:
        layer: as the file has it.
        look: gives the page's image at a resolution; called only where a glyph may be one of the two.
        width: of the page in points.
    """
    usual = _usual(layer.glyphs)
    beside = _left_of_lams(layer.glyphs)
    wide, doubled = _wide(layer.glyphs, beside, usual), _doubled(layer.glyphs, beside)
    strokes, lams = set(), set()
    if doubled:
        image = look(STEM_DPI)
        scale = image.shape[1] / width
        strokes = {g for held in doubled.values() if _stemless(held[:_LOOKS], image, scale) for g in held}
    if wide:
        image = look(FORK_DPI)
        scale = image.shape[1] / width
        lams = {g for held in wide.values() if _forked(held[:_LOOKS], usual, image, scale) for g in held}
    if not strokes and not lams:
        return layer
    stretched = {
        lam: replace(lam, box=replace(lam.box, x0=stroke.box.x0))
        for stroke in strokes
        if (lam := beside.get(stroke))
    }
    named = (
        replace(g, text="ل" + g.text) if g in lams else stretched.get(g, g)
        for g in layer.glyphs
        if g not in strokes
    )
    return replace(layer, glyphs=tuple(named))


def _left_of_lams(glyphs: Sequence[Glyph]) -> dict[Glyph, Glyph]:
    """Lams and alefs that touch a lam on their right, with that one."""
    rows: dict[tuple[str, float], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if _lam(glyph) or _alef(glyph):
            rows[glyph.font, round(glyph.baseline, 1)].append(glyph)
    for row in rows.values():
        row.sort(key=lambda g: g.box.x0)
    return {
        g: right
        for row in rows.values()
        for g, right in itertools.pairwise(row)
        if _lam(right) and right.box.x0 - g.box.x1 < _TOUCHING * g.size
    }


def _wide(
    glyphs: Sequence[Glyph], beside: Mapping[Glyph, Glyph], usual: Mapping[tuple[str, float], Glyph]
) -> dict[Kind, list[Glyph]]:
    """Glyphs named alef that are far wider than most of their font and size, by their kind; none left of a lam."""
    found: dict[Kind, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if _alef(glyph) and glyph.box.width >= _WIDER * usual[_face(glyph)].box.width:
            found[_kind(glyph)].append(glyph)
    return {kind: held for kind, held in found.items() if not any(g in beside for g in held)}


def _doubled(glyphs: Sequence[Glyph], beside: Mapping[Glyph, Glyph]) -> dict[Kind, list[Glyph]]:
    """Glyphs named lam of kinds that often stand left of a lam of another kind, by their kind."""
    held: dict[Kind, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if _lam(glyph):
            held[_kind(glyph)].append(glyph)
    after = {kind: sum(g in beside and _kind(beside[g]) != kind for g in lams) for kind, lams in held.items()}
    return {kind: lams for kind, lams in held.items() if after[kind] > _AFTER_LAM * len(lams)}


def _lam(glyph: Glyph) -> bool:
    return glyph.text in _LAMS


def _usual(glyphs: Sequence[Glyph]) -> dict[tuple[str, float], Glyph]:
    """An alef as wide as most of each font and size."""
    alefs: dict[tuple[str, float], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if _alef(glyph):
            alefs[_face(glyph)].append(glyph)
    return {
        face: sorted(held, key=lambda g: g.box.width)[(len(held) - 1) // 2] for face, held in alefs.items()
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


def _stemless(glyphs: Sequence[Glyph], image: Gray, scale: float) -> bool:
    """Whether most of some glyphs have nothing where a lam has its stem, and something at their baseline."""
    strokes = 0
    for glyph in glyphs:
        rows = [bool(row.any()) for row in _ink(image, glyph, scale)]
        low, high = (len(rows) - round(share * glyph.size * scale) for share in _STEM)
        strokes += not any(rows[max(high, 0) : low]) and any(rows[low:])
    return 2 * strokes > len(glyphs)


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
    numbers = np.arange(len(pieces.boxes))
    for label in numbers[1:]:
        yield pieces.drawn(numbers == label) > 0


def _strokes(heads: Mask) -> bool:
    """Whether most rows of a piece cross two strokes."""
    edges = np.diff(heads.astype(np.int8), axis=1, prepend=0) == 1
    return bool(heads.size) and 2 * int((edges.sum(axis=1) > 1).sum()) > len(heads)


def _alef(glyph: Glyph) -> bool:
    return glyph.text in _ALEFS and glyph.box.width > 0


def _face(glyph: Glyph) -> tuple[str, float]:
    return glyph.font, round(glyph.size, 1)


def _kind(glyph: Glyph) -> Kind:
    return glyph.font, fold_presentation(glyph.text), round(glyph.box.width / glyph.size, 3)
