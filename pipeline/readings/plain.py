"""A plain table from anywhere as readings: heads, labels, figures; wide as printed, or one figure a row.

A row's place is its line in the file and a column's its number there, both from 1, so that a finding can be found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from pipeline.codebook.loading import Codebook, fold
from pipeline.language.flat import flat_text
from pipeline.language.numerals import Numeral, parse
from pipeline.language.units import SIGNS, is_currency
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Absence, Label, Reading
from pipeline.readings.marks import ABSENCES

_ARABIC = re.compile(r"[\u0621-\u064a]")
_YEAR = re.compile(r"^(?:19|20)\d{2}(?:[-/](?:\d{2}|\d{4}))?$")
_LONE = re.compile(r"^[-+]?\d{1,3}([.,])\d{3}$")
_DECIMAL = re.compile(r"^[-+]?(?:\d+([.,])(?:\d{1,2}|\d{4,})|\d{4,}([.,])\d+|0([.,])\d+)\s*%?$")
#: A figure with a word behind it, which may name a currency.
_MONEY = re.compile(r"^([-+]?\d[\d\s.,\u00a0\u202f]*?)\s*([^\W\d_]+|[$€£])$")
_EXPONENT = re.compile(r"^[-+]?\d+(?:\.\d+)?[eE][-+]?\d+$")
_MISSING = frozenset({"nan", "null", "none", "#n/a", "nd", "n/d", "na", "s", "c", ":", "?", "ns"})
#: Digits that a computer's own arithmetic leaves behind; print has no such numbers.
_NOISE = 15
_KEPT = 12
#: Share of a column's fields that must be numbers for it to be one of figures.
_MOSTLY = 0.5
_HERE = Box(0, 0, 0, 0)
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789,.")


@dataclass(frozen=True, slots=True)
class PlainTable:
    """Figures of one block of rows; ``dimensions`` are the members of each row where one row is one figure."""

    table_id: str
    readings: tuple[Reading, ...]
    heads: Mapping[int, str]
    labels: Mapping[int, str]
    dimensions: Mapping[int, tuple[str, ...]]
    names: tuple[str, ...] = ()


def plain_tables(rows: Sequence[Sequence[str]], name: str, codebook: Codebook) -> list[PlainTable]:
    """Every block of rows that holds figures; blank rows part blocks."""
    tables = []
    for number, (start, block) in enumerate(_blocks(rows), start=1):
        table = _table(f"{name}t{number}", start, block, codebook)
        if table is not None:
            tables.append(table)
    return tables


def _blocks(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, list[Sequence[str]]]]:
    """Runs of rows of more than one field; a row of one field between them is a caption."""
    held: list[Sequence[str]] = []
    start = 0
    for number, row in enumerate(rows, start=1):
        filled = sum(1 for field in row if field)
        if filled > 1 or (held and filled == 1 and len(row) > 2):
            if not held:
                start = number
            held.append(row)
        elif held:
            yield start, held
            held = []
    if held:
        yield start, held


def _table(table_id: str, start: int, block: list[Sequence[str]], codebook: Codebook) -> PlainTable | None:
    height = _head_height(block)
    heads = _heads(block[:height], len(block[0]))
    body = block[height:]
    if not body:
        return None
    decimal = _decimal_sign(body)
    order = set(codebook.identities.words["order"])
    figures, texts = [], []
    for column, head in enumerate(heads):
        fields = [row[column] for row in body if row[column]]
        numbers = [field for field in fields if number_of(field, decimal) is not None]
        years = bool(numbers) and all(_YEAR.match(f) for f in numbers) and not _YEAR.match(head)
        named = years or (fold(head) in order and _counted_off(fields))
        filler = [field for field in fields if _absence(field) is not None]
        if fields and numbers and not named and len(numbers) + len(filler) > _MOSTLY * len(fields):
            figures.append(column)
        elif fields:
            texts.append(column)
    if not figures:
        return None
    labels = _labels(body, texts)
    readings = []
    for offset, row in enumerate(body):
        at = start + height + offset
        for column in figures:
            reading = _reading(
                table_id, at, column + 1, row[column], heads[column], labels[offset], decimal, codebook
            )
            if reading is not None:
                readings.append(reading)
    dimensions = _dimensions(body, texts, start + height)
    return PlainTable(
        table_id=table_id,
        readings=tuple(_fractions_as_percents(readings, heads, codebook)),
        heads={column + 1: heads[column] or f"column {column + 1}" for column in figures},
        labels={start + height + i: label.fr or label.ar for i, label in enumerate(labels)},
        dimensions=dimensions[1],
        names=tuple(heads[c] for c in dimensions[0]),
    )


def _counted_off(fields: Sequence[str]) -> bool:
    """Whether the fields go up one by one, or are codes that begin with a nought."""
    if not all(field.isdecimal() for field in fields):
        return False
    return all(int(b) - int(a) == 1 for a, b in pairwise(fields)) or any(f.startswith("0") for f in fields)


def _head_height(block: Sequence[Sequence[str]]) -> int:
    """How many of the first rows are heads: those without figures, a row of years among them."""
    for height, row in enumerate(block[:4]):
        fields = [field for field in row if field]
        figures = [f for f in fields if number_of(f, "") is not None]
        years = [f for f in figures if _YEAR.match(f)]
        if figures and (len(figures) > len(years) or (height and len(figures) < len(fields) / 2)):
            return height
        if figures and len(years) == len(figures) and len(years) < 2 and len(fields) > 2 and height:
            return height
    return min(1, len(block) - 1)


def _heads(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Head of each column, upper tiers first; an upper tier reaches over the empty fields to its right."""
    heads = [""] * width
    for depth, row in enumerate(rows):
        last = ""
        for column in range(width):
            text = row[column]
            if depth < len(rows) - 1 and not text:
                text = last if column else ""
            last = text or last
            heads[column] = " / ".join(filter(None, (heads[column], text)))
    return heads


