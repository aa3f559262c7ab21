"""``datapackage.json`` (Data Package v2): what each file and column of an edition is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.model.report import Report
from pipeline.warehouse.citation import LICENCE, LICENCE_URL
from pipeline.warehouse.columns import FIELDS
from pipeline.warehouse.schema import SCHEMA


def write_descriptor(
    counts: Mapping[str, int], reports: tuple[Report, ...], path: Path, edition_id: str
) -> None:
    """Write the descriptor; it holds no clock, so that equal editions have equal descriptors."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "hasila",
        "id": edition_id,
        "title": "Hasila: figures of yearly achievement reports",
        "description": (
            "Every figure of the reports read, normalised, with the page and box it stands in and its checks."
        ),
        "version": edition_id,
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": "Creative Commons Attribution 4.0"}],
        "contributors": [{"title": "The Hasila authors", "roles": ["creator"]}],
        "sources": [
            {"title": report.title_ar or report.file_name, "path": report.file_name, "version": report.sha256}
            for report in sorted(reports, key=lambda r: r.report_id)
        ],
        "resources": [_resource(schema.name, counts[schema.name]) for schema in SCHEMA],
    }
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _resource(name: str, rows: int) -> dict[str, Any]:
    schema = next(one for one in SCHEMA if one.name == name)
    return {
        "name": name,
        "path": f"csv/{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": schema.en,
        "description": f"{schema.en} / {schema.fr}. {rows} rows.",
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [
                {"name": c.name, "type": FIELDS[c.kind], "title": c.name, "description": f"{c.en} / {c.fr}"}
                for c in schema.columns
            ],
            "primaryKey": list(schema.key),
            "missingValues": [""],
        },
    }


def dictionary_markdown() -> str:
    """The data dictionary as Markdown: every table and column of an edition."""
    lines = ["# What an edition holds", "", "Made from `pipeline/warehouse/schema.py`; change it there.", ""]
    for schema in SCHEMA:
        lines += [
            f"## `{schema.name}`",
            "",
            f"A row is: {schema.en[0].lower()}{schema.en[1:]}. Key: {', '.join(f'`{k}`' for k in schema.key)}.",
            "",
        ]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.kind} | {c.en} |" for c in schema.columns]
        lines.append("")
    return "\n".join(lines)
