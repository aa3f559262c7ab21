"""Classes of breakdowns that reports print in other words: one when the French is the same to the letter.

The code of a class that the codebook does not know comes from its Arabic, else from its French; a report that prints only
the French, or words the Arabic in another way, would give it a second one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.codebook.loading import fold
from pipeline.codebook.wording import is_arabic
from pipeline.model.edition import Code
from pipeline.model.observation import Observation
from pipeline.series.observe import named

#: Likeness (0 to 100) of the Arabic from which it does not speak against the French.
_NOT_AGAINST = 55.0
#: The dimension and code list of classes made from print.
DIMENSION, LIST = "item", "CL_ITEM"


def unite_classes(codes: Iterable[Code], reports_of: Mapping[str, Collection[str]]) -> dict[str, str]:
    """From codes to give up to those to keep.

    Args:
        codes: classes made from print, in the order in which reports have them.
        reports_of: ids of the reports that have a code; two that one report has are two classes.
    """
    groups: dict[str, list[Code]] = defaultdict(list)
    for code in codes:
        if code.list == LIST and code.label_fr and not is_arabic(code.label_fr):
            groups[fold(code.label_fr)].append(code)
    kept: dict[str, str] = {}
    for held in groups.values():
        first, there = held[0], set(reports_of.get(held[0].code, ()))
        for other in held[1:]:
            mine = set(reports_of.get(other.code, ()))
            if not there & mine and _not_against(first, other):
                kept[other.code] = first.code
                there |= mine
    return kept


def _not_against(one: Code, other: Code) -> bool:
    arabic = [fold(code.label_ar) for code in (one, other) if is_arabic(code.label_ar)]
    return len(arabic) < 2 or fuzz.token_sort_ratio(*arabic) >= _NOT_AGAINST


def reclassed(observations: Iterable[Observation], kept: Mapping[str, str]) -> list[Observation]:
    """Observations with the classes that are kept."""
    return [
        _reclassed(one, kept) if any(code in kept for _, code in one.dimensions) else one
        for one in observations
    ]


def _reclassed(one: Observation, kept: Mapping[str, str]) -> Observation:
    report_id = one.locus.report_id
    number = one.observation_id.removeprefix(f"{one.series_id}-{one.time_period}-{report_id}")
    dimensions = tuple((name, kept.get(code, code)) for name, code in one.dimensions)
    renewed = named(replace(one, dimensions=dimensions), report_id)
    return replace(renewed, observation_id=renewed.observation_id + number)
