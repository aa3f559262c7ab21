"""What stands where a figure was, by the readings of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import Run, grouped, tall_parts
from pipeline.pages.ocr.figures import DIGIT, EASTERN, WORD_LIMIT, Figure, Token, is_figure
from pipeline.pages.ocr.voting import digits_of, vote

#: No figure is surer beside which more print stands.
CROWDED_LIMIT = 0.96
#: No lone digit is surer in which the most trusted model sees none: في is drawn much like a 3.
ALONE_LIMIT = 0.75
#: No figure is surer whose groups are odd, or that has fewer signs than its print has tall pieces.
ODD_LIMIT = 0.9
#: Signs as tall as a digit.
_TALL = frozenset("0123456789/()[]%")
#: A number whose spaces part groups of three digits.
_PARTED = re.compile(r"\D*\d{1,3}(?: \d{3})+(?:[.,]\d+)?\D*")

#: A capital letter with the number that follows it, and perhaps a year behind.
_CODE = re.compile(r"([A-HJ-NP-Z])\d{1,2}(?: (?:19|20)\d{2})?")
_LIKE_DIGITS = frozenset("BDGQSZ")

#: What stands where a figure was: the place, its text and confidence, and a reading that differs.
Said = tuple[Token, str, float, str]


def agreed(figure: Figure, readings: Sequence[str]) -> list[Said]:
    """What stands where a figure was, by the vote of its readings (``fra``, ``eng``, page, and again)."""
    run, tokens = figure.run, figure.tokens
    whole = Token("", run.x, run.y, run.width, run.height, 0.0)
    believed = [(t, t.text, min(t.confidence, WORD_LIMIT), "") for t in tokens if t.confidence >= 0.25]
    first, second = readings[:2]
    if code := coded(readings):
        return [(whole, code, WORD_LIMIT, "")]
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
    if len(digits_of(told.text)) == 1 and not digits_of(first):
        confidence = min(confidence, ALONE_LIMIT)
    return [(whole, told.text, confidence, told.dissent)]


def as_printed(ink: Gray, run: Run, said: Said) -> Said:
    """What stands where a figure was, its groups parted as they are in print, and in doubt what its print speaks against.

    Args:
        ink: 255 where there is ink.
        run: where the figure stands.
        said: a vote on it.
    """
    token, text, confidence, dissent = said
    if token.width != run.width or not DIGIT.search(text) or EASTERN.search(text):
        return said
    shown = grouped(ink, run, text)
    # Groups that end in one or two digits are turned round, if they are groups at all.
    odd = " " in shown and not _PARTED.fullmatch(shown)
    # All models drop a digit that a speck has changed.
    lost = tall_parts(ink, run) > sum(sign in _TALL for sign in shown)
    if odd or lost:
        confidence = min(confidence, ODD_LIMIT)
    if odd and shown != text:
        dissent = dissent or text
    return token, shown, confidence, dissent


def latin(readings: Sequence[str]) -> str:
    """A word or acronym in Latin letters on which two readings agree."""
    words = [(reading.strip("().,:،; "), reading) for reading in readings]
    letters = [word for word, _ in words if len(word) >= 2 and word.isalpha()]
    word = max(letters, key=letters.count, default="")
    return next(reading for told, reading in words if told == word) if letters.count(word) > 1 else ""


def coded(readings: Sequence[str]) -> str:
    """A quarter or a code (T1, T2 2013, P3) on which the most trusted reading and another agree; empty if there is none.

    Its letter is no dirt before a number; one that looks like a digit (S1, 51) must be in all readings.
    """
    first = " ".join(readings[0].split()).rstrip(".,:;")
    found = _CODE.fullmatch(first)
    if not found:
        return ""
    alike = [" ".join(reading.split()).rstrip(".,:;") == first for reading in readings[1:]]
    return first if any(alike) and (found[1] not in _LIKE_DIGITS or all(alike)) else ""


def eastern(figure: Figure, native: str, readings: Sequence[str]) -> list[Said]:
    """Arabic-Indic digits: only the script model has them, and it reads few of them right, so it is asked twice."""
    run = figure.run
    whole = Token("", run.x, run.y, run.width, run.height, 0.0)
    western = next((r for r in readings[:2] if digits_of(r)), "")
    if digits_of(native) == digits_of(figure.said):
        return [(whole, figure.said, 0.6, "")]
    return [(whole, figure.said, 0.4, native or western)]


def is_eastern(text: str) -> bool:
    """Whether most digits of a reading are Arabic-Indic."""
    return len(EASTERN.findall(text)) > 0.6 * len(digits_of(text)) > 0
