"""A table that goes on over a page break takes its heads and caption along, one that goes on sideways its row labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.model.place import Box
from pipeline.model.reading import Label, Reading, Table
from pipeline.readings.grids.groups import joined
from pipeline.readings.grids.headers import Reading2D
from pipeline.readings.marks import names_caption

#: What a title says that is printed again over a part that goes on.
_GOES_ON = regex.compile(
    r"^\W*(?:suite(?: et fin)?|تابع|تتمة)\b\W*|\W*\b(?:suite(?: et fin)?|fin|تابع|تتمة|يتبع)\W*$",
    regex.IGNORECASE,
)
#: Rows of two pages stand level when their middles differ by no more than this share of their height.
_LEVEL = 0.3
_NUMBERED = regex.compile(r"^\W*(?:\p{L}+\W+){1,2}?(\d+(?:[.-]\d+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a table that may go on, with what its columns are called.

    ``first`` tells that no text stands above it on its page; ``above`` is the row of a title that its first rows stand
    under, ``below`` that of its last ones; ``totalled`` that groups above the page break have totals.
    """

    table: Table
    meaning: Reading2D
    first: bool = False
    above: Label | None = None
    below: Label | None = None
    totalled: bool = False

    @property
    def headless(self) -> bool:
        """Whether no column has a name."""
        return not any(self.meaning.column_labels.values())

    @property
    def is_form(self) -> bool:
        """Whether it is one column of figures, each of them with a label: it needs no head."""
        labels = self.meaning.row_labels.values()
        return len(self.meaning.data_columns) == 1 and len(labels) > 1 and all(labels)


def continued(previous: Part | None, part: Part, ends_group: Callable[[Label], bool]) -> Part:
    """A table with what it has from the one that ends the page before, if it goes on from there.

    It has heads that it does not print, caption and unit line, and the title that the rows above the page break stand
    under or the group whose cell it cuts, unless that group ended with its total there. The two parts have equally many
    columns, figures in the same ones, and stand above each other; one that prints the heads again opens its page.
    """
    titles = part.meaning.titles
    own = titles[max(titles)] if titles else None
    if (
        previous is None
        or not (part.headless or _prints_again(previous, part))
        or not _continues(previous, part)
    ):
        return replace(_beside(previous, part), below=own)
    again = _same_title(previous.table.caption, part.table.caption)
    table = replace(
        part.table,
        caption=previous.table.caption if again else part.table.caption,
        unit_note=part.table.unit_note or previous.table.unit_note,
        continues=previous.table.table_id,
    )
    meaning = part.meaning
    if part.headless:
        # What numbered the rows above (5, 6, 7 …) does so here too: such a column is none of figures.
        column_of = _columns(previous, part)
        heads = {c: previous.meaning.column_labels.get(before, Label()) for c, before in column_of.items()}
        meaning = replace(meaning, column_labels=heads, data_columns=tuple(sorted(column_of)))
    meaning = replace(meaning, row_labels=_under_cut_group(previous, table, meaning.row_labels, ends_group))
    rows = previous.meaning.row_labels
    above = None if rows and ends_group(rows[max(rows)]) else previous.below
    totalled = previous.totalled or any(map(ends_group, rows.values()))
    return replace(part, table=table, meaning=meaning, above=above, below=own or above, totalled=totalled)


def _under_cut_group(
    previous: Part, table: Table, labels: Mapping[int, Label], ends_group: Callable[[Label], bool]
) -> dict[int, Label]:
    """Labels of rows, the first ones under the group whose cell the page break cuts: its other half is blank."""
    out, above = dict(labels), previous.meaning.row_labels
    last = above.get(max(above, default=-1), Label())
    group, inner = (Label(ar=part(last.ar), fr=part(last.fr)) for part in (_outer, _inner))
    column = _group_column(previous.table)
    if not group or column is None or table.column_count != previous.table.column_count or ends_group(inner):
        return out
    own = {
        r
        for cell in table.cells
        if cell.text and cell.column <= column < cell.column + cell.column_span
        for r in range(cell.row, cell.row + cell.row_span)
    }
    for row in sorted(labels):
        if row in own:
            break
        out[row] = joined(group, labels[row])
        if ends_group(labels[row]):
            break
    return out


def _outer(label: str) -> str:
    return label.rpartition(" / ")[0]


def _inner(label: str) -> str:
    return label.rpartition(" / ")[2]


def _group_column(table: Table) -> int | None:
    """The column of labels over several rows of which one covers the last row; None where no or every column is one."""
    stubs = [cell for cell in table.cells if cell.header and cell.text and cell.row > 0]
    last = table.row_count - 1
    held = {cell.column for cell in stubs if cell.row <= last < cell.row + cell.row_span}
    groups = {cell.column for cell in stubs if cell.row_span > 1} & held
    return next(iter(groups)) if len(groups) == 1 and len(held) > 1 else None


