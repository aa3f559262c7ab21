"""Nights by a schedule, for real: a server, three nights, one cancelled, a killed one closed, a missed one caught up once."""

from __future__ import annotations

import contextlib
import json
import os
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

from pipeline.cli import outcome

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "fixtures" / "reports"
EVERY = 8
_STATES = {"any_": ["RUNNING", "COMPLETED", "CANCELLED", "CRASHED", "FAILED", "SCHEDULED", "PENDING"]}


class Served:
    """``hasila serve`` at work, and what its Prefect server says."""

    def __init__(self, inbox: Path, out: Path, *, every: float) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/api"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        command = [
            sys.executable,
            "-m",
            "pipeline",
            "serve",
            str(inbox),
            "--every",
            str(every),
            "--port",
            str(port),
        ]
        self.log = out.with_suffix(".log").open("ab")
        self.process = subprocess.Popen(
            [*command, "--out", str(out)], cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT)},
            stdout=self.log, stderr=self.log, start_new_session=True,
        )  # fmt: skip

    def runs(self) -> list[dict[str, Any]]:
        """All runs, the earliest first."""
        wanted = {"sort": "START_TIME_ASC", "flow_runs": {"state": {"type": _STATES}}}
        return sorted(self.asked("flow_runs/filter", wanted), key=lambda run: str(run["expected_start_time"]))

    def asked(self, what: str, body: object) -> list[dict[str, Any]]:
        """What the server answers; nothing when it is not there yet."""
        asked = urllib.request.Request(
            f"{self.url}/{what}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=30) as answer:
            found: list[dict[str, Any]] = json.load(answer)
            return found
        return []

    def states(self) -> list[str]:
        return [run["state_type"] for run in self.runs()]

    def end(self, by: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, by)
        self.process.wait(60)
        self.log.close()


def wait_for(what: Callable[[], Any], seconds: float) -> Any:
    deadline = time.monotonic() + seconds
    while not (answer := what()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return answer


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Scanned pages, so that reading takes longer than the pause between two nights."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    with pikepdf.open(REPORTS / "2023-scan.pdf") as scan:
        del scan.pages[9:]
        scan.save(folder / "scan.pdf")
    return folder


@pytest.fixture
def started() -> Iterator[Callable[..., Served]]:
    """Starts servers, and ends what is left of them."""
    all_of: list[Served] = []

    def start(*where: Path, every: float = EVERY) -> Served:
        all_of.append(Served(*where, every=every))
        return all_of[-1]

    yield start
    for served in all_of:
        if served.process.poll() is None:
            served.end(signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.prefect
@pytest.mark.ocr
def test_nights_follow_the_schedule_one_at_a_time_and_a_missed_one_is_caught_up_once(
    inbox: Path, tmp_path: Path, started: Callable[..., Served]
) -> None:
    out = tmp_path / "out"
    served = started(inbox, out)

    def enough() -> bool:
        states = served.states()
        return "FAILED" in states or (states.count("COMPLETED") >= 3 and "CANCELLED" in states)

    assert wait_for(enough, seconds=400)
    runs = served.runs()
    assert "FAILED" not in [run["state_type"] for run in runs], [
        (run["name"], run["state_type"], run["state"]["message"]) for run in runs
    ]
    assert (out / "latest" / "manifest.json").is_file()
    assert any(str(inbox) in run["name"] for run in runs)
    shown = served.asked("logs/filter", {"logs": {"level": {"ge_": 0}}})
    assert "scan.pdf: reading 9 pages" in [line["message"] for line in shown]
    done = [(run["start_time"], run["end_time"]) for run in runs if run["state_type"] == "COMPLETED"]
    assert all(ended <= begun for (_, ended), (begun, _) in zip(sorted(done), sorted(done)[1:], strict=False))

    assert wait_for(lambda: not {"RUNNING", "PENDING"} & set(served.states()), 60)
    served.end(signal.SIGKILL)  # its server goes with it, its nights are not paused
    before = {run["id"] for run in runs if run["state_type"] not in ("SCHEDULED", "PENDING")}
    time.sleep(2.5 * EVERY)
    again = started(inbox, out, every=3600)
    missed = wait_for(
        lambda: [run for run in again.runs() if run["id"] not in before and run["state_type"] == "COMPLETED"],
        200,
    )
    assert len(missed) == 1, [(run["name"], run["state"]) for run in again.runs()]
    others = [run for run in again.runs() if "a later one catches up" in str(run["state"]["message"])]
    assert others
    assert "RUNNING" not in again.states()
    again.end(signal.SIGTERM)


@pytest.mark.parametrize(
    "arguments", [["serve", "inbox"], ["serve", "inbox", "--cron", "30 3 * * *", "--every", "5"]]
)
def test_a_schedule_is_needed_and_only_one(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(arguments) == 2
    assert "--cron" in capsys.readouterr().err


@pytest.mark.prefect
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cron", "nonsense"], "no schedule"),
        (["--cron", "30 3 * * *", "--timezone", "Mars/Base"], "no time zone"),
    ],
)
def test_a_schedule_that_can_not_be_understood_is_told(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(["serve", "inbox", "--out", str(tmp_path), *arguments]) == 2
    assert said in capsys.readouterr().err
