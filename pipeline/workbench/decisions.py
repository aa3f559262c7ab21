"""A person's decision about a figure or a finding of an edition, made into a guarded entry of the codebook."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.codebook.deciding import Entry, declare, set_aside
from pipeline.codebook.decisions import LEAST_DIGITS, Accepted, Correction, Figure
from pipeline.errors import UsageError
from pipeline.workbench.asking import ask, find_row

#: Digits of a report's SHA-256 that a correction names it by.
_DIGITS = 12
#: Readings with all that tells them from others.
_FIGURES = "select readings.*, sha256 from readings join reports using (report_id)"
_SPACES = str.maketrans("", "", " \t\u00a0\u2009\u202f\u200e\u200f")
_LABELS = ("row_label_ar", "row_label_fr", "column_label_ar", "column_label_fr", "unit_label")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision in a few words and where it stands; ``alike`` are readings that say the same figure elsewhere in the report."""

    said: str
    entry: Entry
    alike: tuple[str, ...] = ()


def correct(database: Path, codebook: Path, wanted: str, new: str, *, reason: str, author: str) -> Decided:
    """Declare that a figure is another one than was read.

    Args:
        database: of the edition.
        codebook: folder in which the decision is kept.
        wanted: id of a reading, or of an observation: that of the reading it was made of.
        new: the value in full units, as a person writes it.
        reason: why.
        author: who says so.

    Raises:
        InputError: when there is no such id.
        UsageError: when it is no figure, or the value none, or another was declared before.
        CodebookError: when the file in the codebook is wrong.
    """
    reading, alike = _reading(database, wanted)
    value, old = number_of(new), plain(reading["value"])
    figure = _figure(reading)
    _said(reason, "reason")
    labels, mark = _guard(database, reading, figure)
    correction = Correction(
        report=figure.sha256[:_DIGITS],
        page=figure.page,
        labels=labels,
        reading=mark,
        old=old,
        new=plain(value),
        reason=reason,
        author=author,
    )
    held = _edited(database, figure.reading_id)
    if plain(value) == (held or old) and not _by_person(database, figure.reading_id):
        raise UsageError(
            f"{figure.reading_id} is {plain(value)} already.",
            "If a finding about it is to be set aside: hasila accept FINDING.",
        )
    entry = declare(codebook, correction, figure)
    return Decided(said=f"{old or 'no value'} → {correction.new}", entry=entry, alike=alike)


def accept(
    database: Path,
    codebook: Path,
    wanted: str,
    *,
    reason: str,
    author: str,
    today: date,
    until: date | None = None,
    verdict: str = "explained",
) -> Decided:
    """Declare that a finding was looked at and stays set aside until a value of it changes.

    Args:
        database: of the edition.
        codebook: folder in which the decision is kept.
        wanted: id of the finding.
        reason: why.
        author: who says so.
        today: day of the decision.
        until: last day on which it holds; for ever when ``None``.
        verdict: ``confirmed`` (the source is wrong), ``explained`` (what is printed is right), ``false_alarm``.

    Raises:
        InputError: when there is no such id.
        UsageError: when it is no finding, or another verdict on it was given before.
        CodebookError: when the file in the codebook is wrong.
    """
    table, row = find_row(database, wanted)
    if table != "findings":
        raise UsageError(f"{wanted} is no finding but of {table}.", "List the findings with: hasila findings")
    _said(reason, "reason")
    if until and until < today:
        raise UsageError(f"{until} is over.", "Give a day that is to come.")
    what = Accepted(
        finding=str(row["finding_id"]),
        rule=str(row["rule"]),
        who=author,
        when=today,
        until=until,
        verdict=verdict,
        why=reason,
    )
    return Decided(said=f"{what.finding} {verdict}", entry=set_aside(codebook, what))


