"""Bodies of tables without a full net of rules: columns from figures that stand under each other, stubs beside them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model.page import Page
from pipeline.model.place import Box
from pipeline.readings.alignment.bands import rules_of_rows
from pipeline.readings.alignment.between import Between, below_rows, between
from pipeline.readings.alignment.regions import Region, bears_numbers
from pipeline.readings.alignment.sharing import between_rows
from pipeline.readings.grids.numbered import number_of
from pipeline.readings.marks import is_year
from pipeline.readings.pieces import Piece, columns_of, cut_labels, is_prose, lists_pages, merged, overlap

#: A stub column stands within this share of the page's width of the figures, unless so many rules lead from it to them.
STUB_REACH, LEADING_RULES = 0.4, 3
#: … or so much of its labels and of the rows stand level with each other, within so many font sizes.
MOST_LEVEL, ON_LEVEL = 0.65, 0.3
#: Share of a page's height in which a table that goes on begins.
TOP_SHARE = 0.2
#: Rules or bands that run through all of a table, if any do.
THROUGH = 2
#: The rules of a head stand at most so many points above its rows.
HEAD_HEIGHT = 40.0
#: So many rows are numbered at least.
LEAST_ROWS = 3
Extent = tuple[float, float]


@dataclass(slots=True)
class Column:
    """A column on its way: where it stands and the pieces in it."""

    extent: Extent
    pieces: list[Piece] = field(default_factory=list)
    figures: bool = False


@dataclass(slots=True)
class Body:
    """The body of one table: heights of its rows, its columns from the left, labels that lie across columns."""

    levels: list[float]
    columns: list[Column]
    across: list[Piece]
    top: float
    bottom: float
    size: float
    titles: list[Between] = field(default_factory=list)  # rows without figures, each at one of the levels
    goes_on: bool = False  # one row at the top of a page: it may be the last of a table of the page before
    rules: list[Box] = field(default_factory=list)  # the horizontal rules of its page, if they part its rows
    lead: float = 0.0  # how far below the years that head its columns its first row stands

    @property
    def pitch(self) -> float:
        """Least distance between two rows; where there is one alone, that from the years over it."""
        return min(
            (b - a for a, b in itertools.pairwise(self.levels)), default=max(2.4 * self.size, self.lead)
        )

    @property
    def extent(self) -> Extent:
        """Left and right edge."""
        return self.columns[0].extent[0], self.columns[-1].extent[1]

    def add(self, title: Between) -> None:
        """Give a row without figures its place among the others."""
        self.titles.append(title)
        self.levels = sorted([*self.levels, title.level])

    @property
    def across_rows(self) -> dict[int, Between]:
        """Rows that a title fills from side to side."""
        return {self.levels.index(t.level): t for t in self.titles if t.across}


def bodies(page: Page, region: Region) -> list[Body]:
    """The bodies of a region: one, or several that stand side by side."""
    rows = [list(row) for row in region.rows]
    heads: list[Piece] = []
    dated = not all(_all_years(row) for row in rows)
    while len(rows) > 1 and ((dated and _all_years(rows[0])) or bears_numbers(rows[0], region.others)):
        heads += rows.pop(0)
    others = (*region.others, *heads)
    figures = [p for row in rows for p in row]
    spanning = _spanning(rows)
    columns = merged([(p.box.x0, p.box.x1) for p in figures if all(p is not s for s in spanning)])
    size = sorted(p.line.size for p in figures)[len(figures) // 2]
    shared = between_rows(rows, size)
    levels = [sum(p.y for p in row) / len(row) for i, row in enumerate(rows) if i not in shared]
    pitch = min((b - a for a, b in itertools.pairwise(levels)), default=2.4 * size)
    top = _edge(page, levels[0], -1, min(0.62 * pitch, 2.4 * size), columns)
    bottom = _edge(page, levels[-1], 1, min(0.62 * pitch, 2.4 * size), columns)
    texts = [p for p in others if top <= p.y <= bottom and not p.figure and not is_prose(p, page)]
    rules = rules_of_rows([s.box for s in page.strokes if s.horizontal], levels, columns)
    titles = between(texts, figures, levels, size, rules)
    notes = below_rows(texts, figures, levels)
    bottom = min([bottom, *(p.box.top for p in notes)])
    apart = {id(p) for t in titles if t.across for p in t.pieces} | {id(p) for p in notes}
    texts = [p for p in texts if id(p) not in apart]
    held = [Column(c, [p for p in figures if _stands_in(p, c, columns)], True) for c in columns]
    numbers = [c for c in (held[0], held[-1]) if _numbers_rows(c, held, texts)]
    held = [c for c in held if c not in numbers]
    columns = [c.extent for c in held]
    labels = [p for c in numbers for p in c.pieces]
    for piece in texts:
        home = next((c for c in held if c.extent[0] - 2 <= piece.x <= c.extent[1] + 2), None)
        if home is not None and piece.box.width < 1.6 * (home.extent[1] - home.extent[0]):
            home.pieces.append(piece)
        else:
            labels.append(piece)
    # One column of figures far from words that stand level with it may be a table of contents.
    far = [] if len(held) == 1 and lists_pages(held[0].pieces) else levels
    stubs, across = _stubs(page, cut_labels(labels, size), columns, far)
    outside = [p for p in others if not top <= p.y <= bottom and not p.figure and not is_prose(p, page)]
    for column in stubs:
        for level, beside in ((levels[0], levels[1:2]), (levels[-1], levels[-2:-1])):
            _complete(column, outside, level, beside, size)
    edges = [(p.box.top, p.box.bottom) for column in stubs for p in column.pieces]
    top, bottom = min([top, *(e[0] for e in edges)]), max([bottom, *(e[1] for e in edges)])
    every = sorted([*held, *stubs], key=lambda c: c.extent)
    found = [
        body
        for part in ([every] if _drawn_through(page, every, top, bottom) else _side_by_side(every))
        for body in [_checked(part, levels, across, top, bottom, size, at_top=top < TOP_SHARE * page.height)]
        if body is not None
    ]
    for body in found:
        body.lead = max((levels[0] - p.y for p in heads), default=0.0)
        left, right = body.extent
        body.rules = rules
        for title in titles:
            if left <= title.marks[1] <= right and body.levels[0] < title.y < body.levels[-1]:
                body.add(title)
    return found


def _spanning(rows: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Figures alone over two columns that others stand in side by side: what they tell is of both."""
    pairs = [(a.box.x1, b.box.x0) for row in rows for a, b in itertools.pairwise(row) if a.box.x1 <= b.box.x0]
    found = []
    for row in rows:
        for piece in row:
            over = sum(piece.box.x0 < low and high < piece.box.x1 for low, high in pairs)
            if over > len(rows) / 3:
                found.append(piece)
    return found


