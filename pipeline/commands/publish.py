"""``hasila run``: the main job."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid

from pipeline.apart import Answer
from pipeline.errors import HasilaError, place_of
from pipeline.model.edition import Edition
from pipeline.model.report import Outcome, Report
from pipeline.night import Plan, Told, night
from pipeline.settings import Settings, settings_from

_log = logging.getLogger(__name__)


class _Place(click.Path):
    """A folder, or an address as it is: a path would lose one of its slashes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if "://" in str(value) else super().convert(value, param, ctx)


PLACE = _Place(path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--out", type=PLACE, help="Folder for the editions, or an address. [default: outputs]")
@click.option(
    "--codebook", type=click.Path(path_type=Path), help="Codebook folder instead of the built-in one."
)
@click.option("--prefect/--no-prefect", default=True, help="Through the Prefect flow, or as plain functions.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there are findings of severity error.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as one JSON object.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def run(
    paths: tuple[str, ...],
    out: Path | str | None,
    codebook: Path | None,
    prefect: bool,
    strict: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read the reports in PATHS and publish one edition.

    PATHS are PDFs, folders of them, patterns ("in/**/*.pdf"), @FILE for a list of these, and s3:// or https:// addresses.
    """
    settings = settings_from(out=out, codebook=codebook)
    answers: dict[str, Answer] = {}
    with _progress(quiet=quiet or as_json) as bar:

        def carry(plan: Plan, settings: Settings, told: Told | None) -> Edition:
            bar.expect(len(plan.reports))
            return (_through_prefect if prefect else _plainly)(plan, settings, told)

        def told(report: Report, answer: Answer) -> None:
            if report.report_id not in answers:  # a run that goes on without Prefect tells them again
                bar.done(answer)
            answers[report.report_id] = answer

        edition = night(paths, settings, through=carry, told=told)
    if as_json:
        click.echo(json.dumps(_as_object(edition, list(answers.values()), settings), ensure_ascii=False))
    elif not quiet:
        _print_summary(edition, list(answers.values()), settings)
    return 1 if edition.verdict.held_back or (strict and edition.verdict.errors) else 0


def _plainly(plan: Plan, settings: Settings, told: Told | None) -> Edition:
    from pipeline import run as path  # a second for what reads and publishes, likewise

    return path.plainly(plan, settings, told)


def _through_prefect(plan: Plan, settings: Settings, told: Told | None) -> Edition:
    """By way of the flow; what Prefect can't do is done without it, for its records are a view and no more."""
    # The command tells an error once; a flow that a schedule or a worker runs leaves it to Prefect.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    try:
        import flows  # two seconds for Prefect, paid only when there is something to read

        edition: Edition = flows.through_prefect(plan, settings, told)
        return edition
    except (HasilaError, MemoryError):
        raise
    except Exception as error:
        _log.warning("Prefect can't go on (%s); the run goes on without it.", place_of(error))
        _log.debug("Prefect: %s", error)
        return _plainly(plan, settings, told)


class _Lines:
    """One line for each report, where standard error is no terminal; when silent, for bad ones only."""

    def __init__(self, *, silent: bool) -> None:
        self._silent, self._expected, self._done = silent, 0, 0

    def expect(self, reports: int) -> None:
        """So many reports are going to be told."""
        self._expected = reports

    def done(self, answer: Answer) -> None:
        """One report is finished."""
        self._done += 1
        if not self._silent or answer.extraction.report.outcome is not Outcome.READ:
            click.echo(f"[{self._done}/{self._expected}] {_in_a_line(answer)}", err=True)


class _Bar(_Lines):
    """A bar, with lines above it for the reports that were not read in full."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(silent=True)
        self._progress, self._task = progress, progress.add_task("Looking", total=None)

    def expect(self, reports: int) -> None:
        self._progress.update(self._task, total=reports, description="Reading")

    def done(self, answer: Answer) -> None:
        if answer.extraction.report.outcome is not Outcome.READ:
            self._progress.console.print(_in_a_line(answer), markup=False, highlight=False)
        self._progress.advance(self._task)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[_Lines]:
    if quiet or not sys.stderr.isatty():
        yield _Lines(silent=quiet)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)


def _in_a_line(answer: Answer) -> str:
    said = answer.extraction
    report = said.report
    if report.outcome is Outcome.REFUSED or report.outcome.failed:
        return f"{report.file_name}: {report.outcome}. {report.why}"
    counts = f"{report.page_count} pages, {len(said.tables)} tables, {len(said.readings)} figures"
    return f"{report.file_name}: {counts}. {report.why}".strip()


def _as_object(edition: Edition, answers: Sequence[Answer], settings: Settings) -> dict[str, object]:
    verdict = edition.verdict
    return {
        "edition": edition.edition_id,
        "folder": str(edition.folder),
        "published": not verdict.held_back,
        "new": bool(answers),
        "why": verdict.why,
        "rows": dict(edition.counts),
        "findings": {
            "error": verdict.errors,
            "warning": verdict.warnings,
            "information": verdict.informations,
        },
        "reports": [
            {
                "file_name": answer.extraction.report.file_name,
                "report_id": answer.extraction.report.report_id,
                "outcome": answer.extraction.report.outcome,
                "why": answer.extraction.report.why,
                "pages": dict(answer.extraction.report.pages_by_kind),
                "tables": len(answer.extraction.tables),
                "readings": len(answer.extraction.readings),
            }
            for answer in sorted(answers, key=lambda answer: answer.extraction.report.file_name)
        ],
        "journal": str(settings.out / "journal"),
    }


def _print_summary(edition: Edition, answers: Sequence[Answer], settings: Settings) -> None:
    """A short table and where to look."""
    verdict = edition.verdict
    grid = Grid(show_header=False, box=None, pad_edge=False)
    for name, fact in _facts(edition, answers):
        grid.add_row(name, fact)
    console = Console(highlight=False)
    console.print(grid)
    if verdict.held_back:
        console.print(f"Held back, `latest` stays where it was: {verdict.why}", markup=False, soft_wrap=True)
    elif not answers:
        console.print(f"Nothing new: edition {edition.edition_id} holds exactly these reports.", markup=False)
    where = edition.folder if verdict.held_back else settings.out / "latest"
    console.print(
        f'Look at {where / "digest.html"}; ask with: hasila query "select * from latest"', soft_wrap=True
    )


def _facts(edition: Edition, answers: Sequence[Answer]) -> Iterator[tuple[str, str]]:
    rows, verdict = dict(edition.counts), edition.verdict
    reports = [answer.extraction.report for answer in answers]
    outcomes = [report.outcome for report in reports]
    told = ", ".join(f"{outcomes.count(outcome)} {outcome}" for outcome in Outcome if outcome in outcomes)
    yield "reports", told or str(rows.get("reports", 0))
    if reports:
        kinds: dict[str, int] = {}
        for kind, count in (pair for report in reports for pair in report.pages_by_kind):
            kinds[kind] = kinds.get(kind, 0) + count
        yield "pages", ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "0"
    for name in ("tables", "readings", "observations", "series", "revisions"):
        if name in rows:
            yield name, str(rows[name])
    yield (
        "findings",
        f"{verdict.errors} error, {verdict.warnings} warning, {verdict.informations} information",
    )
