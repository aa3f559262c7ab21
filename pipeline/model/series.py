"""One quantity over time, and what each report said about each period."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.observation import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One quantity over time; ``vintages`` are what its reports say of each period, by period, report year and report."""

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
    vintages: tuple[Observation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Why figures of one report are taken to be of one indicator.

    ``printed`` are the words near the first of them, ``why`` is the row of the codebook that fits them, or that the
    indicator was made from what is printed, or with which other wording it was united.
    """

    indicator: str
    report_id: str
    known: bool
    printed: str
    why: str
    observation_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two indicators that may be one and are kept apart until a person decides; ``score`` is 0 to 100."""

    indicator: str
    other: str
    score: float
    why: str
