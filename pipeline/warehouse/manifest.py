"""``manifest.json``: inputs, tools, counts and checksums of an edition; the only file with a clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pipeline.model.edition import Dataset


def edition_id_of(dataset: Dataset, folder: Path) -> str:
    """Id of an edition: a hash of all its rows as CSV and of its verdict, so that equal content is one edition."""
    digest = hashlib.sha256()
    for path in sorted((folder / "csv").glob("*.csv")):
        digest.update(path.name.encode())
        digest.update(_sha256(path).encode())
    digest.update(repr(dataset.verdict).encode())
    return "e-" + digest.hexdigest()[:12]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(
    dataset: Dataset,
    counts: Mapping[str, int],
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
        "rows": dict(counts),
        "files": {
            str(path.relative_to(folder)): _sha256(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    }
    (folder / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
