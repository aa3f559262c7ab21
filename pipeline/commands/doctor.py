"""``hasila doctor``: what is installed, what is missing, and the command that brings it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from pipeline.engine import PACKAGES, installed_languages, tesseract_version
from pipeline.errors import MissingTool
from pipeline.quarantine import Quarantine
from pipeline.settings import Settings, settings_from
from pipeline.versions import installed

_LIBRARIES = (
    *("pdfplumber", "pikepdf", "pypdfium2", "camelot-py", "opencv-python-headless", "pytesseract"),
    *("duckdb", "pyarrow", "pandas", "openpyxl"),
    *("prefect", "fastapi", "sqlalchemy"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that has to be there. ``cure`` is the command that brings it, empty when it is there.

    A report that was set aside (``aside``) is told in the same way, and is no fault of the installation.
    """

    name: str
    found: str
    cure: str = ""
    aside: bool = False

    @property
    def state(self) -> str:
        """One word for the first column."""
        return "aside" if self.aside else "missing" if self.cure else "ok"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the editions. [default: outputs]")
def doctor(as_json: bool, out: Path | None) -> int:
    """Check Python, the libraries, and Tesseract with its languages; say what is missing or set aside, and the cure."""
    checks = [*_python(), *_libraries(), *_tesseract(), *_set_aside(settings_from(out=out))]
    if as_json:
        rows = [{"name": check.name, "found": check.found, "cure": check.cure} for check in checks]
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for check in checks:
            click.echo(f"{check.state:8}{check.name:26}{check.found}".rstrip())
        for cure in dict.fromkeys(check.cure for check in checks if check.cure):
            click.echo(f"Next: {cure}")
    return MissingTool.exit_code if any(check.cure and not check.aside for check in checks) else 0


def _python() -> list[Check]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    wanted = "" if sys.version_info >= (3, 11) else "install Python 3.11 or newer"
    return [Check(name="python", found=version, cure=wanted)]


def _libraries() -> list[Check]:
    found = installed(_LIBRARIES)
    cure = f"{sys.executable} -m pip install --require-hashes --no-deps -r requirements.lock"
    checks = [
        Check(name=name, found=found[name], cure="" if found[name] else cure)
        for name in ("hasila", *_LIBRARIES)
    ]
    # Prefect 3.8 declares wider bounds than it can run with.
    for name, first_bad in (("fastapi", (0, 151)), ("sqlalchemy", (2, 1))):
        major, minor = (int(part) for part in (found[name] or "0.0").split(".")[:2])
        if (major, minor) >= first_bad:
            worn = f"{found[name]}: Prefect's server can't run with this release"
            checks.append(Check(name=f"{name} for prefect", found=worn, cure=cure))
    return checks


def _set_aside(settings: Settings) -> list[Check]:
    """Reports that are not tried any more, and those that failed once."""
    return [
        Check(
            name=failure.file_name,
            found=f"{failure.outcome}, {failure.times} times. {failure.why}",
            cure=f"hasila retry {failure.report_id}" if failure.set_aside else "",
            aside=True,
        )
        for failure in Quarantine(settings.state).failures()
    ]


def _tesseract() -> list[Check]:
    version = tesseract_version()
    present = installed_languages()
    missing = [] if version else ["tesseract-ocr"]
    missing += [package for language, package in PACKAGES.items() if language not in present]
    cure = f"apt-get update && apt-get install --yes {' '.join(missing)}" if missing else ""
    checks = [Check(name="tesseract", found=version, cure="" if version else cure)]
    for language in PACKAGES:
        there = language in present
        checks.append(
            Check(name=f"tesseract, {language}", found="yes" if there else "", cure="" if there else cure)
        )
    return checks
