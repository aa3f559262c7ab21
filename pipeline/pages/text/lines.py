"""Placed glyphs into words and lines in logical order, cut at column gaps and at vertical rules.

All is decided from the geometry of the line itself, never from the name of the producer: glyphs are sorted
by place, word gaps are judged against the other gaps of the line, and the line is then turned from visual
to logical order.
"""

from __future__ import annotations

import itertools
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.language.bidi import (
    Placed,
    base_direction,
    fold_presentation,
    kind_of,
    mirror_vote,
    to_logical,
    unmirror,
)
from pipeline.model.page import Direction, Line, Stroke, Word
from pipeline.model.place import Box, Method
from pipeline.pages.glyph import Glyph
from pipeline.pages.text.baselines import baseline_rows
from pipeline.pages.text.diacritics import with_alefs, with_letters_once, with_marks, with_whole_yehs
from pipeline.pages.text.gutters import gutters
from pipeline.pages.text.unnamed import named_by_words

#: Gaps, as shares of the font size: the least that can part two words, and between a letter and a digit.
WORD_GAP = 0.16
SCRIPT_GAP = 0.07
#: A gap this wide parts columns; between two numbers a smaller one does.
COLUMN_GAP = 1.6
NUMBER_COLUMN_GAP = 0.75
#: A 1 has this share of its size in white on either side beyond that of other digits.
ROOM_OF_ONE = 0.12
#: Words of justified text stand no farther apart than this on average; those of a row of figures are not stretched.
WIDEST_WORD_GAP, TABLE_WORD_GAP = 0.9, 0.6
#: So many gaps of a line of which three quarters are no wider than this times the middle one are all of one width;
#: so many words of a scan are of a sentence, however many numbers are among them.
EVEN_GAPS, EVEN, SENTENCE_WORDS = 6, 1.2, 4
_SENTENCE_ENDS = frozenset(".،؛:")
#: What a footnote call can have beside its digits, or instead of them.
_CALLS = frozenset("()[]*†")
_PERCENT = frozenset("%٪")
_KERNED = frozenset(",;")
#: Blanks that hold the groups of a number together.
_NO_BREAK = ("\u00a0", "\u202f")
_DROPPED = dict.fromkeys(
    [0x640, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xAD]
)


