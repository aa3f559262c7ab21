"""``hasila check``: does a plain table from anywhere add up?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.checking import CheckedFile, check_file, explained, others, place
from pipeline.errors import InputError
from pipeline.model.finding import Finding, Severity
from pipeline.settings import settings_from

_COLUMNS = (
    *("file", "table", "row", "column", "row_label", "column_label", "severity", "rule", "origin"),
    *("printed", "expected", "message", "explanations", "finding_id"),
)
_WORDS = {
    "row": {"en": "row", "fr": "ligne", "ar": "السطر"},
    "column": {"en": "column", "fr": "colonne", "ar": "العمود"},
    "error": {"en": "error", "fr": "erreur", "ar": "خطأ"},
    "warning": {"en": "warning", "fr": "avertissement", "ar": "تنبيه"},
    "information": {"en": "information", "fr": "information", "ar": "معلومة"},
    "perhaps": {"en": "perhaps", "fr": "peut-être", "ar": "ربما"},
}
#: What was counted, after its name: no language has to decline a noun by it.
_SUMMARY = {
    "en": "{name}: figures {figures}, tables {tables}; relations that hold {held}, that fail {failed}; "
    "errors {errors}, warnings {warnings}.",
    "fr": "{name} : chiffres {figures}, tableaux {tables} ; relations vérifiées {held}, en défaut {failed} ; "
    "erreurs {errors}, avertissements {warnings}.",
    "ar": "{name}: الأرقام {figures}، الجداول {tables}؛ العلاقات الصحيحة {held}، المختلة {failed}؛ "
    "الأخطاء {errors}، التنبيهات {warnings}.",
}
_UNTESTED = {
    "en": "Totals that could not be checked, a part being missing, unreadable or the only one: {count}.",
    "fr": "Totaux invérifiables, une de leurs parties manquant, étant illisible ou seule : {count}.",
    "ar": "مجاميع لا يمكن التحقق منها لأن جزءا منها ناقص أو غير مقروء أو وحيد: {count}.",
}
_NOTHING = {
    "en": "Nothing in it could be checked: no totals, shares or averages were found. That says nothing about its figures.",
    "fr": "Rien n'a pu être vérifié : ni totaux, ni parts, ni moyennes. Cela ne dit rien des chiffres.",
    "ar": "لم يمكن التحقق من شيء: لا مجاميع ولا نسب ولا متوسطات. هذا لا يقول شيئا عن الأرقام.",
}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["en", "fr", "ar"]), default="en", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines, one a finding.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there are findings of severity error.")
@click.option("--quiet", is_flag=True, help="Print findings only.")
@click.option(
    "--codebook", type=click.Path(path_type=Path), help="Codebook folder instead of the built-in one."
)
def check(
    files: tuple[Path, ...],
    lang: str,
    form: str,
    as_json: bool,
    strict: bool,
    quiet: bool,
    codebook: Path | None,
) -> int:
    """Check totals, shares, averages and changes of the tables in FILES (CSV or XLSX, any separator and encoding)."""
    folder = settings_from(codebook=codebook).codebook
    form = "json" if as_json else form
    grave = 0
    rows: list[dict[str, object]] = []
    unread: InputError | None = None
    for file in files:
        try:
            checked = check_file(file, folder)
        except InputError as problem:
            if unread is not None:
                click.echo(f"hasila: {unread}", err=True)
            unread = problem  # the other files are checked all the same; the last one is told at the end
            continue
        grave += sum(1 for f in checked.findings if f.severity is Severity.ERROR)
        if form == "table":
            for line in _lines(checked, lang):
                click.echo(line)
        rows += [_row(checked, finding, lang) for finding in checked.findings]
        if not quiet:
            _tell(checked, lang)
    if form == "json":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif form == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, _COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "explanations": " | ".join(map(str, _listed(row)))} for row in rows)
        click.echo(text.getvalue(), nl=False)
    if unread is not None:
        raise unread
    return 1 if strict and grave else 0


def _tell(checked: CheckedFile, lang: str) -> None:
    """One line of summary on standard error; what could not be checked is said."""
    counts = [sum(1 for f in checked.findings if f.severity is s) for s in (Severity.ERROR, Severity.WARNING)]
    click.echo(
        _SUMMARY[lang].format(
            name=checked.name,
            figures=checked.figures,
            tables=len(checked.tables),
            held=checked.held,
            failed=checked.failed,
            errors=counts[0],
            warnings=counts[1],
        ),
        err=True,
    )
    if checked.untested:
        click.echo(_UNTESTED[lang].format(count=checked.untested), err=True)
    if not checked.held and not checked.failed:
        click.echo(_NOTHING[lang], err=True)


def _lines(checked: CheckedFile, lang: str) -> Iterator[str]:
    for finding in checked.findings:
        table, row, column, row_label, column_label, _ = place(checked, finding)
        where = (
            f"{_WORDS['row'][lang]} {row} ({row_label}), {_WORDS['column'][lang]} {column} ({column_label})"
        )
        many = f"{table}: " if len(checked.tables) > 1 else ""
        yield f"{_WORDS[finding.severity.value][lang]}\t{finding.rule}\t{many}{where}\t{_said(finding, lang)}"
        for explanation in explained(finding.explanations, lang):
            yield f"\t{_WORDS['perhaps'][lang]}: {explanation}"


def _said(finding: Finding, lang: str) -> str:
    return {"ar": finding.message_ar, "fr": finding.message_fr, "en": finding.message_en}[lang]


def _row(checked: CheckedFile, finding: Finding, lang: str) -> dict[str, object]:
    table, row, column, row_label, column_label, _ = place(checked, finding)
    return {
        "file": checked.name,
        "table": table,
        "row": row,
        "column": column,
        "row_label": row_label,
        "column_label": column_label,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "origin": finding.origin.value,
        "printed": finding.observed,
        "expected": finding.expected,
        "message": _said(finding, lang),
        "message_ar": finding.message_ar,
        "message_fr": finding.message_fr,
        "message_en": finding.message_en,
        "explanations": explained(finding.explanations, lang),
        "others": [{"row": r.row, "column": r.column, "printed": r.raw} for r in others(checked, finding)],
        "finding_id": finding.finding_id,
    }


def _listed(row: dict[str, object]) -> list[object]:
    held = row["explanations"]
    return held if isinstance(held, list) else []
