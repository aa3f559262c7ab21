"""The nightly flow: Prefect around the functions of ``pipeline.run``, and nothing else.

The only module that imports Prefect. A task is one report, run in a thread that waits for a child
process; no result is cached or stored by Prefect (``outputs/shelf`` is the one cache, asked before
Prefect is imported at all), and its database is a view, never the system of record.

Prefect's own temporary server takes a third longer to start, is left behind by ``kill -9``, times out
under load and never fires a schedule. :func:`private_api` starts the same server by itself, on a free
port of this machine alone, and the kernel ends it with us. With ``PREFECT_API_URL`` set, that server is
used instead.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

# Prefect reads these while it is imported.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from pipeline import run
from pipeline.apart import Answer
from pipeline.model.edition import Edition
from pipeline.model.report import Report
from pipeline.night import Plan, Told
from pipeline.settings import Settings
from pipeline.versions import Versions

_START_UP = 180.0  # seconds; a first start migrates a new database and took up to 38 s on a busy machine
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
T = TypeVar("T")


def _whole(noun: T) -> T:
    """Keep Prefect from walking through every part of an argument in search of futures."""
    return cast(T, quote(noun))


@task(task_run_name="read {name}", cache_policy=NO_CACHE, persist_result=False)
def read_report(
    name: str, report: Report, versions: Versions, settings: Settings, stop: threading.Event
) -> Answer:
    """One report, in a child process; never fails for what the report holds."""
    return run.read_one(report, versions, settings, stop)


@task(cache_policy=NO_CACHE, persist_result=False)
def publish_edition(plan: Plan, answers: Sequence[Answer], settings: Settings) -> Edition:
    """Series, findings, edition: all or nothing, never tried twice."""
    return run.publish_edition(plan, answers, settings)


@flow(name="nightly", validate_parameters=False, persist_result=False)
def nightly(plan: Plan, settings: Settings, told: Told | None = None) -> Edition:
    """Read what the plan lists, some reports at a time, and publish one edition."""
    stop = threading.Event()
    waiting = sorted(plan.reports, key=lambda report: -report.page_count)
    try:
        futures = {
            read_report.submit(
                report.file_name, _whole(report), _whole(plan.versions), _whole(settings), _whole(stop)
            ): report
            for report in waiting
        }
        answers: dict[str, Answer] = {}
        for future in as_completed(list(futures)):
            report = futures[future]
            answers[report.report_id] = future.result()
            if told:
                told(report, answers[report.report_id])
    except BaseException:  # an interrupt too: the child processes must not be left at work
        stop.set()
        raise
    in_order = [answers[report.report_id] for report in plan.reports]
    edition = publish_edition(_whole(plan), _whole(in_order), _whole(settings))
    create_markdown_artifact(key="nightly", markdown=_in_a_page(plan, edition))
    return edition


def through_prefect(plan: Plan, settings: Settings, told: Told | None = None) -> Edition:
    """Carry out a plan as the flow, with an API of our own unless one is configured."""
    home = (settings.state / "prefect").resolve()
    runner = cast(Any, ThreadPoolTaskRunner(max_workers=settings.workers))  # its type is invariant
    with private_api(home) as url, temporary_settings({PREFECT_API_URL: url, PREFECT_HOME: home}):
        edition: Edition = nightly.with_options(task_runner=runner)(plan, settings, told)
        return edition


@contextlib.contextmanager
def private_api(home: Path, *, timeout: float = _START_UP) -> Iterator[str]:
    """Run a Prefect API for this process alone; gives its URL.

    Args:
        home: where its database lies; made if missing.
        timeout: seconds to wait for its first answer.

    Raises:
        RuntimeError: when it ends while starting; its last words are in ``home/api.log``.
        TimeoutError: when it does not answer in time.
    """
    if configured := os.environ.get("PREFECT_API_URL"):
        yield configured
        return
    home.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (home / "api.log").open("wb") as log:
        process = _started(home, port, log.fileno())
    try:
        url = f"http://127.0.0.1:{port}/api"
        _wait_for(url, process, timeout, home / "api.log")
        yield url
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _started(home: Path, port: int, log: int) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PREFECT_HOME": str(home),
        "PREFECT_UI_ENABLED": "0",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error", "--lifespan", "on"]
    return subprocess.Popen(
        [*command, *options],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        preexec_fn=_die_with_parent,  # no other thread of ours is running yet
        start_new_session=True,  # an interrupt at the terminal is for us; we end it ourselves
    )


def _die_with_parent() -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_for(url: str, process: subprocess.Popen[bytes], timeout: float, log: Path) -> None:
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            if answer.status == 200:
                return
        if process.poll() is not None:
            raise RuntimeError(f"Prefect's API ended while starting (code {process.returncode}), see {log}")
        time.sleep(0.1)
    raise TimeoutError(f"Prefect's API did not answer within {timeout:.0f} s, see {log}")


def _in_a_page(plan: Plan, edition: Edition) -> str:
    """What the night did, as Markdown for Prefect's page of the run."""
    rows = "\n".join(f"| {table} | {count} |" for table, count in edition.counts)
    verdict = f"Held back: {edition.verdict.why}" if edition.verdict.held_back else "Published."
    return (
        f"# Edition {edition.edition_id}\n\n{verdict}\n\n{len(plan.reports)} reports looked at, "
        f"{edition.verdict.errors} findings of severity error.\n\n| table | rows |\n|---|---|\n{rows}\n"
    )
