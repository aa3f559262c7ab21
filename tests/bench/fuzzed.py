"""Mutations of the fixtures, looked at and read one by one: ``python -m tests.bench.fuzzed FOLDER FILES [SEED]``; prints JSON.

With a folder of PDFs in the place of their number, those are read: corpora of odd and broken files that libraries test with.

Seeds are single pages of the fixture reports (with their streams packed and unpacked) and the damaged fixtures; the dice
have a fixed seed, or the one given. Every file is looked at and read as in a run, each in a process of its own with the
bounds of a run; these are forked from one that has loaded the reader, for starting two thousand readers would take an
hour. Tesseract is left out: it sees pictures that pdfium drew, never the file.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import cv2
import pikepdf

from pipeline import reading
from pipeline.archive.limits import Limits
from pipeline.archive.opening import examine
from pipeline.codebook.loading import load
from pipeline.confine import confine
from pipeline.model.report import Outcome
from pipeline.pages.ocr import tesseract

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SEED = 20_261_127
#: Seconds of a file, and megabytes of its process.
SECONDS, MEGABYTES = 30.0, 2048
_PAGES = {
    "2021-libreoffice.pdf": (0, 3, 6),
    "2022-weasyprint.pdf": (0, 2),
    "2023-reportlab.pdf": (0, 5),
    "2024-chromium.pdf": (1,),
    "2023-scan.pdf": (0,),
}
_KEYWORDS = re.compile(rb"/[A-Z][A-Za-z]+")
_NUMBER = re.compile(rb"-?\d+\.?\d*")
_ODD = (
    b"0",
    b"-1",
    b"2147483648",
    b"99999999999999999999",
    b"1e308",
    b"-0.0000001",
    b"null",
    b"[]",
    b"<<>>",
    b"(",
)


def seeds() -> list[bytes]:
    """Single pages, packed and unpacked, and the damaged files."""
    found = [file.read_bytes()[:60_000] for file in sorted((FIXTURES / "damaged").glob("*.pdf"))]
    for name, pages in _PAGES.items():
        for number in pages:
            with pikepdf.open(FIXTURES / "reports" / name) as pdf:
                one = pikepdf.new()
                one.pages.append(pdf.pages[number])
                one.remove_unreferenced_resources()
                for mode in (pikepdf.StreamDecodeLevel.none, pikepdf.StreamDecodeLevel.generalized):
                    kept = io.BytesIO()
                    one.save(
                        kept,
                        stream_decode_level=mode,
                        compress_streams=mode is pikepdf.StreamDecodeLevel.none,
                        object_stream_mode=pikepdf.ObjectStreamMode.disable,
                        deterministic_id=True,
                    )
                    found.append(kept.getvalue())
    return found


def mutations(count: int, seed: int = SEED) -> Iterator[bytes]:
    """So many broken files; the same ones at every call with the same seed of the dice."""
    dice, known = random.Random(seed), seeds()
    for _ in range(count):
        data = bytearray(dice.choice(known))
        for _ in range(dice.choice((1, 1, 2, 4, 12))):
            if data:
                dice.choice(_MUTATIONS)(data, dice, known)
        yield bytes(data)


def _flip(data: bytearray, dice: random.Random, known: list[bytes]) -> None:
    for _ in range(dice.choice((1, 8, 64))):
        data[dice.randrange(len(data))] = dice.randrange(256)


def _cut(data: bytearray, dice: random.Random, known: list[bytes]) -> None:
    del data[dice.randrange(len(data)) :]


def _lose(data: bytearray, dice: random.Random, known: list[bytes]) -> None:
    at = dice.randrange(len(data))
    del data[at : at + dice.choice((1, 20, 400, 5000))]


def _repeat(data: bytearray, dice: random.Random, known: list[bytes]) -> None:
    at, length = dice.randrange(len(data)), dice.choice((10, 300, 4000))
    data[at:at] = data[at : at + length] * dice.choice((1, 3, 20))


def _mix(data: bytearray, dice: random.Random, known: list[bytes]) -> None:
    other, at = dice.choice(known) or b"x", dice.randrange(len(data))
    begin = dice.randrange(len(other))
    data[at:at] = other[begin : begin + dice.choice((50, 2000))]


def _renumber(data: bytearray, dice: random.Random, known: list[bytes]) -> None:
    _replace(data, dice, _NUMBER, lambda: dice.choice((*_ODD, b"%d" % dice.randrange(-9, 300))))


def _rename(data: bytearray, dice: random.Random, known: list[bytes]) -> None:
    names = _KEYWORDS.findall(bytes(data)) or [b"/Kids"]
    _replace(data, dice, _KEYWORDS, lambda: dice.choice(names))


def _replace(
    data: bytearray, dice: random.Random, pattern: re.Pattern[bytes], by: Callable[[], bytes]
) -> None:
    found = list(pattern.finditer(bytes(data)))
    for match in sorted(
        dice.sample(found, min(len(found), dice.choice((1, 5, 30)))), key=lambda m: -m.start()
    ):
        data[match.start() : match.end()] = by()


_MUTATIONS = (_flip, _cut, _lose, _repeat, _mix, _renumber, _rename)


def outcome_of(path: Path) -> tuple[str, float]:
    """What becomes of one file, in a process of its own, and its seconds; never raises for what the file holds."""
    begun = time.monotonic()
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        os.close(told)
        _read_and_tell(path, tell)
    os.close(tell)
    try:
        ready, _, _ = select.select([told], [], [], SECONDS)
        said = os.read(told, 100).decode() if ready else ""
        if not ready:
            os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        os.close(told)
    if said:
        return said, time.monotonic() - begun
    return (Outcome.CRASH if ready else Outcome.TIMEOUT) + (
        f" ({status})" if ready else ""
    ), time.monotonic() - begun


def _read_and_tell(path: Path, tell: int) -> None:
    """In the child: look, read, tell the outcome, end."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    try:
        confine(os.getppid(), memory_mb=MEGABYTES, cpu_seconds=SECONDS)
        report = examine(path, Limits())
        if report.outcome is not Outcome.REFUSED:
            report = reading.answer_for(report, _codebook).extraction.report
        if not report.why and report.outcome is not Outcome.READ:
            os.write(tell, b"no reason")
        os.write(tell, report.outcome.value.encode())
    finally:
        os._exit(0)


