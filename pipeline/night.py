"""What a run looks at before it does anything: which reports are there, and whether all of it is published already.

Apart from ``run.py`` because a night with nothing new ends here: what is imported by this module is all that such
a night has to load.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline import journal
from pipeline.apart import Answer
from pipeline.archive.discover import Examine, discover
from pipeline.archive.inbox import gathered
from pipeline.archive.known import Known
from pipeline.archive.limits import Limits
from pipeline.archive.shelf import Shelf
from pipeline.errors import InputError
from pipeline.examining import examiner
from pipeline.model.edition import Edition
from pipeline.model.report import Outcome, Report
from pipeline.notices import tell_edition, tell_failure
from pipeline.outputs import claimed, note_places
from pipeline.quarantine import Quarantine
from pipeline.settings import Settings
from pipeline.versions import Versions, versions

_log = logging.getLogger(__name__)

#: Called once for each report when its reading is done.
Told = Callable[[Report, Answer], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run has to do. ``published`` is the edition that already holds exactly this, if there is one."""

    reports: tuple[Report, ...]
    versions: Versions
    published: Edition | None


#: Reads what a plan lists and publishes the edition.
Carrier = Callable[[Plan, Settings, Told | None], Edition]


def night(
    paths: Sequence[Path | str], settings: Settings, *, through: Carrier, told: Told | None = None
) -> Edition:
    """Look, and carry out what there is to do; alone in the folder, with a journal.

    Args:
        paths: PDFs, folders that hold them, and what else :func:`~pipeline.archive.inbox.gathered` understands.
        settings: where to, and within which limits.
        through: who carries the plan out; not asked when there is nothing new.
        told: called once for each report when its reading is done.

    Returns:
        The edition: a new one, or the present one when nothing has changed since.

    Raises:
        InputError: when there is no report, or none that could be read.
        UsageError: when the folder can't be written or another run is at work in it.
        CodebookError: when a row of the codebook is wrong.
    """
    with opened(paths, settings) as plan:
        return carried_out(plan, settings, through, told)


@contextmanager
def opened(paths: Sequence[Path | str], settings: Settings) -> Iterator[Plan]:
    """Have the folder and the journal of a run to ourselves while the block runs, and what there is to do.

    Raises:
        InputError, UsageError: as :func:`night`.
    """
    told = logging.getLevelName(settings.log_level.upper())
    with claimed(settings.out), journal.to_file(settings.out / "journal", told, settings.journal_days):
        try:
            yield look(paths, settings)
        except Exception as error:
            tell_failure(error, settings)
            raise


def carried_out(plan: Plan, settings: Settings, through: Carrier, told: Told | None = None) -> Edition:
    """Do what there is to do, and send the edition to where it is wanted.

    Raises:
        UsageError: when the edition can't be sent.
    """
    edition = plan.published or through(plan, settings, told)
    if plan.published is None:
        tell_edition(edition, settings)
    if settings.to:
        from pipeline.archive.remote import send_edition  # fsspec takes a tenth of a second

        send_edition(edition.folder, settings.to, latest=not edition.verdict.held_back)
    return edition


def look(paths: Sequence[Path | str], settings: Settings) -> Plan:
    """Find the reports, and see whether the present edition already holds exactly them.

    Raises:
        InputError: when there is no report, or every one is refused.
    """
    versions_now = versions(settings.codebook)
    reports = _found(paths, settings, versions_now)
    for report in reports:
        if report.why:
            _log.info("%s: %s, %s", report.file_name, report.outcome, report.why)
    note_places(settings.state, reports)
    if all(report.outcome is Outcome.REFUSED for report in reports):
        raise InputError(
            "None of the files can be read. " + " ".join(f"{r.file_name}: {r.why}" for r in reports[:5]),
            "" if len(reports) <= 5 else f"And {len(reports) - 5} more, see {settings.out / 'journal'}.",
        )
    key = edition_key(reports, versions_now, settings)
    edition = Shelf(settings.shelf).find("editions", key, Edition)
    if edition is not None and not _still_there(edition, settings.out):
        edition = None
    return Plan(reports=reports, versions=versions_now, published=edition)


def edition_key(reports: Sequence[Report], known: Versions, settings: Settings) -> str:
    """Key of the edition that holds these reports, with those that are set aside at this moment."""
    aside = {failure.sha256 for failure in Quarantine(settings.state).aside(known.readings)}
    there = sorted(aside & {report.sha256 for report in reports})
    key = known.of_edition(reports)
    return hashlib.sha256(" ".join([key, *there]).encode()).hexdigest()[:24] if there else key


def _found(paths: Sequence[Path | str], settings: Settings, known: Versions) -> tuple[Report, ...]:
    """Every report under the paths; only new files are opened, in a child process."""
    there, quarantine = gathered(paths, settings.state / "fetched"), Quarantine(settings.state)
    terms = json.dumps([known.archive, asdict(_limits(settings)), _content_of(settings.passwords)])
    seen = Known(settings.state / "known.json", hashlib.sha256(terms.encode()).hexdigest())
    with looking(settings) as examine:

        def looked_at(path: Path) -> Report:
            report = examine(path)
            if report.outcome.failed:
                quarantine.note(report, known.readings, report.outcome, report.why)
            return report

        def lasting(report: Report) -> bool:
            failure = quarantine.find(report.sha256, known.readings) if report.outcome.failed else None
            return failure.set_aside if failure else not report.outcome.failed

        try:
            return discover(there, looked_at, seen, lasting)
        finally:
            seen.save()


def looking(settings: Settings) -> AbstractContextManager[Examine]:
    """Have files looked at in a child process, while the block runs."""
    return examiner(
        limits=_limits(settings),
        passwords=settings.passwords,
        memory_mb=settings.memory_mb,
        seconds=settings.base_seconds,
    )


def _limits(settings: Settings) -> Limits:
    return Limits(
        megabytes=settings.most_megabytes,
        pages=settings.most_pages,
        points=settings.most_points,
        objects=settings.most_objects,
        megapixels=settings.most_megapixels,
    )


def _content_of(file: Path | None) -> str:
    """Digest of a file: with other passwords other reports can be opened."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() if file else ""
    except OSError:
        return ""  # the examiner says so


def _still_there(edition: Edition, out: Path) -> bool:
    """Tell whether the edition is on disk and is what ``latest`` shows (or was held back)."""
    latest = out / "latest"
    return edition.folder.is_dir() and (
        edition.verdict.held_back or (latest.exists() and latest.resolve() == edition.folder.resolve())
    )
