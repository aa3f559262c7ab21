"""Looks at files in a child process, for a file can crash or hang even the library that counts its pages.

One child for many files: starting one takes a hundred times longer than most files do. A file that ends it, or keeps
it too long, gets its row, and the next file a new child.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import selectors
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from pipeline.apart import end, reason, started
from pipeline.archive.codec import from_plain, to_plain
from pipeline.archive.limits import Limits
from pipeline.archive.opening import listed_passwords
from pipeline.examiner import Terms
from pipeline.model.report import Report

_log = logging.getLogger(__name__)
_EXAMINER = "pipeline.examiner"
_CHUNK = 1 << 20


class Examiner:
    """Gives a file's report, whatever the file does to the child that looks at it."""

    def __init__(self, *, limits: Limits, passwords: Path | None, memory_mb: int, seconds: float) -> None:
        """Nothing is started before the first file."""
        self._limits, self._passwords = limits, listed_passwords(passwords)
        self._memory_mb, self._seconds = memory_mb, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    def __call__(self, path: Path) -> Report:
        """Look at one file."""
        process = self._process if self._process and self._process.poll() is None else self._start()
        line = _told(process, json.dumps(str(path)), self._seconds)
        if line.endswith(b"\n"):
            answer = json.loads(line)
            for said in answer["said"]:
                _log.info("%s", said)
            return from_plain(Report, answer["report"])
        return self._failed(path, process)

    def close(self) -> None:
        """End the child, if there is one."""
        if self._process:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            self._process.stdout.close()
            end(self._process)
            self._process = None
        if self._said:
            self._said.close()
            self._said = None

    def _start(self) -> subprocess.Popen[bytes]:
        self.close()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self._process = started(_EXAMINER, stdout=subprocess.PIPE, stderr=self._said.fileno())
        terms = Terms(
            limits=self._limits, passwords=self._passwords, memory_mb=self._memory_mb, parent=os.getpid()
        )
        _send(self._process, json.dumps(to_plain(terms)))
        return self._process

    def _failed(self, path: Path, process: subprocess.Popen[bytes]) -> Report:
        """A row for a file that the child gave no answer about."""
        ended: int | str = "time"
        with contextlib.suppress(subprocess.TimeoutExpired):
            ended = process.wait(0.5)
        words = ""
        if self._said:
            self._said.seek(0)
            words = self._said.read().decode("utf-8", "replace")
        self.close()
        why, outcome = reason(ended, self._seconds, words)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        report = Report(
            report_id=sha256[:12], sha256=sha256, file_name=name, path=path, size=path.stat().st_size
        )
        return replace(report, outcome=outcome, why=why)


@contextlib.contextmanager
def examiner(*, limits: Limits, passwords: Path | None, memory_mb: int, seconds: float) -> Iterator[Examiner]:
    """Have files looked at while the block runs.

    Args:
        limits: bounds beyond which a file is refused.
        passwords: file of passwords to try, one a line.
        memory_mb: bound on the child's address space in megabytes, 0 for none.
        seconds: that one file may take.

    Raises:
        UsageError: when the passwords can't be read.
    """
    looking = Examiner(limits=limits, passwords=passwords, memory_mb=memory_mb, seconds=seconds)
    try:
        yield looking
    finally:
        looking.close()


def _send(process: subprocess.Popen[bytes], line: str) -> None:
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # it died: that there is no answer says so
        process.stdin.write(f"{line}\n".encode())
        process.stdin.flush()


def _told(process: subprocess.Popen[bytes], line: str, seconds: float) -> bytes:
    """The answer to one line, without its end when the child died or took too long."""
    _send(process, line)
    assert process.stdout is not None
    deadline, answer = time.monotonic() + seconds, b""
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while not answer.endswith(b"\n") and ready.select(max(deadline - time.monotonic(), 0.0)):
            more = os.read(process.stdout.fileno(), _CHUNK)
            if not more:
                break
            answer += more
    return answer
