"""What a result depends on besides the reports: our own sources, libraries, Tesseract, the codebook.

Two runs with equal versions over equal reports give equal data, so a result may be taken from the shelf
exactly when these are equal.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from pipeline import __version__
from pipeline.archive.codec import to_plain
from pipeline.archive.shelf import version_of
from pipeline.engine import installed_languages, tesseract_version
from pipeline.model.report import Report

_ROOT = Path(__file__).resolve().parent
_READING_PAGES = (
    *("pdfplumber", "pdfminer.six", "pikepdf", "pypdfium2"),
    *("pillow", "numpy", "opencv-python-headless", "pytesseract"),
)
_READING_TABLES = ("camelot-py", "playa-pdf", "rapidfuzz", "regex")
#: Files of a codebook that say what people decided of what was read.
_DECISIONS = ("accepted.toml", "corrections.toml")
_TABLES = (".py", ".toml", ".csv")
_PUBLISHING = ("duckdb", "pyarrow", "pandas", "openpyxl", "jinja2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Hashes by what they cover: the look at files, page reader, with readings, everything; ``tools`` for people."""

    archive: str
    pages: str
    readings: str
    everything: str
    tools: dict[str, str]

    def of_edition(self, reports: Sequence[Report]) -> str:
        """Key of the edition that holds exactly these reports, made by exactly these versions."""
        facts = [
            [report.sha256, report.file_name, report.outcome, report.why, report.page_count, report.producer]
            for report in reports
        ]
        text = json.dumps(to_plain([self.everything, *facts]), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:24]


def versions(codebook: Path | None = None) -> Versions:
    """Take stock of what is installed and of what the codebook holds.

    Args:
        codebook: the folder in use, ``None`` for the one in the package.
    """
    tools = installed(_READING_PAGES + _READING_TABLES + _PUBLISHING)
    tesseract = {"tesseract": tools["tesseract"], "python": platform.python_version()}
    archive = version_of([_ROOT / "archive"], {"pikepdf": tools["pikepdf"]})
    pages = version_of(
        [_ROOT / name for name in ("model", "language", "pages", "archive")],
        {**tesseract, **{name: tools[name] for name in _READING_PAGES}},
    )
    readings = version_of(
        [_ROOT / "readings", *_read_by(codebook), _ROOT / "reading.py"],
        {"pages": pages, **{name: tools[name] for name in _READING_TABLES}},
    )
    everything = version_of(
        [_ROOT / "series", _ROOT / "validation", _ROOT / "warehouse", *_decisions(codebook)],
        {"readings": readings, **{name: tools[name] for name in _PUBLISHING}},
    )
    return Versions(archive=archive, pages=pages, readings=readings, everything=everything, tools=tools)


def _read_by(codebook: Path | None) -> list[Path]:
    """Files of the codebooks that reading may depend on, those of one's own where they differ from the built-in ones.

    A decision of a person has no report read again, nor has a copy of the codebook.
    """
    built_in = _ROOT / "codebook"
    own = (
        sorted(file for file in codebook.iterdir() if file.is_file())
        if codebook and codebook.is_dir()
        else []
    )
    changed = [file for file in own if not _same(file, built_in / file.name)]
    found = [*sorted(built_in.iterdir()), *changed]
    return [
        part for part in found if part.name not in _DECISIONS and (part.is_dir() or part.suffix in _TABLES)
    ]


def _decisions(codebook: Path | None) -> list[Path]:
    return [file for name in _DECISIONS if (file := (codebook or _ROOT / "codebook") / name).is_file()]


def _same(file: Path, other: Path) -> bool:
    return other.is_file() and file.read_bytes() == other.read_bytes()


def installed(packages: Sequence[str]) -> dict[str, str]:
    """Versions of hasila, Python, Tesseract (with its languages) and packages; empty where missing."""
    found = {"hasila": __version__, "python": platform.python_version(), "tesseract": _tesseract()}
    return {**found, **{name: _version(name) for name in packages}}


@cache
def _tesseract() -> str:
    languages = " ".join(sorted(installed_languages()))
    return f"{tesseract_version()} ({languages})" if tesseract_version() else ""


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
