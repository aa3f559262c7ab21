"""One figure normalised: what we take a reading to mean, after SDMX concepts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.place import Locus
from pipeline.model.quick import quick
from pipeline.model.reading import Qualifier


def is_country(area: str) -> bool:
    """Whether a code of ISO 3166 is that of a country; those of its parts have a hyphen (``MA-01``)."""
    return "-" not in area


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One figure of one report vintage.

    ``obs_value`` is in ``unit_measure`` times ten to ``unit_mult``; bounds are in the same unit, ``None``
    meaning unbounded. ``dimensions`` are the ones beyond area, sex and age, as sorted pairs.
    ``time_period`` is SDMX: ``2023``, ``2023-06-02``, ``2015/2025``. ``obs_status`` is of CL_OBS_STATUS
    (A normal, M cannot exist, O missing, E estimated, P provisional). ``indicator_known`` is false
    for a provisional indicator made from the printed labels. ``duplicates`` are the readings that
    say the same thing again in the same report.
    """

    observation_id: str
    series_id: str
    reading_id: str
    locus: Locus
    report_year: int | None
    indicator: str
    indicator_known: bool
    ref_area: str
    sex: str
    age: str
    dimensions: tuple[tuple[str, str], ...]
    time_period: str
    period_stated: bool
    obs_value: Decimal | None
    unit_measure: str
    unit_mult: int
    decimals: int
    qualifier: Qualifier
    lower_bound: Decimal | None
    upper_bound: Decimal | None
    obs_status: str
    raw: str
    measure: str = ""
    base_period: str = ""
    duplicates: tuple[str, ...] = ()
    edit_id: str = ""
