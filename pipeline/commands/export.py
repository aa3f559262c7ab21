"""``hasila export``: the published edition in the form another program wants."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.errors import UsageError
from pipeline.settings import settings_from
from pipeline.warehouse.exports import FORMS
from pipeline.warehouse.exports import export as write
from pipeline.warehouse.schema import SCHEMA
from pipeline.workbench.asking import database_in


@click.command()
@click.option("--format", "form", type=click.Choice(sorted(FORMS)), required=True, help="Form of the files.")
@click.option("--to", type=click.Path(path_type=Path), help="Folder for the files. [default: export-FORMAT]")
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Choice([schema.name for schema in SCHEMA]),
    help="Only this table; may be given again.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the editions. [default: outputs]")
@click.option("--edition", default="", help="Id of an edition; the latest one by default.")
def export(form: str, to: Path | None, tables: tuple[str, ...], out: Path | None, edition: str) -> None:
    """Write the edition as Excel workbook, Stata, SDMX-CSV, CSV for Excel and the like.

    In the forms for Excel a text that begins with = + - @ has an apostrophe before it; numbers stay numbers.
    """
    database = database_in(settings_from(out=out).out, edition)
    target = to or Path(f"export-{form}")
    try:
        made = write(database.parent, form, target, tables)
    except OSError as error:
        raise UsageError(
            f"{target} can't be written ({error.strerror or error}).", "Give another folder with --to."
        ) from error
    click.echo(f"Written: {made}")
