"""Runs killed with SIGKILL at random moments: ``python -m tests.bench.killednight FOLDER MOMENTS [WHAT…]``; prints JSON.

What is killed is by turns the run itself (``run``), a reader (``reader``) and Prefect's server (``server``). The next run
must complete with the bytes of a run that nobody disturbed, read no page that was finished before, and leave no process.
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

import pikepdf

_ROOT = Path(__file__).resolve().parent.parent.parent
_SOURCE = _ROOT / "fixtures" / "reports" / "2021-libreoffice.pdf"
_SEED = 20_261_127
_PATIENCE = 300.0
WHAT = ("run", "reader", "run", "server")


def inbox_in(folder: Path) -> Path:
    """Five reports of two pages."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    for number in range(5):
        with pikepdf.open(_SOURCE) as pdf:
            del pdf.pages[2 * number + 2 :]
            del pdf.pages[: 2 * number]
            pdf.save(inbox / f"{number}.pdf", deterministic_id=True)
    return inbox


def attempts(folder: Path, moments: int, what: tuple[str, ...] = WHAT) -> dict[str, object]:
    """Kill so many times, and look at what the next run makes of it.

    Returns:
        How often each was killed, and how often the next run did not complete, had other bytes, read a finished page
        again, or left a process; all but the first should be 0.
    """
    dice, inbox = random.Random(_SEED), inbox_in(folder)
    whole = {
        kind: _timed(inbox, folder / f"whole-{kind}", prefect=kind == "server")
        for kind in dict.fromkeys(what)
    }
    expected = data_of(folder / f"whole-{what[0]}")
    counts: Counter[str] = Counter()
    for attempt in range(moments):
        kind, out = what[attempt % len(what)], folder / f"out-{attempt}"
        pages = out.with_suffix(".pages")
        process = _started(inbox, out, pages, prefect=kind == "server")
        hit = _killed(kind, process, dice.uniform(0.02, 1.0) * whole[kind])
        counts[f"killed: {kind}" if hit else f"over before it was hit: {kind}"] += 1
        again = _started(inbox, out, pages, prefect=False)
        if again.wait(_PATIENCE):
            counts["next run did not complete"] += 1
        counts["other bytes"] += data_of(out) != expected
        lines = pages.read_text().splitlines() if pages.exists() else []
        counts["finished pages read again"] += len(lines) - len(set(lines))
        counts["processes left"] += len(_left(str(out)))
        shutil.rmtree(out)
    return {
        **{name: counts[name] for name in ("next run did not complete", "other bytes")},
        **{name: counts[name] for name in ("finished pages read again", "processes left")},
        **{name: count for name, count in sorted(counts.items()) if ": " in name},
    }


def data_of(out: Path) -> dict[str, bytes]:
    """The data files of the published edition."""
    latest = out / "latest"
    return {
        str(file.relative_to(latest)): file.read_bytes()
        for file in sorted(latest.rglob("*"))
        if file.suffix in (".csv", ".parquet")
    }


def _started(inbox: Path, out: Path, pages: Path, *, prefect: bool) -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "HASILA_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.counting", "run", str(inbox), "--out", str(out), "--quiet"]
        + ([] if prefect else ["--no-prefect"]),
        cwd=_ROOT,
        env={**kept, "PYTHONPATH": str(_ROOT), "COUNTED": str(pages)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _timed(inbox: Path, out: Path, *, prefect: bool) -> float:
    begun = time.monotonic()
    if code := _started(inbox, out, out.with_suffix(".pages"), prefect=prefect).wait(_PATIENCE):
        raise RuntimeError(f"a run that nobody disturbed ended with {code}")
    return time.monotonic() - begun


def _killed(kind: str, process: subprocess.Popen[bytes], after: float) -> bool:
    """Wait for the moment and kill; whether there was something to kill. A run that goes on is waited for."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(after)
    words = {"reader": "tests.counting", "server": "uvicorn"}.get(kind)
    deadline = time.monotonic() + after
    while True:  # a reader or a server may not be there at this very moment
        found = [process.pid] if not words else [p for p in _children(process.pid) if words in _command(p)]
        if found or process.poll() is not None or time.monotonic() > deadline:
            break
        time.sleep(0.01)
    hit = process.poll() is None and bool(found)
    if hit:
        with contextlib.suppress(ProcessLookupError):
            os.kill(found[0], signal.SIGKILL)
    process.wait(_PATIENCE)
    return hit


def _children(parent: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{parent}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in file.read_text().split()]
    return found


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def _left(mark: str) -> list[int]:
    """Processes that still have something to do with a folder, by their environment; they may take a moment to end."""
    deadline = time.monotonic() + 10
    while True:
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (
                    int(place.name) != os.getpid()
                    and f"COUNTED={mark}.".encode() in (place / "environ").read_bytes()
                ):
                    found.append(int(place.name))
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


if __name__ == "__main__":
    print(json.dumps(attempts(Path(sys.argv[1]), int(sys.argv[2]), tuple(sys.argv[3:]) or WHAT)))
