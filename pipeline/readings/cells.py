"""One cell as a reading: its number or its kind of absence, its unit from heads and unit lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from pipeline.codebook.loading import Codebook, UnitWord
from pipeline.language import arabic, french
from pipeline.language.numerals import parse
from pipeline.model.page import Word
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Absence, Label, Reading
from pipeline.readings.marks import amount, without_call

_ARABIC = regex.compile(r"\p{Script=Arabic}")
ABSENCES = {
    "-": Absence.NIL,
    "–": Absence.NIL,
    "—": Absence.NIL,
    "…": Absence.NOT_AVAILABLE,
    "...": Absence.NOT_AVAILABLE,
    "..": Absence.NOT_AVAILABLE,
    "nd": Absence.NOT_AVAILABLE,
    "n.d": Absence.NOT_AVAILABLE,
    "n.d.": Absence.NOT_AVAILABLE,
    "n/a": Absence.NOT_AVAILABLE,
    "na": Absence.NOT_AVAILABLE,
    "غ م": Absence.NOT_AVAILABLE,
    "غم": Absence.NOT_AVAILABLE,
    "غ.م": Absence.NOT_AVAILABLE,
    "غ.م.": Absence.NOT_AVAILABLE,
    "x": Absence.NOT_AVAILABLE,
    "*": Absence.NOT_AVAILABLE,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """Unit of a column or table: its code, the word that said so, and the power of ten of what is printed."""

    code: str = "NUMBER"
    label: str = ""
    power: int = 0


def fold(text: str) -> str:
    """Match key of a label in either language."""
    return arabic.fold(text) if _ARABIC.search(text) else french.fold(text)


def unit_of(texts: Sequence[str], codebook: Codebook) -> Unit:
    """Unit that the given wordings (nearest first: column head, row label, unit line, caption) tell.

    The first wording that names a unit decides the unit; a scale word beside it decides the power of ten.
    """
    for text in texts:
        found = _units_in(text, codebook)
        if not found:
            continue
        scale = max((u.power for u in found), default=0)
        named = [u for u in found if u.unit] or found
        return Unit(named[0].unit or "NUMBER", named[0].wording, scale)
    return Unit()


def _units_in(text: str, codebook: Codebook) -> list[UnitWord]:
    words = fold(text.replace("/", " ").replace("(", " ").replace(")", " ")).split()
    if "%" in text or "٪" in text:
        words.append("%")
    found = []
    for word in words:
        unit = codebook.unit_words.get(word) or codebook.unit_words.get(_bare(word))
        if unit is not None:
            found.append(unit)
    return found


def _bare(word: str) -> str:
    """An Arabic word without its article and one-letter particles."""
    for prefix in ("ولل", "وال", "بال", "لل", "ال", "ب", "ل", "و"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word


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
) -> Reading | None:
    """One figure, or the mark or blank that stands for one; ``None`` for a cell that holds other text."""
    flat = " ".join(text.split())
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
    return _told(blank, flat, unit, codebook)


def _told(blank: Reading, flat: str, unit: Unit, codebook: Codebook) -> Reading | None:
    """The reading with what its text says: a number, a sum with its unit, or a kind of absence."""
    if not flat:
        return replace(blank, absence=Absence.BLANK)
    if flat.casefold() in ABSENCES:
        return replace(blank, absence=ABSENCES[flat.casefold()])
    plain = without_call(flat)
    if parse(plain) is None and (told := amount(plain)) is not None:
        plain, unit = told[0], unit_of(told[1:], codebook)
    number = parse(plain)
    if number is None:
        # Garbled digits of a scan stay on the books as unreadable; plain text is no figure.
        return replace(blank, absence=Absence.UNREADABLE) if any(c.isdigit() for c in flat) else None
    if number.percent:
        unit = Unit("PT", "%", 0)
    elif unit.code == "PT":
        unit = replace(unit, power=0)
    scale = Decimal(10) ** unit.power
    return replace(
        blank,
        value=number.value * scale,
        resolution=number.resolution * scale,
        unit_measure=unit.code,
        unit_label=unit.label,
        order_repaired=number.repaired,
    )
