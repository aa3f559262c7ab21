"""Calls of notes behind figures: small signs that stand higher than the digits, told by their ink and taken off.

Read with the figure ``360²`` is 3602. Nothing else tells: its own size and height are lost on a tile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr.blobs import FAR_GAP, Run
from pipeline.pages.ocr.letters import LEAST_INK, Patch, Piece
from pipeline.pages.ocr.voting import digits_of

#: In heights of a digit: how high a call is, how far its foot stands over that of the digits, and its head over theirs.
SMALL, LIFT, OVER = (0.35, 0.9), 0.2, 0.05
#: Digits whose feet differ by less than this share of the highest sign stand on one line.
ONE_FOOT = 0.12
#: Signs no farther apart than this share of a digit are signs of one number: 5'796, 45%.
INNER = 0.2
#: A call has no more signs.
MOST = 2


@dataclass(frozen=True, slots=True)
class Bare:
    """A figure without its calls: its place, their ink and how many signs they have.

    ``doubtful`` is one behind which something stands small and high, but no higher than digits of old style do.
    """

    run: Run
    calls: tuple[Patch, ...] = ()
    signs: int = 0
    doubtful: bool = False


def without_calls(ink: Gray, run: Run) -> Bare:
    """The figure of a run of print without the calls that stand raised behind its groups.

    Args:
        ink: 255 where there is ink.
        run: box of the figure in pixels.
    """
    top, left = max(run.y - run.height // 2, 0), run.x
    crop = ink[top : run.y + run.height + run.height // 6, left : run.x + run.width + run.height]
    if not crop.size:
        return Bare(run)
    _, found, stats, _ = cv2.connectedComponentsWithStats(crop, connectivity=8)
    labels = np.asarray(found, np.int32)
    signs = sorted(
        (
            Piece(label, x, y, x + width, y + height)
            for label, (x, y, width, height, area) in enumerate(stats.tolist())
            if label and area >= LEAST_INK
        ),
        key=lambda sign: sign.left,
    )
    digits = _digits([s for s in signs if s.left < run.width])
    if not digits:
        return Bare(run)
    raised = _raised(signs, digits)
    if not raised:
        return Bare(run)
    head, size = float(np.median([d.top for d in digits])), float(np.median([d.height for d in digits]))
    higher = [s for s in raised if s.top < head - OVER * size]
    if len(higher) < len(raised):
        return Bare(run, doubtful=True)
    kept = [s for s in signs if s not in raised and s.left < run.width and s.bottom > head]
    box = Run(
        left + min(s.left for s in kept),
        top + min(s.top for s in kept),
        max(s.right for s in kept) - min(s.left for s in kept),
        max(s.bottom for s in kept) - min(s.top for s in kept),
    )
    patches = tuple(
        Patch(left + s.left, top + s.top, labels[s.top : s.bottom, s.left : s.right] == s.label)
        for s in raised
    )
    return Bare(box, patches, len(raised))


def _digits(signs: Sequence[Piece]) -> list[Piece]:
    """The high signs that stand on one line: on that of most of them, of a tie on the lowest."""
    highest = max((s.height for s in signs), default=0)
    high = [s for s in signs if s.height >= 0.5 * highest]
    alike = [[s for s in high if abs(s.bottom - one.bottom) <= ONE_FOOT * highest] for one in high]
    return max(alike, key=lambda group: (len(group), group[0].bottom), default=[])


def _raised(signs: Sequence[Piece], digits: Sequence[Piece]) -> list[Piece]:
    """Small signs over the line of the digits, behind one of them and before no other sign of its number."""
    size = float(np.median([d.height for d in digits]))
    foot = float(np.median([d.bottom for d in digits]))
    held: list[Piece] = []
    for at, sign in enumerate(signs):
        small = SMALL[0] * size <= sign.height <= SMALL[1] * size and sign.width <= size
        before = [s for s in signs[:at] if s.height >= SMALL[1] * size or s in held]
        near = any(-1 <= sign.left - s.right <= FAR_GAP * size for s in before)
        below = any(s is not sign and s.left < sign.right and s.right > sign.left for s in signs)
        if small and near and not below and sign.bottom <= foot - LIFT * size:
            held.append(sign)
    alone = [
        s for s in held if not any(o not in held and 0 <= o.left - s.right <= INNER * size for o in signs)
    ]
    return alone if len(alone) <= MOST * len(digits) else []


def without_signs(said: str, bare: str, signs: int) -> str:
    """A reading of a figure with its call, as the figure alone was read, if it is that and a call no more.

    Args:
        said: the reading, call and all.
        bare: what was read without the call.
        signs: how many signs the calls have; a zero is none.
    """
    whole, digits = digits_of(said), digits_of(bare)
    more = len(whole) - len(digits)
    if not digits or not 0 < more <= signs:
        return said
    for at in range(len(digits) + 1):
        if whole[:at] + whole[at + more :] == digits and "0" not in whole[at : at + more]:
            return bare
    return said
