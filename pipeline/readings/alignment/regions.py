"""Where on a page tables without full rules may stand: runs of rows whose figures stand under each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.page import Page
from pipeline.readings.grids.numbered import numbers_columns
from pipeline.readings.marks import is_year, names_caption
from pipeline.readings.pieces import Piece, is_prose, merged, overlap

#: So many rows parted by rules show that a table is ruled.
RULED_ROWS = 4
#: The white between two tables side by side is at least so many font sizes wide.
GUTTER = 1.5
#: Figures and marks of one row stand level within this share of the font size: fonts differ.
LEVEL = 0.45
#: Figures and marks of several fonts in one row stand level within so many font sizes all together.
FONTS_APART = 0.8
#: Rows of one table stand within this many font sizes, middle to middle, with no more white between their lines.
ROW_REACH, ROW_WHITE = 10.5, 3.2
#: Where rows are set wide one without figures may stand between two.
TWO_ROWS = 2.2
#: Rules part rows of one table when no row is so many times as high as another.
EVEN_BANDS = 1.6
#: So many figures of a row with heads of their own begin another table.
LEAST_HEADED = 2
#: Figures of one table are set in sizes that differ by less than this factor; larger print is a call-out's.
LIKE_SIZE = 1.6


@dataclass(frozen=True, slots=True)
class Region:
    """Rows of figures that may be the body of a table, top to bottom, and all other pieces of the page."""

    rows: tuple[tuple[Piece, ...], ...]
    others: tuple[Piece, ...]


def bears_numbers(row: Sequence[Piece], others: Sequence[Piece]) -> bool:
    """Whether a row and what stands level with it are the numbers of the columns."""
    level = [p for p in others if abs(p.y - row[0].y) < 0.5 * row[0].line.size]
    return numbers_columns([p.line.text for p in sorted([*row, *level], key=lambda p: p.x)])


def years_as_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with columns of years that stand at heights of their own, off the figures of their rows, as labels.

    A year in brackets is one where no sum below nought is printed so.
    """
    figures = [p for p in pieces if p.figure]
    years = [p for p in figures if is_year(p.line.text)]
    bracketed = [p for p in figures if p.line.text[:1] + p.line.text[-1:] == "()"]
    plain = all(is_year(p.line.text[1:-1]) for p in bracketed)
    labels: set[int] = {id(p) for p in bracketed} if plain else set()
    for column in merged([(p.box.x0, p.box.x1) for p in years]):
        held = [p for p in years if overlap((p.box.x0, p.box.x1), column) > 0]
        others = [p for p in figures if all(p is not h for h in held)]
        level = any(abs(p.y - o.y) < 0.3 * p.line.size for p in held for o in others)
        if len({p.line.text for p in held}) == len(held) > 1 and others and not level:
            labels |= {id(p) for p in held}
    return [Piece(p.index, p.line, False) if id(p) in labels else p for p in pieces]


def regions(page: Page, pieces: Sequence[Piece]) -> list[Region]:
    """Runs of figure rows; not every one of them is a table."""
    found = []
    for zone in _zones(_runs(page, pieces)):
        figures = [p for region in zone for row in region.rows for p in row]
        at = _gutter(figures, pieces)
        if at is None:
            found += [_joined(zone)] if len(zone) > 1 and _of_one_table(zone) else zone
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


def _of_one_table(zone: Sequence[Region]) -> bool:
    """Whether runs of like print between each other's rows stand under a column of both."""
    sizes = [p.line.size for region in zone for row in region.rows for p in row]
    columns = [merged([(p.box.x0, p.box.x1) for row in region.rows for p in row]) for region in zone]
    shared = all(
        any(overlap(a, b) > 0 for a in one for b in other) for one, other in itertools.pairwise(columns)
    )
    return shared and max(sizes) <= LIKE_SIZE * min(sizes)


def _joined(zone: Sequence[Region]) -> Region:
    """Several runs as one."""
    rows: list[list[Piece]] = []
    for row in sorted((row for region in zone for row in region.rows), key=lambda row: row[0].y):
        if rows and abs(rows[-1][0].y - row[0].y) < 0.5 * row[0].line.size:
            rows[-1] += row
        else:
            rows.append(list(row))
    inside = {id(p) for row in rows for p in row}
    others = tuple(p for p in zone[0].others if id(p) not in inside)
    return Region(tuple(tuple(sorted(row, key=lambda p: p.x)) for row in rows), others)


def _gutter(figures: Sequence[Piece], pieces: Sequence[Piece]) -> float | None:
    """Where two tables stand side by side whose rows are at heights of their own: the middle of the white between them."""
    size = max(p.line.size for p in figures)
    top, bottom = min(p.y for p in figures) - 2 * size, max(p.y for p in figures) + size
    every = merged([(p.box.x0, p.box.x1) for p in pieces if top < p.y < bottom])
    gaps = sorted(((a[1], b[0]) for a, b in itertools.pairwise(every)), key=lambda g: g[0] - g[1])
    for low, high in gaps:
        if high - low < GUTTER * size:
            break
        rows = [
            _levels([p.y for p in figures if (p.x <= low) is left], LEVEL * size) for left in (True, False)
        ]
        beside = [[p.y for p in pieces if (p.x <= low) is left] for left in (False, True)]
        texts = [[p.y for p in pieces if not p.figure and (p.x <= low) is left] for left in (True, False)]
        if all(
            _own(levels, others, LEVEL * size) and _labelled(levels, labels, 1.2 * size)
            for levels, others, labels in zip(rows, beside, texts, strict=True)
        ):
            shared = sum(any(abs(a - b) < LEVEL * size for b in rows[1]) for a in rows[0])
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
        if rows and _level(rows[-1], piece):
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
        numbers = sum(any(c.isdigit() for c in p.line.text) for row in run for p in row)
        if numbers >= 2 or (numbers and sum(len(row) for row in run) >= 2):
            inside = {id(p) for row in run for p in row}
            others = tuple(p for p in pieces if id(p) not in inside)
            found.append(Region(tuple(tuple(sorted(row, key=lambda p: p.x)) for row in run), others))
    return found


