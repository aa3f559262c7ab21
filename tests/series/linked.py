"""Made-up renamings as reports, and how many of their links are found and right."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, permutations
from pathlib import Path

from pipeline.codebook.loading import Codebook
from pipeline.model.extraction import Extraction
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Label, Reading, Table
from pipeline.series.assemble import assemble
from tests.series.renamings import DIFFERENT, HELD_BACK, WORKED_WITH, Wording, Years
from tests.series.sentences import report, said

_MEN, _WOMEN, _ALL = (
    Label(ar="ذكور", fr="Hommes"),
    Label(ar="إناث", fr="Femmes"),
    Label(ar="المجموع", fr="Total"),
)
_SEXES = {"M": _MEN, "F": _WOMEN, "_T": _ALL}
_REGIONS = {
    "MA-02": Label(ar="جهة الشرق", fr="L'Oriental"),
    "MA-09": Label(ar="سوس - ماسة", fr="Souss-Massa"),
    "MA": _ALL,
}
_HEAD = Label(ar="العدد", fr="Effectif")
_BOX = Box(0, 0, 1, 1)

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
        for name in ("third", "fourth", "fifth", "sixth", "seventh", "eighth")
    },
}

#: Name of the quantity, area and sex of a reading.
Truth = dict[str, tuple[str, str, str]]


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


def printed(years: Mapping[str, tuple[Wording, ...]], first: int) -> tuple[list[Extraction], Truth]:
    """One report a year, and what each of its figures is."""
    truth: Truth = {}
    made = []
    for at in range(3):
        report_id = f"{first + at:012x}"
        tables: list[Table] = []
        readings: list[Reading] = []
        for number, (name, wordings) in enumerate(years.items(), start=1):
            ar, fr, layout = wordings[at]
            if layout == "said":
                one = said(ar.format(17 * number + at), section=fr, report_id=report_id).readings[0]
                readings.append(replace(one, reading_id=f"{report_id}-p{number:03d}-f1"))
                truth[readings[-1].reading_id] = (name, "MA", "_T")
                continue
            for part, caption, cells in _laid_out(ar, fr, layout):
                table_id = f"{report_id}-p{number:03d}-t{part}"
                tables.append(
                    Table(table_id=table_id, report_id=report_id, page=number, box=_BOX, cells=(), row_count=4,
                          column_count=4, caption=caption, unit_note="بالآلاف" if layout == "thousands" else "")
                )  # fmt: skip
                for row, column, row_label, column_label, area, sex in cells:
                    value = Decimal(1000 * (17 * number + 7 * row + 3 * column + at))
                    reading_id = f"{table_id}-r{row}-c{column}"
                    truth[reading_id] = (name, area, sex)
                    locus = Locus(report_id, number, _BOX)
                    readings.append(
                        Reading(
                            reading_id=reading_id,
                            locus=locus,
                            kind="cell",
                            raw=str(value),
                            value=value,
                            resolution=Decimal(1000 if layout == "thousands" else 1),
                            unit_measure="PS",
                            table_id=table_id,
                            row=row,
                            column=column,
                            row_label=row_label,
                            column_label=column_label,
                        )
                    )
        made.append(
            Extraction(
                report=report(report_id, year=first + at), tables=tuple(tables), readings=tuple(readings)
            )
        )
    return made, truth


_Cell = tuple[int, int, Label, Label, str, str]


def _laid_out(ar: str, fr: str, layout: str) -> list[tuple[int, Label, list[_Cell]]]:
    """Tables of one quantity: number, caption and cells."""
    caption = Label(ar=ar, fr=fr)
    sexes = list(_SEXES.items())
    if layout == "columns":
        return [(1, caption, [(1, c, _HEAD, label, "MA", sex) for c, (sex, label) in enumerate(sexes, 1)])]
    if layout == "regions":
        cells = [
            (r, c, place, label, area, sex)
            for r, (area, place) in enumerate(_REGIONS.items(), 1)
            for c, (sex, label) in enumerate(sexes, 1)
        ]
        return [(1, caption, cells)]
    if layout == "apart":
        return [(n, caption, [(1, 1, label, _HEAD, "MA", sex)]) for n, (sex, label) in enumerate(sexes, 1)]
    return [(1, caption, [(r, 1, label, _HEAD, "MA", sex) for r, (sex, label) in enumerate(sexes, 1)])]


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
            by_report: dict[str, set[str]] = defaultdict(set)
            for told in assemble([early, late], codebook).observations:
                by_report[told.locus.report_id].add(told.indicator)
            if set.intersection(*by_report.values()):
                wrong.append((one, other))
                break
    return wrong
