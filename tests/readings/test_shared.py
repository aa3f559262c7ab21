"""Figures that stand for several rows at once in tables without rules."""

from __future__ import annotations

import pytest

from pipeline.model.extraction import Extraction
from pipeline.model.page import Direction, Line, Word
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Label, Reading
from pipeline.readings.alignment.sharing import Span, shared_spans
from pipeline.readings.grids.grid import Filled, Grid, Slot, fill
from pipeline.readings.grids.unmerged import unmerged
from pipeline.readings.tables.unsettled import lost_words
from tests.readings.drawn import cells, read, table

GROUPS = (("Souss-Massa", ("Agadir", "Tiznit")), ("Guelmim", ("Assa", "Sidi Ifni", "Tan-Tan")))
LEVELS = [10.0, 30.0, 50.0, 70.0, 90.0]


def grouped() -> Extraction:
    """Towns by region, the staff of each region in the middle of its rows."""
    rows, n = "<tr><td>Région</td><td>Ville</td><td>Demandes</td><td>Effectif</td></tr>", 0
    for region, towns in GROUPS:
        for i, town in enumerate(towns):
            n += 1
            outer = f"<td rowspan={len(towns)}>{region}</td>" if i == 0 else ""
            last = f"<td rowspan={len(towns)}>{70 + n}</td>" if i == 0 else ""
            rows += f"<tr>{outer}<td>{town}</td><td>{200 + n}</td>{last}</tr>"
    return read(f"<table>{rows}</table>")


def test_a_figure_in_the_middle_of_a_region_s_rows_is_of_the_region() -> None:
    said = {(row, column): raw for (_, row, _, column), raw in cells(grouped()).items()}
    assert said["Souss-Massa", "Effectif"] == "71"
    assert said["Guelmim", "Effectif"] == "73"
    assert said["Guelmim / Sidi Ifni", "Demandes"] == "204"
    assert len(said) == 7


def band_of(text: str) -> Filled:
    """Rows of a town and its figure on filled ground, and between them one on white ground whose cells no edge parts."""
    slots = [
        Slot(r, c, 1, 1, Box(100 * c, 20 * r, 100 * c + 100, 20 * r + 20)) for r in (0, 2) for c in (0, 1)
    ]
    slots.insert(2, Slot(1, 0, 1, 2, Box(0, 20, 200, 40)))
    lines = []
    for r, row in enumerate(("Agadir|201", text, "Tan-Tan|203")):
        for c, cell in enumerate(row.split("|")):
            box = Box(100 * c + 20, 20 * r + 5, 100 * c + 20 + 6 * len(cell), 20 * r + 15)
            lines.append(
                Line(words=(Word(text=cell, raw=cell, box=box, size=10),), box=box, direction=Direction.LTR)
            )
    return unmerged(fill(Grid(Box(0, 0, 200, 60), 3, 2, tuple(slots), "strokes"), lines))


def test_a_label_and_its_figure_on_white_ground_between_rows_with_edges_are_two_cells() -> None:
    found = band_of("Tiznit|202")
    assert [found.text(1, c) for c in (0, 1)] == ["Tiznit", "202"]
    assert [found.text(2, c) for c in (0, 1)] == ["Tan-Tan", "203"]


@pytest.mark.parametrize("text", ["Exercice|2023", "Tiznit|Assa", "Province de Tiznit", "12|202"])
def test_a_cell_over_two_columns_is_one_where_it_holds_no_label_with_its_figure(text: str) -> None:
    assert len(band_of(text).grid.slots) == 5


@pytest.mark.parametrize(
    ("heights", "groups", "parted", "spans"),
    [
        # Each row has a figure.
        (LEVELS, [], [None] * 4, [Span((i, i + 1)) for i in range(5)]),
        # A figure between two rows is of both, by the groups of the stub surely.
        ([20.0, 50.0, 80.0], [(0, 2), (2, 3), (3, 5)], [None] * 4, [Span((0, 2)), Span((2, 3)), Span((3, 5))]),
        ([20.0, 50.0, 70.0, 90.0], [], [None] * 4, [Span((0, 2), True), *(Span((i, i + 1)) for i in (2, 3, 4))]),
        # One alone in the middle of three rows may be of the middle one: nothing decides.
        ([30.0, 70.0, 90.0], [(0, 3), (3, 4), (4, 5)], [None] * 4, [Span((1, 2), True), Span((3, 4)), Span((4, 5))]),
        # A rule that parts the rows beside it and not under it decides.
        ([30.0, 70.0, 90.0], [], [False, False, True, True], [Span((0, 3)), Span((3, 4)), Span((4, 5))]),
        # Where rules part all rows, a blank is a blank.
        ([30.0, 70.0, 90.0], [(0, 3)], [True] * 4, [Span((1, 2)), Span((3, 4)), Span((4, 5))]),
    ],
)  # fmt: skip
def test_groups_and_rules_tell_the_rows_of_a_figure_and_what_nothing_tells_is_doubtful(
    heights: list[float], groups: list[tuple[int, int]], parted: list[bool | None], spans: list[Span]
) -> None:
    assert shared_spans(heights, LEVELS, groups, parted) == spans


