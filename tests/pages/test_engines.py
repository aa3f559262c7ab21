"""Tesseract stays while a report is read, and what it tells is what it tells when it is asked once."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.pages.image.raster import Gray
from pipeline.pages.ocr import engines
from pipeline.pages.ocr.engines import Spoken, staying
from pipeline.pages.ocr.tesseract import demand_languages
from tests.pages.test_sheets import sheet


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    demand_languages()


def asked_once(image: Gray, folder: Path, mode: int) -> list[Spoken]:
    """What Debian's own command tells of one image."""
    file = folder / "image.png"
    cv2.imwrite(str(file), image)
    command = ["tesseract", str(file), "stdout", "-l", "fra", "--psm", str(mode), "--dpi", "300", "tsv"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [
        row for row in (line.split("\t") for line in said.splitlines()) if row[0] == "5" and row[11].strip()
    ]
    return [
        Spoken(r[11].strip(), int(r[6]), int(r[7]), int(r[8]), int(r[9]), int(float(r[10]))) for r in rows
    ]


def processes() -> set[int]:
    """Processes that this one has started and that have not ended."""
    return {int(n) for n in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def test_images_asked_of_one_engine_are_read_as_by_one_engine_each(tmp_path: Path) -> None:
    page = np.asarray(sheet())
    images = [page, np.full((60, 90), 255, np.uint8), page[: page.shape[0] // 2]]
    expected = [asked_once(image, tmp_path, 6) for image in images]
    assert expected[0]
    with staying() as held:
        assert held.read(images, "fra", 6, 300, 60) == expected
        before = processes()
        assert held.read(images[::-1], "fra", 6, 300, 60) == expected[::-1]
        assert processes() == before


def test_an_engine_ends_with_the_block_that_it_was_started_in(tmp_path: Path) -> None:
    before = processes()
    with staying() as held:
        with staying() as same:
            assert same is held
            held.read([np.asarray(sheet())], "fra", 6, 300, 60)
        assert processes() - before
    assert processes() == before


@pytest.mark.parametrize("hangs", [True, False])
def test_an_engine_that_hung_or_crashed_costs_one_call(hangs: bool) -> None:
    page = np.asarray(sheet())
    before = processes()
    with staying() as held:
        expected = held.read([page], "fra", 6, 300, 60)
        for number in () if hangs else processes() - before:
            os.kill(number, signal.SIGSEGV)
        with pytest.raises(RuntimeError, match="time" if hangs else "ended with code -11"):
            held.read([page], "fra", 6, 300, 0.0 if hangs else 60)
        assert processes() == before
        assert held.read([page], "fra", 6, 300, 60) == expected


def test_without_a_terminal_an_engine_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> tuple[int, int]:
        raise OSError("out of pty devices")

    monkeypatch.setattr(engines.os, "openpty", none)
    page = np.asarray(sheet())
    before = processes()
    with staying() as held:
        for _ in range(2):
            assert held.read([page, page], "fra", 6, 300, 60) == [asked_once(page, tmp_path, 6)] * 2
            assert processes() == before


def test_a_model_that_is_not_there_is_told() -> None:
    with staying() as held, pytest.raises(RuntimeError, match="ended with code 1"):
        held.read([np.asarray(sheet())], "no such model", 6, 300, 60)
