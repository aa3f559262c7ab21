"""A report that crashes, hangs or talks nonsense costs itself and nothing else."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest

from pipeline import apart
from pipeline.apart import Answer, read_apart
from pipeline.model.report import Outcome, Report

REPORT = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=Path("a.pdf"), size=1)


def read_with(manner: str, monkeypatch: pytest.MonkeyPatch, **how: object) -> Answer:
    monkeypatch.setattr(apart, "_WORKER", "tests.hostile")
    monkeypatch.setenv("HOSTILE", manner)
    return read_apart(REPORT, **{"seconds": 30.0, **how})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("manner", "said"),
    [
        ("crash", "The reader crashed on this file (SIGSEGV)."),
        ("deaf", "The reader ended without an answer (code 9)."),
        ("garbage", "The reader ended without an answer (code 0)."),
        ("silent", "The reader ended without an answer (code 0)."),
    ],
)
def test_a_bad_reader_becomes_a_reason(manner: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = read_with(manner, monkeypatch)
    assert answer.extraction.report.outcome is Outcome.CRASH
    assert answer.extraction.report.why.startswith(said)
    assert answer.exit_code == 5
    assert not answer.lasting  # so that the next night tries again


@pytest.mark.parametrize(
    ("manner", "outcome", "said"),
    [
        ("greedy", Outcome.OUT_OF_MEMORY, "Reading needed more memory than one reader may use."),
        ("busy", Outcome.TIMEOUT, "Reading took longer than 30 s."),
    ],
)
def test_a_reader_beyond_its_bounds_is_told_by_what_it_wanted(
    manner: str, outcome: Outcome, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = read_with(manner, monkeypatch, memory_mb=1024).extraction.report
    assert report.outcome is outcome
    assert report.why.startswith(said)


def test_what_a_reader_logs_before_it_dies_is_logged_here(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="pipeline")
    read_with("telling", monkeypatch)
    assert ("pipeline.pages.page", 30, "page 3 could not be read") in caplog.record_tuples


def test_a_reader_reaches_no_network(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="pipeline")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        monkeypatch.setenv("HOSTILE_PORT", str(server.getsockname()[1]))
        assert read_with("talkative", monkeypatch).extraction.report.outcome is Outcome.CRASH
        with pytest.raises(TimeoutError):
            server.accept()
    assert "PermissionError" in caplog.text


def test_a_reader_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSTILE_PIDS", str(tmp_path / "pid"))
    answer = read_with("hang", monkeypatch, seconds=1.5)
    assert answer.extraction.report.why.startswith("Reading took longer than 2 s.")
    session = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 5
    while session_members(session) and time.monotonic() < deadline:  # a kill takes a moment to reach all
        time.sleep(0.05)
    assert session_members(session) == []


def test_an_interrupt_ends_the_reader_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTILE_PIDS", str(tmp_path / "pid"))
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    begun = time.monotonic()
    answer = read_with("hang", monkeypatch, stop=stop)
    assert time.monotonic() - begun < 10
    assert "interrupted" in answer.extraction.report.why


def session_members(session: int) -> list[int]:
    """Live processes of a session (Linux)."""
    members = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            members.append(int(stat.parent.name))
    return members
