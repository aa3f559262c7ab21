"""Maps that print a value under the name of each of their parts: a table of two columns.

They are told by their caption («الخريطة 1», «Carte 2») and by how names and values stand: each value right under a name, all
set alike, at heights of their own and not in rows.
"""

from __future__ import annotations

import regex

from pipeline.model.page import MARGINAL, Line, Page
from pipeline.model.place import Box
from pipeline.readings.grids.bars import value_of
from pipeline.readings.grids.grid import Filled, listed
from pipeline.readings.marks import names_caption
from pipeline.readings.pieces import Piece, pieces_of

_MAP = regex.compile(r"^\W*(?:(?:ال)?(?:خريطة|خارطة)|carte)\s+(?:رقم|n\s?[°o])?\s*\d", regex.IGNORECASE)
#: A map names so many parts at least, in so many words each at most.
LEAST, WORDS = 3, 5
#: A value stands so near under its name, their middles so near in points; heights within so many points are one row.
UNDER, MIDDLE, ROW = 0.9, 6.0, 3.0
#: Sizes differ by no more than this share.
ALIKE = 0.06


def map_tables(page: Page) -> list[Filled]:
    """Maps of a page whose parts have a name and a value of their own, as tables."""
    captions = [line for line in page.lines if line.role not in MARGINAL and _MAP.match(line.text)]
    pieces = pieces_of(page, []) if captions else []
    return [table for caption in captions for table in [_table(page, caption, pieces)] if table is not None]


def _table(page: Page, caption: Line, pieces: list[Piece]) -> Filled | None:
    floor = min(
        (
            line.box.top
            for line in page.lines
            if names_caption(line.text) and line.box.top > caption.box.bottom + caption.size
        ),
        default=page.height,
    )
    inside = [p for p in pieces if caption.box.bottom < p.box.top and p.box.bottom < floor]
    figures = [p for p in inside if p.figure and value_of(p) is not None]
    names = [p for p in inside if not p.figure and len(p.line.words) <= WORDS]
    pairs = [(name, figure) for figure in figures for name in [_over(figure, names)] if name is not None]
    pairs = [pair for pair in pairs if not any(_under(pair[1], other) for other in figures)]
    rows: list[float] = []
    for _, figure in pairs:
        if all(abs(figure.y - row) > ROW for row in rows):
            rows.append(figure.y)
    told = len({id(name) for name, _ in pairs}) == len(pairs) >= LEAST
    return _filled(pairs) if told and len(rows) >= LEAST and _alike(pairs) else None


def _over(figure: Piece, names: list[Piece]) -> Piece | None:
    """The name right over a value."""
    near = [name for name in names if _under(name, figure)]
    return near[0] if len(near) == 1 else None


def _under(above: Piece, below: Piece) -> bool:
    gap = below.box.top - above.box.bottom
    size = max(above.line.size, below.line.size)
    return above is not below and -0.3 * size < gap < UNDER * size and abs(above.x - below.x) < MIDDLE


def _alike(pairs: list[tuple[Piece, Piece]]) -> bool:
    """Whether all names are set in one size, and all values."""
    return all(
        max(sizes) - min(sizes) <= ALIKE * max(sizes)
        for sizes in ([name.line.size for name, _ in pairs], [figure.line.size for _, figure in pairs])
    )


def _filled(pairs: list[tuple[Piece, Piece]]) -> Filled:
    ordered = sorted(pairs, key=lambda pair: (pair[1].y, pair[1].x))
    box = Box.around(piece.box for pair in ordered for piece in pair)
    filled = listed(box, box, [([name.line.words], [figure.line.words]) for name, figure in ordered])
    filled.used = sorted({piece.index for pair in ordered for piece in pair})
    return filled
