"""Two readings of one page: words of its image, digits of its half-lying text layer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.page import Line, Word

_DIGITS = re.compile(r"\D")


def reconcile(seen: Sequence[Line], layered: Sequence[Line], believed: bool) -> list[Line]:
    """Compare the figures seen on the page with those of its text layer at the same place.

    Args:
        seen: lines read from the image.
        layered: lines of the text layer.
        believed: the layer's digits are held to be right (only its letters are lost), so that agreement
            makes a figure certain and its digits win; otherwise they are only kept as a second reading.
    """
    figures = [w for line in layered for w in line.words if _DIGITS.sub("", w.text)]
    out = []
    for line in seen:
        words = tuple(_judged(word, figures, believed) for word in line.words)
        out.append(replace(line, words=words))
    return out


def _judged(word: Word, figures: Sequence[Word], believed: bool) -> Word:
    digits = _DIGITS.sub("", word.text)
    if not digits:
        return word
    x, y = word.box.centre
    near = [f for f in figures if f.box.grown(2).holds(x, y)]
    if not near:
        return word
    layer = near[0]
    if _DIGITS.sub("", layer.text) == digits:
        return replace(word, confidence=max(word.confidence, 0.995) if believed else word.confidence)
    if believed and word.text.strip("()%.,-").isdigit() and layer.text.strip("()%.,-").isdigit():
        return replace(word, text=layer.text, second_raw=word.text, confidence=0.9)
    return replace(word, second_raw=layer.text, confidence=min(word.confidence, 0.6))
