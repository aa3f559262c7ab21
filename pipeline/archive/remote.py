"""Files behind addresses (``s3://``, ``https://``, whatever fsspec knows): brought here to be read, and editions sent.

The only module that knows fsspec. A remote file is fetched once for each of its versions and lies in the state folder
from then on, so that everything after it deals with local files.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import fsspec

from pipeline.archive.shelf import write_aside
from pipeline.errors import InputError, UsageError

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
#: Seconds between the attempts at one transfer.
_PAUSES = (1.0, 4.0, 15.0)
#: What storages call the version of a file.
_SIGNS = (
    "ETag",
    "etag",
    "VersionId",
    "LastModified",
    "Last-Modified",
    "Content-MD5",
    "Digest",
    "mtime",
    "md5",
)
#: Where the first part of a path is a bucket, which would be made by asking for folders.
_WITHOUT_FOLDERS = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oci", "oss"}


def is_address(text: str) -> bool:
    """Whether a path is an address and no place on this machine."""
    return "://" in text


def fetched(address: str, folder: Path) -> list[Path]:
    """Bring the reports behind an address here.

    Args:
        address: a file, a folder (with all below it), or a pattern with ``*``.
        folder: where fetched files lie between runs; made if missing.

    Returns:
        One path for each report. A file that could not be brought, and was not before, has a path where nothing is.

    Raises:
        InputError: when nothing is behind the address, or it can't be reached.
        UsageError: when the package for this kind of address is not installed.
    """
    system, root = _opened(address)
    try:
        names = _tried(lambda: _listed(system, root, address))
    except Exception as error:  # every storage has errors of its own
        raise InputError(
            f"{address} can't be reached ({_said(error)}).", "Check the address, the keys, the network."
        ) from error
    if not names:
        raise InputError(f"No PDF found in {address}.", "Give an address under which the reports are.")
    return [_mirrored(system, name, folder) for name in sorted(names)]


def send_edition(edition: Path, address: str, *, latest: bool) -> None:
    """Copy an edition under an address: its files, then its manifest, then ``latest.json``, which names it.

    Who reads ``latest.json`` first never meets half an edition. What is there already is not sent again.

    Raises:
        UsageError: when the address can't be written.
    """
    system, root = _opened(address)
    top = f"{root.rstrip('/')}/editions/{edition.name}"
    manifest = edition / "manifest.json"
    files = sorted(file for file in edition.rglob("*") if file.is_file() and file != manifest)
    try:
        if _read(system, f"{top}/manifest.json") != manifest.read_bytes():
            for file in (*files, manifest):
                _send(system, file, f"{top}/{file.relative_to(edition).as_posix()}")
        pointer = json.dumps({"edition": edition.name, "folder": f"editions/{edition.name}"}).encode()
        if latest and _read(system, f"{root.rstrip('/')}/latest.json") != pointer:
            _tried(lambda: system.pipe_file(f"{root.rstrip('/')}/latest.json", pointer))
    except Exception as error:
        raise UsageError(
            f"{address} can't be written ({_said(error)}).", "The edition is in the local folder; run again."
        ) from error
    _log.info("%s is at %s", edition.name, address)


def _opened(address: str) -> tuple[Any, str]:
    try:
        system, root = fsspec.core.url_to_fs(address, use_listings_cache=False)
    except ImportError as error:
        raise UsageError(
            f"{address} needs a package.", "Install it with: pip install s3fs aiohttp"
        ) from error
    except ValueError as error:
        raise UsageError(f"{address} is of no known kind ({error}).", "Use s3:// or https://.") from error
    return system, str(root)


def _listed(system: Any, root: str, address: str) -> list[str]:
    """Names of the reports behind an address."""
    if any(sign in root for sign in "*[") or ("?" in root and not _by_http(system)):
        return [name for name in system.glob(root) if _is_report(name)]
    if _by_http(system):  # where whether it is a folder can't be asked without loading it
        if not address.endswith("/"):
            return [root]
        return [name for name in system.ls(root, detail=False) if _is_report(name)]
    if system.isfile(root):
        return [root]
    return [name for name in system.find(root) if _is_report(name)]


def _by_http(system: Any) -> bool:
    return bool(_kinds(system) & {"http", "https"})


def _kinds(system: Any) -> set[str]:
    return {system.protocol} if isinstance(system.protocol, str) else set(system.protocol)


def _is_report(name: str) -> bool:
    last = _file_name(name)
    return last.lower().endswith(".pdf") and not last.startswith(".")


def _file_name(name: str) -> str:
    return unquote(urlsplit(name).path if is_address(name) else name).rstrip("/").rpartition("/")[2]


def _mirrored(system: Any, name: str, folder: Path) -> Path:
    """The local copy of one remote file, fetched when it is new or has changed."""
    place = folder / hashlib.sha256(system.unstrip_protocol(name).encode()).hexdigest()[:16]
    target, note = place / (_file_name(name) or "report.pdf"), place / "version.json"
    try:
        facts = _tried(lambda: system.info(name))
        version = {sign: str(facts[sign]) for sign in ("size", *_SIGNS) if facts.get(sign) is not None}
        held = json.loads(note.read_bytes()) if note.exists() and target.exists() else None
        if held != version or not set(version) - {"size"}:
            place.mkdir(parents=True, exist_ok=True)
            _tried(lambda: _fetch(system, name, target))
            write_aside(note, json.dumps(version).encode())
    except Exception as error:
        kept = "the copy from before is read" if target.exists() else "it has no copy here"
        _log.warning("%s could not be fetched (%s); %s.", name, _said(error), kept)
    return target


def _fetch(system: Any, name: str, target: Path) -> None:
    """Bring one file, whole or not at all; left alone when the bytes are those already here."""
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".aside-")
    os.close(handle)
    try:
        system.get_file(name, aside)
        if not (target.exists() and _digest(target) == _digest(Path(aside))):
            Path(aside).replace(target)
    finally:
        Path(aside).unlink(missing_ok=True)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _send(system: Any, file: Path, target: str) -> None:
    def send() -> None:
        if not _kinds(system) & _WITHOUT_FOLDERS:
            system.makedirs(target.rpartition("/")[0], exist_ok=True)
        system.put_file(str(file), target)

    _tried(send)


def _read(system: Any, name: str) -> bytes:
    """Content of a remote file; nothing when it is not there."""
    try:
        return bytes(_tried(lambda: system.cat_file(name)))
    except FileNotFoundError:
        return b""


def _tried(call: Callable[[], _T]) -> _T:
    """Call, and call again after growing pauses when the connection fails; what is refused is not asked for again."""
    for pause in _PAUSES:
        try:
            return call()
        except (FileNotFoundError, PermissionError, NotImplementedError):
            raise
        except Exception as error:
            _log.info("trying again in %.0f s: %s", pause, _said(error))
            time.sleep(pause)
    return call()


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200].rstrip(": ")
