"""``hasila read``: one report as printed; nothing is stored, no Prefect."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import click

from pipeline import run as path
from pipeline.apart import read_apart
from pipeline.archive.codec import to_plain
from pipeline.commands.grids import grid_lines
from pipeline.commands.passages import figure_lines
from pipeline.errors import HasilaError, InputError
from pipeline.model.extraction import Extraction
from pipeline.model.reading import Label, Reading, Table
from pipeline.model.report import Outcome
from pipeline.night import looking
from pipeline.settings import settings_from

_COLUMNS = (
    *("reading_id", "report_id", "page", "x0", "top", "x1", "bottom", "kind", "raw", "value", "value_max"),
    *("unit_measure", "unit_label", "qualifier", "absence", "in_words", "table_id", "row", "column"),
    *("row_label_ar", "row_label_fr", "column_label_ar", "column_label_fr", "section", "sentence"),
    *("period", "period_stated", "method", "confidence", "second_raw", "order_repaired"),
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "table", "json", "csv"]),
    help="text is for people (the usual form on a terminal), table has a line and tabs for each figure.",
)
@click.option("--tables", is_flag=True, help="Print the tables as grids instead of the figures.")
@click.option(
    "--codebook", type=click.Path(path_type=Path), help="Codebook folder instead of the built-in one."
)
def read(file: Path, form: str | None, tables: bool, codebook: Path | None) -> int:
    """Read one report and print its figures as printed on paper, with their labels and places."""
    said = _read(file, codebook)
    form = form or ("text" if sys.stdout.isatty() else "table")
    if form == "json":
        click.echo(json.dumps(_as_object(said), ensure_ascii=False))
    elif form == "csv":
        click.echo(_as_csv(said.readings), nl=False)
    else:
        for line in _grids(said.tables) if tables else _figures(said, form):
            click.echo(line)
    if said.report.outcome is Outcome.PARTLY:
        click.echo(f"hasila: {said.report.file_name}: {said.report.why}", err=True)
    return 0


def _read(file: Path, codebook: Path | None) -> Extraction:
    """Read in a child process, as the nightly run does.

    Raises:
        InputError: when the file does not exist or is refused.
        HasilaError: when the reader failed.
    """
    settings = settings_from(codebook=codebook)
    if not file.exists():
        raise InputError(f"{file} does not exist.", "Check the spelling.")
    if file.is_dir():
        raise InputError(f"{file} is a folder.", f"Give one PDF, or use: hasila run {file}")
    with looking(settings) as examine:
        report = examine(file)
    if report.outcome is Outcome.REFUSED or report.outcome.failed:
        raise InputError(f"{file}:", report.why)
    if sys.stderr.isatty():
        click.echo(f"Reading {report.page_count} pages; a scanned one takes several seconds.", err=True)
    answer = read_apart(
        report,
        seconds=settings.seconds_for(report.page_count),
        codebook=settings.codebook,
        passwords=settings.passwords,
        memory_mb=settings.memory_mb,
    )
    if answer.exit_code:
        error = HasilaError(f"{file}:", answer.extraction.report.why)
        error.exit_code = answer.exit_code
        raise error
    return path.as_found(answer, report).extraction


def _as_object(said: Extraction) -> dict[str, object]:
    """Everything but where the file lies."""
    plain: dict[str, dict[str, object]] = to_plain(said)
    del plain["report"]["path"]
    return dict(plain)


def _as_csv(readings: Sequence[Reading]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for reading in readings:
        writer.writerow([_field(reading, name) for name in _COLUMNS])
    return text.getvalue()


def _field(reading: Reading, name: str) -> object:
    """One value of the flat form; decimals without exponent, nothing for nothing."""
    place = reading.locus
    if name.endswith(("_ar", "_fr")):
        label: Label = getattr(reading, name[:-3])
        return label.ar if name.endswith("_ar") else label.fr
    if name in ("report_id", "page", "method", "confidence"):
        return getattr(place, name)
    if name in ("x0", "top", "x1", "bottom"):
        return f"{getattr(place.box, name):.2f}"
    value = getattr(reading, name)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _figures(said: Extraction, form: str) -> Iterator[str]:
    """What the report is, its figures (as text, or one line each with tabs), and what could not be read."""
    report = said.report
    titles = " · ".join(filter(None, (report.title_ar, report.title_fr)))
    yield f"{report.file_name}  {report.edition_year or 'year unknown'}  {titles}".rstrip()
    kinds = ", ".join(f"{count} {kind}" for kind, count in report.pages_by_kind)
    yield f"{report.page_count} pages ({kinds}), {len(said.tables)} tables, {len(said.readings)} figures"
    for reading in said.readings:
        yield from figure_lines(reading) if form == "text" else (_line(reading),)
    for complaint in said.complaints:
        yield f"p{complaint.page}\t{complaint.rule}\t{complaint.message_en}"


def _line(reading: Reading) -> str:
    """Page, kind, value, unit, the string on paper, labels or sentence."""
    value = reading.absence if reading.value is None else f"{reading.value:f}"
    if reading.value_max is not None:
        value = f"{value}..{reading.value_max:f}"
    hedge = "" if reading.qualifier == "exact" else f"{reading.qualifier} "
    unit = " ".join(filter(None, (reading.unit_measure, reading.unit_label)))
    labels = " / ".join(filter(None, (_both(reading.row_label), _both(reading.column_label))))
    where = labels or reading.sentence or reading.section
    return f"p{reading.locus.page}\t{reading.kind}\t{hedge}{value}\t{unit}\t{reading.raw}\t{where}"


def _both(label: Label) -> str:
    return " | ".join(filter(None, (label.ar, label.fr)))


def _grids(tables: Sequence[Table]) -> Iterator[str]:
    """Each table as a ruled grid, columns as seen on the page from left to right, under its caption."""
    for table in tables:
        caption = _both(table.caption) or "no caption"
        size = f"{table.row_count}×{table.column_count}"
        yield f"{table.table_id}  page {table.page}  {size}  {table.method}  {caption}"
        if table.unit_note:
            yield table.unit_note
        yield from grid_lines(table)
        yield ""