def _stands_in(piece: Piece, column: Extent, columns: Sequence[Extent]) -> bool:
    """Whether a figure belongs to a column: one over several belongs to the first of them."""
    first = next((c for c in columns if overlap((piece.box.x0, piece.box.x1), c) > 0), None)
    return first == column


def _numbers_rows(column: Column, columns: Sequence[Column], texts: Sequence[Piece]) -> bool:
    """Whether a column at the edge of a table numbers its rows: 1, 2, 3 … beside labels, which part it from the figures."""
    if len(columns) < 2:
        return False
    other = columns[1] if column is columns[0] else columns[-2]
    low, high = sorted((column.extent[0], other.extent[0]))
    numbers = [number_of(p.line.text) for p in sorted(column.pieces, key=lambda p: p.y)]
    between = sum(low < p.x < high for p in texts)
    return LEAST_ROWS <= len(numbers) <= between and numbers == list(range(1, len(numbers) + 1))


def _all_years(row: Sequence[Piece]) -> bool:
    return all(is_year(p.line.text) for p in row)


def _edge(page: Page, level: float, way: int, otherwise: float, columns: Sequence[Extent]) -> float:
    """Where the first row begins (``way`` -1) or the last one ends (1): at a rule or the edge of a band, if one is near."""
    left, right = columns[0][0], columns[-1][1]
    edges = [s.box.top for s in page.strokes if s.horizontal and s.box.x0 < right and s.box.x1 > left]
    edges += [y for b in page.fills if b.x0 < right and b.x1 > left for y in (b.top, b.bottom)]
    near = [y for y in edges if 4 < way * (y - level) <= max(2.2 * otherwise, 16)]
    return min(near, key=lambda y: abs(y - level)) if near else level + way * otherwise


