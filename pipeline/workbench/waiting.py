"""What of an edition waits for a person: open findings by consequence, and what a person needs to decide one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipeline.model.place import Box
from pipeline.workbench.asking import ask
from pipeline.workbench.decisions import ids_in, plain

Row = dict[str, Any]

#: Figures of a finding that are shown, series of them, and periods of a series.
FIGURES, SERIES, PERIODS = 16, 4, 8
#: Figures with what they were taken to mean; another reading of the same report may stand for one.
_FIGURES = """
with wanted as (select * from readings where reading_id in (select unnest(?))),
meant as (select o.*, unnest(list_append(string_split(coalesce(o.duplicates, ''), ' '), o.reading_id)) as told
          from observations o where report_id in (select report_id from wanted))
select r.*, file_name, edition_year, caption_ar, caption_fr, o.observation_id, o.series_id, o.time_period, o.obs_value,
       e.new as edited, e."by" as edited_by, e.reason as edited_why
from wanted r join reports using (report_id) left join tables t using (table_id)
left join meant o on o.told = r.reading_id left join edits e on e.reading_id = r.reading_id
"""
_CHANGE = re.compile(r"(.+?) → ([^→]+?)(?:, (?=\S.* → )|$)")
_ORDER = "case severity when 'error' then 0 when 'warning' then 1 else 2 end, priority desc, finding_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One finding of the queue; ``readings`` are all that it touches, by way of observations too."""

    finding_id: str
    severity: str
    rule: str
    where: str
    said: dict[str, str]
    readings: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page with the boxes on it that a finding is about; ``view`` is what to show of it first."""

    report_id: str
    file: str
    page: int
    boxes: tuple[tuple[str, Box], ...]  # with the reading, empty for the place of the finding itself

    @property
    def around(self) -> Box:
        """The smallest box that holds all of them."""
        return Box.around(box for _, box in self.boxes)


def waiting(database: Path) -> tuple[Waiting, ...]:
    """The open findings of an edition, those of the greatest consequence first."""
    made_of = {
        str(observation): {str(reading), *ids_in(duplicates)}
        for observation, reading, duplicates in ask(
            database,
            "select observation_id, reading_id, duplicates from observations where observation_id in "
            "(select unnest(string_split(observations, ' ')) from findings)",
        ).rows
    }
    sql = (
        "select findings.*, file_name from findings left join reports using (report_id) "
        f"where not accepted order by {_ORDER}"
    )
    rows: list[Row] = ask(database, sql).as_dicts()
    return tuple(
        Waiting(
            finding_id=row["finding_id"],
            severity=row["severity"],
            rule=row["rule"],
            where=f"{row['file_name'] or ''}{', p. ' + str(row['page']) if row['page'] else ''}",
            said={language: row[f"message_{language}"] or "" for language in ("ar", "fr", "en")},
            readings=frozenset(ids_in(row["readings"])).union(
                *(made_of.get(one, set()) for one in ids_in(row["observations"]))
            ),
        )
        for row in rows
    )


def finding(database: Path, finding_id: str) -> Row:
    """All that is published of one finding, with the name of its report's file."""
    sql = (
        "select findings.*, file_name from findings left join reports using (report_id) where finding_id = ?"
    )
    return ask(database, sql, [finding_id]).as_dicts()[0]


def figures(database: Path, row: Row) -> list[Row]:
    """The figures that a finding touches, the most suspected first: as read, as published, and of which series."""
    named = ids_in(row["observations"])
    sql = "select observation_id, reading_id from observations where observation_id in (select unnest(?))"
    made_of = {str(one): str(reading) for one, reading in ask(database, sql, [list(named)]).rows}
    wanted = list(
        dict.fromkeys([*ids_in(row["readings"]), *(made_of[one] for one in named if one in made_of)])
    )
    found = {str(one["reading_id"]): one for one in ask(database, _FIGURES, [wanted[:FIGURES]]).as_dicts()}
    return [_shown(found[one]) for one in wanted if one in found]


def _shown(row: Row) -> Row:
    """A figure with the sentence cut where it stands, so that it can be marked."""
    raw, sentence = str(row["raw"] or ""), str(row["sentence"] or "")
    before, mark, after = sentence.partition(raw) if raw else (sentence, "", "")
    value = plain(row["value"])
    return {**row, "value": value, "now": row["edited"] or value, "sentence": (before, mark, after)}


def places(row: Row, held: Sequence[Row]) -> list[Place]:
    """The pages on which a finding and its figures stand, that of the finding first."""
    boxes: dict[tuple[str, int], list[tuple[str, Box]]] = defaultdict(list)
    files = {str(one["report_id"]): str(one["file_name"]) for one in [row, *held]}
    for name, one in [("", row), *((str(one["reading_id"]), one) for one in held)]:
        if one["page"] is None or one["x0"] is None:
            continue
        box = Box(*(float(one[edge]) for edge in ("x0", "top", "x1", "bottom")))
        known = boxes[str(one["report_id"]), int(one["page"])]
        if name:  # the place of the finding is mostly that of its first figure
            known[:] = [(other, at) for other, at in known if other or at != box]
        known.append((name, box))
    return [
        Place(report_id=report, file=files[report], page=page, boxes=tuple(held))
        for (report, page), held in boxes.items()
    ]


def series(database: Path, held: Sequence[Row]) -> list[Row]:
    """The series of some figures with what each report said of each period near theirs."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in held:
        if one["series_id"]:
            found[str(one["series_id"])].add(str(one["time_period"]))
    return [_triangle(database, *item) for item in list(found.items())[:SERIES]]


def _triangle(database: Path, series_id: str, about: set[str]) -> Row:
    (row,) = ask(database, "select * from series where series_id = ?", [series_id]).as_dicts()
    sql = "select time_period, report_year, obs_value, method from observations where series_id = ? order by all"
    said: dict[tuple[str, int], list[str]] = defaultdict(list)
    for period, year, value, _ in ask(database, sql, [series_id]).rows:
        said[str(period), int(str(year or 0))].append(plain(value) or "–")
    periods = sorted({period for period, _ in said})
    last = max((at for at, period in enumerate(periods) if period in about), default=len(periods) - 1)
    periods = periods[max(last + 2 - PERIODS, 0) : last + 2]
    years = sorted({year for period, year in said if period in periods})
    cells = {
        period: [" / ".join(dict.fromkeys(said.get((period, year), ()))) for year in years]
        for period in periods
    }
    return {**row, "years": years, "cells": cells, "about": about}


def suggestions(row: Row, held: Sequence[Row]) -> list[tuple[str, str]]:
    """Readings and the values that would explain the finding, or that another reading of them gave; likeliest first."""
    found: dict[tuple[str, str], None] = {}
    for told in _told(row):
        changes, _, _ = told.rpartition(" (")
        for raw, new in _CHANGE.findall(changes):
            one = next((one for one in held if one["raw"] == raw), None)
            found |= _offer(one, new)
    for one in held:
        found |= _offer(one, str(one["second_raw"] or ""))
    if held:
        found |= _offer(held[0], str(row["expected"] or ""))
    return list(found)


def _told(row: Row) -> Iterable[str]:
    return str(row["explanations"] or "").split(" | ")


def _offer(one: Row | None, text: str) -> dict[tuple[str, str], None]:
    """A value for a figure, if it is a number and another one than is published."""
    bare = re.sub(r"[\s\u202f%≈]", "", text).replace(",", ".")
    try:
        value = plain(Decimal(bare))
    except InvalidOperation:
        return {}
    if one is None or value == one["now"] or not value.replace(".", "").isdigit():
        return {}
    return {(str(one["reading_id"]), value): None}
