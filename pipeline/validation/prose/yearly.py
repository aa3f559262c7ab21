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
    naming = Naming.of(evidence.codebook)
    totals: dict[_Trace, list[Level]] = defaultdict(list)
    values = set()
    for level in levels:
        reading = level[0]
        if reading.kind == "cell" and not _of_a_year(reading) and naming.kind(reading.row_label)[0] == "total":
            values.add((kind_of(reading.unit_measure), reading.value))
            if trace := _trace(reading):
                totals[trace].append(level)
    if not totals:
        return
    for level in levels:
        reading = level[0]
        trace = _trace(reading) if reading.kind == "cell" and _of_a_year(reading) else None
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


def _of_a_year(reading: Reading) -> bool:
    return is_year(reading.column_label) or is_year(reading.row_label)


def _trace(reading: Reading) -> _Trace | None:
    """What a number has in common with those that have its digits in another order."""
    value = reading.value
    if value is None or value != value.to_integral_value() or abs(value) < 10 ** (LONG - 1):
        return None
    return kind_of(reading.unit_measure), tuple(sorted(str(abs(int(value)))))
