"""Which cells of a grid are heads, stubs and figures, and the labels of each row and column in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import words
from pipeline.model.page import UNREAD, Direction
from pipeline.model.reading import Label
from pipeline.readings.beside import ends_of_range
from pipeline.readings.grids.grid import Filled, Slot
from pipeline.readings.grids.groups import title_above, titles_across, titles_in_stub
from pipeline.readings.grids.leftward import with_numbers_before
from pipeline.readings.grids.naming import holds_remarks, holds_units, naming
from pipeline.readings.grids.numbered import holds_codes, names_periods, numbers_columns, numbers_rows
from pipeline.readings.grids.referring import refers
from pipeline.readings.marks import counted, is_figure, is_year, measured, without_call

_ARABIC = regex.compile(r"\p{Script=Arabic}")
_LATIN = regex.compile(r"\p{Script=Latin}")
_NO_SPANS: Mapping[tuple[int, int], int] = {}
#: Heads of columns whose ranges are classes that rows are named by.
_CLASSES = regex.compile(
    r"سن|عمر|فئة|فئات|شريحة|شرائح|فترة|مدة|\b(?:âges?|tranches?|classes?|catégories?|périodes?|durées?)\b",
    regex.IGNORECASE,
)
#: A number with a share in brackets, though it can't be read: no label is printed so.
_SHARE_BESIDE = regex.compile(
    r"^(?:[^\p{L}()]*\d[^\p{L}()]*(\([^\p{L}()]*[%٪][^\p{L}()]*\))\W*|(?1)[^\p{L}()]*\d[^\p{L}()]*)$"
)


@dataclass(frozen=True, slots=True)
class Reading2D:
    """A grid understood: where its figures are and what their rows and columns are called.

    ``direction`` is right to left when the Arabic labels of the rows stand right of the figures, or, where
    the stub has one language, when that language is Arabic and stands on the right. ``titles`` are rows that
    hold no figures but the title of the rows below them; ``caption`` is what the first rows say from side to side;
    ``row_units`` are what a column of units says of each row; ``turned`` are columns of ranges with the higher end first.
    """

    data_columns: tuple[int, ...]
    row_labels: dict[int, Label]
    column_labels: dict[int, Label]
    direction: Direction
    titles: dict[int, Label] = field(default_factory=dict)
    caption: Label = field(default_factory=Label)
    row_units: dict[int, str] = field(default_factory=dict)
    turned: frozenset[int] = frozenset()


def understand(filled: Filled) -> Reading2D | None:
    """Find heads, stubs and figures; ``None`` when the grid holds no figures with labels."""
    grid = filled.grid
    owner = _owners(grid.slots)
    text = {
        (r, c): filled.text(*owner[r, c]) if (r, c) in owner else ""
        for r in range(grid.rows)
        for c in range(grid.columns)
    }
    head = _head_rows(text, owner, grid.rows, grid.columns)
    across = titles_across(text, owner, head, grid.rows, grid.columns)
    head = min([head, *across])
    body = [r for r in range(head, grid.rows) if r not in across]
    columns = [c for c in range(grid.columns) if not refers(text, c, head, body)]
    data = tuple(c for c in columns if _is_data(text, owner, c, head, body))
    if data:
        # A column that is blank on this page is one of figures all the same when its head stands among theirs.
        bare = [
            c for c in columns if data[0] < c < data[-1] and c not in data and _is_bare(text, c, head, body)
        ]
        data = tuple(sorted([*data, *bare]))
    numbers = [c for c in columns if numbers_rows(text, c, head, body) or holds_codes(text, c, head, body)]
    labels = [c for c in columns if c not in data and c not in numbers and not holds_remarks(text, c, head)]
    units = [c for c in labels if holds_units(text, c, head)]
    turned = [c for c in labels if _holds_ranges(text, c, head, body, turned=True)]
    spread = [c for c in labels if c in turned or _holds_ranges(text, c, head, body)]
    if any(c not in units and c not in spread for c in labels):
        labels = [c for c in labels if c not in units and c not in spread]
        data = tuple(sorted([*data, *spread]))
    else:
        units = []
    if not data or not body:
        return None
    labels = naming(text, labels, data, head, body)
    rows = [r for r in range(grid.rows) if r not in across]
    titles = across | titles_in_stub(text, rows, head, labels, data)
    head = min([head, *titles])
    body = [r for r in range(head, grid.rows) if r not in titles]
    named_by = {r: sorted([*labels, *(c for c in numbers if not is_figure(text[r, c]))]) for r in body}
    # A frame that touches the table may part its columns where no cell begins: a figure names no row.
    own = {r: [c for c in named_by[r] if owner.get((r, c), (r, c))[1] not in data] for r in body}
    tall = {(slot.row, slot.column): slot.row_span for slot in grid.slots}
    row_labels = {r: _row_label(text, owner, r, own[r], tall) for r in body}
    row_labels = _told_apart(row_labels, text, numbers) if numbers else row_labels
    named = title_above(owner, head, grid.columns)
    heads = [r for r in range(len(named), head) if not numbers_columns(_own(text, owner, r, grid.columns))]
    column_labels = {c: _column_label(text, owner, c, heads) for c in data}
    title = split_languages("\n".join(dict.fromkeys(text[r, 0] for r in named)))
    if not any(row_labels.values()) and not any(column_labels.values()):
        return None
    return Reading2D(
        data_columns=data,
        row_labels=row_labels,
        column_labels=column_labels,
        direction=_direction(text, labels, data, body),
        caption=title,
        row_units={r: " ".join(text[r, c] for c in units) for r in body},
        turned=frozenset(c for c in turned if c in data),
        titles={r: _row_label(text, owner, r, [0] if r in across else labels) for r in titles},
    )


def _owners(slots: Sequence[Slot]) -> dict[tuple[int, int], tuple[int, int]]:
    """Slot that covers each unit cell."""
    return {
        (r, c): (s.row, s.column)
        for s in slots
        for r in range(s.row, s.row + s.row_span)
        for c in range(s.column, s.column + s.column_span)
    }


def _head_rows(
    text: dict[tuple[int, int], str], owner: dict[tuple[int, int], tuple[int, int]], rows: int, columns: int
) -> int:
    """Rows above the first that holds figures; a row of bare years is a head too, and one year beside words.

    A figure that is alone in its column while others hold several (a head misread on a scan) opens no body, nor
    does a cell that only goes on from the row above.
    """
    held = [
        sum(is_figure(text[r, c]) or _is_counted(text, r, c) for r in range(rows)) for c in range(columns)
    ]
    least = 2 if max(held, default=0) > 1 else 1
    for r in range(rows):
        begun = [c for c in range(columns) if held[c] >= least and owner.get((r, c), (r, c))[0] == r]
        figures = [text[r, c] for c in begun if _is_quantity(text[r, c]) or _is_counted(text, r, c)]
        if not figures or numbers_columns(_own(text, owner, r, columns)):
            continue
        years = all(is_year(f) for f in figures)
        several = sum(bool(cell.strip()) for cell in _own(text, owner, r, columns)) >= 2
        if years and several and r + 1 < rows and _numbers_below(text, r, rows, columns):
            continue
        return r
    return rows


def _own(
    text: dict[tuple[int, int], str], owner: dict[tuple[int, int], tuple[int, int]], row: int, columns: int
) -> list[str]:
    """Texts of the cells that begin in a row."""
    return [text[row, c] for c in range(columns) if owner.get((row, c), (row, c)) == (row, c)]


def _is_quantity(text: str) -> bool:
    """Whether a cell of a column of figures holds one, or a number with what it was measured in, or a share beside one."""
    return is_figure(text) or measured(text) is not None or bool(_SHARE_BESIDE.match(text))


def _is_counted(text: dict[tuple[int, int], str], row: int, column: int) -> bool:
    """Whether a cell says what it counts behind its number, under a head of values."""
    if counted(text[row, column]) is None:
        return False
    heads = words("identifiers", "words", "value_heads")
    above = (part for r in range(row) for part in text[r, column].split("\n"))
    return any(flat_text(part.strip(" :.")) in heads for part in above)


def _numbers_below(text: dict[tuple[int, int], str], row: int, rows: int, columns: int) -> bool:
    below = [text[r, c] for r in range(row + 1, rows) for c in range(columns) if is_figure(text[r, c])]
    return any(not is_year(b) for b in below)


def _is_data(
    text: dict[tuple[int, int], str],
    owner: dict[tuple[int, int], tuple[int, int]],
    column: int,
    head: int,
    body: Sequence[int],
) -> bool:
    cells = [text[r, column] for r in body if owner.get((r, column), (r, column)) == (r, column)]
    held = [cell for cell in cells if cell.strip()]
    said = sum(_is_counted(text, r, column) and not _is_quantity(text[r, column]) for r in body)
    told = said or any(is_figure(t) or _SHARE_BESIDE.match(t) for t in held)
    figures = said + sum(map(_is_quantity, held)) if told else 0
    # A column of years or of 1, 2, 3 … beside others is the stub of its rows, not figures.
    flat = [" ".join(cell.split()) for cell in held if is_figure(cell)]
    ordinal = numbers_rows(text, column, head, body)
    years = len(flat) >= 2 and len(set(flat)) == len(flat) and all(is_year(f) for f in flat)
    coded = holds_codes(text, column, head, body) or names_periods(text, column, head, body)
    return bool(held) and figures >= 0.5 * len(held) and not ordinal and not years and not coded


def _is_bare(text: dict[tuple[int, int], str], column: int, head: int, body: Sequence[int]) -> bool:
    below = any(text[r, column].strip() for r in body)
    return head > 0 and not below and bool(text[head - 1, column].strip())


def _holds_ranges(
    text: dict[tuple[int, int], str], column: int, head: int, body: Sequence[int], *, turned: bool = False
) -> bool:
    """Whether a column under a head holds ranges that are figures: not the classes, ages or years of its rows."""
    named = " ".join(text[r, column] for r in range(head))
    held = [text[r, column] for r in body if text[r, column].strip()]
    found = [cell for cell in held if ends_of_range(without_call(cell), turned=turned) is not None]
    return bool(named.strip()) and not _CLASSES.search(named) and len(found) > 0.6 * len(held)


def _row_label(
    text: dict[tuple[int, int], str],
    owner: dict[tuple[int, int], tuple[int, int]],
    row: int,
    columns: Sequence[int],
    tall: Mapping[tuple[int, int], int] = _NO_SPANS,
) -> Label:
    """Labels of a row from its stubs: that of most rows first (``tall``), else in the order of their language."""
    seen: set[tuple[int, int]] = set()
    arabic: list[tuple[int, str]] = []
    french: list[tuple[int, str]] = []
    for c in columns:
        key = owner.get((row, c), (row, c))
        if key in seen:
            continue
        seen.add(key)
        label = split_languages(text[row, c])
        if label.ar:
            arabic.append((tall.get(key, 1), label.ar))
        if label.fr:
            french.append((tall.get(key, 1), label.fr))
    ar, fr = (sorted(told, key=lambda one: -one[0]) for told in (arabic[::-1], french))
    return Label(ar=_joined([label for _, label in ar]), fr=_joined([label for _, label in fr]))


def _told_apart(
    labels: dict[int, Label], text: dict[tuple[int, int], str], numbers: Sequence[int]
) -> dict[int, Label]:
    """The labels of rows, those that several numbered rows have alike with the number of each."""
    shared = Counter(label for r, label in labels.items() if any(text[r, c].strip() for c in numbers))
    told = dict(labels)
    for r, label in labels.items():
        mine = " ".join(text[r, c] for c in numbers if is_figure(text[r, c]))
        if shared[label] > 1 and label and mine:
            ar, fr = (f"{part} / {mine}" if part else "" for part in (label.ar, label.fr))
            told[r] = Label(ar=ar, fr=fr)
    return told


def _column_label(
    text: dict[tuple[int, int], str],
    owner: dict[tuple[int, int], tuple[int, int]],
    column: int,
    head: Sequence[int],
) -> Label:
    """Labels of the head cells above a column, from the top tier to the lowest."""
    tiers: list[Label] = []
    seen: set[tuple[int, int]] = set()
    for r in head:
        key = owner.get((r, column), (r, column))
        if key not in seen:
            seen.add(key)
            tiers.append(split_languages(text[r, column]))
    return Label(ar=_joined([t.ar for t in tiers if t.ar]), fr=_joined([t.fr for t in tiers if t.fr]))


def _joined(parts: Sequence[str]) -> str:
    kept: list[str] = []
    for part in parts:
        if part and part not in kept:
            kept.append(part)
    return " / ".join(kept)


def split_languages(text: str) -> Label:
    """Arabic and French parts of a label; digits and signs go with the words of their line, those before them first."""
    parts = [_split_line(line) for line in _with_digits_joined(text)]
    strip = " /|-–—:·"
    return Label(
        ar=with_numbers_before(" ".join(ar for ar, _ in parts if ar).strip(strip)),
        fr=" ".join(fr for _, fr in parts if fr).strip(strip),
    )


def _with_digits_joined(text: str) -> list[str]:
    """The lines of a label; one of digits alone goes with the next line, the last one or one in brackets with that before.

    In a cell of two languages it is of both, unless it is printed again with the other one.
    """
    lines: list[str] = []
    held = list(filter(str.strip, text.split("\n")))
    both = bool(_ARABIC.search(text) and _LATIN.search(text))
    waiting = ""
    for line in held:
        bare = not any(c.isalpha() for c in line)
        if bare and lines and not waiting and line.strip()[:1] + line.strip()[-1:] == "()":
            lines[-1] += f" {line.strip()}"
        elif bare and not (both and sum(line in other for other in held) < 2):
            waiting = f"{waiting} {line}".strip()
        else:
            lines.append(f"{waiting} {line}".strip())
            waiting = ""
    if waiting and lines:
        lines[-1] += f" {waiting}"
    return lines or [waiting]


def _split_line(line: str) -> tuple[str, str]:
    arabic: list[str] = []
    french: list[str] = []
    last: list[str] | None = None
    waiting: list[str] = []
    for token in line.replace(UNREAD, " ").split():
        if _ARABIC.search(token):
            last = arabic
        elif _LATIN.search(token):
            last = french
        if last is None:
            waiting.append(token)
        else:
            last.extend([*waiting, token])
            waiting = []
    if last is None:
        # A line of digits alone (a year, a code) reads the same in both languages.
        return " ".join(waiting), " ".join(waiting)
    return " ".join(arabic), " ".join(french)


def _direction(
    text: dict[tuple[int, int], str], labels: Sequence[int], data: Sequence[int], body: Sequence[int]
) -> Direction:
    middle = sum(data) / len(data)
    arabic = [c for c in labels for r in body if _ARABIC.search(text[r, c])]
    french = [c for c in labels for r in body if _LATIN.search(text[r, c])]
    if arabic:
        return Direction.RTL if sum(arabic) / len(arabic) > middle else Direction.LTR
    if french:
        return Direction.LTR if sum(french) / len(french) < middle else Direction.RTL
    return Direction.RTL if any(_ARABIC.search(t) for t in text.values()) else Direction.LTR
