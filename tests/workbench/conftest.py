"""Two reports with faults, read and published once for all tests of the workbench."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import outcome
from pipeline.codebook.loading import copy_to
from pipeline.workbench.asking import ask, database_in

ROOT = Path(__file__).resolve().parent.parent.parent
REPORTS = [ROOT / "fixtures" / "reports" / name for name in ("2022-weasyprint.pdf", "2024-chromium.pdf")]


def run(out: Path, book: Path) -> None:
    """Read the reports and publish; what was read before is taken from the shelf."""
    files = [str(file) for file in REPORTS]
    assert (
        outcome(["run", *files, "--out", str(out), "--codebook", str(book), "--no-prefect", "--quiet"]) == 0
    )


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decided")
    copy_to(folder / "first")
    run(folder, folder / "first")
    return folder


@pytest.fixture(scope="session")
def database(out: Path) -> Path:
    """The first edition, in which nothing is decided."""
    return database_in(out).resolve()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    copy_to(folder)
    return folder


def one(database: Path, sql: str) -> str:
    ((value,),) = ask(database, sql).rows
    return str(value)


def swapped(database: Path) -> str:
    """The reading of a row total in which two digits are swapped."""
    return one(database, "select reading_id from readings where raw = '3 385' and kind = 'cell'")
