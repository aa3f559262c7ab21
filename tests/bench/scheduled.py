"""Nights by a schedule: ``python -m tests.bench.scheduled FOLDER SECONDS``; prints JSON.

``hasila serve`` starts a night every so many seconds. The first is held while it reads, so that those that begin
meanwhile are cancelled; three are seen to their end. Then one is held again, and who serves is killed, with whom Prefect's
server and the night must end; two nights are missed; whoever serves then catches up on one of them.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.processes import Gate, Started, free_port, mentioning, page_of, started_below, wait_for

_STATES = {"any_": ["RUNNING", "COMPLETED", "CANCELLED", "CRASHED", "FAILED", "SCHEDULED", "PENDING"]}
_NIGHTS, _MISSED = 3, 2


class Served:
    """``hasila serve`` at work, and what its Prefect server says."""

    def __init__(self, start: Started, inbox: Path, out: Path, *, every: float) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/api"
        command = (sys.executable, "-m", "pipeline", "serve", str(inbox), "--out", str(out))
        self.process: subprocess.Popen[bytes] = start(*command, "--every", str(every), "--port", str(port))

    def asked(self, what: str, body: object) -> list[dict[str, Any]]:
        """What the server answers; nothing when it is not there."""
        asked = urllib.request.Request(
            f"{self.url}/{what}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=30) as answer:
            found: list[dict[str, Any]] = json.load(answer)
            return found
        return []

    def runs(self, *states: str) -> list[dict[str, Any]]:
        """All runs, or those in some states, the earliest first."""
        wanted = {"sort": "START_TIME_ASC", "flow_runs": {"state": {"type": _STATES}}}
        found = [
            run for run in self.asked("flow_runs/filter", wanted) if not states or run["state_type"] in states
        ]
        return sorted(found, key=lambda run: str(run["expected_start_time"]))


def nights(folder: Path, every: float) -> dict[str, Any]:
    """See nights begin, be cancelled, end, be killed and be caught up; what was seen."""
    gate, inbox, out = Gate(folder), folder / "inbox", folder / "out"
    page_of("2022-weasyprint.pdf", inbox / "first.pdf", 3, scanned=True)
    start = Started(folder, PATH=gate.path)
    try:
        served = Served(start, inbox, out, every=every)
        seen = _first(served, gate, out, every)
        gate.shut()
        page_of("2021-libreoffice.pdf", inbox / "second.pdf", 2, scanned=True)
        return seen | _killed(served, start, gate, inbox, out, every)
    finally:
        start.end()
        for process in mentioning(gate.path):
            os.kill(process, signal.SIGKILL)


def _first(served: Served, gate: Gate, out: Path, every: float) -> dict[str, Any]:
    cancelled = wait_for(lambda: served.runs("RUNNING") and served.runs("CANCELLED"), 120 + 4 * every)
    gate.open()
    wait_for(lambda: len(served.runs("COMPLETED")) >= _NIGHTS or served.runs("FAILED"), 120 + 5 * every)
    done = served.runs("COMPLETED")
    times = sorted((run["start_time"], run["end_time"]) for run in done)
    told = [line["message"] for line in served.asked("logs/filter", {"logs": {"level": {"ge_": 0}}})]
    return {
        "completed": len(done),
        "cancelled while one was at work": bool(cancelled),
        "failed": [run["state"]["message"] for run in served.runs("FAILED", "CRASHED")],
        "overlapping": sum(begun < ended for (_, ended), (begun, _) in pairwise(times)),
        "names": sorted({run["name"] for run in done}),
        "published": (out / "latest" / "manifest.json").is_file(),
        "told": [line for line in told if "pages" in line],
    }


def _killed(
    served: Served, start: Started, gate: Gate, inbox: Path, out: Path, every: float
) -> dict[str, Any]:
    held = wait_for(lambda: started_below(served.process.pid) and served.runs("RUNNING"), 60 + 3 * every)
    others = {run["id"] for run in served.runs("COMPLETED")}
    os.kill(served.process.pid, signal.SIGKILL)
    served.process.wait()
    all_gone = wait_for(lambda: not mentioning(gate.path), 30)
    gate.open()
    time.sleep((_MISSED + 0.5) * every)
    again = Served(start, inbox, out, every=3600)

    def caught_up() -> list[dict[str, Any]]:
        return [run for run in again.runs("COMPLETED") if run["id"] not in others]

    wait_for(caught_up, 120)
    wait_for(lambda: not again.runs("RUNNING", "PENDING"), 60)
    late = [
        run for run in again.runs("CANCELLED") if "a later one catches up" in str(run["state"]["message"])
    ]
    runs = {run["id"]: run["state_type"] for run in again.runs()}
    os.kill(again.process.pid, signal.SIGTERM)
    again.process.wait(60)
    return {
        "server and night gone with who served": bool(all_gone),
        "the killed night": [runs.get(run["id"]) for run in held or []],
        "caught up": len([key for key, state in runs.items() if state == "COMPLETED" and key not in others]),
        "missed and given up": len(late),
        "still running": list(runs.values()).count("RUNNING"),
    }


if __name__ == "__main__":
    print(json.dumps(nights(Path(sys.argv[1]), float(sys.argv[2]))))
