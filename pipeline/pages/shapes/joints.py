"""Digits that touch parted, and the parts of a percent sign put together, where the networks then know what they see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.pages.image.raster import Gray
from pipeline.pages.shapes.digits import PALE, Piece, Sign, tell
from pipeline.pages.shapes.signs import DIGITS, PERCENT

#: A piece wider than this share of a tall digit may be several that touch, as the arms of ٧٧ do in close type; it is as high
#: as one, and is parted no nearer to its ends, nor to another cut, than these shares.
WIDE, HEIGHTS, LEAST_PART, STEP = 1.05, (0.8, 1.25), 0.3, 0.12
#: So many digits touch each other at most, and so many places where the ink is thinnest are tried.
MOST, CUTS = 3, 4
#: Both networks are at least so sure of each part, or of the whole; and no digit that was cut from another is surer than that.
SURE, CUT = 0.85, 0.6
#: A percent sign is so wide and so high against a tall digit, and of so many parts no farther apart than this.
WIDTHS, SIGN_HEIGHTS, PARTS, GAP = (0.6, 1.45), (0.8, 1.6), 4, 0.12
#: A percent sign has a digit on one side of it at most, so near.
BESIDE = 0.8


def told(image: Gray, pieces: Sequence[Piece], height: float, base: float) -> tuple[list[Sign], list[Piece]]:
    """What the pieces of one stretch of print are, parted and joined where that makes signs of them, and these pieces.

    Args:
        image: dark print on white, of which the pieces are part.
        pieces: ink from left to right, with places in the image.
        height: of the tall digits there, in pixels.
        base: where these stand (y of their feet).
    """
    signs, held = _with_percents(image, tell(image, pieces, height, base), list(pieces), height, base)
    if not any(_is_digit(s) for s in signs):
        return signs, held
    out: list[tuple[Sign, Piece]] = []
    for sign, piece in zip(signs, held, strict=True):
        several = _may_be_several(sign, height)
        out += (several and _parted(image, piece, height, base, MOST)) or [(sign, piece)]
    return [s for s, _ in out], [p for _, p in out]


def _is_digit(sign: Sign) -> bool:
    """Whether both networks are sure of the same digit."""
    sure = min(sign.confidence, sign.second_confidence) >= SURE
    return sure and sign.text == sign.second and sign.text in DIGITS


def _may_be_several(sign: Sign, height: float) -> bool:
    low, high = HEIGHTS
    return (
        sign.width >= WIDE * height and low * height <= sign.height <= high * height and not _is_digit(sign)
    )


def _parted(image: Gray, piece: Piece, height: float, base: float, most: int) -> list[tuple[Sign, Piece]]:
    """The digits of a piece from the left, if there is a cut that leaves nothing else; else nothing."""
    best: tuple[float, list[tuple[Sign, Piece]]] = (0.0, [])
    for at in _thinnest(piece, height):
        first, rest = _part(piece, 0, at), _part(piece, at, piece.width)
        sign, other = tell(image, [first, rest], height, base)
        if not _is_digit(sign):
            continue
        several = most > 2 and _may_be_several(other, height)
        ends = [(other, rest)] if _is_digit(other) else []
        parts = [(sign, first), *(ends or (_parted(image, rest, height, base, most - 1) if several else ()))]
        if len(parts) > 1:
            best = max(best, (min(s.confidence for s, _ in parts), parts), key=lambda b: b[0])
    return [
        (replace(s, confidence=min(s.confidence, CUT), second_confidence=min(s.second_confidence, CUT)), p)
        for s, p in best[1]
    ]


def _thinnest(piece: Piece, height: float) -> list[int]:
    """Columns of a piece with the least ink, none at its ends and none beside another."""
    ink = piece.mask.sum(axis=0)
    edge, step = round(LEAST_PART * height), STEP * height
    found: list[int] = []
    for at in sorted(range(edge, piece.width - edge), key=lambda column: int(ink[column])):
        if all(abs(at - other) >= step for other in found):
            found.append(at)
        if len(found) == CUTS:
            break
    return found


def _part(piece: Piece, start: int, end: int) -> Piece:
    """Some columns of a piece, with no more rows than hold its ink."""
    mask = piece.mask[:, start:end]
    rows = np.flatnonzero(mask.any(axis=1))
    columns = np.flatnonzero(mask.any(axis=0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    held = mask[top:bottom, left:right]
    return Piece(piece.x + start + left, piece.y + top, right - left, bottom - top, held)


def _with_percents(
    image: Gray, signs: list[Sign], pieces: list[Piece], height: float, base: float
) -> tuple[list[Sign], list[Piece]]:
    """The same with what is a percent sign when taken together as one; a bad copy leaves its rings and stroke apart."""
    spans = [
        (start, end)
        for start in range(len(pieces))
        for end in range(start + 2, min(start + PARTS, len(pieces)) + 1)
        if _may_be_percent(signs, pieces, start, end, height)
    ]
    if not spans:
        return signs, pieces
    wholes = [_whole(image, pieces[start:end]) for start, end in spans]
    taken: set[int] = set()
    for (start, end), whole, sign in sorted(
        zip(spans, wholes, tell(image, wholes, height, base), strict=True),
        key=lambda one: one[0][0] - one[0][1],
    ):
        if _is_percent(sign) and not taken & set(range(start, end)):
            taken |= set(range(start, end))
            signs[start:end], pieces[start:end] = [sign] * (end - start), [whole] * (end - start)
    kept = [at for at, piece in enumerate(pieces) if not at or piece is not pieces[at - 1]]
    return [signs[at] for at in kept], [pieces[at] for at in kept]


def _is_percent(sign: Sign) -> bool:
    """Whether one network is sure of a percent sign, and the other sees nothing else in it."""
    readings = ((sign.text, sign.confidence), (sign.second, sign.second_confidence))
    return any(text == PERCENT and sure >= SURE for text, sure in readings) and all(
        text in (PERCENT, "") for text, _ in readings
    )


def _may_be_percent(
    signs: Sequence[Sign], pieces: Sequence[Piece], start: int, end: int, height: float
) -> bool:
    """Whether pieces side by side have the size of a percent sign, hang together and have no digits on both sides."""
    parts = pieces[start:end]
    left, right = min(p.x for p in parts), max(p.x + p.width for p in parts)
    tall = max(p.y + p.height for p in parts) - min(p.y for p in parts)
    fits = WIDTHS[0] * height <= right - left <= WIDTHS[1] * height
    if not (fits and SIGN_HEIGHTS[0] * height <= tall <= SIGN_HEIGHTS[1] * height):
        return False
    reach = parts[0].x + parts[0].width
    for part in parts[1:]:
        if part.x - reach > GAP * height:
            return False
        reach = max(reach, part.x + part.width)
    before = (
        start > 0 and _is_digit(signs[start - 1]) and left - pieces[start - 1].x - pieces[start - 1].width
    )
    behind = end < len(pieces) and _is_digit(signs[end]) and pieces[end].x - right
    near = [gap is not False and gap < BESIDE * height for gap in (before, behind)]
    return not all(near) and not all(_is_digit(s) for s in signs[start:end])


def _whole(image: Gray, pieces: Sequence[Piece]) -> Piece:
    """Pieces side by side as one, with the pale print between them."""
    x, y = min(p.x for p in pieces), min(p.y for p in pieces)
    right, bottom = max(p.x + p.width for p in pieces), max(p.y + p.height for p in pieces)
    return Piece(x, y, right - x, bottom - y, image[y:bottom, x:right] < PALE)
