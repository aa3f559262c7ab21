"""One frozen object from defaults, environment and flags; it stops at ``run.py``.

Every setting can be given as an environment variable, ``HASILA_`` and its name in capitals. A flag on the
command line wins over the environment, the environment over the default.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run is carried out.

    ``out`` is where editions go, and ``to`` an address to which they are copied; ``codebook`` a folder used
    instead of the one in the package;
    ``runner`` who reads when a run goes through Prefect: ``threads`` of its process, the workers of a ``dask`` or
    ``ray`` cluster of our own, or of another's (``dask:tcp://host:port``, ``ray:ray://host:port``);
    ``workers`` how many reports are read at the same time. A report may take ``base_seconds`` and
    ``seconds_per_page`` for each of its pages before its process is ended, and ``memory_mb`` megabytes
    of address space (0: no bound). ``passwords`` is a file of passwords for locked reports, one a line. Beyond one of
    the ``most_…`` a report is refused unread: megabytes of the file, pages, points of a page's longer side, objects,
    megapixels of one picture. What a run comes to is told to ``webhook`` and written to ``digest``. Journals are kept for
    ``journal_days`` days and hold lines of at least ``log_level`` (``debug``, ``info``, ``warning``).
    """

    out: Path = Path("outputs")
    to: str = ""
    codebook: Path | None = None
    workers: int = 2
    runner: str = "threads"
    base_seconds: float = 120.0
    seconds_per_page: float = 60.0
    memory_mb: int = 3072
    passwords: Path | None = None
    most_megabytes: int = 1024
    most_pages: int = 5000
    most_points: int = 14400
    most_objects: int = 3000000
    most_megapixels: int = 600
    webhook: str = ""
    digest: Path | None = None
    journal_days: int = 90
    log_level: str = "info"

    @property
    def shelf(self) -> Path:
        """Where finished reports are kept."""
        return self.out / "shelf"

    @property
    def state(self) -> Path:
        """Where the lock and Prefect's own records lie; holds no data."""
        return self.out / ".state"

    def seconds_for(self, pages: int) -> float:
        """Wall-clock limit in seconds for a report of so many pages."""
        return self.base_seconds + self.seconds_per_page * pages


def settings_from(environment: Mapping[str, str] = os.environ, **flags: object) -> Settings:
    """Build the settings from the environment and from flags that are not ``None``.

    Raises:
        UsageError: for a variable that can't be understood.
    """
    values: dict[str, object] = {}
    for field in fields(Settings):
        text = environment.get(f"HASILA_{field.name.upper()}", "").strip()
        if text:
            values[field.name] = _understood(field.name, text)
    values.update({name: flag for name, flag in flags.items() if flag is not None})
    if "://" in str(values.get("out", "")):  # work is done in a folder, and the editions are sent
        values["to"] = str(values.pop("out"))
    if isinstance(values.get("out"), str):
        values["out"] = Path(str(values["out"]))
    return Settings(**values)  # type: ignore[arg-type]  # names and types were checked above


def _understood(name: str, text: str) -> object:
    if name == "runner" and not re.fullmatch(r"threads|(dask|ray)(:\w+://.+)?", text):
        raise UsageError(
            f"HASILA_RUNNER={text} is no runner.",
            "Give threads, dask, ray, dask:tcp://host:port or ray:ray://host:port.",
        )
    if name == "log_level" and text not in ("debug", "info", "warning"):
        raise UsageError(f"HASILA_LOG_LEVEL={text} is no level.", "Give debug, info or warning.")
    if name in ("to", "runner", "webhook", "log_level") or (name == "out" and "://" in text):
        return text
    if name in ("out", "codebook", "passwords", "digest"):
        return Path(text)
    kind = float if name.endswith(("seconds", "_page")) else int
    try:
        value = kind(text)
    except ValueError:
        value = -1
    if value < 0 or (name == "workers" and value < 1):
        raise UsageError(f"HASILA_{name.upper()}={text} is no usable number.", "Give a positive number.")
    return value
