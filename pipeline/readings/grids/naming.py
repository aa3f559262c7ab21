"""Columns of texts: which of them name the rows, which tell the unit of each or remark on it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

#: Heads of columns that hold remarks on the rows: they name nothing.
_REMARKS = regex.compile(r"^(?:ال)?(?:ملاحظات|ملاحظة)|^(?:observations?|remarques?)\b", regex.IGNORECASE)
#: Heads of columns that hold the unit of each row.
_UNITS = regex.compile(r"^(?:ال)?وحدة(?: القياس)?\b|^unités?\b", regex.IGNORECASE)


def naming(
    text: dict[tuple[int, int], str], labels: Sequence[int], data: Sequence[int], head: int, body: Sequence[int]
) -> list[int]:
    """Columns of texts that name the rows: not those between figures under a head of their own, which tell more of them.

    A head printed again between the figures is that of labels of further rows.
    """
    inner = [c for c in labels if data[0] < c < data[-1]]
    outer = [c for c in labels if c not in inner]
    named = sum(any(text[r, c].strip() for c in outer) for r in body)
    heads = {c: " ".join(text[r, c] for r in range(head)).split() for c in labels}
    telling = [c for c in inner if heads[c] and all(heads[c] != heads[o] for o in outer)]
    return [c for c in labels if c not in telling] if 2 * named > len(body) else list(labels)


def holds_remarks(text: dict[tuple[int, int], str], column: int, head: int) -> bool:
    """Whether the head of a column says that it holds remarks."""
    return any(_REMARKS.search(text[r, column].strip()) for r in range(head))


def holds_units(text: dict[tuple[int, int], str], column: int, head: int) -> bool:
    """Whether the head of a column says that it holds the unit of each row."""
    return any(_UNITS.search(text[r, column].strip()) for r in range(head))
