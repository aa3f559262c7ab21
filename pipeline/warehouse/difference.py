"""Edition against edition: which observations are the same, changed, filled, lost, new and gone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb


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
    places = [folder / "parquet" / "observations.parquet" for folder in (old, new)]
    for place in places:
        if not place.is_file():
            raise FileNotFoundError(place)
    with duckdb.connect() as connection:
        connection.execute(_COMPARED, [str(place) for place in places])
        same = connection.execute("select count(*) from compared where kind = 'same'").fetchone()
        rows = connection.execute(
            "select * from compared where kind <> 'same' order by observation_id"
        ).fetchall()
    assert same is not None
    return Difference(
        same=int(same[0]),
        changes=tuple(
            Change(kind=kind, observation_id=key, series_id=series, time_period=period, old=was, new=now)
            for kind, key, series, period, was, now in rows
        ),
    )


_COMPARED = """
create temp table compared as
select case when a.observation_id is null then 'new' when b.observation_id is null then 'gone'
            when a.obs_value is not distinct from b.obs_value then 'same'
            when a.obs_value is null then 'filled' when b.obs_value is null then 'lost' else 'changed' end as kind,
       coalesce(b.observation_id, a.observation_id) as observation_id, coalesce(b.series_id, a.series_id) as series_id,
       coalesce(b.time_period, a.time_period) as time_period, a.obs_value as old, b.obs_value as new
from read_parquet(?) a full join read_parquet(?) b using (observation_id)
"""
