"""Nights by a schedule: ``hasila serve``. Beside ``flows.py``, which it serves, the only module that knows Prefect."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from typing import Any, cast
from zoneinfo import available_timezones

from prefect import serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, State, StateType
from prefect.schedules import Cron, Interval, Schedule
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings
from prefect.states import Cancelled
from prefect.types._datetime import now
from prefect.types.entrypoint import EntrypointType

from flows import backfill, close_stale, nightly
from pipeline.errors import UsageError
from pipeline.outputs import claimed
from pipeline.server import SERVED_BY, private_api
from pipeline.settings import Settings


def serve_nights(
    paths: Sequence[str],
    settings: Settings,
    *,
    schedule: Schedule,
    port: int = 0,
) -> None:
    """Start the nights by a schedule until ended by a signal; see ``hasila serve``.

    A night that finds the one before still at work is cancelled. Of nights missed while nobody served, one is
    caught up: the latest.
    """
    home = (settings.state / "prefect").resolve()
    given = {"paths": list(paths), "out": str(settings.out.resolve())}
    one_at_a_time = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    os.environ["PREFECT_HOME"] = str(home)
    if not os.environ.get("PREFECT_API_URL"):  # with a server of somebody else's a night ends well without us
        os.environ[SERVED_BY] = str(os.getpid())
    with private_api(home, port=port) as url, temporary_settings({PREFECT_API_URL: url, PREFECT_HOME: home}):
        os.environ["PREFECT_API_URL"] = url  # for the processes of the runs
        every = nightly.to_deployment(
            "nightly",
            schedule=schedule,
            parameters=given,
            concurrency_limit=one_at_a_time,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        ahead = backfill.to_deployment(
            "backfill", parameters=given, entrypoint_type=EntrypointType.MODULE_PATH
        )
        _catch_up_once(settings, given)
        serve(
            cast(Any, every), cast(Any, ahead), pause_on_shutdown=False, print_starting_message=False, limit=4
        )


def by_cron(cron: str, timezone: str | None = None) -> Schedule:
    """A schedule from the five fields of cron.

    Raises:
        UsageError: when they, or the time zone, can't be understood.
    """
    if timezone and timezone not in available_timezones():
        raise UsageError(f"{timezone} is no time zone.", "Give one as in Africa/Casablanca.")
    try:
        return Cron(cron, timezone=timezone)
    except ValueError as error:
        raise UsageError(
            f"{cron} is no schedule ({error}).", 'Give five fields, as in "30 3 * * *".'
        ) from error


def by_interval(seconds: float) -> Schedule:
    """A schedule that starts a night every so many seconds, for trying it out."""
    return Interval(seconds)


def _catch_up_once(settings: Settings, given: dict[str, Any]) -> None:
    """Close runs that were killed with the last server, and of the missed ones keep the latest."""
    with contextlib.suppress(UsageError), claimed(settings.out):
        close_stale(settings)
    waiting = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
    past = FlowRunFilterExpectedStartTime(before_=cast(Any, now("UTC")))
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(flow_run_filter=FlowRunFilter(state=waiting, expected_start_time=past))
        missed = [late for late in found if late.deployment_id and late.parameters == given]
        for late in sorted(missed, key=lambda late: str(late.expected_start_time))[:-1]:
            why: State = Cancelled(message="Missed while nobody served; a later one catches up.")
            client.set_flow_run_state(late.id, why, force=True)
