"""One cell as a reading: its number or its kind of absence, its unit from heads and unit lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from pipeline.codebook.loading import Codebook
from pipeline.language.numerals import Numeral, parse
from pipeline.model.page import UNREAD, Word
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Absence, Label, Qualifier, Reading
from pipeline.readings.beside import ends_of_range, number_and_share, without_remark
from pipeline.readings.cells.broken import mended
from pipeline.readings.cells.cellunits import Unit, in_points, unit_of
from pipeline.readings.marks import ABSENCES, amount, counted, measured, without_call

#: غ م as recognition has it whose first letter is misread.
_MISREAD_ABSENCE = regex.compile(r"[غخحع][ .]?م\.?")
_POINTS = regex.compile(r"([+\-–−]?\s?\d+(?:[.,]\d+)?)\s?(\p{L}[\p{L}% .]*)$")
#: So few signs of a scan, read with less confidence, may be a figure.
FEW_SIGNS, GARBLED = 4, 0.6
#: Groups of one number stand within so many font sizes of each other: printed, and scanned (boxes hug their ink).
GROUP_GAP, SCANNED_GROUP_GAP = 0.6, 0.9
#: Digits whose middles differ by more than so many font sizes stand in two lines.
ONE_LINE = 0.6


def _second(words: Sequence[Word]) -> str:
    """The other reading of a cell, empty where no word has one."""
    return " ".join(w.second_raw or w.text for w in words) if any(w.second_raw for w in words) else ""


def cell_reading(
    *,
    reading_id: str,
    report_id: str,
    page: int,
    box: Box,
    words: Sequence[Word],
    text: str,
    unit: Unit,
    row: int | None,
    column: int | None,
    row_label: Label,
    column_label: Label,
    table_id: str,
    section: str,
    codebook: Codebook,
    turned: bool = False,
    marks: Sequence[Word] = (),
) -> Reading | None:
    """One figure, or the mark or blank that stands for one; ``None`` for a cell that holds other text.

    ``turned``: ranges of its column have their higher end first. ``marks`` are words of the table that may be calls of
    notes; where groups stand in reversed order one may stand between them.
    """
    whole = mended(text)
    flat = whole or " ".join(text.split())
    method = words[0].method if words else Method.TEXT
    confidence = min((w.confidence for w in words), default=1.0)
    place = Box.around(w.box for w in words) if words else box
    blank = Reading(
        reading_id=reading_id,
        locus=Locus(report_id, page, place, method, confidence),
        kind="cell",
        raw=flat,
        value=None,
        unit_measure=unit.code,
        unit_label=unit.label,
        table_id=table_id,
        row=row,
        column=column,
        row_label=row_label,
        column_label=column_label,
        section=section,
        sentence="",
        second_raw=_second(words),
    )
    said = _told(blank, flat, unit, codebook, turned)
    several = said is not None and said.value_max is None and number_and_share(without_call(flat)) is None
    if (
        several
        and not whole
        and said is not None
        and said.value is not None
        and _several_numbers(words, marks)
    ):
        # Joined they would be one number that nobody printed.
        return replace(blank, absence=Absence.UNREADABLE)
    return said


def _several_numbers(words: Sequence[Word], marks: Sequence[Word]) -> bool:
    """Whether the digits of a cell stand too far apart to be one number: side by side, or in two lines."""
    digits = sorted((w for w in words if any(c.isdigit() for c in w.text)), key=lambda w: w.box.x0)
    return any(
        b.box.x0 - a.box.x1 - sum(m.box.width for m in marks if _called_between(m, a, b))
        > (SCANNED_GROUP_GAP if a.method is Method.OCR else GROUP_GAP) * max(a.size, b.size)
        or abs(a.box.centre[1] - b.box.centre[1]) > ONE_LINE * max(a.size, b.size)
        for a, b in itertools.pairwise(digits)
    )


def _called_between(mark: Word, left: Word, right: Word) -> bool:
    """Whether a call of a note stands raised between two groups of digits."""
    level = mark.box.top < left.box.bottom and left.box.top < mark.box.centre[1] < left.box.centre[1]
    return level and left.box.x1 - 1 < mark.box.x0 and mark.box.x1 < right.box.x0 + 1


def _told(blank: Reading, flat: str, unit: Unit, codebook: Codebook, turned: bool) -> Reading | None:
    """The reading with what its text says: a number, a sum with its unit, or a kind of absence."""
    if not flat:
        return replace(blank, absence=Absence.BLANK)
    if UNREAD in flat:
        return replace(blank, absence=Absence.UNREADABLE)
    if flat.casefold() in ABSENCES:
        return replace(blank, absence=ABSENCES[flat.casefold()])
    scanned = blank.locus.method is Method.OCR
    if scanned and _MISREAD_ABSENCE.fullmatch(flat):
        return replace(blank, absence=Absence.NOT_AVAILABLE)
    plain = without_remark(without_call(flat))
    shared = number_and_share(plain)
    plain = shared[0] if shared else plain
    ends = ends_of_range(plain, turned=turned)
    if parse(plain) is None and ends is not None:
        return _between(blank, ends, unit)
    if parse(plain) is None and (told := amount(plain)) is not None:
        plain, unit = told[0], unit_of(told[1:], codebook)
    elif parse(plain) is None and (found := _POINTS.match(plain)) and in_points(found[2]):
        plain, unit = found[1], Unit("PP", found[2], 0)
    elif parse(plain) is None and (told := measured(plain)) is not None:
        plain, unit = told[0], Unit("NUMBER", told[1], 0)
    elif parse(plain) is None and not scanned and (told := counted(plain)) is not None:
        plain, unit = told[0], _counted_in(told[1], codebook)
    number = parse(plain)
    if number is None:
        # Garbled digits of a scan stay on the books as unreadable; plain text is no figure.
        garbled = any(c.isdigit() for c in flat) or (scanned and _is_garbled(flat, blank.locus.confidence))
        return replace(blank, absence=Absence.UNREADABLE) if garbled else None
    if number.percent:
        unit = Unit("PT", "%", 0)
    elif unit.code == "PT":
        unit = Unit() if shared else replace(unit, power=0)  # «10 412 (57,1 %)» under «Admis (taux)»
    scale = Decimal(10) ** unit.power
    return replace(
        blank,
        value=number.value * scale,
        resolution=number.resolution * scale,
        unit_measure=unit.code,
        unit_label=unit.label,
        order_repaired=number.repaired,
    )


def _counted_in(noun: str, codebook: Codebook) -> Unit:
    """The unit that a noun behind its number tells, or the noun itself."""
    told = unit_of((noun,), codebook)
    return told if told.label else Unit("NUMBER", noun, 0)


def _is_garbled(text: str, confidence: float) -> bool:
    """Whether a few signs of a scan that recognition is unsure of may be a figure."""
    return confidence < GARBLED and len(text.replace(" ", "")) <= FEW_SIGNS


def _between(blank: Reading, ends: tuple[Numeral, Numeral], unit: Unit) -> Reading:
    """A range: both its ends, in the unit of its column."""
    low, high = ends
    unit = Unit("PT", "%", 0) if high.percent else unit
    scale = Decimal(10) ** (0 if unit.code == "PT" else unit.power)
    return replace(
        blank,
        value=low.value * scale,
        value_max=high.value * scale,
        resolution=max(low.resolution, high.resolution) * scale,
        qualifier=Qualifier.BETWEEN,
        unit_measure=unit.code,
        unit_label=unit.label,
    )


def share_beside(reading: Reading) -> Reading | None:
    """The share that a cell prints in brackets beside its count, as a figure of its own; it fills no cell."""
    found = number_and_share(without_call(reading.raw))
    number = parse(found[1]) if found else None
    if found is None or number is None or reading.value is None:
        return None
    return replace(
        reading,
        reading_id=f"{reading.reading_id}-share",
        raw=found[1],
        value=number.value,
        resolution=number.resolution,
        unit_measure="PT",
        unit_label="%",
        row=None,
        column=None,
        order_repaired=False,
    )
