"""Which reports are found, in what order, and what is said about copies."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from pipeline.archive import discover as discovering
from pipeline.archive.known import Known, forget
from pipeline.archive.opening import examine
from pipeline.errors import InputError
from pipeline.model.report import Outcome, Report


def discover(paths: Sequence[Path]) -> tuple[Report, ...]:
    return discovering.discover(paths, examine)


def make_pdf(path: Path, words: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = words
    pdf.save(path)
    return path


def test_folders_are_searched_with_all_below_whatever_the_case_of_the_suffix(tmp_path: Path) -> None:
    make_pdf(tmp_path / "b.PDF", "b")
    make_pdf(tmp_path / "2019" / "deep" / "a.pdf", "a")
    make_pdf(tmp_path / ".hidden" / "c.pdf", "c")
    make_pdf(tmp_path / "._a.pdf", "d")
    (tmp_path / "notes.txt").write_text("no report")
    assert [report.file_name for report in discover([tmp_path])] == ["a.pdf", "b.PDF"]


def test_a_report_found_twice_is_read_once_and_names_its_copies(tmp_path: Path) -> None:
    first = make_pdf(tmp_path / "a.pdf", "same")
    (tmp_path / "z-copy.pdf").write_bytes(first.read_bytes())
    (report,) = discover([tmp_path, first])
    assert (report.file_name, report.outcome) == ("a.pdf", Outcome.READ)
    assert report.why == "The same bytes were also found as z-copy.pdf; read once."


def test_a_file_named_outright_is_looked_at_whatever_its_name(tmp_path: Path) -> None:
    (report,) = discover([make_pdf(tmp_path / "report.bin", "a")])
    assert report.outcome is Outcome.READ


def test_a_refused_file_stands_beside_the_good_ones(tmp_path: Path) -> None:
    make_pdf(tmp_path / "good.pdf", "a")
    (tmp_path / "empty.pdf").write_bytes(b"")
    outcomes = {report.file_name: report.outcome for report in discover([tmp_path])}
    assert outcomes == {"good.pdf": Outcome.READ, "empty.pdf": Outcome.REFUSED}


def test_a_file_that_went_away_has_a_row_all_the_same(tmp_path: Path) -> None:
    good = make_pdf(tmp_path / "good.pdf", "a")
    gone, read = discover([tmp_path / "gone.pdf", good])
    assert (gone.outcome, read.outcome) == (Outcome.REFUSED, Outcome.READ)
    assert "No such file" in gone.why


def test_a_folder_without_reports_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No PDF found"):
        discover([tmp_path])


def test_a_folder_without_reports_does_not_hide_those_of_another(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    make_pdf(tmp_path / "full" / "a.pdf", "a")
    assert len(discover([tmp_path / "empty", tmp_path / "full"])) == 1


def test_the_order_of_the_paths_does_not_change_the_order_of_the_reports(tmp_path: Path) -> None:
    paths = [make_pdf(tmp_path / name, name) for name in ("b.pdf", "a.pdf", "c.pdf")]
    assert discover(paths) == discover(paths[::-1])


def looked_at(folder: Path, known: Known) -> list[str]:
    """Names of the files that had to be opened."""
    opened: list[str] = []

    def look(path: Path) -> Report:
        opened.append(path.name)
        return examine(path)

    discovering.discover([folder], look, known)
    known.save()
    return opened


def make_old(path: Path) -> Path:
    os.utime(path, (1, 1))
    return path


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files made a moment ago count as left alone since."""
    monkeypatch.setattr("pipeline.archive.known._TOO_FRESH", 0)


@pytest.mark.usefixtures("settled")
def test_a_known_file_is_not_opened_again_and_a_replaced_one_is(tmp_path: Path) -> None:
    inbox, list_of = tmp_path / "inbox", tmp_path / "known.json"
    old = make_old(make_pdf(inbox / "old.pdf", "old"))
    replaced = make_old(make_pdf(inbox / "replaced.pdf", "before"))
    assert looked_at(inbox, Known(list_of, "v1")) == ["old.pdf", "replaced.pdf"]
    assert looked_at(inbox, Known(list_of, "v1")) == []
    size = replaced.stat().st_size
    replaced.unlink()
    make_old(make_pdf(replaced, "after."[: len("before")]))  # as long and as old as it was
    assert replaced.stat().st_size == size
    make_pdf(inbox / "new.pdf", "new")
    assert looked_at(inbox, Known(list_of, "v1")) == ["new.pdf", "replaced.pdf"]
    assert looked_at(inbox, Known(list_of, "v2")) == ["new.pdf", "old.pdf", "replaced.pdf"]
    old_report = examine(old)
    forget(list_of, {old_report.sha256})
    assert looked_at(inbox, Known(list_of, "v2")) == ["old.pdf"]


@pytest.mark.usefixtures("settled")
def test_what_is_known_of_a_file_is_what_was_found_out(tmp_path: Path) -> None:
    paths = [make_pdf(tmp_path / "inbox" / "a.pdf", "a"), tmp_path / "inbox" / "حصيلة.pdf"]
    paths[1].write_bytes(b"no PDF")
    known = Known(tmp_path / "known.json", "v")
    fresh = discovering.discover([tmp_path / "inbox"], examine, known)
    known.save()
    again = discovering.discover([tmp_path / "inbox"], examine, Known(tmp_path / "known.json", "v"))
    assert again == fresh == discover([tmp_path / "inbox"])


def test_a_file_written_a_moment_ago_is_looked_at_once_more(tmp_path: Path) -> None:
    make_pdf(tmp_path / "inbox" / "a.pdf", "a")
    assert looked_at(tmp_path / "inbox", Known(tmp_path / "known.json", "v")) == ["a.pdf"]
    assert looked_at(tmp_path / "inbox", Known(tmp_path / "known.json", "v")) == ["a.pdf"]
