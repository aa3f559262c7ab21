"""The folder a run writes to: that it can be written, and that one run at a time does.

Also remembers where each report's bytes were found, so that ``hasila explain`` can show the page. That
list stays in ``.state`` and is never published.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.archive.shelf import write_aside
from pipeline.errors import UsageError
from pipeline.model.report import Report

_STATE = ".state"
_PLACES = "places.json"


@contextmanager
def claimed(out: Path) -> Iterator[None]:
    """Hold the folder for this run.

    Raises:
        UsageError: when it can't be written, or another run holds it.
    """
    state = out / _STATE
    try:
        state.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
        # Opened without truncation: the file says who holds the claim.
        handle = os.open(state / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise UsageError(
            f"{out} can't be written ({error.strerror or error}).", "Give another folder with --out."
        ) from error
    try:
        _lock(handle, out)
        yield
    finally:
        os.close(handle)  # lets go of the lock; so does the end of the process, however it ends


def _lock(handle: int, out: Path) -> None:
    try:
        import fcntl  # not there on Windows, where two runs at once are not prevented
    except ImportError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.read(handle, 20).decode("ascii", "replace").strip() or "unknown"
        raise UsageError(
            f"Another run (process {holder}) is at work in {out}.", "Wait for it, or give another --out."
        ) from error
    os.truncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())


def note_places(state: Path, reports: Sequence[Report]) -> None:
    """Remember where reports lie, beside those of earlier runs."""
    places = _places(state)
    fresh = {**places, **{report.report_id: os.path.abspath(report.path) for report in reports}}  # noqa: PTH100 - ten thousand of them
    if fresh != places:
        write_aside(state / _PLACES, json.dumps(fresh, ensure_ascii=False, sort_keys=True).encode())


def place_of(out: Path, report_id: str) -> Path | None:
    """Where a report's bytes were last found, ``None`` when unknown or gone."""
    place = _places(out / _STATE).get(report_id)
    return Path(place) if place and Path(place).is_file() else None


def _places(state: Path) -> dict[str, str]:
    try:
        found = json.loads((state / _PLACES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def editions_in(out: Path) -> list[Path]:
    """Folders of the editions under ``out``, in the order in which they were made."""
    made: list[tuple[str, Path]] = []
    for manifest in (out / "editions").glob("*/manifest.json"):
        try:
            when = str(json.loads(manifest.read_text(encoding="utf-8"))["made"])
        except (OSError, ValueError, KeyError):
            continue
        made.append((when, manifest.parent.resolve()))
    return [folder for _, folder in sorted(made)]
