"""Which tables a page holds: grids from rules against grids from alignment, the better account of its figures wins."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.codebook.loading import Template
from pipeline.language.numerals import parse
from pipeline.model.page import Page, PageKind, Role
from pipeline.model.place import Box
from pipeline.readings.alignment.aligned import aligned_tables
from pipeline.readings.alignment.unparted import unparted
from pipeline.readings.grids.bars import bar_tables
from pipeline.readings.grids.clusters import cluster_tables
from pipeline.readings.grids.folded import touching, unfolded
from pipeline.readings.grids.grid import Filled, fill
from pipeline.readings.grids.headers import Reading2D, understand
from pipeline.readings.grids.lying import lying_bar_tables
from pipeline.readings.grids.maps import map_tables
from pipeline.readings.grids.pies import pie_tables
from pipeline.readings.grids.pinned import pinned_tables
from pipeline.readings.grids.ruled import camelot_grids, ruled_grids
from pipeline.readings.grids.unmerged import unmerged
from pipeline.readings.marks import is_figure, is_year
from pipeline.readings.tables.captions import Banner

#: A grid that leaves more than this share of its words outside its cells is not believed.
LEAST_SCORE = 0.8
#: A chart that shares no more than this of its ground with a table stands beside it: its box ends where its bars may.
TOUCHING = 0.05
#: Of so many cells this share holds something, though it be a form to be filled in.
MANY_CELLS, LEAST_FILLED = 40, 0.1
#: Rules of which more than this share of cells hold figures side by side part no columns.
CROWDED = 0.2
#: So many tables of at least so many rows each, framed and labelled, are not one.
SEVERAL, LEAST_ROWS = 2, 2


@dataclass(slots=True)
class Draft:
    """One table of a page on its way to a Table."""

    filled: Filled
    meaning: Reading2D
    banners: list[Banner] = field(default_factory=list)


def candidates(
    path: Path,
    page: Page,
    apart: Collection[int] = (),
    templates: Sequence[Template] = (),
    is_total: Callable[[str], bool] = lambda _: False,
) -> list[Draft]:
    """Tables of a page, from the top; none of them share ground.

    Args:
        path: the PDF, for camelot's geometry.
        page: the page.
        apart: indices of lines that stand above tables and belong to none.
        templates: heads that pin the columns of some tables; what stands under them is read by them alone.
        is_total: whether a text means a total.
    """
    pinned = [
        Draft(filled, meaning)
        for filled in pinned_tables(page, templates)
        if (meaning := understand(filled)) is not None
    ]
    drafts = _best(_by_rules(path, page), _believed(_aligned(page, [], apart)))
    drafts = [part for draft in drafts for part in _apart(draft, is_total)]
    drafts = [d for d in drafts if not _over_any(d, pinned)]
    drafts += pinned
    charts = _believed(
        [
            *bar_tables(page),
            *cluster_tables(page),
            *lying_bar_tables(page),
            *pie_tables(page),
            *map_tables(page),
        ]
    )
    bars = [d for d in charts if not _over_any(d, pinned)]
    drafts = [*(d for d in drafts if d in pinned or not _over_any(d, bars, TOUCHING)), *bars]
    drafts += _believed(_aligned(page, [d.filled.grid.box for d in drafts], apart))
    return sorted(drafts, key=lambda d: (d.filled.grid.box.top, d.filled.grid.box.x0))


def _aligned(page: Page, taken: Sequence[Box], apart: Collection[int]) -> list[Filled]:
    """Tables told by alignment; of columns of text side by side each by itself, and what stands above and below them."""
    if not page.columns:
        return aligned_tables(page, taken, apart)
    column_of = [
        next((c for c, column in enumerate(page.columns) if column.holds(*line.box.centre)), -1)
        for line in page.lines
    ]
    found = []
    for part in (-1, *range(len(page.columns))):
        others = {i for i, held in enumerate(column_of) if held != part}
        found += aligned_tables(page, taken, others.union(apart))
    return found


def _apart(draft: Draft, is_total: Callable[[str], bool]) -> list[Draft]:
    """The tables that touch in one grid."""
    parts = touching(draft.filled, is_total)
    return [draft] if len(parts) == 1 else _believed(parts) or [draft]


def _over_any(draft: Draft, others: Sequence[Draft], least: float = 0.0) -> bool:
    """Whether a draft shares more ground with one of others than this share of the smaller of the two."""
    mine = draft.filled.grid.box
    boxes = [other.filled.grid.box for other in others]
    return any(
        mine.overlap(box) > least * min(mine.width * mine.height, box.width * box.height) for box in boxes
    )


def _by_rules(path: Path, page: Page) -> list[Draft]:
    """Tables whose cells the rules and filled areas show; camelot's geometry where ours finds none."""
    drafts = _believed([unparted(unmerged(fill(grid, page.lines))) for grid in ruled_grids(page)])
    drawn = page.strokes or len(page.fills) >= 4
    if not drafts and drawn and page.kind in (PageKind.TEXT, PageKind.MIXED) and _numbers_on(page) >= 4:
        drafts = _believed([unparted(fill(grid, page.lines)) for grid in camelot_grids(path, page)])
    return drafts


