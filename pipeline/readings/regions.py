"""Where on a page tables without full rules may stand: runs of rows whose figures stand under each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.language.numerals import parse
from pipeline.model.page import Line, Page, Role, Word
from pipeline.model.place import Box, Method
from pipeline.readings.marks import (
    is_figure,
    is_lone_call,
    is_year,
    names_caption,
    without_call,
    without_raised,
)

_FURNITURE = (Role.FOOTER, Role.PAGE_NUMBER, Role.FOOTNOTE)
#: Words of one cell stand nearer to each other than this share of the font size.
CELL_GAP = 0.8
#: Labels of two stub columns stand at least so many font sizes apart: printed, and scanned.
STUB_GAP, SCANNED_STUB_GAP = 0.5, 1.6
#: Two figures that can't be one stand nearer still.
FIGURE_GAP = 0.4
#: A label over two columns may end so many points short of one of them.
BRIDGE = 4.0
#: A line of more words than this, or wider than this share of the page, is running text.
PROSE_WORDS, PROSE_SHARE = 12, 0.62
#: The white between two tables side by side is at least so many font sizes wide.
GUTTER = 1.5
#: Rows of one table stand within this many font sizes, middle to middle, with no more white between their lines.
ROW_REACH, ROW_WHITE = 9.0, 3.2


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line that belong together; ``index`` is that of the line on its page."""

    index: int
    line: Line
    figure: bool

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.line.box

    @property
    def y(self) -> float:
        """Its middle from the top."""
        return self.line.box.centre[1]

    def of(self, words: Sequence[Word]) -> Piece:
        """The part of it that holds some of its words."""
        line = replace(self.line, words=tuple(words), box=Box.around(word.box for word in words))
        return Piece(self.index, line, is_figure(line.text))

    @property
    def x(self) -> float:
        """Its middle from the left."""
        return self.line.box.centre[0]


@dataclass(frozen=True, slots=True)
class Region:
    """Rows of figures that may be the body of a table, top to bottom, and all other pieces of the page."""

    rows: tuple[tuple[Piece, ...], ...]
    others: tuple[Piece, ...]


def pieces_of(page: Page, taken: Sequence[Box]) -> list[Piece]:
    """Pieces of a page that stand outside the boxes already read and are no running foot."""
    found = []
    for index, line in enumerate(page.lines):
        if _is_furniture(line, page) or any(box.holds(*line.box.centre) for box in taken):
            continue
        if is_lone_call(line, page.lines):
            continue
        for part in _parts(line):
            # The head of a table at the top of many pages may be taken for a running head.
            found.append(Piece(index, part, line.role is not Role.HEADER and is_figure(part.text)))
    return found


def _is_furniture(line: Line, page: Page) -> bool:
    """Feet and page numbers; a lone number in the margin with others beside it is a figure of a table."""
    beside = sum(
        other.role not in _FURNITURE and abs(other.box.centre[1] - line.box.centre[1]) < 3
        for other in page.lines
    )
    return line.role in _FURNITURE and not (line.role is Role.PAGE_NUMBER and beside >= 2)


