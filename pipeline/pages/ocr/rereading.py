"""Words of which the page reading is not sure, read again on a sheet of their own and chosen word by word."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import Run, with_marks
from pipeline.pages.ocr.figures import Token, in_runs
from pipeline.pages.ocr.phrases import (
    ENOUGH,
    LARGER,
    SMALLER,
    Stretch,
    astray,
    chosen,
    clipped,
    is_arabic,
    put_back,
    same_digits,
    sheet_of,
    stretches,
    worth,
)
from pipeline.pages.ocr.wordvote import alike, merged

#: A percent sign alone is one from this confidence of the page reading on.
SURE_SIGN = 0.5
_Read = Callable[[Gray], list[Token]]


@dataclass(frozen=True, slots=True)
class Models:
    """What reads a sheet: the model of Arabic words, that of the page reading, and the French one."""

    words: _Read
    text: _Read
    french: _Read


def words_read_again(
    image: Gray, boxes: NDArray[np.int64], tokens: Sequence[Token], runs: Sequence[Run], models: Models
) -> list[Token]:
    """The words of the page, those of doubtful phrases and lines as two or three readings have them.

    Args:
        image: dark print on white.
        boxes: of its ink (:func:`pipeline.pages.image.components.boxes_of`).
        tokens: words of the page reading.
        runs: stretches of print between two gaps.
        models: what reads a sheet.

    Raises:
        RuntimeError: a model failed or passed its time limit.
    """
    kept, held = in_runs(tokens, runs)
    parts = stretches(runs, with_marks(boxes, runs), held, image.shape[1])
    doubted = [i for i, part in enumerate(parts) if part.doubted and not is_percent(part.tokens)]
    words: list[Sequence[Token]] = [part.tokens for part in parts]
    arabic = _read_alone(image, parts, [i for i in doubted if not parts[i].latin], models.words, SMALLER)
    phrases = [i for i in doubted if not parts[i].running or parts[i].lost]
    other = [
        i
        for i in phrases
        if not is_arabic(parts[i].run, parts[i].tokens, arabic.get(i, ())) and not parts[i].mixed
    ]
    french = _read_alone(image, parts, other, models.french)
    familiar = {word for i, said in arabic.items() for word in alike(parts[i].tokens, said)}
    for i in doubted:
        words[i] = _settled(parts[i], arabic.get(i, ()), french.get(i, ()), familiar)
    weak = [i for i in other if worth(parts[i].run, words[i]) < ENOUGH]
    for i, larger in _read_alone(image, parts, weak, models.text, LARGER).items():
        if worth(parts[i].run, larger) > worth(parts[i].run, words[i]):
            words[i] = larger
    kept = [t for t in kept if not astray(t, [part.run for part in parts], words)]
    return [*kept, *(clipped(t, part.run) for part, said in zip(parts, words, strict=True) for t in said)]


def is_percent(tokens: Sequence[Token]) -> bool:
    """Whether the page reading sees a percent sign and nothing else: other models have 01 or 9 for one alone in a head."""
    return bool(tokens) and all(t.text in ("%", "٪") and t.confidence >= SURE_SIGN for t in tokens)


def _settled(
    part: Stretch, arabic: Sequence[Token], french: Sequence[Token], familiar: Set[str]
) -> list[Token]:
    """The words of a stretch by its readings."""
    if (part.running and not part.lost) or part.mixed:
        return merged(part.tokens, arabic, familiar)
    best = chosen(part.run, part.tokens, arabic, french)
    if part.latin_letters or not arabic or not same_digits(part.tokens, arabic):
        return best  # Latin words would stay as they are beside Arabic ones of the same print
    return merged(part.tokens, arabic, familiar) if best in (list(arabic), list(part.tokens)) else best


def _read_alone(
    image: Gray, parts: Sequence[Stretch], wanted: Sequence[int], read: _Read, scale: float = 1.0
) -> dict[int, tuple[Token, ...]]:
    """What a model reads in some stretches, each on its own row of one sheet."""
    if not wanted:
        return {}
    sheet, tiles = sheet_of(image, [parts[i].whole for i in wanted], scale)
    found = {}
    for i, words in zip(wanted, put_back(read(sheet), tiles), strict=True):
        run = parts[i].run
        # A mark far over the line may be taken for a word.
        found[i] = tuple(t for t in words if run.y < t.y + t.height and t.y < run.y + run.height)
    return found
