"""The tables of a run, one report at a time: repairs that prove themselves, then the rules that look at tables.

A table is looked at once, and nothing of it stays but what was found: the rules across reports need no grid, and the
grids of a million figures would take as much memory as all figures do. Reports say nothing of each other here: of many
the second half is looked at beside the first.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.beside import beside, middle
from pipeline.codebook.loading import Codebook
from pipeline.model.edition import Edit
from pipeline.model.extraction import Extraction
from pipeline.model.finding import Finding
from pipeline.validation.evidence import Evidence
from pipeline.validation.rules import RULES, Rule
from pipeline.validation.tables.failures import Checked, checked, untested
from pipeline.validation.tables.layout import Naming, grids
from pipeline.validation.tables.repair import repairs, replayed
from pipeline.validation.tables.tidy import tidy_relations

#: By table, the members of each row, for tables that hold one figure a row.
Members = Mapping[str, Mapping[int, tuple[str, ...]]]


@dataclass(slots=True)
class Inspection:
    """Readings after the repairs, the repairs, and what was found in their tables by the id of the rule.

    ``vouched`` are, for each reading, the rules that found it right; ``held`` and ``failed`` count relations, and
    ``untested`` the totals that enter none.
    """

    extractions: tuple[Extraction, ...] = ()
    edits: tuple[Edit, ...] = ()
    findings: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    vouched: dict[str, frozenset[str]] = field(default_factory=dict)
    held: int = 0
    failed: int = 0
    untested: int = 0


def inspect(
    extractions: Sequence[Extraction],
    codebook: Codebook,
    *,
    mending: bool = True,
    members: Members | None = None,
    rules: Sequence[Rule] = RULES,
) -> Inspection:
    """Look at every table of every report.

    Args:
        extractions: what every report says.
        codebook: words that name totals and shares.
        mending: put right what leaves no doubt; what a person has corrected is left to the person.
        members: of tables that hold one figure a row.
        rules: which rules to run; those that go by table are.
    """
    inspector = _Inspector(codebook, Naming.of(codebook), mending, members, tuple(rules))
    years = {one.report.report_id: one.report.edition_year for one in extractions}
    cut = middle(len(one.readings) for one in extractions)
    rest = extractions[cut:]
    if not rest:
        return inspector.look_at(extractions, years)
    other = beside(lambda: _packed(inspector.look_at(rest, years), rest))
    result = inspector.look_at(extractions[:cut], years)
    _add(result, other(), rest)
    return result


@dataclass(frozen=True, slots=True)
class _Inspector:
    """What all reports are looked at with."""

    codebook: Codebook
    naming: Naming
    mending: bool
    members: Members | None
    rules: tuple[Rule, ...]

    def look_at(self, extractions: Sequence[Extraction], years: dict[str, int | None]) -> Inspection:
        """Look at some of the reports."""
        result = Inspection()
        evidence = Evidence(codebook=self.codebook, vouched=result.vouched, year_of=years)
        mended: list[Extraction] = []
        edits: list[Edit] = []
        for extraction in extractions:
            tables = _tables(extraction, self.naming, self.members)
            if self.mending and (made := repairs(tables)):
                edits += made
                extraction = replayed(extraction, made)
                tables = _tables(extraction, self.naming, self.members)
            mended.append(extraction)
            evidence.extractions, evidence.checked = (extraction,), tables
            for rule in self.rules:
                if rule.by_table:
                    result.findings[rule.id] += rule.check(evidence)
            result.held += sum(len(table.held) for table in tables)
            result.failed += sum(len(group) for table in tables for group in table.failed)
            result.untested += sum(len(untested(table)) for table in tables)
        result.extractions, result.edits = tuple(mended), tuple(edits)
        return result


class _Packed(NamedTuple):
    """An inspection as it travels: of the reports only those that were mended, of the readings only their places."""

    mended: dict[int, Extraction]
    edits: tuple[Edit, ...]
    findings: dict[str, list[Finding]]
    places: array[int]
    kinds: array[int]
    vouchers: tuple[frozenset[str], ...]
    held: int
    failed: int
    untested: int


def _packed(seen: Inspection, extractions: Sequence[Extraction]) -> _Packed:
    place = {id_: at for at, id_ in enumerate(r.reading_id for e in extractions for r in e.readings)}
    kind: dict[frozenset[str], int] = {}
    return _Packed(
        mended={
            at: new
            for at, (old, new) in enumerate(zip(extractions, seen.extractions, strict=True))
            if new is not old
        },
        edits=seen.edits,
        findings=dict(seen.findings),
        places=array("L", (place[reading] for reading in seen.vouched)),
        kinds=array("L", (kind.setdefault(rules, len(kind)) for rules in seen.vouched.values())),
        vouchers=tuple(kind),
        held=seen.held,
        failed=seen.failed,
        untested=seen.untested,
    )


def _add(result: Inspection, packed: _Packed, extractions: Sequence[Extraction]) -> None:
    """Add what was found in the other half of the reports."""
    result.extractions += tuple(packed.mended.get(at, one) for at, one in enumerate(extractions))
    result.edits += packed.edits
    for rule, found in packed.findings.items():
        result.findings[rule] += found
    names = [reading.reading_id for one in extractions for reading in one.readings]
    for at, kind in zip(packed.places, packed.kinds, strict=True):
        result.vouched[names[at]] = packed.vouchers[kind]
    result.held += packed.held
    result.failed += packed.failed
    result.untested += packed.untested


def _tables(extraction: Extraction, naming: Naming, members: Members | None) -> tuple[Checked, ...]:
    return tuple(
        checked(grid, tidy_relations(grid, members[grid.table_id], naming))
        if members and grid.table_id in members
        else checked(grid)
        for grid in grids(extraction, naming)
    )
