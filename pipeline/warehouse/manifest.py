"""``manifest.json``: inputs, tools, counts and checksums of an edition; the only file with a clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from pipeline.model.edition import Dataset


def edition_id_of(dataset: Dataset, tables: Mapping[str, pa.Table]) -> str:
    """Id of an edition: a hash of all its rows, so that equal content is one edition."""
    digest = hashlib.sha256()
    for name, held in sorted(tables.items()):
        digest.update(name.encode())
        for row in zip(*(column.to_pylist() for column in held.columns), strict=True):
            digest.update(repr(row).encode())
    digest.update(repr(dataset.verdict).encode())
    return "e-" + digest.hexdigest()[:12]


def write_manifest(
    dataset: Dataset,
    tables: Mapping[str, pa.Table],
    folder: Path,
    edition_id: str,
    made: datetime,
    tools: Mapping[str, str],
) -> None:
    """Write the manifest last, over the files that are there."""
    manifest = {
        "edition": edition_id,
        "made": made.isoformat(timespec="seconds"),
        "held_back": dataset.verdict.held_back,
        "why": dataset.verdict.why,
        "findings": {
            "error": dataset.verdict.errors,
            "warning": dataset.verdict.warnings,
            "information": dataset.verdict.informations,
        },
        "tools": dict(sorted(tools.items())),
        "inputs": [
            {
                "report_id": r.report_id,
                "file_name": r.file_name,
                "sha256": r.sha256,
                "size": r.size,
                "outcome": r.outcome.value,
            }
            for r in sorted(dataset.reports, key=lambda r: r.report_id)
        ],
        "rows": {name: held.num_rows for name, held in tables.items()},
        "files": {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    }
    (folder / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
