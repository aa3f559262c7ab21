"""Repairs that prove themselves: when a failed table leaves no doubt, the value changes and an ``Edit`` says why.

A value of a scan is put right when one slip of one cell (or one slip each of two, or other readings of several) makes
every relation of the table hold, no other explanation is within a factor of a hundred, each changed cell by itself
resolves two independent relations or more, and the second reading of its crop says the same. That the source printed
it so is the hypothesis to beat: without the second reading nothing is changed, however well the arithmetic fits. On a
page with a text layer digits are not misread: only digit groups in reversed order are turned back, anything else is
the source's and stays. Printed strings never change; replaying the edits over the readings gives the repaired ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.model.edition import Edit
from pipeline.model.extraction import Extraction
from pipeline.model.observation import Observation
from pipeline.model.place import Method
from pipeline.model.reading import Reading
from pipeline.validation.tables.causes import explained
from pipeline.validation.tables.digits import ARBITRARY, TURNED, slip
from pipeline.validation.tables.failures import Checked, checked
from pipeline.validation.tables.layout import Grid, Key
from pipeline.validation.tables.localise import Way, digits_of, scaled_value
from pipeline.validation.tables.relations import Relation, holds
from pipeline.validation.tables.several import other_readings, second_value, turns, with_values

#: How much dearer the next explanation must be, in powers of ten.
MARGIN = 2.0
#: Independent relations that a changed digit must resolve.
_RELATIONS = 2
#: Repairs of one table after which the next cause is looked at.
MOST_ROUNDS = 12
BY = "arithmetic"


def repairs(tables: Iterable[Checked]) -> list[Edit]:
    """What of checked tables leaves no doubt, as edits. A table in which a person has corrected is left to the person."""
    edits: list[Edit] = []
    for table in tables:
        if table.failed and not any(cell.locus.method is Method.PERSON for cell in table.grid.cells.values()):
            edits += _mended(table)
    return edits


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
    """Observations with the id of the edit that made their value."""
    by_reading = {edit.reading_id: edit.edit_id for edit in edits}
    if not by_reading:
        return tuple(observations)
    return tuple(
        replace(one, edit_id=by_reading[one.reading_id])
        if one.reading_id in by_reading
        else one
        for one in observations
    )


def _mended(table: Checked) -> list[Edit]:
    """Edits of one table, one cause at a time: what is put right makes the next cause plainer."""
    edits: dict[str, Edit] = {}
    for _ in range(MOST_ROUNDS):
        found = next(
            (new for group in table.failed if (new := _repair(table, group) or _one_of(table, group))), {}
        )
        if not found:
            break
        edits |= {edit.reading_id: edit for edit in found.values()}
        values = {key: int(Decimal(edit.new) * table.grid.scale) for key, edit in found.items()}
        table = checked(with_values(table.grid, values))
    return list(edits.values())


def _one_of(table: Checked, group: Sequence[Relation]) -> dict[Key, Edit]:
    """One cell that is wrong among others: all its relations hold with its other reading, whatever else is wrong."""
    grid = table.grid
    for key in dict.fromkeys(key for relation in group for key in relation.keys):
        mine = [relation for relation in group if key in relation.keys]
        if any(len(relation.supports) < 2 or relation.doubtful for relation in mine):
            continue
        if _independent(mine, key) < _RELATIONS:
            continue
        around = [relation for relation in (*mine, *table.held) if key in relation.keys]
        for value in other_readings(grid, key):
            after = with_values(grid, {key: value})
            if not _agreed(grid, key, value) or not all(holds(r, after.bounds, grid.scale) for r in around):
                continue
            found = explained(grid, mine, table.held)
            margin = min((way.cost for way in found[1:]), default=ARBITRARY) - found[0].cost if found else 0.0
            if found and found[0].values == ((key, value),) and margin >= MARGIN:
                return {key: _edit_of(grid, key, value, found[0], margin, mine)}
    return {}


def _repair(table: Checked, group: Sequence[Relation]) -> dict[Key, Edit]:
    """Edits for one cause, none unless everything speaks for them."""
    grid = table.grid
    if any(len(relation.supports) < 2 or relation.doubtful for relation in group):
        return {}
    found = explained(grid, group, table.held)
    if not found or found[0].cost >= ARBITRARY:
        return {}
    best = found[0]
    margin = min((way.cost for way in found[1:]), default=ARBITRARY) - best.cost
    if margin < MARGIN or not all(_agreed(grid, key, value) for key, value in best.values):
        return {}
    relations = (*group, *table.held)
    if not all(_alone(grid, best, key, relations) for key, _ in best.values):
        return {}
    return {key: _edit_of(grid, key, value, best, margin, group) for key, value in best.values}


def _edit_of(grid: Grid, key: Key, value: int, way: Way, margin: float, resolved: Sequence[Relation]) -> Edit:
    rules = ", ".join(sorted({relation.rule for relation in resolved}))
    return _edit(
        grid.cells[key],
        Decimal(value) / grid.scale,
        f"{way.slip}; cost {way.cost:.1f}, margin {margin:.1f}; resolves {rules}; {_second(grid.cells[key])}",
    )


def _alone(grid: Grid, best: Way, key: Key, relations: Sequence[Relation]) -> bool:
    """Whether a changed cell is needed and is the only one: with the others changed and it as read, the table fails
    in independent relations, and nothing else explains that nearly as well.
    """
    rest = {other: value for other, value in best.values if other != key}
    value = dict(best.values)[key]
    before = with_values(grid, rest)
    failed = [relation for relation in relations if not holds(relation, before.bounds, grid.scale)]
    if _independent(failed, key) < (1 if _turned(grid, key, value) else _RELATIONS):
        return False
    if not rest:
        return True
    held = [relation for relation in relations if holds(relation, before.bounds, grid.scale)]
    ways = explained(before, failed, held)
    mine = next((way.cost for way in ways if way.values == ((key, value),)), ARBITRARY)
    rivals = [way.cost for way in ways if way.values != ((key, value),)]
    return min(rivals, default=ARBITRARY) - mine >= MARGIN


def _independent(relations: Sequence[Relation], key: Key) -> int:
    """Relations that hold the cell, counted once for each set of other cells."""
    return len({frozenset(relation.keys) - {key} for relation in relations if key in relation.keys})


def _turned(grid: Grid, key: Key, value: int) -> bool:
    printed = digits_of(grid, key, scaled_value(grid, key))
    return slip(printed, digits_of(grid, key, value))[1] == TURNED


def _agreed(grid: Grid, key: Key, value: int) -> bool:
    """Whether the second reading of the crop says so, or the slip is one of order alone, which the table shows."""
    reading = grid.cells[key]
    if _turned(grid, key, value):
        gap = any(space in reading.raw.strip() for space in (" ", "\u00a0", "\u202f"))
        return gap or (reading.locus.method is Method.OCR and turns(grid))
    if reading.locus.method is not Method.OCR:
        return False
    second = second_value(reading)
    return second is not None and second * grid.scale == value


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
