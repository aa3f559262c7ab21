"""Text that nobody sees: white on white, as spreadsheets and word processors leave it in what they print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.pages.glyph import Glyph, Layer
from pipeline.pages.image.raster import Gray

#: Print differs from its ground by more than so many of 255 shades.
SHADES = 24
#: The share of a letter's box at its head and its foot into which other lines may reach.
EDGE = 0.25


def without_unseen(layer: Layer, look: Callable[[], Gray], width: float) -> Layer:
    """The layer without white letters that the page does not show.

    Args:
        layer: as the file has it.
        look: gives the page's image; called only where white letters stand on no filled area.
        width: of the page in points.
    """
    doubted = {g for g in layer.glyphs if g.white and not any(f.holds(*g.box.centre) for f in layer.fills)}
    if not any(not g.space for g in doubted):
        return layer
    image = look()
    scale = image.shape[1] / width
    gone = {g for g in doubted if not _shows(g, image, scale)}
    return replace(layer, glyphs=tuple(g for g in layer.glyphs if g not in gone))


def _shows(glyph: Glyph, image: Gray, scale: float) -> bool:
    """Whether anything is to be seen where a letter stands."""
    box, edge = glyph.box, EDGE * glyph.box.height
    top, bottom = max(int((box.top + edge) * scale), 0), int((box.bottom - edge) * scale) + 1
    left, right = max(int(box.x0 * scale), 0), int(box.x1 * scale) + 1
    there = image[top:bottom, left:right]
    return bool(there.size) and int(there.max()) - int(there.min()) > SHADES
