"""Digits that a font draws small and high by glyphs of their own and names like any digit: calls of notes, powers.

OpenType has such glyphs (feature ``sups``); they are as big as the letters beside them by what the file says, so that only
their width tells that they may be some, and their print that they are. They are given the size and place of their print.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.image.raster import Gray

#: Font, text and width in font sizes of glyphs that are drawn alike.
Kind = tuple[str, str, float]

_DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩")
#: Superior digits are no wider than this share of most digits of their font; so is a 1 of digits of their own widths.
_NARROW = 0.78
#: Resolution at which they are looked at, and how many of one kind are.
LOOK_DPI, _LOOKS = 200.0, 4
#: Their print ends this share of the font size or more above the baseline, where that of digits has its foot.
_LIFT = 0.18
#: How high digits are, in sizes of type, and how far print differs from its ground, of 255 shades.
_DIGIT_HEIGHT, _SHADES = 0.68, 64
#: Glyphs so near, as a share of their size, touch.
_TOUCHING = 0.08


def with_superiors(layer: Layer, look: Callable[[float], Gray], width: float) -> Layer:
    """The layer, its superior digits small and raised as they are drawn.

    Args:
        layer: as the file has it.
        look: gives the page's image at a resolution; called only where a digit may be one.
        width: of the page in points.
    """
    narrow = _narrow(layer.glyphs)
    if not narrow:
        return layer
    image = look(LOOK_DPI)
    scale = image.shape[1] / width
    raised: dict[Glyph, Glyph] = {}
    for held in narrow.values():
        shares = [_print_of(glyph, image, scale) for glyph in held[:_LOOKS]]
        told = [share for share in shares if share is not None]
        if not told or min(foot for foot, _ in told) < _LIFT:
            continue
        foot, head = median(foot for foot, _ in told), median(head for _, head in told)
        raised |= {glyph: _raised(glyph, foot, head) for glyph in held}
    if not raised:
        return layer
    return replace(layer, glyphs=tuple(raised.get(glyph, glyph) for glyph in layer.glyphs))


def _narrow(glyphs: Sequence[Glyph]) -> dict[Kind, list[Glyph]]:
    """Digits far narrower than most of their font, by their kind; none of which any stands before a digit as wide as those."""
    widths: dict[str, list[float]] = defaultdict(list)
    for glyph in glyphs:
        if glyph.text in _DIGITS and glyph.size > 0:
            widths[glyph.font].append(glyph.box.width / glyph.size)
    if not any(min(held) <= _NARROW * max(held) for held in widths.values()):
        return {}
    usual = {font: median(held) for font, held in widths.items()}
    found: dict[Kind, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if glyph.text in _DIGITS and 0 < glyph.box.width <= _NARROW * usual[glyph.font] * glyph.size:
            found[_kind(glyph)].append(glyph)
    leading = _before_digits(glyphs, found) if found else set()
    return {kind: held for kind, held in found.items() if kind not in leading}


def _before_digits(glyphs: Sequence[Glyph], narrow: dict[Kind, list[Glyph]]) -> set[Kind]:
    """Kinds of narrow digits one of which stands right before a digit of another width, as the 1 of 1 250 and 17 does."""
    rows: dict[tuple[str, float], list[Glyph]] = defaultdict(list)
    fonts = {font for font, _, _ in narrow}
    for glyph in glyphs:
        if glyph.font in fonts and not glyph.space:
            rows[glyph.font, round(glyph.baseline, 1)].append(glyph)
    found = set()
    for row in rows.values():
        row.sort(key=lambda glyph: glyph.box.x0)
        for left, right in itertools.pairwise(row):
            near = right.box.x0 - left.box.x1 < _TOUCHING * left.size
            if near and right.text in _DIGITS and _kind(left) in narrow and _kind(right) not in narrow:
                found.add(_kind(left))
    return found


def _print_of(glyph: Glyph, image: Gray, scale: float) -> tuple[float, float] | None:
    """How far above its baseline the print of a glyph begins and ends, in sizes of type; none where nothing is printed."""
    top, bottom, left, right = (
        max(round(edge * scale), 0)
        for edge in (
            glyph.baseline - glyph.size,
            glyph.baseline + 0.1 * glyph.size,
            glyph.box.x0,
            glyph.box.x1,
        )
    )
    part = image[top:bottom, left:right].astype(np.int16)
    if not part.size:
        return None
    # Of what reaches over from a neighbour only the edge is inside.
    ink = (np.abs(part - int(np.median(part))) > _SHADES)[:, 1:-1].any(axis=1)
    rows = np.flatnonzero(ink)
    if not rows.size:
        return None
    pixels = glyph.size * scale
    floor = glyph.baseline * scale - top
    return (floor - float(rows[-1]) - 1) / pixels, (floor - float(rows[0])) / pixels


def _raised(glyph: Glyph, foot: float, head: float) -> Glyph:
    size = (head - foot) / _DIGIT_HEIGHT * glyph.size
    baseline = glyph.baseline - foot * glyph.size
    box = Box(glyph.box.x0, glyph.baseline - head * glyph.size, glyph.box.x1, baseline)
    return replace(glyph, box=box, baseline=baseline, size=size)


def _kind(glyph: Glyph) -> Kind:
    return glyph.font, glyph.text, round(glyph.box.width / max(glyph.size, 0.1), 2)