def build_lines(glyphs: Sequence[Glyph], strokes: Sequence[Stroke] = ()) -> list[Line]:
    """Lines of one page, from top to bottom, those of one baseline from left to right.

    Args:
        glyphs: upright glyphs in any order.
        strokes: drawn rules; vertical ones cut a line.
    """
    rules = [s.box for s in strokes if not s.horizontal]
    rows = baseline_rows([g for g in glyphs if not g.mark])
    rows = with_marks(with_letters_once(rows), [g for g in glyphs if g.mark])
    rows = with_whole_yehs(with_alefs(named_by_words(rows)))
    rules += gutters(rows)
    drafts = [_ordered(segment) for row in rows for segment in _segments(row, rules)]
    habit = sum(mirror_vote(draft.texts, draft.rtl) for draft in drafts)
    return [line for line in (_line(draft, habit) for draft in drafts) if line is not None]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A segment in logical order, its brackets still as the file has them; ``None`` stands for a space."""

    glyphs: tuple[Glyph | None, ...]
    texts: tuple[str, ...]
    rtl: tuple[bool, ...]
    base: Direction


def _segments(row: Sequence[Glyph], rules: Sequence[Box]) -> list[list[Glyph]]:
    """Cut a row of glyphs at column gaps and vertical rules."""
    inked = sorted((g for g in row if not g.space), key=lambda g: (g.box.x0 + g.box.x1) / 2)
    if not inked:
        return []
    size = median(g.size for g in inked)
    middle = median(g.baseline for g in inked) - 0.3 * size
    crossing = sorted((r.x0 + r.x1) / 2 for r in rules if r.top - 1 <= middle <= r.bottom + 1)
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(inked)]
    wide = [gap for gap in gaps if gap > WORD_GAP * size]
    # In a row of a table the wide gaps are its columns; no words are set so far apart as that.
    digits = sum(kind_of(g.text) in "NA" for g in inked)
    # A glyph of OCR is a whole word, set apart by its box: its gaps tell less.
    figures = digits > 0.3 * len(inked) and inked[0].method is Method.TEXT
    most = (TABLE_WORD_GAP if figures else WIDEST_WORD_GAP) * size
    usual = min(median(wide), most) if len(wide) >= 4 else 0.35 * size
    cut_at = max(COLUMN_GAP * size, min(2.6 * usual, 3 * size))
    columns = [[inked[0]]]
    for gap, left, right in zip(gaps, inked, inked[1:], strict=False):
        ruled = any(left.box.centre[0] < x < right.box.centre[0] for x in crossing)
        own = min(left.size, right.size)  # big figures may stand before small words
        if (ruled or gap > max(cut_at, COLUMN_GAP * own)) and not left.bound:
            columns.append([])
        columns[-1].append(right)
    fixed = [g.box.centre[0] for g in row if g.space and g.text in _NO_BREAK]
    segments = [segment for column in columns for segment in _numbers_apart(column, fixed, size, usual)]
    spaces = [g for g in row if g.space]
    for segment in segments:
        first, last = segment[0].box.x0, max(g.box.x1 for g in segment)
        segment.extend(g for g in spaces if first < g.box.centre[0] < last)
    return segments


def _numbers_apart(
    column: Sequence[Glyph], fixed: Sequence[float], size: float, usual: float
) -> list[list[Glyph]]:
    """Cut between two numbers that stand farther apart than words; in a sentence than the words of this one.

    One no-break space (at ``fixed`` abscissas) between them makes them groups of one number.
    """
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(column)]
    wide = [gap for gap in gaps if gap > WORD_GAP * size]
    figures = sum(kind_of(g.text) in "NA" for g in column)
    words = sum(sum(c.isalpha() for c in g.text) > 1 for g in column if g.method is Method.OCR)
    if len(wide) >= 3 and (figures <= 0.3 * len(column) or words >= SENTENCE_WORDS):
        own = median(wide)
        # The words of a typewriter stand far apart, and all of them equally.
        even = len(wide) >= EVEN_GAPS and sorted(wide)[3 * len(wide) // 4] <= EVEN * own
        usual = own if even else min(max(usual, own), WIDEST_WORD_GAP * size)
    segments = [[column[0]]]
    for gap, left, right in zip(gaps, column, column[1:], strict=False):
        numbers = all(kind_of(g.text) in "NA" or g.text in _PERCENT for g in (left, right)) and not left.bound
        held = sum(left.box.centre[0] < x < right.box.centre[0] for x in fixed) == 1
        own = max(size, min(left.size, right.size))
        gap -= _room_of_ones(left, right, size)
        if numbers and not held and gap > max(NUMBER_COLUMN_GAP * own, 1.3 * usual):
            segments.append([])
        segments[-1].append(right)
    return segments


def _room_of_ones(left: Glyph, right: Glyph, size: float) -> float:
    """White between two numbers of a scan that a 1 at either end has around it: a 1 has the room of other digits."""
    if Method.TEXT in (left.method, right.method):
        return 0.0
    return ROOM_OF_ONE * size * ((left.text[-1:] == "1") + (right.text[:1] == "1"))


def _ordered(segment: Sequence[Glyph]) -> _Draft:
    """The glyphs between two cuts in logical order."""
    visual = _spaced(segment)
    clusters = [" " if g is None else _clean(g.text) for g in visual]
    base = base_direction(clusters)
    if (
        base is Direction.LTR
        and clusters[0] in _SENTENCE_ENDS
        and not any(c.isalpha() for c in "".join(clusters))
    ):
        base = Direction.RTL  # the last line of an Arabic paragraph: its full stop stands left of the number
    placed: list[Placed] = to_logical(clusters, base)
    return _Draft(
        tuple(visual[p.index] for p in placed),
        tuple(clusters[p.index] for p in placed),
        tuple(p.rtl for p in placed),
        base,
    )


def _line(draft: _Draft, habit: int) -> Line | None:
    """One line from a draft, its brackets turned as the line or its page tells."""
    words: list[Word] = []
    letters: list[tuple[Glyph, str]] = []
    for glyph, text in zip(draft.glyphs, unmirror(draft.texts, draft.rtl, habit), strict=True):
        if glyph is None:
            _flush(letters, words)
        else:
            letters.append((glyph, text))
    _flush(letters, words)
    if not words:
        return None
    return Line(words=tuple(words), box=Box.around(w.box for w in words), direction=draft.base)


def _flush(letters: list[tuple[Glyph, str]], words: list[Word]) -> None:
    """Close the word that has been gathered."""
    if not letters:
        return
    text = letters_of("".join(text for _, text in letters))
    if text:
        glyphs = [glyph for glyph, _ in letters]
        words.append(
            Word(
                text=text,
                raw="".join(glyph.text for glyph in glyphs),
                box=Box.around(glyph.box for glyph in glyphs),
                size=max(glyph.size for glyph in glyphs),
                method=glyphs[0].method,
                confidence=min(glyph.confidence for glyph in glyphs),
                second_raw=" ".join(glyph.second_raw for glyph in glyphs if glyph.second_raw),
                bold=2 * sum(glyph.bold for glyph in glyphs) > len(glyphs),
            )
        )
    letters.clear()


def letters_of(text: str) -> str:
    """A text with presentation forms folded, without tatweel, controls and spaces around it."""
    return fold_presentation(text).translate(_DROPPED).strip()


def _clean(text: str) -> str:
    """Drop bidi controls and soft hyphens from a glyph's text; keep one character where nothing is left."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc"))
    return kept or "\u0640"


