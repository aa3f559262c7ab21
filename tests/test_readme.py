"""What the README prints is what a run prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pipeline.cli import outcome
from tests.conftest import FirstRun

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PRINTED = [block for block in README.split("```")[1::2] if block.startswith("\n")]


def lines(text: str) -> list[str]:
    """Lines without idle blanks; reports are told in the order in which they are done, so that one is left out."""
    told = [re.sub(r"^\[\d+/", "[", line.rstrip()) for line in text.splitlines() if line.strip()]
    return sorted(line for line in told if not line.startswith("Look at"))


@pytest.mark.slow
def test_the_first_run_and_the_query_print_what_the_readme_shows(
    first_run: FirstRun, capsys: pytest.CaptureFixture[str]
) -> None:
    assert first_run.exit_code == 0
    assert lines(first_run.printed) == lines(PRINTED[0])
    query = next(line for line in README.splitlines() if line.startswith(".venv/bin/hasila query"))
    assert outcome([*shlex.split(query)[1:], "--out", str(first_run.out)]) == 0
    assert lines(capsys.readouterr().out) == lines(PRINTED[1])
