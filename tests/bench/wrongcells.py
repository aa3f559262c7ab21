"""Tables with one to six wrong cells: what is put right without a person, what it costs, and what is left alone.

Readings slip as in ``made_faults``; two times of three the second reading is the right one. Of the right cells too one
in ten has a second reading that is wrong, so that another reading proves nothing by itself. The controls are the same
tables with as many faults of the source: both readings agree on what is printed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.codebook.loading import Codebook, load
from pipeline.model.edition import Edit
from pipeline.model.extraction import Extraction
from pipeline.validation.inspection import inspect
from pipeline.validation.tables.failures import checked
from pipeline.validation.tables.layout import Naming, grids
from pipeline.validation.tables.localise import ways
from pipeline.validation.tables.several import by_readings
from tests.bench.checks import extraction, number_in, wilson
from tests.bench.made_faults import misread_digits
from tests.bench.made_tables import SHAPES, Box, Dice, Document, Table, crossed, pair, printed

VERIFICATION, DEVELOPMENT = 70_000_000, 50_000_000
MOST, EACH = 6, 330
Mender = Callable[[Extraction, Codebook], Sequence[Edit]]


@dataclass(slots=True)
class Count:
    """Tables with so many wrong cells; cells put right and put wrong; tables that are right in the end."""

    tables: int = 0
    cells: int = 0
    right: int = 0
    wrong: int = 0
    whole: int = 0
    seconds: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def spoiled(seed: int, wrong: int, *, source: bool = False) -> tuple[Document, dict[str, Decimal]] | None:
    """A document whose table has so many wrong cells, and their true values by reading; none if it has too few cells."""
    draw = Dice(seed)
    document = pair(seed, SHAPES[seed // 10 % len(SHAPES)], 2020)[0]
    table = document.table
    table.scanned = True
    cells = [
        k
        for k, box in table.cells.items()
        if k[1] in table.counts and box.value and box.value >= 10 and box.unit == "PS"
    ]
    if len(cells) < wrong + 2:
        return None
    for box in table.cells.values():
        if not source and box.value is not None and draw.random() < 0.1:
            box.second = _slipped(draw, box)
    true: dict[str, Decimal] = {}
    for cell in draw.sample(cells, wrong):
        box = table.cells[cell]
        text, new = box.raw, _slipped(draw, box)
        if new == text:
            return None
        true[f"m{document.year}-p002-t1-r{cell[0]}-c{cell[1]}"] = number_in(text)
        box.raw, box.value = new, number_in(new)
        if not source:
            box.confidence = 0.93
            box.second = text if draw.random() < 0.67 else _slipped(draw, box)
    return document, true


def _slipped(draw: Dice, box: Box) -> str:
    """The printed text with one slip of its digits."""
    digits = "".join(c for c in box.raw if c.isdigit())
    new = misread_digits(draw, digits)
    if not new or new == digits or (len(new) > 1 and new[0] == "0"):
        return box.raw
    decimals = max(-int(box.resolution.as_tuple().exponent), 0) if box.unit != "MAD" else 1
    return printed(Decimal(int(new)).scaleb(-decimals), decimals, box.unit == "PT").raw


def measure(
    first_seed: int, codebook: Codebook, mender: Mender, *, each: int, source: bool = False
) -> dict[int, Count]:
    """Counts by number of wrong cells."""
    counts: dict[int, Count] = {}
    for wrong in range(1, MOST + 1):
        count = counts[wrong] = Count()
        for at in range(each):
            made = spoiled(first_seed + 1_000_000 * wrong + 10 * at, wrong, source=source)
            if made is None:
                continue
            document, true = made
            one = extraction(document)
            began = time.perf_counter()
            edits = mender(one, codebook)
            count.seconds.append(time.perf_counter() - began)
            count.tables += 1
            count.cells += len(true)
            right = [e for e in edits if true.get(e.reading_id) == Decimal(e.new)]
            count.right += len(right)
            count.wrong += len(edits) - len(right)
            count.whole += len(right) == len(true) == len(edits)
            if len(right) < len(edits):
                count.notes.append(
                    f"{document.table.shape} {true} {[(e.reading_id, e.old, e.new, e.reason) for e in edits]}"
                )
    return counts


def by_arithmetic(one: Extraction, codebook: Codebook) -> Sequence[Edit]:
    """The repairs of the pipeline."""
    return inspect([one], codebook).edits


def table_of(counts: dict[int, Count]) -> list[str]:
    """Markdown of counts."""
    lines = [
        "| wrong cells | cells put right | of what was changed, right | tables right in the end | seconds: median | most |",
        "|---:|---|---|---|---:|---:|",
    ]
    for wrong, c in counts.items():
        took = sorted(c.seconds)
        lines.append(
            f"| {wrong} | {wilson(c.right, c.cells)} | {wilson(c.right, c.right + c.wrong)} | {wilson(c.whole, c.tables)} "
            f"| {took[len(took) // 2]:.4f} | {took[-1]:.3f} |"
        )
    return lines


def by_size(naming: Naming) -> list[str]:
    """Seconds of one search by size of table and number of wrong cells."""
    lines = ["| rows × 3 columns with totals | 1 wrong | 2 | 3 | 5 | 8 |", "|---:|---:|---:|---:|---:|---:|"]
    for size in (3, 6, 12, 24, 48, 96):
        took = [_search(size, wrong, naming) for wrong in (1, 2, 3, 5, 8)]
        lines.append(f"| {size} | {' | '.join('–' if t is None else f'{1000 * t:.1f} ms' for t in took)} |")
    return lines


def _search(size: int, wrong: int, naming: Naming) -> float | None:
    if wrong > size:
        return None
    document = pair(size, "regions", 2020)[0]
    document.table = _big(size)
    draw = Dice(size + wrong)
    for i in range(wrong):
        box = document.table.cells[i, i % 2]
        text = box.raw
        box.raw = _slipped(draw, box)
        box.value, box.second, box.confidence = number_in(box.raw), text, 0.9
    document.table.scanned = True
    table = checked(grids(extraction(document), naming)[0])
    began = time.perf_counter()
    for group in table.failed:
        ways(table.grid, group, table.held)
        list(by_readings(table.grid, group, table.held))
    return time.perf_counter() - began


def _big(size: int) -> Table:
    labels = [(f"جماعة {i}", f"Commune {i}") for i in range(size)]
    return crossed(Dice(size), labels, [("ذكور", "Masculin"), ("إناث", "Féminin")], "regions", "big")


def run() -> str:
    """The section of the bench."""
    codebook = load()
    counts = measure(VERIFICATION, codebook, by_arithmetic, each=EACH)
    controls = measure(VERIFICATION + 100_000_000, codebook, by_arithmetic, each=EACH, source=True)
    touched, tables = (
        sum(c.right + c.wrong for c in controls.values()),
        sum(c.tables for c in controls.values()),
    )
    right, wrong = (sum(getattr(c, name) for c in counts.values()) for name in ("right", "wrong"))
    return "\n".join(
        [
            *table_of(counts),
            "",
            f"Of all that was changed {wilson(right, right + wrong)} is right. Cells changed in {tables} tables with faults "
            f"of the source: {touched}.",
            "",
            *by_size(Naming.of(codebook)),
        ]
    )
