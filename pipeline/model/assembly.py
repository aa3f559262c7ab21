"""What the readings of all reports add up to: the result of the series stage."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.edition import Code, Definition
from pipeline.model.extraction import Complaint
from pipeline.model.observation import Observation
from pipeline.model.series import Proposal, Recognition, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """Observations and series of all reports.

    ``complaints`` say what could not be placed, and which corrections no longer apply, each with the id of the report
    it is about (empty when about the codebook alone); ``codes`` are the provisional codes made from printed labels, to
    be published beside those of the codebook; ``links`` say why figures were taken for an indicator, ``proposals``
    which indicators may be one.
    """

    observations: tuple[Observation, ...]
    series: tuple[Series, ...]
    complaints: tuple[tuple[str, Complaint], ...] = ()
    codes: tuple[Code, ...] = ()
    links: tuple[Recognition, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    indicators: tuple[Definition, ...] = ()
