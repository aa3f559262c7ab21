"""Keeps what was read, so that nothing is read twice; may be deleted at any time.

A shelf holds nouns as compressed JSON under ``<room>/<key>.json.gz``. The key is made of the report's
hash and the reader's version, and the reader's version of everything that can change what it reads: its
own sources, the tables it reads by, the versions of the libraries and of Tesseract. So a stale entry can't be
met; it is simply never asked for again. Entries are written aside and renamed: half an entry can't exist.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pipeline.archive.codec import from_plain, to_plain

T = TypeVar("T")


class Shelf:
    """A folder of finished work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, room: str, key: str) -> Path:
        """Where an entry lies or would lie."""
        return self.folder / room / f"{key}.json.gz"

    def places(self, room: str) -> list[Path]:
        """Files of all entries of a room, sorted."""
        return sorted((self.folder / room).glob("*.json.gz"))

    def find(self, room: str, key: str, kind: type[T]) -> T | None:
        """Give the entry, or ``None`` when there is none or it can't be understood."""
        try:
            packed = self.place(room, key).read_bytes()
            return from_plain(kind, json.loads(gzip.decompress(packed)))
        except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
            # Missing, cut short, or of an older form: read the report again.
            return None

    def clear(self, room: str) -> None:
        """Take away a room with all its entries."""
        shutil.rmtree(self.folder / room, ignore_errors=True)

    def keep(self, room: str, key: str, value: object) -> None:
        """Store an entry, replacing one of the same key.

        Raises:
            OSError: when the folder can't be written.
        """
        write_aside(self.place(room, key), pack(value))


def pack(value: object) -> bytes:
    """Compressed JSON of nouns; equal nouns give equal bytes."""
    text = json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=3, mtime=0)


def write_aside(target: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all.

    Raises:
        OSError: when the folder can't be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".aside-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def version_of(sources: Iterable[Path], extras: Mapping[str, str]) -> str:
    """Short hash over the contents of files and named facts (library versions, settings).

    Args:
        sources: files, or folders of which every ``.py``, ``.toml``, ``.csv`` and ``.npz`` counts.
        extras: facts that change what is read.

    Returns:
        16 hex digits.
    """
    digest = hashlib.sha256()
    for source in sources:
        files = [source] if source.is_file() else _counted(source)
        for file in files:
            digest.update(f"{file.relative_to(source.parent).as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    for name, fact in sorted(extras.items()):
        digest.update(f"{name}={fact}\0".encode())
    return digest.hexdigest()[:16]


def _counted(folder: Path) -> list[Path]:
    suffixes = {".py", ".toml", ".csv", ".npz"}
    return sorted(file for file in folder.rglob("*") if file.suffix in suffixes and file.is_file())
