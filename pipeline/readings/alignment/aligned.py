"""Tables without a full net of rules: every piece of a body and its head in its cell."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence

from pipeline.model.page import Direction, Page, Word
from pipeline.model.place import Box
from pipeline.readings.alignment.between import first_title
from pipeline.readings.alignment.blocks import STACK_WHITE, Block, Extent
from pipeline.readings.alignment.bodies import TOP_SHARE, Body, Column, bodies
from pipeline.readings.alignment.heads import head_pieces
from pipeline.readings.alignment.meeting import parted
from pipeline.readings.alignment.regions import regions, years_as_labels
from pipeline.readings.alignment.sharing import Span, shared_spans
from pipeline.readings.alignment.stubs import Placed, filled_down, label_rows, lay_across, leading, shifts
from pipeline.readings.alignment.tiers import tiers
from pipeline.readings.alignment.titles import line_above, may_be_head, title_of, unsure_heads
from pipeline.readings.grids.grid import Filled, Grid, Slot
from pipeline.readings.marks import is_year, without_call, without_raised
from pipeline.readings.pieces import Piece, lists_pages, overlap, pieces_of

#: A form has at least so many rows.
FORM_ROWS = 3
#: Lines of heads may stand so much farther apart than those of labels, but not farther than so many font sizes.
LEADING, MOST_WHITE = 1.08, 1.2


def aligned_tables(page: Page, taken: Sequence[Box], apart: Collection[int] = ()) -> list[Filled]:
    """Tables that alignment shows on the part of a page that the ruled ones leave.

    Args:
        page: the page; its rules and filled areas part rows and heads where there are some.
        taken: boxes of tables already read.
        apart: indices of lines that belong to no table (totals printed above one).
    """
    pieces = years_as_labels(parted([p for p in pieces_of(page, taken) if p.index not in apart]))
    found: list[Filled] = []
    for region in regions(page, pieces):
        beside = bodies(page, region)
        for body in beside:
            table = _filled(page, body, [p for p in pieces if not _over_other(p, body, beside)])
            if table is not None:
                found.append(table)
    return found


def _over_other(piece: Piece, body: Body, beside: Sequence[Body]) -> bool:
    """Whether a piece stands over a table beside this one, and not over this one."""
    over = [b for b in beside if b.extent[0] <= piece.x <= b.extent[1]]
    return bool(over) and all(b is not body for b in over)


def _filled(page: Page, body: Body, pieces: Sequence[Piece]) -> Filled | None:
    """The table of a body with its head, every piece in its cell."""
    inside = {id(p) for c in body.columns for p in c.pieces} | {id(p) for p in body.across}
    above = [p for p in pieces if id(p) not in inside and p.box.centre[1] < body.top]
    data = [i for i, c in enumerate(body.columns) if c.figures]
    extents = [c.extent for c in body.columns]
    above = _with_first_title(body, above)
    head = head_pieces(page, above, extents, data, body.top, body.size, body.pitch)
    added = _bare_columns(body, head)
    if added:
        body.columns = sorted([*body.columns, *added], key=lambda c: c.extent)
        data = [i for i, c in enumerate(body.columns) if c.figures]
        extents = [c.extent for c in body.columns]
    title = title_of(head, extents, data, body.size)
    rules = [s.box for s in page.strokes if s.horizontal]
    # Where labels of two lines are set wide, so are heads.
    white = max(STACK_WHITE, min(LEADING * leading(body), MOST_WHITE))
    untitled = [p for p in head if all(p is not t for t in title)]
    blocks = tiers(untitled, extents, data, body.size, rules, white, parting=body.rules)
    above_tiers = 1 if title else 0
    depth = max((b.row + b.rows + above_tiers for b in blocks), default=0)
    if not depth and not (_drawn(page, body) or _is_form(body)):
        return None
    if len(body.levels) == 1 and not body.goes_on and not _all_headed(blocks, data):
        return None
    ys = _row_edges(body, head, depth)
    xs = _column_edges(body, head)
    cells: dict[tuple[int, int], tuple[int, int, list[Piece]]] = {}
    if title:
        cells[0, 0] = (1, len(body.columns), title)
    for block in blocks:
        key = block.row + above_tiers, block.column
        rows, columns, held = cells.get(key, (1, 1, []))
        held = sorted([*held, *block.pieces], key=lambda p: p.y)
        cells[key] = max(rows, block.rows), max(columns, block.columns), held
    off, doubtful = shifts(body), []
    for c, found in _placed(body, rules, off).items():
        for span, held in found:
            wide = _columns_under(body, c, held) if all(p.figure for p in held) else 1
            cells[depth + span.rows[0], c] = (span.rows[1] - span.rows[0], wide, held)
            doubtful += [(depth + span.rows[0], c)] if span.doubtful else []
    lay_across(body, depth, cells, off)
    for r, between_rows in body.across_rows.items():
        cells[depth + r, 0] = (1, len(body.columns), list(between_rows.pieces))
    filled = _grid_of(body, cells, xs, ys, pieces)
    filled.doubtful = doubtful
    over = title or line_above(above, head, body.size)
    filled.maybe_head = may_be_head(over, head, extents, data, body.size)
    filled.unsure_heads = [
        " ".join(p.line.text for p in b.pieces) for b in unsure_heads(blocks, extents, data)
    ]
    return filled


def _placed(
    body: Body, rules: Sequence[Box], off: Sequence[float]
) -> dict[int, list[tuple[Span, list[Piece]]]]:
    """Pieces of each column by the rows that they stand in."""
    placed = {
        c: _figure_rows(body, column)
        if column.figures or all(p.figure for p in column.pieces)
        else label_rows(body, column, off)
        for c, column in enumerate(body.columns)
    }
    placed = filled_down(body, placed)
    out = {c: [(Span(rows), held) for rows, held in found] for c, found in placed.items()}
    for c, column in enumerate(body.columns):
        if column.figures:
            out[c] = _shared(body, c, placed, rules)
            placed[c] = [(span.rows, held) for span, held in out[c]]
    return out


def _with_first_title(body: Body, above: Sequence[Piece]) -> list[Piece]:
    """What is above a body, the title of its first rows moved into it."""
    title = first_title(above, body.titles, body.levels[0], body.pitch, body.size, body.rules)
    if title is None:
        return list(above)
    for column in body.columns:
        if not title.across:
            column.pieces += [p for p in title.pieces if overlap((p.box.x0, p.box.x1), column.extent) > 0]
    body.add(title)
    body.top = title.top - 1
    return [p for p in above if p not in title.pieces]


def _bare_columns(body: Body, head: Sequence[Piece]) -> list[Column]:
    """Columns that hold nothing on this page but have a head: it stands beside those of all others, over none of them.

    It ends as low as they do, or has its middle where theirs are. One between the figures, or a year, is a column of
    figures; one at their end belongs to the stubs.
    """
    stacks = _stacks(head)
    figures = [c.extent for c in body.columns if c.figures]
    over = [[s for s in stacks if overlap(_wide(s[-1]), e) > 0] for e in figures]
    if not over or any(len(held) != 1 for held in over):
        return []
    lowest, near = max(s[-1].y for s in stacks), 0.6 * body.size
    middles = [_middle(held[0]) for held in over]
    spare = [
        s[-1]
        for s in stacks
        if all(overlap(_wide(s[-1]), c.extent) <= 0 for c in body.columns)
        and (lowest - s[-1].y < near or all(abs(_middle(s) - y) < near for y in middles))
    ]
    return [Column(_wide(p), [], figures[0][0] < p.x < figures[-1][1] or is_year(p.line.text)) for p in spare]


def _stacks(head: Sequence[Piece]) -> list[list[Piece]]:
    """The lowest lines of a head, each with those above it that reach over no other."""
    stacks: list[list[Piece]] = []
    for piece in sorted(head, key=lambda p: -p.y):
        under = [s for s in stacks if any(overlap(_wide(piece), _wide(p)) > 0 for p in s)]
        if not under:
            stacks.append([piece])
        elif len(under) == 1:
            under[0].insert(0, piece)
    return stacks


def _wide(piece: Piece) -> Extent:
    return piece.box.x0, piece.box.x1


def _middle(pieces: Sequence[Piece]) -> float:
    return (pieces[0].box.top + pieces[-1].box.bottom) / 2


def _all_headed(blocks: Sequence[Block], data: Sequence[int]) -> bool:
    """Whether each column of figures has a head of its own, with a word or a year in it."""
    own = {
        b.column
        for b in blocks
        if b.columns == 1 and not all(p.figure and not is_year(p.line.text) for p in b.pieces)
    }
    return own >= set(data)


def _lines_of(held: Sequence[Piece]) -> list[list[Word]]:
    """The lines of a cell; pieces of one height are one line, in the order in which it is read."""
    rows: list[list[Piece]] = []
    for piece in held:
        if rows and abs(rows[-1][0].y - piece.y) < 0.3 * piece.line.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        letters = sum(len(p.line.text) * (1 if p.line.direction is Direction.RTL else -1) for p in row)
        row.sort(key=lambda p: -p.x if letters > 0 else p.x)
    return [[w for p in row for w in p.line.words] for row in rows]


def _drawn(page: Page, body: Body) -> bool:
    """Whether rules or bands vouch for a body without a head (a table that goes on from the page before)."""
    left, right = body.extent
    wide = [
        s.box.top
        for s in page.strokes
        if s.horizontal
        and overlap((s.box.x0, s.box.x1), (left, right)) > 0.3 * (right - left)
        and body.top - 30 <= s.box.top <= body.bottom + 30
    ]
    bands = [
        b
        for b in page.fills
        if overlap((b.top, b.bottom), (body.top, body.bottom)) > 4 and b.x0 < right and b.x1 > left
    ]
    first = body.top < TOP_SHARE * page.height and sum(c.figures for c in body.columns) >= 2
    return len(wide) >= 2 or len(bands) >= 2 or first


def _is_form(body: Body) -> bool:
    """Whether a body without a head is a form: one column of figures, each beside its label."""
    figures = [c for c in body.columns if c.figures]
    stubs = [p for c in body.columns if not c.figures for p in c.pieces]
    if len(figures) != 1 or len(body.levels) < FORM_ROWS:
        return False
    beside = any(
        all(any(abs(p.y - off - y) < 0.6 * body.size for p in stubs) for y in body.levels)
        for off in shifts(body)
    )
    return beside and not lists_pages(figures[0].pieces)


def _figure_rows(body: Body, column: Column) -> Placed:
    """Pieces of a column of figures by the row they are nearest to."""
    rows: dict[int, list[Piece]] = {}
    for piece in column.pieces:
        r = min(range(len(body.levels)), key=lambda i: abs(body.levels[i] - piece.y))
        rows.setdefault(r, []).append(piece)
    return [((r, r + 1), sorted(held, key=lambda p: p.y)) for r, held in sorted(rows.items())]


def _shared(
    body: Body, c: int, placed: Mapping[int, Placed], rules: Sequence[Box]
) -> list[tuple[Span, list[Piece]]]:
    """The figures of a column by the rows that they stand for."""
    column = body.columns[c]
    lines: list[list[Piece]] = []
    for piece in sorted(column.pieces, key=lambda p: p.y):
        if lines and abs(piece.y - lines[-1][0].y) < 0.5 * body.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    heights = [sum(p.y for p in line) / len(line) for line in lines]
    stubs = [found for i, found in placed.items() if not body.columns[i].figures]
    groups = max(
        ([run for run, _ in found] for found in stubs),
        key=lambda runs: sum(b - a > 1 for a, b in runs),
        default=[],
    )
    parted = [_parted(a, b, c, body, rules) for a, b in itertools.pairwise(body.levels)]
    spans = shared_spans(heights, body.levels, groups, parted)
    together: dict[tuple[int, int], tuple[Span, list[Piece]]] = {}
    for span, line in zip(spans, lines, strict=True):
        together.setdefault(span.rows, (span, []))[1].extend(line)
    return list(together.values())


def _parted(above: float, below: float, c: int, body: Body, rules: Sequence[Box]) -> bool | None:
    """Whether a rule parts two rows under a column; ``None`` where none does under any column of figures."""
    between = [r for r in rules if above < r.top < below]
    under = [
        any(
            overlap((r.x0, r.x1), column.extent) > 0.5 * (column.extent[1] - column.extent[0])
            for r in between
        )
        for column in body.columns
        if column.figures or column is body.columns[c]
    ]
    mine = [column for column in body.columns if column.figures].index(body.columns[c])
    return under[mine] if any(under) else None


def _columns_under(body: Body, column: int, held: Sequence[Piece]) -> int:
    """How many columns of figures a figure stands over: those that it reaches into."""
    right = max(p.box.x1 for p in held)
    return 1 + sum(c.figures and right > c.extent[0] for c in body.columns[column + 1 :])


def _row_edges(body: Body, head: Sequence[Piece], depth: int) -> list[float]:
    """Edges between rows, heads included, spread evenly over the head's height."""
    levels = body.levels
    ys = [(a + b) / 2 for a, b in itertools.pairwise(levels)]
    ys = [body.top, *ys, max(body.bottom, levels[-1] + 1)]
    if depth:
        top = min(p.box.top for p in head) - 1
        ys = [top + (body.top - top) * i / depth for i in range(depth)] + ys
    return list(itertools.accumulate(ys, max))


