"""A file that crashes or hangs the process that looks at it costs itself and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from pipeline import examining
from pipeline.archive.limits import Limits
from pipeline.examining import Examiner, examiner
from pipeline.model.report import Outcome


def make_pdf(path: Path, **how: object) -> Path:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(path, **how)
    return path


@pytest.fixture
def look() -> Iterator[Examiner]:
    with examiner(limits=Limits(), passwords=None, memory_mb=1024, seconds=30.0) as looking:
        yield looking


@pytest.fixture
def badly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "_EXAMINER", "tests.hostile_examiner")


def test_one_child_looks_at_many_files(tmp_path: Path, look: Examiner) -> None:
    reports = [look(make_pdf(tmp_path / f"{name}.pdf")) for name in ("أ", "b", "c")]
    child = look._process
    (tmp_path / "bad.pdf").write_bytes(b"no PDF")
    assert look(tmp_path / "bad.pdf").outcome is Outcome.REFUSED
    assert [report.file_name for report in reports] == ["أ.pdf", "b.pdf", "c.pdf"]
    assert {report.outcome for report in reports} == {Outcome.READ}
    assert look._process is child


def test_what_a_child_logs_is_logged_here(
    tmp_path: Path, look: Examiner, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="pipeline")
    look(make_pdf(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user="")))
    assert "a.pdf is encrypted" in caplog.text


@pytest.mark.usefixtures("badly")
@pytest.mark.parametrize(
    ("name", "outcome"),
    [("crash", Outcome.CRASH), ("hang", Outcome.TIMEOUT), ("greedy", Outcome.OUT_OF_MEMORY)],
)
def test_a_file_that_ends_the_child_has_its_row_and_the_next_file_a_new_child(
    tmp_path: Path, name: str, outcome: Outcome
) -> None:
    with examiner(limits=Limits(), passwords=None, memory_mb=1024, seconds=3.0) as looking:
        report = looking(make_pdf(tmp_path / f"{name}.pdf"))
        assert (report.outcome, len(report.sha256)) == (outcome, 64)
        assert report.why
        assert looking(make_pdf(tmp_path / "good.pdf")).outcome is Outcome.READ
