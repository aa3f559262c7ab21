"""The whole path, top to bottom; read this first.

::

    night(paths, out)
      look             archive     which reports are there, which of them were read before
      read_all         one child process per report (``worker.py``), in which
        read_report    pages       words in logical order (``reading.py``)
                       readings    tables and figures, as printed
      publish_edition  series      observations, and series across the reports
                       validation  findings and a verdict
                       warehouse   an edition on disk, all or nothing

Plain functions: the Prefect flow in ``flows.py`` wraps the same ones. One bad page doesn't lose its report,
one bad report doesn't lose the others.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline import journal
from pipeline.apart import Answer, failed, read_apart
from pipeline.archive.shelf import Shelf
from pipeline.codebook.loading import Codebook, load
from pipeline.errors import HasilaError, InputError
from pipeline.model.edition import Dataset, Edition, Printed
from pipeline.model.extraction import Extraction
from pipeline.model.report import Outcome, Report
from pipeline.night import Carrier, Plan, Told, edition_key
from pipeline.night import night as looked_and_done
from pipeline.quarantine import Failure, Quarantine
from pipeline.series.assemble import assemble
from pipeline.series.corrections import corrected
from pipeline.series.releases import released
from pipeline.settings import Settings
from pipeline.uncollected import uncollected
from pipeline.validation.inspection import inspect
from pipeline.validation.judge import judge
from pipeline.validation.tables.repair import signed
from pipeline.versions import Versions
from pipeline.warehouse.publish import begun, finish
from pipeline.workbench.picture import pictures_of

__all__ = ["assembled", "night", "plainly", "printed", "publish_edition", "read_all", "read_one"]
_log = logging.getLogger(__name__)

#: Pages of a part: a longer report is read by several processes. About five seconds of work on text, minutes on scans.
PART = 24
#: Pages of a batch: what Prefect does for each task costs the processor as much as a tenth of a page.
BATCH = 8


def night(
    paths: Sequence[Path | str],
    out: Path = Path("outputs"),
    *,
    settings: Settings | None = None,
    told: Told | None = None,
    through: Carrier | None = None,
) -> Edition:
    """Read every report under ``paths`` and publish one edition under ``out``.

    Args:
        paths: PDFs, folders that hold them, patterns, lists and addresses.
        out: where editions go; ``settings.out`` is not looked at.
        settings: limits and number of processes.
        told: called once for each report when its reading is done.
        through: who carries the plan out, :func:`plainly` or the Prefect flow; not asked when there is
            nothing new.

    Returns:
        The edition: a new one, or the present one when nothing has changed since.

    Raises:
        InputError: when there is no report, or none that could be read.
        UsageError: when ``out`` can't be written or another run is at work in it.
        CodebookError: when a row of the codebook is wrong.
    """
    settings = replace(settings or Settings(), out=out)
    return looked_and_done(paths, settings, through=through or plainly, told=told)


def plainly(plan: Plan, settings: Settings, told: Told | None = None) -> Edition:
    """Carry out a plan with plain function calls."""
    return publish_edition(plan, read_all(plan, settings, told=told), settings)


def read_all(plan: Plan, settings: Settings, *, told: Told | None = None) -> tuple[Answer, ...]:
    """Read every report of the plan, some at a time, in the order of the plan."""
    stop = threading.Event()
    waiting, known = in_order(plan.reports), plan.versions
    answers: dict[str, Answer] = {}
    with ThreadPoolExecutor(settings.workers) as pool:
        parts = {
            report.report_id: [
                pool.submit(read_one_part, report, only, known, settings, stop)
                for only in parts_of(report, known, settings)
            ]
            for report in waiting
        }

        def read(report: Report) -> Answer:
            # Its parts were submitted before, so that they run or are done already.
            done = [part.result() for part in parts[report.report_id]]
            return read_one(report, known, settings, stop, done)

        futures = {pool.submit(read, report): report for report in waiting}
        try:
            for future in as_completed(futures):
                report = futures[future]
                answers[report.report_id] = future.result()
                if told:
                    told(report, answers[report.report_id])
        except BaseException:  # an interrupt too: the child processes must not be left at work
            stop.set()
            pool.shutdown(cancel_futures=True)
            raise
    return tuple(answers[report.report_id] for report in plan.reports)


def in_order(reports: Sequence[Report]) -> list[Report]:
    """The longest first, so that no long one is left alone at the end."""
    return sorted(reports, key=lambda report: -report.page_count)


def batches(reports: Sequence[Report], workers: int) -> list[tuple[Report, ...]]:
    """The reports in their order, short ones together; so few of them that no worker is idle while others have many."""
    most = max(len(reports) // (4 * workers), 1)
    found: list[list[Report]] = []
    for report in reports:
        last = found[-1] if found else []
        if not last or len(last) == most or sum(each.page_count for each in (*last, report)) > BATCH:
            found.append([])
        found[-1].append(report)
    return [tuple(batch) for batch in found]


def parts_of(report: Report, known: Versions, settings: Settings) -> list[tuple[int, ...]]:
    """Page numbers of the parts in which a long report is read by several processes; none of a short or known one."""
    if report.page_count <= PART or report.outcome is Outcome.REFUSED or report.outcome.failed:
        return []
    failure = Quarantine(settings.state).find(report.sha256, known.readings)
    shelf, key = Shelf(settings.shelf), report.sha256
    there = (("readings", f"{key}-{known.readings}"), ("pages", f"{key}-{known.pages}"))
    if (failure and failure.set_aside) or any(shelf.place(*entry).exists() for entry in there):
        return []
    numbers = range(1, report.page_count + 1)
    return [tuple(numbers[first : first + PART]) for first in range(0, report.page_count, PART)]


def read_one_part(
    report: Report,
    only: Sequence[int],
    known: Versions,
    settings: Settings,
    stop: threading.Event | None = None,
) -> Answer | None:
    """Read some pages of a long report in a child process; an answer only if that failed."""
    with journal.about(report=report.file_name):
        _log.info("reading pages %d to %d", only[0], only[-1])
        answer = _read_apart(report, known, settings, stop, only)
    return answer if answer.exit_code else None


def read_some(
    reports: Sequence[Report],
    known: Versions,
    settings: Settings,
    stop: threading.Event | None = None,
    parts: Sequence[Answer | None] = (),
) -> list[Answer]:
    """Give what some reports say, read one after the other; ``parts`` are those of a long report, which is alone."""
    return [read_one(report, known, settings, stop, parts) for report in reports]


def read_one(
    report: Report,
    known: Versions,
    settings: Settings,
    stop: threading.Event | None = None,
    parts: Sequence[Answer | None] = (),
) -> Answer:
    """Give what one report says: from the shelf, or else read in a child process.

    Never raises for what the report holds.

    Args:
        report: as the archive gave it.
        known: versions in use.
        settings: limits and places.
        stop: when set, reading ends at once.
        parts: what became of its parts, when it was read in parts before; one that failed fails the report.
    """
    if report.outcome is Outcome.REFUSED:
        return Answer(extraction=Extraction(report=report), exit_code=InputError.exit_code)
    quarantine = Quarantine(settings.state)
    failure = quarantine.find(report.sha256, known.readings)
    if failure and failure.set_aside:
        return _aside(report, failure)
    if report.outcome.failed:  # already while it was looked at
        return failed(report, report.why, report.outcome)
    shelf, key = Shelf(settings.shelf), f"{report.sha256}-{known.readings}"
    answer = shelf.find("readings", key, Answer)
    if answer is None:
        with journal.about(report=report.file_name):
            _log.info("reading %d pages", report.page_count)
            answer = next(filter(None, parts), None) or _read_apart(report, known, settings, stop)
            _log.info("%s", f"{answer.extraction.report.outcome}. {answer.extraction.report.why}".strip())
            said = answer.extraction.report
        if answer.lasting:
            shelf.keep("readings", key, answer)
            quarantine.forget(report.sha256)
        elif answer.exit_code == HasilaError.exit_code and not (stop and stop.is_set()):
            failure = quarantine.note(report, known.readings, said.outcome, said.why)
            if failure.set_aside:
                return _aside(report, failure)
    return as_found(answer, report)


def _read_apart(
    report: Report,
    known: Versions,
    settings: Settings,
    stop: threading.Event | None,
    only: Sequence[int] = (),
) -> Answer:
    return read_apart(
        # What the archive has to say is added afterwards: it may change while the bytes don't.
        replace(report, why=""),
        seconds=settings.seconds_for(len(only) or report.page_count),
        codebook=settings.codebook,
        shelf=settings.shelf,
        pages_version=known.pages,
        passwords=settings.passwords,
        memory_mb=settings.memory_mb,
        only=only,
        stop=stop,
    )


def _aside(report: Report, failure: Failure) -> Answer:
    """The answer of a report that is not tried: it lasts until a person lets the report go."""
    answer = replace(failed(report, failure.reason, failure.outcome), lasting=True)
    return answer if report.outcome.failed else as_found(answer, report)


def publish_edition(plan: Plan, answers: Sequence[Answer], settings: Settings) -> Edition:
    """Turn what the reports say into a published edition.

    Raises:
        InputError, HasilaError: when not one report could be read (nothing is published then).
    """
    _something_was_read(answers)
    extractions, codebook = [answer.extraction for answer in answers], load(settings.codebook)
    said = printed(extractions, codebook)
    with begun(said, settings.out) as writing:
        edition = finish(
            writing,
            assembled(extractions, codebook, said=said),
            clock=lambda: datetime.now(UTC),
            tools=plan.versions.tools,
            picture=pictures_of(plan.reports),
        )
    _log.info("edition %s: %s", edition.edition_id, edition.verdict.why or "published")
    if all(answer.lasting for answer in answers):
        key = edition_key(plan.reports, plan.versions, settings)
        Shelf(settings.shelf).keep("editions", key, edition)
    return edition


def printed(extractions: Sequence[Extraction], codebook: Codebook) -> Printed:
    """What an edition holds of its reports as they were read, with the days on which they came out."""
    return Printed(
        reports=tuple(released(extraction.report, codebook.releases) for extraction in extractions),
        tables=tuple(table for extraction in extractions for table in extraction.tables),
        readings=tuple(reading for extraction in extractions for reading in extraction.readings),
        mentions=tuple(mention for extraction in extractions for mention in extraction.mentions),
    )


def assembled(
    extractions: Sequence[Extraction], codebook: Codebook, *, said: Printed | None = None
) -> Dataset:
    """From readings to series and findings: all that an edition holds, in memory.

    Series and findings are of the readings with their corrections and repairs; published beside them are the readings
    as read, ``said`` where they are put together already.
    """
    with uncollected():
        decided = corrected(extractions, codebook.corrections)
        seen = inspect(decided.extractions, codebook)
        edits = (*seen.edits, *decided.edits)
        assembly = assemble(seen.extractions, codebook)
        assembly = replace(
            assembly,
            observations=signed(assembly.observations, edits),
            complaints=(*assembly.complaints, *decided.complaints),
        )
        judgement = judge(seen.extractions, assembly, codebook, inspection=seen)
    said = said or printed(extractions, codebook)
    return Dataset(
        reports=said.reports,
        tables=said.tables,
        readings=said.readings,
        mentions=said.mentions,
        observations=assembly.observations,
        series=assembly.series,
        findings=judgement.findings,
        edits=tuple(sorted(edits, key=lambda edit: edit.edit_id)),
        codes=(*codebook.codes, *assembly.codes),
        verdict=judgement.verdict,
        checked=judgement.checked,
        health=judgement.health,
        links=assembly.links,
        proposals=assembly.proposals,
        indicators=assembly.indicators,
    )


def _something_was_read(answers: Sequence[Answer]) -> None:
    failures = [answer for answer in answers if answer.exit_code]
    if len(failures) < len(answers):
        return
    error = HasilaError("None of the reports could be read, nothing was published.")
    error.exit_code = max(answer.exit_code for answer in failures)
    raise error


def as_found(answer: Answer, found: Report) -> Answer:
    """Put the file's present name and the archive's remarks on an answer that may come from the shelf."""
    read = answer.extraction.report
    outcome = found.outcome if read.outcome is Outcome.READ else read.outcome
    report = replace(
        read,
        path=found.path,
        file_name=found.file_name,
        outcome=outcome,
        why=f"{found.why} {read.why}".strip(),
    )
    return replace(answer, extraction=replace(answer.extraction, report=report))
