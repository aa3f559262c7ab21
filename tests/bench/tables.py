"""Tables: cells read with both labels on drawn pages of known truth, digital and scanned, and peers on the same files.

A cell counts as exact when its value (or its kind of absence) and its labels for row and column in both languages are
right. For the comparison the rule is one that every peer can meet: the number as printed stands in a cell of its own,
and for the row label one cell of the same row holds it in either language, letters in any order of storage.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from pipeline.archive.opening import examine
from pipeline.codebook.loading import load
from pipeline.model.extraction import Extraction
from pipeline.reading import read_report
from tests.bench.checks import wilson as share
from tests.bench.peers import APART, CAMELOT, Grid, Pages, apart, camelot_tables, pdfplumber_tables, spent
from tests.bench.tablepages import GRADES, KIND_SETS, SETS, make, scanned
from tests.bench.tablescore import Score, score
from tests.bench.tablespec import Fact, Leaf

HERE: dict[str, Callable[[Path, Sequence[int]], Pages]] = {
    "pdfplumber": pdfplumber_tables,
    **{f"camelot {flavour}": partial(camelot_tables, flavour=flavour) for flavour in CAMELOT},
}
#: Every so manieth page is given to the peers, and to Tesseract.
PEER_STEP, SCAN_PAGES = 8, 6


def run() -> str:
    """Measure; returns the Markdown section."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="hasila-bench-") as folder:
        parts = [_digital(Path(folder)), _scans(Path(folder)), _peers(Path(folder))]
    return "\n\n".join(parts)


def _read(path: Path) -> Extraction:
    return read_report(examine(path), load(None))


def _digital(folder: Path) -> str:
    lines = [
        "| digital pages | cells exact with both labels | right value somewhere | figures that are none | false tables on pages without |",
        "|---|---|---|---:|---:|",
    ]
    for name in (*SETS, *KIND_SETS):
        for path, leaves in make(folder, name).items():
            told = score(_read(path), leaves)
            lines.append(_row(f"{name}, {path.stem.split('-')[-1]}", told))
    return "\n".join(lines)


def _row(name: str, told: Score) -> str:
    plain = f"{told.false_tables} of {told.plain_pages}" if told.plain_pages else "–"
    return f"| {name} | {share(told.exact, told.cells)} | {share(told.valued, told.cells)} | {told.invented} | {plain} |"


def _scans(folder: Path) -> str:
    lines = [
        f"| scans of {4 * SCAN_PAGES} pages of the unseen set | cells exact with both labels | right value somewhere | figures that are none | false tables |",
        "|---|---|---|---:|---:|",
    ]
    for grade in GRADES:
        total = Score()
        for path, leaves in make(folder, "unseen").items():
            upright = [i for i, leaf in enumerate(leaves) if leaf.stands_alone]
            chosen = upright[:: max(len(upright) // SCAN_PAGES, 1)][:SCAN_PAGES]
            made = folder / f"{path.stem}-{grade}.pdf"
            scanned(path, [i + 1 for i in chosen], made, grade)
            total.add(score(_read(made), [leaves[i] for i in chosen], loose=True))
        lines.append(_row(f"{grade} dpi{', photocopy' if grade == '150' else ''}", total))
    return "\n".join(lines)


def _peers(folder: Path) -> str:
    """Hasila and its peers on the same pages of what development never looked at."""
    files = {
        path: leaves for name in ("unseen", "kinds, unseen") for path, leaves in make(folder, name).items()
    }
    # A table that goes on without its heads can't be told from one page alone.
    pages = {
        path: [
            n for n, leaf in enumerate(leaves, start=1) if leaf.facts and (leaf.turned or leaf.stands_alone)
        ][::PEER_STEP]
        for path, leaves in files.items()
    }
    count = sum(len(numbers) for numbers in pages.values())
    lines = [
        f"| on {count} digital pages of the unseen sets | cells exact | with the right row label | seconds of the processor a page |",
        "|---|---|---|---:|",
    ]
    for name in ("Hasila", *HERE, *APART):
        told = apart(name, pages) if name in APART else _here(name, pages)
        if told is None:
            lines.append(f"| {name} | not installed | | |")
            continue
        grids, seconds = told
        cells = exact = rowed = 0
        for path, numbers in pages.items():
            for n in numbers:
                found = _found(files[path][n - 1], grids[path].get(n, []))
                cells, exact, rowed = cells + found[0], exact + found[1], rowed + found[2]
        lines.append(f"| {name} | {share(exact, cells)} | {share(rowed, cells)} | {seconds / count:.2f} |")
    return "\n".join(lines)


def _here(name: str, pages: Mapping[Path, Sequence[int]]) -> tuple[dict[Path, Pages], float]:
    """What a reader of this environment finds; a page is read before the clock starts, for its imports."""
    reader = _hasila if name == "Hasila" else HERE[name]
    path, numbers = next(iter(pages.items()))
    reader(path, numbers[:1])
    began = spent()
    return {path: reader(path, numbers) for path, numbers in pages.items()}, spent() - began


def _found(leaf: Leaf, grids: Sequence[Grid]) -> tuple[int, int, int]:
    """Numbers on a page, those that stand in a cell of their own, and those with their row label beside them."""
    rows = [[_flat(cell) for cell in row] for grid in grids for row in grid]
    facts = [f for f in leaf.facts if f.value is not None and f.column != ("", "")]
    exact = rowed = 0
    for fact in facts:
        # In a right-to-left cell plain-space groups and percent signs are displayed on the other side: either is as printed.
        shown = {_figure(fact.printed), _figure("".join(reversed(fact.printed.split())))}
        holding = [row for row in rows if shown & {_figure(cell) for cell in row}]
        exact += bool(holding)
        rowed += any(_labelled(row, fact) for row in holding)
    return len(facts), exact, rowed


def _figure(text: str) -> str:
    return _flat(text).strip("*%٪")


def _labelled(row: Sequence[str], fact: Fact) -> bool:
    wanted = [_flat(text.split(" / ")[-1]) for text in fact.row if text]
    return any(
        w in cell or w[::-1] in cell or _letters(w) == _letters(cell) for w in wanted for cell in row if cell
    )


def _letters(text: str) -> list[str]:
    return sorted(c for c in text if c.isalpha())


def _flat(text: str) -> str:
    return "".join(str(text or "").replace("\u00a0", " ").replace("\u202f", " ").split())


def _hasila(path: Path, numbers: Sequence[int]) -> Pages:
    """Pages and tables only, as the peers: no prose, and what a page needs to be believed."""
    from pipeline.pages.page import read_pages
    from pipeline.readings.tables.reading import find_tables

    tables = find_tables(
        "bench", path, read_pages(path, only=numbers), lambda _page, _height: "", load(None)
    ).tables
    out: Pages = {}
    for table in tables:
        grid = [[""] * table.column_count for _ in range(table.row_count)]
        for cell in table.cells:
            for r in range(cell.row, cell.row + cell.row_span):
                grid[r][cell.column] = cell.text
        out.setdefault(table.page, []).append(grid)
    return out
