"""Publishing killed at random moments: what readers find afterwards is the old edition or the new one, whole.

Run as ``python -m tests.bench.killing FOLDER MOMENTS``; prints one JSON object. Every attempt is a forked child that
publishes the other of two datasets and is killed with SIGKILL; the parent only looks at files.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from pipeline import run
from pipeline.codebook.loading import load
from pipeline.model.edition import Dataset
from pipeline.warehouse.publish import publish
from tests.bench.synthetic import extractions


def attempts(out: Path, moments: int) -> dict[str, int | float]:
    """Publish and kill so many times.

    Returns:
        How often the new edition was there, how often still the old one, how often anything else.
    """
    codebook = load()
    datasets = [run.assembled(list(extractions(count)), codebook) for count in (1, 2)]
    took = []
    for dataset in (*datasets, datasets[0]):
        started = time.monotonic()
        child = _start(dataset, out)
        if os.waitpid(child, 0)[1]:
            raise RuntimeError("publishing failed without being killed")
        took.append(time.monotonic() - started)
        _forget(out)
    whole = min(took)
    dice = random.Random(20_240_229)
    counts = {"old": 0, "new": 0, "neither": 0}
    for attempt in range(moments):
        before = _published(out)
        child = _start(datasets[(attempt + 1) % 2], out)
        time.sleep(dice.uniform(0, 1.6 * whole))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        after = _published(out)
        if not after or not _whole(out / "latest"):
            counts["neither"] += 1
        else:
            counts["old" if after == before else "new"] += 1
        _forget(out)
    return {**counts, "seconds of one publish": round(whole, 2)}


def _start(dataset: Dataset, out: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        publish(dataset, out, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC), tools={})
    except BaseException:
        os._exit(1)
    os._exit(0)


def _published(out: Path) -> str:
    latest = out / "latest"
    return latest.resolve().name if latest.exists() else ""


def _forget(out: Path) -> None:
    """Take away every edition but the published one, so that the next attempt has to write."""
    for folder in (out / "editions").iterdir():
        if folder.name != _published(out) and not folder.name.startswith(".writing-"):
            shutil.rmtree(folder)


def _whole(edition: Path) -> bool:
    """Whether every file that the manifest names is there with its checksum, and none beside them."""
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    there = {str(p.relative_to(edition.resolve())) for p in edition.resolve().rglob("*") if p.is_file()}
    return there == {*manifest["files"], "manifest.json"} and all(
        hashlib.sha256((edition / name).read_bytes()).hexdigest() == digest
        for name, digest in manifest["files"].items()
    )


if __name__ == "__main__":
    print(json.dumps(attempts(Path(sys.argv[1]), int(sys.argv[2]))))
