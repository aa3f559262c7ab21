"""The flows: Prefect around the functions of ``pipeline.run``, and nothing else.

A task is one report, some short ones or a part of a long one, run in a thread (or by a worker of a cluster) that
waits for a child process; no result is cached or stored by Prefect (``outputs/shelf`` is the one cache,
asked before Prefect is imported at all), and its database is a view, never the system of record.

``nightly`` takes its parameters as JSON, so that a schedule or a work pool can start it; ``hasila run`` hands it the
plan that was made before Prefect was imported.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

# Prefect reads these while it is imported.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")

from prefect import flow, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
    TaskRunFilter,
    TaskRunFilterState,
    TaskRunFilterStateType,
)
from prefect.client.schemas.objects import (
    State,
    StateType,
)
from prefect.futures import PrefectFuture, as_completed
from prefect.logging.handlers import APILogHandler
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, PREFECT_HOME, temporary_settings
from prefect.states import Completed, Crashed

from pipeline import journal, run
from pipeline.apart import Answer, failed
from pipeline.model.edition import Edition
from pipeline.model.report import Outcome, Report
from pipeline.night import Plan, Told, carried_out, opened
from pipeline.runners import runner_of
from pipeline.server import end_with_who_serves, private_api
from pipeline.settings import Settings, settings_from
from pipeline.versions import Versions

_log = logging.getLogger("pipeline.flows")
T = TypeVar("T")


class Sealed(Generic[T]):
    """Keeps Prefect and Dask from walking through every part of an argument in search of futures."""

    def __init__(self, held: T) -> None:
        self.held = held


#: Seconds between the attempts of a task whose disk or network fails; what a report holds is never a reason.
_PAUSES = (2.0, 8.0, 30.0)
#: Further attempts at a call of Prefect's server (2 s, 4 s later): a private one that is gone does not come back.
_ATTEMPTS = 2
_ROWS = 1000  # of the table of reports on Prefect's page
_STEPS = 20  # updates of the progress bar in a run
#: Seconds beyond what all reports may take, after which a run whose workers are all gone gives up.
_GRACE = 600.0
#: Set when the run is interrupted, so that no child process is left at work.
_STOP = threading.Event()


@dataclass(slots=True)
class _Handed:
    """A plan made before Prefect was imported, and the place for the edition that comes of it."""

    plan: Plan
    settings: Settings
    told: Told | None
    made: list[Edition] = field(default_factory=list)


_handed: ContextVar[_Handed | None] = ContextVar("handed", default=None)


def _stop() -> threading.Event:
    """That of this process: a task that travels to another one can't take it along, nor a flow the plan."""
    return _STOP


def _handed_over() -> _Handed | None:
    return _handed.get()


def _is_io(task: Any, task_run: Any, state: State) -> bool:
    """Whether a task failed for a disk or a network, which may come back."""
    with contextlib.suppress(Exception):
        return isinstance(state.result(raise_on_failure=False), OSError)
    return False


_attempts: dict[str, Any] = {
    "retries": len(_PAUSES),
    "retry_delay_seconds": list(_PAUSES),
    "retry_condition_fn": _is_io,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}


@task(task_run_name="read {name}, pages {first} to {last}", **_attempts)
def read_part(
    name: str,
    first: int,
    last: int,
    report: Sealed[Report],
    known: Sealed[Versions],
    settings: Sealed[Settings],
) -> Answer | None:
    """Some pages of a long report, in a child process; they are left on the shelf."""
    return run.read_one_part(report.held, range(first, last + 1), known.held, settings.held, _stop())


@task(task_run_name="read {name}", **_attempts)
def read_reports(
    name: str,
    reports: Sealed[Sequence[Report]],
    known: Sealed[Versions],
    settings: Sealed[Settings],
    parts: Sequence[Answer | None],
) -> list[Answer]:
    """One report, or some short ones, each in a child process; never fails for what they hold."""
    return run.read_some(reports.held, known.held, settings.held, _stop(), parts)


@task(cache_policy=NO_CACHE, persist_result=False)
def publish_edition(plan: Sealed[Plan], answers: Sealed[list[Answer]], settings: Sealed[Settings]) -> Edition:
    """Series, findings, edition: all or nothing, never tried twice."""
    return run.publish_edition(plan.held, answers.held, settings.held)


