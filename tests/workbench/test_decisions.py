"""What a person decides about an edition stands in the next one, with who and why, and is never lost or doubled."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.cli import outcome
from pipeline.codebook.decisions import accepted, corrections
from pipeline.errors import UsageError
from pipeline.versions import versions
from pipeline.workbench.asking import ask, database_in
from pipeline.workbench.decisions import accept, correct, number_of
from tests.workbench.conftest import REPORTS, one, run, swapped

Capture = pytest.CaptureFixture[str]
LOOKED = {"reason": "On the page it is so.", "author": "ليلى"}


@pytest.mark.slow
def test_a_correction_stands_in_the_next_edition_and_is_explained_there(
    out: Path, database: Path, book: Path, capsys: Capture
) -> None:
    reading = swapped(database)
    about = ("--out", str(out), "--codebook", str(book), "--author", "ليلى")
    assert outcome(["correct", reading, "3 358", "--reason", "Two digits are swapped.", *about]) == 0
    told = capsys.readouterr().out
    assert "corrections.toml entry 1" in told
    assert f"hasila run {REPORTS[0]} {REPORTS[1]} --out {out} --codebook {book}" in told
    row = "select finding_id from findings where rule = 'TAB-01' and readings like '%{}%'"
    wrong = one(database, row.format(reading))
    weekday = one(database, "select min(finding_id) from findings where rule = 'CEL-08'")
    assert outcome(["accept", weekday, "--reason", "A slip.", "--verdict", "confirmed", *about]) == 0
    assert versions(book).readings == versions(out / "first").readings == versions().readings
    assert versions(book).everything != versions(out / "first").everything
    run(out, book)
    after = database_in(out)
    assert (
        one(after, f"select obs_value from observations where reading_id = '{reading}'")
        == f"{Decimal(3358):.9f}"
    )
    assert one(after, f"select value from readings where reading_id = '{reading}'") == f"{Decimal(3385):.9f}"
    assert ask(after, "select 1 from findings where finding_id = ?", [wrong]).rows == ()
    assert one(after, f"select accepted from findings where finding_id = '{weekday}'") == "True"
    capsys.readouterr()
    assert outcome(["explain", reading, "--out", str(out)]) == 0
    assert "3385 → 3358 by ليلى: Two digits are swapped." in capsys.readouterr().out
    assert outcome(["findings", "--out", str(out)]) == 0
    assert weekday not in capsys.readouterr().out
    assert outcome(["query", 'select old, new, "by" from edits', "--out", str(out), "--format", "csv"]) == 0
    assert list(csv.DictReader(io.StringIO(capsys.readouterr().out))) == [
        {"old": "3385", "new": "3358", "by": "ليلى"}
    ]
    # On the edition that holds it, the same decision says so, and another one is refused.
    assert outcome(["correct", reading, "3358", "--reason", "Again.", *about]) == 0
    assert "Decided already" in capsys.readouterr().out
    assert outcome(["correct", reading, "3385", "--reason", "No.", *about]) == 2
    assert "corrections.toml entry 1 (line 16) says already that it is 3358" in capsys.readouterr().err


@pytest.mark.slow
def test_a_figure_is_told_by_its_labels_which_outlive_the_numbering_of_readings(
    database: Path, book: Path
) -> None:
    correct(database, book, swapped(database), "3358", **LOOKED)
    (held,) = corrections(book / "corrections.toml")
    assert "Féminin" in held.labels
    assert (held.reading, held.old, held.new) == ("", "3385", "3358")


@pytest.mark.slow
def test_every_figure_of_an_edition_can_be_corrected_and_nothing_else_is_meant(
    database: Path, tmp_path: Path
) -> None:
    for row in ask(
        database, "select reading_id, report_id, page, value from readings where value is not null"
    ).as_dicts():
        folder = tmp_path / str(row["reading_id"])
        folder.mkdir()
        (folder / "corrections.toml").write_bytes(b"")
        correct(database, folder, str(row["reading_id"]), "987654", **LOOKED)
        (held,) = corrections(folder / "corrections.toml")
        assert (held.report, held.page) == (row["report_id"], row["page"])


@pytest.mark.slow
def test_an_observation_is_corrected_by_its_reading_and_names_where_else_it_is_printed(
    database: Path, book: Path
) -> None:
    (row,) = ask(
        database, "select * from observations where duplicates <> '' order by all limit 1"
    ).as_dicts()
    decided = correct(database, book, str(row["observation_id"]), "1", **LOOKED)
    assert decided.alike == tuple(str(row["duplicates"]).split())


@pytest.mark.slow
def test_what_can_not_be_decided_is_refused_with_what_to_do(
    out: Path, database: Path, book: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HASILA_CODEBOOK", raising=False)
    reading, finding = (
        swapped(database),
        one(database, "select min(finding_id) from findings where readings <> ''"),
    )
    mine = ("--out", str(out), "--codebook", str(book), "--edition", database.parent.name)
    for arguments, said in [
        (["correct", reading, "1", "--reason", "x", "--out", str(out)], "hasila codebook copy FOLDER"),
        (["correct", reading, "1", "--reason", "x", "--out", str(out), "--codebook", "none"], "copy none"),
        (["correct", reading, "1", "--reason", " ", *mine], "Say why"),
        (["correct", reading, "3385", "--reason", "x", *mine], "is 3385 already"),
        (["correct", reading, "many", "--reason", "x", *mine], "'many' is no number"),
        (["correct", reading, "3.358", "--reason", "x", *mine], "may be 3358 or a decimal"),
        (["correct", finding, "1", "--reason", "x", *mine], "Name one of its figures: "),
        (["accept", reading, "--reason", "x", *mine], "is no finding but of readings"),
        (["accept", finding, "--reason", "x", "--until", "2020-01-01", *mine], "2020-01-01 is over"),
    ]:
        assert outcome(arguments) == 2, arguments
        assert said in capsys.readouterr().err
    assert outcome(["accept", "F-nothing", "--reason", "x", *mine]) == 3
    assert list(corrections(book / "corrections.toml")) == []
    (book / "labels.csv").write_text("nothing")
    assert outcome(["accept", finding, "--reason", "x", *mine]) == 2
    assert "labels.csv line 1" in capsys.readouterr().err
    assert list(accepted(book / "accepted.toml")) == []


@pytest.mark.slow
def test_who_decides_and_when_is_written_down(database: Path, book: Path, out: Path) -> None:
    finding = one(database, "select min(finding_id) from findings")
    accept(
        database,
        book,
        finding,
        **LOOKED,
        today=date(2026, 2, 3),
        until=date(2027, 2, 3),
        verdict="false_alarm",
    )
    (held,) = accepted(book / "accepted.toml")
    assert (held.who, held.when, held.until) == ("ليلى", date(2026, 2, 3), date(2027, 2, 3))
    assert held.rule == one(database, f"select rule from findings where finding_id = '{finding}'")


def test_a_codebook_is_copied_to_a_new_folder_only(tmp_path: Path, capsys: Capture) -> None:
    assert outcome(["codebook", "copy", str(tmp_path / "mine")]) == 0
    assert outcome(["codebook", "check", str(tmp_path / "mine"), "--out", str(tmp_path)]) == 0
    capsys.readouterr()
    assert outcome(["codebook", "copy", str(tmp_path / "mine")]) == 2
    assert "is not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("44532", "44532"),
        ("44 532", "44532"),
        ("44\u202f532", "44532"),
        ("٤٤٥٣٢", "44532"),
        ("12,5", "12.5"),
        ("12.50 %", "12.50"),
        ("٣٫٥", "3.5"),
        ("-3", "-3"),
        ("0.125", "0.125"),
    ],
)
def test_a_number_is_understood_as_people_write_it(text: str, value: str) -> None:
    assert number_of(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "many", "1,234,567", "44.532", "44,532", "1e5", "NaN", "Infinity", "--5"]
)
def test_what_is_no_number_or_may_be_two_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        number_of(text)