def _level(row: Sequence[Piece], piece: Piece) -> bool:
    """Whether a figure stands in a row, from the top: level with its first, or a dash of another font is between them.

    Digits of two scripts are of two fonts, too.
    """
    size = piece.line.size
    if abs(row[0].y - piece.y) < 0.5 * size:
        return True
    return (
        (abs(row[-1].y - piece.y) < 0.5 * size or _eastern(row[-1]) is not _eastern(piece))
        and abs(row[0].y - piece.y) < FONTS_APART * size
        and all(overlap((p.box.x0, p.box.x1), (piece.box.x0, piece.box.x1)) <= 0 for p in row)
    )


def _eastern(piece: Piece) -> bool:
    return any("٠" <= c <= "٩" for c in piece.line.text)


def _goes_on(
    run: Sequence[Sequence[Piece]], row: Sequence[Piece], texts: Sequence[Piece], page: Page, most: float
) -> bool:
    """Whether a row is the next of a run: near, under the same figures, nothing but labels between them."""
    above, below = run[-1][0].y, row[0].y
    size = max(p.line.size for p in (*run[-1], *row))
    least = min(p.line.size for p in (*run[-1], *row))
    columns = merged([(p.box.x0, p.box.x1) for r in run for p in r])
    pitch = min((b[0].y - a[0].y for a, b in itertools.pairwise(run)), default=0.0)
    reach = max(ROW_REACH * size, TWO_ROWS * pitch)
    ruled = _in_bands(page, above, below, columns)
    if (below - above > reach or size > LIKE_SIZE * least) and not ruled:
        return False
    if _closed(page, run, below, columns):
        return False
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
    if white > most * size and not (ruled or _ruled_off(page, above, below, columns)):
        return False
    over = {i for p in between for i, c in enumerate(every) if overlap((p.box.x0, p.box.x1), c) > 0}
    one_over = {id(p) for p in between if sum(overlap((p.box.x0, p.box.x1), c) > 0 for c in every) == 1}
    return not (len(over) >= 2 and len(one_over) >= 2) and not _headed_anew(columns, row, between)


def _headed_anew(
    columns: Sequence[tuple[float, float]], row: Sequence[Piece], between: Sequence[Piece]
) -> bool:
    """Whether each figure of a row has a head of its own right above and they stand under other columns than those before."""
    own = [(p.box.x0, p.box.x1) for p in row]
    under = [sum(overlap(extent, c) > 0 for c in columns) for extent in own]
    if len(row) < LEAST_HEADED or all(n == 1 for n in under):
        return False
    heads = [[p for p in between if overlap((p.box.x0, p.box.x1), extent) > 0] for extent in own]
    lowest = [max(held, key=lambda p: p.y) for held in heads if held]
    return len(lowest) == len(own) == len({id(p) for p in lowest})


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


def _in_bands(page: Page, above: float, below: float, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether rules of one length part the page at even distances, from above a row to below a lower one: rows of one table."""
    left, right = columns[0][0], columns[-1][1]
    wide = [s.box for s in page.strokes if s.horizontal and s.box.x0 <= left and s.box.x1 >= right]
    under = min((b for b in wide if above < b.top < below), key=lambda b: b.top, default=None)
    if under is None:
        return False
    alike = [b.top for b in wide if abs(b.x0 - under.x0) < 2 and abs(b.x1 - under.x1) < 2]
    ys = sorted({round(y) for y in alike})
    first = max((i for i, y in enumerate(ys) if y < above), default=None)
    last = next((i for i, y in enumerate(ys) if y > below), None)
    if first is None or last is None:
        return False
    bands = [b - a for a, b in itertools.pairwise(ys[first : last + 1]) if b - a > 2]
    return max(bands) < EVEN_BANDS * min(bands)


def _closed(
    page: Page, run: Sequence[Sequence[Piece]], below: float, columns: Sequence[tuple[float, float]]
) -> bool:
    """Whether rules part the rows of a run, one closes it, and what stands below has none under it: text after a table."""
    wide = [
        s.box.top
        for s in page.strokes
        if s.horizontal and s.box.x0 <= columns[0][0] and s.box.x1 >= columns[-1][1]
    ]
    first, last = run[0][0].y, run[-1][0].y
    inside = len(merged([(y, y) for y in wide if first < y < last], 3))
    pitch = (last - first) / max(len(run) - 1, 1)
    closing = [y for y in wide if last < y < below]
    return (
        len(run) >= RULED_ROWS
        and 2 * inside > len(run)
        and bool(closing)
        and below - last > 2 * pitch
        and not any(below < y < below + 2 * pitch for y in wide)
    )


def _is_year_row(row: Sequence[Piece]) -> bool:
    return len(row) >= 2 and all(is_year(p.line.text) for p in row)
