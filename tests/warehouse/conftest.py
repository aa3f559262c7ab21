"""One edition of four fixture reports, read once for all tests of the warehouse."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import run
from pipeline.archive.opening import examine
from pipeline.codebook.loading import load
from pipeline.model.edition import Dataset, Edition
from pipeline.reading import read_report
from pipeline.warehouse.publish import publish

ROOT = Path(__file__).resolve().parent.parent.parent


def published(dataset: Dataset, out: Path, hour: int = 1) -> Edition:
    return publish(dataset, out, clock=lambda: datetime(2026, 1, 1, hour, tzinfo=UTC), tools={"hasila": "0"})


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    names = ("2021-libreoffice", "2022-weasyprint", "2023-weasyprint", "2024-chromium")
    files = [ROOT / "fixtures" / "reports" / f"{name}.pdf" for name in names]
    codebook = load()
    return run.assembled([read_report(examine(file), codebook) for file in files], codebook)


@pytest.fixture(scope="session")
def edition(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return published(dataset, tmp_path_factory.mktemp("out"))