def number_of(text: str) -> Decimal:
    """A number as a person writes it: spaces between groups, a point or a comma before decimals.

    Raises:
        UsageError: when it is none, or may be thousands as well as decimals.
    """
    bare = text.translate(_SPACES).removesuffix("%").removesuffix("٪").replace("٫", ".").replace("−", "-")
    if re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", bare):
        whole = re.sub(r"[.,]", "", bare)
        raise UsageError(
            f"{text} may be {whole} or a decimal.", f"Write {whole}, or {bare.replace(',', '.')}0."
        )
    if re.fullmatch(r"-?\d+,\d+", bare):
        bare = bare.replace(",", ".")
    try:
        value = Decimal(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else Decimal("nan")
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        raise UsageError(f"'{text}' is no number.", "Write the value in full units, for example 44532.")
    return value


def plain(value: object) -> str:
    """A published value without idle zeros; empty for a missing one."""
    if not isinstance(value, Decimal):
        return "" if value is None else str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _said(text: str, what: str) -> None:
    if not text.strip():
        raise UsageError(f"There is no {what}.", "Say why, so that others can follow.")


def _reading(database: Path, wanted: str) -> tuple[dict[str, object], tuple[str, ...]]:
    """The reading that is meant, and the others that an observation stands for."""
    table, row = find_row(database, wanted)
    if table in ("readings", "observations"):
        sql = f"{_FIGURES} where reading_id = ?"
        return ask(database, sql, [row["reading_id"]]).as_dicts()[0], ids_in(row.get("duplicates"))
    touched = ids_in(row.get("readings")) + ids_in(row.get("observations"))
    raise UsageError(
        f"{wanted} is no figure but of {table}.",
        f"Name one of its figures: {', '.join(touched)}." if touched else "Name a reading or an observation.",
    )


def ids_in(value: object) -> tuple[str, ...]:
    """The ids that a column of an edition lists."""
    return tuple(str(value or "").split())


def _figure(reading: Mapping[str, object]) -> Figure:
    return Figure(
        sha256=str(reading["sha256"]),
        page=int(str(reading["page"])),
        reading_id=str(reading["reading_id"]),
        labels=Figure.parts(str(reading[name] or "") for name in _LABELS),
        sentence=str(reading["sentence"] or ""),
    )


def _guard(database: Path, reading: Mapping[str, object], figure: Figure) -> tuple[tuple[str, ...], str]:
    """What tells the figure from the others of its page: labels or sentence, and the id of the reading where these don't.

    Labels hold when the report is read by another version; the id of a reading may be another one then.
    """
    cell = reading["kind"] == "cell"
    labels = figure.labels if cell or not figure.sentence else (" ".join(figure.sentence.split()),)
    sql = f"{_FIGURES} where report_id = ? and page = ? and value is not distinct from ?"
    rows = ask(database, sql, [reading["report_id"], reading["page"], reading["value"]]).as_dicts()
    mark = Correction(
        report=figure.sha256, page=figure.page, labels=labels, old="", new="", reason="", author=""
    )
    others = [row for row in rows if mark.means(_figure(row))]
    alone = bool(labels) and [str(row["reading_id"]) for row in others] == [figure.reading_id]
    return labels, "" if alone else figure.reading_id


def to_come(database: Path, held: Iterable[Correction]) -> frozenset[str]:
    """Readings of an edition that the next run will change: their corrections are declared and not applied yet."""
    pages: dict[tuple[str, int], list[Correction]] = defaultdict(list)
    for one in held:
        pages[one.report[:LEAST_DIGITS], one.page].append(one)
    sql = f"{_FIGURES} where sha256[:{LEAST_DIGITS}] || page in (select unnest(?))"
    rows = ask(database, sql, [[f"{report}{page}" for report, page in pages]]).as_dicts() if pages else []
    done = {
        (str(reading), str(new)) for reading, new in ask(database, "select reading_id, new from edits").rows
    }
    found = set()
    for row in rows:
        figure, old = _figure(row), plain(row["value"])
        for one in pages[figure.sha256[:LEAST_DIGITS], figure.page]:
            if one.means(figure) and one.old == old and (figure.reading_id, one.new) not in done:
                found.add(figure.reading_id)
    return frozenset(found)


def _edited(database: Path, reading_id: str) -> str:
    rows = ask(database, "select new from edits where reading_id = ?", [reading_id]).rows
    return str(rows[0][0]) if rows else ""


def _by_person(database: Path, reading_id: str) -> bool:
    sql = """select 1 from edits where reading_id = ? and "by" <> 'arithmetic'"""
    return bool(ask(database, sql, [reading_id]).rows)
