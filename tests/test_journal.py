"""Every line of the journal can be understood alone."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from pipeline import journal


def test_a_line_names_its_report_and_page(tmp_path: Path) -> None:
    log = logging.getLogger("pipeline.pages")
    with journal.to_file(tmp_path) as path:
        with journal.about(report="a.pdf"), journal.about(page=3):
            log.info("العدد %d", 7)
        log.info("outside")
    first, second = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert (first["report"], first["page"], first["message"]) == ("a.pdf", 3, "العدد 7")
    assert (first["level"], first["module"]) == ("info", "pipeline.pages")
    assert first["time"].endswith("+00:00")
    assert "report" not in second


def test_people_see_warnings_only(capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("pipeline.pages")
    with journal.to_terminal(), journal.about(report="a.pdf", page=2):
        log.info("all is well")
        log.warning("half the page is missing")
    assert capsys.readouterr().err == "a.pdf, page 2: half the page is missing\n"


def test_a_traceback_stays_in_the_journal(tmp_path: Path) -> None:
    with journal.to_file(tmp_path) as path:
        try:
            raise ValueError("boom")
        except ValueError:
            logging.getLogger("pipeline").exception("the reader raised")
    assert "ValueError: boom" in json.loads(path.read_text(encoding="utf-8"))["traceback"]


def test_journals_are_kept_for_so_many_days(tmp_path: Path) -> None:
    for name in ("20200101T000000.000000.jsonl", "29990101T000000.000000.jsonl", "notes.jsonl"):
        (tmp_path / name).write_text("")
    with journal.to_file(tmp_path, days=30):
        logging.getLogger("pipeline").info("a run")
    names = {path.name for path in tmp_path.iterdir()}
    assert "20200101T000000.000000.jsonl" not in names
    assert {"29990101T000000.000000.jsonl", "notes.jsonl"} < names
    assert len(names) == 3


def test_lines_below_the_level_are_left_out(tmp_path: Path) -> None:
    log = logging.getLogger("pipeline.pages")
    for level, count in ((logging.DEBUG, 2), (logging.INFO, 1)):
        with journal.to_file(tmp_path, level) as path:
            log.debug("words of a report")
            log.info("a page was read")
        assert len(path.read_text(encoding="utf-8").splitlines()) == count
