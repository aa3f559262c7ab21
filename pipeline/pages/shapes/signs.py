"""What the signs of a stretch of print are, by the two networks and by what their heights and places allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.pages.shapes.digits import Sign

DIGITS = frozenset("٠١٢٣٤٥٦٧٨٩")
#: Signs that are letters or Western digits as well: ٥ and ه or 0, ١ and ا or 1, ٦ and 1, ٩ and 9, ٠ and a point.
LIKE_OTHERS = frozenset("٠١٥٦٩")
#: Marks that stand in figures.
MARKS = frozenset(".,٬/-")
#: A percent sign, the mark between thousands, and a number of several groups of three.
PERCENT, THOUSANDS, _GROUPS = "٪", "٬", re.compile(r"-?[٠-٩]{1,3}(?:[.,٬][٠-٩]{3}){2,}")
#: Of these no digit is lower than this share of the tall ones: in small print a comma is taken for a ٦.
_TALL, LEAST_TALL = DIGITS - set("٠٥"), 0.62
#: A comma between two digits: its height and width at most, in those of a tall digit, and how far its head is under theirs.
COMMA, COMMA_WIDTH, COMMA_DROP = (0.35, 0.75), 0.5, 0.4
#: No digit but a zero has its foot so far over the others'.
LIFTED = 0.3
#: A network is believed against the other from so much more confidence on.
SURER = 0.2
#: How sure a sign is that its place alone tells.
BY_PLACE = 0.5
#: The call of a note behind a figure: its height in those of a tall digit, and how far its head stands over theirs and its
#: foot over their feet. One in Western digits may be as high as the figure, and stands higher yet.
CALLS = ((0.9, 0.05, 0.2), (1.4, 0.3, 0.3))
#: No call is lower.
LEAST_CALL = 0.5


def settled(signs: Sequence[Sign], height: float, base: float) -> list[Sign]:
    """The signs as the surer network has them, where their height allows it; a low one between two digits is a mark.

    Args:
        signs: of one stretch of print, from the left.
        height: of the tall digits there, in pixels.
        base: where these stand (y of their feet).
    """
    out = [_of_height(sign, height, base) for sign in signs]
    for at, sign in enumerate(out):
        behind = at > 0 and out[at - 1].text in DIGITS
        between = behind and at < len(out) - 1 and out[at + 1].text in DIGITS
        surer = sign.second_confidence >= sign.confidence + SURER
        ends = behind and sign.second == PERCENT
        within = 0 < at < len(out) - 1 and all(
            {s.text, s.second} & (DIGITS | MARKS) for s in (out[at - 1], out[at + 1])
        )
        mark = _mark_of_place(sign, height, base) if between and not sign.text else ""
        if mark and sign.second not in DIGITS | MARKS:
            out[at] = replace(sign, text=mark, confidence=BY_PLACE, second="", second_confidence=BY_PLACE)
        elif (
            (mark and sign.second in MARKS)
            or (surer and ((sign.text and sign.second) or ends or (between and sign.second in MARKS)))
            or (surer and within and sign.second in DIGITS)
        ):
            out[at] = _turned(sign)
    return out


def of_one_kind(text: str) -> str:
    """A number whose groups of three are parted by marks that were not all told alike, with the same mark in all places."""
    if not _GROUPS.fullmatch(text):
        return text
    marks = [c for c in text if c in MARKS]
    mark = THOUSANDS if THOUSANDS in marks else max(marks, key=marks.count)
    return "".join(mark if c in MARKS else c for c in text)


def _of_height(sign: Sign, height: float, base: float) -> Sign:
    """The sign without readings as a digit for which it is too low, or stands too high."""
    lifted = base - sign.y - sign.height >= LIFTED * height
    barred = DIGITS - {"٠"} if lifted else _TALL if sign.height < LEAST_TALL * height else frozenset()
    if not {sign.text, sign.second} & barred:
        return sign
    first = (sign.text, sign.confidence) if sign.text not in barred else ("", 0.0)
    second = (sign.second, sign.second_confidence) if sign.second not in barred else ("", 0.0)
    return replace(sign, text=first[0], confidence=first[1], second=second[0], second_confidence=second[1])


def _turned(sign: Sign) -> Sign:
    return replace(
        sign,
        text=sign.second,
        confidence=sign.second_confidence,
        second=sign.text,
        second_confidence=sign.confidence,
    )


def _mark_of_place(sign: Sign, height: float, base: float) -> str:
    """The mark of which a sign has the height and place: a comma is low, that between thousands may stand high."""
    least, most = (share * height for share in COMMA)
    if not (least <= sign.height <= most and sign.width <= COMMA_WIDTH * height):
        return ""
    drop, lift = sign.y - (base - height), base - sign.y - sign.height
    return "," if drop >= COMMA_DROP * height else THOUSANDS if lift >= LIFTED * height else ""


def is_call(sign: Sign, height: float, base: float) -> bool:
    """Whether a sign is the call of a note: it stands higher than the digits at its head and its foot."""
    over, lift = base - height - sign.y, base - sign.y - sign.height
    return sign.height >= LEAST_CALL * height and any(
        sign.height <= most * height and over > head * height and lift > foot * height
        for most, head, foot in CALLS
    )
