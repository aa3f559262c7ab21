"""Narrow gutters between a French and an Arabic column, found from the rows that they part.

Set side by side, the two languages may stand no farther apart than the words of a justified line. What tells a gutter is the
change of script at a gap, and neighbouring rows that end or begin at the same place and never cross it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.language.bidi import kind_of
from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph

#: The least gap that may be a gutter, how near to it lines end, how far apart its rows may be: shares of the size.
_LEAST, _NEAR, _LEADING = 0.6, 0.4, 3.5
#: The least width of a column of running text, and a gap that words of it don't have.
_COLUMN, _COLUMNS = 10.0, 1.6


@dataclass(frozen=True, slots=True)
class _Row:
    inked: tuple[Glyph, ...]
    size: float
    baseline: float


def gutters(rows: Sequence[Sequence[Glyph]]) -> list[Box]:
    """Boxes of no width down the middle of each gutter, from its first row to its last.

    Args:
        rows: glyphs by baseline, from the top of the page down.
    """
    lines = [_row(inked) for row in rows if (inked := [g for g in row if not g.space])]
    if len({_script(line.inked) for line in lines} | {_script(reversed(line.inked)) for line in lines}) < 2:
        return []
    found: list[Box] = []
    for at, line in enumerate(lines):
        for left, right in _changes(line):
            if any(left <= g.x0 <= right and g.top <= line.baseline <= g.bottom for g in found):
                continue
            beside = [*_along(lines[at + 1 :], left, right), *_along(lines[:at][::-1], left, right)]
            if any(_ends_at(other, left, right) for other in beside):
                found.append(_down([line, *beside], (left + right) / 2))
    return found


def _row(inked: Sequence[Glyph]) -> _Row:
    ordered = sorted(inked, key=lambda g: g.box.x0)
    return _Row(tuple(ordered), median(g.size for g in ordered), median(g.baseline for g in ordered))


def _changes(line: _Row) -> Iterator[tuple[float, float]]:
    """Gaps of a row between two stretches of running text, on whose sides the nearest letters are of another script."""
    wide = [at for at, (a, b) in enumerate(pairwise(line.inked)) if b.box.x0 - a.box.x1 >= _LEAST * line.size]
    for at in wide:
        before, after = line.inked[: at + 1], line.inked[at + 1 :]
        scripts = _script(reversed(before)), _script(after)
        if (
            all(scripts)
            and scripts[0] != scripts[1]
            and _runs_on(line, before[::-1])
            and _runs_on(line, after)
        ):
            yield before[-1].box.x1, after[0].box.x0


def _runs_on(line: _Row, glyphs: Sequence[Glyph]) -> bool:
    """Whether text goes on from a gap for as long as lines of a column are, without a gap of columns."""
    end = glyphs[0]
    for one, other in pairwise(glyphs):
        gap = max(other.box.x0 - one.box.x1, one.box.x0 - other.box.x1)
        if gap > _COLUMNS * line.size:
            break
        end = other
    width = max(end.box.x1, glyphs[0].box.x1) - min(end.box.x0, glyphs[0].box.x0)
    return width >= _COLUMN * line.size


def _script(glyphs: Iterable[Glyph]) -> str:
    """Direction of the first letter: R or L; empty where there is none."""
    return next((kind for glyph in glyphs if (kind := kind_of(glyph.text)) in "RL"), "")


def _along(lines: Sequence[_Row], left: float, right: float) -> Iterator[_Row]:
    """The rows that follow, as long as none crosses the gap and none is far off."""
    last: _Row | None = None
    for line in lines:
        if any(g.box.x0 < right - 0.5 and g.box.x1 > left + 0.5 for g in line.inked):
            return
        if last and abs(line.baseline - last.baseline) > _LEADING * max(line.size, last.size):
            return
        yield line
        last = line


def _ends_at(line: _Row, left: float, right: float) -> bool:
    """Whether a row has text that ends where the gap begins or begins where it ends."""
    near = _NEAR * line.size
    return any(abs(g.box.x1 - left) < near or abs(g.box.x0 - right) < near for g in line.inked)


def _down(band: Sequence[_Row], x: float) -> Box:
    top = min(line.baseline - 0.4 * line.size for line in band)
    return Box(x, top, x, max(line.baseline for line in band))
