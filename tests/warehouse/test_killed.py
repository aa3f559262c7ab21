"""A publication killed at any moment leaves the old edition or the new one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MOMENTS = 5  # fifty of them in tests/bench/dataset.py


@pytest.mark.slow
def test_publishing_killed_at_random_moments_leaves_one_whole_edition(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bench.killing", str(tmp_path), str(MOMENTS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    counts = json.loads(done.stdout.splitlines()[-1])
    assert counts["neither"] == 0
    assert counts["old"] + counts["new"] == MOMENTS
