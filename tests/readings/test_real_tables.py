"""Tables of real documents by others, every figure with its row and column; skipped where the files are absent."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from pipeline.language.numerals import parse
from pipeline.model.reading import Reading
from pipeline.pages import read_pages
from pipeline.readings.tables import find_tables
from tests.pages.test_real import REAL, TRUTH
from tests.readings.drawn import codebook

pytestmark = pytest.mark.real
ELECTION, DECREE = "tunisia-2014-mednine.pdf", "decree-2-09-395-2010.pdf"


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
