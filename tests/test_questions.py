"""Series, differences, exports and the codebook, asked for on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from pipeline.cli import outcome

ROOT = Path(__file__).resolve().parent.parent
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Editions of one report, then of two."""
    folder, pile = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("pile")
    for name in ("2021-libreoffice.pdf", "2022-weasyprint.pdf"):
        (pile / name).write_bytes((ROOT / "fixtures" / "reports" / name).read_bytes())
        assert outcome(["run", str(pile), "--out", str(folder), "--no-prefect", "--quiet"]) == 0
    return folder


def answer(capsys: Capture, *arguments: object) -> str:
    capsys.readouterr()
    assert outcome([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["فتيات", "المواكبة"], ["filles", "CAPE"], ["girls", "cape"], ["CHI_CAPE_BENEF_N", "F"]]
)
def test_a_series_is_found_by_words_of_any_language(words: list[str], out: Path, capsys: Capture) -> None:
    lines = answer(capsys, "series", *words, "--out", out, "--format", "json").splitlines()
    assert "CHI_CAPE_BENEF_N.MA.F._T" in [json.loads(line)["series_id"] for line in lines]


def test_a_slip_in_a_word_is_forgiven_and_nonsense_finds_nothing(out: Path, capsys: Capture) -> None:
    assert "handicap" in answer(capsys, "series", "handicpa", "--out", out, "--lang", "fr")
    assert answer(capsys, "series", "qqqqq", "--out", out) == ""


def test_vintages_of_a_series_stand_in_a_triangle(out: Path, capsys: Capture) -> None:
    text = answer(capsys, "series", "CHI_CAPE_BENEF_N.MA.F._T", "--vintages", "--out", out, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows == [
        {"time_period": "2021", "report 2021": "3327", "report 2022": ""},
        {"time_period": "2022", "report 2021": "", "report 2022": "4216"},
    ]


def test_a_series_is_shown_as_it_was_known_on_a_day(out: Path, capsys: Capture) -> None:
    asked = ("series", "CHI_CAPE_BENEF_N.MA.F._T", "--out", out, "--format", "csv", "--as-of")
    (row,) = csv.DictReader(io.StringIO(answer(capsys, *asked, "2022-12-30")))
    assert (row["last_period"], row["vintages"]) == ("2021", "1")
    assert "report 2022" not in answer(capsys, *asked, "2022-12-30", "--vintages")
    assert "report 2022" in answer(capsys, *asked, "2022", "--vintages")
    assert outcome([*map(str, asked), "yesterday"]) == 2


@pytest.mark.parametrize(("form", "begins"), [("markdown", "| a |"), ("csv", "a,b"), ("json", '{"a": -7, ')])
def test_an_answer_takes_the_form_asked_for(form: str, begins: str, out: Path, capsys: Capture) -> None:
    text = answer(
        capsys, "query", "select -7::decimal(9, 2) as a, 'x|y' as b", "--out", out, "--format", form
    )
    assert text.startswith(begins)
    assert "-7" in text
    assert form != "markdown" or "x\\|y" in text


def test_a_question_can_not_write_or_reach_other_files(out: Path, capsys: Capture) -> None:
    for sql in ("drop table observations", "copy observations to 'x.csv'", "select * from '/etc/passwd'"):
        assert outcome(["query", sql, "--out", str(out)]) == 2, sql


def test_two_editions_are_compared_the_last_two_unless_named(out: Path, capsys: Capture) -> None:
    rows = [
        json.loads(line) for line in answer(capsys, "diff", "--out", out, "--format", "json").splitlines()
    ]
    assert {row["kind"] for row in rows} == {"new"}
    assert " 0 changed, " in answer(capsys, "diff", "latest", "latest", "--out", out)
    assert outcome(["diff", "e-nothing", "--out", str(out)]) == 3


def test_an_export_says_where_it_was_written(out: Path, tmp_path: Path, capsys: Capture) -> None:
    told = answer(
        capsys, "export", "--format", "stata", "--table", "series", "--out", out, "--to", tmp_path / "x"
    )
    assert told.strip() == f"Written: {tmp_path / 'x' / 'series.dta'}"
    assert outcome(["export", "--format", "word", "--out", str(out)]) == 2


def test_the_codebook_is_checked_and_says_what_it_lacks(out: Path, tmp_path: Path, capsys: Capture) -> None:
    assert "every row can be read" in answer(capsys, "codebook", "check", "--out", out)
    assert outcome(["codebook", "suggest", "--out", str(out), "--format", "json"]) == 0
    wrong = tmp_path / "codebook"
    wrong.mkdir()
    for file in (ROOT / "pipeline" / "codebook").iterdir():
        if file.suffix in (".csv", ".toml"):
            (wrong / file.name).write_bytes(file.read_bytes())
    with (wrong / "labels.csv").open("a", encoding="utf-8") as file:
        file.write("X,sex,de,weiblich,female\n")
    capsys.readouterr()
    assert outcome(["codebook", "check", str(wrong), "--out", str(out)]) == 2
    assert "labels.csv line" in capsys.readouterr().err
