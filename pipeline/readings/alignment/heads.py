"""Heads of tables without a full net of rules: which lines above the figures belong to them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from pipeline.model.page import Page
from pipeline.readings.alignment.blocks import Block, Extent, stacks
from pipeline.readings.alignment.headlines import at_columns, levels_of, over_others, rejoined
from pipeline.readings.alignment.reaching import GROUP_OFF, begins_cells
from pipeline.readings.marks import is_one_title, is_year, names_caption, tells_number
from pipeline.readings.pieces import PROSE_WORDS, Piece, ends_paragraph, is_prose, overlap, set_wide

#: Lines of a head follow each other within so many font sizes, edge to edge.
HEAD_GAP = 1.5
#: Under a rule that closes the head they may stand farther apart, and so may those that run up or down.
FRAMED_GAP = 3.4
#: Lines of two columns of running text have so many words each; heads beside each other have fewer.
TEXT_WORDS = 7
#: A rule that closes a head spans this share of the table.
CLOSED = 0.85
#: A line set so much larger than the body, alone over it, is no head.
TITLE_SIZE = 1.12
#: No head is higher than so many font sizes.
HEAD_HEIGHT = 20.0


def head_pieces(
    page: Page,
    above: Sequence[Piece],
    columns: Sequence[Extent],
    data: Sequence[int],
    floor: float,
    size: float,
    pitch: float,
) -> list[Piece]:
    """The pieces above a body that are its head.

    Args:
        page: the page, for its rules and filled areas.
        above: pieces higher than the body.
        columns: extents of the body's columns.
        data: indices of those that hold figures.
        floor: top of the body.
        size: font size of the body.
        pitch: distance of its rows.
    """
    above = [part for piece in above for part in at_columns(piece, columns)]
    left, right = columns[0][0], columns[-1][1]
    reach = 0.25 * (right - left) + 20
    near = [
        p
        for p in above
        if floor - HEAD_HEIGHT * size <= p.y < floor and p.box.x1 > left - reach and p.box.x0 < right + reach
        if not ends_paragraph(p, above, page)
    ]
    near = [part for piece in near for part in over_others(piece, near)]
    rows = levels_of([p for row in levels_of(near) for p in rejoined(row, near, page)])
    frame = _frame_top(page, rows, (left, right), floor, size, pitch)
    held: list[Piece] = []
    edge = floor
    if frame is not None:
        edge, closed = frame
        held = [p for row in rows for p in row if p.y > edge and _inside(p, left, right)]
        if closed:
            return held
        rows = [row for row in ([p for p in row if p.y <= edge] for row in rows) if row]
    for row in reversed(rows):
        mine = [p for p in row if _inside(p, left, right)]
        gap = edge - max(p.box.bottom for p in row)
        stacked = bool(mine) and all(any(stacks(Block([p]), h, size) for h in held) for p in mine)
        if (
            not mine
            or gap
            > max(
                (FRAMED_GAP if set_wide(mine, [columns[i] for i in data]) else HEAD_GAP) * size,
                pitch - 0.7 * size,
            )
            or not (
                _is_head_row(page, row, mine, columns, data, held, size)
                or (stacked and not _alien(page, row, mine, columns))
            )
        ):
            break
        held = [*mine, *held]
        edge = min(p.box.top for p in row)
    return held


def _inside(piece: Piece, left: float, right: float) -> bool:
    """Whether a piece stands over the body, heads that are wider than their column let out a little."""
    return left - 40 <= piece.x <= right + 40 and piece.box.width < right - left + 60


def _no_head(piece: Piece, page: Page) -> bool:
    """Running text, titles, totals told in a line, and figures of a table above are no heads."""
    text = piece.line.text
    counts = piece.figure and len(text) > 3 and not is_year(text)
    # A gap of a line of text may be as wide as those between heads: no head of a whole line of them has so many words.
    cut = len(piece.line.words) >= TEXT_WORDS and len(page.lines[piece.index].words) > PROSE_WORDS
    return counts or cut or is_prose(piece, page) or names_caption(text) or tells_number(text)


def _two_texts(row: Sequence[Piece]) -> bool:
    """Whether lines of running text stand beside each other, as in the columns of two languages, cut as heads or not."""
    words: Counter[int] = Counter()
    for piece in row:
        words[piece.index] += len(piece.line.words)
    whole = sum(len(p.line.words) >= TEXT_WORDS for p in row)
    return max(whole, sum(count >= TEXT_WORDS for count in words.values())) > 1


def _alien(page: Page, row: Sequence[Piece], mine: Sequence[Piece], columns: Sequence[Extent]) -> bool:
    """Whether lines of one height hold something that is no head."""
    left, right = columns[0][0], columns[-1][1]
    return (
        _two_texts(row)
        or is_one_title([p.line.text for p in row])
        or any(_no_head(p, page) for p in row)
        or any(overlap((left, right), (p.box.x0, p.box.x1)) > 0 for p in row if p not in mine)
    )


def _is_head_row(
    page: Page,
    row: Sequence[Piece],
    mine: Sequence[Piece],
    columns: Sequence[Extent],
    data: Sequence[int],
    held: Sequence[Piece],
    size: float,
) -> bool:
    """Whether the lines of one height can be heads: one alone stands over one column or its group, not over all.

    One set larger than body and heads is the title of the table.
    """
    if _alien(page, row, mine, columns):
        return False
    if len(mine) > 1:
        return True
    piece = mine[0]
    if piece.line.size > TITLE_SIZE * max([size, *(p.line.size for p in held)]):
        return False
    if over_group(piece, columns, data, held) or begins_cells(piece, held, columns, data, size):
        return True
    under = [i for i, c in enumerate(columns) if overlap(c, (piece.box.x0, piece.box.x1)) > 0]
    if len(under) <= 1 and len(columns) > 1:
        whole = (columns[0][0] + columns[-1][1]) / 2
        alone = [i for i, c in enumerate(columns) if c[0] - 12 <= piece.x <= c[1] + 12]
        return bool(under or alone) and (
            abs(piece.x - whole) > 6
            or (
                len(columns) % 2 == 1
                and bool(under)
                and piece.box.width < 1.3 * (columns[under[0]][1] - columns[under[0]][0])
            )
        )
    middle = (columns[data[0]][0] + columns[data[-1]][1]) / 2
    whole = (columns[0][0] + columns[-1][1]) / 2
    return abs(piece.x - middle) < 6 < abs(piece.x - whole)


def over_group(
    piece: Piece,
    columns: Sequence[Extent],
    data: Sequence[int],
    held: Sequence[Piece],
    *,
    beside: bool = True,
) -> bool:
    """Whether a line stands right over the middle of some columns of figures, not all, that have a head each below it.

    Without ``beside`` the heads of all other columns must stand at another height than those.
    """
    lowest = max((p.y for p in held), default=0.0)
    leaves = [p for p in held if lowest - p.y < 0.5 * p.line.size]
    for i, j in itertools.combinations(data, 2):
        run = [k for k in data if i <= k <= j]
        over = {k: [p for p in leaves if overlap(columns[k], (p.box.x0, p.box.x1)) > 0] for k in run}
        if len(run) == len(data) or not all(over.values()) or not (beside or len(leaves) == len(run)):
            continue
        heads = [p.box for held in over.values() for p in held]
        for low, high in (
            (columns[i][0], columns[j][1]),
            (min(box.x0 for box in heads), max(box.x1 for box in heads)),  # wider than what they stand over
        ):
            within = low < piece.box.x0 and piece.box.x1 < high
            if within and abs(piece.x - (low + high) / 2) < GROUP_OFF:
                return True
    return False


def _frame_top(
    page: Page, rows: Sequence[Sequence[Piece]], span: Extent, floor: float, size: float, pitch: float
) -> tuple[float, bool] | None:
    """Height of the highest rule or band edge over heads, if there is one, and whether it closes them at the top.

    One that leaves out a column lies between the tiers of a head: there are groups above it.
    """
    left, right = span
    wide = right - left
    strokes: dict[int, float] = {}
    places: dict[int, float] = {}
    marks = [(s.box.top, s.box.x0, s.box.x1) for s in page.strokes if s.horizontal]
    marks += [(b.top, b.x0, b.x1) for b in page.fills if b.height < 12 * size]
    for y, x0, x1 in marks:
        shared_width = overlap((x0, x1), (left - 20, right + 20))
        if (
            floor - HEAD_HEIGHT * size <= y < floor - 0.5 * size
            and shared_width > 0
            and x0 > left - 80
            and x1 < right + 80
        ):
            strokes[round(y / 3)] = strokes.get(round(y / 3), 0.0) + shared_width
            places[round(y / 3)] = y
    best: tuple[float, bool] | None = None
    for key in sorted(strokes, reverse=True):
        y = places[key]
        if strokes[key] < 0.45 * wide:
            continue
        between = [row for row in rows if any(y - 1 < p.y < floor for p in row)]
        if not between or not _all_head(page, between, span, y, floor, size, pitch):
            continue
        best = y, strokes[key] >= CLOSED * wide
    return best


def _is_heading(piece: Piece, rows: Sequence[Sequence[Piece]], size: float) -> bool:
    """Whether a line alone at its height is set larger than a body, with nothing that reaches up or down beside it."""
    wide = piece.box.top, piece.box.bottom
    beside = [
        p for row in rows for p in row if p is not piece and overlap((p.box.top, p.box.bottom), wide) > 0
    ]
    return piece.line.size > TITLE_SIZE * size and not beside


def _all_head(
    page: Page,
    rows: Sequence[Sequence[Piece]],
    span: Extent,
    top: float,
    floor: float,
    size: float,
    pitch: float,
) -> bool:
    edge = top
    for row in rows:
        if _two_texts(row) or is_one_title([p.line.text for p in row]) or any(_no_head(p, page) for p in row):
            return False
        if row is not rows[0] and len(row) == 1 and _is_heading(row[0], rows, size):
            return False  # what is above it belongs to the text
        if any(not _inside(p, *span) and overlap(span, (p.box.x0, p.box.x1)) > 0 for p in row):
            return False
        if min(p.box.top for p in row) - edge > max(FRAMED_GAP * size, pitch):
            return False
        edge = max(p.box.bottom for p in row)
    return floor - edge <= 3.0 * size
