"""A night of many reports of which some are broken: ``python -m tests.bench.brokennight FOLDER REPORTS HOW``; prints JSON.

``HOW`` is ``prefect`` or ``plain``, with the number of readers (``prefect-2``). One report in twenty is broken: cut short, a page
that unpacks to a gigabyte, a page tree that is a ring, a form that draws itself a billion times, or no PDF at all.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

_ROOT = Path(__file__).resolve().parent.parent.parent
_REPORTS = _ROOT / "fixtures" / "reports"
_SOURCES = ("2021-libreoffice.pdf", "2022-weasyprint.pdf", "2024-chromium.pdf")
_EVERY = 20
MEMORY_MB = 1024
_LIMITS = {"HASILA_BASE_SECONDS": "25", "HASILA_SECONDS_PER_PAGE": "5", "HASILA_MEMORY_MB": str(MEMORY_MB)}


def inbox_in(folder: Path, reports: int) -> tuple[Path, set[str]]:
    """Reports of one page each, and the names of the broken ones."""
    inbox, broken = folder / "inbox", set()
    inbox.mkdir(parents=True)
    pages = [(source, number) for source in _SOURCES for number in range(10)]
    for number in range(reports):
        name = f"{number:04}.pdf"
        if number % _EVERY == _EVERY - 1:
            BROKEN[number // _EVERY % len(BROKEN)](inbox / name)
            broken.add(name)
        else:
            source, page = pages[number % len(pages)]
            with pikepdf.open(_REPORTS / source) as pdf:
                one = pikepdf.new()
                one.pages.append(pdf.pages[page])
                one.docinfo["/Title"] = name  # so that no two are the same
                one.save(inbox / name, deterministic_id=True)
    return inbox, broken


def cut_short(path: Path) -> None:
    """Half a file, without any page."""
    content = (_REPORTS / _SOURCES[1]).read_bytes()
    path.write_bytes(content[: len(content) // 3] + path.name.encode())


def bomb(path: Path) -> None:
    """A page whose content unpacks to a gigabyte."""
    packer, piece = zlib.compressobj(9), b"0 0 m 9 9 l S\n" * 75_000
    packed = b"".join([*(packer.compress(piece) for _ in range(1000)), packer.flush()])
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj.Contents = pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode)
    _saved(pdf, path)


def ring(path: Path) -> None:
    """A page tree whose branch holds itself."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    branch = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1, Kids=Array()))
    branch.Kids.append(branch)
    pdf.Root.Pages.Kids.append(branch)
    _saved(pdf, path)


def laughter(path: Path) -> None:
    """Forms that draw the next one ten times each, nine deep: a renderer that follows never ends."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    inner = pdf.make_stream(b"0 0 m 9 9 l S", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    for _ in range(9):
        resources = Dictionary(XObject=Dictionary(F=inner))
        inner = pdf.make_stream(
            b"/F Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=resources
        )
    page.obj.Resources = Dictionary(XObject=Dictionary(F=inner))
    page.obj.Contents = pdf.make_stream(b"/F Do " * 10)
    _saved(pdf, path)


def no_pdf(path: Path) -> None:
    """A web page under a PDF name."""
    path.write_text(f"<!DOCTYPE html><html>{path.name}", encoding="utf-8")


def _saved(pdf: pikepdf.Pdf, path: Path) -> None:
    pdf.docinfo["/Title"] = path.name
    pdf.save(path, deterministic_id=True)


BROKEN: tuple[Callable[[Path], None], ...] = (cut_short, bomb, ring, laughter, no_pdf)


def measure(folder: Path, reports: int, how: str) -> dict[str, Any]:
    """What became of the reports, what it took, and what was left running."""
    inbox, broken = inbox_in(folder, reports)
    through, _, readers = how.partition("-")
    out = folder / "out"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "HASILA_"))}
    environment = {**kept, **_LIMITS, "PYTHONPATH": str(_ROOT), "HASILA_WORKERS": readers or "2"}
    command = [sys.executable, "-m", "pipeline", "run", str(inbox), "--out", str(out), "--json"]
    largest: list[int] = [0]
    over = threading.Event()
    watching = threading.Thread(target=_watch, args=(largest, over), daemon=True)
    watching.start()
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [*command, *([] if through == "prefect" else ["--no-prefect"])],
        cwd=_ROOT, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    seconds = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    over.set()
    watching.join()
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode()[-2000:])
    rows = json.loads(done.stdout)["reports"]
    bad = [row for row in rows if row["file_name"] in broken]
    good = [row for row in rows if row["file_name"] not in broken]
    return {
        "reports": len(rows),
        "good ones read": sum(row["outcome"] in ("read", "partly") for row in good),
        "good ones": len(good),
        "broken ones": dict(Counter(row["outcome"] for row in bad)),
        "broken ones without a reason": sum(not row["why"] and row["outcome"] != "read" for row in bad),
        "seconds": seconds,
        "processor seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "largest reader, MB": largest[0],
        "left running": len(_ours(out)),
    }


def _watch(largest: list[int], over: threading.Event) -> None:
    """The most memory that a reader was seen to hold."""
    while not over.wait(0.2):
        for place in _readers():
            with contextlib.suppress(OSError, StopIteration, ValueError):
                lines = (place / "status").read_text().splitlines()
                peak = next(line for line in lines if line.startswith("VmHWM"))
                largest[0] = max(largest[0], int(peak.split()[1]) >> 10)


def _readers() -> list[Path]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"pipeline.worker" in (place / "cmdline").read_bytes():
                found.append(place)
    return found


def _ours(out: Path) -> list[int]:
    """Processes that were told of this folder, on their command line or in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
            if str(out).encode() in words and int(place.name) != os.getpid():
                found.append(int(place.name))
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
