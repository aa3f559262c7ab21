"""What the command line says, where it says it, and with which exit code it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from pipeline import apart
from pipeline.cli import outcome

ROOT = Path(__file__).resolve().parent.parent
DIGITAL = ROOT / "fixtures" / "reports" / "2023-weasyprint.pdf"
DAMAGED = ROOT / "fixtures" / "damaged"
Capture = pytest.CaptureFixture[str]


def one_line(text: str) -> str:
    (line,) = text.strip().splitlines()
    return line


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "nowhere"], 3, "nowhere does not exist. Check the spelling"),
        (["run", "{empty}"], 3, "No PDF found in"),
        (["run", str(DAMAGED / "empty.pdf"), "--out", "{file}"], 2, "can't be written"),
        (["read", "nowhere.pdf"], 3, "nowhere.pdf does not exist."),
        (["read", "{empty}"], 3, "is a folder. Give one PDF, or use: hasila run"),
        (["read", str(DAMAGED / "empty.pdf")], 3, "The file is empty."),
        (["read", str(DAMAGED / "locked.pdf")], 3, "Locked with a password. Name it in the file"),
        (["read", str(DAMAGED / "no_pages.pdf")], 3, "The PDF has no pages."),
        (["read", str(DAMAGED / "not_a_pdf.pdf")], 3, "Not a PDF"),
        (["read", str(DAMAGED / "truncated.pdf")], 3, "Truncated:"),
        (["query", "select 1", "--out", "{empty}"], 3, "Make one with: hasila run FOLDER"),
        (["findings", "--out", "{empty}"], 3, "Make one with: hasila run FOLDER"),
        (["explain", "x", "--out", "{empty}"], 3, "Make one with: hasila run FOLDER"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line_with_the_next_step(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    places = {"empty": str(tmp_path / "empty"), "file": str(tmp_path / "file")}
    monkeypatch.setenv("HASILA_OUT", str(tmp_path / "out"))
    assert outcome([argument.format(**places) for argument in arguments]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert one_line(printed.err).startswith("hasila: ")
    assert said in printed.err


@pytest.mark.parametrize(
    "arguments", [["run"], ["nonsense"], ["read", "a.pdf", "--format", "xml"], ["query"]]
)
def test_wrong_words_end_with_2(arguments: list[str], capsys: Capture) -> None:
    assert outcome(arguments) == 2
    assert "Usage: hasila" in capsys.readouterr().err


def test_an_internal_error_ends_with_5_and_shows_its_traceback_on_request_only(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("pipeline.commands.read.looking", fail)
    assert outcome(["read", str(DIGITAL)]) == 5
    plain = capsys.readouterr().err
    assert one_line(plain).startswith("hasila: internal error, ZeroDivisionError: planted.")
    assert outcome(["--debug", "read", str(DIGITAL)]) == 5
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_ends_with_130(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.commands.read.looking", interrupt)
    assert outcome(["read", str(DIGITAL)]) == 130
    assert "run again to go on" in capsys.readouterr().err


def test_a_reader_that_crashes_ends_read_with_5(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_WORKER", "tests.hostile")
    monkeypatch.setenv("HOSTILE", "crash")
    assert outcome(["read", str(DIGITAL)]) == 5
    assert "The reader crashed on this file (SIGSEGV)." in one_line(capsys.readouterr().err)


def test_help_names_every_command(capsys: Capture) -> None:
    assert outcome(["--help"]) == 0
    said = capsys.readouterr().out
    for name in ("run", "read", "query", "explain", "findings", "doctor"):
        assert f"\n  {name} " in said


def test_doctor_says_what_is_missing_and_how_to_get_it(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.commands.doctor.installed_languages", lambda: frozenset({"eng"}))
    assert outcome(["doctor"]) == 4
    said = capsys.readouterr().out
    assert "missing tesseract, Arabic" in said
    assert said.count("Next: ") == 1
    assert "apt-get install --yes tesseract-ocr-script-arab tesseract-ocr-ara tesseract-ocr-fra" in said


def test_doctor_refuses_libraries_that_prefect_can_not_run_with(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.commands import doctor

    found = {**doctor.installed(doctor._LIBRARIES), "fastapi": "0.165.0"}
    monkeypatch.setattr(doctor, "installed", lambda packages: found)
    assert outcome(["doctor", "--json"]) == 4
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["fastapi for prefect"]["cure"]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One published edition of a good report and the damaged files."""
    out = tmp_path_factory.mktemp("edition")
    command = [sys.executable, "-m", "pipeline", "run", str(DIGITAL), str(DAMAGED), "--no-prefect"]
    ran = subprocess.run([*command, "--out", str(out)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    (out / "said.txt").write_text(ran.stdout, encoding="utf-8")
    (out / "told.txt").write_text(ran.stderr, encoding="utf-8")
    return out


@pytest.mark.slow
def test_a_run_ends_with_a_summary_and_where_to_look(edition: Path) -> None:
    said = (edition / "said.txt").read_text(encoding="utf-8")
    for name in ("reports", "pages", "tables", "readings", "observations", "series", "findings"):
        assert f"\n{name} " in f"\n{said}"
    assert "5 refused" in said
    assert str(edition / "latest" / "digest.html") in said


@pytest.mark.slow
def test_off_a_terminal_a_run_tells_one_plain_line_a_report(edition: Path) -> None:
    told = (edition / "told.txt").read_text(encoding="utf-8").splitlines()
    assert len(told) == 7
    assert all(line.startswith("[") for line in told)
    assert any("locked.pdf: refused. Locked with a password." in line for line in told)
    assert not any("\x1b" in line for line in told)


@pytest.mark.slow
def test_a_run_with_nothing_new_says_so_at_once(edition: Path, capsys: Capture) -> None:
    assert outcome(["run", str(DIGITAL), str(DAMAGED), "--out", str(edition)]) == 0
    printed = capsys.readouterr()
    assert "Nothing new" in printed.out
    assert printed.err == ""


@pytest.mark.slow
def test_a_run_can_be_silent_or_speak_json(edition: Path, capsys: Capture) -> None:
    assert outcome(["run", str(DIGITAL), str(DAMAGED), "--out", str(edition), "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert outcome(["run", str(DIGITAL), str(DAMAGED), "--out", str(edition), "--json"]) == 0
    said = json.loads(one_line(capsys.readouterr().out))
    assert (said["new"], said["published"]) == (False, True)
    assert said["rows"]["reports"] == 7


@pytest.mark.slow
def test_the_published_edition_answers_sql(edition: Path, capsys: Capture) -> None:
    sql = "select file_name, outcome from reports where outcome = 'read' order by file_name"
    assert outcome(["query", sql, "--out", str(edition), "--format", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows == [["file_name", "outcome"], ["2023-weasyprint.pdf", "read"], ["owner_locked.pdf", "read"]]
    assert (
        outcome(["query", "select count(*) as n from latest", "--out", str(edition), "--format", "json"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["n"] > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "sql",
    [
        "select nothing from latest",
        "selct 1",
        "drop table readings",
        "copy readings to 'stolen.csv'",
        "select * from read_csv('/etc/passwd')",
    ],
)
def test_sql_that_is_wrong_or_reaches_out_is_turned_away(
    edition: Path, sql: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert outcome(["query", sql, "--out", str(edition)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert one_line(printed.err).endswith('See the tables with: hasila query "show tables".')
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_figure_is_explained_with_a_picture(edition: Path, capsys: Capture, tmp_path: Path) -> None:
    sql = (
        "select reading_id, raw from readings join reports using (report_id)"
        " where file_name = '2023-weasyprint.pdf' order by all limit 1"
    )
    assert outcome(["query", sql, "--out", str(edition), "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)
    picture = tmp_path / "where.png"
    arguments = ["explain", row["reading_id"], "--out", str(edition), "--picture", str(picture)]
    assert outcome(arguments) == 0
    said = capsys.readouterr().out
    assert row["raw"] in said
    assert "report: 2023-weasyprint.pdf" in said
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_series_is_explained_with_the_link_of_each_report(edition: Path, capsys: Capture) -> None:
    assert outcome(["explain", "CHI_CAPE_BENEF_N.MA.F._T", "--out", str(edition)]) == 0
    links = [line for line in capsys.readouterr().out.splitlines() if line.startswith("link: ")]
    assert {line.split()[1] for line in links} == {"2023-weasyprint.pdf"}
    assert all("»: cues.csv line " in line for line in links)


@pytest.mark.slow
def test_an_id_that_is_not_there_is_an_input_error(edition: Path, capsys: Capture) -> None:
    assert outcome(["explain", "nothing", "--out", str(edition)]) == 3
    assert "No id nothing" in capsys.readouterr().err


@pytest.mark.slow
def test_findings_are_listed_by_consequence(edition: Path, capsys: Capture) -> None:
    assert outcome(["findings", "--out", str(edition), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    weight = {"error": 0, "warning": 1, "information": 2}
    assert [row["severity"] for row in rows] == sorted(
        (row["severity"] for row in rows), key=weight.__getitem__
    )
    assert outcome(["findings", "--out", str(edition), "--severity", "warning", "--json"]) == 0
    assert all(json.loads(line)["severity"] == "warning" for line in capsys.readouterr().out.splitlines())


@pytest.mark.slow
def test_a_report_is_read_to_csv_json_or_lines_and_nothing_is_stored(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert outcome(["read", str(DIGITAL), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert outcome(["read", str(DIGITAL), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [row["reading_id"] for row in rows] == [reading["reading_id"] for reading in said["readings"]]
    assert len(rows) >= 46
    assert "path" not in said["report"]
    assert outcome(["read", str(DIGITAL), "--tables"]) == 0
    assert "│" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_report_that_was_cut_short_but_repaired_is_read_with_a_warning(
    capsys: Capture, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(whole.read_bytes()[: whole.read_bytes().rindex(b"startxref")])
    assert outcome(["read", str(cut)]) == 0
    assert "Truncated: the file is cut short, 1 page(s) could be saved." in capsys.readouterr().err
