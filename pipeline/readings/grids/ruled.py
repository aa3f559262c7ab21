"""Candidate grids of a page's ruled tables: our own from its rules, camelot's where ours fail."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from pipeline.model.page import Page
from pipeline.model.place import Box
from pipeline.readings.grids.grid import SNAP, Grid, Slot, grids_from_strokes

log = logging.getLogger(__name__)


def ruled_grids(page: Page) -> list[Grid]:
    """Grids from the drawn rules of a page and the edges of its filled cells."""
    plain = grids_from_strokes(page.strokes)
    if not page.fills:
        return plain
    coloured = grids_from_strokes(page.strokes, page.fills)
    plain = [grid for grid in plain if not any(_goes_on(grid, other) for other in coloured)]
    if not plain:
        return coloured
    extra = [
        g for g in coloured if not any(p.box.overlap(g.box) > 0.3 * g.box.width * g.box.height for p in plain)
    ]
    return sorted([*plain, *extra], key=lambda g: (g.box.top, g.box.x0))


def _goes_on(part: Grid, whole: Grid) -> bool:
    """Whether a ruled head is that of a table whose rows are told by filled cells: its edges are edges there."""
    below = whole.box.bottom - part.box.bottom > 2 * SNAP and abs(whole.box.top - part.box.top) < SNAP
    if not below or part.columns != whole.columns or part.rows >= whole.rows:
        return False
    return _edges_in(
        [(s.box.x0, s.box.x1) for s in part.slots], [(s.box.x0, s.box.x1) for s in whole.slots]
    ) and _edges_in(
        [(s.box.top, s.box.bottom) for s in part.slots], [(s.box.top, s.box.bottom) for s in whole.slots]
    )


def _edges_in(part: Sequence[tuple[float, float]], whole: Sequence[tuple[float, float]]) -> bool:
    """Whether all ends of spans are ends of other spans, rules snapped."""
    ends = sorted({edge for span in whole for edge in span})
    for edge in {edge for span in part for edge in span}:
        at = bisect_left(ends, edge - SNAP)
        if at == len(ends) or ends[at] > edge + SNAP:
            return False
    return True


def camelot_grids(path: Path, page: Page) -> list[Grid]:
    """Grids as camelot sees them on a digital page; only its geometry is used, never its text.

    Camelot joins the fragments of a cell from left to right, so its text is no use for Arabic; its boxes
    have their origin at the bottom left and are turned here.
    """
    # Imported here because it costs two seconds and most pages do without.
    from camelot.io import read_pdf

    try:
        tables = read_pdf(
            str(path),
            pages=str(page.number),
            flavor="lattice",
            engine="vector",
            parallel=False,
            suppress_stdout=True,
        )
    except Exception as problem:
        log.debug("camelot found nothing on page %d: %s", page.number, problem)
        return []
    grids = []
    for table in tables:
        slots = []
        for r, row in enumerate(table.cells):
            for c, cell in enumerate(row):
                slots.append(Slot(r, c, 1, 1, _turned(cell.x1, cell.y1, cell.x2, cell.y2, page.height)))
        if len(slots) >= 2:
            box = Box.around(slot.box for slot in slots)
            grids.append(Grid(box, len(table.cells), len(table.cells[0]), tuple(slots), "camelot"))
    return grids


def _turned(x0: float, y0: float, x1: float, y1: float, height: float) -> Box:
    """A box with origin bottom left as one with origin top left."""
    return Box(min(x0, x1), height - max(y0, y1), max(x0, x1), height - min(y0, y1))
