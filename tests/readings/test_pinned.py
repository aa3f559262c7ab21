"""Facts about templates: columns that a person pins by their heads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from pipeline.codebook.loading import HERE, load
from pipeline.codebook.suggesting import unused_templates
from pipeline.codebook.templates import templates
from pipeline.errors import CodebookError
from pipeline.readings.grids.pinned import pinned_tables
from pipeline.readings.tables.reading import find_tables
from tests.readings.drawn import codebook
from tests.readings.test_scans import line, page

HEADER = "name,heads,until,family,note\n"
#: Two columns of figures that stand as near as the groups of one number.
CROWDED = page(
    line(150, 100, "Bilan"),
    line(50, 130, "Province"), line(150, 130, "Centres"), line(181, 130, "Foyers"),
    line(50, 150, "Azilal"), line(168, 150, "12", "345"),
    line(50, 165, "Ouarzazate"), line(168, 165, "18", "204"),
    line(50, 180, "Total"), line(168, 180, "30", "549"),
    line(50, 195, "Source", ":", "délégations"), line(163, 210, "99"),
)  # fmt: skip


def pins(tmp_path: Path, row: str) -> tuple:
    (tmp_path / "templates.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    return tuple(templates(tmp_path / "templates.csv"))


def figures(*pinned: object) -> dict[tuple[str, str], object]:
    book = replace(codebook(), templates=pinned)
    found = find_tables("r", Path("none.pdf"), [CROWDED], lambda _page, _top: "", book)
    return {(r.row_label.fr, r.column_label.fr): r.value for r in found.readings}


def test_figures_as_near_as_groups_of_digits_are_parted_by_the_pinned_heads(tmp_path: Path) -> None:
    assert ("Azilal", "Foyers") not in figures()
    held = figures(*pins(tmp_path, "bilan,Province|Centres|Foyers,Source,,"))
    assert held["Azilal", "Centres"] == 12
    assert held["Azilal", "Foyers"] == 345
    assert held["Total", "Foyers"] == 549
    assert len(held) == 6


def test_a_template_holds_only_for_reports_whose_first_pages_say_so(tmp_path: Path) -> None:
    assert ("Azilal", "Foyers") in figures(*pins(tmp_path, "bilan,Province|Centres|Foyers,Source,BILAN,"))
    assert figures(*pins(tmp_path, "bilan,Province|Centres|Foyers,Source,Annuaire,")) == figures()


def test_heads_that_do_not_all_stand_on_the_page_pin_nothing(tmp_path: Path) -> None:
    assert pinned_tables(CROWDED, pins(tmp_path, "bilan,Province|Centres|Budget,,,")) == []


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("bilan,Province,,,", "templates.csv line 2: one head pins nothing"),
        ("bilan,Province||Foyers,,,", "templates.csv line 2: a head between two"),
        ("bilan,A|B,,,\nbilan,A|C,,,", "templates.csv line 3: template bilan is there twice"),
    ],
)
def test_a_wrong_template_is_told_with_file_and_line(tmp_path: Path, row: str, complaint: str) -> None:
    copytree(HERE, tmp_path / "book")
    (tmp_path / "book" / "templates.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=complaint):
        load(tmp_path / "book")


def test_a_template_by_which_no_table_was_read_is_unused(tmp_path: Path) -> None:
    book = replace(codebook(), templates=pins(tmp_path, "bilan,Province|Centres,,,"))
    assert unused_templates(["strokes", "template bilan"], book) == []
    assert [one.line for one in unused_templates(["strokes"], book)] == [2]
