"""Setting up on a machine where things are missing: install them, or say exactly what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLAIN_TOOLS = ("sh", "sed", "grep", "dirname", "printf", "env", "cat")


def a_machine(folder: Path, **programs: str) -> dict[str, str]:
    """An environment whose only programs are a few plain ones and the given shell scripts."""
    for name in PLAIN_TOOLS:
        if found := shutil.which(name):
            (folder / name).symlink_to(found)
    for name, body in programs.items():
        script = folder / name.replace("_", "-")
        script.write_text(f"#!/bin/sh\n{body}\n")
        script.chmod(0o755)
    return {"PATH": str(folder), "TERM": "dumb"}


def run_script(name: str, *arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", f".ci/{name}", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


ALL_LANGUAGES = (
    'echo "List of available languages (5):"; echo script/Arabic; echo ara; echo eng; echo fra; echo osd'
)


def test_where_nothing_is_missing_nothing_is_installed(tmp_path: Path) -> None:
    machine = a_machine(tmp_path, tesseract=ALL_LANGUAGES, apt_get="exit 99")
    ran = run_script("tesseract", environment=machine)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("programs", "packages"),
    [
        ({}, "tesseract-ocr tesseract-ocr-script-arab tesseract-ocr-ara tesseract-ocr-fra tesseract-ocr-eng"),
        ({"tesseract": "echo eng; echo fra"}, "tesseract-ocr-script-arab tesseract-ocr-ara"),
    ],
)
def test_root_installs_what_is_missing(tmp_path: Path, programs: dict[str, str], packages: str) -> None:
    (tmp_path / "bin").mkdir()
    record = tmp_path / "record"
    machine = a_machine(tmp_path / "bin", apt_get='echo "$*" >> "$RECORD"', id="echo 0", **programs)
    ran = run_script("tesseract", environment={**machine, "RECORD": str(record)})
    assert ran.returncode == 0, ran.stderr
    update, install = record.read_text().splitlines()
    assert update.startswith("update")
    assert install.endswith(f"--no-install-recommends {packages}")


def test_without_rights_the_command_for_an_administrator_is_told(tmp_path: Path) -> None:
    machine = a_machine(tmp_path, tesseract="echo eng; echo fra", apt_get="exit 99", id="echo 1000")
    ran = run_script("tesseract", environment=machine)
    assert ran.returncode == 4
    assert "Have an administrator run: apt-get update && apt-get install" in ran.stderr
    assert ran.stderr.strip().endswith("tesseract-ocr-script-arab tesseract-ocr-ara")


def test_without_apt_the_packages_are_named(tmp_path: Path) -> None:
    ran = run_script("tesseract", environment=a_machine(tmp_path, id="echo 0"))
    assert ran.returncode == 4
    assert "what Debian calls: tesseract-ocr tesseract-ocr-script-arab" in ran.stderr


def test_an_installation_that_fails_says_what_to_run(tmp_path: Path) -> None:
    ran = run_script("tesseract", environment=a_machine(tmp_path, apt_get="exit 100", id="echo 0"))
    assert ran.returncode == 4
    assert "could not be installed" in ran.stderr


def test_an_old_python_is_turned_away_with_the_next_step(tmp_path: Path) -> None:
    machine = a_machine(tmp_path, python3="exit 1")
    ran = run_script("python", "python3", str(tmp_path / "venv"), environment=machine)
    assert ran.returncode == 4
    assert "Hasila needs Python 3.11 or newer" in ran.stderr
    assert not (tmp_path / "venv").exists()


@pytest.mark.slow
def test_the_command_works_from_anywhere_even_beside_a_folder_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline" / "__init__.py").write_text("raise SystemExit('the wrong one')")
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    site = next(venv.glob("lib/python*/site-packages"))
    (site / "packages.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    ran = run_script("link", str(venv), environment=dict(os.environ))
    assert ran.returncode == 0, ran.stderr
    said = subprocess.run(
        [str(venv / "bin" / "hasila"), "--version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert said.stdout.startswith("hasila, version "), said.stderr
