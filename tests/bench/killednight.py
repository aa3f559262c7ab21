"""Runs killed with SIGKILL at random moments: ``python -m tests.bench.killednight FOLDER MOMENTS [FIRST]``; prints JSON.

What is killed is by turns the run itself, a reader, and Prefect's server; the moment is some pages into the run and a
little later. The next run must complete with the bytes of a run that nobody disturbed, read no page that was finished
before, and leave no process. Each attempt is a line of ``FOLDER/attempts.jsonl``, so that a hundred can be made in pieces:
what is printed is the sum of all that are there.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.processes import data_of, environment, mentioning, page_of, started_below, wait_for

_ROOT = Path(__file__).resolve().parent.parent.parent
_SEED = 20_261_127
_PATIENCE = 300.0
_REPORTS = 5
WHAT = ("run", "reader", "run", "server")
_WORDS = {"reader": "tests.counting", "server": "uvicorn"}
#: Seconds that a run goes on after its last page: series, findings, edition.
_PUBLISHING = 2.5


def attempts(folder: Path, moments: int, first: int = 0) -> dict[str, int]:
    """Kill so many times, and look at what the next run makes of it.

    Args:
        folder: of the reports, the runs, and the attempts made.
        moments: how many.
        first: number of the first one; it decides what is killed, and when.

    Returns:
        How often each was killed, and how often the next run did not complete, had other bytes, read a finished page
        again, or left a process; all but the first should be 0.
    """
    inbox, whole = folder / "inbox", folder / "whole"
    if not whole.exists():
        for number in range(_REPORTS):
            page_of("2021-libreoffice.pdf", inbox / f"{number}.pdf", number + 1)
        if code := _started(inbox, whole, prefect=False).wait(_PATIENCE):
            raise RuntimeError(f"a run that nobody disturbed ended with {code}")
    said = folder / "attempts.jsonl"
    for number in range(first, first + moments):
        found = _attempt(number, inbox, folder / f"out-{number}", data_of(whole))
        with said.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"attempt": number, **found}) + "\n")
    counts = Counter[str]()
    for line in said.read_text(encoding="utf-8").splitlines():
        counts.update({name: int(count) for name, count in json.loads(line).items() if name != "attempt"})
    return dict(sorted(counts.items(), key=lambda counted: ": " in counted[0]))


def _attempt(number: int, inbox: Path, out: Path, expected: dict[str, bytes]) -> dict[str, int]:
    dice, kind = random.Random(f"{_SEED} {number}"), WHAT[number % len(WHAT)]
    process = _started(inbox, out, prefect=kind == "server")
    hit = _killed(kind, process, out, dice)
    completed = _started(inbox, out, prefect=False).wait(_PATIENCE) == 0
    read = _pages(out)
    found = {
        "next run did not complete": int(not completed),
        "other bytes": int(data_of(out) != expected),
        "finished pages read again": len(read) - len(set(read)),
        "processes left": int(not wait_for(lambda: not mentioning(_mark(out)), 10)),
        f"killed: {kind}" if hit else f"over before it was hit: {kind}": 1,
    }
    shutil.rmtree(out)
    return found


def _mark(out: Path) -> str:
    """What the environment of every process of a run says."""
    return f"COUNTED={out.with_suffix('.pages')}"


def _pages(out: Path) -> list[str]:
    file = out.with_suffix(".pages")
    return file.read_text().splitlines() if file.exists() else []


def _started(inbox: Path, out: Path, *, prefect: bool) -> subprocess.Popen[bytes]:
    name, _, value = _mark(out).partition("=")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.counting", "run", str(inbox), "--out", str(out), "--quiet"]
        + ([] if prefect else ["--no-prefect"]),
        cwd=_ROOT, env=environment(**{name: value}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _killed(kind: str, process: subprocess.Popen[bytes], out: Path, dice: random.Random) -> bool:
    """Wait for the moment and kill; whether there was something to kill. A run that goes on is waited for."""
    last = _REPORTS if kind != "reader" else _REPORTS - 1
    pages, later = dice.randint(0, last), dice.uniform(0.0, _PUBLISHING if kind == "run" else 0.5)
    over = lambda: process.poll() is not None  # noqa: E731
    wait_for(lambda: over() or len(_pages(out)) >= pages, _PATIENCE)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(later)
    words = _WORDS.get(kind)
    deadline, found = time.monotonic() + 60, list[int]()
    while (
        not over() and not found and time.monotonic() < deadline
    ):  # a reader may not be there at this very moment
        found = started_below(process.pid, words) if words else [process.pid]
    hit = bool(found) and not over()
    if hit:
        with contextlib.suppress(ProcessLookupError):
            os.kill(found[0], signal.SIGKILL)
    process.wait(_PATIENCE)
    return hit


if __name__ == "__main__":
    print(json.dumps(attempts(Path(sys.argv[1]), *map(int, sys.argv[2:]))))
