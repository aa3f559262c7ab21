"""Which Tesseract and which language data are installed; asked without loading what reads pages."""

from __future__ import annotations

import subprocess
from functools import cache

#: Languages that reading a scan needs, with the Debian package of each.
PACKAGES = {
    "Arabic": "tesseract-ocr-script-arab",
    "ara": "tesseract-ocr-ara",
    "fra": "tesseract-ocr-fra",
    "eng": "tesseract-ocr-eng",
}
COMMAND = "tesseract"


def installed_languages() -> frozenset[str]:
    """Language data that Tesseract finds; empty when Tesseract itself is missing."""
    return frozenset(name.split("/")[-1] for name in data_names())


@cache
def data_names() -> tuple[str, ...]:
    """Names of the installed language data as Tesseract lists them (pytesseract's own list drops script models)."""
    return tuple(line.strip() for line in _said("--list-langs").splitlines()[1:] if line.strip())


@cache
def tesseract_version() -> str:
    """Version of the installed Tesseract, or an empty string."""
    words = _said("--version").split()
    return words[1].lstrip("v") if len(words) > 1 and words[0] == "tesseract" else ""


def _said(option: str) -> str:
    try:
        asked = subprocess.run([COMMAND, option], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout or asked.stderr  # older releases tell their version on standard error
