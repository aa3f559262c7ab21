"""What tests of runs, servers and workers share: processes that are ended with the test, and a reader held at a gate."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "fixtures" / "reports"
PATIENCE = 300.0


def environment(**more: str) -> dict[str, str]:
    """That of a process of ours, with nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "HASILA_"))}
    return {**kept, "PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(what: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What comes of it, as soon as it is something, or when the time is over."""
    deadline = time.monotonic() + seconds
    while not (answer := what()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return answer


def data_of(out: Path) -> dict[str, bytes]:
    """The data files of the published edition."""
    edition = (out / "latest").resolve()
    return {
        str(file.relative_to(edition)): file.read_bytes()
        for file in sorted(edition.rglob("*"))
        if file.suffix in (".csv", ".parquet")
    }


class Started:
    """Processes started by a test; whatever is left of them is ended with it."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self.variables, self.all = folder, variables, list[subprocess.Popen[bytes]]()

    def __call__(self, *command: str, **variables: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"process-{len(self.all)}.log").open("wb") as said:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(**self.variables, **variables),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.all.append(process)
        return process

    def said(self, process: subprocess.Popen[bytes]) -> str:
        """All that a process printed."""
        return (self.folder / f"process-{self.all.index(process)}.log").read_text(errors="replace")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End it with all that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """End whatever is left."""
        for process in self.all:
            self.kill(process)


def started_below(process: int, words: str = "pipeline.worker") -> list[int]:
    """Processes that a process, or one it started, has at work with these words on their command line; readers by default."""
    found: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, file.read_text().split()):
                said = (
                    Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                )
                found += [child] if words in said else started_below(child, words)
    return found


def mentioning(words: str) -> list[int]:
    """Processes of this machine, other than our own, that have these words in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int(place.name) != os.getpid() and words.encode() in (place / "environ").read_bytes():
                found.append(int(place.name))
    return found


def page_of(source: str, target: Path, number: int, *, scanned: bool = False) -> Path:
    """A report of one page of a fixture; with a scanned one behind it if asked, at which a :class:`Gate` holds its reader."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.open(REPORTS / source) as pdf:
        one = pikepdf.new()
        one.pages.append(pdf.pages[number])
        if scanned:
            picture = Image.new("L", (600, 800), 255)
            ImageDraw.Draw(picture).text((100, 100), "scanned", fill=0, font_size=60)
            picture.save(target.with_suffix(".scan"), "PDF", resolution=150)
            with pikepdf.open(target.with_suffix(".scan")) as scan:
                one.pages.append(scan.pages[0])
            target.with_suffix(".scan").unlink()
        one.save(target, deterministic_id=True)
    return target


class Gate:
    """A stand-in for Tesseract that answers once the gate is open, and always with the same word.

    It is asked for images one by one until its input ends, the last of each call a small blank one.
    """

    _WORD = r"5\t$n\t1\t1\t1\t1\t100\t100\t200\t60\t95\tscanned"
    _PAGE = r"1\t$n\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t"
    _BLANK = 2000  # bytes
    _HEAD = r"level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"

    def __init__(self, folder: Path) -> None:
        self._shut = folder / "shut"
        program = folder / "programs" / "tesseract"
        program.parent.mkdir()
        program.write_text(
            f"""#!/bin/sh
case "$*" in
  *--list-langs*) printf "List:\\nArabic\\nara\\nfra\\neng\\n"; exit 0;;
  *--version*) echo tesseract 5.3.0; exit 0;;
esac
printf "{self._HEAD}\\n"
n=0
while read -r name; do
  n=$((n + 1))
  while [ -e {self._shut} ]; do sleep 0.1; done
  printf "{self._PAGE}\\n"
  [ "$(wc -c < "$name")" -lt {self._BLANK} ] || printf "{self._WORD}\\n"
done
"""
        )
        program.chmod(0o755)
        #: For the environment of those who are to be held.
        self.path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        self.shut()

    def shut(self) -> None:
        """Hold whoever comes."""
        self._shut.touch()

    def open(self) -> None:
        """Let all go on."""
        self._shut.unlink()