def _beside(previous: Part | None, part: Part) -> Part:
    """A table without any row label with those of the one on the page before, if each of its rows stands level with one.

    That is how spreadsheets and report generators print what is wider than their paper.
    """
    if previous is None or part.headless or any(part.meaning.row_labels.values()):
        return part
    before, after = previous.table, part.table
    if after.page - before.page != 1 or not _same_title(before.caption, after.caption):
        return part
    labels, heights = previous.meaning.row_labels, _heights(before)
    level = {
        row: [r for r in labels if r in heights and _is_level(heights[r], own)]
        for row, own in _heights(after).items()
        if row in part.meaning.row_labels
    }
    if len(labels) < 2 or not all(labels.values()) or sorted(level.values()) != sorted([r] for r in labels):
        return part
    rows = {row: labels[held[0]] for row, held in level.items()}
    table = replace(
        after, caption=after.caption or before.caption, unit_note=after.unit_note or before.unit_note
    )
    return replace(part, table=table, meaning=replace(part.meaning, row_labels=rows))


def _heights(table: Table) -> dict[int, Box]:
    """A cell of each row that spans no other."""
    return {cell.row: cell.box for cell in table.cells if cell.row_span == 1}


def _is_level(one: Box, other: Box) -> bool:
    return abs(one.centre[1] - other.centre[1]) <= _LEVEL * min(one.height, other.height)


def _prints_again(previous: Part, part: Part) -> bool:
    """Whether a part opens its page with the heads of the one on the page before, and no other title."""
    before, after = (set(p.meaning.column_labels.values()) for p in (previous, part))
    return part.first and before == after and _same_title(previous.table.caption, part.table.caption)


def _same_title(before: Label, after: Label) -> bool:
    """Whether a title is none, or that of the part above: all of its lines or the last, «(suite)» or not."""
    pairs = [(_bare(said), _bare(again)) for said, again in ((before.ar, after.ar), (before.fr, after.fr))]
    return all(not again or said[-len(again) :] == again for said, again in pairs)


def _bare(title: str) -> list[str]:
    """The lines of a title without the words that say that its table goes on."""
    return [_GOES_ON.sub("", line).strip() for line in title.split(" / ") if line]


def strands(tables: Sequence[Table], readings: Sequence[Reading]) -> list[list[Reading]]:
    """The figures of each table, those of its parts on the pages that follow together.

    Args:
        tables: tables of a report in the order in which they are printed.
        readings: their figures.
    """
    of_table: dict[str, list[Reading]] = {table.table_id: [] for table in tables}
    for reading in readings:
        of_table.setdefault(reading.table_id, []).append(reading)
    heads = {
        key: {r.column_label for r in held if r.column is not None and r.column_label}
        for key, held in of_table.items()
    }
    found: list[list[Reading]] = []
    before: Table | None = None
    for table in tables:
        mine = heads[table.table_id]
        # A column that is blank all over a page has no figures there.
        theirs = heads[before.table_id] if before is not None else set()
        same = bool(mine) and bool(theirs) and (mine <= theirs or theirs <= mine)
        # One with a title of its own begins anew, like heads or not.
        same = same and before is not None and (not table.caption or table.caption == before.caption)
        if before is not None and same and table.page - before.page == 1 and _above(before, table):
            found[-1] += of_table[table.table_id]
        else:
            found.append(list(of_table[table.table_id]))
        before = table
    return found


def _columns(previous: Part, part: Part) -> dict[int, int]:
    """For each column of figures the one above it that it continues; empty when the two parts don't fit."""
    before, after = previous.meaning.data_columns, part.meaning.data_columns
    if part.table.column_count == previous.table.column_count and set(before) <= set(after):
        return {c: c for c in before}
    # A row of totals whose label covers several stubs has fewer columns than the rows above it.
    return dict(zip(after, before, strict=True)) if len(before) == len(after) else {}


def _continues(previous: Part, part: Part) -> bool:
    before, after = previous.table, part.table
    fits = after.page - before.page == 1 and bool(_columns(previous, part)) and _above(before, after)
    return fits and not _numbered_apart(before.caption, after.caption)


def _numbered_apart(before: Label, after: Label) -> bool:
    """Whether two titles give their tables different numbers (جدول 3, جدول 4)."""
    numbers = [
        {
            match[1]
            for text in (label.ar, label.fr)
            for line in _naming(text)
            if (match := _NUMBERED.match(line))
        }
        for label in (before, after)
    ]
    return all(numbers) and not numbers[0] & numbers[1]


def _naming(title: str) -> list[str]:
    """The lines of a title that name its table (Tableau 3), not the heading above them; else the first."""
    lines = title.split(" / ")
    return [line for line in lines if names_caption(line)] or lines[:1]


def _above(before: Table, after: Table) -> bool:
    """Whether two parts stand at one place across the page."""
    shared = min(before.box.x1, after.box.x1) - max(before.box.x0, after.box.x0)
    return shared > 0.6 * min(before.box.width, after.box.width)
