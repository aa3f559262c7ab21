"""What the README says can be done, can be done."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import click
import pytest

from pipeline.cli import cli
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines() if line.strip()]
CALLS = [shlex.split(line, comments=True)[1:] for line in LINES if "hasila " in line]


def test_the_readme_shows_a_command_within_its_first_25_lines() -> None:
    assert "make run" in "\n".join(README.splitlines()[:25])


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {line.split()[1] for line in LINES if line.startswith("make ")}
    assert targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("call", CALLS, ids=[" ".join(call)[:40] for call in CALLS])
def test_every_call_of_the_readme_is_understood(call: list[str]) -> None:
    name, *arguments = call
    command = cli.commands[name]
    command.make_context(name, arguments)


def test_every_setting_is_documented_with_its_default() -> None:
    for field in fields(Settings):
        row = re.search(rf"^\| `HASILA_{field.name.upper()}` \| .* \|(.*)\|$", README, re.MULTILINE)
        assert row, field.name
        default = "" if field.default is None else f"{field.default}".removesuffix(".0")
        assert row[1].strip().strip("`") == default


def test_every_option_says_what_it_is_for() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help or isinstance(option.type, click.Choice), (name, option.name)


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert "://" in target or (ROOT / target).exists(), target
