"""Pages whose text runs up or down or stands on its head: laid upright, and what was read put back in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.model.page import Direction, Line, Page, Stroke
from pipeline.model.place import Box
from pipeline.model.reading import Reading, Table

#: More than this share of a page's letters must run up or down.
TURNED_SHARE = 0.5
#: Words from which a line tells which way it runs, whatever the numbers in it.
LONG_LINE = 4


def upright(page: Page) -> tuple[Page, Callable[[Box], Box]] | None:
    """The page turned so that its text runs level and upright, and the way back for boxes; ``None`` if it already does.

    Its lines keep their order, so that their indices are those of the page.
    """
    letters = [(len(line.text.replace(" ", "")), _stands(line)) for line in page.lines]
    total = sum(n for n, _ in letters)
    if not total:
        return None
    if sum(n for n, stands in letters if stands) <= TURNED_SHARE * total:
        return _from_its_head(page) if _stands_on_its_head(page.lines) else None

    if _runs_down(page.lines):

        def lay(box: Box) -> Box:
            return Box(box.top, page.width - box.x1, box.bottom, page.width - box.x0)

        def back(box: Box) -> Box:
            return Box(page.width - box.bottom, box.x0, page.width - box.top, box.x1)

    else:

        def lay(box: Box) -> Box:
            return Box(page.height - box.bottom, box.x0, page.height - box.top, box.x1)

        def back(box: Box) -> Box:
            return Box(box.top, page.height - box.x1, box.bottom, page.height - box.x0)

    strokes = tuple(Stroke(box=lay(s.box), horizontal=not s.horizontal) for s in page.strokes)
    laid = replace(
        page,
        width=page.height,
        height=page.width,
        lines=tuple(_moved(line, lay) for line in page.lines),
        strokes=strokes,
        fills=tuple(lay(b) for b in page.fills),
        tints=(),
        images=tuple(lay(b) for b in page.images),
    )
    return laid, back


def _from_its_head(page: Page) -> tuple[Page, Callable[[Box], Box]]:
    def way(box: Box) -> Box:
        return Box(page.width - box.x1, page.height - box.bottom, page.width - box.x0, page.height - box.top)

    laid = replace(
        page,
        lines=tuple(_moved(line, way) for line in page.lines),
        strokes=tuple(replace(s, box=way(s.box)) for s in page.strokes),
        fills=tuple(way(b) for b in page.fills),
        tints=(),
        images=tuple(way(b) for b in page.images),
    )
    return laid, way


def _stands_on_its_head(lines: Sequence[Line]) -> bool:
    """Whether the first words of lines stand where the last ones should."""
    votes = 0
    for line in lines:
        ends = line.words[0].box.centre[0], line.words[-1].box.centre[0]
        if len(line.words) >= LONG_LINE and not _stands(line):
            votes += 1 if (ends[1] > ends[0]) == (line.direction is Direction.LTR) else -1
    return votes < 0


def _runs_down(lines: Sequence[Line]) -> bool:
    """Whether the words of standing lines follow each other down the page."""
    votes = 0
    for line in lines:
        if _stands(line) and len(line.words) > 1:
            step = line.words[-1].box.top - line.words[0].box.top
            votes += 1 if (step > 0) == (line.direction is Direction.LTR) else -1
    return votes > 0


def _stands(line: Line) -> bool:
    return len(line.text) > 1 and line.box.height > 1.3 * line.box.width


def _moved(line: Line, way: Callable[[Box], Box]) -> Line:
    words = tuple(replace(word, box=way(word.box)) for word in line.words)
    return replace(line, words=words, box=way(line.box))


def put_back(
    table: Table, readings: Sequence[Reading], back: Callable[[Box], Box]
) -> tuple[Table, list[Reading]]:
    """A table and its figures with their boxes as on the page."""
    cells = tuple(replace(cell, box=back(cell.box)) for cell in table.cells)
    moved = [replace(r, locus=replace(r.locus, box=back(r.locus.box))) for r in readings]
    return replace(table, box=back(table.box), cells=cells), moved