def _stubs(
    page: Page, labels: Sequence[Piece], figures: Sequence[Extent], far: Sequence[float]
) -> tuple[list[Column], list[Piece]]:
    """Columns of labels beside the figures, and labels that lie across two of them; far from rows at some heights too."""
    extents, across = columns_of(labels)
    kept: list[Extent] = []
    left, right = figures[0][0], figures[-1][1]
    inner = [e for e in extents if left < sum(e) / 2 < right]
    for side in (
        sorted((e for e in extents if e[1] <= left + 2), reverse=True),
        sorted(e for e in extents if e[0] >= right - 2),
    ):
        edge = None
        for extent in side:
            gap = left - extent[1] if extent[1] <= left + 2 else extent[0] - right
            if edge is not None:
                gap = edge - extent[1] if extent[1] <= left + 2 else extent[0] - edge
            led = _level(labels, extent, far) or _led(page, labels, extent, (left, right))
            if gap > STUB_REACH * page.width and not led:
                break
            kept.append(extent)
            edge = extent[0] if extent[1] <= left + 2 else extent[1]
    columns = [
        Column(e, [p for p in labels if p not in across and overlap((p.box.x0, p.box.x1), e) > 0])
        for e in (*kept, *inner)
    ]
    return columns, across


def _led(page: Page, labels: Sequence[Piece], stub: Extent, figures: Extent) -> bool:
    """Whether rules lead from the labels of a stub column to the figures."""
    held = [p.y for p in labels if overlap((p.box.x0, p.box.x1), stub) > 0]
    left, right = min(stub[0], figures[0]), max(stub[1], figures[1])
    across = {
        round(s.box.top)
        for s in page.strokes
        if s.horizontal and s.box.x0 < left + 2 and s.box.x1 > right - 2 and min(held) < s.box.top < max(held)
    }
    return len(across) >= LEADING_RULES


def _level(labels: Sequence[Piece], stub: Extent, levels: Sequence[float]) -> bool:
    """Whether the labels of a stub column stand level with the figures, nearly all of both."""
    held = [p for p in labels if overlap((p.box.x0, p.box.x1), stub) > 0]
    level = [y for y in levels if any(abs(p.y - y) < ON_LEVEL * p.line.size for p in held)]
    beside = [p for p in held if any(abs(p.y - y) < ON_LEVEL * p.line.size for y in levels)]
    return (
        len(level) >= LEAST_ROWS
        and len(level) >= MOST_LEVEL * len(levels)
        and len(beside) >= MOST_LEVEL * len(held)
    )


def _complete(
    column: Column, outside: Sequence[Piece], level: float, beside: Sequence[float], size: float
) -> None:
    """Add the lines of the first or last label that reach out of the body: with them it stands level with its row.

    What stands level with the row beside it is the label of that.
    """
    reach = max([1.6 * size, *(abs(level - y) / 2 for y in beside)])
    block = [
        p
        for p in column.pieces
        if abs(p.y - level) < reach and all(abs(p.y - y) > ON_LEVEL * size for y in beside)
    ]
    while block:
        top, bottom = min(p.box.top for p in block), max(p.box.bottom for p in block)
        off = abs((top + bottom) / 2 - level)
        more = next(
            (
                p
                for p in outside
                if not any(p is held for held in column.pieces)
                and overlap((p.box.x0, p.box.x1), column.extent) > 0.6 * p.box.width
                and min(abs(top - p.box.bottom), abs(p.box.top - bottom)) < 0.5 * size
                and abs((min(top, p.box.top) + max(bottom, p.box.bottom)) / 2 - level) < off - 0.1 * size
            ),
            None,
        )
        if more is None:
            return
        block.append(more)
        column.pieces.append(more)


