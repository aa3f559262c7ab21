"""Marks drawn apart from their letters, and alefs without a name of their own, given to what they belong to."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from pipeline.language.bidi import fold_presentation, kind_of
from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.text.unnamed import NAMELESS, UNNAMED

#: Less than this is no width, and this near is at the edge, as shares of the font size.
_NO_WIDTH, _AT_EDGE = 0.01, 0.12
_ALEFS = frozenset("اأإآ")
#: Final letters that fonts draw in two parts behind those with teeth, and what may end a word after them.
_YEHS, _TOOTHED, _HAMZA = frozenset("يى"), frozenset("سشصض"), frozenset("ءﺀ")
#: Glyphs so near, as a share of their size, touch.
_TOUCHING = 0.04


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

    Such a mark has no width and stands at its letter, or at a glyph without a name. At any other letter it is the second
    half of a ligature. A mark without a name that stands at alefs alone is their hamza; any other is a vowel sign, and left
    out.
    """
    if not any(
        _is_mark(g) and (_composed(g.text) or NAMELESS.fullmatch(g.text)) for row in rows for g in row
    ):
        return rows
    rows = [sorted(row, key=lambda g: g.box.x0) for row in rows]
    at_alefs: dict[tuple[str, str], bool] = {}
    at_letters: set[tuple[str, str]] = set()
    for row in rows:
        for mark, letters in _marks(row):
            if NAMELESS.fullmatch(mark.text):
                code = mark.font, mark.text
                at_alefs[code] = any(_alef(row, at) for at in letters) and at_alefs.get(code, True)
                at_letters |= {code for _ in letters}
    rows = [_once(row, {code for code, always in at_alefs.items() if always}) for row in rows]
    # Those high above their line make a row of their own, of a font that has letters with a name and a width.
    lettered = {g.font for row in rows for g in row if not _is_mark(g) and not NAMELESS.fullmatch(g.text)}
    return [
        kept
        for row in rows
        if (kept := [g for g in row if (g.font, g.text) not in at_letters])
        and not all(_is_mark(g) and NAMELESS.fullmatch(g.text) and g.font in lettered for g in kept)
    ]


def _is_mark(glyph: Glyph) -> bool:
    return glyph.box.width < _NO_WIDTH * glyph.size


def _composed(text: str) -> bool:
    """Whether a text is a letter with its marks."""
    letter = unicodedata.normalize("NFD", text)
    return len(letter) > 1 and all(unicodedata.category(c) == "Mn" for c in letter[1:])


def _marks(row: Sequence[Glyph]) -> Iterator[tuple[Glyph, list[int]]]:
    """Glyphs of a sorted row that have no width, each with the places of the letters at which it stands."""
    for i, mark in enumerate(row):
        if _is_mark(mark) and not mark.space:
            reach, x = _AT_EDGE * mark.size, mark.box.x0
            yield (
                mark,
                [
                    at
                    for at in (i - 1, i + 1, i - 2, i + 2)
                    if 0 <= at < len(row) and row[at].box.x0 - reach < x < row[at].box.x1 + reach
                    if not _is_mark(row[at])
                ],
            )


def _alef(row: Sequence[Glyph], at: int) -> bool:
    """Whether a letter is an alef, or has no name and stands left of a lam."""
    if row[at].text[:1] in _ALEFS:
        return True
    right = next((g for g in row[at + 1 :] if not _is_mark(g)), None)
    return NAMELESS.fullmatch(row[at].text) is not None and right is not None and right.text[:1] == "ل"


def _once(row: list[Glyph], hamzas: set[tuple[str, str]]) -> list[Glyph]:
    letters: dict[int, Glyph] = {}
    merged: set[int] = set()
    for mark, places in _marks(row):
        name = "أ" if (mark.font, mark.text) in hamzas else mark.text
        if not _composed(name):
            continue
        base, *marks = list(unicodedata.normalize("NFD", name))
        for at in places:
            letter = letters.get(at, row[at])
            held = (
                [base] if NAMELESS.fullmatch(letter.text) else list(unicodedata.normalize("NFD", letter.text))
            )
            if held[0] == base:
                held += [m for m in marks if m not in held]
                letters[at] = replace(letter, text=unicodedata.normalize("NFC", "".join(held)))
                merged.add(id(mark))
                break
    return [letters.get(i, g) for i, g in enumerate(row) if id(g) not in merged]


def with_alefs(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Name the unnamed alef of a lam-alef.

    Some producers draw the pair as two glyphs and map only the lam; the glyph without a letter right after a
    lam (to its left) is the alef. Other glyphs without a letter stay unnamed and count as garbled.
    """
    if not any(NAMELESS.match(g.text) for row in rows for g in row):
        return rows
    rows = [sorted(row, key=lambda g: g.box.x0) for row in rows]
    # What stands after other letters as well is another letter, or a stroke that stretches words.
    elsewhere = {
        (glyph.font, glyph.text)
        for row in rows
        for i, glyph in enumerate(row)
        if glyph.text != UNNAMED and NAMELESS.fullmatch(glyph.text) and not _after_lam(row, i)
    }
    mended = []
    for ordered in rows:
        for i, glyph in enumerate(ordered):
            nameless = NAMELESS.match(glyph.text)
            if nameless:
                lam = _after_lam(ordered, i) and (glyph.font, nameless.group()) not in elsewhere
                letter = "ا" if lam else nameless.group().replace(UNNAMED, "\ufffd")
                marks = glyph.text[nameless.end() :]
                ordered[i] = replace(
                    glyph, text=unicodedata.normalize("NFC", letter + marks) if lam else letter
                )
        mended.append(ordered)
    return mended


def _after_lam(row: Sequence[Glyph], i: int) -> bool:
    return i + 1 < len(row) and row[i + 1].text[:1] == "ل"


def with_whole_yehs(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Rows in which a yeh behind a seen or a sad, half of which is named a space, is one letter.

    Some fonts draw it so at the end of a word (Sakkal Majalla in what Word writes): «التونس ي», «ش يء». No word is a lone yeh.
    """
    return [
        _yehs_whole(row) if any(_yeh(g) for g in row) and any(g.space for g in row) else row for row in rows
    ]


def _yehs_whole(row: Sequence[Glyph]) -> list[Glyph]:
    ordered = sorted(row, key=lambda g: g.box.x0)
    whole: dict[int, Glyph] = {}
    for i in range(len(ordered) - 2):
        yeh, half, seen = ordered[i : i + 3]
        if (
            _yeh(yeh)
            and half.space
            and not half.text.strip(" ")
            and fold_presentation(seen.text)[-1:] in _TOOTHED
            and _touch(yeh, half)
            and _touch(half, seen)
            and _ends_word(ordered[:i], yeh)
        ):
            whole[i] = replace(yeh, box=replace(yeh.box, x1=seen.box.x0))
    return [whole.get(i, g) for i, g in enumerate(ordered) if i - 1 not in whole]


def _yeh(glyph: Glyph) -> bool:
    return fold_presentation(glyph.text) in _YEHS


def _touch(left: Glyph, right: Glyph) -> bool:
    return abs(right.box.x0 - left.box.x1) < _TOUCHING * left.size


def _ends_word(left: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether nothing but a hamza stands between a glyph and the end of its word, seeing what stands left of it."""
    for i in range(len(left) - 1, -1, -1):
        other = left[i]
        if other.space or other.box.x1 < glyph.box.x0 - _TOUCHING * glyph.size or kind_of(other.text) != "R":
            return True
        if other.text not in _HAMZA:
            return False
        glyph = other
    return True


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
