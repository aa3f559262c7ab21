"""Write an edition aside, read it back, rename it, move ``latest``: all or nothing. Front of this stage."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue

import duckdb

from pipeline.beside import beside
from pipeline.errors import HasilaError, UsageError
from pipeline.model.edition import Dataset, Edition, Printed
from pipeline.uncollected import uncollected
from pipeline.warehouse.citation import write_citation
from pipeline.warehouse.descriptor import write_descriptor
from pipeline.warehouse.difference import Difference, difference
from pipeline.warehouse.digest import Picture, write_digest
from pipeline.warehouse.formats import read, read_back, write_csv, write_duckdb, write_parquet
from pipeline.warehouse.frames import Frame, meant_frames, printed_frames
from pipeline.warehouse.gate import faults
from pipeline.warehouse.manifest import edition_id_of, write_manifest
from pipeline.warehouse.spreadsheet import PUBLISHED_ROWS, write_workbook

#: How the folder of an unfinished edition is called.
_ASIDE = ".writing-"


@dataclass(frozen=True, slots=True)
class Begun:
    """An edition that is being written: its folder aside, and the rows of each table of what is printed, once written."""

    out: Path
    aside: Path
    printed: Callable[[], dict[str, int]]


@contextmanager
def begun(printed: Printed, out: Path) -> Iterator[Begun]:
    """Begin an edition: what is printed is written beside, while it is still worked out what it means.

    Only one process may publish into a folder at a time (``outputs.claimed``).

    Raises:
        UsageError: ``out`` can't be written.
    """
    try:
        editions = out / "editions"
        editions.mkdir(parents=True, exist_ok=True)
        for leftover in editions.glob(f"{_ASIDE}*"):  # of a killed run; nobody else is at work in this folder
            shutil.rmtree(leftover, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=editions))
        aside.chmod(0o755)
        try:
            yield Begun(out, aside, beside(lambda: _record(printed_frames(printed), aside)))
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as problem:
        raise UsageError(
            f"The edition can't be written to {out} ({problem}).", "Give another folder with --out."
        ) from problem


def publish(
    dataset: Dataset,
    out: Path,
    *,
    clock: Callable[[], datetime],
    tools: Mapping[str, str],
    picture: Picture | None = None,
) -> Edition:
    """Publish a dataset under ``out``: begin an edition and finish it.

    Raises:
        UsageError: ``out`` can't be written.
        HasilaError: what was written does not read back as it should.
    """
    with begun(dataset, out) as edition:
        return finish(edition, dataset, clock=clock, tools=tools, picture=picture)


@uncollected()
def finish(
    begun: Begun,
    dataset: Dataset,
    *,
    clock: Callable[[], datetime],
    tools: Mapping[str, str],
    picture: Picture | None = None,
) -> Edition:
    """Write what the dataset means into an edition that was begun with what it prints, and move ``latest`` to it.

    An edition with the same content is not written again. One whose verdict holds it back is written, and
    ``latest`` stays where it is.

    Args:
        begun: the edition.
        dataset: all nouns of the run.
        clock: gives the time for the manifest.
        tools: name and version of what took part.
        picture: draws the surroundings of a box on a page of a report, for the digest.

    Raises:
        OSError: it can't be written (:func:`begun` says so to people).
        HasilaError: what was written does not read back as it should.
    """
    out, aside = begun.out, begun.aside
    with ThreadPoolExecutor(1) as other:  # DuckDB is at work there while Python is at work here
        counts, database = _recorded(begun, dataset, other)
        edition_id = edition_id_of(dataset, aside)
        folder = out / "editions" / edition_id
        if not (folder / "manifest.json").is_file():
            checked = other.submit(_check, aside, counts)
            _write(dataset, counts, out, aside, edition_id, picture)
            database.result()
            checked.result()
            write_manifest(dataset, counts, aside, edition_id, clock(), tools)
            _to_disk(aside)
            if folder.exists():  # an edition without its manifest: the leftover of a killed run
                shutil.rmtree(folder)
            aside.rename(folder)
    if not dataset.verdict.held_back:
        _move_latest(out, folder)
    return Edition(
        edition_id=edition_id, folder=folder, counts=tuple(counts.items()), verdict=dataset.verdict
    )


def _recorded(begun: Begun, dataset: Dataset, other: Executor) -> tuple[dict[str, int], Future[None]]:
    """Write what the dataset means as Parquet and CSV; rows of each table, and the database to come.

    The database takes each table when its Parquet is whole, those of what is printed first.
    """
    aside = begun.aside
    whole: SimpleQueue[str | None] = SimpleQueue()
    printed = other.submit(begun.printed)

    def names() -> Iterator[str]:
        yield from printed.result()
        yield from iter(whole.get, None)

    database = other.submit(write_duckdb, aside, aside / "hasila.duckdb", names())
    try:
        meant = _record(meant_frames(dataset), aside, whole.put)
    finally:
        whole.put(None)
    return {**printed.result(), **meant}, database


@uncollected()
def _record(
    frames: Iterable[tuple[str, Frame]], aside: Path, whole: Callable[[str], None] | None = None
) -> dict[str, int]:
    """Write Parquet, and CSV of every table whose Parquet is whole while the next one is made; rows of each table."""
    jobs: list[Future[None]] = []
    with ThreadPoolExecutor(1) as writer:

        def done(name: str) -> None:
            jobs.append(writer.submit(write_csv, aside, aside / "csv", [name]))
            if whole:
                whole(name)

        counts = write_parquet(frames, aside / "parquet", done)
    for job in jobs:
        job.result()
    return counts


def _write(
    dataset: Dataset,
    counts: Mapping[str, int],
    out: Path,
    aside: Path,
    edition_id: str,
    picture: Picture | None,
) -> None:
    """Write what is made for people, from the Parquet files and the findings."""
    short = {name: read(aside, name) for name, count in counts.items() if count <= PUBLISHED_ROWS}
    write_workbook(short, aside / "hasila.xlsx", edition_id, counts)
    write_citation(dataset.reports, aside, edition_id)
    write_descriptor(counts, dataset.reports, aside / "datapackage.json", edition_id)
    write_digest(dataset, counts, aside, edition_id, _since_last(out, aside), picture)


def _check(aside: Path, counts: Mapping[str, int]) -> None:
    """Hold the tables to the schema, and read them back in every form.

    Raises:
        HasilaError: naming the first rows that don't obey the schema, or what does not read back as written.
    """
    if wrong := faults(aside):
        raise HasilaError(
            f"The edition does not obey its schema: {'; '.join(wrong[:5])}.",
            "Nothing was published; please report this.",
        )
    if wrong := read_back(aside, counts):
        raise HasilaError(
            f"The edition does not read back as written: {', '.join(wrong)}.",
            "Nothing was published; please report this.",
        )


def _since_last(out: Path, aside: Path) -> Difference | None:
    """Difference from what ``latest`` shows, or nothing when there is no earlier edition."""
    latest = out / "latest"
    try:
        return difference(latest.resolve(), aside) if latest.exists() else None
    except (OSError, duckdb.Error):
        return None


def _to_disk(folder: Path) -> None:
    """Have the bytes on disk before the name is: a power cut leaves the old edition, not a hollow new one."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _move_latest(out: Path, folder: Path) -> None:
    """Point ``latest`` at the edition by one rename, so that readers see the old or the new one."""
    link = out / "latest"
    target = Path("editions") / folder.name
    if link.is_symlink() and link.readlink() == target:
        return
    aside = out / f".latest-{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(target, target_is_directory=True)
    aside.replace(link)
