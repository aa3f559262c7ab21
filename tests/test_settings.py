"""Flags win over the environment, the environment over the defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.settings import Settings, settings_from


def test_without_anything_the_defaults_hold() -> None:
    assert settings_from({}) == Settings()


def test_a_flag_wins_over_the_environment() -> None:
    environment = {"HASILA_OUT": "/data/editions", "HASILA_WORKERS": "8", "HASILA_SECONDS_PER_PAGE": "2.5"}
    settings = settings_from(environment, out=Path("here"), codebook=None)
    assert (settings.out, settings.workers, settings.seconds_per_page) == (Path("here"), 8, 2.5)
    assert settings.codebook is None


@pytest.mark.parametrize(("name", "text"), [("WORKERS", "many"), ("WORKERS", "0"), ("BASE_SECONDS", "-1")])
def test_a_variable_that_is_no_number_is_named(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"HASILA_{name}={text}"):
        settings_from({f"HASILA_{name}": text})


def test_a_longer_report_may_take_longer() -> None:
    assert Settings(base_seconds=10, seconds_per_page=2).seconds_for(5) == 20
