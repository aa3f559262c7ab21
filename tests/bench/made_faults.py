"""Faults put into made-up documents, one each, by code that knows nothing of the checks."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.bench.made_tables import Box, Dice, Document, Table, dated, grown, percent, planned, printed

#: Class, and the origins that are right for it.
CLASSES: dict[str, tuple[str, ...]] = {
    "misread": ("extraction",),
    "dropped": ("extraction",),
    "transposed": ("source",),
    "reversed groups": ("extraction",),
    "label swap": ("source",),
    "label shift": ("extraction",),
    "stale total": ("source", "undetermined"),
    "stale percent": ("source", "undetermined"),
    "other denominator": ("source", "undetermined"),
    "missing row": ("undetermined", "extraction"),
    "unit × 1000": ("source",),
    "wrong weekday": ("source",),
    "plan horizon": ("wording",),
    "growth claim": ("source", "wording"),
    "restated": ("revision",),
    "stale copy": ("source",),
}


@dataclass(slots=True)
class Fault:
    """What was done: where (cell, or a word of a sentence), and what stood there."""

    documents: list[Document]
    cells: list[tuple[int, int]] = field(default_factory=list)
    word: str = ""
    truth: str = ""


def put(draw: Dice, kind: str, documents: list[Document]) -> Fault | None:
    """The documents with one fault of a kind in the last of them; nothing where the shape has no room for it."""
    held = deepcopy(documents)
    return _WAYS[kind](draw, held)


def _guarded(table: Table, draw: Dice) -> tuple[int, int] | None:
    """A cell of counts that a total covers and that is no nought."""
    cells = [
        (r, c)
        for (r, c), box in table.cells.items()
        if c in table.counts and box.value and (table.total_rows or c not in table.total_columns)
        and box.unit == "PS" and box.value >= 10
    ]  # fmt: skip
    return draw.choice(cells) if cells else None


def _set(box: Box, digits: str) -> None:
    """Print other digits in the style of the number that stood there."""
    decimals = -int(box.resolution.as_tuple().exponent) if box.unit != "MAD" else 1
    new = printed(Decimal(int(digits)).scaleb(-decimals), decimals, box.unit == "PT")
    box.raw, box.value = new.raw, new.value


def _digits(box: Box) -> str:
    return re.sub(r"\D", "", box.raw)


def _on_digits(draw: Dice, held: list[Document], change, *, scanned: bool) -> Fault | None:
    table = held[-1].table
    if draw.random() < 0.25 and table.percents and scanned:
        cell = draw.choice(
            [(r, c) for r, c in table.cells if c in table.percents and r not in table.total_rows]
        )
    else:
        cell = _guarded(table, draw)
    if cell is None:
        return None
    box = table.cells[cell]
    old, text = _digits(box), box.raw
    new = change(old)
    if not new or int(new) == int(old) or (len(new) > 1 and new[0] == "0"):
        return None
    # Where one unit of the last digit stays inside the rounding of every relation, nothing is wrong to see.
    _set(box, new)
    table.scanned = scanned
    if scanned:
        box.confidence = 0.93
        # The second reading is right two times of three, else it slips in its own way.
        box.second = text if draw.random() < 0.67 else text[:-1] + draw.choice("0123456789")
        if box.second == box.raw:
            box.second = text
    return Fault(held, [cell], truth=text)


_LOOKS = {
    "0": "68",
    "1": "7",
    "3": "8",
    "5": "6",
    "6": "058",
    "8": "0369",
    "9": "84",
    "4": "9",
    "7": "1",
    "2": "7",
}


def misread_digits(draw: Dice, old: str) -> str:
    """Digits with one of them read as another, a look-alike more often than not; or one lost."""
    at = draw.randrange(len(old))
    if draw.random() < 0.2 and len(old) > 1:
        return old[:at] + old[at + 1 :]
    return _another(draw, old, at)


def _another(draw: Dice, old: str, at: int) -> str:
    new = draw.choice(_LOOKS[old[at]] if draw.random() < 0.6 else "0123456789")
    return old[:at] + new + old[at + 1 :]


def _misread(draw: Dice, held: list[Document]) -> Fault | None:
    def change(old: str) -> str:
        return _another(draw, old, draw.randrange(len(old)))

    return _on_digits(draw, held, change, scanned=True)


def _dropped(draw: Dice, held: list[Document]) -> Fault | None:
    def change(old: str) -> str:
        at = draw.randrange(len(old))
        return old[:at] + old[at + 1 :]

    return _on_digits(draw, held, change, scanned=True)


def _transposed(draw: Dice, held: list[Document]) -> Fault | None:
    def change(old: str) -> str:
        if len(old) < 2:
            return ""
        at = draw.randrange(len(old) - 1)
        return old[:at] + old[at + 1] + old[at] + old[at + 2 :]

    return _on_digits(draw, held, change, scanned=False)


def _reversed(draw: Dice, held: list[Document]) -> Fault | None:
    table = held[-1].table
    cells = [(r, c) for (r, c), box in table.cells.items() if c in table.counts and len(_digits(box)) == 6]
    if not cells:
        return None
    cell = draw.choice(cells)
    box = table.cells[cell]
    old = _digits(box)
    if old[:3] == old[3:] or old[3] == "0":
        return None
    text = box.raw
    _set(box, old[3:] + old[:3])
    table.scanned = False
    return Fault(held, [cell], truth=text)


def _label_swap(draw: Dice, held: list[Document]) -> Fault | None:
    table = held[-1].table
    plain = [r for r in range(len(table.rows)) if r not in table.total_rows]
    if table.shape not in ("sexes", "regions"):
        return None
    one, two = draw.sample(plain, 2)
    rows = table.rows
    rows[one], rows[two] = (rows[two][0], rows[one][1]), (rows[one][0], rows[two][1])
    table.scanned = False
    return Fault(
        held, [(one, c) for c in range(len(table.heads))] + [(two, c) for c in range(len(table.heads))]
    )


def _label_shift(draw: Dice, held: list[Document]) -> Fault | None:
    table = held[-1].table
    if table.shape not in ("regions", "sexes"):
        return None
    arabic = [ar for ar, _ in table.rows]
    moved = [arabic[-1], *arabic[:-1]] if draw.random() < 0.5 else [*arabic[1:], arabic[0]]
    table.rows = [(ar, fr) for ar, (_, fr) in zip(moved, table.rows, strict=True)]
    table.scanned = False
    return Fault(held, [(r, c) for r in range(len(table.rows)) for c in range(len(table.heads))])


def _stale_total(draw: Dice, held: list[Document]) -> Fault | None:
    table = held[-1].table
    cells = [(r, c) for r in table.total_rows for c in table.counts if table.cells[r, c].value]
    if not cells:
        return None
    cell = draw.choice(cells)
    box = table.cells[cell]
    text, old = box.raw, box.value
    grown_by = max(int(old * Decimal(draw.uniform(0.03, 0.2))), 3) * draw.choice([-1, 1])
    if box.unit == "MAD":
        new = old + grown_by
        new = (new // 100000) * 100000
        shown = printed(new / 10**6, 1)
        box.raw, box.value = shown.raw, new
    else:
        box.raw, box.value = printed(old + grown_by).raw, old + grown_by
    if box.value == old:
        return None
    table.scanned = False
    return Fault(held, [cell], truth=text)


def _stale_percent(draw: Dice, held: list[Document]) -> Fault | None:
    """All percents are those of other counts (last year's)."""
    table = held[-1].table
    if not table.percents or table.shape == "budget":
        return None
    rows = [r for r in range(len(table.rows)) if r not in table.total_rows]
    column = table.percents[0]
    shares = [draw.randint(5, 100) for _ in rows]
    decimals = -int(table.cells[rows[0], column].resolution.as_tuple().exponent)
    cells = []
    for r, part in zip(rows, shares, strict=True):
        new = percent(part, sum(shares), decimals)
        if new.value != table.cells[r, column].value:
            cells.append((r, column))
        table.cells[r, column] = new
    table.scanned = False
    return Fault(held, cells) if len(cells) > 1 else None


def _other_denominator(draw: Dice, held: list[Document]) -> Fault | None:
    table = held[-1].table
    if not table.percents or table.shape == "budget":
        return None
    count, column = table.counts[0], table.percents[0]
    total = int(table.cells[table.total_rows[0], count].value or 0)
    base = int(total * draw.choice([0.8, 0.9, 1.1, 1.3]))
    decimals = -int(table.cells[0, column].resolution.as_tuple().exponent)
    cells = []
    for r in range(len(table.rows)):
        if r not in table.total_rows:
            new = percent(int(table.cells[r, count].value or 0), base, decimals)
            if new.value != table.cells[r, column].value:
                cells.append((r, column))
            table.cells[r, column] = new
    table.scanned = False
    return Fault(held, cells)


def _missing_row(draw: Dice, held: list[Document]) -> Fault | None:
    table = held[-1].table
    rows = [r for r in range(len(table.rows)) if r not in table.total_rows]
    if len(rows) < 3 or not table.total_rows or table.shape in ("subtotals",):
        return None
    lost = draw.choice([r for r in rows if (table.cells[r, table.counts[0]].value or 0) > 0] or rows)
    table.rows.pop(lost)
    table.cells = {(r - (r > lost), c): box for (r, c), box in table.cells.items() if r != lost}
    table.total_rows = [r - (r > lost) for r in table.total_rows]
    table.scanned = False
    return Fault(held, [(r, c) for r in table.total_rows for c in table.counts])


def _unit(draw: Dice, held: list[Document]) -> Fault | None:
    table = held[-1].table
    cell = _guarded(table, draw)
    if cell is None:
        return None
    box = table.cells[cell]
    text = box.raw
    _set(box, _digits(box) + "000")
    table.scanned = False
    return Fault(held, [cell], truth=text)


def _weekday(draw: Dice, held: list[Document]) -> Fault | None:
    one = held[-1]
    day = date(one.year, draw.randint(1, 12), draw.randint(1, 28))
    wrong = (day.weekday() + draw.randint(1, 6)) % 7
    arabic = "نظمت" in one.sentences[0]
    one.sentences[0] = dated(day, wrong, arabic)
    return Fault(held, word="weekday")


def _plan(draw: Dice, held: list[Document]) -> Fault | None:
    one = held[-1]
    arabic = "نظمت" in one.sentences[0]
    one.sentences[1:3] = planned(draw, one.year, arabic, draw.choice([-1, 1, 2]))
    return Fault(held, word="plan")


def _claim(draw: Dice, held: list[Document]) -> Fault | None:
    one = held[-1]
    arabic = "نظمت" in one.sentences[0]
    one.sentences[3] = grown(draw, one.year, arabic, draw.choice([-1, 1]) * draw.randint(2, 40))
    return Fault(held, word="growth")


def _restated(draw: Dice, held: list[Document]) -> Fault | None:
    """The later report prints another figure for a year that the earlier one had told; its total follows."""
    before, after = held[-2].table, held[-1].table
    if after.shape not in ("years", "growth", "subtotals"):
        return None
    columns = {int(fr): c for c, (_, fr) in enumerate(after.heads) if fr.isdigit()}
    year = held[-2].year
    if year not in columns or before.rows != after.rows:
        return None
    column = columns[year]
    r = draw.choice([r for r in range(len(after.rows)) if r not in after.total_rows])
    box = after.cells[r, column]
    if not box.value or box.value < 100:
        return None
    change = int(box.value * Decimal(draw.uniform(0.06, 0.3))) + 1
    if sorted(_digits(box)) == sorted(_digits(printed(box.value + change))):
        return None
    totals = [t for t in after.total_rows if t > r]
    for row in sorted({r, *totals[:1], *totals[-1:]}):
        after.cells[row, column] = printed((after.cells[row, column].value or 0) + change)
    if after.shape == "growth":
        for row in (r, after.total_rows[-1]):
            old, now = after.cells[row, 0].value or 1, after.cells[row, 1].value or 0
            after.cells[row, 2] = printed(100 * (now - old) / old, 1, True)
    return Fault(held, [(r, column)])


def _stale_copy(draw: Dice, held: list[Document]) -> Fault | None:
    """The later report prints last year's table again as this year's."""
    before, after = held[-2].table, held[-1].table
    if after.shape not in ("sexes", "ages", "regions", "first", "budget", "average", "planned"):
        return None
    held[-1].table = deepcopy(before)
    held[-1].table.scanned = before.scanned = False
    return Fault(held, [cell for cell in after.cells if cell[1] in after.counts])


_WAYS = {
    "misread": _misread, "dropped": _dropped, "transposed": _transposed, "reversed groups": _reversed,
    "label swap": _label_swap, "label shift": _label_shift, "stale total": _stale_total,
    "stale percent": _stale_percent, "other denominator": _other_denominator, "missing row": _missing_row,
    "unit × 1000": _unit, "wrong weekday": _weekday, "plan horizon": _plan, "growth claim": _claim,
    "restated": _restated, "stale copy": _stale_copy,
}  # fmt: skip