_codebook = load()


def corpus(files: Path) -> Iterator[bytes]:
    """The PDFs of a folder, by name."""
    return (file.read_bytes() for file in sorted(files.rglob("*.pdf")))


def measure(folder: Path, broken: Callable[[], Iterator[bytes]], workers: int = 2) -> dict[str, object]:
    """Outcomes of files, read by so many processes, and the longest that one took."""
    tesseract.read_words = lambda *_, **__: []  # type: ignore[assignment]
    _load_everything(folder)
    begun = time.monotonic()
    counts: Counter[str] = Counter()
    slowest = 0.0
    children = [_share(folder, broken(), first, workers) for first in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        for said in pool.map(_all_of, children):
            for line in said.splitlines():
                outcome, seconds = line.rsplit(" ", 1)
                counts[outcome] += 1
                slowest = max(slowest, float(seconds))
    return {
        "files": sum(counts.values()),
        "outcomes": dict(sorted(counts.items())),
        "slowest": round(slowest, 1),
        "seconds": round(time.monotonic() - begun),
    }


def _load_everything(folder: Path) -> None:
    """Read each seed once, so that what is loaded late is loaded before the first fork; without threads, which don't fork."""
    cv2.setNumThreads(1)
    for data in seeds():
        path = folder / "seed.pdf"
        path.write_bytes(data)
        report = examine(path)
        if report.outcome is not Outcome.REFUSED:
            reading.answer_for(report, _codebook)
        path.unlink()


def _share(folder: Path, files: Iterator[bytes], first: int, step: int) -> int:
    """Fork a process that reads every so manieth file; gives where it tells."""
    told, tell = os.pipe()
    if os.fork():
        os.close(tell)
        return told
    os.close(told)
    code = 1
    try:
        for number, data in enumerate(files):
            if number % step == first:
                path = folder / f"{number:05}.pdf"
                path.write_bytes(data)
                outcome, seconds = outcome_of(path)
                os.write(tell, f"{outcome} {seconds:.2f}\n".encode())
                if outcome in ("read", "partly", "refused"):
                    path.unlink()  # the others are kept for a look
        code = 0
    finally:
        os._exit(code)


def _all_of(told: int) -> str:
    with os.fdopen(told, encoding="utf-8") as said:
        return said.read()


if __name__ == "__main__":
    into, what = Path(sys.argv[1]), sys.argv[2]
    files = (
        partial(corpus, Path(what)) if Path(what).is_dir() else partial(mutations, *map(int, sys.argv[2:]))
    )
    print(json.dumps(measure(into, files)))
