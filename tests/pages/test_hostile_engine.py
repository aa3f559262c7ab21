"""A Tesseract that misbehaves costs a page and never the report."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline import engine
from pipeline.apart import read_apart
from pipeline.errors import MissingTool
from pipeline.model.page import PageKind
from pipeline.model.report import Outcome, Report
from pipeline.pages import read_pages
from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr import tesseract
from pipeline.pages.ocr.engines import Engines, Spoken
from tests.pages.test_sheets import sheet

LISTED = """case "$*" in
  *--list-langs*) printf "List:\\nArabic\\nara\\nfra\\neng\\n"; exit 0;;
  *--version*) echo tesseract 5.3.0; exit 0;;
esac
"""
HEAD = r"level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
#: The first line of the blank image that follows the one that is asked about.
BLANK = r"\n1\t2\t0\t0\t0\t0\t0\t0\t16\t16\t-1\t\n"
#: Reads a name and tells that nothing is there, until its input ends.
SEES_NOTHING = (
    r"""n=0; while read -r name; do n=$((n + 1)); printf "1\t$n\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n"; done"""
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A scanned page, then a digital one."""
    picture = tmp_path / "scan.png"
    sheet().resize((600, 800)).save(picture)
    path = tmp_path / "report.pdf"
    canvas = Canvas(str(path), pagesize=(300, 400), invariant=1)
    canvas.drawImage(str(picture), 0, 0, 300, 400)
    canvas.showPage()
    canvas.drawString(40, 300, "Total des projets : 1 830")
    canvas.showPage()
    canvas.save()
    return path


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str, listed: str = LISTED) -> None:
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{listed}{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    engine.data_names.cache_clear()


@pytest.fixture(autouse=True)
def _forget() -> object:
    yield
    engine.data_names.cache_clear()


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "kill -SEGV $$",
        "echo out of memory >&2; exit 137",
        'printf "\\377\\376\\000garbage"',
        f'printf "\\377\\376\\000garbage{BLANK}"; exec sleep 600',
        'printf "not a table"',
        f'printf "{HEAD}"',
        f'printf "{HEAD}5\\t1\\t1\\t1\\t1\\t1\\tx\\ty\\tz\\tw\\tq\\t2023{BLANK}"; exec sleep 600',
        f'printf "{HEAD}5\\t7\\t1\\t1\\t1\\t1\\t9\\t9\\t9\\t9\\t90\\t2023{BLANK}"; exec sleep 600',
        "exit 0",
    ],
    ids=[
        "fails",
        "crashes",
        "is killed",
        "bad bytes and ends",
        "bad bytes",
        "no table",
        "empty table",
        "no numbers",
        "words of no image",
        "writes nothing",
    ],
)
def test_a_broken_engine_costs_its_page_alone(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    stand_in(tmp_path, monkeypatch, script)
    scanned, digital = read_pages(report)
    assert not scanned.lines
    assert scanned.kind is PageKind.SCAN
    assert scanned.complaint.startswith("Tesseract")
    assert [line.text for line in digital.lines] == ["Total des projets : 1 830"]


def test_a_hung_engine_is_ended_and_its_page_says_so(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "exec sleep 600")
    monkeypatch.setattr(tesseract, "TIME_LIMIT", 1)
    begun = time.monotonic()
    scanned, digital = read_pages(report)
    assert time.monotonic() - begun < 20
    assert "time" in scanned.complaint
    assert digital.lines


def test_an_engine_that_wants_all_the_memory_gets_no_more_than_its_reader_and_costs_its_page_alone(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, f'exec {sys.executable} -c "bytearray(6 << 30)"')
    scanned = Report(report_id="a" * 12, sha256="a" * 64, file_name="a.pdf", path=report, size=1)
    read = read_apart(scanned, seconds=120, memory_mb=2048).extraction
    assert read.report.outcome is Outcome.PARTLY
    assert "page 1. Tesseract: " in read.report.why
    assert "MemoryError" in read.report.why
    assert [reading.raw for reading in read.readings] == ["1 830"]


def test_one_page_has_one_time_limit_however_often_the_engine_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[float] = []

    def slow(self: Engines, images: Sequence[Gray], *given: object) -> list[list[Spoken]]:
        asked.append(float(given[-1]))  # type: ignore[arg-type]
        clock[0] += 50
        return [[] for _ in images]

    clock = [1000.0]
    monkeypatch.setattr(tesseract, "monotonic", lambda: clock[0])
    monkeypatch.setattr(Engines, "read", slow)
    monkeypatch.setattr(tesseract, "demand_languages", lambda: None)
    monkeypatch.setattr(tesseract, "TIME_LIMIT", 80)
    image = np.asarray(sheet())
    with pytest.raises(RuntimeError, match="time limit"):
        tesseract.read_words(image, 300)
    assert asked == [80, 30]


def test_missing_language_data_stops_with_the_command_that_installs_it(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1", 'printf "List:\\neng\\n"; exit 0\n')
    with pytest.raises(MissingTool) as stopped:
        read_pages(report)
    said = f"{stopped.value} {stopped.value.args}"
    assert "tesseract-ocr-script-arab" in said
    assert "tesseract-ocr-ara" in said
    assert "tesseract-ocr-fra" in said
    assert stopped.value.exit_code == 4


def test_a_digital_report_needs_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1", "exit 1\n")
    path = tmp_path / "digital.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.drawString(40, 300, "Total des projets : 1 830")
    canvas.save()
    assert read_pages(path)[0].kind is PageKind.TEXT


def test_a_photograph_without_print_is_a_scan_without_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, f'printf "{HEAD}"; {SEES_NOTHING}')
    path = tmp_path / "photo.pdf"
    lot = np.random.default_rng(5).integers(0, 255, (400, 300)).astype(np.uint8)
    Image.fromarray(lot).save(path, "PDF", resolution=72)
    (page,) = read_pages(path)
    assert page.kind is PageKind.SCAN
    assert not page.lines
