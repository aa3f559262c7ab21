"""The first run of the README, done once for all tests that look at what it left."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import outcome

REPORTS = Path(__file__).resolve().parent.parent / "fixtures" / "reports"


@dataclass(frozen=True)
class FirstRun:
    """Where a run over all fixture reports published, its exit code and what it printed."""

    out: Path
    exit_code: int
    printed: str


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> FirstRun:
    """Read and publish the fixture reports (the scan takes half a minute)."""
    out, printed = tmp_path_factory.mktemp("first-run"), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        exit_code = outcome(["run", str(REPORTS), "--out", str(out)])
    return FirstRun(out, exit_code, printed.getvalue())
