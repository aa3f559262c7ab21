"""Stands in for the process that looks at files: a file behaves as its name says."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from pipeline import examiner
from pipeline.archive import opening
from pipeline.model.report import Report


def examine(path: Path, *terms: object) -> Report:
    if path.stem == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if path.stem == "hang":
        time.sleep(600)
    if path.stem == "greedy":
        bytearray(4 << 30)
    return opening.examine(path)


examiner.examine = examine  # type: ignore[assignment]
sys.exit(examiner.main())
