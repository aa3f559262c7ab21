"""Two readings of one page: words of its image, digits of its half-lying text layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model.page import Line, Word
from pipeline.model.place import Box

_DIGITS = re.compile(r"\D")
#: Signs that stand beside a figure and that recognition takes for a digit or passes over.
_SIGNS = frozenset("%٪‰")
#: A sign stands within so many font sizes of its figure.
_BESIDE = 0.8
#: What was seen in a sign's place is at most so many times as wide.
_AS_WIDE = 1.8


@dataclass(frozen=True, slots=True)
class _Signed:
    """A figure of the text layer and the sign beside it."""

    figure: Word
    sign: Word


def reconcile(seen: Sequence[Line], layered: Sequence[Line], believed: bool) -> list[Line]:
    """Compare the figures seen on the page with those of its text layer at the same place.

    Args:
        seen: lines read from the image.
        layered: lines of the text layer.
        believed: the layer's digits are held to be right (only its letters are lost), so that agreement
            makes a figure certain and its digits win, with the percent signs beside them; otherwise they are only kept
            as a second reading.
    """
    figures = [w for line in layered for w in line.words if _DIGITS.sub("", w.text)]
    signed = list(_signed(layered)) if believed else []
    out = []
    for line in seen:
        words = [_judged(word, figures, believed) for word in line.words]
        for one in signed:
            words = _with_sign(words, one)
        out.append(replace(line, words=tuple(words), box=Box.around([line.box, *(w.box for w in words)])))
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


def _signed(layered: Sequence[Line]) -> Iterator[_Signed]:
    """Figures of a text layer with a sign in the white beside them."""
    for line in layered:
        signs = [w for w in line.words if w.text and set(w.text) <= _SIGNS]
        for sign in signs:
            beside = [
                w for w in line.words if w.text[:1].isdigit() and _gap(w.box, sign.box) < _BESIDE * w.size
            ]
            if beside:
                yield _Signed(min(beside, key=lambda w: _gap(w.box, sign.box)), sign)


def _gap(one: Box, other: Box) -> float:
    return max(one.x0 - other.x1, other.x0 - one.x1)


def _with_sign(words: list[Word], one: _Signed) -> list[Word]:
    """The words of a line, a sign among them where its figure is: in place of what was taken for it, or added."""
    at = next((i for i, w in enumerate(words) if _is_of(w, one.figure)), None)
    if at is None:
        return words
    figure, sign = words[at], one.sign
    there = [i for i, w in enumerate(words) if i != at and sign.box.grown(2).holds(*w.box.centre)]
    if set(figure.text) & _SIGNS or any(set(words[i].text) & _SIGNS for i in there):
        return words
    if there:
        mistaken = words[there[0]]
        small = mistaken.box.width < _AS_WIDE * sign.box.width and len(mistaken.text) <= 2
        new = replace(mistaken, text=sign.text, raw=sign.text, second_raw="", confidence=figure.confidence)
        return [new if w is mistaken else w for w in words] if small else words
    if figure.box.grown(1).holds(*sign.box.centre):  # the box of one word holds both
        return [replace(w, text=f"{w.text}{sign.text}") if w is figure else w for w in words]
    return [*words[: at + 1], replace(figure, text=sign.text, raw=sign.text, box=sign.box), *words[at + 1 :]]


def _is_of(word: Word, figure: Word) -> bool:
    """Whether a word seen is a figure of the text layer, or begins with it."""
    digits, whole = _DIGITS.sub("", word.text), _DIGITS.sub("", figure.text)
    return bool(digits) and digits == whole and word.box.overlap(figure.box) > 0
