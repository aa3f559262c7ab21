"""Marks drawn apart from their letters, and alefs without a name of their own, given to what they belong to."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.unnamed import NAMELESS, UNNAMED

#: Less than this is no width, and this near is at the edge, as shares of the font size.
_NO_WIDTH, _AT_EDGE = 0.01, 0.12


def with_marks(rows: list[list[Glyph]], marks: Sequence[Glyph]) -> list[list[Glyph]]:
    """Give each combining mark to the letter it stands over or under, before any gap is judged."""
    if not marks or not rows:
        return rows
    rows = [sorted(row, key=lambda g: g.box.x0) for row in rows]
    levels = [median(g.baseline for g in row) for row in rows]
    for mark in marks:
        near = sorted(range(len(rows)), key=lambda i: abs(levels[i] - mark.baseline))[:3]
        best: tuple[float, int, int] | None = None
        for at in near:
            if abs(levels[at] - mark.baseline) > 0.8 * mark.size:
                continue
            for index in _around(rows[at], mark.box.centre[0]):
                glyph = rows[at][index]
                if not glyph.space:
                    away = abs(levels[at] - mark.baseline) + 2 * _misfit(glyph, mark)
                    best = min(best or (1e9, 0, 0), (away, at, index))
        if best is not None and best[0] < 1.5 * mark.size:
            glyph = rows[best[1]][best[2]]
            rows[best[1]][best[2]] = replace(glyph, text=unicodedata.normalize("NFC", glyph.text + mark.text))
    return rows


def with_letters_once(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Rows in which a mark that bears the name of its whole letter (a hamza called أ) is one with the letter below it.

    Such a mark has no width and stands at the edge of an alef, or of a glyph without a name. At the edge of any other
    letter it is the second half of a ligature.
    """
    if not any(_composed(g) for row in rows for g in row):
        return rows
    return [_once(sorted(row, key=lambda g: g.box.x0)) for row in rows]


def _composed(glyph: Glyph) -> bool:
    return glyph.box.width < _NO_WIDTH * glyph.size and len(unicodedata.normalize("NFD", glyph.text)) == 2


def _once(row: list[Glyph]) -> list[Glyph]:
    merged: dict[int, Glyph] = {}
    for i, glyph in enumerate(row):
        if _composed(glyph):
            base = unicodedata.normalize("NFD", glyph.text)[0]
            for at in (i - 1, i + 1):
                letter = row[at] if 0 <= at < len(row) else glyph
                near = abs(letter.box.x0 - glyph.box.x0) < _AT_EDGE * glyph.size
                if near and (letter.text == base or NAMELESS.fullmatch(letter.text)):
                    merged |= {at: replace(letter, text=glyph.text), i: replace(glyph, text="")}
                    break
    return [g for g in (merged.get(i, g) for i, g in enumerate(row)) if g.text]


def with_alefs(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Name the unnamed alef of a lam-alef.

    Some producers draw the pair as two glyphs and map only the lam; the glyph without a letter right after a
    lam (to its left) is the alef. Other glyphs without a letter stay unnamed and count as garbled.
    """
    if not any(NAMELESS.match(g.text) for row in rows for g in row):
        return rows
    mended = []
    for row in rows:
        ordered = sorted(row, key=lambda g: g.box.x0)
        for i, glyph in enumerate(ordered):
            nameless = NAMELESS.match(glyph.text)
            if nameless:
                lam = i + 1 < len(ordered) and ordered[i + 1].text[:1] == "ل"
                letter = "ا" if lam else nameless.group().replace(UNNAMED, "\ufffd")
                marks = glyph.text[nameless.end() :]
                ordered[i] = replace(
                    glyph, text=unicodedata.normalize("NFC", letter + marks) if lam else letter
                )
        mended.append(ordered)
    return mended


def _misfit(glyph: Glyph, mark: Glyph) -> float:
    """How badly a mark fits over a letter, in points.

    A mark without width is placed from the left edge of its letter; a hamza only sits on alef, waw and ya.
    """
    x = mark.box.centre[0]
    off = abs(glyph.box.x0 - x) if mark.box.width < 0.05 * mark.size else _away(glyph.box, x)
    seatless = mark.text in "\u0653\u0654\u0655" and glyph.text[-1:] not in f"اويى{UNNAMED}"
    return off + (mark.size if seatless else 0.0)


def _around(row: Sequence[Glyph], x: float) -> range:
    """Indices of the glyphs of a sorted row that may stand at ``x``."""
    at = bisect_left(row, x, key=lambda g: g.box.x0)
    return range(max(at - 3, 0), min(at + 3, len(row)))


def _away(box: Box, x: float) -> float:
    return 0.0 if box.x0 <= x <= box.x1 else min(abs(box.x0 - x), abs(box.x1 - x))
