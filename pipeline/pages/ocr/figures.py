"""Words as Tesseract gave them, parted into words and figures; what the readings of a figure come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.model.place import Box
from pipeline.pages.glyph import Glyph
from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import FAR_GAP, Run, orphaned, snapped, without_comma
from pipeline.pages.ocr.letters import Patch, erased, figure_in
from pipeline.pages.ocr.raised import without_calls

#: No word is surer than this.
WORD_LIMIT = 0.97
#: A run of print without words that is longer than this many of its heights is no figure.
LONGEST_FIGURE = 14.0
#: Letters that are written together with the number that follows, and how many of them at most.
PREFIXES, MOST_PREFIXES = "وفبلك", 2
#: Two figures that stand nearer than this share of their height may be one number that was torn: in a stretched line, or
#: where a group begins or ends in a thin 1.
TORN_GAP = 1.2
#: A digit that stands on no run of print is a speck if the page reading is less sure than this.
SPECK = 0.5
EASTERN = re.compile(r"[٠-٩۰-۹]")
DIGIT = re.compile(r"\d")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064A\u0671-\u06D3]")
_FIGURE = re.compile(r"^[(\[«]?[-+−]?[%٪]?\d[\d.,:/\-−–'’]*[%٪]?[)\]»]?[.,،:;؛]?$")
_PREFIXED = re.compile(r"^([\u0621-\u064A]+)[.،]?([%٪]?\d[\d.,/]*[%٪]?)[.,،]?$")
# A word of a right-to-left line has its bracket and its comma at the other end than its print.
_GROUP_START = re.compile(r"(?:^|\D)\d{1,3}[،,.»«ء]?$")
_GROUPS = re.compile(r"\d{1,3}(?: \d{3})*")
_GROUP_END = re.compile(r"^[(\[]?\d{3}(?!\d)")
_PIECE = re.compile(r"[()\[\]]|(?<=\d)-(?=\d)|(?:[^()\[\] \-]|(?<!\d)-|-(?!\d))+")
# What no figure goes on with: a letter, or the sign that begins one in a right-to-left line.
_OPENING = re.compile(rf"[%٪(\[]|.*{_ARABIC_LETTER.pattern}")
_WHOLE_PIECE = re.compile(r"[^ ]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word as Tesseract gave it; box in pixels (x, y, width, height), confidence from 0 to 1."""

    text: str
    x: int
    y: int
    width: int
    height: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Figure:
    """Print to be read again: where it stands, and the words of the page reading that it replaces.

    ``crowded`` marks one beside which more print stands so near that it may belong to it; ``calls`` are the signs of
    raised calls that stood behind it; ``whole`` is one that is all there is between two gaps.
    """

    run: Run
    tokens: tuple[Token, ...]
    crowded: bool = False
    calls: int = 0
    whole: bool = False

    @property
    def said(self) -> str:
        """What the page reading has there."""
        return " ".join(t.text for t in self.tokens)

    @property
    def confidence(self) -> float:
        """How sure the page reading is of it."""
        return min((t.confidence for t in self.tokens), default=0.0)


@dataclass(frozen=True, slots=True)
class _Found:
    """The words that show a figure, their box, and the letters at its right end; ``whole`` where it fills a run."""

    box: Run
    tokens: tuple[Token, ...]
    prefix: str = ""
    whole: bool = False

    @property
    def strokes(self) -> int:
        """How many digits and slashes it has."""
        return sum(c.isdigit() or c == "/" for t in self.tokens for c in t.text)


def sorted_out(
    tokens: Sequence[Token], runs: Sequence[Run], ink: Gray
) -> tuple[list[Token], list[Figure], list[Patch]]:
    """Part words from figures: a run of print with no word in it is read again whole, else each figure in it.

    Returns:
        Words, figures, and the ink of letters and calls in the way of figures.
    """
    outside, held = in_runs(tokens, runs)
    words = [t for t in outside if t.confidence >= SPECK or not DIGIT.search(t.text)]
    found = []
    for run, inside in zip(runs, held, strict=True):
        whole = _is_whole(inside)
        if whole and run.width <= LONGEST_FIGURE * run.height:
            found.append(_Found(run, tuple(inside), whole=True))
        elif whole:
            words.extend(inside)
        for group in () if whole else _groups(inside):
            one = _found(group)
            found += [one] if one else []
            words += [] if one else group
    placed = [figure_in(ink, f.box, f.strokes, f.prefix if is_prefix(f.prefix) else "") for f in found]
    patches = [patch for _, patch in placed if patch]
    bare = erased(ink, patches)
    figures = []
    for one, (core, _) in zip(found, placed, strict=True):
        run, crowded = (core, False) if one.whole else snapped(bare, core, _tall(one.tokens))
        told = without_calls(bare, run)
        patches += told.calls
        figures.append(Figure(told.run, one.tokens, crowded or told.doubtful, told.signs, one.whole))
        if one.prefix:
            start, end = run.x + run.width, one.box.x + one.box.width
            words.append(replace(one.tokens[-1], text=one.prefix, x=start, width=max(end - start, 1)))
    # A word of one sign beside a figure may be its first digit, and one with digits its first group.
    claimed = [_around([word]) for word in words if is_prefix(word.text) or _claims(word.text)]
    bare = erased(ink, patches)
    # The call of a figure may have been one by itself.
    figures = [f for f in _without_overlap(figures) if _inked(bare, f.run) or not _inked(ink, f.run)]
    return words, _torn(_bounded(bare, f, claimed) for f in _joined(figures)), patches


