"""The exceptions of Hasila, each with its exit code and the next step.

::

    HasilaError                exit 5
    ├── UsageError             exit 2   wrong words on the command line, unwritable output
    ├── InputError             exit 3   nothing to read
    │   └── ReportRefused      exit 3   one PDF that can't be opened (a row in `reports`, never a crash)
    ├── MissingTool            exit 4   Tesseract or one of its languages is absent
    └── CodebookError          exit 2   a row of the codebook is wrong: file, line, column

Exit 0 is "published", 1 is "ran well, edition held back, or findings of severity error with --strict".
Bad data is never an exception: it is a Finding.
"""

from __future__ import annotations

import traceback
from pathlib import Path


class HasilaError(Exception):
    """Anything Hasila raises on purpose. ``advice`` is the next step, one line."""

    exit_code = 5

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class UsageError(HasilaError):
    """The call can't be carried out as it was made."""

    exit_code = 2


class InputError(HasilaError):
    """There is nothing to read."""

    exit_code = 3


class ReportRefused(InputError):
    """One PDF can't be opened; the run goes on without it."""


class MissingTool(HasilaError):
    """A program or language pack that this page needs is not installed."""

    exit_code = 4


class CodebookError(HasilaError):
    """A row of the codebook is wrong."""

    exit_code = 2


def place_of(error: BaseException) -> str:
    """Kind of an error and where it was raised, without its message, which may quote what is printed in a report."""
    raised = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(raised[-1].filename).name}, line {raised[-1].lineno}" if raised else ""
    return f"{type(error).__name__}{where}"
