"""The command ``hasila``: errors become one clear line and an exit code, nothing else happens here.

Exit codes: 0 done; 1 ran well, but the edition was held back or, with ``--strict``, has findings of severity
error; 2 wrong usage; 3 nothing to read; 4 a needed program or language pack is missing; 5 internal error;
130 interrupted. The commands themselves are in ``pipeline/commands/``, one module for each kind of question.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module

import click

from pipeline import __version__, journal
from pipeline.errors import HasilaError

_INTERRUPTED = 130


#: Command and its module in ``pipeline/commands``, loaded when it is called: a night with nothing new needs only one.
_PLACES = {
    "run": "publish",
    "read": "read",
    "figures": "figures",
    "check": "check",
    "query": "ask",
    "series": "series",
    "diff": "series",
    "export": "export",
    "explain": "ask",
    "findings": "ask",
    "correct": "decide",
    "accept": "decide",
    "review": "review",
    "codebook": "codebook",
    "serve": "serve",
    "retry": "retry",
    "doctor": "doctor",
}


class _Commands(MutableMapping[str, click.Command]):
    """The commands by name; a look at one imports its module."""

    def __init__(self) -> None:
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            module = import_module(f"pipeline.commands.{_PLACES[name]}")
            self._loaded[name] = getattr(module, name)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


@click.group(
    commands=_Commands(), context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="hasila")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def cli(debug: bool) -> None:
    """Yearly reports in PDF, Arabic and French, to one dataset: every figure leads to a box on a page."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    with journal.to_terminal():
        code = outcome(given)
    sys.exit(code)


def outcome(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Every error has been told on standard error."""
    try:
        code = cli.main(list(arguments), prog_name="hasila", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted. What was finished is kept; run again to go on.", err=True)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`hasila read … | head`): not our error, and nothing to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except HasilaError as error:
        click.echo(f"hasila: {error}", err=True)
        return error.exit_code
    except Exception as error:
        _tell_internal(error, debug="--debug" in arguments)
        return HasilaError.exit_code
    return code if isinstance(code, int) else 0


def _tell_internal(error: Exception, *, debug: bool) -> None:
    if debug:
        traceback.print_exception(error)
    hint = "Please report it." if debug else "Run `hasila --debug …` for the details."
    click.echo(f"hasila: internal error, {type(error).__name__}: {error}. {hint}", err=True)
