"""What a person names as the reports to read: files, folders, patterns, lists of these, and addresses."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import InputError

_LIST = "@"


def gathered(sources: Sequence[Path | str], fetched_to: Path) -> list[Path]:
    """Turn what was named into files and folders of this machine.

    Args:
        sources: paths; patterns with ``*``, ``**``, ``?`` or ``[…]``; ``@FILE`` for a list with one of these on each
            line (from the list's own folder, ``#`` begins a remark); addresses with ``://``.
        fetched_to: where copies of remote files lie between runs.

    Raises:
        InputError: when something named is not there or can't be reached.
        UsageError: when the package for a kind of address is not installed.
    """
    return [path for source in sources for path in _one(str(source), Path(), fetched_to)]


def _one(source: str, base: Path, fetched_to: Path) -> Iterator[Path]:
    if source.startswith("file://"):
        source = source.removeprefix("file://")
    if "://" in source:
        from pipeline.archive.remote import (
            fetched,
        )  # fsspec takes a tenth of a second; few inboxes are remote

        yield from fetched(source, fetched_to)
        return
    path = base / source
    if os.path.lexists(path):
        yield path
    elif source.startswith(_LIST):
        yield from _listed(base / source.removeprefix(_LIST), fetched_to)
    elif found := glob.glob(str(path), recursive=True) if glob.has_magic(source) else []:  # noqa: PTH207 - a pattern from anywhere
        yield from (Path(name) for name in sorted(found))
    else:
        what = "matches no file" if glob.has_magic(source) else "does not exist"
        raise InputError(f"{path} {what}.", "Check the spelling, or give another file or folder.")


def _listed(file: Path, fetched_to: Path) -> Iterator[Path]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(
            f"The list {file} can't be read ({error}).", "Check its path; it must be UTF-8."
        ) from error
    for line in lines:
        if (entry := line.strip()) and not entry.startswith("#"):
            yield from _one(entry, file.parent, fetched_to)
