"""One voice for each edition year of a series: a text copy before a scan."""

from __future__ import annotations

from pipeline.model.place import Method
from pipeline.model.series import Series, Vintage


def by_edition(series: Series) -> dict[str, list[Vintage]]:
    """For each period, what each edition year says of it, oldest edition first."""
    held: dict[tuple[str, int], Vintage] = {}
    for vintage in sorted(series.vintages, key=rank):
        if vintage.report_year is not None and vintage.observation.obs_value is not None:
            held.setdefault((vintage.time_period, vintage.report_year), vintage)
    periods: dict[str, list[Vintage]] = {}
    for period, _ in sorted(held):
        periods.setdefault(period, [])
    for (period, _), vintage in sorted(held.items(), key=lambda item: item[0]):
        periods[period].append(vintage)
    return periods


def latest(series: Series) -> list[Vintage]:
    """The last word on every whole year, in order of years."""
    return [held[-1] for period, held in by_edition(series).items() if period.isdigit() and len(period) == 4]


def rank(vintage: Vintage) -> tuple[bool, str]:
    """Order of preference among copies of an edition."""
    return vintage.observation.locus.method is Method.OCR, vintage.report_id
