"""Observations as SDMX-CSV 2.1 beside their structure message (SDMX-JSON 2.1): what statistical offices exchange.

The key of an observation is indicator, area, sex, age, further breakdown, unit, base period and period, then the
vintage: report, and a number where one report says two different things.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.warehouse.formats import plain

AGENCY, VERSION = "HASILA", "1.0"
STRUCTURE_ID = f"{AGENCY}:FIGURES({VERSION})"
_URN = "urn:sdmx:org.sdmx.infomodel"
_RANGE = re.compile(r"(\d{4})/(\d{4})")
#: Concepts in order of their columns: id, role, column of ``observations``, code list or data type, names.
_CONCEPTS = (
    ("INDICATOR", "key", "indicator", "CL_INDICATOR", "المؤشر", "Indicateur", "Indicator"),
    ("REF_AREA", "key", "ref_area", "CL_AREA", "المجال الترابي", "Territoire", "Reference area"),
    ("SEX", "key", "sex", "CL_SEX", "الجنس", "Sexe", "Sex"),
    ("AGE", "key", "age", "CL_AGE", "السن", "Âge", "Age"),
    ("BREAKDOWN", "key", "dimensions", "String", "تفصيل آخر", "Autre ventilation", "Further breakdown"),
    ("UNIT_MEASURE", "key", "unit_measure", "CL_UNIT_MEASURE", "الوحدة", "Unité", "Unit of measure"),
    ("BASE_PER", "key", "base_period", "String", "فترة المقارنة", "Période de base", "Base period"),
    ("REPORT", "key", "report_id", "String", "التقرير", "Rapport", "Report that says so"),
    ("STATEMENT", "key", "", "Integer", "رقم القول", "Numéro de l'énoncé", "Number of the statement"),
    ("TIME_PERIOD", "time", "time_period", "ObservationalTimePeriod", "الفترة", "Période", "Time period"),
    ("OBS_VALUE", "value", "obs_value", "Decimal", "القيمة", "Valeur", "Observation value"),
    ("OBS_STATUS", "note", "obs_status", "CL_OBS_STATUS", "الحالة", "Statut", "Observation status"),
    ("UNIT_MULT", "note", "unit_mult", "Integer", "قوة العشرة", "Puissance de dix", "Unit multiplier"),
    ("DECIMALS", "note", "decimals", "Integer", "المنازل العشرية", "Décimales", "Decimals"),
    ("QUALIFIER", "note", "qualifier", "CL_QUALIFIER", "التلطيف", "Nuance", "Qualifier as printed"),
    ("LOWER_BOUND", "note", "lower_bound", "Decimal", "الحد الأدنى", "Borne basse", "Lower bound"),
    ("UPPER_BOUND", "note", "upper_bound", "Decimal", "الحد الأعلى", "Borne haute", "Upper bound"),
    ("REPORT_YEAR", "note", "report_year", "Integer", "سنة التقرير", "Année du rapport", "Year of the report"),
    ("RAW", "note", "raw", "String", "كما طبع", "Tel qu'imprimé", "As printed"),
    ("PAGE", "note", "page", "Integer", "الصفحة", "Page", "Page"),
    ("VALIDATION", "note", "validation", "String", "التحقق", "Contrôle", "Validation"),
    ("OBSERVATION_ID", "note", "observation_id", "String", "المعرف", "Identifiant", "Observation id"),
)  # fmt: skip


def write_sdmx(tables: Mapping[str, pa.Table], folder: Path, edition_id: str) -> None:
    """Write ``observations.csv`` and ``structure.json`` into a folder.

    Args:
        tables: observations, codelists and indicators of an edition.
        folder: is made when it is not there.
        edition_id: id of the structure message.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *(concept[0] for concept in _CONCEPTS)])
        writer.writerows(_lines(tables["observations"]))
    defined = {row["indicator"]: row for row in tables["indicators"].to_pylist()}
    message = _message(tables["codelists"].to_pylist(), tables["observations"], defined, edition_id)
    text = json.dumps(message, ensure_ascii=False, indent=1) + "\n"
    (folder / "structure.json").write_text(text, encoding="utf-8")


def _lines(observations: pa.Table) -> Iterator[list[str]]:
    seen: Counter[tuple[str, ...]] = Counter()
    keys = [column for _, role, column, *_ in _CONCEPTS if role in ("key", "time") and column]
    for row in observations.to_pylist():
        key = tuple(_said(column, row) for column in keys)
        seen[key] += 1
        cells = [_said(column, row) if column else str(seen[key]) for _, _, column, *_ in _CONCEPTS]
        yield ["dataflow", STRUCTURE_ID, "I", *cells]


