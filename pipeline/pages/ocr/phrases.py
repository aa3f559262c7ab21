"""Stretches of print read again each by itself: phrases (labels, heads, captions) and lines of running text.

A page reading drops lines of heads and single cells of tables or runs them together, and it reads some typefaces badly.
What stands between two gaps or rules, and a line of running text, is cut out by its ink and set on a sheet of its own row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import Run
from pipeline.pages.ocr.figures import DIGIT, Token, is_figure
from pipeline.pages.ocr.voting import digits_of

#: Gap in heights of a letter under which two phrases of one height belong to one line, and the share of the
#: page's width from which such a line is running text.
LINE_GAP, RUNNING = 1.5, 0.42
#: A reading of this confidence that covers this share of a phrase is not asked for again, nor a line of running text
#: whose Arabic words all have this one.
SURE, COVERED, WORD_SURE = 0.9, 0.85, 0.85
#: Less than this share of a phrase or a line of running text that words account for, or more print without a word than
#: so many of its heights, and it is read again too.
LOST, MISSED = 0.5, 1.6
#: A phrase of which less than this is read surely is set once more, so many times as large.
ENOUGH, LARGER = 0.75, 1.5
#: No sign of a figure, with the white beside it, is wider than so many heights of the print.
SIGN = 1.3
#: The model of Arabic words reads print best that is set so many times as large as at 300 dpi.
SMALLER = 0.8
#: A word of two lines lies over this share of the height of both, and half as high again as the one it was given to.
OVER_LINE, TOO_HIGH = 0.6, 1.5
#: Confidence from which a reading in Arabic letters is believed where the page reading has none.
ALONE = 0.8
#: White around a tile and between two, in pixels.
MARGIN, SPACE = 8, 36
#: Confidence from which the French model has read a phrase, and by how much it may be less sure than the text model.
BELIEVED, LESS_SURE = 0.6, 0.15


@dataclass(frozen=True, slots=True)
class Tile:
    """A crop of the page as it stands on a sheet: where its corner is on the page, its rows on the sheet, its scale."""

    left: int
    top: int
    start: int
    end: int
    scale: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phrase or a line of running text: its ink, the same with the marks around it, and what the page reading has there.

    ``lost`` is a line of which the page reading has dropped a part.
    """

    run: Run
    whole: Run
    tokens: tuple[Token, ...]
    running: bool = False
    lost: bool = False

    @property
    def doubted(self) -> bool:
        """Whether it is to be read again."""
        if self.running:
            unsure = any(t.confidence < WORD_SURE for t in self.tokens if letters([t])[0] >= 2)
            return self.lost or unsure or _missed(self.run, self.tokens) > MISSED * self.run.height
        covered = _covered(self.run, self.tokens)
        return covered < COVERED or not (_is_figure(self.run, self.tokens) or sureness(self.tokens) >= SURE)

    @property
    def latin(self) -> bool:
        """Whether the page reading has it in Latin letters without a doubt."""
        return self.latin_letters and sureness(self.tokens) >= BELIEVED

    @property
    def latin_letters(self) -> bool:
        """Whether most of its letters are Latin in the page reading."""
        arabic, latin = letters(self.tokens)
        return latin > arabic

    @property
    def mixed(self) -> bool:
        """Whether the page reading has letters of both scripts in it."""
        return min(letters(self.tokens)) >= 3 and sureness(self.tokens) >= BELIEVED


def stretches(
    runs: Sequence[Run], whole: Sequence[Run], held: Sequence[Sequence[Token]], width: int
) -> list[Stretch]:
    """Phrases and lines of running text.

    Args:
        runs: stretches of print between two gaps.
        whole: the same with the marks around them.
        held: words of the page reading that stand in each.
        width: of the page in pixels.
    """
    made = []
    boxes = np.array([(r.x, r.y, r.x + r.width, r.y + r.height) for r in runs], np.int64).reshape(-1, 4)
    for line in _lines(runs):
        run = _around([runs[i] for i in line])
        if run.width > RUNNING * width:
            lost = any(_covered(runs[i], held[i]) < LOST for i in line)
            words = tuple(t for i in line for t in held[i])
            made.append(Stretch(run, _around([whole[i] for i in line]), words, True, lost))
        else:
            made += [Stretch(runs[i], whole[i], _of_one_line(runs[i], held[i], boxes)) for i in line]
    return made