def _side_by_side(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns of one table each: a stub between figures that has stubs at the other end begins another table."""
    kinds = [key for key, _ in itertools.groupby(columns, key=lambda c: c.figures)]
    groups = [list(group) for _, group in itertools.groupby(columns, key=lambda c: c.figures)]
    if len([k for k in kinds if k]) < 2:
        return [list(columns)]
    if kinds[0] and not kinds[-1]:  # figures, stub | figures, stub
        return [groups[i] + groups[i + 1] for i in range(0, len(groups), 2)]
    if not kinds[0] and kinds[-1]:  # stub, figures | stub, figures
        return [groups[i] + groups[i + 1] for i in range(0, len(groups), 2)]
    if not kinds[0] and len(groups) >= 5:
        # Stubs at both ends: each stub in the middle stands with the figures that are nearer.
        for at in range(2, len(groups) - 1, 2):
            middle = groups[at]
            if len(middle) >= 2:
                gaps = [b.extent[0] - a.extent[1] for a, b in itertools.pairwise(middle)]
                cut = gaps.index(max(gaps)) + 1
                left = [c for g in groups[:at] for c in g] + middle[:cut]
                return [left, *_side_by_side(middle[cut:] + [c for g in groups[at + 1 :] for c in g])]
    return [list(columns)]


def _drawn_through(page: Page, columns: Sequence[Column], top: float, bottom: float) -> bool:
    """Whether rules or bands run on through each stub between figures: texts of the rows, not labels of another table.

    Two tables side by side have rules of their own, with white between them.
    """
    data = [i for i, c in enumerate(columns) if c.figures]
    inner = [i for i in range(data[0], data[-1]) if not columns[i].figures]
    drawn: dict[int, list[Extent]] = {}
    for box in (*(s.box for s in page.strokes if s.horizontal), *page.fills):
        if top - HEAD_HEIGHT < box.bottom and box.top < bottom + 4:
            drawn.setdefault(round(box.top / 2), []).append((box.x0, box.x1))
    levels = [merged(pieces, 2) for pieces in drawn.values()]
    for i in inner:
        left, right = columns[i - 1].extent[1], columns[i + 1].extent[0]
        through = [any(x0 <= left and x1 >= right for x0, x1 in level) for level in levels]
        sides = [any(x0 < left for x0, _ in level) and any(x1 > right for _, x1 in level) for level in levels]
        white = sum(both and not across for across, both in zip(through, sides, strict=True))
        if sum(through) < max(THROUGH, white + 1):
            return False
    return bool(inner)


def _checked(
    columns: list[Column],
    levels: Sequence[float],
    across: Sequence[Piece],
    top: float,
    bottom: float,
    size: float,
    *,
    at_top: bool,
) -> Body | None:
    """A body with enough figures and labels to be a table's; its rows are those that hold figures of its columns.

    One row is enough when it has several figures: it may be the first or the last of a table that is cut by a
    page break. Whether it is one its head tells.
    """
    figures = [c for c in columns if c.figures]
    held = [
        y for y in levels if any(abs(p.y - y) < 0.6 * size and p.figure for c in figures for p in c.pieces)
    ]
    stubs = [c for c in columns if not c.figures]
    labelled = sum(any(abs(p.y - y) < 1.4 * p.line.size for c in stubs for p in c.pieces) for y in held)
    years = any(len(years) >= 2 and _all_years(years) for c in figures if (years := [p for p in c.pieces if p.figure]))
    numbers = sum(p.figure and any(ch.isdigit() for ch in p.line.text) for c in figures for p in c.pieces)
    one = len(held) == 1 and len(figures) >= 2 and numbers >= 1
    several = len(held) >= 2 and numbers >= (3 if len(figures) == 1 else 2)
    if not (one or several) or (labelled < 0.6 * len(held) and not years):
        return None
    if any(_is_leader(p) for c in columns for p in c.pieces):
        return None
    span = columns[0].extent[0], columns[-1].extent[1]
    mine = [p for p in across if span[0] - 2 <= p.x <= span[1] + 2]
    return Body(held, columns, mine, top, bottom, size, goes_on=one and at_top)


def _is_leader(piece: Piece) -> bool:
    """Dots that lead to a page number: a table of contents."""
    return piece.line.text.count("....") > 0 or piece.line.text.count(". . .") > 0
