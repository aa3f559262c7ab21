"""The child process that reads one report: ``python -m pipeline.worker``, a job on standard input.

Started by :mod:`pipeline.apart` only. It confines itself before it opens the report, and answers with a file
of nouns.
"""

from __future__ import annotations

import json
import logging
import sys

from pipeline.apart import Job
from pipeline.archive.codec import from_plain
from pipeline.archive.opening import listed_passwords
from pipeline.archive.shelf import Shelf
from pipeline.codebook.loading import load
from pipeline.confine import confine
from pipeline.reading import answer_for


def main() -> int:
    """Read the report named on standard input; 0 when an answer was written."""
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(message)s")
    logging.getLogger("pipeline").setLevel(logging.WARNING)
    job = from_plain(Job, json.load(sys.stdin))
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
