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
