"""Readings of the fixture editions as their content descriptions say they are printed, without any PDF."""

from __future__ import annotations

import itertools
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from fixtures.making.content import HERE, Block, read_edition
from pipeline.model.extraction import Extraction
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Absence, Cell, Label, Qualifier, Reading, Table
from pipeline.model.report import Report

_END = re.compile(r"(?<=[.؟!?؛;])\s+")
_PEOPLE = ("person", "child", "woman", "woman_per_region")
_MEASURES = {"DIS_IGP_PROJECTS_GROWTH_PCT": "growth_rate", "WOM_JTR_TARGET_PER_REGION_N": "rate"}

_OF_2023 = {"T1": "DIS_COAPH_BENEF", "T2": "WOM_EMF_BENEF", "T3": "CHI_CAPE_BENEF"}


def extraction(name: str) -> tuple[Extraction, dict[str, str]]:
    """One edition and the indicator that the truth gives for each reading."""
    edition = read_edition(name)
    report_id = (name * 3)[:12]
    readings: list[Reading] = []
    tables: list[Table] = []
    truth: dict[str, str] = {}
    section, title, extra = "", "", ""
    gold = _gold() if not edition.made_up else {}
    for number, page in enumerate(edition.pages, start=1):
        title = extra = ""
        for block in page:
            if block.kind == "heading":
                section, title, extra = block.text, "", ""
            elif block.kind == "subheading":
                title, extra = block.text, ""
            elif block.kind == "titles":
                extra = f"{extra}\n{block.text}"
            elif block.kind == "banner":
                _banner(block, report_id, number, section, readings, truth)
            elif block.kind == "table":
                caption = _caption(f"{title}\n{extra}")
                tables.append(_table(block, report_id, number, section, caption))
                _cells(block, report_id, number, section, readings, truth)
                extra = ""
            elif block.text:
                figures = block.data.get("figures") or gold.get(" ".join(block.text.split()), [])
                _figures(block, figures, report_id, number, section, edition.year, readings, truth)
    report = Report(
        report_id=report_id,
        sha256=report_id.ljust(64, "0"),
        file_name=f"{name}.pdf",
        path=Path(f"{name}.pdf"),
        size=1,
        edition_year=edition.year,
        title_ar=edition.title_ar,
        publisher=edition.publisher,
    )
    return Extraction(report=report, tables=tuple(tables), readings=tuple(readings)), truth


def _gold() -> dict[str, list[list[Any]]]:
    """Figures of 2023 by the paragraph they stand in, as the made-up editions list theirs."""
    truth = json.loads((HERE / "truth" / "2023.json").read_text(encoding="utf-8"))
    found: dict[str, list[list[Any]]] = {}
    left = list(truth["figures"])
    for page in read_edition("2023").pages:
        for block in page:
            flat = " ".join(block.text.split())
            while left and left[0]["text"] in flat and block.kind in ("paragraph", "bullet", "numbered"):
                f = left.pop(0)
                row = [
                    f["text"],
                    f["value"],
                    f["unit"],
                    f["noun"],
                    f["qualifier"],
                    f["indicator"],
                    f["period"],
                ]
                found.setdefault(flat, []).append(
                    [*row, f.get("base_period", "")] if f.get("base_period") else row
                )
    assert not left, left[0]
    return found


def _caption(text: str) -> Label:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    arabic = [line for line in lines if re.search("[\u0600-\u06ff]", line)]
    return Label(ar=" / ".join(arabic), fr=" / ".join(line for line in lines if line not in arabic))


def _place(report_id: str, page: int) -> Locus:
    return Locus(report_id, page, Box(0, 0, 1, 1))


def _measure(unit: str) -> str:
    return {"percent": "PT", "MAD": "MAD"}.get(unit, "PS" if unit in _PEOPLE else "NUMBER")