def _decimal_sign(body: Sequence[Sequence[str]]) -> str:
    """The sign that parts decimals beyond doubt somewhere in the table, empty if none does."""
    held: Counter[str] = Counter()
    for row in body[:5000]:
        for field in row:
            match = _DECIMAL.match(field)
            if match:
                held[match[1] or match[2] or match[3]] += 1
    return held.most_common(1)[0][0] if held else ""


def number_of(field: str, decimal: str) -> Numeral | None:
    """A field as a number; one sign before three digits is what ``decimal`` says, else thousands."""
    text = field.translate(_WESTERN)
    lone = _LONE.match(text)
    if lone and lone[1] == decimal:
        value = Decimal(text.replace(",", "."))
        return Numeral(value, Decimal("0.001"))
    if _EXPONENT.match(text):
        try:
            value = Decimal(text)
        except InvalidOperation:
            return None
        return Numeral(value, Decimal(0) if value == value.to_integral_value() else abs(value) / 10**6)
    money = _MONEY.match(text)
    if money and (money[2] in SIGNS or is_currency(flat_text(money[2]))):
        return number_of(money[1], decimal)
    if len(text) > _NOISE and re.fullmatch(r"[-+]?\d+\.\d+", text):
        return _without_noise(Decimal(text))
    return parse(text)


def _without_noise(value: Decimal) -> Numeral:
    kept = value.normalize() if len(value.as_tuple().digits) < _NOISE else None
    if kept is None:
        digits = value.adjusted()
        kept = round(value, max(_KEPT - 1 - digits, 0)).normalize()
    exponent = kept.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
    return Numeral(kept, step)


def _absence(field: str) -> Absence | None:
    key = field.casefold()
    return ABSENCES.get(key) or (Absence.NOT_AVAILABLE if key in _MISSING else None)


def _labels(body: Sequence[Sequence[str]], texts: Sequence[int]) -> list[Label]:
    """Labels of the rows: texts in either language; a total named in any of several columns is the row's name."""
    labels = []
    for row in body:
        held = [row[column] for column in texts if row[column]]
        arabic = [text for text in held if _ARABIC.search(text)]
        other = [text for text in held if not _ARABIC.search(text)]
        labels.append(Label(ar=" / ".join(arabic), fr=" / ".join(other)))
    return labels


def _dimensions(
    body: Sequence[Sequence[str]], texts: Sequence[int], start: int
) -> tuple[list[int], dict[int, tuple[str, ...]]]:
    """Columns that break figures down and the members of each row, when the table has one figure a row.

    Two columns that go together (a label in both languages, a code and its name) are one. A table in which one
    such column tells every row apart is a wide one and has no dimensions.
    """
    kept: list[int] = []
    for column in texts:
        members = {row[column] for row in body}
        if len(members) == 1:
            continue
        twin = any(
            len({(row[column], row[other]) for row in body})
            == max(len(members), len({row[other] for row in body}))
            == min(len(members), len({row[other] for row in body}))
            for other in kept
        )
        if not twin:
            kept.append(column)
    apart = [column for column in kept if len({row[column] for row in body}) < len(body)]
    if len(apart) < 2 or len({tuple(row[c] for c in apart) for row in body}) < len(body):
        return [], {}
    return apart, {start + i: tuple(row[c] for c in apart) for i, row in enumerate(body)}


def _reading(
    table_id: str,
    row: int,
    column: int,
    field: str,
    head: str,
    label: Label,
    decimal: str,
    codebook: Codebook,
) -> Reading | None:
    blank = Reading(
        reading_id=f"{table_id}-r{row}-c{column}",
        locus=Locus(table_id, 1, _HERE),
        kind="cell",
        raw=field,
        value=None,
        table_id=table_id,
        row=row,
        column=column,
        row_label=label,
        column_label=Label(ar=head) if _ARABIC.search(head) else Label(fr=head),
    )
    if not field:
        return replace(blank, absence=Absence.BLANK)
    number = number_of(field, decimal)
    if number is None:
        absence = _absence(field)
        return replace(blank, absence=absence or Absence.UNREADABLE)
    percent = number.percent or _names_percent(head, codebook)
    return replace(
        blank,
        value=number.value,
        resolution=number.resolution,
        unit_measure="PT" if percent else "NUMBER",
        order_repaired=number.repaired,
    )


def _names_percent(head: str, codebook: Codebook) -> bool:
    if "%" in head or "٪" in head:
        return True
    last = fold(head.split(" / ")[-1])
    return last in codebook.identities.words["share"] or any(
        word in last.split() for word in ("pct", "percent", "percentage", "pourcentage", "المئويه", "الميويه")
    )


def _fractions_as_percents(
    readings: Sequence[Reading], heads: Sequence[str], codebook: Codebook
) -> Iterator[Reading]:
    """Shares written as fractions of one (0.5652) as percents; the printed string stays."""
    highest: dict[int, Decimal] = {}
    for reading in readings:
        if reading.value is not None and reading.column is not None:
            highest[reading.column] = max(highest.get(reading.column, Decimal(0)), abs(reading.value))
    parts = {
        c
        for c, most in highest.items()
        if most <= 1 and _names_percent(heads[c - 1], codebook)
        and not any("%" in r.raw for r in readings if r.column == c)
    }  # fmt: skip
    for reading in readings:
        if reading.column in parts and reading.value is not None:
            yield replace(reading, value=reading.value * 100, resolution=reading.resolution * 100)
        else:
            yield reading
