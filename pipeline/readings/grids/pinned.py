"""Tables whose columns a template of the codebook pins: the places of their heads on the page are the columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pipeline.codebook.loading import Template
from pipeline.model.page import Page
from pipeline.model.place import Box
from pipeline.readings.cells.cellunits import fold
from pipeline.readings.grids.grid import Filled, Grid, Slot, fill
from pipeline.readings.pieces import Piece, is_prose, overlap, pieces_of

#: The heads of one table stand within so many points of each other, and so many font sizes part two of its rows.
HEADS_WITHIN, ROWS_WITHIN = 60.0, 6.0
#: More words than this are no head.
HEAD_WORDS = 12


def pinned_tables(page: Page, templates: Sequence[Template]) -> list[Filled]:
    """Tables of a page under the heads that templates name, each template wherever its heads stand."""
    pieces = pieces_of(page, []) if templates else []
    found: list[Filled] = []
    for template in templates:
        for heads in _heads(page, template.heads):
            grid = _grid(page, template, heads, pieces)
            if grid is not None and not any(f.grid.box.overlap(grid.box) > 0 for f in found):
                found.append(fill(grid, page.lines))
    return found


def _heads(page: Page, wanted: Sequence[str]) -> Iterator[list[Box]]:
    """Boxes of the heads from left to right, for each place of the page where all of them stand."""
    places = [list(_said(page, head)) for head in wanted]
    for first in places[0]:
        row = [first]
        for others in places[1:]:
            near = [
                b
                for b in others
                if b.x0 > row[-1].x1 - 1 and abs(b.centre[1] - first.centre[1]) < HEADS_WITHIN
            ]
            if not near:
                break
            row.append(min(near, key=lambda b: (abs(b.centre[1] - first.centre[1]), b.x0)))
        else:
            yield row


def _said(page: Page, wanted: str) -> Iterator[Box]:
    """Where neighbouring words of a line say something."""
    for line in page.lines:
        for a, b in itertools.combinations(range(len(line.words) + 1), 2):
            words = line.words[a:b]
            if len(words) <= HEAD_WORDS and fold(" ".join(w.text for w in words)) == wanted:
                yield Box.around(w.box for w in words)


def _grid(page: Page, template: Template, heads: Sequence[Box], pieces: Sequence[Piece]) -> Grid | None:
    """A row for the heads and one for each row of figures below them, columns parted midway between heads."""
    floor = max(head.bottom for head in heads)
    end = min(
        (p.box.top for p in pieces if template.until and p.box.top > floor and _begins(p, template.until)),
        default=page.height,
    )
    levels = _levels(page, [p for p in pieces if floor < p.y < end], heads)
    if not levels:
        return None
    gaps = [b - a for a, b in itertools.pairwise(levels)]
    half = min(gaps, default=levels[0] - floor) / 2
    inner = [(a + b) / 2 for a, b in itertools.pairwise(levels)]
    last = min(levels[-1] + max(half, 6.0), end)
    ys = [min(h.top for h in heads) - 1, max(levels[0] - half, floor), *inner, last]
    xs = [0.0, *((a.x1 + b.x0) / 2 for a, b in itertools.pairwise(heads)), page.width]
    slots = tuple(
        Slot(r, c, 1, 1, Box(xs[c], ys[r], xs[c + 1], ys[r + 1]))
        for r in range(len(ys) - 1)
        for c in range(len(heads))
    )
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Grid(box, len(ys) - 1, len(heads), slots, f"template {template.name}")


def _begins(piece: Piece, wanted: str) -> bool:
    return fold(piece.line.text).startswith(wanted)


def _levels(page: Page, below: Sequence[Piece], heads: Sequence[Box]) -> list[float]:
    """Heights of the rows of figures under the heads, down to running text or a wide gap."""
    span = heads[0].x0 - 20, heads[-1].x1 + 20
    rows: list[list[Piece]] = []
    for piece in sorted(below, key=lambda p: p.y):
        size = piece.line.size
        if rows and piece.y - rows[-1][-1].y > ROWS_WITHIN * size:
            break
        if is_prose(piece, page) and not piece.figure:
            break
        if not piece.figure or overlap((piece.box.x0, piece.box.x1), span) <= 0:
            continue
        if rows and piece.y - rows[-1][0].y < 0.5 * size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sum(p.y for p in row) / len(row) for row in rows]
