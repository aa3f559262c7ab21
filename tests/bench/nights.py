"""Nights: nothing new, what orchestration costs, two readers against one, broken reports, mutations, kills at random."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent.parent
#: Reports of the night with nothing new, and the seconds it may take.
KNOWN, NOTHING_NEW = 10_000, 2.0
REPORTS, FEW, MUTATIONS, MOMENTS = 300, 120, 2400, 100
#: Seconds between the nights of a schedule.
EVERY = 20
#: Limits: share of the processor's time that goes to orchestration, and how much faster two readers are than one.
SHARE, FASTER = 0.05, 1.8


def run() -> str:
    """Measure, each in a process of its own; a Markdown section."""
    known = _apart("knownnight", str(KNOWN))
    through, plain = (_apart("brokennight", str(REPORTS), how) for how in ("prefect-2", "plain-2"))
    faster, seen = _apart("tworeaders", str(FEW))["times"], _apart("scheduled", str(EVERY))
    fuzzed, killed = _apart("fuzzed", str(MUTATIONS)), _apart("killednight", str(MOMENTS))
    share = 1 - plain["processor seconds"] / through["processor seconds"]
    broken = ", ".join(f"{count} {name}" for name, count in through["broken ones"].items())
    outcomes = ", ".join(f"{count} {name}" for name, count in fuzzed["outcomes"].items())
    killings = ", ".join(f"{count} {name}" for name, count in killed.items())
    rows = (
        (
            f"night with nothing new, {KNOWN} known reports, of the {NOTHING_NEW:.0f} s allowed",
            f"{known['seconds'] / NOTHING_NEW:.2f} (processor {known['processor seconds'] / NOTHING_NEW:.2f})",
            known["seconds"] < NOTHING_NEW,
        ),
        (f"orchestration's share of the processor's time, {REPORTS} reports", f"{share:.1%}", share <= SHARE),
        (
            f"two readers against one, {FEW} reports, {os.cpu_count()} cores",
            f"× {faster:.2f}",
            faster >= FASTER,
        ),
        (
            f"{REPORTS} reports, 5 % of them broken: good ones published",
            f"{through['good ones read']} of {through['good ones']}",
            through["good ones read"] == through["good ones"],
        ),
        ("the broken ones", broken, not through["broken ones without a reason"]),
        ("largest reader, of its bound", _share(through), through["largest reader, MB"] < _bound()),
        ("processes left running", str(through["left running"]), not through["left running"]),
        (f"{fuzzed['files']} mutations of the fixtures", outcomes, fuzzed["files"] == MUTATIONS),
        (
            f"a schedule of every {EVERY} s: completed, overlapping, caught up of those missed",
            f"{seen['completed']}, {seen['overlapping']}, {seen['caught up']}",
            seen["completed"] >= 3 and (seen["overlapping"], seen["caught up"], seen["failed"]) == (0, 1, []),
        ),
        (
            f"killed at {MOMENTS} random moments",
            killings,
            not any(v for k, v in killed.items() if ": " not in k),
        ),
    )
    lines = ["| what | measured | limit |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {a} | {b} | {'met' if met else 'missed'} |" for a, b, met in rows)])


def _bound() -> int:
    from tests.bench.brokennight import MEMORY_MB

    return MEMORY_MB


def _share(measured: dict[str, Any]) -> str:
    return f"{measured['largest reader, MB'] / _bound():.0%}"


def _apart(module: str, *arguments: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="hasila-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", f"tests.bench.{module}", folder, *arguments],
            cwd=_ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured
