"""Where a figure stands in its sentence: what was understood of it, marked, with the words around."""

from __future__ import annotations

from collections.abc import Iterator

import click

from pipeline.language.quantities import find
from pipeline.model.reading import Label, Reading

#: Characters of a sentence shown on either side of what was understood.
AROUND = 70
_OPEN, _CLOSE = "⟦", "⟧"
#: Marks that keep a sentence's direction to itself in terminals that turn right-to-left text themselves.
_ISOLATE, _END = "\u2068", "\u2069"


def passage(reading: Reading) -> tuple[str, str, str]:
    """The sentence of a prose figure in three parts: before, what was understood (qualifier, number, noun), behind."""
    sentence = reading.sentence
    for found in find(sentence):
        if found.raw == reading.raw and found.value == reading.value:
            return sentence[: found.start], sentence[found.start : found.end], sentence[found.end :]
    before, raw, behind = sentence.partition(reading.raw)
    return before, raw, behind


def figure_lines(reading: Reading) -> Iterator[str]:
    """Two lines for people: what a figure is, and where it was read; colours are for a terminal only."""
    value = reading.absence if reading.value is None else f"{reading.value:,f}".replace(",", " ")
    if reading.value_max is not None:
        value = f"{value} … {reading.value_max:,f}".replace(",", " ")
    hedge = "" if reading.qualifier == "exact" else f"{reading.qualifier.replace('_', ' ')} "
    unit = " ".join(filter(None, (reading.unit_measure, reading.unit_label)))
    yield f"p{reading.locus.page:<4}{hedge}{click.style(value, bold=True)} {unit}"
    if reading.sentence:
        before, understood, behind = passage(reading)
        marked = click.style(f"{_OPEN}{understood}{_CLOSE}", fg="green", bold=True)
        yield f"     {_ISOLATE}{_tail(before)}{marked}{_head(behind)}{_END}"
    else:
        labels = " / ".join(filter(None, (_both(reading.row_label), _both(reading.column_label))))
        yield f"     {_ISOLATE}{labels or reading.section}: {_OPEN}{reading.raw}{_CLOSE}{_END}"


def _both(label: Label) -> str:
    return " | ".join(filter(None, (label.ar, label.fr)))


def _tail(text: str) -> str:
    """The end of a text, whole words."""
    if len(text) <= AROUND:
        return text
    return "… " + text[-AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    """The beginning of a text, whole words."""
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0] + " …"
