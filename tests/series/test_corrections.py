"""A value that a person corrected is the value everywhere, and a correction that no longer fits is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.codebook.decisions import Correction
from pipeline.codebook.loading import load
from pipeline.model.edition import Dataset
from pipeline.model.extraction import Extraction
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Absence, Reading
from pipeline.run import assembled
from tests.validation.test_rules import TOTAL, F, M, reading, report, table

CODEBOOK = load()
SCAN = Locus("r1", 3, Box(10, 10, 40, 20), Method.OCR, 0.8)
ROWS = [(M, "57 883", "56,52%"), (F, "44 581", "43,48%"), (TOTAL, "102 414", "100,00%")]
WOMEN = Correction(
    report="r1r1r1r1",
    page=3,
    labels=("إناث", "Nombre"),
    old="44581",
    new="44531",
    reason="Misread.",
    author="A. Statistician",
    number=1,
)


def scanned(cells: Iterable[Reading] | None = None, **given: object) -> list[Reading]:
    return [replace(cell, locus=SCAN, **given) for cell in cells or table(ROWS)]  # type: ignore[arg-type]


def published(cells: Sequence[Reading], *corrections: Correction) -> Dataset:
    book = replace(CODEBOOK, corrections=corrections)
    return assembled([Extraction(report=report(), readings=tuple(cells))], book)


def touching(dataset: Dataset, cell: str = "r1-p003-t1-r1-c0") -> set[str]:
    return {finding.rule for finding in dataset.findings if cell in finding.readings}


def test_a_corrected_figure_is_the_one_that_totals_are_checked_with() -> None:
    assert "TAB-01" in touching(published(table(ROWS)))
    assert touching(published(table(ROWS), WOMEN)) == set()


def test_a_correction_that_makes_a_total_wrong_is_found_out() -> None:
    right = [(M, "57 883", "56,52%"), (F, "44 531", "43,48%"), (TOTAL, "102 414", "100,00%")]
    assert touching(published(table(right))) == set()
    wrong = replace(WOMEN, old="44531", new="44581")
    assert "TAB-01" in touching(published(table(right), wrong))


def test_a_corrected_figure_of_a_scan_is_in_doubt_no_more_and_was_read_by_a_person() -> None:
    assert touching(published(scanned()))
    dataset = published(scanned(), WOMEN)
    assert touching(dataset) == set()
    (told,) = [one for one in dataset.observations if one.edit_id]
    assert (told.obs_value, told.raw, told.locus.method) == (Decimal(44531), "44 581", Method.PERSON)
    assert told.lower_bound == told.upper_bound == told.obs_value


def test_what_is_printed_stays_beside_the_correction_and_its_reason() -> None:
    dataset = published(table(ROWS), WOMEN)
    assert [one.value for one in dataset.readings] == [one.value for one in table(ROWS)]
    (edit,) = dataset.edits
    assert (edit.old, edit.new, edit.by, edit.reason) == ("44581", "44531", "A. Statistician", "Misread.")


def test_a_person_may_keep_the_value_as_read_against_arithmetic() -> None:
    doubted = [
        replace(cell, second_raw="44 531") if cell.raw == "44 581" else cell
        for cell in scanned(table(ROWS), second_raw="")
    ]
    assert [edit.new for edit in published(doubted).edits] == ["44531"]
    kept = published(doubted, replace(WOMEN, new="44581"))
    assert [(edit.by, edit.new) for edit in kept.edits] == [("A. Statistician", "44581")]
    assert "TAB-01" in touching(kept)


def test_a_figure_that_could_not_be_read_is_filled_in_by_a_person() -> None:
    cells = [
        replace(cell, value=None, raw="", resolution=Decimal(0), absence=Absence.UNREADABLE)
        if cell.raw == "44 581"
        else cell
        for cell in table(ROWS)
    ]
    dataset = published(cells, replace(WOMEN, old=""))
    (told,) = [one for one in dataset.observations if one.edit_id]
    assert (told.obs_value, told.obs_status) == (Decimal(44531), "A")


@pytest.mark.parametrize(
    "stale", [replace(WOMEN, old="44582"), replace(WOMEN, page=4), replace(WOMEN, labels=("ذكر",))]
)
def test_a_correction_whose_figure_or_old_value_is_not_there_is_told_and_not_applied(
    stale: Correction,
) -> None:
    dataset = published(table(ROWS), stale)
    assert dataset.edits == ()
    assert "SER-02" in {finding.rule for finding in dataset.findings}


def test_a_correction_of_a_report_that_is_not_there_is_told() -> None:
    dataset = published(table(ROWS), replace(WOMEN, report="abababab"))
    assert "SER-03" in {finding.rule for finding in dataset.findings}


def test_a_sentence_says_which_figure_is_meant() -> None:
    text = "استفاد 120 طفلا من البرنامج"
    cell = reading("120", reading_id="r1-p003-f001", sentence=text, unit_label="طفلا")
    told = replace(WOMEN, labels=(text,), old="120", new="1200")
    assert [edit.reading_id for edit in published([cell], told).edits] == ["r1-p003-f001"]


@pytest.mark.parametrize(
    ("printed", "new", "bounds"),
    [
        ("44,5%", "45.6", ("45.55", "45.65")),
        ("44,5%", "45", ("44.5", "45.5")),
        ("44%", "4.4", ("4.35", "4.45")),
    ],
)
def test_a_corrected_value_is_as_exact_as_it_is_given(
    printed: str, new: str, bounds: tuple[str, str]
) -> None:
    cell = reading(printed, reading_id="r1-p003-f001", sentence="x y")
    one = replace(WOMEN, labels=(), reading="r1-p003-f001", old=str(cell.value), new=new)
    (told,) = published([cell], one).observations
    assert (told.lower_bound, told.upper_bound) == tuple(map(Decimal, bounds))


def test_an_amount_in_millions_stays_one_of_millions() -> None:
    cell = reading(
        "500", sentence="x y", value=Decimal(500_000_000), resolution=Decimal(1_000_000), unit_measure="MAD"
    )
    one = replace(WOMEN, labels=("x y",), old="500000000", new="600000000")
    (told,) = published([cell], one).observations
    assert (told.lower_bound, told.upper_bound) == (Decimal(599_500_000), Decimal(600_500_000))