def _parts(line: Line) -> list[Line]:
    """A line cut where its words stand far apart, footnote calls beside figures dropped."""
    words = sorted(line.words, key=lambda w: w.box.x0)
    groups: list[set[int]] = [{id(words[0])}]
    edge = words[0].box.x1
    gaps = sorted(max(b.box.x0 - a.box.x1, 0.0) for a, b in itertools.pairwise(words))
    lettered = sum(any(c.isalpha() for c in word.text) for word in words)
    justified = lettered > PROSE_WORDS and 2 * lettered > len(words)
    wide = max(CELL_GAP * line.size, 1.8 * gaps[len(gaps) // 2] if justified else 0.0)
    tight = min((b.box.x0 - a.box.x1 for a, b in itertools.pairwise(words) if _two_groups(a, b)), default=0.0)
    for before, word in itertools.pairwise(words):
        gap = word.box.x0 - edge
        apart = gap > FIGURE_GAP * line.size and (
            _two_figures(before, word) or (_two_groups(before, word) and 0 < 1.6 * tight < gap)
        )
        if gap > wide or apart:
            groups.append(set())
        groups[-1].add(id(word))
        edge = max(edge, word.box.x1)
    return [_line_of(line, [w for w in line.words if id(w) in group]) for group in groups]


def _two_groups(left: Word, right: Word) -> bool:
    return left.text[-1:].isdigit() and right.text[:1].isdigit()


def _two_figures(left: Word, right: Word) -> bool:
    """Whether two neighbours are figures that can't be the groups of one."""
    return all(parse(w.text) is not None for w in (left, right)) and all(
        parse(" ".join(pair)) is None for pair in ((left.text, right.text), (right.text, left.text))
    )


def _line_of(line: Line, words: Sequence[Word]) -> Line:
    kept = without_raised(words)
    if len(kept) == len(line.words):
        return line
    return replace(line, words=kept, box=Box.around(word.box for word in kept))


def is_prose(piece: Piece, page: Page) -> bool:
    """Whether a piece is running text."""
    return len(piece.line.words) > PROSE_WORDS or piece.box.width > PROSE_SHARE * page.width


def regions(page: Page, pieces: Sequence[Piece]) -> list[Region]:
    """Runs of figure rows; not every one of them is a table."""
    found = []
    for zone in _zones(_runs(page, pieces)):
        figures = [p for region in zone for row in region.rows for p in row]
        at = _gutter(figures, pieces)
        if at is None:
            found += zone
            continue
        for left in (True, False):
            side = [p for p in pieces if (p.x < at) is left]
            found += _runs(page, side, [p for p in figures if (p.x < at) is left])
    return found


def _zones(runs: Sequence[Region]) -> list[list[Region]]:
    """Runs that share heights of the page together."""
    zones: list[list[Region]] = []
    edge = -1.0
    for run in sorted(runs, key=lambda r: r.rows[0][0].y):
        if zones and run.rows[0][0].y <= edge:
            zones[-1].append(run)
        else:
            zones.append([run])
        edge = max(edge if len(zones[-1]) > 1 else -1.0, run.rows[-1][0].y)
    return zones


def _gutter(figures: Sequence[Piece], pieces: Sequence[Piece]) -> float | None:
    """Where two tables stand side by side whose rows are at heights of their own: the middle of the white between them."""
    size = max(p.line.size for p in figures)
    top, bottom = min(p.y for p in figures) - 2 * size, max(p.y for p in figures) + size
    every = merged([(p.box.x0, p.box.x1) for p in pieces if top < p.y < bottom])
    gaps = sorted(((a[1], b[0]) for a, b in itertools.pairwise(every)), key=lambda g: g[0] - g[1])
    for low, high in gaps:
        if high - low < GUTTER * size:
            break
        rows = [_levels([p.y for p in figures if (p.x <= low) is left], 0.3 * size) for left in (True, False)]
        beside = [[p.y for p in pieces if (p.x <= low) is left] for left in (False, True)]
        texts = [[p.y for p in pieces if not p.figure and (p.x <= low) is left] for left in (True, False)]
        if all(
            _own(levels, others, 0.3 * size) and _labelled(levels, labels, 1.2 * size)
            for levels, others, labels in zip(rows, beside, texts, strict=True)
        ):
            shared = sum(any(abs(a - b) < 0.3 * size for b in rows[1]) for a in rows[0])
            if shared <= 0.5 * min(len(side) for side in rows):
                return (low + high) / 2
    return None


def _levels(heights: Sequence[float], within: float) -> list[float]:
    """Heights, those that are nearly equal as one."""
    levels: list[list[float]] = []
    for y in sorted(heights):
        if levels and y - levels[-1][-1] < within:
            levels[-1].append(y)
        else:
            levels.append([y])
    return [sum(level) / len(level) for level in levels]


def _own(levels: Sequence[float], others: Sequence[float], within: float) -> bool:
    """Whether some of several rows of one side stand where nothing is printed on the other."""
    return len(levels) >= 2 and any(all(abs(y - o) > within for o in others) for y in levels)


def _labelled(levels: Sequence[float], labels: Sequence[float], within: float) -> bool:
    """Whether most rows have a label near them."""
    return sum(any(abs(y - o) < within for o in labels) for y in levels) > 0.6 * len(levels)


def _runs(page: Page, pieces: Sequence[Piece], chosen: Sequence[Piece] | None = None) -> list[Region]:
    """Figures that go on under each other, row by row; of all pieces, or of those chosen."""
    figures = [p for p in pieces if p.figure] if chosen is None else list(chosen)
    rows: list[list[Piece]] = []
    for piece in sorted(figures, key=lambda p: p.y):
        if rows and abs(rows[-1][0].y - piece.y) < 0.5 * piece.line.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    texts = [p for p in pieces if not p.figure]
    # Beside a table of many rows one of few may be stretched to its height.
    most = ROW_WHITE if chosen is None else ROW_REACH
    runs: list[list[list[Piece]]] = []
    for row in rows:
        home = next((run for run in reversed(runs) if _goes_on(run, row, texts, page, most)), None)
        if home is None:
            runs.append([row])
        else:
            home.append(row)
    found = []
    for run in runs:
        numbers = sum(parse(without_call(p.line.text)) is not None for row in run for p in row)
        if numbers >= 2 or (numbers and sum(len(row) for row in run) >= 2):
            inside = {id(p) for row in run for p in row}
            others = tuple(p for p in pieces if id(p) not in inside)
            found.append(Region(tuple(tuple(sorted(row, key=lambda p: p.x)) for row in run), others))
    return found


def _goes_on(
    run: Sequence[Sequence[Piece]], row: Sequence[Piece], texts: Sequence[Piece], page: Page, most: float
) -> bool:
    """Whether a row is the next of a run: near, under the same figures, nothing but labels between them."""
    above, below = run[-1][0].y, row[0].y
    size = max(p.line.size for p in (*run[-1], *row))
    if below - above > ROW_REACH * size:
        return False
    columns = merged([(p.box.x0, p.box.x1) for r in run for p in r])
    every = merged([*columns, *((p.box.x0, p.box.x1) for p in row)])
    if not any(overlap((p.box.x0, p.box.x1), c) > 0 for p in row for c in columns):
        return False
    if _is_year_row(row) and not all(_is_year_row(r) for r in run):
        return False  # the head of the next table
    between = [p for p in texts if above + 0.5 * size < p.y < below - 0.5 * size]
    if any(is_prose(p, page) or names_caption(p.line.text) for p in between):
        return False
    near = [(p.box.top, p.box.bottom) for p in texts if above - size < p.y < below + size]
    own = [(p.box.top, p.box.bottom) for p in (*run[-1], *row)]
    white = max((b[0] - a[1] for a, b in itertools.pairwise(merged([*near, *own]))), default=0.0)
    if white > most * size and not _ruled_off(page, above, below, columns):
        return False
    over = {i for p in between for i, c in enumerate(every) if overlap((p.box.x0, p.box.x1), c) > 0}
    one_over = {id(p) for p in between if sum(overlap((p.box.x0, p.box.x1), c) > 0 for c in every) == 1}
    return not (len(over) >= 2 and len(one_over) >= 2)


def _ruled_off(page: Page, above: float, below: float, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether one rule parts two rows, as the rows of a ruled table are parted."""
    left, right = columns[0][0], columns[-1][1]
    rules = {
        round(s.box.top / 3)
        for s in page.strokes
        if s.horizontal
        and above < s.box.top < below
        and overlap((s.box.x0, s.box.x1), (left, right)) > 0.8 * (right - left)
    }
    return len(rules) == 1


def _is_year_row(row: Sequence[Piece]) -> bool:
    return len(row) >= 2 and all(is_year(p.line.text) for p in row)


def merged(extents: Sequence[tuple[float, float]], gap: float = 0.5) -> list[tuple[float, float]]:
    """Extents that overlap, or nearly, as one; sorted."""
    out: list[tuple[float, float]] = []
    for low, high in sorted(extents):
        if out and low <= out[-1][1] + gap:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return out


def overlap(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Length that two extents share, 0 or less when they are apart."""
    return min(a[1], b[1]) - max(a[0], b[0])


def columns_of(pieces: Sequence[Piece]) -> tuple[list[tuple[float, float]], list[Piece]]:
    """Columns that pieces form, and the pieces that lie across two of them.

    A piece lies across when two others of about one height (a label of two rows stands between those of each),
    apart from each other, both share its width.
    """
    across = [p for p in pieces if _bridges(p, pieces)]
    if 2 * len(across) > len(pieces):
        across = []  # the words of one label stand far apart, no column does
    apart = {id(p) for p in across}
    return merged([(p.box.x0, p.box.x1) for p in pieces if id(p) not in apart]), across


def cut_labels(labels: Sequence[Piece], size: float) -> list[Piece]:
    """Labels, one that holds the cells of two stub columns cut in two: at its widest gap, where the others leave white."""
    out: list[Piece] = []
    for piece in labels:
        words = sorted(piece.line.words, key=lambda w: w.box.x0)
        gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(words)]
        widest = max(gaps, default=0.0)
        others = [p for p in labels if p is not piece and not _bridges(p, labels)]
        columns = merged([(p.box.x0, p.box.x1) for p in others])
        # The boxes of a scan's words hug their ink.
        least = (SCANNED_STUB_GAP if words[0].method is Method.OCR else STUB_GAP) * size
        usual = sorted(gaps)[-2] if len(gaps) > 1 else 0.5 * size
        if widest < max(least, 1.6 * usual):
            out.append(piece)
            continue
        at = gaps.index(widest) + 1
        low, high = words[at - 1].box.x1, words[at].box.x0
        ids = {id(w) for w in words[:at]}
        parts = [piece.of([w for w in piece.line.words if (id(w) in ids) is left]) for left in (True, False)]
        homes = [[c for c in columns if overlap((p.box.x0, p.box.x1), c) > 0] for p in parts]
        white = all(overlap((low, high), c) < 0.3 * widest for c in columns)
        if white and all(len(h) == 1 for h in homes) and homes[0] != homes[1]:
            out += parts
        else:
            out.append(piece)
    return out


def _bridges(piece: Piece, pieces: Sequence[Piece]) -> bool:
    mine = (piece.box.x0 - BRIDGE, piece.box.x1 + BRIDGE)
    under = [p for p in pieces if p is not piece and overlap(mine, (p.box.x0, p.box.x1)) > 0]
    return any(
        overlap((a.box.x0, a.box.x1), (b.box.x0, b.box.x1)) < -2
        and min(a.box.bottom, b.box.bottom) + piece.line.size > max(a.box.top, b.box.top)
        for a, b in itertools.combinations(under, 2)
    )
