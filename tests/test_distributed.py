"""Reports read by several workers, of which one is killed: Dask, and a work pool of Prefect with its records in PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.server import private_api
from tests.processes import (
    PATIENCE,
    ROOT,
    Gate,
    Started,
    data_of,
    environment,
    free_port,
    page_of,
    started_below,
    wait_for,
)


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path)


@pytest.fixture
def start(tmp_path: Path, gate: Gate) -> Iterator[Started]:
    started = Started(tmp_path, PATH=gate.path)
    yield started
    started.end()


def some_reports(inbox: Path, *pages: int) -> Path:
    """Reports whose readers stop at the gate when they have read the first of their two pages."""
    for number in pages:
        page_of("2022-weasyprint.pdf", inbox / f"{number}.pdf", number, scanned=True)
    return inbox


def run_plainly(inbox: Path, out: Path, gate: Gate) -> dict[str, bytes]:
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
    subprocess.run(command, cwd=ROOT, env=environment(PATH=gate.path), check=True)
    return data_of(out)


@pytest.mark.slow
@pytest.mark.prefect
def test_a_dask_worker_that_is_killed_costs_only_what_it_had_in_hand(
    tmp_path: Path, start: Started, gate: Gate
) -> None:
    inbox, port, out = some_reports(tmp_path / "inbox", 2, 3, 4), free_port(), tmp_path / "out"
    dask = (sys.executable, "-m", "dask")
    start(*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    address = f"tcp://127.0.0.1:{port}"
    workers = [
        start(*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name)
        for name in ("first", "second")
    ]
    command = (sys.executable, "-m", "pipeline", "--debug", "run", str(inbox), "--out", str(out), "--json")
    run = start(*command, HASILA_RUNNER=f"dask:{address}")
    assert wait_for(lambda: all(started_below(each.pid) for each in workers) or run.poll() is not None)
    assert run.poll() is None, start.said(run)
    start.kill(workers[0])
    gate.open()
    assert run.wait(PATIENCE) == 0, start.said(run)
    assert "without it" not in start.said(run)  # it was Dask that read
    assert data_of(out) == run_plainly(inbox, tmp_path / "plain", gate)


@pytest.mark.slow
@pytest.mark.prefect
def test_ray_workers_publish_the_bytes_of_the_plain_functions(
    tmp_path: Path, start: Started, gate: Gate
) -> None:
    pytest.importorskip("prefect_ray", reason="Ray is not installed (the extra ray)")
    inbox, out = some_reports(tmp_path / "inbox", 2, 3), tmp_path / "out"
    gate.open()
    command = (sys.executable, "-m", "pipeline", "--debug", "run", str(inbox), "--out", str(out), "--json")
    run = start(*command, HASILA_RUNNER="ray")
    assert run.wait(PATIENCE) == 0, start.said(run)
    assert "without it" not in start.said(run)
    assert data_of(out) == run_plainly(inbox, tmp_path / "plain", gate)


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
    tmp_path: Path, start: Started, gate: Gate, postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inboxes = [some_reports(tmp_path / f"inbox-{number}", number) for number in (2, 3, 4)]
    outs = [tmp_path / f"out-{number}" for number in (2, 3, 4)]
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", postgresql)
    with private_api(tmp_path / "prefect") as url:
        api, here = Api(url), {"PREFECT_API_URL": url, "PREFECT_HOME": str(tmp_path / "home")}
        prefect = (sys.executable, "-m", "prefect", "--no-prompt")
        api.ask("work_pools/", {"name": "hasila", "type": "process"})
        deployed = start(*prefect, "deploy", "--all", **here)
        assert deployed.wait(PATIENCE) == 0, start.said(deployed)
        workers = [
            start(*prefect, "worker", "start", "--pool", "hasila", "--limit", "1", "--name", name, **here)
            for name in ("first", "second")
        ]
        runs = [api.begin("backfill", inbox, out) for inbox, out in zip(inboxes, outs, strict=True)]
        busy = wait_for(lambda: [worker for worker in workers if started_below(worker.pid)])
        assert busy
        start.kill(busy[0])
        gate.open()
        assert wait_for(lambda: [api.state(run) for run in runs].count("COMPLETED") == 2), [
            *map(api.state, runs)
        ]
        lost = next(number for number, run in enumerate(runs) if api.state(run) != "COMPLETED")
        assert api.state(runs[lost]) in ("RUNNING", "CRASHED")
        wait_for(lambda: not at_work_in(outs[lost]), 30)
        night = api.begin("nightly", inboxes[lost], outs[lost])
        assert wait_for(lambda: api.state(night) in ("COMPLETED", "FAILED", "CRASHED"))
        assert (api.state(night), api.state(runs[lost])) == ("COMPLETED", "CRASHED")
    assert data_of(outs[lost]) == run_plainly(inboxes[lost], tmp_path / "plain", gate)
    for out in outs:
        assert len(list((out / "shelf" / "readings").iterdir())) == 1


def at_work_in(out: Path) -> bool:
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
