"""Kashidas that a text layer names wrongly or not at all: strokes that stretch a word of a justified line.

LibreOffice fills a line by drawing tatweels between letters that join, one over the other until the width is right, under a
code that its ToUnicode map leaves out or gives a mark's name. They are no letters; left in, they cut every word they stretch.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from functools import cache

from pipeline.language.bidi import fold_presentation, kind_of
from pipeline.pages.glyph import Glyph
from pipeline.pages.text.baselines import baseline_rows
from pipeline.pages.text.unnamed import NAMELESS, UNNAMED

#: Letters that join no letter after them.
_ENDING = frozenset("اأإآٱدذرزوؤةىء")
#: Signs that stand between letters of abbreviations, of words joined or with a choice of endings.
_IN_WORDS = frozenset(".,،؛:;/\\-–—_()[]«»'’\"&+*·•…%٪")
#: How far a kashida may stand from its letter, in font sizes, and the least share of their width that two of them share.
_TOUCH, _OVERLAP = 0.1, 0.1


def without_kashidas(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of a page without those of a nameless code that only ever stretches words; their letters reach as far.

    That is a code of a font that has no letter's name, whose every glyph touches, on its right, one of its kind or a letter
    that joins its follower; and of which somewhere two stand one over the other, as signs never do, or one that has a
    mark's name stands between two letters, where no word has it.
    """
    kashidas = set()
    for at in [i for i, glyph in enumerate(glyphs) if not (glyph.space or _named(glyph.text))]:
        sign, beside = glyphs[at], glyphs[max(at - 1, 0) : at + 2]
        twice = any(_kind(other) == _kind(sign) and _overlap(sign, other) for other in beside)
        if not sign.mark and (twice or _inside(sign, beside)):
            kashidas.add(_kind(sign))
    if not kashidas:
        return list(glyphs)
    rows = [sorted(row, key=lambda g: g.box.x0) for row in baseline_rows([g for g in glyphs if not g.mark])]
    runs = [(row, run) for row in rows for run in _runs(row, kashidas)]
    kashidas -= {_kind(row[run.start]) for row, run in runs if not _stretches(row, run)}
    stretched = {
        id(letter): replace(letter, box=replace(letter.box, x0=row[run.start].box.x0))
        for row, run in runs
        if _kind(row[run.start]) in kashidas
        for letter in [row[run.stop]]
    }
    return [stretched.get(id(g), g) for g in glyphs if _kind(g) not in kashidas]


def _kind(glyph: Glyph) -> tuple[str, str]:
    return glyph.font, glyph.text


@cache
def _named(text: str) -> bool:
    """Whether a text is a letter's or a digit's."""
    return kind_of(text) in "RLNA" and not NAMELESS.fullmatch(text)


def _runs(row: Sequence[Glyph], kinds: Container[tuple[str, str]]) -> list[range]:
    """Neighbours of one of these kinds in a row sorted by place."""
    runs: list[range] = []
    for i, glyph in enumerate(row):
        if _kind(glyph) not in kinds:
            continue
        if runs and runs[-1].stop == i and _kind(row[i - 1]) == _kind(glyph):
            runs[-1] = range(runs[-1].start, i + 1)
        else:
            runs.append(range(i, i + 1))
    return runs


def _overlap(one: Glyph, other: Glyph) -> bool:
    shared = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    return (
        one.baseline == other.baseline and _OVERLAP * one.box.width < shared < (1 - _OVERLAP) * one.box.width
    )


def _inside(sign: Glyph, beside: Sequence[Glyph]) -> bool:
    """Whether a sign that words don't hold stands between two Arabic letters that it touches."""
    if len(beside) < 3 or len(sign.text) > 1 or sign.text in _IN_WORDS or sign.text == UNNAMED:
        return False
    return all(
        kind_of(letter.text) == "R"
        and letter.baseline == sign.baseline
        and _gap(sign, letter) < _TOUCH * sign.size
        for letter in (beside[0], beside[2])
    )


def _gap(one: Glyph, other: Glyph) -> float:
    return max(other.box.x0 - one.box.x1, one.box.x0 - other.box.x1)


def _stretches(row: Sequence[Glyph], run: range) -> bool:
    """Whether a run touches a letter on its right that joins what comes after it."""
    if run.stop == len(row):
        return False
    letter, last = row[run.stop], row[run.stop - 1]
    text = fold_presentation(letter.text)[-1:]
    return kind_of(text) == "R" and text not in _ENDING and _gap(letter, last) < _TOUCH * last.size
