"""A night with nothing new for many known reports: ``python -m tests.bench.knownnight FOLDER REPORTS``; prints JSON.

The reports are empty pages, all examined once; the edition that holds them is made up, for what is measured is the way to
"nothing new": looking at every file, asking what is known of it, finding the edition.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf

from pipeline import run as path
from pipeline.archive.shelf import Shelf
from pipeline.codebook.loading import load
from pipeline.night import edition_key, look
from pipeline.settings import Settings
from pipeline.warehouse.publish import publish
from tests.bench.synthetic import extractions

_ROOT = Path(__file__).resolve().parent.parent.parent
_TIMES = 5


def made(folder: Path, reports: int) -> Settings:
    """An inbox of so many reports, all of them known and published."""
    inbox, settings = folder / "inbox", Settings(out=folder / "out")
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(folder / "one.pdf")
    page = (folder / "one.pdf").read_bytes()
    for number in range(reports):
        place = inbox / f"{number % 20:02}" / f"report-{number:05}.pdf"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page + b"%% %d\n%%%%EOF\n" % number)
    time.sleep(1.5)  # a file written this moment is not taken for known
    plan = look([inbox], settings)
    edition = publish(
        path.assembled(list(extractions(2)), load()), settings.out, clock=lambda: datetime.now(UTC), tools={}
    )
    edition = replace(edition, folder=edition.folder.resolve())
    Shelf(settings.shelf).keep("editions", edition_key(plan.reports, plan.versions, settings), edition)
    return settings


def measure(folder: Path, reports: int) -> dict[str, float]:
    """Wall and processor seconds of the fastest of some nights with nothing new."""
    settings = made(folder, reports)
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "run",
        str(folder / "inbox"),
        "--out",
        str(settings.out),
        "--json",
    ]
    walls, works = [], []
    for _ in range(_TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        done = subprocess.run(
            command, cwd=_ROOT, env={**os.environ, "PYTHONPATH": str(_ROOT)}, capture_output=True, check=True
        )
        walls.append(time.perf_counter() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        works.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        if json.loads(done.stdout)["new"]:
            raise RuntimeError("there was something new")
    return {"seconds": min(walls), "processor seconds": min(works), "slowest": max(walls)}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