def _figures(
    block: Block,
    figures: list[list[Any]],
    report_id: str,
    page: int,
    section: str,
    year: int,
    readings: list[Reading],
    truth: dict[str, str],
) -> None:
    flat = " ".join(block.text.split())
    at = 0
    for text, value, unit, noun, qualifier, indicator, period, *more in figures:
        start = flat.index(text, at)
        at = start + len(text)
        spans = [0, *(m.end() for m in _END.finditer(flat)), len(flat)]
        sentence = next(flat[a:b] for a, b in itertools.pairwise(spans) if a <= start < b)
        number = sum(r.locus.page == page and r.kind == "prose" for r in readings) + 1
        reading_id = f"{report_id}-p{page:03d}-f{number:03d}"
        base = more[0] if more and isinstance(more[0], str) else ""
        readings.append(
            Reading(
                reading_id=reading_id,
                locus=_place(report_id, page),
                kind="prose",
                raw=text,
                value=Decimal(str(value)),
                value_max=Decimal(more[0]) if more and not base else None,
                resolution=Decimal("1000000") if "مليون" in text else Decimal(1),
                unit_measure=_measure(unit),
                unit_label=noun,
                qualifier=Qualifier(qualifier),
                section=section,
                sentence=sentence.strip(),
                period=str(period).replace("-", "/"),
                base_period=base,
                measure=_MEASURES.get(indicator, "level"),
            )
        )
        truth[reading_id] = indicator


def _banner(
    block: Block, report_id: str, page: int, section: str, readings: list[Reading], truth: dict[str, str]
) -> None:
    indicator = (
        block.data["cells"]["value"][2] if "cells" in block.data else f"{_OF_2023[block.data['table']]}_N"
    )
    value, unit = block.data["value"].replace(" ", ""), "person"
    reading_id = f"{report_id}-p{page:03d}-{block.data['table']}-b1"
    readings.append(
        Reading(
            reading_id=reading_id,
            locus=_place(report_id, page),
            kind="cell",
            raw=block.data["value"],
            value=Decimal(value),
            resolution=Decimal(1),
            unit_measure=_measure(unit),
            unit_label="",
            table_id=f"{report_id}-{block.data['table']}",
            row_label=Label(ar=block.data["label_ar"], fr=block.data["label_fr"]),
            section=section,
        )
    )
    truth[reading_id] = indicator


def _table(block: Block, report_id: str, page: int, section: str, caption: Label) -> Table:
    heads = tuple(
        Cell(row=0, column=at, text=f"{column.ar} {column.fr}".strip(), box=Box(0, 0, 1, 1), header=True)
        for at, column in enumerate(block.columns)
    )
    return Table(
        table_id=f"{report_id}-{block.data['id']}",
        report_id=report_id,
        page=page,
        box=Box(0, 0, 1, 1),
        cells=heads,
        row_count=len(block.data["rows"]) + 1,
        column_count=len(heads),
        caption=caption,
        section=section,
    )


def _cells(
    block: Block, report_id: str, page: int, section: str, readings: list[Reading], truth: dict[str, str]
) -> None:
    programme = _OF_2023.get(block.data["id"], "")
    measures = block.data.get("measures") or {
        "count": ["person", f"{programme}_N", ""],
        "share": ["percent", f"{programme}_SHARE_PCT", ""],
    }
    for line, row in enumerate(block.data["rows"], start=1):
        for at, column in enumerate(block.columns):
            if column.is_label:
                continue
            unit, indicator, _ = measures[column.key]
            raw = row[column.key]
            missing = raw == "-"
            percent = unit == "percent"
            digits = raw.replace(" ", "").replace("%", "").replace(",", ".")
            reading_id = f"{report_id}-p{page:03d}-{block.data['id']}-r{line}-c{at}"
            heads = column.ar or (column.fr if column.fr.isdigit() else ""), column.fr
            readings.append(
                Reading(
                    reading_id=reading_id,
                    locus=_place(report_id, page),
                    kind="cell",
                    raw=raw,
                    value=None if missing else Decimal(digits),
                    absence=Absence.NIL if missing else Absence.NONE,
                    resolution=Decimal("0.01") if percent else Decimal(1),
                    unit_measure=_measure(unit),
                    table_id=f"{report_id}-{block.data['id']}",
                    row=line,
                    column=at,
                    row_label=Label(ar=row["label_ar"], fr=row["label_fr"]),
                    column_label=Label(ar=heads[0], fr=heads[1]),
                    section=section,
                )
            )
            truth[reading_id] = indicator