def _best(ruled: Sequence[Draft], aligned: Sequence[Draft]) -> list[Draft]:
    """Of drafts that share ground those that account for more figures; the ruled ones when it is a draw.

    What reaches over several whole tables with heads of their own is none.
    """
    kept, left = list(ruled), []
    for draft in aligned:
        rivals = [d for d in kept if d.filled.grid.box.overlap(draft.filled.grid.box) > 0]
        if not rivals:
            left.append(draft)
        elif sum(map(_is_whole, rivals)) >= SEVERAL:
            continue
        elif _labelled(draft) > sum(_labelled(d) for d in rivals):
            kept = [d for d in kept if d not in rivals]
            left.append(draft)
    return [*kept, *left]


def _is_whole(draft: Draft) -> bool:
    """Whether a table has rows and a label for each of them and for each column of figures."""
    meaning = draft.meaning
    named = all(meaning.row_labels.values()) and all(meaning.column_labels[c] for c in meaning.data_columns)
    return named and len(meaning.row_labels) >= LEAST_ROWS


def _labelled(draft: Draft) -> int:
    """Labels of figures, for their rows and for their columns; each of several in one cell counts."""
    meaning = draft.meaning
    return sum(
        _figures_in(draft.filled, s.row, s.column)
        * (bool(meaning.row_labels.get(s.row)) + bool(meaning.column_labels.get(s.column)))
        for s in draft.filled.grid.slots
        if s.row in meaning.row_labels and s.column in meaning.data_columns
    )


def _figures_in(filled: Filled, row: int, column: int) -> int:
    lines = filled.lines.get((row, column), ())
    one_by_one = sum(is_figure(" ".join(word.text for word in line)) for line in lines)
    return max(int(is_figure(filled.text(row, column))), one_by_one)


def _believed(candidates: Sequence[Filled]) -> list[Draft]:
    drafts = []
    for filled in (part for whole in candidates for part in unfolded(whole)):
        if filled.score < LEAST_SCORE or _is_frame(filled) or _is_crowded(filled) or _is_hollow(filled):
            continue
        meaning = understand(filled)
        if meaning is not None and _holds_figures(filled, meaning):
            drafts.append(Draft(filled, meaning))
    return drafts


def _is_frame(filled: Filled) -> bool:
    """Boxes around prose: cells full of running text are no table."""
    longest = [sum(len(line) for line in lines) for lines in filled.lines.values()]
    return bool(longest) and (max(longest) > 60 or len(longest) < 2)


def _is_hollow(filled: Filled) -> bool:
    """Edges of a photograph: a net of many cells of which hardly any holds a word."""
    slots = filled.grid.slots
    held = sum(bool(filled.text(slot.row, slot.column).strip()) for slot in slots)
    return len(slots) >= MANY_CELLS and held < LEAST_FILLED * len(slots)


def _is_crowded(filled: Filled) -> bool:
    """Cells that hold figures side by side: the rules part rows only, or frame the whole table.

    Where few do, and two figures alone, they are cells with two numbers in a table whose rules are right. A cell with more, or
    with a label too, is a row that no rule parts.
    """
    crowded = cells = 0
    for lines in filled.lines.values():
        figures = [
            Box.around(w.box for w in line) for line in lines if is_figure(" ".join(w.text for w in line))
        ]
        cells += bool(figures)
        beside = any(
            min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5 * min(a.height, b.height)
            for a, b in itertools.combinations(figures, 2)
        )
        if beside and (len(figures) > 2 or len(lines) > len(figures)):
            return True
        crowded += beside
    return crowded > CROWDED * cells


def _holds_figures(filled: Filled, meaning: Reading2D) -> bool:
    """Whether there are figures in the body; bare years in a row that has no label of its own, or no other row, are heads."""
    cells = [(r, filled.text(r, c)) for r in meaning.row_labels for c in meaning.data_columns]
    figures = [(r, text) for r, text in cells if is_figure(text)]
    labelled = {
        s.row
        for s in filled.grid.slots
        if s.column not in meaning.data_columns and filled.text(s.row, s.column).strip()
    }
    if filled.grid.rows == 1:
        labelled = set()
    return any(r in labelled or not is_year(text) for r, text in figures)


def _numbers_on(page: Page) -> int:
    return sum(parse(line.text) is not None for line in page.lines if line.role is Role.BODY)