def _of_one_line(run: Run, words: Sequence[Token], boxes: NDArray[np.int64]) -> tuple[Token, ...]:
    """The words of a phrase without those that were read across it and the line over or under it."""
    left, top, right, bottom = boxes.T
    kept = []
    for word in words:
        if word.height > TOO_HIGH * run.height and not DIGIT.search(word.text):
            beside = np.minimum(right, word.x + word.width) - np.maximum(left, word.x)
            within = np.minimum(bottom, word.y + word.height) - np.maximum(top, word.y)
            over = (beside > 0.5 * np.minimum(right - left, word.width)) & (
                within > OVER_LINE * (bottom - top)
            )
            if over.any() and np.ptp((top + bottom)[over]) > run.height:
                continue
        kept.append(word)
    return tuple(kept)


def sheet_of(image: Gray, runs: Sequence[Run], scale: float = 1.0) -> tuple[Gray, list[Tile]]:
    """The runs one below the other on white, so many times as large as they are.

    Print higher than the usual of the sheet is brought to that: among smaller lines it is taken for a picture.
    """
    crops, tiles, row = [], [], SPACE
    usual = float(np.median([run.height for run in runs]))
    for run in runs:
        top, left = max(run.y - MARGIN, 0), max(run.x - MARGIN, 0)
        crop = image[top : run.y + run.height + MARGIN, left : run.x + run.width + MARGIN]
        size = scale * min(usual / run.height, 1.0)
        if size != 1.0:
            way = cv2.INTER_AREA if size < 1 else cv2.INTER_CUBIC
            crop = cv2.resize(crop, None, fx=size, fy=size, interpolation=way).astype(np.uint8)
        crops.append(crop)
        tiles.append(Tile(left, top, row, row + crop.shape[0], size))
        row += crop.shape[0] + SPACE
    sheet = np.full((row, max(crop.shape[1] for crop in crops) + 2 * SPACE), 255, np.uint8)
    for crop, tile in zip(crops, tiles, strict=True):
        sheet[tile.start : tile.end, SPACE : SPACE + crop.shape[1]] = crop
    return sheet, tiles


def put_back(tokens: Sequence[Token], tiles: Sequence[Tile]) -> list[list[Token]]:
    """Words read on a sheet, tile by tile, at their places on the page."""
    found: list[list[Token]] = [[] for _ in tiles]
    for token in tokens:
        middle = token.y + token.height / 2
        for tile, words in zip(tiles, found, strict=True):
            if tile.start <= middle < tile.end:
                left, top = (token.x - SPACE) / tile.scale, (token.y - tile.start) / tile.scale
                wide, high = round(token.width / tile.scale), round(token.height / tile.scale)
                place = tile.left + round(left), tile.top + round(top)
                words.append(Token(token.text, *place, wide, high, token.confidence))
    return found


