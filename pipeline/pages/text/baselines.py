"""Glyphs of one page by their baseline; raised and lowered small ones stay with the line that they touch."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.pages.glyph import Glyph

#: Baselines so near, as a share of the smaller font size, are one.
SAME_LEVEL = 0.1
#: A small glyph right behind one of a row may be raised by so much of its size, and is nearer to it by so much.
HIGHEST, BEHIND = 0.65, 0.25
#: Glyphs stand behind each other without a gap within this share of the smaller one's size.
ABUT = 0.12


def baseline_rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by baseline; raised and lowered small glyphs stay with the line they touch."""
    rows: list[list[Glyph]] = []
    levels: list[tuple[float, float]] = []  # baseline and size of each row's biggest glyph
    fellows: dict[tuple[float, float], list[Glyph]] = {}
    for glyph in glyphs:
        fellows.setdefault(_level(glyph), []).append(glyph)
    found: dict[tuple[tuple[float, float], int], bool] = {}

    def beside(glyph: Glyph, at: int) -> bool:
        """Whether a small glyph and its fellows stand beside the big ones, as raised calls do, and not under them."""
        key = (_level(glyph), at)
        if key not in found:
            found[key] = not any(_under(fellow, rows[at]) for fellow in fellows[key[0]])
        return found[key]

    def level(glyph: Glyph, at: int) -> bool:
        """Whether a small glyph stands on the baseline of a row, as a sentence does behind its big first number."""
        return abs(glyph.baseline - levels[at][0]) <= SAME_LEVEL * glyph.size

    last: tuple[float, float] | None = None  # level of the glyph before, if nothing but that told its row
    best = -1
    for glyph in sorted(glyphs, key=lambda g: (-round(g.size, 1), g.baseline)):
        if last == (glyph.baseline, glyph.size):
            rows[best].append(glyph)
            continue
        best, distance, last = -1, 1e9, (glyph.baseline, glyph.size)
        for at, (baseline, size) in enumerate(levels):
            away = abs(baseline - glyph.baseline)
            small = glyph.size < 0.8 * size
            behind = small and away <= HIGHEST * size and _stands_behind(glyph, rows[at])
            if small and (away <= 0.55 * size or behind):
                last = None
            most = 0.28
            if small:
                most = HIGHEST if behind and glyph.baseline < baseline else 0.55
            # What follows a glyph of one row without a gap is that row's, though another one is a little nearer.
            if away <= most * size and away - BEHIND * size * behind < distance:
                if small and not ((level(glyph, at) or _touches(glyph, rows[at])) and beside(glyph, at)):
                    continue
                best, distance = at, away - BEHIND * size * behind
        if best < 0:
            best = len(rows)
            rows.append([glyph])
            levels.append((glyph.baseline, glyph.size))
        else:
            rows[best].append(glyph)
    return [row for _, row in sorted(zip(levels, rows, strict=True), key=lambda pair: pair[0][0])]


def _level(glyph: Glyph) -> tuple[float, float]:
    return round(glyph.size, 1), round(glyph.baseline, 1)


def _under(glyph: Glyph, row: Sequence[Glyph]) -> bool:
    """Whether most of a glyph's width lies under (or over) a bigger glyph of a row."""
    if glyph.space:
        return False
    least = 0.5 * (glyph.box.x1 - glyph.box.x0)
    return any(
        min(glyph.box.x1, g.box.x1) - max(glyph.box.x0, g.box.x0) > least
        for g in row
        if not g.space and glyph.size < 0.8 * g.size
    )


def _stands_behind(glyph: Glyph, row: Sequence[Glyph]) -> bool:
    """Whether a glyph begins right where one of a row ends, and lies over none of it."""
    near = ABUT * glyph.size
    return any(abs(g.box.x1 - glyph.box.x0) < near for g in row if not g.space) and not any(
        g.box.x0 + near < glyph.box.x1 and glyph.box.x0 < g.box.x1 - near for g in row if not g.space
    )


def _touches(glyph: Glyph, row: Sequence[Glyph]) -> bool:
    reach = 2.0 * max(g.size for g in row[:1])
    return any(g.box.x0 - reach <= glyph.box.x1 and glyph.box.x0 <= g.box.x1 + reach for g in row)