def _claims(text: str) -> bool:
    """Whether a word is plainly none of the digits of the figure beside it."""
    return len(text) > 1 and not DIGIT.search(text)


def _inked(ink: Gray, run: Run) -> bool:
    """Whether there is print in a run."""
    return bool(ink[run.y : run.y + run.height, run.x : run.x + run.width].any())


def _found(group: Sequence[Token]) -> _Found | None:
    """The figure that a group of words shows, if it shows one."""
    *before, last = group
    prefixed = _PREFIXED.match(last.text)
    if prefixed:
        return _Found(_around(group), (*before, replace(last, text=prefixed[2])), prefixed[1])
    told = is_figure(last.text) or (DIGIT.search(last.text) and last.confidence < 0.6)
    return _Found(_around(group), tuple(group)) if told else None


def is_prefix(text: str) -> bool:
    """Whether a word is nothing but letters that are written together with what follows."""
    return 0 < len(text) <= MOST_PREFIXES and set(text) <= set(PREFIXES)


def _is_whole(inside: Sequence[Token]) -> bool:
    """Whether a run of print is one figure for all that the page reading sees in it."""
    if any(_is_word(t) or _PREFIXED.match(t.text) for t in inside):
        return False
    lettered = any(len(_ARABIC_LETTER.findall(t.text)) > 1 and not DIGIT.search(t.text) for t in inside)
    return not (lettered and any(DIGIT.search(t.text) for t in inside))


def _joined(figures: Iterable[Figure]) -> list[Figure]:
    """The figures, one made of those of running text that look like groups of one number in a stretched line."""
    made: list[Figure] = []
    for figure in sorted(figures, key=lambda f: f.run.x):
        at = next((i for i, before in enumerate(made) if _goes_on(before, figure)), -1)
        if at < 0:
            made.append(figure)
        else:
            made[at] = replace(_united(made[at], figure), crowded=True)
    return made


def _goes_on(before: Figure, figure: Figure) -> bool:
    """Whether three digits of running text may be the next group of the number before them."""
    if before.whole or figure.whole or not _near(before.run, figure.run):
        return False
    return bool(_GROUPS.fullmatch(before.said) and _GROUP_END.match(figure.said))


def _torn(figures: Iterable[Figure]) -> list[Figure]:
    """The figures, crowded those that stand as near to another as two groups of one number."""
    left = sorted(figures, key=lambda f: f.run.x)
    near: set[int] = set()
    for at, figure in enumerate(left):
        for other in range(at + 1, len(left)):
            if left[other].run.x - figure.run.x - figure.run.width >= TORN_GAP * figure.run.height:
                break
            if _near(figure.run, left[other].run):
                near |= {at, other}
    return [replace(f, crowded=f.crowded or at in near) for at, f in enumerate(left)]


def _near(a: Run, b: Run) -> bool:
    """Whether the second of two figures stands right of the first, no farther than one group of a number from the next."""
    height = min(a.height, b.height)
    level = abs(2 * a.y + a.height - 2 * b.y - b.height) < height
    return level and a.x <= b.x and b.x - a.x - a.width < TORN_GAP * height


def _bounded(ink: Gray, figure: Figure, words: Sequence[Run]) -> Figure:
    """The figure without a comma (the zero of Arabic-Indic digits looks like one), and what else stands near marked."""
    western = DIGIT.search(figure.said) and not EASTERN.search(figure.said)
    run = without_comma(ink, figure.run) if western else figure.run
    return replace(figure, run=run, crowded=figure.crowded or orphaned(ink, run, words))


def in_runs(tokens: Sequence[Token], runs: Sequence[Run]) -> tuple[list[Token], list[list[Token]]]:
    """Words that stand in no run of print, and those of each run from left to right."""
    held: list[list[Token]] = [[] for _ in runs]
    outside: list[Token] = []
    corners = np.array([(r.x, r.y, r.x + r.width, r.y + r.height) for r in runs], np.int64).reshape(-1, 4)
    for token in tokens:
        at = _run_of(token, corners)
        (outside if at < 0 else held[at]).append(token)
    for inside in held:
        inside.sort(key=lambda t: t.x)
    return outside, held


