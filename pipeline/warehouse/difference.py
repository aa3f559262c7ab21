"""Edition against edition: which observations are the same, changed, filled, lost, new and gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import cast

import pyarrow.parquet as pq


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One observation that differs; ``kind`` is changed, filled, lost, new or gone."""

    kind: str
    observation_id: str
    series_id: str
    time_period: str
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All changes between two editions, and how many observations are the same."""

    same: int
    changes: tuple[Change, ...]

    def count(self, kind: str) -> int:
        """Number of changes of one kind."""
        return sum(change.kind == kind for change in self.changes)


def difference(old: Path, new: Path) -> Difference:
    """Compare the observations of two edition folders, by observation id.

    Raises:
        OSError: one of them holds no observations.
    """
    before, after = _observations(old), _observations(new)
    changes, same = [], 0
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        kind = _kind(was, now)
        if kind == "same":
            same += 1
            continue
        row = now or was
        assert row is not None
        changes.append(
            Change(
                kind=kind,
                observation_id=key,
                series_id=str(row["series_id"]),
                time_period=str(row["time_period"]),
                old=cast("Decimal | None", was["obs_value"]) if was else None,
                new=cast("Decimal | None", now["obs_value"]) if now else None,
            )
        )
    return Difference(same=same, changes=tuple(changes))


def _kind(was: Mapping[str, object] | None, now: Mapping[str, object] | None) -> str:
    if was is None or now is None:
        return "gone" if now is None else "new"
    if was["obs_value"] == now["obs_value"]:
        return "same"
    if was["obs_value"] is None:
        return "filled"
    return "lost" if now["obs_value"] is None else "changed"


def _observations(folder: Path) -> dict[str, dict[str, object]]:
    columns = ["observation_id", "series_id", "time_period", "obs_value"]
    rows = pq.read_table(folder / "parquet" / "observations.parquet", columns=columns).to_pylist()
    return {str(row["observation_id"]): row for row in rows}
