"""A table that goes on over a page break takes its heads and caption along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.model.reading import Label, Reading, Table
from pipeline.readings.groups import under
from pipeline.readings.headers import Reading2D

_NUMBERED = regex.compile(r"^\W*(?:\p{L}+\W+){1,2}?(\d+(?:[.-]\d+)?)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a table that may go on, with what its columns are called."""

    table: Table
    meaning: Reading2D
    title: Label | None = None  # the row that its last rows stand under

    @property
    def headless(self) -> bool:
        """Whether no column has a name."""
        return not any(self.meaning.column_labels.values())

    @property
    def is_form(self) -> bool:
        """Whether it is one column of figures, each of them with a label: it needs no head."""
        labels = self.meaning.row_labels.values()
        return len(self.meaning.data_columns) == 1 and len(labels) > 1 and all(labels)


def carry_over(previous: Part | None, part: Part, readings: Sequence[Reading]) -> tuple[Part, list[Reading]]:
    """Give a table without heads of its own those of the table that ends the page before it.

    The two parts must have equally many columns, figures in the same ones, and stand above each other.
    """
    held = list(readings)
    if previous is None or not part.headless or not _continues(previous, part):
        return part, held
    column_of = _columns(previous, part)
    heads = {c: previous.meaning.column_labels.get(before, Label()) for c, before in column_of.items()}
    # What numbered the rows above (5, 6, 7 …) does so here too.
    labelled = [
        replace(r, column_label=heads.get(r.column, Label())) if r.column is not None else r
        for r in held
        if r.column is None or r.column in column_of
    ]
    caption = part.table.caption or previous.table.caption
    note = part.table.unit_note or previous.table.unit_note
    table = replace(part.table, caption=caption, unit_note=note)
    meaning = replace(part.meaning, column_labels=heads, data_columns=tuple(sorted(column_of)))
    return Part(table, meaning), labelled


def under_last_title(
    previous: Part | None, part: Part, readings: Sequence[Reading], is_total: Callable[[Label], bool]
) -> tuple[Part, list[Reading]]:
    """Give the first rows of a table that goes on the title that the rows above the page break stand under.

    A group that ended with its total is over. Where groups have totals, a total below the break is that of its group.
    """
    titles, rows = part.meaning.titles, part.meaning.row_labels
    own = replace(part, title=titles[max(titles)] if titles else None)
    if previous is None or not previous.title or not _goes_on(previous, part):
        return own, list(readings)
    above = previous.meaning.row_labels
    if not above or is_total(above[max(above)]):
        return own, list(readings)
    first = min(titles, default=max(rows, default=0) + 1)
    totalled = any(map(is_total, above.values()))
    last = min((r for r in rows if r < first and is_total(rows[r])), default=first)
    mine = {r for r in rows if r < last or (r == last and totalled and r < first)}
    held = [
        replace(r, row_label=under(previous.title, r.row_label)) if r.row in mine else r for r in readings
    ]
    return own if titles else replace(part, title=previous.title), held


def _goes_on(previous: Part, part: Part) -> bool:
    """Whether a part has the heads of the one on the page before, and no other title."""
    before, after = (set(p.meaning.column_labels.values()) for p in (previous, part))
    same = part.table.caption in (Label(), previous.table.caption)
    return before == after and same and _continues(previous, part)


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
        {match[1] for text in (label.ar, label.fr) if (match := _NUMBERED.match(text))}
        for label in (before, after)
    ]
    return all(numbers) and not numbers[0] & numbers[1]


def _above(before: Table, after: Table) -> bool:
    """Whether two parts stand at one place across the page."""
    shared = min(before.box.x1, after.box.x1) - max(before.box.x0, after.box.x0)
    return shared > 0.6 * min(before.box.width, after.box.width)
