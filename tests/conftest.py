"""The first run of the README, done once for all tests that look at what it left."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class FirstRun:
    """Where a run over all fixture reports published, its exit code and what it printed."""

    out: Path
    exit_code: int
    printed: str


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> FirstRun:
    """Read and publish the fixture reports (the scan takes half a minute), in a process of its own as a user does."""
    out = tmp_path_factory.mktemp("first-run")
    command = [sys.executable, "-m", "pipeline", "run", str(ROOT / "fixtures" / "reports"), "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return FirstRun(out, done.returncode, done.stderr + done.stdout)
