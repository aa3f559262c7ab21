"""Letters that a text layer draws without naming them, named by the words that they stand in.

Producers that set Arabic by clusters (Pango) name a glyph by the text of the first cluster it was met in, and none
where it came second: the lam of مليون is drawn and the text says «م يون». All glyphs of one font and width that have no
name on a page are taken for one letter, that which makes the most known words of the pieces that they stand in.
A letter drawn by two glyphs, a stroke and itself, has its name at the stroke: then the other has none there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.language.bidi import fold_presentation
from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table, unit_words
from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph

#: Text of a glyph for which the file names no letter.
UNNAMED = "\x00"
#: The same where pdfminer knows at least the glyph's code.
NAMELESS = re.compile(rf"{UNNAMED}|\(cid:\d+\)")
_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
_PARTICLES = (*_ARTICLES, "و", "ف", "ب", "ل", "ك")
_SIGNS = ".,،؛:!؟()«»\"'"
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤأإآ"
#: What a glyph is that makes known words where it is left out: a kashida.
_STROKE = "\u0640"
#: A gap of this share of the font size parts words; shorter words fit too many letters.
_GAP, _LEAST = 0.16, 4


def named_by_words(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Give unnamed glyphs the letter that their words ask for; those of which nothing is sure stay as they are."""
    if not any(_nameless(g) for row in rows for g in row):
        return rows
    rows = [_without_parts(sorted(row, key=lambda g: g.box.x0)) for row in rows]
    patterns: dict[tuple[str, str, float], list[str]] = defaultdict(list)
    known = set(vocabulary()) | set(map(_core, vocabulary()))
    for word in (word for row in rows for word in _words(row)):
        text = flat_text(
            "".join(UNNAMED if _nameless(g) else fold_presentation(g.text) for g in reversed(word))
        )
        kinds = {_kind(g) for g in word if _nameless(g)}
        if not kinds:
            known |= {text.strip(_SIGNS), _core(text)}
        elif len(kinds) == 1 and len(text) >= _LEAST:
            patterns[kinds.pop()].append(text)
    letters = {kind: letter for kind, held in patterns.items() if (letter := _letter(held, known))}
    companions = _companions(rows)
    return [_named(row, letters, companions) for row in rows]


def _named(
    row: Sequence[Glyph], letters: dict[tuple[str, str, float], str], companions: set[tuple[str, float, str]]
) -> list[Glyph]:
    """A sorted row with its unnamed glyphs named, or made one with the stroke that bears their name."""
    out: list[Glyph] = []
    for glyph in row:
        letter = letters.get(_kind(glyph), "") if _nameless(glyph) else ""
        before = out[-1] if out else None
        if letter == _STROKE and before and _adjoin(before, glyph):
            out[-1] = replace(before, box=Box.around([before.box, glyph.box]))
            continue
        if (
            letter
            and before
            and _face(before) in companions
            and _adjoin(before, glyph)
            and fold_presentation(before.text) == letter
        ):
            out[-1] = replace(before, box=Box.around([before.box, glyph.box]))
            continue
        out.append(replace(glyph, text=letter) if letter else glyph)
    return out


def _companions(rows: Sequence[Sequence[Glyph]]) -> set[tuple[str, float, str]]:
    """Kinds of named glyphs that always stand left of an unnamed one: a stroke that a producer gave its letter's name."""
    beside: dict[tuple[str, float, str], bool] = {}
    for row in rows:
        for g, after in zip(row, [*row[1:], None], strict=True):
            unnamed = after is not None and after.text == UNNAMED and _adjoin(g, after)
            key = _face(g)
            beside[key] = unnamed and beside.get(key, True)
    return {key for key, always in beside.items() if always}


def _without_parts(row: Sequence[Glyph]) -> list[Glyph]:
    """A sorted row without unnamed glyphs whose neighbour is named by several letters: it has theirs too."""
    return [
        g
        for i, g in enumerate(row)
        if g.text != UNNAMED
        or not any(len(other.text) > 1 and _adjoin(g, other) for other in row[max(i - 1, 0) : i + 2])
    ]


def _adjoin(one: Glyph, other: Glyph) -> bool:
    gap = max(other.box.x0 - one.box.x1, one.box.x0 - other.box.x1)
    return other is not one and one.font == other.font and gap < _GAP * one.size


def _letter(patterns: Sequence[str], known: set[str]) -> str:
    """The letter that makes the most known words, empty when two make as many or none makes any.

    Of letters that are folded into one it is the plain one. A stroke begins no word.
    """
    plain = {flat_text(c) or c: c for c in reversed(_LETTERS)}
    if not any(p.startswith(UNNAMED) for p in patterns):
        plain[""] = _STROKE
    votes = sorted(
        ((sum(not known.isdisjoint(_meant(p, c)) for p in patterns), c) for c in plain), reverse=True
    )
    return plain[votes[0][1]] if votes[0][0] > votes[1][0] else ""


def _meant(pattern: str, letter: str) -> set[str]:
    """What a pattern may be a word of with this letter: as it is, without particles, without an article it may complete."""
    whole = pattern.strip(_SIGNS).replace(UNNAMED, letter)
    return {whole, _core(pattern).replace(UNNAMED, letter), _core(whole, _ARTICLES)}


def _core(word: str, before: Sequence[str] = _PARTICLES) -> str:
    """A folded word without signs around it, and without what stands before it if enough is left."""
    bare = word.strip(_SIGNS)
    first = next((p for p in before if bare.startswith(p) and len(bare) - len(p) >= _LEAST), "")
    return bare[len(first) :]


def _nameless(glyph: Glyph) -> bool:
    return glyph.text == UNNAMED or NAMELESS.fullmatch(glyph.text) is not None


def _kind(glyph: Glyph) -> tuple[str, str, float]:
    """Font, code and width; glyphs of one code have one width, which does not tell more."""
    by_width = glyph.text == UNNAMED
    return glyph.font, glyph.text, round(glyph.box.width / glyph.size, 2) if by_width else 0.0


def _face(glyph: Glyph) -> tuple[str, float, str]:
    return glyph.font, round(glyph.box.width / glyph.size, 3), glyph.text


def _words(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Runs of glyphs of a row, sorted by place, without a space between."""
    word: list[Glyph] = []
    for glyph in row:
        apart = bool(word) and glyph.box.x0 - word[-1].box.x1 > _GAP * glyph.size
        if word and (glyph.space or apart):
            yield word
            word = []
        if not glyph.space:
            word.append(glyph)
    if word:
        yield word


@cache
def vocabulary() -> frozenset[str]:
    """Words of the lexicon, folded (``flat_text``): units, number words, months, hedges."""
    held = {word for wording in unit_words() for word in wording.split()}
    for name in ("numberwords", "qualifiers", "identifiers", "calendar"):
        held |= {word for wording in _strings(table(name)) for word in flat_text(wording).split()}
    return frozenset(word for word in held if len(word) >= _LEAST)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
