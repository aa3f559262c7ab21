"""Doubtful Arabic-Indic digits of a page, told by its sure ones: one page sets its figures in few typefaces.

The networks know many typefaces, but not every one; what both are sure of on a page shows how that page draws a digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.pages.image.raster import Gray
from pipeline.pages.shapes.digits import Floats, Piece, Sign, grey_features, patch, place
from pipeline.pages.shapes.signs import DIGITS, LIKE_OTHERS

#: A digit is sure of which both networks are surer than this, doubtful of which one is less sure than that.
SURE, DOUBTFUL = 0.97, 0.9
#: So many sure ones show how a digit is drawn; it is compared with so many that are nearest.
LEAST, NEAREST = 3, 3
#: No more of one digit are looked at.
MOST = 60
#: It is the digit from whose examples it is no farther than so many times what these are from each other: where it has one
#: reading as a digit, and where it has two, so much nearer to one of them.
KIND, RIVALS_KIND, NEARER = 1.5, 2.0, 0.6
#: … which is at least so much where the print is clean.
CLEAN = 1.0
#: How sure a digit is that was told by others.
TOLD = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """Signs of one stretch of print with their ink, and the height and foot (y) of its tall digits."""

    signs: tuple[Sign, ...]
    pieces: tuple[Piece, ...]
    height: float
    base: float


def likened(image: Gray, rows: Sequence[Row]) -> list[Row]:
    """The rows with doubtful digits as the sure ones of the page have them, and how far others are from these."""
    known = _known(image, rows)
    kinds = {digit: max(_kind(examples), CLEAN) for digit, examples in known.items()}
    out = []
    for row in rows:
        signs = []
        for sign, piece in zip(row.signs, row.pieces, strict=True):
            doubtful = _is_doubtful(sign)
            if doubtful or (sign.text in LIKE_OTHERS and sign.text in known):
                look = _look(image, piece, row)
                sign = _told(sign, look, known) if doubtful else sign
                away = _away(look, known[sign.text]) / kinds[sign.text] if sign.text in known else 0.0
                sign = replace(sign, away=away)
            signs.append(sign)
        out.append(replace(row, signs=tuple(signs)))
    return out


def _is_doubtful(sign: Sign) -> bool:
    """Whether a sign may be a digit that the networks disagree on, or that one of them is not sure of."""
    unsure = sign.text != sign.second or min(sign.confidence, sign.second_confidence) < DOUBTFUL
    return unsure and bool({sign.text, sign.second} & DIGITS)


def _known(image: Gray, rows: Sequence[Row]) -> dict[str, Floats]:
    """How the page draws each digit of which it has enough that are sure."""
    seen: dict[str, list[Floats]] = {}
    for row in rows:
        for sign, piece in zip(row.signs, row.pieces, strict=True):
            sure = min(sign.confidence, sign.second_confidence) >= SURE
            if sure and sign.text == sign.second and sign.text in DIGITS:
                seen.setdefault(sign.text, []).append(_look(image, piece, row))
    return {
        digit: np.vstack(looks[:: -(-len(looks) // MOST)])
        for digit, looks in seen.items()
        if len(looks) >= LEAST
    }


def _look(image: Gray, piece: Piece, row: Row) -> Floats:
    at = np.array([place(piece, row.height, row.base)], np.float32)
    return grey_features(patch(image, piece)[None], at)


def _told(sign: Sign, look: Floats, known: Mapping[str, Floats]) -> Sign:
    """A doubtful sign as the one of its readings that it is like, if the page has sure ones of each that is a digit."""
    readings = {sign.text, sign.second} & DIGITS
    if not readings <= known.keys():
        return sign
    away = {digit: _away(look, known[digit]) for digit in readings}
    best = min(away, key=lambda digit: away[digit])
    kind = max(_kind(known[best]), CLEAN)
    others = [d for digit, d in away.items() if digit != best]
    if away[best] > (RIVALS_KIND if others else KIND) * kind or any(away[best] > NEARER * d for d in others):
        return sign
    return replace(sign, text=best, second=best, confidence=TOLD, second_confidence=TOLD)


def _kind(examples: Floats) -> float:
    """How far the examples of a digit are from each other."""
    return float(
        np.median([_away(one[None], np.delete(examples, i, axis=0)) for i, one in enumerate(examples)])
    )


def _away(look: Floats, examples: Floats) -> float:
    """How far a digit is from those of some examples that are nearest to it."""
    far = np.sort(np.linalg.norm(examples - look, axis=1))
    return float(far[:NEAREST].mean())
