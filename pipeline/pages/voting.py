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
#: Confidence of what no row of the table covers.
DOUBT = 0.4
_MARKS, _NO_MARK = str.maketrans("−–٪،", "--%,"), re.compile(r"[^\d.,:/%()\-+' ]")
_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+")
_EDGE = re.compile(r"^[.,:'/ ]+|[.,:'/ ]+$")


@dataclass(frozen=True, slots=True)
class Vote:
    """The figure agreed on, its confidence, and a reading that differs."""

    text: str
    confidence: float
    dissent: str = ""


def vote(readings: Sequence[str]) -> Vote | None:
    """Agree on one figure; ``None`` when fewer than one reading in two holds digits.

    Args:
        readings: what each model read, the most trusted first; an empty one saw nothing.
    """
    digits = [digits_of(reading) for reading in readings]
    counts = Counter(d for d in digits if d)
    if not counts:
        return None
    best = max(counts, key=lambda d: (counts[d], -digits.index(d)))
    against = sum(1 for d in digits if d and d != best)
    dissent = next((r for r, d in zip(readings, digits, strict=True) if d and d != best), "")
    confidence = CONFIDENCE.get((counts[best], against), DOUBT)
    shapes = Counter(marks_of(r) for r, d in zip(readings, digits, strict=True) if d == best)
    order = [marks_of(r) for r, d in zip(readings, digits, strict=True) if d == best]
    shape = max(shapes, key=lambda s: (shapes[s], -order.index(s)))
    values = Counter(s.replace(" ", "").strip("()") for s in shapes.elements())
    if values[shape.replace(" ", "").strip("()")] <= sum(values.values()) / 2:
        # Same digits, other separators: 12.5 or 125.
        confidence = min(confidence, 0.8)
        dissent = dissent or next(s for s in order if s.replace(" ", "") != shape.replace(" ", ""))
    return Vote(shape, confidence, dissent)


def digits_of(text: str) -> str:
    """The digits of a reading and nothing else."""
    return "".join(c for c in text if c.isdigit())


def marks_of(text: str) -> str:
    """A reading with its separators and signs, without what a figure can't hold.

    Spaces stay where they part groups of three digits.
    """
    kept = " ".join(_NO_MARK.sub("", text.translate(_MARKS)).split())
    kept = _EDGE.sub("", kept)
    return kept if " " not in kept or _GROUPS.search(kept) else kept.replace(" ", "")
