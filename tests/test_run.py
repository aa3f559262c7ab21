"""The whole path: what is read, what is kept, what one bad report costs the others."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pikepdf
import pytest

from pipeline import apart, reading, run
from pipeline.apart import Answer
from pipeline.archive.opening import examine
from pipeline.archive.shelf import Shelf
from pipeline.codebook.loading import load
from pipeline.errors import HasilaError, InputError, MissingTool
from pipeline.model.extraction import Extraction
from pipeline.model.page import Page, PageKind
from pipeline.model.report import Outcome, Report
from pipeline.pages import page
from pipeline.reading import read_report
from pipeline.settings import Settings
from pipeline.versions import Versions

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
DIGITAL = ROOT / "fixtures" / "reports" / "2023-weasyprint.pdf"
DAMAGED = ROOT / "fixtures" / "damaged"


def make_pdf(path: Path, pages: int = 3) -> Path:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    pdf.save(path)
    return path


def blank(number: int, complaint: str = "") -> Page:
    return Page(
        number=number, width=1, height=1, kind=PageKind.BLANK, reason="", score=1, complaint=complaint
    )


def test_a_page_that_can_not_be_read_makes_its_report_a_partly_read_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = (blank(1), blank(2, "ValueError: bad stream"), blank(3))
    monkeypatch.setattr(reading, "read_pages", lambda path, **_: pages)
    said = read_report(examine(make_pdf(tmp_path / "a.pdf")), load())
    assert (said.report.outcome, said.report.page_count) == (Outcome.PARTLY, 3)
    assert said.report.why == "Not read in full: page 2. ValueError: bad stream"
    assert said.report.pages_by_kind == (("blank", 3),)


def with_half_a_dictionary(path: Path) -> Path:
    """A font description with a key too many: qpdf reads on, pdfminer gives the file up."""
    whole = make_pdf(path, pages=1)
    with pikepdf.open(whole, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Resources = pdf.make_indirect(pikepdf.Dictionary(Marker=pikepdf.Name.Planted))
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(path.read_bytes().replace(b"/Marker /Planted", b"/Marker b'@ (a) "))
    return path


def without_a_box(path: Path) -> Path:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    del pdf.pages[0].obj.MediaBox
    pdf.save(path)
    return path


def turned_by_nonsense(path: Path) -> Path:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].obj.Rotate = pikepdf.Dictionary()
    pdf.save(path)
    return path


@pytest.mark.parametrize("broken", [with_half_a_dictionary, without_a_box, turned_by_nonsense])
def test_a_file_that_only_one_of_our_libraries_understands_is_mended_and_read(
    tmp_path: Path, broken: Callable[[Path], Path]
) -> None:
    said = read_report(examine(broken(tmp_path / "a.pdf")), load())
    assert said.report.outcome in (Outcome.READ, Outcome.PARTLY)
    assert said.report.page_count == 1


def test_finished_pages_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, shelf = examine(make_pdf(tmp_path / "a.pdf")), Shelf(tmp_path / "shelf")
    calls = []
    monkeypatch.setattr(reading, "read_pages", lambda path, **_: calls.append(path) or (blank(1),))
    for version in ("v1", "v1", "v2"):
        read_report(report, load(), shelf=shelf, pages_version=version)
    assert len(calls) == 2


def test_an_interrupted_reading_goes_on_at_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, shelf = examine(make_pdf(tmp_path / "a.pdf", pages=5)), Shelf(tmp_path / "shelf")
    read: list[int] = []
    read_page = page._read_page

    def killed_at_the_third(*how: Any) -> Page:
        if how[2] == 3 and 3 not in read:
            read.append(3)
            raise KeyboardInterrupt
        read.append(how[2])
        return read_page(*how)

    monkeypatch.setattr(page, "_read_page", killed_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        read_report(report, load(), shelf=shelf, pages_version="v1")
    read_report(report, load(), shelf=shelf, pages_version="v1")
    assert read == [1, 2, 3, 3, 4, 5]
    assert not list((tmp_path / "shelf" / "pages").glob("*/"))  # one entry for all, no longer one for each


def test_a_long_report_is_read_in_parts_and_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PART", 4)
    known = Versions(archive="a", pages="p", readings="r", everything="e", tools={})
    report, settings = examine(DIGITAL), Settings(out=tmp_path / "out")
    parts = run.parts_of(report, known, settings)
    assert parts == [(1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14)]
    assert [run.read_one_part(report, part, known, settings) for part in parts] == [None] * 4
    assert len(Shelf(settings.shelf).places(f"pages/{report.sha256}-p")) == 14
    in_parts = run.read_one(report, known, settings, parts=[None])
    assert in_parts == run.read_one(report, known, Settings(out=tmp_path / "whole"))
    assert run.parts_of(report, known, settings) == []


def test_a_part_that_fails_fails_its_report(tmp_path: Path) -> None:
    known = Versions(archive="a", pages="p", readings="r", everything="e", tools={})
    report = examine(make_pdf(tmp_path / "a.pdf"))
    bad = apart.failed(report, "The reader crashed.", Outcome.CRASH)
    answer = run.read_one(report, known, Settings(out=tmp_path / "out"), parts=[None, bad])
    assert (answer.extraction.report.outcome, answer.lasting) == (Outcome.CRASH, False)


def test_a_page_with_a_complaint_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, shelf = examine(make_pdf(tmp_path / "a.pdf")), Shelf(tmp_path / "shelf")
    monkeypatch.setattr(reading, "read_pages", lambda path, **_: (blank(1, "out of memory"),))
    read_report(report, load(), shelf=shelf, pages_version="v1")
    monkeypatch.setattr(reading, "read_pages", lambda path, **_: (blank(1),))
    assert read_report(report, load(), shelf=shelf, pages_version="v1").report.outcome is Outcome.READ


@pytest.mark.parametrize(
    ("raised", "exit_code", "outcome", "said"),
    [
        (
            ValueError("boom"),
            5,
            Outcome.CRASH,
            "The reader failed on this file (ValueError in test_run.py, line ",
        ),
        (MissingTool("No Tesseract.", "Install it."), 4, Outcome.CRASH, "No Tesseract. Install it."),
        (MemoryError(), 5, Outcome.OUT_OF_MEMORY, "Reading needed more memory than one reader may use."),
    ],
)
def test_a_reader_that_raises_becomes_a_reason(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    raised: Exception,
    exit_code: int,
    outcome: Outcome,
    said: str,
) -> None:
    def fail(path: Path, **_: object) -> None:
        raise raised

    monkeypatch.setattr(reading, "read_pages", fail)
    answer = reading.answer_for(examine(make_pdf(tmp_path / "a.pdf")), load())
    assert (answer.exit_code, answer.lasting) == (exit_code, False)
    assert answer.extraction.report.outcome is outcome
    assert answer.extraction.report.why.startswith(said)


def test_a_report_from_the_shelf_has_its_present_name_and_remarks(tmp_path: Path) -> None:
    kept = examine(make_pdf(tmp_path / "old.pdf"))
    found = replace(kept, file_name="new.pdf", path=tmp_path / "new.pdf", why="Also found as b.pdf.")
    read = replace(kept, outcome=Outcome.PARTLY, why="Not read in full: page 2.", edition_year=2023)
    report = run.as_found(Answer(extraction=Extraction(report=read)), found).extraction.report
    assert (report.file_name, report.path.name, report.edition_year) == ("new.pdf", "new.pdf", 2023)
    assert (report.outcome, report.why) == (Outcome.PARTLY, "Also found as b.pdf. Not read in full: page 2.")


def test_when_every_file_is_refused_nothing_is_published(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="None of the files can be read"):
        run.night([DAMAGED / "empty.pdf", DAMAGED / "locked.pdf"], tmp_path)
    assert not (tmp_path / "latest").exists()
    (journal,) = (tmp_path / "journal").iterdir()
    rows = [json.loads(line)["message"] for line in journal.read_text(encoding="utf-8").splitlines()]
    assert any(row.startswith("locked.pdf: refused, Locked with a password") for row in rows)


def test_when_every_reader_fails_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_WORKER", "tests.hostile")
    monkeypatch.setenv("HOSTILE", "crash")
    with pytest.raises(HasilaError, match="None of the reports could be read") as raised:
        run.night([make_pdf(tmp_path / "a.pdf")], tmp_path / "out")
    assert raised.value.exit_code == 5
    assert not (tmp_path / "out" / "latest").exists()


def data_of(edition: Path) -> dict[str, bytes]:
    """Bytes of the data files, by their place in the edition."""
    return {
        str(file.relative_to(edition)): file.read_bytes()
        for file in sorted(edition.rglob("*"))
        if file.suffix in (".csv", ".parquet")
    }


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One good report and all the damaged files, published with plain functions."""
    out = tmp_path_factory.mktemp("published")
    run.night([DIGITAL, DAMAGED], out)
    return out


