"""Answers in the form that was asked for: a table for people, CSV, JSON lines or Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid

from pipeline.workbench.asking import Rows

FORMS = ("table", "csv", "json", "markdown")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
#: First strong isolate and its end: a terminal that orders Arabic itself keeps every cell in its column.
_ISOLATE, _END = "\u2068", "\u2069"

form_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="table",
    show_default=True,
    help="Form of the answer.",
)


def show(answer: Rows, form: str) -> None:
    """Print an answer on standard output."""
    writers: dict[str, Callable[[Rows], str]] = {
        "json": _json,
        "csv": _csv,
        "markdown": _markdown,
        "table": _table,
    }
    text = writers[form](answer)
    if text:
        click.echo(text)


def said(value: object) -> str:
    """A value as text: decimals without exponent or idle zeros, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, list | tuple):
        return ", ".join(said(item) for item in value)
    return str(value)


def _json(answer: Rows) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False, default=_plain) for row in answer.as_dicts())


def _plain(value: object) -> object:
    """A JSON value: a number where that is exact, else text."""
    if isinstance(value, Decimal):
        short = int(value) if value == value.to_integral_value() else float(value)
        return short if Decimal(str(short)) == value else said(value)
    return list(value) if isinstance(value, tuple) else str(value)


def _csv(answer: Rows) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([said(value) for value in row] for row in answer.rows)
    return text.getvalue().rstrip("\n")


def _markdown(answer: Rows) -> str:
    numbers = _number_columns(answer)
    lines = [
        [_cell(name) for name in answer.columns],
        ["---:" if number else "---" for number in numbers],
        *([_cell(said(value)) for value in row] for row in answer.rows),
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())


def _table(answer: Rows) -> str:
    on_terminal = sys.stdout.isatty()
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False)
    for at, name in enumerate(answer.columns):
        right = on_terminal and any(_ARABIC.search(said(row[at])) for row in answer.rows)
        grid.add_column(name, justify="right" if right else "left")
    for values in answer.rows:
        grid.add_row(*(_isolated(said(value)) if on_terminal else said(value) for value in values))
    # Off a terminal nothing is folded: a narrow default width would cut labels into pieces.
    width = shutil.get_terminal_size().columns if on_terminal else 10_000
    text = io.StringIO()
    Console(file=text, width=width, highlight=False, markup=False).print(grid)
    return "\n".join(line.rstrip() for line in text.getvalue().strip("\n").splitlines())


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{text}{_END}" if _ARABIC.search(text) else text


def _number_columns(answer: Rows) -> Sequence[bool]:
    kinds = (int, float, Decimal)
    columns = zip(*answer.rows, strict=True) if answer.rows else ([] for _ in answer.columns)
    return [
        any(isinstance(value, kinds) and not isinstance(value, bool) for value in column)
        and all(value is None or isinstance(value, kinds) for value in column)
        for column in columns
    ]
