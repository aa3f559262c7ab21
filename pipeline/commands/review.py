"""``hasila review``: what waits for a person, one finding after the other, in a browser of this machine."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from pipeline.checking import explained
from pipeline.commands.decide import (
    author_of,
    author_option,
    codebook_option,
    edition_option,
    out_option,
    own_codebook,
    run_again,
    today,
)
from pipeline.errors import UsageError
from pipeline.outputs import place_of
from pipeline.settings import settings_from
from pipeline.workbench.asking import database_in
from pipeline.workbench.review import Review
from pipeline.workbench.served import Desk


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of the page. [default: a free one]"
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@author_option
@codebook_option
@out_option
@edition_option
def review(
    port: int, no_browser: bool, author: str, codebook: Path | None, out: Path | None, edition: str
) -> None:
    """Go through the findings by consequence, each beside its page: accept, correct or skip; Ctrl-C ends it.

    The page is for this machine alone. Decisions are kept like those of `hasila correct` and `hasila accept`.
    """
    settings = settings_from(out=out, codebook=codebook)
    database = database_in(settings.out, edition).resolve()  # a new edition changes nothing under a review
    sitting = Review(
        database=database,
        codebook=own_codebook(settings),
        author=author_of(author),
        today=today,
        place=lambda report_id: place_of(settings.out, report_id),
        explained=explained,
        again=run_again(settings, database),
    )
    try:
        desk = Desk(sitting, port)
    except OSError as error:
        raise UsageError(
            f"Port {port} can't be had ({error.strerror}).", "Give another --port, or none."
        ) from error
    with desk:
        click.echo(f"Review of {database.parent.name}: {desk.address}")
        click.echo(
            "Only this machine can open it. Ctrl-C ends the review; what was decided is kept.", err=True
        )
        if not no_browser:
            webbrowser.open(desk.address)
        try:
            desk.serve_forever()
        except KeyboardInterrupt:
            click.echo("", err=True)
    click.echo(f"{len(sitting.done)} decisions. Have them applied with: {sitting.again}")
