"""Reads one report in a process of its own, with bounds on time, processor and memory, and without network.

Why a process: pdfium is not thread-safe, a broken PDF can crash or hang a C library, and neither an
exception nor a thread can end that. Why not a pool: a dead worker breaks a pool for all the others.
The job goes in as JSON on standard input, the answer comes back as a file of nouns in JSON; nothing that
could run travels either way.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.archive.codec import to_plain
from pipeline.archive.shelf import Shelf
from pipeline.errors import HasilaError
from pipeline.model.extraction import Extraction
from pipeline.model.report import Outcome, Report

_log = logging.getLogger(__name__)
_WORKER = "pipeline.worker"
#: File in the reply's folder with what the child logged.
LINES = "lines.jsonl"
_TICK = 0.1  # seconds between two looks at the child
_KEPT_WORDS = 4000  # characters of what a child wrote on standard error, kept in the journal
#: What programs say when they are refused more memory: Python, C++, Tesseract, OpenCV.
_NO_MEMORY = ("MemoryError", "std::bad_alloc", "Cannot allocate memory", "Insufficient memory")
_PACKAGE_PARENT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the child process is told. ``shelf`` is where finished pages are kept, if anywhere.

    With ``only`` it reads these pages to the shelf, and its answer says no more than how that went.
    """

    report: Report
    codebook: Path | None
    shelf: Path | None
    pages_version: str
    passwords: Path | None
    memory_mb: int
    cpu_seconds: float
    only: tuple[int, ...]
    parent: int
    reply: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one report said. ``exit_code`` is 0 when it was read, else that of the reason.

    ``lasting`` tells that the answer may be kept: true for a finished report, false for a failure, which is
    tried again the next night and then set aside.
    """

    extraction: Extraction
    exit_code: int = 0
    lasting: bool = True


def failed(
    report: Report, why: str, outcome: Outcome = Outcome.CRASH, *, exit_code: int = HasilaError.exit_code
) -> Answer:
    """An answer that holds nothing but the reason."""
    said = Extraction(report=replace(report, outcome=outcome, why=why))
    return Answer(extraction=said, exit_code=exit_code, lasting=False)


def read_apart(
    report: Report,
    *,
    seconds: float,
    codebook: Path | None = None,
    shelf: Path | None = None,
    pages_version: str = "",
    passwords: Path | None = None,
    memory_mb: int = 0,
    only: Sequence[int] = (),
    stop: threading.Event | None = None,
) -> Answer:
    """Read one report in a child process.

    Args:
        report: as the archive gave it.
        seconds: wall-clock limit; the child and all it started are ended after it.
        codebook: folder of the codebook, ``None`` for the one in the package.
        shelf: where finished pages are kept between runs, ``None`` for nowhere.
        pages_version: version of the page reader, part of the shelf's keys.
        passwords: file of passwords to try, one a line.
        memory_mb: bound on the child's address space in megabytes, 0 for none.
        only: pages to be read to the shelf, the answer then holds no figures; all by default, with an answer.
        stop: when set, the child is ended and the answer says so.

    Returns:
        An answer, whatever happens to the child.
    """
    with tempfile.TemporaryDirectory(prefix="hasila-") as folder:
        reply = Shelf(Path(folder))
        job = Job(
            report=report,
            codebook=codebook,
            shelf=shelf,
            pages_version=pages_version,
            passwords=passwords,
            memory_mb=memory_mb,
            cpu_seconds=seconds,
            only=tuple(only),
            parent=os.getpid(),
            reply=Path(folder),
        )
        said = Path(folder, "said.txt")
        ended = _run(job, said, seconds, stop or threading.Event())
        answer = reply.find("reply", "answer", Answer) if ended == 0 else None
        _relay(Path(folder, LINES))
        if words := said.read_text(encoding="utf-8", errors="replace").strip():
            _log.debug("the reader said: %s", words[-_KEPT_WORDS:])  # may hold words of the report
        return answer or failed(report, *reason(ended, seconds, words))


def _relay(file: Path) -> None:
    """Log here what the child logged, below the name of the report that it is about."""
    with contextlib.suppress(OSError, ValueError):
        for line in file.read_text(encoding="utf-8").splitlines():
            name, level, message = json.loads(line)
            logging.getLogger(name).log(level, "%s", message)


def _run(job: Job, said: Path, seconds: float, stop: threading.Event) -> int | str:
    """Start the child and wait; its return code, or why it was ended."""
    with said.open("wb") as log:
        process = started(_WORKER, stdout=subprocess.DEVNULL, stderr=log.fileno())
    try:
        return _waited(process, json.dumps(to_plain(job)).encode(), seconds, stop)
    finally:
        end(process)


def started(module: str, *, stdout: int, stderr: int) -> subprocess.Popen[bytes]:
    """Start a module of ours as a child process that is told on standard input what to do."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH", "")))),
        # Tesseract, BLAS and OpenCV with threads of their own, beside our processes, are up to 50 times slower.
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OPENCV_FOR_THREADS_NUM": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=stderr,
        env=environment,
        start_new_session=True,  # so that Tesseract processes it started can be ended with it
    )


def _waited(process: subprocess.Popen[bytes], job: bytes, seconds: float, stop: threading.Event) -> int | str:
    deadline = time.monotonic() + seconds
    with contextlib.suppress(BrokenPipeError):  # it died at once: its return code says more
        assert process.stdin is not None
        process.stdin.write(job)
        process.stdin.close()
    while process.poll() is None:
        if stop.wait(_TICK):
            return "stopped"
        if time.monotonic() > deadline:
            return "time"
    return process.returncode


def end(process: subprocess.Popen[bytes]) -> None:
    """End the child's whole session, so that nothing it started is left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def reason(ended: int | str, seconds: float, words: str = "") -> tuple[str, Outcome]:
    """What became of a child that gave no answer, from its return code and its last words."""
    again = "Open the file in a viewer; if it looks right there, report the fault."
    if ended == "stopped":
        return "The run was interrupted before this report was read. Run again.", Outcome.CRASH
    if ended == "time" or (isinstance(ended, int) and -ended == getattr(signal, "SIGXCPU", None)):
        why = f"Reading took longer than {seconds:.0f} s. Set HASILA_SECONDS_PER_PAGE to allow more."
        return why, Outcome.TIMEOUT
    # Nobody but the kernel's guard of the memory kills a child of ours with a SIGKILL that we didn't send.
    if ended == -signal.SIGKILL or any(sign in words[-_KEPT_WORDS:] for sign in _NO_MEMORY):
        why = "Reading needed more memory than one reader may use. Set HASILA_MEMORY_MB to allow more."
        return why, Outcome.OUT_OF_MEMORY
    if isinstance(ended, int) and ended < 0:
        name = signal.Signals(-ended).name if -ended in set(signal.Signals) else str(-ended)
        return f"The reader crashed on this file ({name}). {again}", Outcome.CRASH
    return f"The reader ended without an answer (code {ended}). {again}", Outcome.CRASH
