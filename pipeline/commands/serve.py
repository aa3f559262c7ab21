"""``hasila serve``: nights by a schedule, with Prefect."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.publish import PLACE
from pipeline.errors import UsageError
from pipeline.settings import settings_from


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--cron", help='When nights begin, five fields of cron: "30 3 * * *".')
@click.option("--timezone", help="Time zone of the schedule, as Africa/Casablanca. [default: UTC]")
@click.option(
    "--every", type=click.FloatRange(min=1), help="Seconds between nights instead, for trying it out."
)
@click.option("--out", type=PLACE, help="Folder for the editions. [default: outputs]")
@click.option("--port", type=int, default=0, help="Show Prefect's pages at this port of this machine.")
def serve(
    paths: tuple[str, ...],
    cron: str | None,
    timezone: str | None,
    every: float | None,
    out: Path | None,
    port: int,
) -> int:
    """Read the reports in PATHS night after night, until interrupted.

    A night that begins while the one before is at work is cancelled; of missed nights the latest is caught up.
    Prefect's server is started with it, on this machine alone, unless PREFECT_API_URL names one.
    """
    if (cron is None) == (every is None):
        raise UsageError("A schedule is needed.", 'Give --cron "30 3 * * *".')
    settings = settings_from(out=out)
    from pipeline import serving  # several seconds for Prefect

    schedule = serving.by_cron(cron, timezone) if cron else serving.by_interval(every or 0.0)
    serving.serve_nights([_from_here(place) for place in paths], settings, schedule=schedule, port=port)
    return 0


def _from_here(place: str) -> str:
    """A path as it is meant here, wherever the night is started."""
    if "://" in place:
        return place
    sign = "@" if place.startswith("@") else ""
    return f"{sign}{Path(place.removeprefix(sign)).absolute()}"
