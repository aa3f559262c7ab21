"""``hasila retry``: let go of reports that were set aside."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.archive.known import forget
from pipeline.errors import InputError
from pipeline.outputs import claimed
from pipeline.quarantine import Failure, Quarantine
from pipeline.settings import settings_from


@click.command()
@click.argument("reports", nargs=-1)
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the editions. [default: outputs]")
def retry(reports: tuple[str, ...], out: Path | None) -> int:
    """Have REPORTS (ids, their beginnings, or file names) tried again that were set aside; all without one."""
    settings = settings_from(out=out)
    quarantine = Quarantine(settings.state)
    failures = quarantine.failures()
    for name in reports:
        if not any(_meant(failure, name) for failure in failures):
            raise InputError(f"{name} is not set aside.", "See what is: hasila doctor")
    released = [f for f in failures if not reports or any(_meant(f, name) for name in reports)]
    with claimed(settings.out):
        forget(settings.state / "known.json", {failure.sha256 for failure in released})
        for failure in released:
            quarantine.forget(failure.sha256)
            click.echo(f"{failure.file_name} ({failure.report_id}) is tried again by the next run.")
    if not released:
        click.echo("Nothing is set aside.")
    return 0


def _meant(failure: Failure, name: str) -> bool:
    return failure.file_name == name or (len(name) >= 4 and failure.sha256.startswith(name.lower()))