def _run_name() -> str:
    given = flow_run.parameters or {}
    return f"{', '.join(map(str, given.get('paths', ())))} → {given.get('out') or 'outputs'}"[:200]


@flow(
    name="nightly",
    flow_run_name=_run_name,
    task_runner=runner_of(settings_from()),
    persist_result=False,
)
def nightly(paths: list[str], out: str | None = None) -> State:
    """Read what is new under the paths and publish one edition; an edition held back is a result too."""
    if handed := _handed_over():
        close_stale(handed.settings)
        edition = _carried(handed.plan, handed.settings, handed.told)
        handed.made.append(edition)
    else:
        end_with_who_serves()
        settings = settings_from(out=out)
        with opened(paths, settings) as plan:
            close_stale(settings)
            edition = carried_out(plan, settings, _carried)
    verdict = edition.verdict
    if verdict.held_back:
        return Completed(name="HeldBack", message=f"{edition.edition_id} was held back: {verdict.why}")
    return Completed(
        message=f"{edition.edition_id} is published, {verdict.errors} findings of severity error."
    )


@flow(
    name="backfill",
    flow_run_name=_run_name,
    task_runner=runner_of(settings_from()),
    persist_result=False,
)
def backfill(paths: list[str], out: str | None = None, hours: float = 0.0) -> State:
    """Read an archive ahead, publishing nothing: what is finished is on the shelf when the next night wants it.

    Args:
        paths: as those of the night.
        out: folder of the editions, in which the shelf lies.
        hours: after which no further report is begun; 0 for no end.
    """
    until = time.monotonic() + 3600 * hours if hours else None
    end_with_who_serves()
    settings = settings_from(out=out)
    with opened(paths, settings) as plan:
        close_stale(settings)
        answers = [] if plan.published else _read(plan, settings, None, until)
    read = sum(1 for answer in answers if not answer.exit_code)
    return Completed(message=f"{read} of {len(answers)} reports are on the shelf.")


def through_prefect(plan: Plan, settings: Settings, told: Told | None = None) -> Edition:
    """Carry out a plan as the flow, with an API of our own unless one is configured."""
    home = (settings.state / "prefect").resolve()
    handed = _Handed(plan, settings, told)
    folders = sorted({str(report.path.parent) for report in plan.reports})[:5]
    ours = {} if os.environ.get("PREFECT_API_URL") else {PREFECT_CLIENT_MAX_RETRIES: _ATTEMPTS}
    with (
        private_api(home, scheduling=False) as url,
        temporary_settings({PREFECT_API_URL: url, PREFECT_HOME: home, **ours}),
    ):
        token = _handed.set(handed)
        try:
            nightly.with_options(task_runner=runner_of(settings))(folders, str(settings.out))
        finally:
            _handed.reset(token)
    return handed.made[0]


def _carried(plan: Plan, settings: Settings, told: Told | None) -> Edition:
    """Read what the plan lists, some reports at a time, and publish one edition."""
    answers = _read(plan, settings, told)
    edition = publish_edition(Sealed(plan), Sealed(answers), Sealed(settings))
    create_markdown_artifact(key="nightly", markdown=_in_a_page(plan, edition))
    return edition


def _read(plan: Plan, settings: Settings, told: Told | None, until: float | None = None) -> list[Answer]:
    """Every report of the plan, in its order; with ``until`` those alone that were begun before that time."""
    waiting, answers = run.in_order(plan.reports), dict[str, Answer]()
    limit = _GRACE + sum(settings.seconds_for(report.page_count) for report in waiting)
    _STOP.clear()
    with _told_to_the_server():
        futures = _submitted(waiting, plan.versions, settings)
        bar, shown = cast(UUID, create_progress_artifact(0.0, key="reports-read")), 0
        try:
            for future in as_completed(list(futures), timeout=limit):
                for report, answer in zip(futures[future], _answers_of(future, futures[future]), strict=True):
                    answers[report.report_id] = answer
                    if told:
                        told(report, answer)
                if len(answers) * _STEPS // len(waiting) > shown:
                    shown = len(answers) * _STEPS // len(waiting)
                    update_progress_artifact(bar, 100.0 * shown / _STEPS)
                if until and time.monotonic() > until:
                    break
        finally:  # an interrupt too: the child processes must not be left at work
            _STOP.set()
    rows = [_in_a_row(answer) for answer in answers.values() if answer.extraction.report.why]
    create_table_artifact(key="reports", table=rows[:_ROWS])
    return [answers[report.report_id] for report in plan.reports if report.report_id in answers]