def is_arabic(run: Run, page: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether a reading of most of a phrase is Arabic without a doubt, so that the French model need not be asked.

    Where the page reading has no Arabic there, it must be surer: the model of Arabic words makes such ones of others too.
    """
    arabic, latin = letters(tokens)
    least = BELIEVED if letters(page)[0] > letters(page)[1] else ALONE
    return arabic > 2 * latin and sureness(tokens) >= least and _covered(run, tokens) >= LOST


def chosen(run: Run, page: Sequence[Token], text: Sequence[Token], french: Sequence[Token]) -> list[Token]:
    """The words of a phrase by its readings: of the page, and by itself by the model of Arabic and the French one."""
    by_itself, on_page = worth(run, text), worth(run, page)
    favour = LESS_SURE if by_itself >= BELIEVED else 0.0
    best, value = (text, by_itself) if by_itself + favour >= on_page else (page, on_page)
    arabic, latin = letters(best)
    mixed = min(arabic, latin) >= 3 and sureness(best) >= BELIEVED
    wanted = value - LESS_SURE if latin >= arabic else value
    # A figure is read by the French model once more: what only that model says must not agree with itself.
    same = _digits(french) in ("", _digits(text), _digits(page))
    believed = letters(french)[1] >= 2 and sureness(french) >= BELIEVED and not mixed and same
    return list(french if believed and worth(run, french) >= wanted else best)


def worth(run: Run, tokens: Sequence[Token]) -> float:
    """How sure a reading is of how much of a phrase."""
    return sureness(tokens) * _covered(run, tokens)


def clipped(token: Token, run: Run) -> Token:
    """A word no higher than the line in which it stands: boxes of doubtful words reach into the next one.

    One that reaches farther than marks do is as high as its line.
    """
    more, foot = run.height // 4, run.y + run.height
    top = token.y if token.y >= run.y - more else run.y
    bottom = token.y + token.height if token.y + token.height <= foot + more else foot
    return replace(token, y=top, height=bottom - top)


def astray(token: Token, runs: Sequence[Run], held: Sequence[Sequence[Token]]) -> bool:
    """Whether a word that stands in no run of print is made of pieces of others, between two lines."""
    return any(
        min(token.y + token.height, run.y + run.height) > max(token.y, run.y)
        and any(
            min(token.x + token.width, t.x + t.width) - max(token.x, t.x) > 0.5 * token.width for t in words
        )
        for run, words in zip(runs, held, strict=True)
    )


def sureness(tokens: Sequence[Token]) -> float:
    """Mean confidence of words, by their letters; 0 of none."""
    count = sum(len(t.text) for t in tokens)
    return sum(len(t.text) * t.confidence for t in tokens) / count if count else 0.0


def letters(tokens: Sequence[Token]) -> tuple[int, int]:
    """Arabic letters and others in some words."""
    held = [c for t in tokens for c in t.text if c.isalpha()]
    arabic = sum("\u0600" <= c <= "\u06ff" for c in held)
    return arabic, len(held) - arabic


def same_digits(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Whether two readings have the same digits in the same order."""
    return _digits(one) == _digits(other)


def _digits(tokens: Sequence[Token]) -> str:
    return digits_of("".join(t.text for t in sorted(tokens, key=lambda t: t.x)))


def _is_figure(run: Run, tokens: Sequence[Token]) -> bool:
    """Whether a phrase was read as figures, with about as many signs as it has room for: a word may be taken for a 0."""
    signs = sum(len(t.text) for t in tokens)
    return bool(tokens) and all(is_figure(t.text) for t in tokens) and run.width <= SIGN * signs * run.height


def _covered(run: Run, tokens: Sequence[Token]) -> float:
    """Share of a run's width that one word lies over; where two do, one of them is not there."""
    words = np.zeros(run.width, np.int32)
    for token in tokens:
        words[max(token.x - run.x, 0) : max(token.x + token.width - run.x, 0)] += 1
    return float((words == 1).mean())


def running(runs: Sequence[Run], width: int) -> list[bool]:
    """Which runs stand in lines of running text: phrase upon phrase over much of the page with small gaps."""
    flags = [False] * len(runs)
    for line in _lines(runs):
        for at in line:
            flags[at] = _around([runs[i] for i in line]).width > RUNNING * width
    return flags


def _missed(run: Run, tokens: Sequence[Token]) -> int:
    """Width of the widest part of a run without a word."""
    ends = [*sorted((t.x, t.x + t.width) for t in tokens), (run.x + run.width, run.x + run.width)]
    widest, reached = 0, run.x
    for start, end in ends:
        widest, reached = max(widest, start - reached), max(reached, end)
    return widest


def _lines(runs: Sequence[Run]) -> list[list[int]]:
    """Indices of the runs that stand in one line with small gaps, from left to right."""
    lines: list[list[int]] = []
    waiting = sorted(range(len(runs)), key=lambda i: runs[i].x)
    while waiting:
        line = [waiting.pop(0)]
        for at in list(waiting):
            last, run = runs[line[-1]], runs[at]
            level = abs(last.y + last.height / 2 - run.y - run.height / 2)
            height = min(last.height, run.height)
            if level < 0.5 * height and run.x - last.x - last.width < LINE_GAP * height:
                line.append(at)
                waiting.remove(at)
        lines.append(line)
    return lines


def _around(runs: Sequence[Run]) -> Run:
    left, top = min(r.x for r in runs), min(r.y for r in runs)
    right, bottom = max(r.x + r.width for r in runs), max(r.y + r.height for r in runs)
    return Run(left, top, right - left, bottom - top)
