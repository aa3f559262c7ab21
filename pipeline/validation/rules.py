"""The register of checks: one row each, in the order in which they run.

Relations that hold vouch for their values, so the table rules come first and the rules that ask for doubt last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model.finding import Finding, Severity
from pipeline.validation import (
    agreement,
    breaks,
    claims,
    coverage,
    dates,
    edits,
    lines,
    plans,
    revisions,
    scan,
    stale,
)
from pipeline.validation.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. ``severity`` is the gravest it gives; ``level`` is cell, table, document or series."""

    id: str
    version: int
    level: str
    severity: Severity
    title: str
    why: str
    check: Callable[[Evidence], Iterator[Finding]]


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

RULES: tuple[Rule, ...] = (
    Rule(
        "TAB-01",
        2,
        "table",
        _E,
        "Column totals",
        "A total is the sum of its rows.",
        lines.relations("TAB-01"),
    ),
    Rule(
        "TAB-02",
        2,
        "table",
        _E,
        "Row totals",
        "A total is the sum of its columns.",
        lines.relations("TAB-02"),
    ),
    Rule(
        "TAB-03",
        2,
        "table",
        _E,
        "Shares",
        "A percent is its count over the total.",
        lines.relations("TAB-03"),
    ),
    Rule("TAB-04", 2, "table", _E, "Shares sum", "Shares of a whole sum to it.", lines.relations("TAB-04")),
    Rule("TAB-07", 1, "table", _E, "Rates", "A rate is one count over another.", lines.relations("TAB-07")),
    Rule(
        "TAB-09", 1, "table", _E, "Averages", "An average is a sum over a number.", lines.relations("TAB-09")
    ),
    Rule("TAB-10", 1, "table", _E, "Changes", "A change is new against old.", lines.relations("TAB-10")),
    Rule("TAB-05", 1, "table", _E, "Banner", "A total above a table is the one inside.", lines.banner_totals),
    Rule("TAB-06", 1, "table", _E, "Label pairs", "Both labels of a row mean the same.", lines.label_pairs),
    Rule("TAB-08", 1, "table", _E, "Of which", "A part is no more than its whole.", lines.part_of_line),
    Rule("CEL-02", 1, "cell", _W, "Domain", "A share lies between 0 and 100.", lines.share_domain),
    Rule("CEL-11", 1, "cell", _I, "Put right", "A repaired value says so.", edits.mended),
    Rule("CEL-08", 1, "cell", _E, "Weekday", "A date has one weekday.", dates.weekdays),
    Rule(
        "DOC-03", 1, "document", _E, "Rate × count", "So many each, times how many.", claims.rate_times_count
    ),
    Rule("DOC-05", 1, "document", _E, "Growth", "A growth claim fits its two figures.", claims.growth),
    Rule("DOC-01", 1, "document", _E, "Told twice", "One fact has one value.", agreement.printed_twice),
    Rule("DOC-06", 1, "document", _W, "Plan periods", "One plan has one period.", plans.plan_periods),
    Rule("DOC-11", 1, "document", _W, "Copies", "Copies of an edition agree.", agreement.copies),
    Rule("DOC-12", 1, "document", _W, "Lacking", "A scan has what its original has.", agreement.lacking),
    Rule("XYR-01", 1, "series", _W, "Restated", "A past year stays as told.", revisions.restated),
    Rule("XYR-03", 1, "series", _W, "Jump", "Levels seldom treble in a year.", breaks.jumps),
    Rule("XYR-05", 1, "series", _E, "Unit slip", "A table keeps its unit.", stale.slipped_units),
    Rule("XYR-06", 1, "series", _E, "Stale copy", "Another year has other figures.", stale.stale_copies),
    Rule("XYR-07", 1, "series", _W, "Vanished", "A series goes on.", breaks.vanished),
    Rule("XYR-13", 1, "series", _W, "Target moved", "A plan keeps its target.", breaks.moved_targets),
    Rule("CEL-03", 1, "cell", _W, "Recognised", "A scan's value needs a voucher.", scan.recognised),
    Rule("CEL-01", 1, "cell", _W, "Unreadable", "A cell with ink holds a number.", scan.unreadable),
    Rule("CEL-05", 1, "cell", _W, "Digit order", "Reversed digits were put right.", scan.order_of_digits),
    Rule("CEL-06", 1, "cell", _W, "One separator", "1.234 has two readings.", scan.one_separator),
    Rule("EXT", 1, "document", _W, "Reading", "What could not be read is told.", coverage.complaints),
)
