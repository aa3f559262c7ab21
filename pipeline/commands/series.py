"""``hasila series`` and ``hasila diff``: find a series, see its vintages, compare two editions."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.codebook.loading import SEXES, load
from pipeline.codebook.wording import is_arabic
from pipeline.commands.forms import form_option, show
from pipeline.errors import InputError
from pipeline.outputs import editions_in
from pipeline.settings import settings_from
from pipeline.warehouse.difference import difference
from pipeline.warehouse.manifest import of_this_schema
from pipeline.warehouse.opened import day_of
from pipeline.workbench.asking import Rows, database_in
from pipeline.workbench.search import search, vintages

_out = click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of the editions. [default: outputs]"
)
_edition = click.option("--edition", default="", help="Id of an edition; the latest one by default.")


@click.command()
@click.argument("words", nargs=-1)
@click.option("--vintages", "triangle", is_flag=True, help="What each report said of each period.")
@click.option(
    "--as-of", "day", default="", metavar="DAY", help="As known on a day: 2024-03-15, 2024-03 or 2024."
)
@click.option("--lang", type=click.Choice(["ar", "fr", "en"]), help="Language of the labels.")
@_out
@_edition
@form_option
def series(
    words: tuple[str, ...],
    triangle: bool,
    day: str,
    lang: str | None,
    out: Path | None,
    edition: str,
    form: str,
) -> None:
    """Find series by WORDS in Arabic, French or English, or by parts of their code; all series without words.

    With --vintages every series found is shown with a row for each period and a column for each report.
    """
    database = database_in(settings_from(out=out).out, edition)
    of_this_schema(database.parent)
    language = lang or ("ar" if any(is_arabic(word) for word in words) else "en")
    day = day_of(day) if day else ""
    found = search(database, words, language, _synonyms(), day)
    if not found.rows:
        click.echo("No series has all these words; try fewer, or another language.", err=True)
    elif not triangle:
        show(found, form)
    for row in found.rows if triangle else ():
        if form == "table":
            click.echo(f"{row[0]}: {row[1]}")
        show(vintages(database, str(row[0]), day), form)


def _synonyms() -> dict[str, str]:
    """Words that reports use for a sex ("girls", «فتيات»), by its code."""
    found: dict[str, str] = {}
    for row in load().labels:
        code = SEXES.get(row.code, "")
        if code in ("M", "F"):
            found[code] = f"{found.get(code, '')} {row.wording} {row.label_en}"
    return found


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@_out
@form_option
def diff(old: str | None, new: str | None, out: Path | None, form: str) -> None:
    """Compare two editions, OLD and NEW: ids or folders; without them the last two that were made."""
    folder = settings_from(out=out).out
    made = editions_in(folder)
    if old is None and len(made) < 2:
        raise InputError(f"There are no two editions in {folder}.", "Name two folders: hasila diff OLD NEW.")
    before = made[-2] if old is None else _place(folder, old)
    after = _place(folder, new) if new else (folder / "latest").resolve() if old else made[-1]
    found = difference(before, after)
    columns = ("kind", "series_id", "time_period", "old", "new", "observation_id")
    rows = tuple((c.kind, c.series_id, c.time_period, c.old, c.new, c.observation_id) for c in found.changes)
    if rows or form != "table":
        show(Rows(columns=columns, rows=rows), form)
    counts = ", ".join(f"{found.count(kind)} {kind}" for kind in ("changed", "filled", "lost", "new", "gone"))
    click.echo(f"{before.name} → {after.name}: {found.same} the same, {counts}.", err=form != "table")


def _place(folder: Path, named: str) -> Path:
    for place in (Path(named), folder / named, folder / "editions" / named):
        if (place / "manifest.json").is_file():
            return place.resolve()
    raise InputError(
        f"There is no edition {named}.", f"Give a folder, or an id out of {folder / 'editions'}."
    )