def _spaced(segment: Sequence[Glyph]) -> list[Glyph | None]:
    """Glyphs of a segment from left to right with ``None`` where a space belongs."""
    inked = sorted((g for g in segment if not g.space), key=lambda g: (round(g.box.centre[0], 2), g.box.x0))
    spaces = sorted(g.box.centre[0] for g in segment if g.space)
    ends = [g.box.x1 for g in segment if g.space and g.box.width >= WORD_GAP * g.size]
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(inked)]
    size = median(g.size for g in inked)
    threshold = _word_gap(gaps, size)
    out: list[Glyph | None] = [inked[0]]
    for gap, left, right in zip(gaps, inked, inked[1:], strict=False):
        # Some fonts kern a comma over the space that follows it.
        kerned = left.text in _KERNED and any(abs(right.box.x0 - end) < 0.02 * size for end in ends)
        if kerned or _parts(left, right, gap, threshold, spaces, size):
            out.append(None)
        out.append(right)
    return out


def _parts(
    left: Glyph, right: Glyph, gap: float, threshold: float, spaces: Sequence[float], size: float
) -> bool:
    """Whether a space belongs between two neighbours on a line."""
    if left.method is Method.OCR:
        return left.glued != "right" and right.glued != "left"  # an OCR glyph is a whole word
    if gap > threshold:
        return True
    if gap > 0.04 * size:
        following = bisect_right(spaces, left.box.centre[0])
        if following < len(spaces) and spaces[following] < right.box.centre[0]:
            return True
    kinds = kind_of(left.text), kind_of(right.text)
    if _raised(left, right) and gap > -0.2 * size:
        return True
    mixed = (kinds[0] in "NA" and kinds[1] in "RL") or (kinds[1] in "NA" and kinds[0] in "RL")
    return mixed and gap > SCRIPT_GAP * size


def _raised(left: Glyph, right: Glyph) -> bool:
    """Whether one of two neighbours is a footnote call: smaller and raised."""
    small, big = sorted((left, right), key=lambda g: g.size)
    lift = big.baseline - small.baseline
    return (
        (small.size < 0.88 * big.size or (small.size < 0.96 * big.size and lift > 0.3 * big.size))
        and lift > 0.18 * big.size
        and (kind_of(small.text) in "NA" or small.text in _CALLS)
    )


def _word_gap(gaps: Sequence[float], size: float) -> float:
    """Gap that parts words on this line; letter-spaced lines have wide gaps inside words too."""
    positive = sorted(gap for gap in gaps if gap > 0.01 * size)
    if len(positive) >= 6 and len(positive) > 0.7 * len(gaps):
        inner = positive[len(positive) // 3]
        if inner > 0.6 * WORD_GAP * size:
            return max(WORD_GAP * size, 2.2 * inner)
    return WORD_GAP * size


def main_direction(lines: Sequence[Line]) -> Direction:
    """Direction in which most letters of a page run."""
    weight = sum(len(line.text) * (1 if line.direction is Direction.RTL else -1) for line in lines)
    return Direction.RTL if weight >= 0 else Direction.LTR
