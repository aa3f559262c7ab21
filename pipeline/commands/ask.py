"""``hasila query``, ``findings``, ``explain``: questions to the published edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.commands.cells import cells_of, labels_of
from pipeline.commands.forms import form_option, said, show
from pipeline.errors import InputError, UsageError
from pipeline.model.finding import Severity
from pipeline.model.place import Box
from pipeline.outputs import place_of
from pipeline.settings import settings_from
from pipeline.workbench.asking import ask, database_in, find_row
from pipeline.workbench.picture import page_with_box, page_with_table

_out = click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of the editions. [default: outputs]"
)
_edition = click.option("--edition", default="", help="Id of an edition; the latest one by default.")


@click.command()
@click.argument("sql")
@_out
@_edition
@form_option
def query(sql: str, out: Path | None, edition: str, form: str) -> None:
    """Ask the published edition in SQL, for example: hasila query "select * from latest limit 5"."""
    show(ask(database_in(settings_from(out=out).out, edition), sql), form)


@click.command()
@click.option("--severity", type=click.Choice([severity.value for severity in Severity]), help="Only these.")
@click.option("--all", "accepted_too", is_flag=True, help="Also findings that a person has accepted.")
@_out
@_edition
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def findings(severity: str | None, accepted_too: bool, out: Path | None, edition: str, as_json: bool) -> None:
    """List what does not add up, by consequence."""
    database = database_in(settings_from(out=out).out, edition)
    sql = "select * from findings where (? is null or severity = ?) and (? or not accepted)"
    weight = "case severity when 'error' then 0 when 'warning' then 1 else 2 end"
    order = f" order by {weight}, priority desc, finding_id"
    found = ask(database, sql + order, [severity, severity, accepted_too])
    if as_json:
        show(found, "json")
        return
    names = {
        str(key): str(name) for key, name in ask(database, "select report_id, file_name from reports").rows
    }
    for row in found.as_dicts():
        where = (
            f"{names.get(str(row['report_id']), '')} p{row['page']}" if row.get("page") else "across reports"
        )
        click.echo(f"{row['severity']}\t{row['rule']}\t{where}\t{row['message_en']}\t{row['finding_id']}")
    if not found.rows:
        click.echo("No findings.", err=True)


@click.command()
@click.argument("wanted", metavar="ID")
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    help="Write a PNG of the page with the box drawn; of a table, with its cells.",
)
@click.option("--crop", is_flag=True, help="Only the surroundings of the box in the picture.")
@click.option(
    "--pdf", type=click.Path(path_type=Path, exists=True), help="The report, when it was moved since."
)
@_out
@_edition
def explain(
    wanted: str, picture: Path | None, crop: bool, pdf: Path | None, out: Path | None, edition: str
) -> None:
    """Show where a figure comes from and what was checked; ID is of a reading, observation, finding, edit, …"""
    folder = settings_from(out=out).out
    database = database_in(folder, edition)
    table, row = find_row(database, wanted)
    _print_row(table, row)
    for line in (*_around(database, table, row), *(labels_of(database, row) if table == "tables" else ())):
        click.echo(line)
    if picture is None:
        return
    if row.get("page") is None or row.get("x0") is None:
        raise UsageError(f"{wanted} has no place on one page.", "Ask for one of the readings it names.")
    report_id = str(row["report_id"])
    path = pdf or place_of(folder, report_id)
    if path is None:
        raise InputError("The report's file is not where it was.", "Say where it is with --pdf FILE.")
    held = cells_of(path, str(row["table_id"]), settings_from(out=out)) if table == "tables" else None
    box = Box(*(float(str(row[edge])) for edge in ("x0", "top", "x1", "bottom")))
    try:
        if held is not None:
            page_with_table(path, held, whole=not crop).save(picture, "PNG")
        else:
            page_with_box(path, int(str(row["page"])), box, whole=not crop).save(picture, "PNG")
    except OSError as error:
        raise UsageError(f"{picture} can't be written ({error.strerror}).", "Give another file.") from error
    click.echo(f"Picture: {picture}")


def _around(database: Path, table: str, row: dict[str, object]) -> Iterator[str]:
    """What else belongs to a row: its report, the figures made of it, the findings that touch it."""
    if table != "reports" and row.get("report_id"):
        named = ask(
            database, "select file_name, edition_year from reports where report_id = ?", [row["report_id"]]
        )
        for name, year in named.rows:
            yield f"report: {name} ({year or 'year unknown'})"
    reading = row.get("reading_id")
    if table == "readings":
        made = ask(database, "select * from observations where reading_id = ?", [reading]).as_dicts()
        for made_row in made:
            yield f"observation: {made_row['observation_id']} {said(made_row.get('obs_value'))}"
            yield from _links(database, made_row)
    elif table == "observations":
        yield f"reading: {reading}"
        yield from _links(database, row)
    elif table == "series":
        columns = "time_period, report_year, obs_value, reading_id"
        sql = f"select {columns} from observations where series_id = ? order by all"
        for values in ask(database, sql, [row["series_id"]]).rows:
            yield "vintage: " + " ".join(said(value) for value in values)
        yield from _links(database, row)
    if reading:
        yield from _edits(database, str(reading))
        yield from _checks(database, str(reading), str(row.get("observation_id") or ""))


def _links(database: Path, row: dict[str, object]) -> Iterator[str]:
    """Why the figures of the row's report, or of every report, are of its indicator; what else that may be."""
    sql = (
        "select file_name, printed, links.why from links join reports using (report_id) "
        "where indicator = ? and report_id = coalesce(?, report_id) order by edition_year, file_name"
    )
    for name, printed, why in ask(database, sql, [row["indicator"], row.get("report_id")]).rows:
        yield f"link: {name} «{printed}»: {why}"
    sql = "select if(indicator = $1, other, indicator), why from proposals where $1 in (indicator, other) order by all"
    for other, why in ask(database, sql, [row["indicator"]]).rows:
        yield f"may be: {other}: {why}"


def _edits(database: Path, reading: str) -> Iterator[str]:
    """Who or what changed the value of a reading, and why."""
    for row in ask(database, "select * from edits where reading_id = ? order by edit_id", [reading]).as_dicts():
        change = f"{said(row['old']) or 'no value'} → {row['new']} by {row['by']}"
        yield f"edit: {change}: {row['reason']} ({row['edit_id']})"


def _checks(database: Path, reading: str, observation: str) -> Iterator[str]:
    """Findings that name the reading or the observation, else that there are none."""
    touching = [
        row
        for row in ask(database, "select * from findings").as_dicts()
        if reading in said(row.get("readings"))
        or (observation and observation in said(row.get("observations")))
    ]
    for row in touching:
        yield f"finding: {row['severity']} {row['rule']} {row['message_en']} ({row['finding_id']})"
    if not touching:
        yield "findings: none"


def _print_row(table: str, row: dict[str, object]) -> None:
    click.echo(f"{table}:")
    for name, value in row.items():
        if value is not None and value != "":
            click.echo(f"  {name}: {said(value)}")
