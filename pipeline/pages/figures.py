"""Words as Tesseract gave them, parted into words and figures; what the readings of a figure come to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.model.place import Box
from pipeline.pages.blobs import FAR_GAP, Run, orphaned, snapped, without_comma, without_last_letter
from pipeline.pages.glyph import Glyph
from pipeline.pages.raster import Gray
from pipeline.pages.voting import digits_of, vote

#: No word is surer than this.
WORD_LIMIT = 0.97
#: A run of print without words that is longer than this many of its heights is no figure.
LONGEST_FIGURE = 14.0
#: Letters that are written together with the number that follows.
PREFIXES = "وفبلك"
#: No figure is surer beside which more print stands.
CROWDED_LIMIT = 0.96
#: A digit that stands on no run of print is a speck if the page reading is less sure than this.
SPECK = 0.5
EASTERN = re.compile(r"[٠-٩۰-۹]")
DIGIT = re.compile(r"\d")
#: A number whose spaces part groups of three digits.
PARTED = re.compile(r"\d{1,3}(?: \d{3})+")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064A\u0671-\u06D3]")
_FIGURE = re.compile(r"^[(\[«]?[-+−]?[%٪]?\d[\d.,:/\-−–'’]*[%٪]?[)\]»]?[.,،:;؛]?$")
_PREFIXED = re.compile(rf"^[{PREFIXES}]\d[\d.,]*%?[.,،]?$")
# A word of a right-to-left line has its bracket and its comma at the other end than its print.
_GROUP_START = re.compile(r"(?:^|\D)\d{1,3}[،,.»«ء]?$")
_GROUP_END = re.compile(r"^[(\[]?\d{3}(?!\d)")
_PIECE = re.compile(r"[()\[\]]|(?<=\d)-(?=\d)|(?:[^()\[\] \-]|(?<!\d)-|-(?!\d))+")
_WHOLE_PIECE = re.compile(r"[^ ]+")

#: What stands where a figure was: the place, its text and confidence, and a reading that differs.
Said = tuple["Token", str, float, str]


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

    ``crowded`` marks one beside which more print stands so near that it may belong to it.
    """

    run: Run
    tokens: tuple[Token, ...]
    crowded: bool = False

    @property
    def said(self) -> str:
        """What the page reading has there."""
        return " ".join(t.text for t in self.tokens)

    @property
    def confidence(self) -> float:
        """How sure the page reading is of it."""
        return min((t.confidence for t in self.tokens), default=0.0)


def sorted_out(tokens: Sequence[Token], runs: Sequence[Run], ink: Gray) -> tuple[list[Token], list[Figure]]:
    """Part words from figures: a run of print with no word in it is read again whole, else each figure in it."""
    outside, held = in_runs(tokens, runs)
    words = [t for t in outside if t.confidence >= SPECK or not DIGIT.search(t.text)]
    figures = []
    for run, inside in zip(runs, held, strict=True):
        if not any(_is_word(t) for t in inside):
            if run.width <= LONGEST_FIGURE * run.height:
                figures.append(Figure(run, tuple(inside)))
            else:
                words.extend(inside)
            continue
        for group in _groups(inside):
            last = group[-1]
            if is_figure(last.text) or (DIGIT.search(last.text) and last.confidence < 0.6):
                box, crowded = snapped(ink, _around(group), _tall(group))
                figures.append(Figure(box, tuple(group), crowded))
            elif _PREFIXED.match(last.text):
                # One letter written together with a number: the number is read again without it.
                number = without_last_letter(ink, _around(group))
                digits = (
                    *group[:-1],
                    replace(last, text=last.text[1:], width=number.x + number.width - last.x),
                )
                figures.append(Figure(number, digits))
                start = number.x + number.width
                words.append(
                    replace(last, text=last.text[0], x=start, width=max(last.x + last.width - start, 1))
                )
            else:
                words.extend(group)
    claimed = [_around([word]) for word in words]
    return words, [_bounded(ink, figure, claimed) for figure in _without_overlap(figures)]


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
        before = kept[at]
        left, top = min(before.run.x, figure.run.x), min(before.run.y, figure.run.y)
        right = max(r.x + r.width for r in (before.run, figure.run))
        bottom = max(r.y + r.height for r in (before.run, figure.run))
        whole = Run(left, top, right - left, bottom - top)
        kept[at] = Figure(whole, before.tokens + figure.tokens, before.crowded or figure.crowded)
    return kept


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
    both = all(DIGIT.search(t.text) and not _ARABIC_LETTER.search(t.text) for t in (before, token))
    return both and gap < FAR_GAP * min(before.height, token.height)


def agreed(figure: Figure, readings: Sequence[str]) -> list[Said]:
    """What stands where a figure was, by the vote of its readings (``fra``, ``eng``, page, and again)."""
    run, tokens = figure.run, figure.tokens
    whole = Token("", run.x, run.y, run.width, run.height, 0.0)
    believed = [(t, t.text, min(t.confidence, WORD_LIMIT), "") for t in tokens if t.confidence >= 0.25]
    first, second = readings[:2]
    told = vote(readings)
    if told is None:
        # The script model reads (PNE) in an Arabic line as Arabic-Indic digits.
        foreign = latin(readings) and (is_eastern(figure.said) or not believed)
        return [(whole, latin(readings), 0.8, "")] if foreign else believed
    if not digits_of(figure.said):
        # Nothing was a figure on the page: only what both models see as one is.
        sure = digits_of(first) == digits_of(second) and is_figure(first.replace(" ", "")) and not believed
        return [(whole, told.text, min(told.confidence, 0.95), told.dissent)] if sure else believed
    if not digits_of(first) and not digits_of(second):
        # What looked like a figure on the page was none.
        return [
            (t, text, min(confidence, 0.3), "") for t, text, confidence, _ in believed if confidence >= 0.6
        ]
    confidence = min(told.confidence, CROWDED_LIMIT) if figure.crowded else told.confidence
    return [(whole, told.text, confidence, told.dissent)]


def latin(readings: Sequence[str]) -> str:
    """A word or acronym in Latin letters on which two readings agree."""
    words = [(reading.strip("().,:،; "), reading) for reading in readings]
    letters = [word for word, _ in words if len(word) >= 2 and word.isalpha()]
    word = max(letters, key=letters.count, default="")
    return next(reading for told, reading in words if told == word) if letters.count(word) > 1 else ""


def eastern(figure: Figure, native: str, readings: Sequence[str]) -> list[Said]:
    """Arabic-Indic digits: only the script model has them, and it reads few of them right, so it is asked twice."""
    run = figure.run
    whole = Token("", run.x, run.y, run.width, run.height, 0.0)
    western = next((r for r in readings[:2] if digits_of(r)), "")
    if digits_of(native) == digits_of(figure.said):
        return [(whole, figure.said, 0.6, "")]
    return [(whole, figure.said, 0.4, native or western)]


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


def is_eastern(text: str) -> bool:
    """Whether most digits of a reading are Arabic-Indic."""
    return len(EASTERN.findall(text)) > 0.6 * len(digits_of(text)) > 0


def is_figure(text: str) -> bool:
    """Whether a word is a number with its marks and nothing else."""
    return bool(_FIGURE.match(text)) and not _ARABIC_LETTER.search(text)
