"""How much of the truth of drawn table pages was read: cells exact with both labels, false tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import regex
from rapidfuzz import fuzz

from pipeline.model.extraction import Extraction
from pipeline.model.reading import Label, Reading
from tests.bench.tablespec import Fact, Leaf

_LOOSE = regex.compile(r"[^\p{L}\p{N}/ ]+")


@dataclass(frozen=True)
class Missed:
    """A cell that was not read as it stands: its page, what the page is about, what was said instead and what is wrong."""

    page: int
    topics: tuple[str, ...]
    fact: Fact
    said: str
    cause: str


@dataclass
class Score:
    """Counts over pages; ``missed`` holds what was not exact, ``silent`` counts values that are no fact's and bear no mark."""

    cells: int = 0
    exact: int = 0
    valued: int = 0
    rowed: int = 0
    invented: int = 0
    silent: int = 0
    plain_pages: int = 0
    false_tables: int = 0
    missed: list[Missed] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    by_topic: Counter[str] = field(default_factory=Counter)
    wrong_by_topic: Counter[str] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        """Count another score in."""
        for name in (
            "cells",
            "exact",
            "valued",
            "rowed",
            "invented",
            "silent",
            "plain_pages",
            "false_tables",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.missed += other.missed
        self.unmarked += other.unmarked
        self.by_topic += other.by_topic
        self.wrong_by_topic += other.wrong_by_topic


def score(
    said: Extraction,
    leaves: Sequence[Leaf],
    numbers: Sequence[int] | None = None,
    *,
    loose: bool = False,
    marked: Collection[str] = (),
) -> Score:
    """Compare a reading with the truth.

    Args:
        said: what was read.
        leaves: the pages with their truth.
        numbers: page number (1-based) in the PDF of each leaf; 1, 2, 3 … by default.
        loose: for scans: labels may hold wrong letters, as long as no value moves.
        marked: readings that a finding names.
    """
    total = Score()
    for n, leaf in zip(numbers or range(1, len(leaves) + 1), leaves, strict=True):
        held = [r for r in said.readings if r.locus.page == n and r.kind == "cell"]
        if leaf.topics[0].startswith("plain"):
            total.plain_pages += 1
            total.false_tables += sum(t.page == n for t in said.tables)
            if any(t.page == n for t in said.tables):
                total.wrong_by_topic[leaf.topics[0]] += 1
            continue
        _page(total, n, leaf, held, loose, marked)
    return total


def _page(
    total: Score, n: int, leaf: Leaf, held: list[Reading], loose: bool, marked: Collection[str]
) -> None:
    left = list(held)
    wrong = 0
    for fact in leaf.facts:
        alike = [r for r in left if _same_value(r, fact)]
        rows = [r for r in alike if _same(r.row_label, fact.row, loose)]
        both = [r for r in rows if _same(r.column_label, fact.column, loose)]
        total.cells += 1
        total.valued += bool(alike)
        total.rowed += bool(rows)
        if both:
            total.exact += 1
            left.remove(both[0])
            continue
        wrong += 1
        near = (
            rows
            or alike
            or [
                r
                for r in left
                if _same(r.row_label, fact.row, loose) and _same(r.column_label, fact.column, loose)
            ]
        )[:1]
        seen = (
            f"{near[0].raw!r} {near[0].value} {near[0].absence} row={near[0].row_label} col={near[0].column_label}"
            if near
            else "nothing"
        )
        cause = "column label" if rows else "row label" if alike else "value" if near else "not found"
        total.missed.append(Missed(n, leaf.topics, fact, seen, cause))
    values = [r for r in left if r.value is not None]
    total.invented += len(values)
    unmarked = [r for r in values if r.reading_id not in marked]
    total.silent += len(unmarked)
    total.unmarked += [f"p{n} {r.raw!r} row={r.row_label} column={r.column_label}" for r in unmarked]
    for topic in set(leaf.topics):
        total.by_topic[topic] += len(leaf.facts)
        total.wrong_by_topic[topic] += wrong


def _same_value(reading: Reading, fact: Fact) -> bool:
    if fact.value is None:
        return reading.value is None and reading.absence.value == fact.absence
    return (
        reading.value is not None
        and abs(reading.value) > 0
        and (reading.value / fact.value).adjusted() % 3 == 0
        and _scaled(reading, fact)
        if fact.value
        else reading.value == 0
    )


def _scaled(reading: Reading, fact: Fact) -> bool:
    """Equal, or equal up to the scale of a unit line (thousands, millions) where the truth does not say which."""
    assert fact.value is not None
    assert reading.value is not None
    powers = (0, 3, 6) if fact.power is None else (fact.power,)
    ends = [(fact.value, reading.value), (fact.most, reading.value_max)]
    return any(all(told == (true and true * 10**k) for true, told in ends) for k in powers)


def _same(label: Label, pair: tuple[str, str], loose: bool) -> bool:
    return all(_alike(a, b, loose) for a, b in ((label.ar, pair[0]), (label.fr, pair[1])))


def _alike(said: str, true: str, loose: bool) -> bool:
    a, b = (" ".join(_LOOSE.sub(" ", text).casefold().split()) for text in (said, true))
    return a == b or (loose and bool(b) and fuzz.ratio(a, b) >= 70)
