"""Does a font draw the digits that it names? A sample of each is looked at on the page's image.

Codes tell nothing about a font whose glyphs are numbered as they are used: 3 and 8 that it names each other look
like any other text layer, and only the print shows that they lie.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from pipeline.pages.glyph import Glyph
from pipeline.pages.image.raster import Gray
from pipeline.pages.shapes.digits import SIGNS, Floats, level_of, patch, pieces_of, tell, tell_western

#: Resolution at which a page is looked at.
LOOK_DPI = 200.0
#: How often each digit of a font is looked at, in places of its own.
SAMPLES = 2
#: Both networks must be surer than this of another digit, and none may give the named one more than the second.
SURE, POSSIBLE = 0.95, 0.02
#: A digit of fewer pixels in height can't be told.
LEAST_HEIGHT = 8
#: How far digits reach above and below their line, in sizes of type.
ABOVE, BELOW = 0.95, 0.25
#: Share (of 255) of the strongest contrast from which pixels are print: the thin strokes of a light face are pale.
CONTRAST = 40
#: Digits that a font draws as others before it lies: two that changed places are two.
LIES = 2
_VALUES = {**{str(d): d for d in range(10)}, **{sign: d for d, sign in enumerate(SIGNS[:10])}}


class FontDigits:
    """What is known of the digits of a report's fonts, page by page.

    Args:
        unproven: names of the fonts whose codes do not show that their digits are right.
    """

    def __init__(self, unproven: Sequence[str]) -> None:
        self._unproven = frozenset(unproven)
        self._seen: dict[tuple[str, int], list[int | None]] = defaultdict(list)

    def to_look_at(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        """Digits of a page that are still to be compared with their print."""
        left: dict[tuple[str, int], int] = {}
        chosen = []
        for glyph in glyphs:
            if glyph.font in self._unproven and glyph.text in _VALUES:
                key = glyph.font, _VALUES[glyph.text]
                if left.setdefault(key, SAMPLES - len(self._seen[key])) > 0:
                    left[key] -= 1
                    chosen.append(glyph)
        return chosen

    def look(self, image: Gray, width: float, glyphs: Sequence[Glyph]) -> None:
        """Compare digits with their print on the image of a page of this width in points."""
        scale = image.shape[1] / width
        for glyph in glyphs:
            self._seen[glyph.font, _VALUES[glyph.text]].append(_other_digit(image, scale, glyph))

    @property
    def lying(self) -> tuple[str, ...]:
        """Fonts some of whose digits are drawn as one and the same other digit wherever they were looked at."""
        lies = Counter(
            font for (font, _), drawn in self._seen.items() if drawn[0] is not None and len(set(drawn)) == 1
        )
        return tuple(sorted(font for font, count in lies.items() if count >= LIES))


def _other_digit(image: Gray, scale: float, glyph: Glyph) -> int | None:
    """The digit that is drawn in place of the one that is named, if it is beyond doubt another."""
    named, box = _VALUES[glyph.text], glyph.box
    # The box is as high as the font says, which is often wrong; the pen is where it is.
    high, low = glyph.baseline - ABOVE * glyph.size, glyph.baseline + BELOW * glyph.size
    left, top, right, bottom = (int(edge * scale) for edge in (box.x0, high, box.x1, low))
    crop = image[max(top, 0) : bottom + 1, max(left, 0) : right + 1]
    if not crop.size:
        return None
    # Print is what differs from the ground, be it lighter or darker.
    away = np.abs(crop.astype(np.int16) - int(np.median(np.concatenate([crop[0], crop[-1]]))))
    dark = (255 - np.clip(away * (255 / max(int(away.max()), 1)), 0, 255)).astype(np.uint8)
    pieces = pieces_of(np.where(dark < 255 - CONTRAST, 255, 0).astype(np.uint8))
    piece = max(pieces, key=lambda p: int(p.mask.sum()), default=None)
    if piece is None or piece.height < LEAST_HEIGHT:
        return None
    western = tell_western(patch(dark, piece)[None], np.array([piece.width / piece.height], np.float32))
    if any(float(chances[0, named]) > POSSIBLE for chances in western):
        return None
    (sign,) = tell(dark, [piece], *level_of([piece], float(piece.height)))
    if SIGNS[named] in (sign.text, sign.second):
        return None  # drawn in Arabic-Indic digits and named in Western ones
    return _sure_of(*western)


def _sure_of(one: Floats, other: Floats) -> int | None:
    """The digit of which both networks are sure."""
    told = int(one[0].argmax())
    agreed = told == int(other[0].argmax()) and min(one[0, told], other[0, told]) >= SURE
    return told if agreed else None
