"""What a reading is taken to mean, and what totals over several years are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model.reading import Reading
from pipeline.series.dimensions import Dimensions
from pipeline.series.links import Link

#: A year as a period is so long.
_YEAR = 4


class Meaning(NamedTuple):
    """What a reading is taken to mean: its indicator, what its labels say, the period near it and its status."""

    link: Link
    said: Dimensions
    period: str
    stated: bool
    status: str


def over_years(readings: Sequence[Reading], meanings: Sequence[Meaning]) -> list[Meaning]:
    """Meanings, those of totals over rows or columns that each say a year with all these years as their period."""
    lines: dict[tuple[str, str, int | None], list[int]] = defaultdict(list)
    for i, reading in enumerate(readings):
        if reading.kind == "cell" and reading.row is not None:
            lines[reading.table_id, "row", reading.row].append(i)
            lines[reading.table_id, "column", reading.column].append(i)
    out = list(meanings)
    for held in lines.values():
        totals = [i for i in held if meanings[i].said.total and not meanings[i].said.period]
        years = {meanings[i].said.period for i in held if i not in totals}
        if totals and len(years) > 1 and all(len(year) == _YEAR for year in years):
            period = f"{min(years)}/{max(years)}"
            for i in totals:
                out[i] = meanings[i]._replace(period=period, stated=True)
    return out
