"""Several readings of one figure become one, with a confidence that was measured and the reading that dissents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

#: Confidence by (readings that agree, readings that differ); measured by ``tests/bench/pages.py``.
CONFIDENCE = {
    (5, 0): 0.995,
    (4, 0): 0.995,
    (3, 0): 0.995,
    (2, 0): 0.95,
    (4, 1): 0.95,
    (3, 1): 0.9,
    (3, 2): 0.75,
    (2, 1): 0.75,
}
#: Confidence of what the first two readings asked agree on, so that no third was asked.
AT_ONCE = 0.995
#: Confidence of what no row of the table covers.
DOUBT = 0.4
_MARKS, _NO_MARK = str.maketrans("−–—―٪،", "----%,"), re.compile(r"[^\d.,:/%()\-+' ]")
_GROUPS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
_PARTED = re.compile(r"\d \d")
_TIME = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d")
_EDGE = re.compile(r"^[.,:'/ ]+|[.,:'/ ]+$")
#: A minus that lies low.
_LOW = re.compile(r"^_(?=\d)")
#: The number of a point or chapter, whose dot tells it from a quantity; in a right-to-left line the dot is at its left.
_NUMBERED, _DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2})*"), re.compile(r"^\.(?=\d)|\d\.$")


@dataclass(frozen=True, slots=True)
class Vote:
    """The figure agreed on, its confidence, and a reading that differs."""

    text: str
    confidence: float
    dissent: str = ""


def vote(readings: Sequence[str]) -> Vote | None:
    """Agree on one figure; ``None`` when fewer than one reading in two holds digits.

    Args:
        readings: what each model that was asked read, the most trusted first; an empty one saw nothing.
    """
    digits = [digits_of(reading) for reading in readings]
    counts = Counter(d for d in digits if d)
    if not counts:
        return None
    best = max(counts, key=lambda d: (counts[d], -digits.index(d)))
    against = sum(1 for d in digits if d and d != best)
    dissent = next((r for r, d in zip(readings, digits, strict=True) if d and d != best), "")
    confidence = CONFIDENCE.get((counts[best], against), DOUBT)
    if len(readings) == counts[best] == 2:
        confidence = AT_ONCE
    agreeing = [r for r, d in zip(readings, digits, strict=True) if d == best]
    shapes = [marks_of(r) for r in agreeing]
    values = Counter(_value(s) for s in shapes)
    value = max(values, key=lambda v: values[v])  # of a tie the first, that of the most trusted
    alike = [s for s in shapes if _value(s) == value]
    shape = max(alike, key=alike.count)
    if values[value] <= len(shapes) / 2:
        # Same digits, other separators: 12.5 or 125.
        confidence = min(confidence, 0.8)
        dissent = dissent or next(s for s in shapes if _value(s) != value)
    elif len(values) > 1:
        # One reading alone has another separator; of points and commas of a bad copy most readings may be wrong.
        confidence = min(confidence, 0.9)
        dissent = dissent or next(s for s in shapes if _value(s) != value)
    if ":" in shape and not _TIME.fullmatch(shape):
        # The point of a number with a speck of a copier over it.
        confidence = min(confidence, 0.9)
    torn = next((r for r in agreeing if _PARTED.search(r) and " " not in marks_of(r)), "")
    if torn:
        # Two numbers side by side, or one whose groups are not where a number's are.
        confidence, dissent = min(confidence, 0.9), dissent or torn
    if _NUMBERED.fullmatch(shape) and 2 * sum(bool(_DOTTED.search(r.strip())) for r in agreeing) > len(
        agreeing
    ):
        shape += "."
    return Vote(shape, confidence, dissent)


def same_value(a: str, b: str) -> bool:
    """Whether two readings have the same digits, separators and signs."""
    return _value(marks_of(a)) == _value(marks_of(b))


def _value(shape: str) -> str:
    """A reading without its spaces and brackets."""
    return shape.replace(" ", "").strip("()")


def digits_of(text: str) -> str:
    """The digits of a reading and nothing else."""
    return "".join(c for c in text if c.isdigit())


def marks_of(text: str) -> str:
    """A reading with its separators and signs, without what a figure can't hold.

    Spaces stay where they part groups of three digits.
    """
    kept = " ".join(_NO_MARK.sub("", _LOW.sub("-", text.translate(_MARKS))).split())
    kept = _EDGE.sub("", kept)
    return kept if " " not in kept or _GROUPS.search(kept) else kept.replace(" ", "")
