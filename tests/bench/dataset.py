"""Assembling, checking and publishing at scale, and publishing killed at random moments."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from pipeline import run as path
from pipeline.codebook.loading import load
from pipeline.warehouse.publish import begun, finish
from tests.bench.synthetic import READINGS_A_REPORT, extractions

#: Reports of each measurement; the last is the one that the limits are for.
REPORTS = (500, 1000, 2000)
MOST_SECONDS, MOST_MEGABYTES = 60, 2000
MOMENTS = 50
_ROOT = Path(__file__).resolve().parent.parent.parent


def run() -> str:
    """Measure, each size in a process of its own; a Markdown section."""
    lines = [
        "| readings | reports | assembled and checked, s | published, s | together, s | twice the readings"
        " | CPU, s | twice the readings | peak memory, MB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    before = work = 0.0
    for reports in REPORTS:
        held = _apart("tests.bench.dataset", str(reports))
        whole = held["assembled"] + held["published"]
        lines.append(
            f"| {held['readings']:.0f} | {reports} | {held['assembled']:.1f} | {held['published']:.1f} | {whole:.1f} |"
            f" {_against(whole, before)} | {held['cpu']:.1f} | {_against(held['cpu'], work)} | {held['megabytes']:.0f} |"
        )
        before, work = whole, held["cpu"]
    verdict = "met" if whole < MOST_SECONDS else "missed"
    memory = "met" if held["megabytes"] < MOST_MEGABYTES else "missed"
    lines += [
        "",
        f"Limit of {MOST_SECONDS} s for a million: {verdict}; of {MOST_MEGABYTES} MB: {memory}.",
        "",
    ]
    with tempfile.TemporaryDirectory(prefix="hasila-bench-") as folder:
        killed = _apart("tests.bench.killing", folder, str(MOMENTS))
    lines.append(
        f"Publishing (about {killed['seconds of one publish']} s) killed at {MOMENTS} random moments: "
        f"{killed['old']:.0f} times the old edition was there, {killed['new']:.0f} times the new one, "
        f"{killed['neither']:.0f} times neither."
    )
    return "\n".join(lines)


def _against(now: float, before: float) -> str:
    return f"× {now / before:.2f}" if before else ""


def _apart(module: str, *arguments: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=_ROOT, check=True, capture_output=True, text=True
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def measure(reports: int, out: Path) -> dict[str, float]:
    """Seconds and peak memory of one edition of so many made-up reports; making them up is not counted.

    Of a machine that others work on too, the CPU seconds say more than those of the clock; those of the processes beside
    are counted. The memory is that of this process: those beside share its pages but for the nouns they touch.
    """
    held = list(extractions(reports))
    codebook = load()
    started, worked = time.perf_counter(), _worked()
    said = path.printed(held, codebook)
    with begun(said, out) as writing:
        dataset = path.assembled(held, codebook, said=said)
        del held
        assembled = time.perf_counter()
        finish(writing, dataset, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC), tools={})
    return {
        "readings": reports * READINGS_A_REPORT,
        "assembled": assembled - started,
        "published": time.perf_counter() - assembled,
        "cpu": _worked() - worked,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _worked() -> float:
    """CPU seconds of this process and of those that it waited for."""
    held = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in held)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="hasila-bench-") as folder:
        print(json.dumps(measure(int(sys.argv[1]), Path(folder))))
