"""A person's decision is written down: one entry at the end of its file, all that stands there kept byte for byte.

The file is replaced whole or not at all, and only after it was read back as it would be: everything that was there,
and the decision. What was decided before is not decided again, and nothing is decided against it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.codebook.decisions import (
    ACCEPTED,
    CORRECTIONS,
    Accepted,
    Correction,
    Figure,
    accepted,
    corrections,
)
from pipeline.errors import CodebookError, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where a decision stands: its file, the number of the entry in it, its line; ``added`` is what was written.

    Nothing was written when the decision stood there before.
    """

    file: Path
    number: int
    line: int
    added: bytes = b""

    def __str__(self) -> str:
        return f"{self.file.name} entry {self.number} (line {self.line})"


def declare(folder: Path, new: Correction, figure: Figure) -> Entry:
    """Add a correction of one figure to the codebook in a folder.

    Raises:
        UsageError: when the figure is corrected to something else already, or the file can't be written.
        CodebookError: when the file is wrong as it is.
    """
    path = folder / CORRECTIONS
    new = replace(new, reason=_line(new.reason), author=_line(new.author))
    with _alone(path):
        for one in corrections(path):
            if one.means(figure) and one.old == new.old:
                where = _entry(path, "correction", one.number)
                if one.new == new.new:
                    return where
                raise UsageError(
                    f"{where} says already that it is {one.new} ({one.author}: {one.reason}).",
                    f"Change that entry in {path} if it is wrong.",
                )
        return _append(path, "correction", _correction(new), new)


def set_aside(folder: Path, new: Accepted) -> Entry:
    """Add a finding that a person has looked at to the codebook in a folder.

    Raises:
        UsageError: when another verdict on it stands there that holds on this day, or the file can't be written.
        CodebookError: when the file is wrong as it is.
    """
    path = folder / ACCEPTED
    new = replace(new, why=_line(new.why), who=_line(new.who))
    with _alone(path):
        for one in accepted(path):
            if one.finding == new.finding and not (one.until and one.until < new.when):
                where = _entry(path, "accepted", one.number)
                if one.verdict == new.verdict:
                    return where
                raise UsageError(
                    f"{where} says already that it is {one.verdict} ({one.who}, {one.when}: {one.why}).",
                    f"Change that entry in {path} if it is wrong.",
                )
        return _append(path, "accepted", _accepted(new), new)


def withdraw(entry: Entry) -> None:
    """Take back what was written for a decision.

    Raises:
        UsageError: when it doesn't stand there any more as it was written, or the file can't be written.
    """
    with _alone(entry.file):
        before, found, after = entry.file.read_bytes().rpartition(entry.added)
        if not entry.added or not found:
            raise UsageError(f"{entry} was changed since it was written.", f"Mend {entry.file} by hand.")
        _replace(entry.file, before + after)


def _correction(one: Correction) -> dict[str, object]:
    which = {"labels": list(one.labels), "reading": one.reading}
    return {
        "report": one.report,
        "page": one.page,
        **{key: value for key, value in which.items() if value},
        "old": one.old,
        "new": one.new,
        "reason": one.reason,
        "author": one.author,
    }


def _accepted(one: Accepted) -> dict[str, object]:
    held = {"finding": one.finding, "rule": one.rule, "who": one.who, "when": one.when, "until": one.until}
    return {**{key: value for key, value in held.items() if value}, "verdict": one.verdict, "why": one.why}


def _append(path: Path, table: str, said: dict[str, object], meant: Correction | Accepted) -> Entry:
    before = path.read_bytes()
    lines = [f"[[{table}]]", *(f"{key} = {_toml(value)}" for key, value in said.items()), ""]
    newline = "\r\n" if b"\r\n" in before else "\n"
    gap = newline if before.endswith(b"\n") or not before else 2 * newline
    added = (gap + newline.join(lines)).encode()
    _replace(path, before + added, table, meant)
    number = len(tomllib.loads(path.read_text(encoding="utf-8"))[table])
    return replace(_entry(path, table, number), added=added)


def _replace(path: Path, content: bytes, table: str = "", meant: Correction | Accepted | None = None) -> None:
    """Put new content in the place of a file, after a look that it holds what it held, and what is meant at its end."""
    target = path.resolve()  # a link stays one
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".aside-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if meant is not None:
                _look(path, Path(name), table, meant)
            shutil.copymode(target, name)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"{path} can't be written ({error.strerror or error}).",
            "Give a codebook folder of your own with --codebook.",
        ) from error


def _look(path: Path, aside: Path, table: str, meant: Correction | Accepted) -> None:
    """Read the new file as a run would read it.

    Raises:
        CodebookError: when it doesn't hold what the old one held, and the decision as its last entry.
    """
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        new = tomllib.loads(aside.read_text(encoding="utf-8"))
        read: list[Correction | Accepted] = [*(corrections if table == "correction" else accepted)(aside)]
        kept = {**new, table: new[table][:-1]} == {**held, table: held.get(table, [])}
    except (tomllib.TOMLDecodeError, CodebookError) as problem:
        raise CodebookError(f"{path.name} takes no further entry: {problem}", "Mend it by hand.") from problem
    if not kept or replace(read[-1], number=0) != replace(meant, number=0):
        raise CodebookError(f"{path.name} takes no further entry.", "Mend it by hand.")


def _line(text: str) -> str:
    """What a person wrote as one line that can be written down."""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _toml(value: object) -> str:
    """A value as TOML writes it; its strings are those of JSON but for one character."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _entry(path: Path, table: str, number: int) -> Entry:
    """The place of an entry, counted from 1."""
    text = path.read_text(encoding="utf-8")
    heads = [match.start() for match in re.finditer(rf"^[ \t]*\[\[\s*{table}\s*\]\]", text, re.MULTILINE)]
    at = heads[number - 1] if number <= len(heads) else 0
    return Entry(file=path, number=number, line=text.count("\n", 0, at) + 1)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Have a file to ourselves among those who decide, while the block runs."""
    try:
        import fcntl  # not there on Windows, where two people deciding at once are not kept apart
    except ImportError:
        yield
        return
    try:
        handle = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise CodebookError(
            f"There is no codebook in {path.parent} ({error.strerror}).",
            f"Make one with: hasila codebook copy {path.parent}",
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
