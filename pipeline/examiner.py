"""The child process that looks at files: ``python -m pipeline.examiner``, one job and one answer a line.

Started by :mod:`pipeline.examining` only, once for many files; it confines itself before it opens the first.
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.codec import from_plain, to_plain
from pipeline.archive.limits import Limits
from pipeline.archive.opening import examine
from pipeline.confine import confine


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the child is told first, and holds for every file after it."""

    limits: Limits
    passwords: tuple[str, ...]
    memory_mb: int
    parent: int


class _Kept(logging.Handler):
    """Holds what is logged about a file until its answer is sent."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def main() -> int:
    """Examine the file named on each line of standard input, until it ends."""
    answers, kept = sys.stdout, _Kept()
    sys.stdout = sys.stderr  # nothing but answers may travel on it
    logger = logging.getLogger("pipeline")
    logger.setLevel(logging.INFO)
    logger.addHandler(kept)
    terms = from_plain(Terms, json.loads(sys.stdin.readline()))
    confine(terms.parent, memory_mb=terms.memory_mb, cpu_seconds=0)
    for line in sys.stdin:
        kept.lines.clear()
        report = examine(Path(json.loads(line)), terms.limits, terms.passwords)
        answers.write(json.dumps({"report": to_plain(report), "said": kept.lines}) + "\n")
        answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
