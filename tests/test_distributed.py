"""Reports read by several workers, of which one is killed: Dask, and a work pool of Prefect with its records in PostgreSQL."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.server import private_api

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "fixtures" / "reports"
PATIENCE = 300.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "HASILA_"))}
    return {**kept, "PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1", **more}


def wait_for(what: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    deadline = time.monotonic() + seconds
    while not (answer := what()) and time.monotonic() < deadline:
        time.sleep(0.3)
    return answer


def some_pages(source: str, target: Path, first: int, pages: int) -> Path:
    """A report of its own from pages of a fixture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.open(REPORTS / source) as pdf:
        del pdf.pages[first + pages :]
        del pdf.pages[:first]
        pdf.save(target)
    return target


def data_of(out: Path) -> dict[str, bytes]:
    edition = (out / "latest").resolve()
    return {
        str(file.relative_to(edition)): file.read_bytes()
        for file in sorted(edition.rglob("*"))
        if file.suffix in (".csv", ".parquet")
    }


def run_plainly(inbox: Path, out: Path) -> dict[str, bytes]:
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "run",
        str(inbox),
        "--out",
        str(out),
        "--no-prefect",
        "--quiet",
    ]
    subprocess.run(command, cwd=ROOT, env=environment(), check=True)
    return data_of(out)


class Started:
    """Processes started by a test; whatever is left of them is ended with it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.all = folder, list[subprocess.Popen[bytes]]()

    def __call__(self, *command: str, **variables: str) -> subprocess.Popen[bytes]:
        log = self.folder / f"process-{len(self.all)}.log"
        with log.open("wb") as said:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(**variables),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.all.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Started]:
    started = Started(tmp_path)
    yield started
    for process in started.all:
        started.kill(process)


def readers_below(process: int) -> list[int]:
    """Reader processes that a process, or one it started, has at work."""
    found: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, file.read_text().split()):
                words = Path(f"/proc/{child}/cmdline").read_bytes()
                found += [child] if b"pipeline.worker" in words else readers_below(child)
    return found


@pytest.mark.slow
@pytest.mark.prefect
def test_a_dask_worker_that_is_killed_costs_only_what_it_had_in_hand(tmp_path: Path, start: Started) -> None:
    inbox, port = tmp_path / "inbox", free_port()
    for number in range(4):
        some_pages("2022-weasyprint.pdf", inbox / f"{number}.pdf", 2 * number, 2)
    dask = (sys.executable, "-m", "dask")
    start(*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    address = f"tcp://127.0.0.1:{port}"
    workers = [
        start(*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name)
        for name in ("first", "second")
    ]
    out = tmp_path / "out"
    command = (sys.executable, "-m", "pipeline", "--debug", "run", str(inbox), "--out", str(out), "--json")
    run = start(*command, HASILA_RUNNER=f"dask:{address}")
    assert wait_for(lambda: all(readers_below(worker.pid) for worker in workers) or run.poll() is not None)
    assert run.poll() is None, Path(tmp_path / "process-3.log").read_text()
    start.kill(workers[0])
    assert wait_for(lambda: run.poll() is not None)
    said = (tmp_path / "process-3.log").read_text()
    assert run.returncode == 0, said
    assert "without it" not in said  # it was Dask that read
    assert data_of(out) == run_plainly(inbox, tmp_path / "plain")


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[str]:
    """A PostgreSQL server for one test; gives the address for Prefect."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        pytest.skip("PostgreSQL does not run as root, and there is no runuser")
    folder, port = Path(f"/tmp/hasila-pg-{os.getpid()}"), free_port()  # its user must reach it
    folder.mkdir(mode=0o700)
    as_its_user = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_its_user = ["runuser", "-u", "postgres", "--"]
    programs_at = programs[-1].parent
    data = str(folder / "data")
    quiet: dict[str, Any] = {"cwd": "/", "check": True, "capture_output": True}
    try:
        subprocess.run(
            [
                *as_its_user,
                str(programs_at / "initdb"),
                "-D",
                data,
                "-U",
                "prefect",
                "-A",
                "trust",
                "--no-sync",
            ],
            **quiet,
        )
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=60"
        subprocess.run(
            [*as_its_user, str(programs_at / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start"],
            cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        yield f"postgresql+asyncpg://prefect@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*as_its_user, str(programs_at / "pg_ctl"), "-D", data, "-m", "immediate", "stop"],
            **{**quiet, "check": False},
        )
        shutil.rmtree(folder, ignore_errors=True)


class Api:
    """What a Prefect server is asked by HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, path: str, body: object | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"{self.url}/{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)

    def begin(self, deployment: str, inbox: Path, out: Path) -> str:
        found = self.ask(f"deployments/name/{deployment}/{deployment}")
        given = {"paths": [str(inbox)], "out": str(out)}
        made = self.ask(f"deployments/{found['id']}/create_flow_run", {"parameters": given})
        return str(made["id"])

    def state(self, run: str) -> str:
        return str(self.ask(f"flow_runs/{run}")["state_type"])


@pytest.mark.slow
@pytest.mark.prefect
def test_a_work_pool_goes_on_without_the_worker_that_is_killed(
    tmp_path: Path, start: Started, postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inboxes = [tmp_path / f"inbox-{number}" for number in range(3)]
    for number, inbox in enumerate(inboxes):
        # Scanned pages, so that a worker is caught while it reads.
        some_pages("2023-scan.pdf", inbox / "a.pdf", 2 * number, 2)
        some_pages("2023-scan.pdf", inbox / "b.pdf", 2 * number + 1, 2)
    outs = [tmp_path / f"out-{number}" for number in range(3)]
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", postgresql)
    with private_api(tmp_path / "prefect") as url:
        api, here = Api(url), {"PREFECT_API_URL": url, "PREFECT_HOME": str(tmp_path / "home")}
        prefect = (sys.executable, "-m", "prefect", "--no-prompt")
        for command in (("work-pool", "create", "hasila", "--type", "process"), ("deploy", "--all")):
            ready = start(*prefect, *command, **here)
            assert ready.wait(PATIENCE) == 0, (tmp_path / f"process-{len(start.all) - 1}.log").read_text()
        workers = [
            start(*prefect, "worker", "start", "--pool", "hasila", "--limit", "1", "--name", name, **here)
            for name in ("first", "second")
        ]
        runs = [api.begin("backfill", inbox, out) for inbox, out in zip(inboxes, outs, strict=True)]
        busy = wait_for(lambda: [worker for worker in workers if readers_below(worker.pid)])
        assert busy
        start.kill(busy[0])
        assert wait_for(lambda: [api.state(run) for run in runs].count("COMPLETED") == 2), [
            *map(api.state, runs)
        ]
        lost = next(number for number, run in enumerate(runs) if api.state(run) != "COMPLETED")
        assert api.state(runs[lost]) in ("RUNNING", "CRASHED")
        wait_for(lambda: not children_of_dead(outs[lost]), 30)
        night = api.begin("nightly", inboxes[lost], outs[lost])
        assert wait_for(lambda: api.state(night) in ("COMPLETED", "FAILED", "CRASHED"))
        assert (api.state(night), api.state(runs[lost])) == ("COMPLETED", "CRASHED")
    assert data_of(outs[lost]) == run_plainly(inboxes[lost], tmp_path / "plain")
    for out in outs:
        assert len(list((out / "shelf" / "readings").iterdir())) == 2


def children_of_dead(out: Path) -> bool:
    """Whether the run of a killed worker still holds its folder."""
    import fcntl

    handle = os.open(out / ".state" / "lock", os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
