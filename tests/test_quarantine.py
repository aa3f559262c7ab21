"""A report on which the reader fails twice is set aside, told, and let go by a person."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from pipeline import apart, run
from pipeline.archive.opening import examine
from pipeline.cli import outcome
from pipeline.model.report import Outcome, Report
from pipeline.quarantine import Quarantine
from pipeline.settings import Settings
from pipeline.versions import Versions

VERSIONS = Versions(archive="a", pages="p", readings="r1", everything="e", tools={})


@pytest.fixture
def report(tmp_path: Path) -> Report:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "bad.pdf")
    return examine(tmp_path / "bad.pdf")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(out=tmp_path / "out")


@pytest.fixture
def crashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_WORKER", "tests.hostile")
    monkeypatch.setenv("HOSTILE", "crash")


def fail(*_: object, **__: object) -> None:
    raise AssertionError("it is set aside")


@pytest.mark.usefixtures("crashing")
def test_after_two_failures_a_report_is_not_tried_any_more(
    report: Report, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (run.read_one(report, VERSIONS, settings) for _ in range(2))
    monkeypatch.setattr(run, "read_apart", fail)
    third = run.read_one(report, VERSIONS, settings)
    assert (first.lasting, second.lasting, third.lasting) == (False, True, True)
    assert second == third
    said = third.extraction.report
    assert (said.outcome, third.exit_code) == (Outcome.CRASH, 5)
    assert said.why.startswith("The reader crashed on this file (SIGSEGV).")
    assert said.why.endswith(f"Set aside after 2 failures; to try again: hasila retry {report.report_id}")


@pytest.mark.usefixtures("crashing")
def test_a_new_version_of_the_reader_may_try(
    report: Report, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        run.read_one(report, VERSIONS, settings)
    monkeypatch.setattr(apart, "_WORKER", "pipeline.worker")
    newer = Versions(archive="a", pages="p", readings="r2", everything="e", tools={})
    assert run.read_one(report, newer, settings).extraction.report.outcome is Outcome.READ
    assert Quarantine(settings.state).failures() == ()


@pytest.mark.usefixtures("crashing")
def test_doctor_tells_what_is_set_aside_and_retry_lets_it_go(
    report: Report, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(settings.out)]
    for _ in range(2):
        run.read_one(report, VERSIONS, settings)
    outcome(["doctor", "--json", *out])
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["bad.pdf"]["found"].startswith("crash, 2 times. The reader crashed")
    assert rows["bad.pdf"]["cure"] == f"hasila retry {report.report_id}"
    assert outcome(["retry", "other.pdf", *out]) == 3
    assert outcome(["retry", report.report_id[:6], *out]) == 0
    assert "bad.pdf" in capsys.readouterr().out
    assert Quarantine(settings.state).failures() == ()
    assert outcome(["retry", *out]) == 0


@pytest.mark.slow
@pytest.mark.usefixtures("crashing")
def test_two_bad_nights_and_the_third_does_nothing(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hanging file of the examination counts as well as the one of the reading."""
    good = Path(__file__).resolve().parent.parent / "fixtures" / "reports" / "2021-libreoffice.pdf"
    monkeypatch.setattr(apart, "_WORKER", "pipeline.worker")
    settings = Settings(out=tmp_path / "out")
    run.night([good], settings.out)
    monkeypatch.setattr(apart, "_WORKER", "tests.hostile")
    editions = [run.night([good, report.path], settings.out).edition_id for _ in range(2)]
    monkeypatch.setattr(run, "begun", fail)
    monkeypatch.setattr(run, "read_apart", fail)
    assert run.night([good, report.path], settings.out).edition_id == editions[1]
    assert outcome(["retry", "--out", str(settings.out)]) == 0
    monkeypatch.undo()
    assert run.night([good, report.path], settings.out).edition_id not in editions
