"""The child process that reads one report: ``python -m pipeline.worker``, a job on standard input.

Started by :mod:`pipeline.apart` only. It dies with its parent, bounds its own memory, and answers with
a file of nouns.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import signal
import sys

from pipeline.apart import Job
from pipeline.archive.codec import from_plain
from pipeline.archive.shelf import Shelf
from pipeline.codebook.loading import load
from pipeline.run import answer_for

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> int:
    """Read the report named on standard input; 0 when an answer was written."""
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(message)s")
    logging.getLogger("pipeline").setLevel(logging.WARNING)
    job = from_plain(Job, json.load(sys.stdin))
    _die_with(job.parent)
    _bound_memory(job.memory_mb)
    shelf = Shelf(job.shelf) if job.shelf else None
    answer = answer_for(job.report, load(job.codebook), shelf=shelf, pages_version=job.pages_version)
    Shelf(job.reply).keep("reply", "answer", answer)
    return 0


def _die_with(parent: int) -> None:
    """Ask the kernel to end this process when its parent ends (Linux; elsewhere the time limit does)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        sys.exit(1)


def _bound_memory(megabytes: int) -> None:
    if megabytes and sys.platform != "win32":
        import resource  # not there on Windows

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


if __name__ == "__main__":
    sys.exit(main())
