"""``hasila correct`` and ``hasila accept``: a person's decision, kept in their codebook and applied by the next run."""

from __future__ import annotations

import getpass
import shlex
import subprocess
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from pipeline.codebook.decisions import VERDICTS
from pipeline.codebook.loading import load
from pipeline.errors import UsageError
from pipeline.outputs import place_of
from pipeline.settings import Settings, settings_from
from pipeline.workbench.asking import ask, database_in
from pipeline.workbench.decisions import Decided
from pipeline.workbench.decisions import accept as accepted
from pipeline.workbench.decisions import correct as corrected

#: Files of reports that a command is written out with; more of them are named by their folders.
_NAMED = 4

out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of the editions. [default: outputs]"
)
edition_option = click.option("--edition", default="", help="Id of an edition; the latest one by default.")
codebook_option = click.option(
    "--codebook",
    type=click.Path(path_type=Path),
    help="Codebook folder in which decisions are kept. [default: HASILA_CODEBOOK]",
)
author_option = click.option("--author", default="", help="Who decides. [default: the name git knows you by]")
_reason = click.option("--reason", required=True, help="Why, for those who come after.")


@click.command()
@click.argument("wanted", metavar="READING_OR_OBSERVATION")
@click.argument("new")
@_reason
@author_option
@codebook_option
@out_option
@edition_option
def correct(
    wanted: str, new: str, reason: str, author: str, codebook: Path | None, out: Path | None, edition: str
) -> None:
    """Declare that a figure is NEW, in full units; what is printed stays beside it.

    The correction holds while the value read is the one it was made for; otherwise the run says so.
    """
    settings = settings_from(out=out, codebook=codebook)
    database = database_in(settings.out, edition)
    decided = corrected(
        database, own_codebook(settings), wanted, new, reason=reason, author=author_of(author)
    )
    _tell(decided, settings, database)
    if decided.alike:
        click.echo(
            "The report says the same figure again; unless these are corrected too, a finding tells of two values: "
            + ", ".join(decided.alike)
        )


@click.command()
@click.argument("wanted", metavar="FINDING")
@_reason
@author_option
@click.option(
    "--verdict",
    type=click.Choice(VERDICTS),
    default="explained",
    show_default=True,
    help="The source is wrong, both values are right, or there was nothing to find.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day on which it is set aside.")
@codebook_option
@out_option
@edition_option
def accept(
    wanted: str,
    reason: str,
    author: str,
    verdict: str,
    until: datetime | None,
    codebook: Path | None,
    out: Path | None,
    edition: str,
) -> None:
    """Set a finding aside that you have looked at: what is printed stays as it is.

    It comes back when a value of it changes.
    """
    settings = settings_from(out=out, codebook=codebook)
    database = database_in(settings.out, edition)
    decided = accepted(
        database,
        own_codebook(settings),
        wanted,
        reason=reason,
        author=author_of(author),
        today=today(),
        until=until.date() if until else None,
        verdict=verdict,
    )
    _tell(decided, settings, database)


def own_codebook(settings: Settings) -> Path:
    """The folder in which decisions are kept, every row of it looked at.

    Raises:
        UsageError: when there is none but the built-in one, which the next version replaces.
        CodebookError: when a row of it is wrong.
    """
    if settings.codebook is None:
        raise UsageError(
            "Decisions are kept in a codebook of your own.",
            "Make one with: hasila codebook copy FOLDER, then name it with --codebook FOLDER or HASILA_CODEBOOK.",
        )
    if not settings.codebook.is_dir():
        raise UsageError(
            f"There is no codebook {settings.codebook}.",
            f"Make it with: hasila codebook copy {settings.codebook}",
        )
    load(settings.codebook)
    return settings.codebook


def author_of(given: str) -> str:
    """Who decides: as given, else as git or the system knows them.

    Raises:
        UsageError: when nobody knows.
    """
    known = given.strip() or _git_name() or _user_name()
    if not known:
        raise UsageError("Who decides is not known.", "Say it with --author NAME.")
    return known


def today() -> date:
    """The day on which a decision is made, as the clock on the wall has it."""
    return datetime.now().astimezone().date()


def run_again(settings: Settings, database: Path) -> str:
    """The command that has the decisions applied: over the same files, so that nothing else is published."""
    ids = [str(one) for (one,) in ask(database, "select report_id from reports order by file_name").rows]
    places = [place_of(settings.out, one) for one in ids]
    words = ["hasila", "run", *_paths(places), "--out", str(settings.out)]
    return shlex.join(words + (["--codebook", str(settings.codebook)] if settings.codebook else []))


def _paths(places: Sequence[Path | None]) -> list[str]:
    """Files as they are, many of them by the folders that hold these and no others."""
    files = [place for place in places if place is not None]
    if not files or len(files) < len(places) or any(".state" in file.parts for file in files):
        return ["PATHS"]
    if len(files) <= _NAMED:
        return [str(file) for file in files]
    folders = sorted({file.parent for file in files})
    held = sum(file.suffix.lower() == ".pdf" for folder in folders for file in folder.iterdir())
    return [str(folder) for folder in folders] if held == len(files) else ["PATHS"]


def _tell(decided: Decided, settings: Settings, database: Path) -> None:
    begin = "Written" if decided.entry.added else "Decided already, nothing written"
    click.echo(f"{begin}: {decided.entry}: {decided.said}")
    click.echo(f"Have it applied with: {run_again(settings, database)}")


def _git_name() -> str:
    try:
        said = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return said.stdout.strip()


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
