"""One quantity over time, and what each report said about each period."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.observation import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintage:
    """What one report says about one period of a series."""

    report_id: str
    report_year: int | None
    time_period: str
    observation: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One quantity over time; ``vintages`` sorted by period, then report year, then report."""

    series_id: str
    indicator: str
    label_ar: str
    label_fr: str
    label_en: str
    ref_area: str
    sex: str
    age: str
    dimensions: tuple[tuple[str, str], ...]
    unit_measure: str
    vintages: tuple[Vintage, ...]
