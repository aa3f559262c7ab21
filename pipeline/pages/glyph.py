"""What the readers of one page hand to the line builder: placed glyphs, from a text layer or from OCR."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.page import Line, Stroke, Tint
from pipeline.model.place import Box, Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """One drawn glyph (or one OCR word) with the text it stands for, which is never cut apart.

    ``baseline`` and the box are in points, origin top left; of text that runs up or down the page the baseline
    is its distance from the left. ``space`` marks a glyph that draws nothing.
    ``mark`` marks a combining sign, which belongs to the glyph it sits over. ``glued`` (``left``, ``right``)
    marks a bracket cut from an OCR word: no space belongs between it and its neighbour on that side.
    ``bound`` marks a part of a figure that goes on to its right: no column begins there. ``white`` is one drawn in white.
    """

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False
    font: str = ""
    space: bool = False
    mark: bool = False
    method: Method = Method.TEXT
    confidence: float = 1.0
    second_raw: str = ""
    glued: str = ""
    bound: bool = False
    white: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A field or note set over a page; ``lines`` are its text where the file has no picture of it and a viewer draws it."""

    box: Box
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What is drawn on one page: glyphs in stream order, rules, filled areas, images, curves counted; and what is set over it."""

    glyphs: tuple[Glyph, ...] = ()
    turned: tuple[Glyph, ...] = ()  # glyphs of text that runs up the page, their boxes as on the page
    downward: tuple[Glyph, ...] = ()  # glyphs of text that runs down the page
    strokes: tuple[Stroke, ...] = ()
    fills: tuple[Box, ...] = ()
    tints: tuple[Tint, ...] = ()
    images: tuple[Box, ...] = ()
    resolutions: tuple[float, ...] = ()  # of the images in dpi; what else is drawn among them has none and comes last
    curves: int = 0
    notes: tuple[Note, ...] = ()
