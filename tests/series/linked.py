"""Made-up renamings as reports, and how many of their links are found and right."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from pathlib import Path

from pipeline.codebook.loading import Codebook
from pipeline.series.assemble import assemble
from tests.series.printing import printed
from tests.series.renamings import DIFFERENT, HELD_BACK, WORKED_WITH, Wording, Years

_LATER = tomllib.loads((Path(__file__).parent / "later_renamings.toml").read_text(encoding="utf-8"))
#: Indicators of the codebook that quantities are, and names of those whose years are different quantities.
KNOWN: Mapping[str, str] = _LATER["known"]
#: Of names that several sets have for one quantity, the one to compare.
ONE: Mapping[str, str] = KNOWN | _LATER["one"]
APART: Collection[str] = (*DIFFERENT, *_LATER["apart"])
#: Sets of quantities, in the order in which they were written.
SETS: Mapping[str, Years] = {
    "worked with": WORKED_WITH,
    "held back": HELD_BACK,
    **{
        name: {key: tuple(map(tuple, wordings)) for key, wordings in _LATER[name].items()}
        for name in ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    },
}


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of figures of two reports: truly one quantity, linked, and both; links without a reason.

    ``mistaken`` are figures that are taken for an indicator of the codebook which they are not.
    """

    true: int
    linked: int
    right: int
    silent: int
    mistaken: int

    @property
    def precision(self) -> float:
        return self.right / self.linked if self.linked else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true


def meant(truth: tuple[str, str, str]) -> tuple[str, str, str]:
    """Quantity, area and sex, the quantity under one name."""
    return ONE.get(truth[0], truth[0]), *truth[1:]


def score(
    years: Mapping[str, tuple[Wording, ...]], codebook: Codebook, different: Collection[str] = APART
) -> Score:
    """Assemble the reports and compare every two figures of two of them."""
    extractions, truth = printed(years, 2019)
    assembly = assemble(extractions, codebook)
    told = {i: one for one in assembly.observations for i in (one.reading_id, *one.duplicates)}
    true = linked = right = 0
    for one, other in combinations(sorted(truth), 2):
        if one[:12] == other[:12]:
            continue
        same = meant(truth[one]) == meant(truth[other]) and truth[one][0] not in different
        together = told[one].series_id == told[other].series_id
        true, linked, right = true + same, linked + together, right + (same and together)
    mistaken = sum(
        one.indicator_known and one.indicator != KNOWN.get(truth[reading][0]) for reading, one in told.items()
    )
    return Score(true, linked, right, sum(not link.why for link in assembly.links), mistaken)


def crossed(years: Mapping[str, tuple[Wording, ...]], codebook: Codebook) -> list[tuple[str, str]]:
    """Quantities that are taken for another one when no report prints both."""
    wrong = []
    for one, other in permutations(years, 2):
        first, _ = printed({one: years[one]}, 2019)
        second, _ = printed({other: years[other]}, 2029)
        for early, late in zip(first, second, strict=True):
            by_report: dict[str, set[tuple[str, object]]] = defaultdict(set)
            for told in assemble([early, late], codebook).observations:
                by_report[told.locus.report_id].add((told.indicator, told.dimensions))
            if set.intersection(*by_report.values()):
                wrong.append((one, other))
                break
    return wrong
