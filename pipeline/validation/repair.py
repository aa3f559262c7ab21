"""Repairs that prove themselves: when a failed table leaves no doubt, the value changes and an ``Edit`` says why.

A value of a scan is put right when one slip of one cell (or one slip each of two) makes every relation of the table
hold, no other explanation is within a factor of a hundred, at least two independent relations are resolved, and the
second reading of the crop says the same. That the source printed it so is the hypothesis to beat: without the
second reading nothing is changed, however well the arithmetic fits. On a page with a text layer digits are not
misread: only digit groups in reversed order are turned back, anything else is the source's and stays. Printed
strings never change; replaying the edits over the readings gives the repaired ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.codebook.loading import Codebook
from pipeline.model.edition import Edit
from pipeline.model.extraction import Extraction
from pipeline.model.observation import Observation
from pipeline.model.place import Method
from pipeline.model.reading import Reading
from pipeline.validation.causes import cause_of, second_value
from pipeline.validation.digits import ARBITRARY
from pipeline.validation.layout import Grid, Key
from pipeline.validation.localise import Way
from pipeline.validation.relations import Relation
from pipeline.validation.tables import Checked

#: How much dearer the next explanation must be, in powers of ten.
MARGIN = 2.0
#: Independent relations that a changed digit must resolve.
_RELATIONS = 2
_TURNED = "groups reversed"
BY = "arithmetic"


def repairs(extraction: Extraction, tables: Iterable[Checked], codebook: Codebook) -> list[Edit]:
    """What of a report's tables leaves no doubt, as edits. What a person has corrected is left to the person.

    Args:
        extraction: what one report says.
        tables: its tables, checked.
        codebook: declared corrections.
    """
    edits: list[Edit] = []
    for table in tables:
        for group in table.failed:
            made = _repair(table, group)
            if made and not _declared(extraction, codebook) & _values(table.grid):
                edits += made
    return edits


def _declared(extraction: Extraction, codebook: Codebook) -> set[tuple[int, Decimal | None]]:
    sha256 = extraction.report.sha256
    return {(c.page, Decimal(c.old)) for c in codebook.corrections if sha256.startswith(c.report)}


def _values(grid: Grid) -> set[tuple[int, Decimal | None]]:
    return {(cell.locus.page, cell.value) for cell in grid.cells.values()}


def replayed(extraction: Extraction, edits: Iterable[Edit]) -> Extraction:
    """The extraction with the values that the edits give its readings; what is printed stays."""
    new = {edit.reading_id: Decimal(edit.new) for edit in edits if edit.field == "value"}
    if not any(reading.reading_id in new for reading in extraction.readings):
        return extraction
    return replace(
        extraction,
        readings=tuple(
            replace(reading, value=new[reading.reading_id]) if reading.reading_id in new else reading
            for reading in extraction.readings
        ),
    )


def signed(observations: Sequence[Observation], edits: Sequence[Edit]) -> tuple[Observation, ...]:
    """Observations with the id of the edit that made their value; a person's own edit keeps its place."""
    by_reading = {edit.reading_id: edit.edit_id for edit in edits}
    if not by_reading:
        return tuple(observations)
    return tuple(
        replace(one, edit_id=by_reading[one.reading_id])
        if one.reading_id in by_reading and not one.edit_id
        else one
        for one in observations
    )


def _repair(table: Checked, group: Sequence[Relation]) -> list[Edit]:
    """Edits for one cause, none unless everything speaks for them."""
    grid = table.grid
    if any(len(relation.supports) < 2 or relation.doubtful for relation in group):
        return []
    found = cause_of(grid, group, table.held).ways
    if not found or found[0].cost >= ARBITRARY:
        return []
    best = found[0]
    rivals = [way.cost for way in found[1:] if way.values != best.values]
    margin = min(rivals, default=ARBITRARY) - best.cost
    if margin < MARGIN or not all(_agreed(grid, key, value, best) for key, value in best.values):
        return []
    resolved = min(_independent(group, key) for key, _ in best.values)
    if resolved < (1 if best.slip == _TURNED else _RELATIONS):
        return []
    rules = ", ".join(sorted({relation.rule for relation in group}))
    return [
        _edit(
            grid.cells[key],
            Decimal(value) / grid.scale,
            f"{best.slip}; cost {best.cost:.1f}, margin {margin:.1f}; resolves {rules}; {_second(grid.cells[key])}",
        )
        for key, value in best.values
    ]


def _agreed(grid: Grid, key: Key, value: int, way: Way) -> bool:
    """Whether the second reading of the crop says so, or the slip is one of order alone."""
    reading = grid.cells[key]
    if way.slip == _TURNED and len(way.values) == 1:
        return " " in reading.raw.strip() or "\u00a0" in reading.raw or "\u202f" in reading.raw
    if reading.locus.method is not Method.OCR:
        return False
    second = second_value(reading)
    return second is not None and second * grid.scale == value


def _independent(group: Sequence[Relation], key: Key) -> int:
    """Failed relations that hold the cell, counted once for each set of other cells."""
    return len({frozenset(relation.keys) - {key} for relation in group if key in relation.keys})


def _second(reading: Reading) -> str:
    return f"second reading {reading.second_raw}" if reading.second_raw else "order of groups"


def _edit(reading: Reading, value: Decimal, reason: str) -> Edit:
    old, new = _plain(reading.value), _plain(value)
    said = "\x1f".join((reading.reading_id, "value", old, new, BY))
    return Edit(
        edit_id=f"E-{hashlib.sha256(said.encode()).hexdigest()[:12]}",
        reading_id=reading.reading_id,
        field="value",
        old=old,
        new=new,
        by=BY,
        reason=reason,
    )


def _plain(value: Decimal | None) -> str:
    text = f"{value:f}" if value is not None else ""
    return text.rstrip("0").rstrip(".") if "." in text else text
