"""A run killed in the middle is gone on with by the next one; broken files are a row each. The many are in the bench."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli
from pipeline.commands import publish
from pipeline.model.report import Outcome
from tests.processes import (
    PATIENCE,
    Gate,
    Started,
    data_of,
    mentioning,
    page_of,
    started_below,
    wait_for,
)

ROOT = Path(__file__).resolve().parent.parent


def measured(module: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@dataclass(frozen=True)
class Night:
    """Two reports, of which the reader of the second is held at its last page, and what a run makes of them undisturbed."""

    gate: Gate
    inbox: Path
    expected: dict[str, bytes]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("night")
    gate, inbox = Gate(folder), folder / "inbox"
    page_of("2021-libreoffice.pdf", inbox / "a.pdf", 2)
    page_of("2022-weasyprint.pdf", inbox / "b.pdf", 3, scanned=True)
    gate.open()
    start = Started(folder, PATH=gate.path)
    assert start_counted(start, inbox, folder / "whole").wait(PATIENCE) == 0
    return Night(gate, inbox, data_of(folder / "whole"))


def start_counted(start: Started, inbox: Path, out: Path, *how: str) -> subprocess.Popen[bytes]:
    """A run whose readers note every page that they finish."""
    command = (sys.executable, "-m", "tests.counting", "run", str(inbox), "--out", str(out), "--quiet")
    return start(*command, *(how or ("--no-prefect",)), COUNTED=str(out.with_suffix(".pages")))


@pytest.mark.slow
@pytest.mark.prefect
@pytest.mark.parametrize("what", ["run", "reader", "server"])
def test_a_run_a_reader_or_a_server_that_is_killed_costs_no_byte_and_no_page(
    what: str, night: Night, tmp_path: Path
) -> None:
    out, start = tmp_path / "out", Started(tmp_path, PATH=night.gate.path)
    pages = out.with_suffix(".pages")
    night.gate.shut()
    run = start_counted(start, night.inbox, out, *(["--prefect"] if what == "server" else []))
    try:
        assert wait_for(lambda: pages.exists() and len(pages.read_text().splitlines()) == 2), start.said(run)
        assert wait_for(lambda: len(started_below(run.pid, "tests.counting")) == 1), start.said(run)
        assert wait_for(lambda: started_below(run.pid, "programs/tesseract")), start.said(run)
        words = {"reader": "tests.counting", "server": "uvicorn"}
        killed = started_below(run.pid, words[what])[0] if what in words else run.pid
        os.kill(killed, signal.SIGKILL)
        if what == "run":
            assert run.wait(PATIENCE) == -signal.SIGKILL
            assert wait_for(lambda: not mentioning(str(pages)), 20)
        night.gate.open()
        run.wait(PATIENCE)
        assert start_counted(start, night.inbox, out).wait(PATIENCE) == 0
    finally:
        start.end()
    assert data_of(out) == night.expected
    read = pages.read_text().splitlines()
    assert len(read) == len(set(read)) == 3
    assert not mentioning(str(pages))


@pytest.mark.slow
def test_every_mutation_of_a_report_has_an_outcome(tmp_path: Path) -> None:
    found = measured("fuzzed", str(tmp_path), "40")
    assert sum(found["outcomes"].values()) == found["files"] == 40
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
