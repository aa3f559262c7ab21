"""One cell as a reading: its number or its kind of absence, its unit from heads and unit lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from pipeline.codebook.loading import Codebook, UnitWord
from pipeline.language import arabic, french
from pipeline.language.flat import flat_text
from pipeline.language.lexicon import MONEY, table, unit_words
from pipeline.language.numerals import Numeral, parse
from pipeline.model.page import UNREAD, Word
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Absence, Label, Qualifier, Reading
from pipeline.readings.beside import ends_of_range, number_and_share, without_remark
from pipeline.readings.broken import mended
from pipeline.readings.marks import OF, amount, without_call

_ARABIC = regex.compile(r"\p{Script=Arabic}")
#: What a caption ends with in brackets; a unit told by itself has no more words.
_BRACKETED = regex.compile(r"\(([^()]+)\)\s*$")
_UNIT_WORDS = 3
#: Where a sign of one or two letters tells a unit: alone in brackets or behind «en», or all there is.
_SIGN = regex.compile(r"(?:\(\s*(?:en\s+|بـ?\s*)?|\ben\s+|^)([\p{L}.]+)(?=\s*(?:\)|$))")
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


#: غ م as recognition has it whose first letter is misread.
_MISREAD_ABSENCE = regex.compile(r"[غخحع][ .]?م\.?")
#: So few signs of a scan, read with less confidence, may be a figure.
FEW_SIGNS, GARBLED = 4, 0.6
#: Groups of one number stand within so many font sizes of each other: printed, and scanned (boxes hug their ink).
GROUP_GAP, SCANNED_GROUP_GAP = 0.6, 0.9
#: Digits whose middles differ by more than so many font sizes stand in two lines.
ONE_LINE = 0.6


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

    The first wording that names a unit decides the unit, in a head of several tiers the innermost of them that does;
    a scale word beside it decides the power of ten. Money with its scale goes before what it is spent on.
    """
    for text in texts:
        tiers = [_units_in(tier, codebook) for tier in reversed(text.split(" / "))]
        every = [u for tier in tiers for u in tier]
        if not every:
            continue
        scale = max(u.power for u in every)
        held = next((tier for tier in tiers if any(u.unit for u in tier)), every)
        own = max(u.power for u in held)
        money = [u for u in held if u.unit in MONEY]
        named = (money if money and scale else [u for u in held if u.unit] or held)[0]
        within = scale if named.unit in MONEY or len(tiers) == 1 or not named.unit else own
        return Unit(named.unit or "NUMBER", named.wording, within)
    return Unit()


def cell_unit(labels: Sequence[str], lines: Sequence[str], codebook: Codebook) -> Unit:
    """Unit of a cell: what its labels name, unless a unit line says money and they name what it is spent on.

    ``Bénéficiaires`` counts people, ``Subventions aux associations`` is what associations get; in money by the
    thousand or million, or told as a unit («en DH»), a row «الأشخاص المسنون» is what is spent on them, «عدد المستفيدين»
    counts them.

    Args:
        labels: of its column and its row, each in both languages.
        lines: unit line and captions of its table.
        codebook: wordings of units.
    """
    lines = [without_sums(text) for text in lines]
    stated = unit_of(lines, codebook)
    if stated.code not in MONEY:
        return unit_of((*labels, *lines), codebook)
    columns, rows = labels[: len(labels) // 2], labels[len(labels) // 2 :]
    firm = stated.power or any(_told_as_unit(text, codebook) for text in lines)
    rows = [text for text in rows if not firm or _says_count(text)]
    told = next((text for text in (*columns, *rows) if tells_unit(text, codebook)), None)
    return stated if told is None else unit_of((told,), codebook)


def _told_as_unit(text: str, codebook: Codebook) -> bool:
    """Whether a caption ends with money in brackets, or a unit line is nothing else: «(en DH)», «بالدرهم»."""
    inside = _BRACKETED.search(text)
    said = inside[1] if inside else text
    return len(said.split()) <= _UNIT_WORDS and unit_of([said], codebook).code in MONEY


def without_sums(text: str) -> str:
    """A caption without the sums that it tells (25 مليون درهم): they are no unit of the table."""
    kept: list[str] = []
    summing = False
    for word in text.split():
        unit, power = unit_words().get(flat_text(word), ("", 0)) if "(" not in word else ("", 0)
        summing = summing and (unit in MONEY or power > 0 or flat_text(word) in OF)
        if summing:
            continue
        kept.append(word)
        summing = any(c.isdigit() for c in word)
    return " ".join(kept)


def _says_count(text: str) -> bool:
    """Whether a label says that it counts (عدد, nombre), or is a share."""
    return "%" in text or any(word in _counting() for word in fold(text).split())


@cache
def _counting() -> frozenset[str]:
    words = table("identifiers")["words"]
    return frozenset(
        fold(word) for word in (*words["count"], *words["counting_heads"], *words["share_heads"])
    )


def tells_unit(text: str, codebook: Codebook) -> bool:
    """Whether a label tells what its figures count: by its first word, or because it names a share or money."""
    first = [words[0] for tier in text.split(" / ") if (words := fold(tier).split())]
    return any(word in _counted() or _units_in(word, codebook) for word in first) or any(
        u.unit in ("PT", *MONEY) or u.power for u in _units_in(text, codebook)
    )


@cache
def _counted() -> frozenset[str]:
    return frozenset(fold(word) for word in table("identifiers")["words"]["counted"])


def _units_in(text: str, codebook: Codebook) -> list[UnitWord]:
    words = fold(text.replace("/", " ").replace("(", " ").replace(")", " ")).split()
    if "%" in text or "٪" in text:
        words.append("%")
    found = [codebook.signs[sign] for sign in _SIGN.findall(text) if sign in codebook.signs]
    for word in (*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))):  # م.د
        unit = codebook.unit_words.get(word) or codebook.unit_words.get(bare(word))
        if unit is not None:
            found.append(unit)
    return found


def bare(word: str) -> str:
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
    number = parse(plain)
    if number is None:
        # Garbled digits of a scan stay on the books as unreadable; plain text is no figure.
        garbled = any(c.isdigit() for c in flat) or (scanned and _is_garbled(flat, blank.locus.confidence))
        return replace(blank, absence=Absence.UNREADABLE) if garbled else None
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
