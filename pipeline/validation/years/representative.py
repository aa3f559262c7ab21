"""One voice for each edition year of a series: a text copy before a scan."""

from __future__ import annotations

from pipeline.model.observation import Observation
from pipeline.model.place import Method
from pipeline.model.series import Series


def by_edition(series: Series) -> dict[str, list[Observation]]:
    """For each period, what each edition year says of it, oldest edition first."""
    periods: dict[str, list[Observation]] = {}
    for vintage in series.vintages:  # sorted by period, then year
        if vintage.report_year is None or vintage.obs_value is None:
            continue
        held = periods.get(vintage.time_period)
        if held is None:
            periods[vintage.time_period] = [vintage]
        elif held[-1].report_year != vintage.report_year:
            held.append(vintage)
        elif rank(vintage) < rank(held[-1]):
            held[-1] = vintage
    return periods


def latest(series: Series) -> list[Observation]:
    """The last word on every whole year, in order of years."""
    return [held[-1] for period, held in by_edition(series).items() if period.isdigit() and len(period) == 4]


def rank(vintage: Observation) -> tuple[bool, str]:
    """Order of preference among copies of an edition."""
    return vintage.locus.method is Method.OCR, vintage.locus.report_id
