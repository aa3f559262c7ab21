"""``hasila figures``: the grammar of figures by itself, on any Arabic or French text, one sentence a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal

import click

from pipeline.language.found import Found
from pipeline.language.joined import LOWER, UPPER
from pipeline.language.quantities import find


@click.command()
def figures() -> int:
    """Read sentences from standard input, one a line, and print each figure as a line of JSON.

    Keys: line (from 1), start, end (characters of the line), kind, value, low, high, unit, qualifier, raw.
    Dates and periods have their value in ISO 8601, identifiers as printed.
    """
    if sys.stdin.isatty():
        click.echo("Type sentences, one a line; end with Ctrl-D.", err=True)
    for row in rows(_lines()):
        click.echo(row)
    return 0


def _lines() -> Iterator[str]:
    """Lines of standard input as UTF-8; a byte that is none becomes U+FFFD, for bad input must not stop the rest."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def rows(lines: Iterable[str]) -> Iterator[str]:
    """One JSON object for each figure of each line; ``raw`` is the line from ``start`` to ``end``."""
    for number, line in enumerate(lines, 1):
        for found in find(line):
            yield _row(number, line, found)


def _row(number: int, line: str, found: Found) -> str:
    low, high = _bounds(found)
    text = {
        "line": number,
        "start": found.number_start,
        "end": found.number_end,
        "kind": found.kind,
        "value": found.text_value or None,
        "low": None,
        "high": None,
        "unit": _unit(found),
        "qualifier": found.qualifier,
        "raw": line[found.number_start : found.number_end],
    }
    # Decimals are written digit by digit: a float would lose some.
    exact = {"value": found.value, "low": low, "high": high}
    fields = [
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False) if exact.get(key) is None else f'{exact[key]:f}'}"
        for key, value in text.items()
    ]
    return "{" + ", ".join(fields) + "}"


def _bounds(found: Found) -> tuple[Decimal | None, Decimal | None]:
    if found.high is not None:
        return found.low, found.high
    return (
        found.value if found.qualifier in LOWER else None,
        found.value if found.qualifier in UPPER else None,
    )


def _unit(found: Found) -> str | None:
    """The noun as printed for what is counted, the code of money and shares, nothing for what is no quantity."""
    if found.kind in ("percent", "currency") and found.unit != "XXX":
        return found.unit
    return found.unit_label or None
