"""Tables: cells read with both labels on drawn pages of known truth, digital and scanned, and peers on the same files.

A cell counts as exact when its value (or its kind of absence) and its labels for row and column in both languages are
right. For the comparison the rule is one that every peer can meet: the number as printed stands in a cell of its own,
and for the row label one cell of the same row holds it in either language, letters in any order of storage.
"""

from __future__ import annotations

import importlib
import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.archive.opening import examine
from pipeline.codebook.loading import load
from pipeline.model.extraction import Extraction
from pipeline.reading import read_report
from tests.bench.checks import wilson as share
from tests.bench.tablepages import GRADES, KIND_SETS, SETS, make, scanned
from tests.bench.tablescore import Score, score
from tests.bench.tablespec import Fact, Leaf

Grid = list[list[str]]
#: Every so manieth page is given to the peers, and to Tesseract.
PEER_STEP, SCAN_PAGES = 5, 6
CAMELOT = ("lattice", "stream", "network", "hybrid")


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
    """Hasila and its peers on the same pages of the unseen set."""
    files = make(folder, "unseen")
    pages = {
        path: list(range(1, len([x for x in leaves if x.facts]) + 1, PEER_STEP))
        for path, leaves in files.items()
    }
    count = sum(len(numbers) for numbers in pages.values())
    lines = [
        f"| on {count} digital pages of the unseen set | cells exact | with the right row label | seconds a page |",
        "|---|---|---|---:|",
    ]
    for name, reader in _readers().items():
        if reader is None:
            lines.append(f"| {name} | not installed | | |")
            continue
        cells = exact = rowed = 0
        began = time.perf_counter()
        grids = {path: reader(path, numbers) for path, numbers in pages.items()}
        spent = time.perf_counter() - began
        for path, numbers in pages.items():
            for n in numbers:
                found = _found(files[path][n - 1], grids[path].get(n, []))
                cells, exact, rowed = cells + found[0], exact + found[1], rowed + found[2]
        lines.append(f"| {name} | {share(exact, cells)} | {share(rowed, cells)} | {spent / count:.2f} |")
    return "\n".join(lines)


def _found(leaf: Leaf, grids: Sequence[Grid]) -> tuple[int, int, int]:
    """Numbers on a page, those that stand in a cell of their own, and those with their row label beside them."""
    rows = [[_flat(cell) for cell in row] for grid in grids for row in grid]
    facts = [f for f in leaf.facts if f.value is not None and f.column != ("", "")]
    exact = rowed = 0
    for fact in facts:
        # Plain-space groups in a right-to-left cell are displayed in the other order: either is as printed.
        shown = {_flat(fact.printed), "".join(reversed(fact.printed.split()))}
        holding = [row for row in rows if shown & {cell.rstrip("*") for cell in row}]
        exact += bool(holding)
        rowed += any(_labelled(row, fact) for row in holding)
    return len(facts), exact, rowed


def _labelled(row: Sequence[str], fact: Fact) -> bool:
    wanted = [_flat(text.split(" / ")[-1]) for text in fact.row if text]
    return any(
        w in cell or w[::-1] in cell or _letters(w) == _letters(cell) for w in wanted for cell in row if cell
    )


def _letters(text: str) -> list[str]:
    return sorted(c for c in text if c.isalpha())


def _flat(text: str) -> str:
    return "".join(str(text or "").replace("\u00a0", " ").replace("\u202f", " ").split())


def _readers() -> dict[str, Callable[[Path, Sequence[int]], dict[int, list[Grid]]] | None]:
    readers: dict[str, Callable[[Path, Sequence[int]], dict[int, list[Grid]]] | None] = {
        "Hasila": _hasila,
        "pdfplumber": _pdfplumber,
    }
    readers |= {
        f"camelot {flavour}": lambda path, numbers, f=flavour: _camelot(path, numbers, f)
        for flavour in CAMELOT
    }  # type: ignore[misc]
    # It needs the contrib build of OpenCV, which can't stand beside the one that Hasila uses.
    readers["img2table"] = _img2table if _there("img2table") and _there("cv2.ximgproc") else None
    readers["tabula"] = _tabula if _there("tabula") else None
    return readers


def _there(module: str) -> bool:
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


def _hasila(path: Path, numbers: Sequence[int]) -> dict[int, list[Grid]]:
    """Pages and tables only, as the peers: no prose, and what a page needs to be believed."""
    from pipeline.pages.page import read_pages
    from pipeline.readings.tables import find_tables

    tables = find_tables(
        "bench", path, read_pages(path, only=numbers), lambda _page, _height: "", load(None)
    ).tables
    out: dict[int, list[Grid]] = {}
    for table in tables:
        grid = [[""] * table.column_count for _ in range(table.row_count)]
        for cell in table.cells:
            for r in range(cell.row, cell.row + cell.row_span):
                grid[r][cell.column] = cell.text
        out.setdefault(table.page, []).append(grid)
    return out


def _pdfplumber(path: Path, numbers: Sequence[int]) -> dict[int, list[Grid]]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return {
            n: [[[c or "" for c in row] for row in t] for t in pdf.pages[n - 1].extract_tables()]
            for n in numbers
        }


def _camelot(path: Path, numbers: Sequence[int], flavour: str) -> dict[int, list[Grid]]:
    from camelot.io import read_pdf

    out: dict[int, list[Grid]] = {}
    for n in numbers:
        try:
            for table in read_pdf(str(path), pages=str(n), flavor=flavour, suppress_stdout=True):
                out.setdefault(n, []).append(table.df.values.tolist())
        except Exception:  # a page on which a flavour fails is a page it has no table on
            continue
    return out


def _img2table(path: Path, numbers: Sequence[int]) -> dict[int, list[Grid]]:
    from img2table.document import PDF

    found = PDF(str(path), pages=[n - 1 for n in numbers], pdf_text_extraction=True).extract_tables(
        implicit_rows=True, borderless_tables=False
    )
    return {
        page + 1: [t.df.fillna("").astype(str).values.tolist() for t in tables]
        for page, tables in found.items()
    }


def _tabula(path: Path, numbers: Sequence[int]) -> dict[int, list[Grid]]:
    import tabula

    out: dict[int, list[Grid]] = {}
    for n in numbers:
        for frame in tabula.read_pdf(
            str(path), pages=n, silent=True, pandas_options={"header": None, "dtype": str}
        ):
            out.setdefault(n, []).append(frame.fillna("").astype(str).to_numpy().tolist())
    return out