def _submitted(
    waiting: Sequence[Report], versions: Versions, settings: Settings
) -> dict[PrefectFuture[list[Answer]], Sequence[Report]]:
    """Parts of long reports first, so that no worker waits for one that is not begun."""
    said = (Sealed(versions), Sealed(settings))
    parts = {
        report.report_id: [
            read_part.submit(report.file_name, part[0], part[-1], Sealed(report), *said)
            for part in run.parts_of(report, versions, settings)
        ]
        for report in waiting
    }
    return {
        read_reports.submit(
            _name_of(batch), Sealed(batch), *said, cast(Any, parts[batch[0].report_id])
        ): batch
        for batch in run.batches(waiting, settings.workers)
    }


def _name_of(batch: Sequence[Report]) -> str:
    more = f" and {len(batch) - 1} more" if len(batch) > 1 else ""
    return f"{batch[0].file_name}{more}"


def _answers_of(future: PrefectFuture[list[Answer]], batch: Sequence[Report]) -> list[Answer]:
    """What a task says; a task that was lost with its worker says nothing of its reports."""
    future.wait()  # it is done: this has it keep its state, for which the server would be asked otherwise
    if future.state.is_crashed():
        why = f"The worker that read it was lost ({future.state.message})."
        return [failed(report, why, Outcome.CRASH) for report in batch]
    return future.result()


@contextlib.contextmanager
def _told_to_the_server() -> Iterator[None]:
    """Show what the stages log on the page of the run, each line with its report and page."""
    if os.environ.get("PREFECT_API_URL"):  # a server of our own is gone before anybody could look
        with journal.to(APILogHandler()):
            yield
    else:
        yield


def close_stale(settings: Settings) -> None:
    """Have Prefect close the runs of killed processes: who holds the folder's lock, as we do, is the only one at work in it."""
    tag = f"{socket.gethostname()}:{settings.out.resolve()}"
    with get_client(sync_client=True) as client:
        if own := flow_run.id:
            client.update_flow_run(own, tags=sorted({*flow_run.tags, tag}))
        _close(client, FlowRunFilterTags(all_=[tag]), own)


def _close(client: SyncPrefectClient, tags: FlowRunFilterTags, own: str | None) -> None:
    running = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.CANCELLING]))
    lost: State = Crashed(message="Its process was killed.")
    for stale in client.read_flow_runs(flow_run_filter=FlowRunFilter(tags=tags, state=running)):
        if str(stale.id) == str(own):
            continue
        working = TaskRunFilterState(type=TaskRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING]))
        for part in client.read_task_runs(
            flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[stale.id])),
            task_run_filter=TaskRunFilter(state=working),
        ):
            client.set_task_run_state(part.id, lost, force=True)
        client.set_flow_run_state(stale.id, lost, force=True)
        _log.info("closed run %s, whose process was killed", stale.name)


def _in_a_row(answer: Answer) -> dict[str, str]:
    report = answer.extraction.report
    return {"report": report.file_name, "outcome": report.outcome.value, "why": report.why}


def _in_a_page(plan: Plan, edition: Edition) -> str:
    """What the night did, as Markdown for Prefect's page of the run."""
    rows = "\n".join(f"| {table} | {count} |" for table, count in edition.counts)
    verdict = f"Held back: {edition.verdict.why}" if edition.verdict.held_back else "Published."
    return (
        f"# Edition {edition.edition_id}\n\n{verdict}\n\n{len(plan.reports)} reports looked at, "
        f"{edition.verdict.errors} findings of severity error.\n\n| table | rows |\n|---|---|\n{rows}\n"
    )
