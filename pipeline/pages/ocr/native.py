"""Figures in Arabic-Indic digits on a page image: found among the print that holds no word, and read by shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import numpy as np
from numpy.typing import NDArray

from pipeline.pages.image.components import Components
from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import Run, parted
from pipeline.pages.ocr.figures import EASTERN, Token
from pipeline.pages.ocr.strips import GROUP_GAP, ZERO_GAP, row_of, strips_of
from pipeline.pages.shapes.digits import LEAST_INK, Sign
from pipeline.pages.shapes.floating import levelled
from pipeline.pages.shapes.likeness import likened
from pipeline.pages.shapes.signs import DIGITS, LIKE_OTHERS, MARKS, is_call, of_one_kind

#: An Arabic word of the page reading surer than this covers its ink, and so does a long Latin one, or a short one surer
#: than that: no figure is looked for in it. Arabic-Indic digits look like short Latin words to the page reading.
WORD_SURE, LATIN_SURE = 0.5, 0.8
#: A number of the page reading that sure is no Arabic-Indic figure of fewer digits within it.
NUMBER_SURE = 0.9
#: Heights in points of what can be a digit.
LOWEST, HIGHEST = 2.4, 60.0
#: Signs of one figure stand no farther apart than this share of their height.
SIGN_GAP = 0.62
#: A space between groups is at least so wide.
SPACE = 0.4
#: A letter nearer than this share of the height of a digit that could be a letter itself is part of its word.
APART = 0.3
#: A figure of whose signs both networks are surer than this speaks for a page in Arabic-Indic digits, if it is not
#: outnumbered: there are words that look Western on a page without a Western digit.
TELLING, OUTNUMBERED = 0.8, 0.5
#: Of a page with so many words that look Western one strip in so many is looked at first, or about so many in all if there
#: are more, and no other if none of these tells.
MANY, SAMPLE, MOST_SAMPLED = 12, 3, 12
#: Up to this many words that look Western for each telling figure a page has no Western digits at all.
PURE = 0.1
#: Western digits reach beyond Arabic-Indic ones of the same type size by this share of their height, on either side.
LOWER = 0.06
#: Confidence of a figure by its least sure sign, where both networks agree, where not, and where they differ in marks
#: alone; of one that print stands near which is no sign; of one whose zeros may be points; of one that may be Western.
CONFIDENCE = ((0.9, 0.995), (0.6, 0.95), (0.0, 0.75))
DIFFERENT, OTHER_MARK, CROWDED, FLOATING, EITHER_SCRIPT = 0.4, 0.75, 0.75, 0.9, 0.95
#: A lone digit beside a word is no surer than this: لا is drawn like ٧.
LONE = 0.9
#: What could be letters or Western digits is no figure if all of it is farther from the page's own digits than this.
FOREIGN = 2.5
_ARABIC_WORD = re.compile(r"[\u0620-\u064A\u0671-\u06D3].*[\u0620-\u064A\u0671-\u06D3]")
_DOTTED = re.compile(r"[١-٩][٠-٩]{0,2}(?:٠[٠-٩]{3})+")
# A zero that begins no number, date or telephone number: the full stop after it, which in some typefaces floats likewise.
_STOPPED = re.compile(r"٠(?:[%٪()].*|[٠-٩]{2}[/-].*|[٠-٩]{1,7}(?:[^٠-٩/-].*)?)")
_LONG_WORD = re.compile(r"[a-zà-ÿ]{5}")
_LATIN_WORD = re.compile(r"[(«]?[A-Za-zÀ-ÿ'’]*[a-zà-ÿ]{3}[A-Za-zÀ-ÿ'’]*[)»]?[.,:;]?")
_SPACED, _POINTED = re.compile(r"[٠-٩] [٠-٩]{3}"), re.compile(r"[٠-٩][.,٬][٠-٩]{3}(?![٠-٩])")
_WESTERN = re.compile(r"^[(]?[0-9][0-9.,/%-]+[)]?$")
_DIGIT = re.compile(r"\d")

Boxes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Told:
    """A figure where it stands, as the surer network reads it and, if otherwise, the other; from 0 to 1 how sure.

    ``telling`` is one that can be nothing else; one that is ``either`` could be in Western digits as well. ``calls`` are
    where calls of notes stand raised behind it; ``level`` is from where to where (y) its tall digits reach.
    """

    run: Run
    text: str
    second: str
    confidence: float
    telling: bool
    either: bool
    calls: tuple[Run, ...] = ()
    level: tuple[int, int] | None = None


def native_figures(
    image: Gray, pieces: Components, tokens: Sequence[Token], cuts: Sequence[tuple[int, int, int]], dpi: float
) -> list[Told]:
    """The figures of a page in Arabic-Indic digits; none if it prints its numbers in Western ones.

    Args:
        image: dark print on white, without rules.
        pieces: of its ink.
        tokens: the page reading; in the ink of its words no figure is looked for.
        cuts: vertical rules (x, top, bottom in pixels), beyond which no figure goes on.
        dpi: resolution of the image.
    """
    boxes: Boxes = pieces.boxes
    covered = _in_words(boxes, tokens)
    low, high = LOWEST / 72 * dpi, HIGHEST / 72 * dpi
    loose = ~covered & (pieces.areas >= LEAST_INK) & (boxes[:, 3] <= high)
    loose[0] = False
    tall = boxes[loose & (boxes[:, 3] >= low), 3]
    if not tall.size:
        return []
    usual = float(np.median(tall))
    loose_ink = pieces.drawn(loose)
    western = sum(t.confidence >= WORD_SURE and bool(_WESTERN.match(t.text)) for t in tokens)
    strips = strips_of(loose_ink, image, cuts, usual)
    step = max(SAMPLE, len(strips) // MOST_SAMPLED)
    seen = {i: row_of(image, loose_ink, usual, strips[i]) for i in range(0, len(strips), step)}
    told = (f for row in seen.values() for f in _figures(row.signs, boxes[covered], row.height, row.base))
    if western >= MANY and not any(f.telling for f in told):
        return []
    rows = [
        seen[i] if i in seen else row_of(image, loose_ink, usual, strip) for i, strip in enumerate(strips)
    ]
    found = [
        f
        for row in levelled(likened(image, rows))
        for f in _figures(row.signs, boxes[covered], row.height, row.base)
    ]
    found = [f for f in found if f.telling or not _is_of_number(f, tokens)]
    telling = sum(f.telling for f in found)
    if telling <= OUTNUMBERED * western:
        return []
    found = _not_cut(_of_one_style(found), tokens)
    if western <= PURE * telling:
        return found
    return [replace(f, confidence=min(f.confidence, EITHER_SCRIPT)) if f.either else f for f in found]


def _of_one_style(figures: Sequence[Told]) -> list[Told]:
    """The figures, none sure whose groups stand apart where those of the page have a mark between: it may have paled."""
    spaced, pointed = (sum(bool(p.search(f.text)) for f in figures) for p in (_SPACED, _POINTED))
    if not spaced or pointed <= spaced:
        return list(figures)
    return [
        replace(f, confidence=min(f.confidence, EITHER_SCRIPT)) if _SPACED.search(f.text) else f
        for f in figures
    ]


def _not_cut(figures: Sequence[Told], tokens: Sequence[Token]) -> list[Told]:
    """The figures, none sure in whose place the page reading has more digits: the box of a word may cover the others."""
    said = [(t, sum(c.isdigit() for c in t.text)) for t in tokens if _DIGIT.search(t.text)]
    middles = np.array([(t.x + t.width / 2, t.y + t.height / 2) for t, _ in said]).reshape(-1, 2)
    counts = np.array([count for _, count in said], np.int64)
    out = []
    for f in figures:
        (x, y), run = middles.T, f.run
        inside = (x >= run.x) & (x <= run.x + run.width) & (y >= run.y) & (y <= run.y + run.height)
        more = counts[inside].max(initial=0) > sum(c in DIGITS for c in f.text)
        out.append(replace(f, confidence=min(f.confidence, EITHER_SCRIPT)) if more else f)
    return out


def _is_of_number(figure: Told, tokens: Sequence[Token]) -> bool:
    """Whether a figure is some of the digits of a number that the page reading is sure of."""
    run = figure.run
    digits = sum(c in DIGITS for c in figure.text)
    return any(
        t.confidence >= NUMBER_SURE
        and _WESTERN.match(t.text)
        and sum(c.isdigit() for c in t.text) > digits
        and t.y <= run.y + run.height / 2 <= t.y + t.height
        and t.x <= run.x + run.width / 2 <= t.x + t.width
        for t in tokens
    )


def _is_word(token: Token) -> bool:
    """Whether a word of the page reading is one beyond doubt and no figure."""
    text = token.text.strip("\u200e\u200f")
    if token.confidence >= (WORD_SURE if _LONG_WORD.search(text) else LATIN_SURE) and _LATIN_WORD.fullmatch(
        text
    ):
        return True
    arabic = bool(_ARABIC_WORD.search(token.text)) and not _DIGIT.search(token.text)
    return arabic and token.confidence >= WORD_SURE


def _in_words(boxes: Boxes, tokens: Sequence[Token]) -> NDArray[np.bool_]:
    """Which pieces of ink have their middle in a word of the page reading."""
    x, y = boxes[:, 0] + boxes[:, 2] / 2, boxes[:, 1] + boxes[:, 3] / 2
    inside = np.zeros(len(boxes), np.bool_)
    for t in tokens:
        if _is_word(t):
            inside |= (x >= t.x) & (x <= t.x + t.width) & (y >= t.y) & (y <= t.y + t.height)
    return inside


def _figures(signs: Sequence[Sign], covered: Boxes, height: float, base: float) -> Iterator[Told]:
    """Chains of signs that are digits and marks; of what stands beside one as no sign it may be a part."""
    start = 0
    while start < len(signs):
        end = start + 1
        if signs[start].text:
            while end < len(signs) and signs[end].text and _goes_on(signs[end - 1], signs[end], height):
                end += 1
            behind = end
            while behind < len(signs) and _near_behind(signs[behind - 1], signs[behind], height):
                behind += 1
            calls = list(takewhile(lambda s: is_call(s, height, base), reversed(signs[start + 1 : behind])))
            end, last = min(end, behind - len(calls)), behind if calls else end
            others = [s for s in (*signs[max(start - 1, 0) : start], *signs[last : last + 1]) if not s.text]
            raised = tuple(Run(s.x, s.y, s.width, s.height) for s in calls)
            level = round(base - height), round(base)
            for figure in _figure(signs[start:end], others, covered, height):
                # Behind a lone digit may stand the rest of a word instead.
                most = LONE if raised and end == start + 1 else 1.0
                yield replace(figure, calls=raised, level=level, confidence=min(figure.confidence, most))
            end = last
        start = end


def _near_behind(sign: Sign, following: Sign, height: float) -> bool:
    return following.x - sign.x - sign.width <= SIGN_GAP * height


def _goes_on(sign: Sign, following: Sign, height: float) -> bool:
    gap = following.x - sign.x - sign.width
    if sign.text not in DIGITS or following.text not in DIGITS:
        return gap <= SIGN_GAP * height
    # A zero fills a small part of the place of a digit.
    return gap <= (GROUP_GAP + ZERO_GAP * ((sign.text == "٠") + (following.text == "٠"))) * height


def _figure(chain: Sequence[Sign], others: Sequence[Sign], covered: Boxes, height: float) -> Iterator[Told]:
    signs = _without_edges(chain)
    digits = [s for s in signs if s.text in DIGITS]
    if not digits or all(s.text == "٠" for s in digits) or not any(s.second in DIGITS for s in digits):
        return
    first, last = signs[0], signs[-1]
    x, y = first.x, min(s.y for s in signs)
    run = Run(x, y, last.x + last.width - x, max(s.y + s.height for s in signs) - y)
    beside = np.array([(s.x, s.y, s.width, s.height) for s in others], np.int64).reshape(-1, 4)
    like_others = all(s.text in LIKE_OTHERS for s in digits)
    in_word = _near(run, beside, APART * height) or _near(run, covered, APART * height)
    foreign = like_others and all(s.away > FOREIGN for s in digits)
    if foreign or (in_word and (like_others or len(digits) < 2)):
        return
    text, second = _spaced(signs, [s.text for s in signs]), _spaced(signs, [s.second for s in signs])
    least = min(min(s.confidence, s.second_confidence) for s in chain)
    if any(s.text != s.second for s in chain):
        marks_only = all(s.text == s.second or {s.text, s.second} <= MARKS for s in chain)
        confidence = OTHER_MARK if marks_only else DIFFERENT
        second = second if second != text else _spaced(chain, [s.second for s in chain])
    else:
        confidence = next(c for bound, c in CONFIDENCE if least >= bound)
    told = of_one_kind(text)
    if told != text:
        confidence, text, second = min(confidence, OTHER_MARK), told, second if second != told else text
    if any(b.x < a.x + a.width / 2 for a, b in pairwise(signs)):
        confidence = min(confidence, DIFFERENT)  # signs above each other: one of them is a piece of a mark
    # Two marks at one end are hardly a figure's: one of them is a digit.
    crowded = len(chain) > len(signs) + 1 or _near(run, beside, GROUP_GAP * height)
    if crowded:
        confidence = min(confidence, CROWDED)
    if _DOTTED.fullmatch(text.strip("()")):
        # Some typefaces let the point between Arabic-Indic digits float like a zero.
        confidence, second = min(confidence, FLOATING), second if second != text else _dotted(text)
    if _STOPPED.fullmatch(text):
        confidence, text, second = min(confidence, FLOATING), text[1:], text
    if len(digits) == 1 and _near(run, np.concatenate([beside, covered]), height):
        confidence = min(confidence, LONE)
    # In small print no network is sure of a comma.
    sure = all(s.text == s.second and min(s.confidence, s.second_confidence) >= TELLING for s in digits)
    telling = sure and not crowded and not like_others
    yield Told(run, text, "" if second == text else second, confidence, telling, like_others)


def _dotted(text: str) -> str:
    """The number with points where its zeros may be some: 3.662 for 30662."""
    number = text.strip("()")
    head = (len(number) - 1) % 4 + 1
    pointed = ".".join([number[:head], *(number[at + 1 : at + 4] for at in range(head, len(number), 4))])
    return text.replace(number, pointed)


def _without_edges(chain: Sequence[Sign]) -> Sequence[Sign]:
    """Without the marks at either end; a minus and brackets stay."""
    start, end = 0, len(chain)
    while end > start and chain[end - 1].text in MARKS:
        end -= 1
    while start < end and chain[start].text in MARKS and not (chain[start].text == "-" and end > start + 1):
        start += 1
    return chain[start:end]


def _near(run: Run, boxes: Boxes, reach: float) -> bool:
    """Whether one of the boxes stands beside a run no farther away than ``reach``."""
    x, y, width, height = boxes.T
    level = (y < run.y + run.height) & (y + height > run.y)
    gap = np.maximum(x - run.x - run.width, run.x - x - width)
    return bool((level & (gap < reach)).any())


def _spaced(signs: Sequence[Sign], texts: Sequence[str]) -> str:
    """The signs as text, groups of digits parted where their print is and there is room for a space."""
    text = "".join(texts)
    if not all(t in DIGITS for t in texts):
        return text
    widest = max((b.x - a.x - a.width for a, b in pairwise(signs)), default=0)
    room = widest >= SPACE * max(s.height for s in signs)
    return parted(text, [s.x + s.width / 2 for s in signs]) if room else text


def without_figures(tokens: Sequence[Token], figures: Sequence[Told]) -> list[Token]:
    """The words of the page reading without what it has in the place of the figures."""
    kept = []
    for token in tokens:
        held = max((_shared(token, f.run) for f in figures), default=0.0)
        text = EASTERN.sub("", token.text) if held else token.text
        # A word to which a figure was glued keeps its letters.
        if held < 0.5 or _ARABIC_WORD.search(text):
            kept.append(replace(token, text=text))
    return [t for t in kept if t.text.strip()]


def _shared(token: Token, run: Run) -> float:
    """Share of a token's width that lies in a run at its height."""
    middle = token.y + token.height / 2
    if not run.y - run.height / 2 <= middle <= run.y + 1.5 * run.height:
        return 0.0
    return (min(token.x + token.width, run.x + run.width) - max(token.x, run.x)) / max(token.width, 1)


def painted_over(image: Gray, figures: Sequence[Told], shade: int) -> Gray:
    """The image without the print of the figures, so that nothing else reads it."""
    out = image.copy()
    for run in (run for figure in figures for run in (figure.run, *figure.calls)):
        out[run.y : run.y + run.height, run.x : run.x + run.width] = shade
    return out


def lettered(figure: Told) -> Token:
    """The figure as a word of the page, as high as Western digits of its type size: its marks may be higher than they."""
    run = figure.run
    top, bottom = figure.level or (run.y, run.y + run.height)
    more = round(LOWER * (bottom - top))
    return Token(figure.text, run.x, top - more, run.width, bottom - top + 2 * more, figure.confidence)
