"""``hasila codebook``: one of your own, whether it is right, what of it is used, what is missing from it."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.codebook.loading import copy_to, load
from pipeline.codebook.suggesting import (
    contradicting_cues,
    suggestions,
    unreachable_indicators,
    unused_cues,
    unused_labels,
    unused_places,
    unused_releases,
    unused_templates,
)
from pipeline.commands.forms import form_option, show
from pipeline.errors import InputError
from pipeline.settings import settings_from
from pipeline.workbench.asking import Rows, ask, database_in

_out = click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of the editions. [default: outputs]"
)
_edition = click.option("--edition", default="", help="Id of an edition; the latest one by default.")
_folder = click.argument("folder", required=False, type=click.Path(path_type=Path))
#: Labels as printed, each with the number of figures that bear it.
_PRINTED = """
select label, count(*) as figures from (
  select unnest([row_label_ar, row_label_fr, column_label_ar, column_label_fr]) as label
  from readings where kind = 'cell')
where label <> '' group by label order by label
"""


@click.group()
def codebook() -> None:
    """Copy and check the tables that name what reports print, and see what they lack."""


@codebook.command()
@_folder
@click.option("--unused", is_flag=True, help="List every row that no report of the edition uses.")
@_out
@_edition
def check(folder: Path | None, unused: bool, out: Path | None, edition: str) -> None:
    """Check every row of the codebook in FOLDER (the one in use by default); say file and line of what is wrong."""
    settings = settings_from(out=out, codebook=folder)
    book = load(settings.codebook)
    click.echo(
        f"{len(book.indicators)} indicators, {len(book.cues)} cues, {len(book.labels)} wordings of labels, "
        f"{len(book.territories)} territories, {len(book.bodies)} bodies, {len(book.corrections)} corrections, "
        f"{len(book.accepted)} accepted findings: every row can be read."
    )
    for code in unreachable_indicators(book):
        click.echo(f"indicators.csv: no row of cues.csv leads to {code}")
    for cue in contradicting_cues(book):
        click.echo(f"cues.csv line {cue.line}: {cue.indicator} demands a word that it forbids")
    try:
        database = database_in(settings.out, edition)
    except InputError:
        click.echo("What is used was not looked at: there is no edition yet.", err=True)
        return
    rows = unused_labels((str(label) for label, _ in ask(database, _PRINTED).rows), book)
    cues = unused_cues(
        (str(code) for (code,) in ask(database, "select indicator from observations").rows), book
    )
    places = unused_places(
        (str(code) for (code,) in ask(database, "select ref_area from observations").rows), book
    )
    days = unused_releases((str(sha) for (sha,) in ask(database, "select sha256 from reports").rows), book)
    pins = unused_templates(
        (str(method) for (method,) in ask(database, "select method from tables").rows), book
    )
    click.echo(
        f"Not used by this edition: {len(rows)} wordings, {len(cues)} cues, {len(places)} territories, {len(days)} releases, "
        f"{len(pins)} templates{'' if unused else ' (--unused lists them)'}."
    )
    for cue in cues if unused else ():
        click.echo(f"cues.csv line {cue.line}: {cue.indicator}")
    for code in places if unused else ():
        click.echo(f"territories.csv: {code}")
    for day in days if unused else ():
        click.echo(f"releases.csv line {day.line}: {day.report} {day.day}")
    for pin in pins if unused else ():
        click.echo(f"templates.csv line {pin.line}: {pin.name}")
    for row in rows if unused else ():
        click.echo(f"labels.csv line {row.line}: {row.code} {row.wording}")


@codebook.command()
@click.argument("folder", type=click.Path(path_type=Path))
def copy(folder: Path) -> None:
    """Make a codebook of your own in FOLDER, a new or empty one: the built-in tables, to change and to decide in."""
    copied = copy_to(folder)
    click.echo(
        f"{copied} files in {folder}. Use them with --codebook {folder}, or once for all: "
        f"export HASILA_CODEBOOK={folder.resolve()}"
    )


@codebook.command()
@_folder
@_out
@_edition
@form_option
def suggest(folder: Path | None, out: Path | None, edition: str, form: str) -> None:
    """List printed labels that no row explains, with the nearest rows and how many figures wait for them."""
    settings = settings_from(out=out, codebook=folder)
    database = database_in(settings.out, edition)
    printed = ((str(label), int(str(figures))) for label, figures in ask(database, _PRINTED).rows)
    found = suggestions(printed, load(settings.codebook))
    rows = tuple((one.label, one.language, one.waiting, one.nearest) for one in found)
    if rows or form != "table":
        show(Rows(columns=("label", "language", "figures", "nearest"), rows=rows), form)
    waiting = ask(
        database,
        "select indicator, any_value(label_ar), any_value(label_fr), sum(observation_count)::int from series "
        "where starts_with(indicator, 'X_') group by 1 order by 4 desc, 1",
    ).rows
    if form == "table":
        for code, arabic, french, count in waiting:
            click.echo(
                f"{code}: {arabic or french}: {count} observations wait for a row in indicators.csv and cues.csv"
            )
        alike = ask(
            database, "select indicator, other, why from proposals order by score desc, indicator, other"
        ).rows
        for code, other, why in alike:
            click.echo(f"{code} may be {other}: {why}")
        click.echo(
            f"{len(rows)} labels without a row, {len(waiting)} provisional indicators, {len(alike)} that may be one.",
            err=True,
        )
