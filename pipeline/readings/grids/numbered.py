"""Numbers and codes of rows and columns: 1, 2, 3 … beside labels, (1), (2), (3)=(1)+(2) under heads. They count nothing."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import regex

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import words
from pipeline.readings.marks import is_figure

Text = Mapping[tuple[int, int], str]

#: So many rows in order are numbered, not counted: under no head or beyond the labels, and under one that does not say so.
LEAST_ROWS = (3, 5)
#: So many bare numbers in order are those of columns; fewer where brackets or a formula say so.
LEAST_COLUMNS, LEAST_TOLD = 3, 2
#: The first number beside a stub that bears one too.
FIRST = 2

_NUMBER = regex.compile(r"^[(\[)\]]?\s*(\d{1,3})\s*[(\[)\]]?\s*[.\-–—/°º:]?$")
_BARE = regex.compile(r"^\d+$")
#: (3)=(1)+(2), 4 = 3/1, 5=(4-3)*100: the number of a column and what it is worked out from.
_FORMULA = regex.compile(r"^[(\[)\]]?\s*(\d{1,2})\s*[(\[)\]]?\s*=[\s\d()\[\]+\-–*×x/÷:%.,]+$")
_DIGIT, _CODE = regex.compile(r"\d"), regex.compile(r"^0\d+(?:[.\-/]\d+)*$")


def number_of(text: str) -> int | None:
    """The number that a row or column may bear, in brackets or before a dash, dot or degree sign; ``None`` for other texts."""
    found = _NUMBER.match(" ".join(text.split()))
    return int(found[1]) if found else None


def numbers_columns(cells: Sequence[str]) -> bool:
    """Whether the cells of a row number the columns, from either side: 1, 2, 3 or (1), (2), (3)=(2)/(1), and nothing else.

    Args:
        cells: texts of the row as seen, from the left; blank ones say nothing.
    """
    held = [flat for cell in cells if (flat := " ".join(cell.split()))]
    formulas = [_FORMULA.match(flat) for flat in held]
    numbers = [int(f[1]) if f else number_of(flat) for f, flat in zip(formulas, held, strict=True)]
    told = any(formulas) or all(flat[0] in "([)" for flat in held)
    if len(held) < (LEAST_TOLD if told else LEAST_COLUMNS) or None in numbers:
        return False
    known = [n for n in numbers if n is not None]
    steps = {b - a for a, b in itertools.pairwise(known)}
    return steps in ({1}, {-1}) and min(known) <= FIRST


def numbers_rows(text: Text, column: int, head: int, body: Sequence[int]) -> bool:
    """Whether a column numbers the rows: 1, 2, 3 … or 01, 02, 03 …, one by one and not between columns of figures.

    Few rows are numbered only under a head that says so or none; under one that says so they may begin anew. The label
    of a total may reach into the column, or stand in it.
    """
    held = [" ".join(text[r, column].split()) for r in body]
    flat = [t for t in held if is_figure(t) or number_of(t) is not None]
    numbers = [n for t in flat if (n := number_of(t)) is not None]
    heads = [t for r in range(head) if (t := " ".join(text[r, column].split()))]
    named = any(_is_head(t, "numbering_heads") for t in heads)
    apart = _stands_beyond_labels(text, column, body)
    least = 1 if named else LEAST_ROWS[bool(heads) and not apart]
    # Under a head that says so the rows of a table that goes on are numbered from where it left off.
    first = numbers[0] if named and numbers else 1
    anew = named and first == 1 and all(b in (1, a, a + 1) for a, b in itertools.pairwise(numbers))
    # Numbers in brackets that run from (1) on are no losses, though the cells of some reach over several rows.
    bracketed = len(flat) > 1 and all(t[0] in "([)" for t in flat)
    run = [n for n, _ in itertools.groupby(numbers)] if bracketed else numbers
    one_by_one = run == list(range(first, first + len(run)))
    if len(numbers) < max(least, len(flat)) or not (one_by_one or anew):
        return False
    begins = held.index(flat[0])
    gaps = not anew and not bracketed and "" in held[begins : begins + len(flat)]
    beside = {c < column for r, c in text if c != column and r in body and is_figure(text[r, c])}
    most = named or bracketed or 2 * len(flat) > len(held)
    return not gaps and len(beside) < 2 and most


def holds_codes(text: Text, column: int, head: int, body: Sequence[int]) -> bool:
    """Whether a column holds codes: its head says so, or they are of one shape, each once, with a zero before their digits."""
    flat = [" ".join(text[r, column].split()) for r in body if is_figure(text[r, column])]
    if flat and all(map(_BARE.match, flat)):
        parts = [part for r in range(head) for part in text[r, column].split("\n")]
        if any(_is_head(part, "code_heads") for part in parts):
            return True
    return (
        len(flat) >= 2
        and len(set(flat)) == len(flat)
        and len({_DIGIT.sub("0", code) for code in flat}) == 1
        and all(len(code) > 2 for code in flat)
        and any(_CODE.match(code) for code in flat)
    )


def names_periods(text: Text, column: int, head: int, body: Sequence[int]) -> bool:
    """Whether a column under «Mois», «Trimestre» or «الأسبوع» names its rows by numbers that follow each other."""
    heads = [part for r in range(head) for part in text[r, column].split("\n")]
    numbers = [number_of(text[r, column]) for r in body if is_figure(text[r, column])]
    known = [n for n in numbers if n is not None]
    return (
        any(_is_head(part, "period_heads") for part in heads)
        and len(known) == len(numbers) > 1
        and all(b == a + 1 for a, b in itertools.pairwise(known))
    )


def _is_head(text: str, which: str) -> bool:
    return flat_text(text.strip(" .:_()")) in words("identifiers", "words", which)


def _stands_beyond_labels(text: Text, column: int, body: Sequence[int]) -> bool:
    """Whether a column is the outermost one, labels between it and the figures, as those that number rows are."""
    last = max(c for _, c in text)
    beside = 1 if column == 0 else column - (column == last)
    labels = [cell for r in body if (cell := text.get((r, beside), "")).strip()]
    return beside != column and bool(labels) and not any(map(is_figure, labels))
