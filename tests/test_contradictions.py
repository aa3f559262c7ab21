"""Contradictions that strangers put into their reports: of how many a finding tells, report by report."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive.opening import examine
from pipeline.codebook.loading import load
from pipeline.model.edition import Dataset
from pipeline.model.finding import Finding, Severity
from pipeline.model.reading import Reading
from pipeline.reading import read_report
from pipeline.run import assembled

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "strangers"
DIGITAL = sorted(path.stem for path in FOLDER.glob("*.pdf") if not path.stem.endswith("-scan"))
#: Not told, by report: tiles that are taken for a table's caption; «création» of a sentence against «créées» of a head;
#: growth of what a row tells in thousands; a level that is the year before's in its sentence; a tile of the cover; a
#: share of the projects that the sentence before counted; a share that both languages tell, each with its number; a row of
#: a table on the page before; yearly growth of levels ten years apart; a level that has no noun; a chart against the table
#: beside it; which region has the highest rate; births in a thousand that no sentence is read for; a growth whose percent
#: a scan breaks.
MISSED = {
    "annuaire-statistique-protection-sociale-ch11-bilingue": 2,
    "hcp-marrakech-safi-femmes-hommes-2024-fr-ar": 3,
    "injazat-bil-arqam-2022-ar": 2,
    "cooperatives-fes-boulemane-s1-2014-fr": 1,
    "entraide-nationale-rapport-activite-2014-fr": 1,
    "hasila-himaya-ijtimaiya-covid-2020-ar": 1,
    "hasila-jisr-tufula-musinnun-2022-ar": 1,
    "hasila-tanmiya-ijtimaiya-2010-16jiha-ar": 1,
    "hasilat-wikalat-tanmiya-ijtimaiya-2014-ar": 1,
    "taqrir-marsad-iaqa-2024-ar": 1,
    "taqrir-sanawi-daman-ijtimai-misr-2018-ar": 1,
    "taqrir-muharabat-hachacha-2008-scan-ar": 1,
}
_NUMBER = re.compile(r"\d[\d\s.,]*")


def planted(name: str) -> list[dict[str, Any]]:
    """Contradictions inside the report; those with another report are not asked for."""
    truth = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    held: list[dict[str, Any]] = truth.get("contradictions") or truth.get("planted") or []
    return [one for one in held if "against" not in one and "restated" not in one["kind"]]


def numbers(text: str) -> set[Decimal]:
    """Numbers of a message, a comma read as a decimal one and as one of thousands."""
    found = set()
    for one in _NUMBER.findall(text):
        plain = re.sub(r"\s", "", one).rstrip(".,")
        for form in (plain.replace(",", "."), plain.replace(",", "").replace(".", "")):
            try:
                found.add(Decimal(form))
            except InvalidOperation:
                continue
    return found


def tells(one: dict[str, Any], finding: Finding, reading: dict[str, Reading]) -> bool:
    """Whether a finding stands on the page of a contradiction and names two of its figures, or one and what it should be."""
    if one["kind"].startswith("weekday"):
        return finding.rule == "CEL-08" and finding.locus is not None and finding.locus.page == one["page"]
    held = [reading[r] for r in finding.readings if r in reading]
    pages = {r.locus.page for r in held} | ({finding.locus.page} if finding.locus else set())
    if one["page"] not in pages or finding.rule[:3] not in ("TAB", "DOC"):
        return False
    said = {r.value for r in held if r.value is not None} | numbers(finding.message_fr)
    wanted = [Decimal(value) for value in one["values"]]
    noted = numbers(one.get("text") or one.get("what") or "") - set(wanted)
    met = [value for value in wanted if _among(value, said)]
    return len(met) >= 2 or bool(met and any(_among(value, said) for value in noted))


def _among(wanted: Decimal, said: set[Decimal]) -> bool:
    rounded = Decimal("0.06")
    return any(abs(wanted - one) < (rounded if wanted % 1 or one % 1 else Decimal("0.001")) for one in said)


def read(name: str) -> tuple[Dataset, dict[str, Reading]]:
    extraction = read_report(examine(FOLDER / f"{name}.pdf"), load())
    return assembled([extraction], load()), {one.reading_id: one for one in extraction.readings}


@pytest.mark.slow
@pytest.mark.parametrize("name", DIGITAL)
def test_what_a_stranger_put_in_is_told(name: str) -> None:
    dataset, reading = read(name)
    grave = [one for one in dataset.findings if one.severity is not Severity.INFORMATION]
    wanted = planted(name)
    told = [one for one in wanted if any(tells(one, finding, reading) for finding in grave)]
    assert len(wanted) - len(told) <= MISSED.get(name, 0)
