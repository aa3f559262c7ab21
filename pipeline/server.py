"""A Prefect API of our own, for as long as somebody needs it; knows no Prefect.

Prefect's temporary server takes a third longer to start, is left behind by ``kill -9``, times out under load and
never fires a schedule. This is the same server started by itself, on this machine's own address alone, and the
kernel ends it with us. With ``PREFECT_API_URL`` set, that server is used instead.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

_START_UP = 180.0  # seconds; a start on a busy machine took up to 38 s
#: An empty database of Prefect's, as its own hundred migrations leave it after eight seconds of the processor's time.
_TABLES = Path(__file__).with_name("prefect.sql")
#: Services of Prefect's server that a single run does without.
_SCHEDULING = (
    *("SCHEDULER", "LATE_RUNS", "FOREMAN", "CANCELLATION_CLEANUP", "PAUSE_EXPIRATIONS"),
    *("REPOSSESSOR", "CLEANUP_RECONCILER", "TRIGGERS", "EVENT_LOGGER", "EVENT_PERSISTER"),
)
#: Tells the nights of ``hasila serve`` which process serves them; for us alone.
SERVED_BY = "HASILA_SERVED_BY"
_SERVER = "prefect.server.api.server:create_app"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@contextlib.contextmanager
def private_api(
    home: Path, *, port: int = 0, scheduling: bool = True, timeout: float = _START_UP
) -> Iterator[str]:
    """Run a Prefect API for this process alone; gives its URL.

    Args:
        home: where its database lies; made if missing.
        port: of this machine, and then with Prefect's pages for people; 0 for any free one, without pages.
        scheduling: whether it starts runs by schedule and looks after them; one run by itself needs neither, and
            these services take more of the processor's time than its records do.
        timeout: seconds to wait for its first answer.

    Raises:
        RuntimeError: when it ends while starting; its last words are in ``home/api.log``.
        TimeoutError: when it does not answer in time.
    """
    if configured := os.environ.get("PREFECT_API_URL"):
        yield configured
        return
    home.mkdir(parents=True, exist_ok=True)
    _with_tables(home / "prefect.db")
    more = {"PREFECT_UI_ENABLED": str(int(bool(port)))}
    if not scheduling:
        more |= {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in _SCHEDULING}
        more["PREFECT_API_BLOCKS_REGISTER_ON_START"] = "false"
    port = port or _free_port()
    with (home / "api.log").open("wb") as log:
        process = _started(home, port, log.fileno(), more)
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


def _with_tables(database: Path) -> None:
    """Make the database, unless it is there; Prefect goes on from its revision when a newer one is installed."""
    if database.exists():
        return
    aside = database.with_name(f"{database.name}.{os.getpid()}")
    with contextlib.closing(sqlite3.connect(aside)) as made:
        made.executescript(_TABLES.read_text(encoding="utf-8"))
    aside.replace(database)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _started(home: Path, port: int, log: int, more: dict[str, str]) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PREFECT_HOME": str(home),
        **more,
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",  # what its pages call
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", _SERVER]
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


def end_with_who_serves() -> None:
    """End at once when ``hasila serve``, whose server a night can't do without, is killed; the next one goes on.

    Else the night would hold the folder, and its place in the schedule, for minutes of attempts at a server that is gone.
    """
    if os.environ.get(SERVED_BY) == str(os.getppid()):
        _die_with_parent(signal.SIGKILL)


def _die_with_parent(by: int = signal.SIGTERM) -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, by)


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