@pytest.mark.slow
def test_a_good_report_is_published_beside_rows_that_say_why_others_are_not(published: Path) -> None:
    from pipeline.workbench.asking import ask, database_in

    rows = ask(database_in(published), "select file_name, outcome, why from reports order by file_name").rows
    outcomes = {str(name): str(outcome) for name, outcome, _ in rows}
    refused = ("empty.pdf", "locked.pdf", "no_pages.pdf", "not_a_pdf.pdf", "truncated.pdf")
    assert all(outcomes[name] == "refused" for name in refused)
    assert all(why for _, outcome, why in rows if outcome == "refused")
    assert outcomes["2023-weasyprint.pdf"] == outcomes["owner_locked.pdf"] == "read"


@pytest.mark.slow
def test_a_second_run_starts_no_reader_and_keeps_the_edition(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("nothing is new")

    monkeypatch.setattr(run, "read_apart", fail)
    monkeypatch.setattr(run, "begun", fail)
    before = (published / "latest").resolve()
    assert run.night([DIGITAL, DAMAGED], published).folder.resolve() == before


@pytest.mark.slow
def test_a_run_from_the_shelf_and_a_run_from_nothing_publish_the_same_bytes(
    published: Path, tmp_path: Path
) -> None:
    shutil.copytree(published / "shelf", tmp_path / "shelved" / "shelf")
    shutil.rmtree(tmp_path / "shelved" / "shelf" / "editions")
    run.night([DIGITAL, DAMAGED], tmp_path / "shelved")
    run.night([DAMAGED, DIGITAL], tmp_path / "fresh", settings=Settings(workers=1))
    expected = data_of((published / "latest").resolve())
    assert expected
    assert data_of((tmp_path / "shelved" / "latest").resolve()) == expected
    assert data_of((tmp_path / "fresh" / "latest").resolve()) == expected


@pytest.mark.slow
def test_the_journal_holds_nothing_of_what_the_reports_say(published: Path) -> None:
    from pipeline.workbench.asking import ask, database_in

    columns = "row_label_ar", "row_label_fr", "column_label_ar", "column_label_fr", "sentence", "section"
    said = ask(database_in(published), f"select {', '.join(columns)} from readings").rows
    words = {word for row in said for text in row if text for word in str(text).split() if len(word) > 6}
    assert len(words) > 20
    told = "".join(file.read_text(encoding="utf-8") for file in (published / "journal").iterdir())
    assert "2023-weasyprint.pdf" in told
    assert [word for word in words if word in told] == []


@pytest.mark.slow
def test_nothing_published_tells_where_the_files_lay(published: Path) -> None:
    for file in (published / "latest").resolve().rglob("*"):
        if file.is_file() and file.suffix != ".xlsx":
            assert str(DIGITAL.parent).encode() not in file.read_bytes(), file.name


@pytest.mark.slow
@pytest.mark.ocr
@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the kernel's signal at a parent's death is Linux's"
)
def test_a_run_that_is_killed_leaves_no_reader_behind(tmp_path: Path) -> None:
    scan = ROOT / "fixtures" / "reports" / "2023-scan.pdf"  # takes long enough to be met at work
    command = [sys.executable, "-m", "pipeline", "run", str(scan), "--no-prefect", "--out", str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    readers = wait_for(lambda: children_of(process.pid))
    time.sleep(2)  # so that the reader is past its imports
    process.kill()
    process.wait()
    assert readers
    assert wait_for(lambda: not any(is_alive(reader) for reader in readers))


def wait_for(what: Callable[[], T], seconds: float = 20.0) -> T:
    """Ask until the answer is true, or time is up; the last answer."""
    deadline = time.monotonic() + seconds
    while not (answer := what()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


def children_of(parent: int) -> list[int]:
    """Processes that a process has started from any of its threads."""
    lists = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(child) for file in lists for child in file.read_text().split()]


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_short_reports_are_read_in_batches_when_there_are_many_of_them() -> None:
    def some(*pages: int) -> list[Report]:
        return [
            Report(
                report_id=f"{n}", sha256=f"{n}", file_name=f"{n}", path=Path("r"), size=1, page_count=count
            )
            for n, count in enumerate(pages)
        ]

    def sizes(reports: list[Report], workers: int = 2) -> list[int]:
        found = run.batches(reports, workers)
        assert [report for batch in found for report in batch] == reports
        return [len(batch) for batch in found]

    assert sizes(some(*[1] * 300)) == [8] * 37 + [4]
    assert sizes(some(*[1] * 20)) == [2] * 10
    assert sizes(some(*[1] * 8)) == [1] * 8  # so that every worker has its share
    assert sizes(some(40, *[3] * 19)) == [1, *[2] * 9, 1]  # a long one is alone
    assert sizes([]) == []
