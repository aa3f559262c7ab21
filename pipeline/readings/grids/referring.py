"""Columns that say which note explains a row: their numbers are no figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import words

#: Numbers of notes: of one or two digits, parts of notes behind a dot, several parted by signs, in brackets or not.
_NUMBER = r"[\d٠-٩]{1,2}(?:[.][\d٠-٩]{1,2})?[a-e]?"
_NUMBERS = regex.compile(rf"^[(\[]?{_NUMBER}(?:\s*(?:[-–/,،&+]|et|و)\s*{_NUMBER})*[)\]]?$")
_PARTS = regex.compile(r"[\n/]")
#: So many in rising order tell what a head alone does not; under one that does this share of them is read as such.
_LEAST, _MOST = 2, 0.6


def refers(text: Mapping[tuple[int, int], str], column: int, head: int, body: Sequence[int]) -> bool:
    """Whether a column holds numbers of notes: its head says so, and its cells are small, in brackets or in rising order.

    Args:
        text: text of every unit cell of a grid, by row and column.
        column: the column.
        head: rows above the first that holds figures.
        body: rows below them.
    """
    held = [cell for r in body if (cell := " ".join(text[r, column].split()))]
    parts = [part for r in range(head) for part in _PARTS.split(text[r, column])]
    named = {flat_text(part.strip(" .:_()°")) for part in parts}
    numbers = sum(bool(_NUMBERS.match(cell)) for cell in held)
    if named & words("identifiers", "words", "reference_heads"):
        return numbers >= _MOST * len(held)
    if not named & words("identifiers", "words", "note_heads") or numbers < len(held):
        return False
    if all(cell[0] in "([" for cell in held):
        return bool(held)
    return len(held) >= _LEAST and held == sorted(held, key=_first) and len(set(held)) == len(held)


def _first(cell: str) -> float:
    found = regex.search(r"\d+(?:[.]\d+)?", cell)
    return float(found[0]) if found else 0.0
