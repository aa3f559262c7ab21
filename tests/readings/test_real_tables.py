"""Tables of real documents by others, every figure with its row and column; skipped where the files are absent."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from rapidfuzz import fuzz

from pipeline.language.numerals import parse
from pipeline.model.reading import Reading
from pipeline.pages import read_pages
from pipeline.readings.tables.reading import find_tables
from tests.pages.test_real import REAL, TRUTH
from tests.readings.drawn import codebook

pytestmark = pytest.mark.real
ELECTION, DECREE = "tunisia-2014-mednine.pdf", "decree-2-09-395-2010.pdf"
ORDER, BANK = "order-1096-26.pdf", "bank-statement-eastern-digits.pdf"


@cache
def figures(file: str, pages: tuple[int, ...]) -> list[Reading]:
    """Figures of the tables on some pages of a document."""
    path = REAL / file
    return find_tables(
        "real", path, read_pages(path, only=pages), lambda _page, _top: "", codebook()
    ).readings


def truths(file: str) -> list[dict[str, Any]]:
    found = [t for t in TRUTH if t["file"] == file and t["kind"] == "table"]
    return found or pytest.skip("no real files here")


def values(cells: list[str]) -> list[Decimal]:
    return [number.value for cell in cells if (number := parse(cell)) is not None]


def _letters(text: str) -> str:
    """A label without blanks: one of its words is set with a gap before its last letter."""
    return text.replace(" ", "")


def test_every_row_of_an_election_over_four_pages_has_its_figures_under_the_heads_of_the_first() -> None:
    pages = truths(ELECTION)
    heads = pages[0]["columns_left_to_right"][:10]
    rows: dict[str, list[Reading]] = defaultdict(list)
    for reading in figures(ELECTION, (1, 2, 3, 4)):
        rows[_letters(reading.row_label.ar)].append(reading)
    true = [row for page in pages for row in page["rows"] if len(values(row[:10])) == 10]
    assert len(rows) == len(true) == 35
    for row in true:
        held = sorted(rows[_letters(row[10])], key=lambda r: r.locus.box.x0)
        assert [r.value for r in held] == values(row[:10])
        assert [r.column_label.ar.split(" / ")[-1] for r in held] == heads


def test_every_coefficient_of_a_decree_stands_by_its_years() -> None:
    (page,) = truths(DECREE)
    said = {r.row_label.ar or r.row_label.fr: r.value for r in figures(DECREE, (4,))}
    assert said == {label: values([cell])[0] for cell, label in page["rows"][1:]}


def _numbers(text: str) -> list[Decimal]:
    """The numbers of a truth cell, whatever is said beside them."""
    return [number.value for part in re.split(r"[^\d.,]+", text) if (number := parse(part)) is not None]


@pytest.mark.slow
@pytest.mark.parametrize("page", [7, 8, 9])
def test_every_limit_and_price_of_an_order_whose_letters_are_lost_stands_by_its_row(page: int) -> None:
    """The labels are read from the image, with a dot or a hamza more or less."""
    (truth,) = (t for t in truths(ORDER) if t["page"] == page)
    true = [(row[1], row[0]) for row in truth["rows"] if len(row) == 2 and _numbers(row[0])]
    held = sorted(figures(ORDER, (page,)), key=lambda r: r.locus.box.top)
    assert [r.value for r in held] == [_numbers(cell)[0] for _, cell in true]
    for reading, (label, cell) in zip(held, true, strict=True):
        assert fuzz.ratio(reading.row_label.ar.split(" / ")[-1], label) > 85
        assert (reading.unit_measure == "PT") is ("%" in cell)


@pytest.mark.parametrize("page", [pytest.param(3, marks=pytest.mark.slow), 4])
def test_every_sum_of_a_bank_in_arabic_indic_digits_stands_by_its_row_and_year(page: int) -> None:
    """In millions, but for those of a share; the numbers of notes are no sums."""
    found = [t for t in TRUTH if (t["file"], t["page"]) == (BANK, page)]
    (truth,) = found or pytest.skip("no real files here")
    rows = [row for row in truth["rows"][1:] if row[0]]
    held: dict[float, list[Reading]] = defaultdict(list)
    for reading in figures(BANK, (page,)):
        if reading.value is not None:
            held[round(reading.locus.box.top / 4)].append(reading)
    read = [sorted(held[top], key=lambda r: r.locus.box.x0) for top in sorted(held)]
    assert len(read) == len(rows)
    for cells, (earlier, later, _note, label) in zip(read, rows, strict=True):
        scale = 1 if "جنيه" in label else 10**6
        assert [r.value for r in cells] == [scale * value for value in values([earlier, later])]
        assert [r.column_label.ar[-4:] for r in cells] == ["٢٠٢٣", "٢٠٢٤"]
        assert all(fuzz.ratio(r.row_label.ar.split(" / ")[-1], label.split(" / ")[-1]) > 85 for r in cells)