def _column_edges(body: Body, head: Sequence[Piece]) -> list[float]:
    extents = [c.extent for c in body.columns]
    left = min([extents[0][0], *(p.box.x0 for p in head)])
    right = max([extents[-1][1], *(p.box.x1 for p in head)])
    edges = [left - 2, *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(extents)), right + 2]
    return list(itertools.accumulate(edges, max))


def _grid_of(
    body: Body,
    cells: dict[tuple[int, int], tuple[int, int, list[Piece]]],
    xs: Sequence[float],
    ys: Sequence[float],
    pieces: Sequence[Piece],
) -> Filled:
    """Slots for every cell, those that nothing is printed in too."""
    covered = {
        (r + i, c + j)
        for (r, c), (rows, columns, _) in cells.items()
        for i in range(rows)
        for j in range(columns)
    }
    empty = [(r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1) if (r, c) not in covered]
    spans = {key: (rows, columns) for key, (rows, columns, _) in cells.items()} | dict.fromkeys(empty, (1, 1))
    slots = tuple(
        Slot(r, c, rows, columns, Box(xs[c], ys[r], xs[c + columns], ys[r + rows]))
        for (r, c), (rows, columns) in sorted(spans.items())
    )
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    filled = Filled(Grid(box, len(ys) - 1, len(xs) - 1, slots, "aligned"))
    used: list[Piece] = []
    for key, (_, _, held) in cells.items():
        lines = _lines_of(held)
        if held and all(p.figure or without_call(p.line.text).isdigit() for p in held):
            lines = [list(without_raised([w for line in lines for w in line]))]
        filled.lines[key] = lines
        used += held
    inside = [p for p in pieces if box.holds(*p.box.centre)]
    filled.used = sorted({p.index for p in (*used, *inside)})
    placed = sum(len(p.line.words) for p in used)
    ids = {id(w) for p in used for w in p.line.words}
    filled.lost = [w for p in inside for w in p.line.words if id(w) not in ids]
    filled.score = placed / (placed + len(filled.lost))
    return filled