def _said(column: str, row: Mapping[str, Any]) -> str:
    if column == "time_period":
        return time_period(row["time_period"], row["report_year"])
    if column in ("dimensions", "base_period"):
        return row[column] or "_Z"
    return plain(row[column])


def time_period(period: str, report_year: int | None) -> str:
    """A period as SDMX writes it: a range of years by its start and length; unknown is the year of the report."""
    span = _RANGE.fullmatch(period)
    if span:
        return f"{span[1]}-01-01/P{int(span[2]) - int(span[1]) + 1}Y"
    return period if period[:1].isdigit() else plain(report_year)


def _message(
    codes: Sequence[Mapping[str, str]],
    observations: pa.Table,
    defined: Mapping[str, Mapping[str, str]],
    edition_id: str,
) -> dict[str, Any]:
    """The structure message; it holds no clock."""
    return {
        "meta": {
            "id": edition_id,
            "prepared": "2000-01-01T00:00:00Z",
            "test": False,
            "schema": "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json",
            "sender": {"id": AGENCY},
        },
        "data": {
            "codelists": list(_codelists(codes, observations, defined)),
            "conceptSchemes": [_concepts()],
            "dataflows": [
                _named("FIGURES", "أرقام التقارير", "Chiffres des rapports", "Figures of the reports")
                | {"structure": f"{_URN}.datastructure.DataStructure={STRUCTURE_ID}"}
            ],
            "dataStructures": [_structure()],
        },
    }


def _named(identity: str, ar: str, fr: str, en: str) -> dict[str, Any]:
    return {
        "agencyID": AGENCY,
        "id": identity,
        "version": VERSION,
        "name": en,
        "names": {"ar": ar, "fr": fr, "en": en},
    }


def _codelists(
    codes: Sequence[Mapping[str, str]], observations: pa.Table, defined: Mapping[str, Mapping[str, str]]
) -> Iterator[dict[str, Any]]:
    """The code lists of the dimensions, indicators with what they count; a code without a row stands for itself."""
    for _, _, column, name, ar, fr, en in _CONCEPTS:
        if not name.startswith("CL_"):
            continue
        rows = {code["code"]: code for code in codes if code["list"] == name}
        used = {str(value) for value in observations.column(column).unique().to_pylist() if value is not None}
        held = sorted({*rows, *used})
        labels = {
            code: rows.get(code, dict.fromkeys(("label_ar", "label_fr", "label_en"), code)) for code in held
        }
        yield _named(name, ar, fr, en) | {
            "codes": [
                {
                    "id": code,
                    "name": label["label_en"] or label["label_fr"] or code,
                    "names": {
                        key[-2:]: text for key, text in label.items() if key.startswith("label_") and text
                    },
                    **(_described(defined[code]) if name == "CL_INDICATOR" and code in defined else {}),
                }
                for code, label in labels.items()
            ]
        }


def _described(row: Mapping[str, str]) -> dict[str, Any]:
    held = {language: row[f"definition_{language}"] for language in ("ar", "fr", "en")}
    return {"description": held["en"], "descriptions": held}


def _concepts() -> dict[str, Any]:
    return _named("CS_FIGURES", "المفاهيم", "Concepts", "Concepts") | {
        "concepts": [
            {"id": identity, "name": en, "names": {"ar": ar, "fr": fr, "en": en}}
            for identity, _, _, _, ar, fr, en in _CONCEPTS
        ]
    }


def _structure() -> dict[str, Any]:
    def parts(*roles: str) -> list[dict[str, Any]]:
        return [_component(identity, kind) for identity, role, _, kind, *_ in _CONCEPTS if role in roles]

    notes = [
        part
        | {
            "usage": "optional",
            "attributeRelationship": {"observation": {}},
            "measureRelationship": ["OBS_VALUE"],
        }
        for part in parts("note")
    ]
    return _named("FIGURES", "أرقام التقارير", "Chiffres des rapports", "Figures of the reports") | {
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": parts("key"),
                "timeDimension": parts("time")[0],
            },
            "measureList": {
                "id": "MeasureDescriptor",
                "measures": [part | {"usage": "optional"} for part in parts("value")],
            },
            "attributeList": {"id": "AttributeDescriptor", "attributes": notes},
        }
    }


def _component(identity: str, kind: str) -> dict[str, Any]:
    held: dict[str, Any] = (
        {"enumeration": f"{_URN}.codelist.Codelist={AGENCY}:{kind}({VERSION})"}
        if kind.startswith("CL_")
        else {"format": {"dataType": kind}}
    )
    return {
        "id": identity,
        "conceptIdentity": f"{_URN}.conceptscheme.Concept={AGENCY}:CS_FIGURES({VERSION}).{identity}",
        "localRepresentation": held,
    }
