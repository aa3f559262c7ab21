"""The tables of a run, one report at a time: repairs that prove themselves, then the rules that look at tables.

A table is looked at once, and nothing of it stays but what was found: the rules across reports need no grid, and the
grids of a million figures would take as much memory as all figures do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.codebook.loading import Codebook
from pipeline.model.edition import Edit
from pipeline.model.extraction import Extraction
from pipeline.model.finding import Finding
from pipeline.validation.evidence import Evidence
from pipeline.validation.layout import Naming, grids
from pipeline.validation.repair import repairs, replayed
from pipeline.validation.rules import RULES, Rule
from pipeline.validation.tables import Checked, checked, untested
from pipeline.validation.tidy import tidy_relations

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
        codebook: words that name totals and shares; declared corrections.
        mending: put right what leaves no doubt; what a person has corrected is left to the person.
        members: of tables that hold one figure a row.
        rules: which rules to run; those that go by table are.
    """
    naming = Naming.of(codebook)
    result = Inspection()
    evidence = Evidence(codebook=codebook, vouched=result.vouched)
    evidence.year_of = {one.report.report_id: one.report.edition_year for one in extractions}
    mended: list[Extraction] = []
    edits: list[Edit] = []
    for extraction in extractions:
        tables = _tables(extraction, naming, members)
        if mending and (made := repairs(extraction, tables, codebook)):
            edits += made
            extraction = replayed(extraction, made)
            tables = _tables(extraction, naming, members)
        mended.append(extraction)
        evidence.extractions, evidence.checked = (extraction,), tables
        for rule in rules:
            if rule.by_table:
                result.findings[rule.id] += rule.check(evidence)
        result.held += sum(len(table.held) for table in tables)
        result.failed += sum(len(group) for table in tables for group in table.failed)
        result.untested += sum(len(untested(table)) for table in tables)
    result.extractions, result.edits = tuple(mended), tuple(edits)
    return result


def _tables(extraction: Extraction, naming: Naming, members: Members | None) -> tuple[Checked, ...]:
    return tuple(
        checked(grid, tidy_relations(grid, members[grid.table_id], naming))
        if members and grid.table_id in members
        else checked(grid)
        for grid in grids(extraction, naming)
    )
