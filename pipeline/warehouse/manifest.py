"""``manifest.json``: inputs, tools, counts and checksums of an edition; the only file with a clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model.edition import Dataset
from pipeline.warehouse.schema import SCHEMA


def schema_id() -> str:
    """Id of the tables and columns that this version publishes."""
    held = [(table.name, [(column.name, column.kind) for column in table.columns]) for table in SCHEMA]
    return hashlib.sha256(repr(held).encode()).hexdigest()[:12]


def of_this_schema(folder: Path) -> Path:
    """The folder of an edition that has the tables and columns of this version.

    Raises:
        InputError: when there is no edition, or one that another version made.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except OSError:
        raise InputError(f"No edition in {folder}.", "Make one with: hasila run FOLDER.") from None
    if manifest.get("schema") != schema_id():
        raise InputError(
            f"Edition {folder.resolve().name} has the tables of another version of Hasila.",
            "Publish it again with: hasila run FOLDER.",
        )
    return folder


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
        "schema": schema_id(),
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
