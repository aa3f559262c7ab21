"""What a run says while it works: plain lines for people, JSON lines for machines.

Stages only use :mod:`logging`. Every line in the journal file names the report (and the page) it is about, so
that a line of a night with a thousand reports can be understood alone. The journal is the only place
besides the manifest that holds a clock.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path

_about: ContextVar[dict[str, str | int]] = ContextVar("about")
_LOGGER = "pipeline"


@contextmanager
def about(**where: str | int) -> Iterator[None]:
    """Add places (``report=…``, ``page=…``) to every line written inside the block."""
    token = _about.set({**_about.get({}), **where})
    try:
        yield
    finally:
        _about.reset(token)


class _Plain(logging.Formatter):
    """``report.pdf, page 3: message`` for a terminal or a mail from cron."""

    def format(self, record: logging.LogRecord) -> str:
        places = _about.get({}).items()
        where = ", ".join(str(value) if name == "report" else f"{name} {value}" for name, value in places)
        return f"{where}: {record.getMessage()}" if where else record.getMessage()


class _Json(logging.Formatter):
    """One object a line: time (UTC), level, module, places, message, and a traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        row: dict[str, str | int] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "module": record.name,
            **_about.get({}),
            "message": record.getMessage(),
        }
        if record.exc_info:
            row["traceback"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False)


@contextmanager
def to_terminal(level: int = logging.WARNING) -> Iterator[None]:
    """Show lines of at least ``level`` on standard error while the block runs."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain())
    handler.setLevel(level)
    with _attached(handler):
        yield


@contextmanager
def to_file(folder: Path, level: int = logging.INFO, days: int = 0) -> Iterator[Path]:
    """Write every line to a new file in ``folder`` named after the time (UTC) while the block runs.

    At the level of information and above, lines name reports and pages and hold nothing of what is printed there.

    Args:
        folder: made if missing.
        level: of the lines that are written.
        days: journals that are older are taken away, 0 for none.

    Raises:
        OSError: when the folder can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _forget(folder, days)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.jsonl"
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(_Json())
    handler.setLevel(level)
    with _attached(handler):
        yield path


def _forget(folder: Path, days: int) -> None:
    """Take away the journals of runs that began more than so many days ago."""
    oldest = f"{datetime.now(UTC) - timedelta(days=days):%Y%m%dT%H%M%S.%f}.jsonl"
    for journal in folder.glob("????????T*.jsonl") if days else ():
        if journal.name < oldest:
            journal.unlink(missing_ok=True)


@contextmanager
def to(handler: logging.Handler) -> Iterator[None]:
    """Give every line, with its report and page, to a handler of somebody else's while the block runs."""
    handler.setFormatter(_Plain())
    handler.setLevel(logging.INFO)
    with _attached(handler):
        yield


@contextmanager
def _attached(handler: logging.Handler) -> Iterator[None]:
    logger = logging.getLogger(_LOGGER)
    logger.setLevel(min(handler.level, logging.INFO))
    logger.propagate = False  # Prefect puts a handler of its own on the root logger
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = not logger.handlers
        handler.close()
