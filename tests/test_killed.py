"""A run killed at any moment is gone on with by the next one; broken files are a row each. The many are in the bench."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli
from pipeline.commands import publish
from pipeline.model.report import Outcome

ROOT = Path(__file__).resolve().parent.parent


def measured(module: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.slow
@pytest.mark.prefect
def test_runs_readers_and_servers_killed_at_random_moments_cost_no_byte_and_no_page(tmp_path: Path) -> None:
    found = measured("killednight", str(tmp_path), "8")
    bad = ("next run did not complete", "other bytes", "finished pages read again", "processes left")
    assert {name: found[name] for name in bad} == dict.fromkeys(bad, 0), found
    assert sum(count for name, count in found.items() if name.startswith("killed: ")) >= 4, found


@pytest.mark.slow
def test_every_mutation_of_a_report_has_an_outcome(tmp_path: Path) -> None:
    found = measured("fuzzed", str(tmp_path), "300")
    assert sum(found["outcomes"].values()) == found["files"] == 300
    assert set(found["outcomes"]) <= {outcome.value for outcome in Outcome}, found


def test_a_run_goes_on_without_prefect_when_its_server_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import types

    def lost(*_: object) -> None:
        raise ConnectionError("planted")

    monkeypatch.setitem(sys.modules, "flows", types.SimpleNamespace(through_prefect=lost))
    asked: list[object] = []
    monkeypatch.setattr(publish, "_plainly", lambda *how: asked.append(how) or pytest.fail("far enough"))
    with pytest.raises(pytest.fail.Exception, match="far enough"):
        cli.outcome(["run", str(ROOT / "fixtures" / "damaged"), "--out", str(tmp_path)])
    assert len(asked) == 1
