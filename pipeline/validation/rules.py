"""The register of checks: one row each, in the order in which they run.

Relations that hold vouch for their values, so the table rules come first and the rules that ask for doubt last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model.finding import Finding, Severity
from pipeline.validation import coverage, edits, scan
from pipeline.validation.evidence import Evidence
from pipeline.validation.prose import (
    across,
    agreement,
    claims,
    damaged,
    dates,
    elsewhere,
    parts,
    plans,
    proportions,
    sentences,
)
from pipeline.validation.tables import lines, names, sets
from pipeline.validation.years import breaks, later, panel, partial, stale


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. ``severity`` is the gravest it gives; ``level`` is cell, table, document or series.

    Rules of level table look at one report's tables at a time, and so do those of level cell with ``grids``. Those of
    level series with ``facts`` compare what reports tell, as rules of documents do.
    """

    id: str
    version: int
    level: str
    severity: Severity
    title: str
    why: str
    check: Callable[[Evidence], Iterator[Finding]]
    grids: bool = False
    facts: bool = False

    @property
    def by_table(self) -> bool:
        """Whether the rule is run while the tables of a report are looked at."""
        return self.grids or self.level == "table"

    @property
    def by_series(self) -> bool:
        """Whether the rule goes through the series alone."""
        return self.level == "series" and not self.facts


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("TAB-01", 3, "table", _E, "Column totals", "A total is the sum of its rows.", lines.relations("TAB-01")),
    Rule("TAB-02", 3, "table", _E, "Row totals", "A total is the sum of its columns.", lines.relations("TAB-02")),
    Rule("TAB-03", 3, "table", _E, "Shares", "A percent is its count over the total.", lines.relations("TAB-03")),
    Rule("TAB-04", 2, "table", _E, "Shares sum", "Shares of a whole sum to it.", lines.relations("TAB-04")),
    Rule("TAB-07", 1, "table", _E, "Rates", "A rate is one count over another.", lines.relations("TAB-07")),
    Rule("TAB-09", 1, "table", _E, "Averages", "An average is a sum over a number.", lines.relations("TAB-09")),
    Rule("TAB-10", 2, "table", _E, "Changes", "A change is new against old.", lines.relations("TAB-10")),
    Rule("TAB-14", 1, "table", _E, "Running totals", "A running total grows by what came.", lines.relations("TAB-14")),
    Rule("TAB-15", 1, "table", _I, "Cut off", "Decimals are rounded, or all cut off.", lines.cut_off),
    Rule("TAB-05", 2, "table", _E, "Banner", "A total above a table is the one inside.", lines.banner_totals),
    Rule("TAB-06", 1, "table", _E, "Label pairs", "Both labels of a row mean the same.", lines.label_pairs),
    Rule("TAB-08", 1, "table", _E, "Of which", "A part is no more than its whole.", lines.part_of_line),
    Rule("TAB-11", 1, "table", _W, "Possible percents", "Some whole number gives a percent.", sets.possible_percents),
    Rule("TAB-12", 1, "table", _W, "All regions", "A table by regions has them all.", sets.all_regions),
    Rule("TAB-13", 1, "table", _W, "Equal lines", "Two lines differ somewhere.", sets.equal_lines),
    Rule("CEL-02", 4, "cell", _W, "Domain", "Shares lie in 0 to 100, people are whole.", lines.domains, grids=True),
    Rule("CEL-07", 1, "cell", _W, "Words and digits", "A number in words is the one in brackets.", sentences.words_and_digits),
    Rule("CEL-08", 1, "cell", _E, "Weekday", "A date has one weekday.", dates.weekdays),
    Rule("CEL-09", 1, "cell", _W, "Two calendars", "A Hijri date is the Gregorian one beside it.", sentences.two_calendars),
    Rule("CEL-14", 1, "cell", _I, "Misspelled unit", "A unit is spelled as it is meant.", sentences.misspelled_units),
    Rule("CEL-16", 1, "cell", _W, "Shared scale", "A scale word says how far it reaches.", sentences.shared_scales),
    Rule("CEL-11", 1, "cell", _I, "Put right", "A repaired value says so.", edits.mended),
    Rule("DOC-03", 2, "document", _E, "Rate × count", "So many each, times how many.", claims.rate_times_count),
    Rule("DOC-05", 3, "document", _E, "Growth", "A growth claim fits its two figures.", claims.growth),
    Rule("DOC-07", 3, "document", _E, "Share of counts", "So many of so many are a percent.", proportions.share_of_counts),
    Rule("DOC-01", 3, "document", _E, "Told twice", "One fact has one value.", elsewhere.one_fact),
    Rule("DOC-02", 1, "document", _W, "Loose hedge", "A hedge is near what it hedges.", across.loose_hedges),
    Rule("DOC-04", 1, "document", _W, "Total elsewhere", "A total is its parts, in whatever table.", across.totals_elsewhere),
    Rule("DOC-06", 1, "document", _W, "Plan periods", "One plan has one period.", plans.plan_periods),
    Rule("DOC-09", 1, "document", _W, "Stale sentence", "Another year is told in other figures.", across.stale_sentences),
    Rule("DOC-11", 1, "document", _W, "Copies", "Copies of an edition agree.", agreement.copies),
    Rule("DOC-12", 1, "document", _W, "Lacking", "A scan has what its original has.", agreement.lacking),
    Rule("DOC-13", 1, "document", _W, "Late date", "A report tells of what was.", sentences.after_the_report),
    Rule("DOC-14", 1, "document", _E, "Parts", "Parts of a whole add up to it.", parts.parts_of_whole),
    Rule("XYR-01", 3, "series", _W, "Restated", "A past year stays as told.", later.told_again, facts=True),
    Rule("XYR-03", 2, "series", _W, "Jump", "Levels seldom treble in a year.", breaks.jumps),
    Rule("XYR-04", 1, "series", _W, "Unlike siblings", "Series of one table move alike.", panel.unlike_siblings),
    Rule("XYR-05", 1, "series", _E, "Unit slip", "A table keeps its unit.", stale.slipped_units),
    Rule("XYR-06", 2, "series", _E, "Stale copy", "Another year has other figures.", stale.stale_copies),
    Rule("XYR-07", 1, "series", _W, "Vanished", "A series goes on.", breaks.vanished),
    Rule("XYR-09", 1, "series", _W, "Unit changed", "A quantity keeps its unit.", panel.changed_units),
    Rule("XYR-11", 1, "series", _W, "Falling total", "What is counted since a year only grows.", panel.falling_totals),
    Rule("XYR-12", 1, "series", _I, "Part of a year", "A year that was not over says so.", partial.partial_years),
    Rule("XYR-13", 1, "series", _W, "Target moved", "A plan keeps its target.", breaks.moved_targets),
    Rule("XYR-15", 1, "series", _W, "Sum of years", "Years add up to their period.", across.sums_over_years),
    Rule("DOC-10", 1, "series", _I, "Kind of year", "A quantity keeps its kind of year.", across.kinds_of_year),
    Rule("CEL-03", 1, "cell", _W, "Recognised", "A scan's value needs a voucher.", scan.recognised),
    Rule("CEL-12", 1, "cell", _W, "Lost gap", "Reversed groups need their gap.", scan.lost_gaps, grids=True),
    Rule("CEL-13", 2, "cell", _W, "Piece", "A figure outside tables stands in a sentence.", scan.pieces),
    Rule("CEL-15", 1, "cell", _W, "Damaged sentence", "A figure of a scan has its words.", damaged.damaged_sentences),
    Rule("LAB-01", 2, "table", _W, "Unreadable label", "A figure of a scan has a name.", names.unreadable_labels),
    Rule("LAB-02", 2, "table", _W, "One name twice", "Two lines have two names.", names.same_names),
    Rule("CEL-01", 1, "cell", _W, "Unreadable", "A cell with ink holds a number.", scan.unreadable),
    Rule("CEL-05", 1, "cell", _W, "Digit order", "Reversed digits were put right.", scan.order_of_digits),
    Rule("CEL-06", 1, "cell", _W, "One separator", "1.234 has two readings.", scan.one_separator),
    Rule("EXT", 1, "document", _W, "Reading", "What could not be read is told.", coverage.complaints),
)
# fmt: on
