"""Reports written, with their truth, by someone who did not know the reader: what is read of them, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from rapidfuzz import fuzz

from pipeline.archive.opening import examine
from pipeline.codebook.loading import fold, load
from pipeline.model.reading import Reading
from pipeline.reading import read_report

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "strangers"

class Floors(NamedTuple):
    """Least shares of true figures and cells that are read and of read cells under their labels; most values that are none."""

    figures: float
    cells: float
    labels: float
    strange: int


#: Generations in the order in which they were written, each after the reader had been mended by those before it.
FLOORS = {
    "entraide-nationale-2016-fr": Floors(0.97, 1.0, 0.9, 1),
    "ministere-bilan-2018-ar": Floors(0.97, 1.0, 0.9, 1),
    # A head over several columns that tells their unit is no part of their labels.
    "ministere-hasila-2019-bilingue": Floors(0.97, 1.0, 0.9, 1),
    "hasila-wizara-2013-ar": Floors(0.97, 1.0, 0.9, 1),
    "taawoun-oriental-2015-bilingue": Floors(0.97, 1.0, 0.9, 1),
    "injazat-wizara-2021-ar": Floors(0.97, 1.0, 0.9, 1),
    "wakalat-tanmia-2020-scan": Floors(0.9, 0.97, 0.85, 8),
    "entraide-nationale-2018-bilingue": Floors(0.8, 0.96, 0.97, 1),
    "entraide-nationale-2019-bilingue": Floors(0.8, 0.96, 0.97, 1),
    "hasila-tadamon-2017-ar": Floors(0.8, 0.96, 0.97, 1),
    "affaires-sociales-tunisie-2019-fr": Floors(0.8, 0.96, 0.97, 1),
    "injazat-bil-arqam-2022-ar": Floors(0.8, 0.96, 0.97, 1),
    # The years of a chart are no rows, a head that tells the unit of its columns is no label.
    "taawoun-doukkala-abda-2014-ar": Floors(0.95, 1.0, 0.94, 0),
    "ministere-realisations-2021-fr-ar": Floors(0.95, 1.0, 0.94, 0),
    "wakala-tanmia-2015-bilingue": Floors(0.95, 1.0, 0.94, 0),
    "execution-budgetaire-2020-fr": Floors(0.95, 1.0, 0.94, 0),
    "tanmia-ijtimaiya-oman-2018-ar": Floors(0.95, 1.0, 0.94, 0),
    "wakala-tanmia-2016-scan": Floors(0.83, 0.97, 0.9, 3),  # askew
    # Bold figures touch.
    "jamia-nashat-adabi-2016-ar-scan": Floors(0.8, 0.97, 0.8, 4),
    # The numbers of points and of a post box.
    "formation-professionnelle-oriental-2014-bilingue-scan": Floors(0.97, 1.0, 1.0, 3),
    # Other ministries and two other countries. «8-11 سنة» is drawn from left to right in one of them: nothing tells it
    # from «سنة 8-11».
    "delegation-sante-benslimane-2019-fr": Floors(0.92, 1.0, 0.93, 1),
    "majlis-jihawi-hisabat-2020-ar": Floors(0.92, 1.0, 0.93, 1),
    "annuaire-enseignement-2018-bilingue": Floors(0.92, 1.0, 0.93, 1),
    "rap-performance-affaires-culturelles-tunisie-2021-fr": Floors(0.92, 1.0, 0.93, 1),
    "malaf-sahafi-takhyim-2022-ar": Floors(0.92, 1.0, 0.93, 1),
    # Ten are losses of water, whose unit only the head beside says.
    "mudhakkirat-miyah-masr-2015-ar": Floors(0.98, 0.94, 1.0, 14),
    # Courts, cooperatives, schools, a town's budget, Lebanon.
    "hasilat-wadiiat-iaqa-qotb-2023-ar": Floors(0.97, 1.0, 0.93, 0),
    "cooperatives-fes-boulemane-s1-2014-fr": Floors(0.97, 1.0, 0.93, 0),
    "mulhaq-ihsai-daam-madrasi-souss-2017-2018-ar": Floors(0.97, 1.0, 0.93, 0),
    "hasila-tamkin-nisaa-usra-2024-ar": Floors(0.97, 1.0, 0.93, 0),
    "commune-taza-budget-2017-bilingue": Floors(0.97, 1.0, 0.93, 0),
    "taqrir-shuun-ijtimaiya-loubnan-2019-ar": Floors(0.97, 1.0, 0.93, 0),
    "khalaya-takaffol-meknes-2021-ar-scan": Floors(0.85, 0.97, 0.98, 4),
    # Tables in both languages side by side.
    "eaux-forets-rif-2013-bilingue-scan": Floors(0.93, 0.98, 0.8, 5),
    # Once more as the ministry and its bodies write.
    "taqrir-munjazat-himaya-ijtimaiya-2022-ar": Floors(0.97, 1.0, 1.0, 5),
    "rapport-activite-entraide-2021-2024-bilingue": Floors(0.97, 1.0, 1.0, 5),
    "execution-budget-performance-solidarite-2023-fr": Floors(0.97, 1.0, 1.0, 5),
    # Slides with values over bars.
    "ard-hasila-tadamon-2025-sharaih-ar": Floors(0.97, 0.92, 0.85, 1),
    # Sixteen regions, two languages on one page, digits drawn small and high, two columns with tables in them.
    "delegation-chefchaouen-2021-fr-ar": Floors(1.0, 1.0, 1.0, 0),
    "entraide-nationale-rapport-activite-2014-fr": Floors(1.0, 1.0, 1.0, 0),
    "hasila-himaya-ijtimaiya-covid-2020-ar": Floors(0.97, 1.0, 1.0, 0),
    "hasila-jisr-tufula-musinnun-2022-ar": Floors(1.0, 1.0, 0.9, 0),  # slices of a ring, bars
    "hasila-tanmiya-ijtimaiya-2010-16jiha-ar": Floors(1.0, 1.0, 1.0, 0),
    "samu-ijtimai-casablanca-settat-2018-bilingue-scan": Floors(0.97, 0.98, 0.97, 3),
    # An observatory, a foundation, Egypt, a copier that leaves black around the sheet.
    "taqrir-marsad-iaqa-2024-ar": Floors(0.9, 1.0, 1.0, 3),  # one of so many, a fifth
    "rapport-activite-fondation-solidarite-2023-fr": Floors(1.0, 1.0, 1.0, 0),
    "taqrir-sanawi-daman-ijtimai-misr-2018-ar": Floors(1.0, 1.0, 1.0, 0),
    "taqrir-muharabat-hachacha-2008-scan-ar": Floors(0.83, 0.98, 0.97, 4),
    # A yearbook with a group's head in one language that the truth has in two; one of so many, a fifth, a fourth.
    "annuaire-statistique-protection-sociale-ch11-bilingue": Floors(1.0, 1.0, 0.92, 0),
    "hcp-marrakech-safi-femmes-hommes-2024-fr-ar": Floors(0.87, 1.0, 1.0, 4),
    # Figures in sentences, charts, a map. Shares in words (a quarter, four of five) are mentions with us, codes of budget
    # lines no labels.
    "taqrir-sanawi-mandubiya-jihawiya-2023-ar": Floors(0.96, 1.0, 1.0, 0),
    "hasila-indh-iqlim-taroudant-2022-2023-bilingue": Floors(0.92, 1.0, 1.0, 0),
    "hasilat-wikalat-tanmiya-ijtimaiya-2014-ar": Floors(0.96, 1.0, 0.88, 2),
    "ard-takafol-aryaf-2024-pptx-bilingue": Floors(1.0, 1.0, 0.94, 0),
}
#: Durations and ages are mentions with us, no figures.
MENTIONED = "other"
LABELS = ("row_ar", "row_fr", "col_ar", "col_fr")


def said(name: str) -> list[Reading]:
    readings = read_report(examine(FOLDER / f"{name}.pdf"), load()).readings
    return [reading for reading in readings if reading.value is not None]


def truth(name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return held


def place(page: int, value: str | Decimal) -> tuple[int, Decimal]:
    return page, Decimal(value).normalize()


def labelled(reading: Reading, cell: dict[str, str]) -> bool:
    """Whether the labels of a reading hold those of the true cell, loosely and tier by tier, in whatever order."""
    labels = (reading.row_label.ar, reading.row_label.fr, reading.column_label.ar, reading.column_label.fr)
    have = " ".join(fold(label) for label in labels if label)
    tiers = [tier for key in LABELS if cell.get(key) for tier in cell[key].split(" / ")]
    return all(fuzz.partial_ratio(fold(tier), have) >= 85 for tier in tiers)


def shares(name: str) -> tuple[float, float, float, int]:
    """Shares of true figures and cells that are read, of read cells under their labels; how many values are none."""
    true, readings = truth(name), said(name)
    figures = [place(f["page"], f["value"]) for f in true["figures"] if f["unit"] != MENTIONED]
    cells = [(place(t["page"], c["value"]), c) for t in true["tables"] for c in t["cells"]]
    found = Counter(place(r.locus.page, r.value) for r in readings if r.value is not None)
    wanted = Counter(figures) + Counter(at for at, _ in cells)
    of = {
        at: [r for r in readings if r.value is not None and place(r.locus.page, r.value) == at]
        for at in found
    }
    read = [(at, cell) for at, cell in cells if at in found]
    named = sum(any(labelled(r, cell) for r in of[at]) for at, cell in read)
    strange = found - wanted - Counter(place(f["page"], f["value"]) for f in true["figures"])
    told = Counter(figures)
    return (
        (told & found).total() / told.total(),
        (Counter(at for at, _ in cells) & found).total() / len(cells),
        named / len(read),
        strange.total(),
    )


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow, pytest.mark.ocr] if name.endswith("-scan") else [])
        for name in FLOORS
    ],
)
def test_a_report_never_seen_is_read_as_printed_but_for_what_its_floors_allow(name: str) -> None:
    figures, cells, labels, strange = shares(name)
    least = FLOORS[name]
    assert figures >= least.figures
    assert cells >= least.cells
    assert labels >= least.labels
    assert strange <= least.strange


def test_every_stranger_has_its_floors_but_the_oldest_scan() -> None:
    assert {path.stem for path in FOLDER.glob("*.pdf")} - FLOORS.keys() == {"entraide-meknes-tafilalet-2012-scan"}
