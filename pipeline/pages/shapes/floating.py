"""Zeros and points of Arabic-Indic numbers, told by the heights at which a page sets them, and dust that is neither.

Some typefaces let the point float (Amiri: its middle a third of a digit over the line, that of a zero half a digit), and
the networks, which see one sign of one typeface, take it for a zero. A page has many of both, and they stand at two
heights: which one a sign is, the others tell.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from pipeline.pages.shapes.digits import Sign
from pipeline.pages.shapes.likeness import TOLD, Row
from pipeline.pages.shapes.signs import DIGITS, MARKS

ZERO, POINT, COMMA = "٠", ".", ","
#: A zero or a point is no higher and no wider than these shares of a tall digit, and its middle stands between these over
#: the line.
HIGHEST, WIDEST, RANGE = 0.5, 0.45, (-0.3, 0.75)
#: So many of each show where a page sets them.
LEAST = 3
#: Middles of points are no higher than this, and of zeros no lower; and the two are at least so far apart.
HIGHEST_POINT, LOWEST_ZERO, APART = 0.36, 0.33, 0.1
#: So near to where one of them stands, in what lies between the two, a sign is that one; and a point is no lower than this
#: under the others.
NEAR, LOWER = 0.4, 0.12
#: Where points float so high, what is read as a point and stands lower is a comma that lost its tail.
FLOATING = 0.2
#: What is smaller than this share of the page's zeros and of its points is dust, and so is what is smaller than that one and
#: stands so much higher than any of them (what is greater is the dot of a letter). No sign beside it is surer than this.
SPECK, ASTRAY, FAR, UNSURE = 0.4, 0.75, 0.2, 0.55


@dataclass(frozen=True, slots=True)
class Levels:
    """Where the points and the zeros of a page have their middles, in heights of a tall digit over the line."""

    point: float
    zero: float

    def tell(self, middle: float) -> str:
        """Which of them stands there, or an empty text."""
        reach = NEAR * (self.zero - self.point)
        if self.point - LOWER <= middle <= self.point + reach:
            return POINT
        return ZERO if self.zero - reach <= middle <= self.zero + FAR else ""


def levelled(rows: Sequence[Row]) -> list[Row]:
    """The rows with zeros and points as the page sets them, and without the dust between digits.

    A sign that the networks took for the other one is no surer than what is told by others; one that stands at neither
    height is not sure.
    """
    small = [(s, row) for row in rows for s in row.signs if s.text in (ZERO, POINT) and _is_small(s, row)]
    places = [_middle(s, row) for s, row in small]
    levels = levels_of([p for p in places if RANGE[0] <= p <= RANGE[1]])
    sizes = [[_size(s, row) for s, row in small if s.text == s.second == kind] for kind in (ZERO, POINT)]
    usual = min(float(np.median(s)) if len(s) >= LEAST else 0.0 for s in sizes)
    clean = [_without_dust(row, levels, usual) for row in rows]
    return [_told(row, levels) for row in clean] if levels else clean


def levels_of(middles: Sequence[float]) -> Levels | None:
    """Where points and zeros stand, if a page has enough of both and they stand at two heights.

    The cut with the least spread on both sides (Otsu 1979, of single values).
    """
    values = np.sort(np.array(middles, np.float64))
    cuts = np.arange(LEAST, len(values) - LEAST + 1)
    if not cuts.size:
        return None
    sums, squares = (np.concatenate([[0.0], np.cumsum(values**power)]) for power in (1, 2))
    below = squares[cuts] - sums[cuts] ** 2 / cuts
    above = squares[-1] - squares[cuts] - (sums[-1] - sums[cuts]) ** 2 / (len(values) - cuts)
    cut = int(cuts[np.argmin(below + above)])
    point, zero = float(np.median(values[:cut])), float(np.median(values[cut:]))
    if point > HIGHEST_POINT or zero < LOWEST_ZERO or zero - point < APART:
        return None
    return Levels(point, zero)


def _is_small(sign: Sign, row: Row) -> bool:
    return sign.height <= HIGHEST * row.height and sign.width <= WIDEST * row.height


def _size(sign: Sign, row: Row) -> float:
    return sign.width * sign.height / row.height**2


def _middle(sign: Sign, row: Row) -> float:
    return (row.base - sign.y - sign.height / 2) / row.height


def _told(row: Row, levels: Levels) -> Row:
    signs = []
    for at, sign in enumerate(row.signs):
        if {sign.text, sign.second} & {ZERO, POINT} and _is_small(sign, row):
            beside = {s.text for s in (*row.signs[max(at - 1, 0) : at], *row.signs[at + 1 : at + 2])}
            sign = _told_by_place(sign, _middle(sign, row), levels, beside)
        signs.append(sign)
    return replace(row, signs=tuple(signs))


def _told_by_place(sign: Sign, middle: float, levels: Levels, beside: Set[str]) -> Sign:
    """A zero or a point as what stands there."""
    told = levels.tell(middle)
    if told == POINT and beside & MARKS:
        told = ""  # no mark stands beside another
    if told:
        same = {sign.text, sign.second} == {told}
        return (
            sign if same else replace(sign, text=told, second=told, confidence=TOLD, second_confidence=TOLD)
        )
    if sign.text == POINT and levels.point >= FLOATING and middle < levels.point:
        return replace(sign, text=COMMA, confidence=min(sign.confidence, TOLD))
    if middle > levels.zero + FAR:
        return replace(sign, text="", second="")
    return _unsure(sign)


def _without_dust(row: Row, levels: Levels | None, usual: float) -> Row:
    """The row without specks that are no points of it; what stands beside one is not sure."""
    gone = {at for at, sign in enumerate(row.signs) if _is_dust(sign, row, levels, usual)}
    if not gone:
        return row
    beside = {at + step for at in gone for step in (-1, 1)}
    kept = [at for at in range(len(row.signs)) if at not in gone]
    signs = [
        _unsure(row.signs[at]) if at in beside and row.signs[at].text in DIGITS else row.signs[at]
        for at in kept
    ]
    return replace(row, signs=tuple(signs), pieces=tuple(row.pieces[at] for at in kept))


def _is_dust(sign: Sign, row: Row, levels: Levels | None, usual: float) -> bool:
    """Whether a sign is smaller than zeros and points are, or rather small and stands above all of them."""
    if COMMA in (sign.text, sign.second):
        return False  # eroded it is as small, and without it the number is a hundred times as great
    size = _size(sign, row)
    return size < SPECK * usual or (
        levels is not None and size < ASTRAY * usual and _middle(sign, row) > levels.zero + FAR
    )


def _unsure(sign: Sign) -> Sign:
    sure, second = min(sign.confidence, UNSURE), min(sign.second_confidence, UNSURE)
    return replace(sign, confidence=sure, second_confidence=second)
