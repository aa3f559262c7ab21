"""Figures of one year in tables and charts of several years, and totals of that year in other tables of the report.

Two digits that changed places say that one is the other; what the labels say has to agree with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.model.finding import Finding, Severity
from pipeline.model.reading import Reading
from pipeline.validation.evidence import Evidence
from pipeline.validation.prose.facts import Level, facts, of_one_thing, of_one_year, two_values
from pipeline.validation.prose.telling import kind_of
from pipeline.validation.slips import LONG, slip
from pipeline.validation.tables.layout import Naming, is_year

_NOUGHT = Decimal(0)
_Trace = tuple[str, tuple[str, ...]]


def told_by_year(evidence: Evidence, levels: Sequence[Level]) -> Iterator[Finding]:
    """The figure of a year in a table of years is the total of the table that breaks it down."""
    cells = [level for level in levels if level[0].kind == "cell"]
    rows = {id(reading.row_label): reading.row_label for reading, *_ in cells}
    columns = {id(reading.column_label): reading.column_label for reading, *_ in cells}
    naming = Naming.of(evidence.codebook)
    # Labels are shared by their figures: what each says is asked once. They outlive these sets of their ids.
    total_rows = {at for at, label in rows.items() if naming.kind(label)[0] == "total"}
    year_rows, year_columns = ({at for at, one in held.items() if is_year(one)} for held in (rows, columns))
    if not total_rows or not (year_rows or year_columns):
        return
    totals: dict[_Trace, list[Level]] = defaultdict(list)
    values = set()
    for level in cells:
        reading = level[0]
        if id(reading.row_label) in total_rows and id(reading.column_label) not in year_columns:
            values.add((kind_of(reading.unit_measure), reading.value))
            if trace := _trace(reading):
                totals[trace].append(level)
    if not totals:
        return
    for level in cells:
        reading = level[0]
        of_a_year = id(reading.column_label) in year_columns or id(reading.row_label) in year_rows
        trace = _trace(reading) if of_a_year else None
        near = totals.get(trace, ()) if trace else ()
        if not near or (kind_of(reading.unit_measure), reading.value) in values:
            continue
        (one,) = facts(evidence, [level])
        for other in facts(evidence, near):
            typo = slip(reading.value or _NOUGHT, other.reading.value or _NOUGHT) == "typo"
            apart = other.reading.table_id != reading.table_id
            if typo and apart and of_one_year(one.observation, other.observation) and of_one_thing(one, other):
                yield two_values(one, other, Severity.WARNING)
                break


def _trace(reading: Reading) -> _Trace | None:
    """What a number has in common with those that have its digits in another order."""
    value = reading.value
    if value is None or value != value.to_integral_value() or abs(value) < 10 ** (LONG - 1):
        return None
    return kind_of(reading.unit_measure), tuple(sorted(str(abs(int(value)))))
