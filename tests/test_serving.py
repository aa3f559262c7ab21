"""Nights by a schedule, for real: a server, three nights, one cancelled, a killed one closed, a missed one caught up once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import outcome
from tests.bench.scheduled import nights

EVERY = 8


@pytest.mark.slow
@pytest.mark.prefect
def test_nights_follow_the_schedule_one_at_a_time_and_a_missed_one_is_caught_up_once(tmp_path: Path) -> None:
    seen = nights(tmp_path, EVERY)
    assert seen["failed"] == []
    assert seen["completed"] >= 3
    assert seen["overlapping"] == 0
    assert seen["cancelled while one was at work"]
    assert seen["published"]
    assert str(tmp_path / "inbox") in seen["names"][0]
    assert "first.pdf: reading 2 pages" in seen["told"]
    assert seen["server and night gone with who served"]
    assert seen["the killed night"] == ["CRASHED"]
    assert (seen["caught up"], seen["still running"]) == (1, 0)
    assert seen["missed and given up"] >= 1


@pytest.mark.parametrize(
    "arguments", [["serve", "inbox"], ["serve", "inbox", "--cron", "30 3 * * *", "--every", "5"]]
)
def test_a_schedule_is_needed_and_only_one(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(arguments) == 2
    assert "--cron" in capsys.readouterr().err


@pytest.mark.prefect
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cron", "nonsense"], "no schedule"),
        (["--cron", "30 3 * * *", "--timezone", "Mars/Base"], "no time zone"),
    ],
)
def test_a_schedule_that_can_not_be_understood_is_told(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(["serve", "inbox", "--out", str(tmp_path), *arguments]) == 2
    assert said in capsys.readouterr().err
