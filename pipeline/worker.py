"""The child process that reads one report: ``python -m pipeline.worker``, a job on standard input.

Started by :mod:`pipeline.apart` only. It confines itself before it opens the report, and answers with a file
of nouns.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from pipeline.apart import LINES, Job
from pipeline.archive.codec import from_plain
from pipeline.archive.opening import listed_passwords
from pipeline.archive.shelf import Shelf
from pipeline.codebook.loading import load
from pipeline.confine import confine
from pipeline.reading import answer_for


class _Lines(logging.Handler):
    """Hands lines to the parent, one by one, so that those before a crash arrive too."""

    def __init__(self, file: Path) -> None:
        super().__init__(logging.INFO)
        self._file = file

    def emit(self, record: logging.LogRecord) -> None:
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps([record.name, record.levelno, record.getMessage()]) + "\n")


def main() -> int:
    """Read the report named on standard input; 0 when an answer was written."""
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(message)s")
    job = from_plain(Job, json.load(sys.stdin))
    logger = logging.getLogger("pipeline")
    logger.setLevel(logging.INFO)
    logger.addHandler(_Lines(job.reply / LINES))
    confine(job.parent, memory_mb=job.memory_mb, cpu_seconds=job.cpu_seconds)
    answer = answer_for(
        job.report,
        load(job.codebook),
        shelf=Shelf(job.shelf) if job.shelf else None,
        pages_version=job.pages_version,
        passwords=listed_passwords(job.passwords),
        only=job.only,
    )
    Shelf(job.reply).keep("reply", "answer", answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
