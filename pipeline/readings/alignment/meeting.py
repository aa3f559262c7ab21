"""Columns that meet: a column of figures and one of texts so near each other that a line of both looks like one piece."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.readings.pieces import Piece

#: So many lines must be parted alike.
LEAST_LINES = 3
#: Edges that are alike differ by less than so many points, widths that are not by more.
ALIKE, UNLIKE = 1.0, 2.0


class _Cut(NamedTuple):
    """A piece cut in two: its index among the pieces, its figure, and its text."""

    at: int
    figure: Piece
    text: Piece


def parted(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces, those that begin or end with a figure cut there where several lines show two columns.

    The figures of a column end at one height from the left, its texts begin or end at one, and neither are all as wide:
    chance does not set ``186 Dépistage`` over ``9 412 Suivi`` so.
    """
    cuts = [cut for i, piece in enumerate(pieces) for cut in _cuts(i, piece)]
    out: dict[int, _Cut] = {}
    for edge in (0, 1):
        for group in _alike(cuts, edge):
            if len(group) >= LEAST_LINES and _vary([c.figure for c in group]) and _vary([c.text for c in group]):
                out |= {c.at: c for c in group}
    return [
        part
        for i, piece in enumerate(pieces)
        for part in (sorted(out[i][1:], key=lambda p: p.x) if i in out else [piece])
    ]


def _cuts(at: int, piece: Piece) -> Iterator[_Cut]:
    """The ways to part a piece into a figure and a text."""
    words = sorted(piece.line.words, key=lambda w: w.box.x0)
    if piece.figure or len(words) < 2 or not any(c.isdigit() for c in words[0].text + words[-1].text):
        return
    for k in range(len(words) - 1, 0, -1):
        left, right = piece.of(words[:k]), piece.of(words[k:])
        if left.figure and not any(c.isdigit() for c in right.line.text):
            yield _Cut(at, left, right)
            return
    for k in range(1, len(words)):
        left, right = piece.of(words[:k]), piece.of(words[k:])
        if right.figure and not any(c.isdigit() for c in left.line.text):
            yield _Cut(at, right, left)
            return


def _alike(cuts: Sequence[_Cut], edge: int) -> Iterator[list[_Cut]]:
    """Cuts whose figures end, and whose texts begin (edge 0) or end (1), at one place."""
    by_figure = sorted(cuts, key=lambda c: c.figure.box.x1)
    for column in _runs(by_figure, [c.figure.box.x1 for c in by_figure]):
        places = [(c.text.box.x0, c.text.box.x1)[edge] for c in column]
        order = sorted(range(len(column)), key=places.__getitem__)
        yield from _runs([column[i] for i in order], [places[i] for i in order])


def _runs(cuts: Sequence[_Cut], places: Sequence[float]) -> list[list[_Cut]]:
    runs: list[list[_Cut]] = []
    last = 0.0
    for cut, place in zip(cuts, places, strict=True):
        if runs and place - last < ALIKE:
            runs[-1].append(cut)
        else:
            runs.append([cut])
        last = place
    return runs


def _vary(pieces: Sequence[Piece]) -> bool:
    """Whether pieces are not all as wide."""
    widths = sorted(p.box.width for p in pieces)
    return any(b - a > UNLIKE for a, b in itertools.pairwise(widths))
