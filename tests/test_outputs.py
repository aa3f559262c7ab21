"""The output folder belongs to one run at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.model.report import Report
from pipeline.outputs import claimed, note_places, place_of


def test_a_second_run_in_the_same_folder_is_turned_away(tmp_path: Path) -> None:
    with claimed(tmp_path), pytest.raises(UsageError, match="Another run"), claimed(tmp_path):
        pass


def test_a_run_leaves_the_folder_free(tmp_path: Path) -> None:
    for _ in range(2):
        with claimed(tmp_path / "new" / "folder"):
            pass


def test_a_folder_that_can_not_be_written_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match="can't be written"), claimed(tmp_path / "file"):
        pass


def test_reports_of_earlier_runs_can_still_be_shown(tmp_path: Path) -> None:
    for name in ("a", "b"):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(b"")
        report = Report(report_id=name * 12, sha256="", file_name=path.name, path=path, size=0)
        note_places(tmp_path / ".state", [report])
    assert place_of(tmp_path, "a" * 12) == tmp_path / "a.pdf"
    (tmp_path / "b.pdf").unlink()
    assert place_of(tmp_path, "b" * 12) is None
    assert place_of(tmp_path, "c" * 12) is None