def test_words_of_a_table_in_no_cell_are_told_with_the_figures_beside_them() -> None:
    def figure(n: int, top: float) -> Reading:
        place = Locus("r", 1, Box(200, top, 220, top + 10), Method.TEXT, 1.0)
        label = Label(fr=f"row {n}")
        return Reading(
            reading_id=f"f{n}", locus=place, kind="cell", raw="7", value=None, row=n, row_label=label
        )

    def word(text: str, top: float) -> Word:
        return Word(text=text, raw=text, box=Box(100, top, 130, top + 10), size=10, confidence=1.0)

    readings = [figure(1, 100), figure(2, 120)]
    (told,) = lost_words(1, [word("rurales", 121)], readings)
    assert told.readings == ("f2",)
    assert "rurales" in told.message_en
    assert lost_words(1, [word("1", 100), word("2", 120)], readings) == []


def test_a_title_in_the_white_between_two_columns_of_figures_is_of_the_rows_below_it() -> None:
    def rows(place: str, n: int) -> str:
        title = f'<tr><td colspan="3">{place}</td></tr>'
        return title + "".join(
            f"<tr><td>{label}</td><td>{n + i}</td><td>{n + 7 + i}</td></tr>"
            for i, label in enumerate(("Garçons et jeunes", "Filles et femmes"))
        )

    head = '<tr><td>Région</td><td style="width: 55mm">Places</td><td style="width: 55mm">Lits</td></tr>'
    said = cells(read(f"<table>{head}{rows('Urbain', 200)}{rows('Rural', 300)}</table>"))
    assert said["", "Urbain / Garçons et jeunes", "", "Lits"] == "207"
    assert said["", "Rural / Filles et femmes", "", "Places"] == "301"
    assert len(said) == 8


def test_rows_numbered_on_from_a_page_before_are_numbered_and_not_counted() -> None:
    def page(first: int) -> str:
        lines = [[str(first + i), f"Ville {chr(65 + first + i)}", str(410 + first + i)] for i in range(3)]
        return table([["N°", "Ville", "Demandes"], *lines], "full")

    said = cells(read(page(1), page(4)))
    assert sorted(said.values()) == [str(n) for n in range(411, 417)]


def test_the_last_row_above_a_total_is_numbered_and_not_counted() -> None:
    lines = [["12", "Ville M", "412"], ["", "Total", "5034"]]
    said = cells(read(table([["N°", "Ville", "Demandes"], *lines], "full")))
    assert sorted(said.values()) == ["412", "5034"]


def test_rows_are_numbered_beyond_their_labels_though_the_head_of_the_numbers_was_misread() -> None:
    lines = [[str(i), f"Ville {i}", str(400 + i), str(90 + i)] for i in (1, 2, 3)]
    said = cells(
        read(table([["رءت", "Ville", "Demandes", "Lits"], *lines, ["", "Total", "1206", "276"]], "full"))
    )
    assert len(said) == 8
    assert not {"1", "2", "3"} & set(said.values())


def test_a_number_with_a_share_in_brackets_names_no_row_though_it_can_not_be_read() -> None:
    rows = (
        ("Organisme", "Ménages", "Crédits"),
        ("Personnel", "37 099 (5 %37,)", "24 942 (9 %43,)"),
        ("Matériel", "34 106 (3 %15,)", "10 673 (13 %)"),
        ("Investissement", "36 168 (5 %56,)", "705 (86 %)"),
    )
    said = read(table(rows, "full")).readings
    assert {r.row_label.fr for r in said} == {"Personnel", "Matériel", "Investissement"}
    assert {r.column_label.fr for r in said} == {"Ménages", "Crédits"}
