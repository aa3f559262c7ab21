"""What a report says, as printed: tables, figures, and numbers that are no figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipeline.model.page import Direction
from pipeline.model.place import Box, Locus
from pipeline.model.quick import quick


class Qualifier(StrEnum):
    """How a printed figure hedges."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    NEARLY = "nearly"
    LESS_THAN = "less_than"
    UP_TO = "up_to"
    BETWEEN = "between"


class Absence(StrEnum):
    """Why a cell that should hold a number holds none."""

    NONE = ""
    NIL = "nil"  # a dash: exactly nothing
    NOT_AVAILABLE = "not_available"  # ND, n.d., غ م, …
    BLANK = "blank"
    MERGED = "merged"  # covered by a cell that spans it
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label as printed, in the languages in which it is printed; empty where it is not."""

    ar: str = ""
    fr: str = ""

    def __bool__(self) -> bool:
        return bool(self.ar or self.fr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table; rows and columns count from 0 at the top left as seen on the page."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str = ""  # logical order; lines of the cell joined by a line feed
    box: Box
    header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table as printed, or its part on one page.

    ``direction`` is that of its columns; ``score`` is how well the grid accounts for the words; ``continues`` is the id of
    its part on the page before.
    """

    table_id: str
    report_id: str
    page: int
    box: Box
    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    caption: Label = Label()
    unit_note: str = ""
    section: str = ""
    direction: Direction = Direction.RTL
    method: str = ""  # which candidate won: ruled, strokes, aligned
    score: float = 0.0
    continues: str = ""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One figure as printed.

    ``kind`` is ``cell``, ``prose`` or ``callout``. ``value`` is in the unit ``unit_measure`` with scale
    words already multiplied in (500 مليون درهم is 500000000 MAD) and ``resolution`` is the size of one
    unit of the last printed digit in the same unit (1000000 there; 0.01 for 56,52%). ``value_max`` is
    set for ``between``. ``period`` is the reference period as printed near the figure, ISO-like
    (``2023``, ``2023-06-02``, ``2015/2025``), empty where none is; ``period_stated`` tells whether
    it was printed with the figure or inferred; ``base_period`` is the other side of a comparison.
    """

    reading_id: str
    locus: Locus
    kind: str
    raw: str
    value: Decimal | None
    value_max: Decimal | None = None
    resolution: Decimal = Decimal(0)
    unit_measure: str = "NUMBER"
    unit_label: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    absence: Absence = Absence.NONE
    in_words: bool = False
    table_id: str = ""
    row: int | None = None
    column: int | None = None
    row_label: Label = Label()
    column_label: Label = Label()
    section: str = ""
    sentence: str = ""
    period: str = ""
    period_stated: bool = False
    base_period: str = ""
    measure: str = ""  # level, growth_rate, change, rate (per something), target, structure
    second_raw: str = ""
    order_repaired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number or number word that is no figure.

    ``kind``: date, period, year, ordinal, law, article, phone, address, url, list_marker, footnote,
    page_number, acronym, rule. ``value`` is the normalised form where there is one (ISO date,
    ``2022/2026`` for a period).
    """

    mention_id: str
    locus: Locus
    kind: str
    raw: str
    value: str = ""
    section: str = ""
    sentence: str = ""
    weekday: str = ""  # the printed weekday of a date, as printed
