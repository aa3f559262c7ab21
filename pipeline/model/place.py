"""Where on paper: boxes in PDF points, origin top left, page rotation applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.quick import quick


class Method(StrEnum):
    """How a text was come by."""

    TEXT = "text"
    OCR = "ocr"
    PERSON = "person"


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle on a page, in PDF points; origin top left, y grows downwards, rotation applied.

    Raises:
        ValueError: if the right edge lies left of the left one, or the bottom above the top.
    """

    x0: float
    top: float
    x1: float
    bottom: float

    def __post_init__(self) -> None:
        if self.x1 < self.x0 or self.bottom < self.top:
            raise ValueError(f"impossible box {self.x0, self.top, self.x1, self.bottom}")

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of the box as (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Tell whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def overlap(self, other: Box) -> float:
        """Shared area in square points."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def grown(self, by: float) -> Box:
        """The box with every edge moved outwards by so many points."""
        return Box(self.x0 - by, self.top - by, self.x1 + by, self.bottom + by)

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """Smallest box that holds all the given ones.

        Raises:
            ValueError: if there are none.
        """
        held = list(boxes)
        if not held:
            raise ValueError("no boxes to go around")
        return Box(
            min(b.x0 for b in held),
            min(b.top for b in held),
            max(b.x1 for b in held),
            max(b.bottom for b in held),
        )


@quick
@dataclass(frozen=True, slots=True)
class Locus:
    """The place of one figure: report, page (1-based), box, and how it was read.

    ``confidence`` lies between 0 and 1; text layers that passed triage have 1.
    """

    report_id: str
    page: int
    box: Box
    method: Method = Method.TEXT
    confidence: float = 1.0