def _without_overlap(figures: Sequence[Figure]) -> list[Figure]:
    """Figures of which one grew into the other are one."""
    kept: list[Figure] = []
    for figure in figures:
        at = next((i for i, other in enumerate(kept) if _shared(other.run, figure.run) > 0.5), -1)
        if at < 0:
            kept.append(figure)
            continue
        kept[at] = _united(kept[at], figure)
    return kept


def _united(before: Figure, figure: Figure) -> Figure:
    """Two figures as one."""
    left, top = min(before.run.x, figure.run.x), min(before.run.y, figure.run.y)
    right = max(r.x + r.width for r in (before.run, figure.run))
    bottom = max(r.y + r.height for r in (before.run, figure.run))
    crowded, calls = before.crowded or figure.crowded, before.calls + figure.calls
    return Figure(Run(left, top, right - left, bottom - top), before.tokens + figure.tokens, crowded, calls)


def _shared(a: Run, b: Run) -> float:
    """Shared area as a share of the smaller run."""
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return max(width, 0) * max(height, 0) / max(min(a.width * a.height, b.width * b.height), 1)


def _tall(tokens: Sequence[Token]) -> int:
    """Signs of a figure that are as tall as a digit."""
    return sum(c.isdigit() or c in "()[]%/" for t in tokens for c in t.text)


def _around(tokens: Sequence[Token]) -> Run:
    left, top = min(t.x for t in tokens), min(t.y for t in tokens)
    right, bottom = max(t.x + t.width for t in tokens), max(t.y + t.height for t in tokens)
    return Run(left, top, right - left, bottom - top)


def _run_of(token: Token, corners: NDArray[np.int64]) -> int:
    """Index of the run (left, top, right, bottom) that shares most with a word, whose box may be too high, or -1."""
    if not len(corners):
        return -1
    left, top, right, bottom = corners.T
    width = np.minimum(right, token.x + token.width) - np.maximum(left, token.x)
    height = np.minimum(bottom, token.y + token.height) - np.maximum(top, token.y)
    shared = np.maximum(width, 0) * np.maximum(height, 0)
    at = int(np.argmax(shared))
    least = min(token.width, right[at] - left[at]) * min(token.height, bottom[at] - top[at])
    return at if shared[at] > 0.5 * least else -1


def run_at(x: float, y: float, runs: Sequence[Run]) -> int:
    """Index of the run in which a point of the page lies (pixels), or -1."""
    for at, run in enumerate(runs):
        if run.x <= x <= run.x + run.width and run.y <= y <= run.y + run.height:
            return at
    return -1


def _is_word(token: Token) -> bool:
    letters = sum(c.isalpha() for c in token.text)
    return letters >= 2 and letters >= 0.6 * len(token.text) and token.confidence >= 0.4


def _groups(tokens: Sequence[Token]) -> list[list[Token]]:
    """Words one by one, but groups of digits of one number together."""
    groups: list[list[Token]] = []
    for token in tokens:
        before = groups[-1][-1] if groups else None
        if (before is not None and _stands_on(before, token)) or (
            before is not None
            and not _PREFIXED.match(before.text)
            and _GROUP_START.search(before.text)
            and _GROUP_END.match(token.text.lstrip(PREFIXES))
            and token.x - before.x - before.width < 0.75 * token.height
        ):
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


def _stands_on(before: Token, token: Token) -> bool:
    """Whether two words are one figure that the page reading has cut."""
    gap = token.x - before.x - before.width
    prefixed = _PREFIXED.match(token.text)
    ends = not _OPENING.match(prefixed[2] if prefixed else token.text)
    both = all(DIGIT.search(t.text) for t in (before, token)) and not _ARABIC_LETTER.search(before.text)
    return both and ends and gap < FAR_GAP * min(before.height, token.height)


def pieces(glyph: Glyph) -> list[Glyph]:
    """A figure cut into its groups, the dash of a range and a bracket that stands at one end only.

    A right-to-left line turns brackets round and may show a range from its end.
    """
    text, box = glyph.text, glyph.box
    whole = text[:1] in "([" and text[-1:] in ")]"
    cuts = [m.span() for m in (_WHOLE_PIECE if whole else _PIECE).finditer(text)]
    if len(cuts) <= 1:
        return [glyph]
    step = box.width / len(text)
    made = []
    for (start, end), following in zip(cuts, [*cuts[1:], (None, None)], strict=True):
        glued = following[0] == end
        part = Box(box.x0 + start * step, box.top, box.x0 + end * step, box.bottom)
        bound = following[0] is not None
        made.append(
            replace(glyph, text=text[start:end], box=part, glued="right" if glued else "", bound=bound)
        )
    return made


def is_figure(text: str) -> bool:
    """Whether a word is a number with its marks and nothing else."""
    return bool(_FIGURE.match(text)) and not _ARABIC_LETTER.search(text)
