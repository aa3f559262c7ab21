"""A group of rows that a page break cuts goes on below it, its cell there blank."""

from __future__ import annotations

from tests.readings.drawn import read

HEAD = "<tr><td>Région</td><td>Province</td><td>Centres</td><td>Bénéficiaires</td></tr>"


def row(*cells: str, group: str = "", over: int = 0) -> str:
    first = f'<td rowspan="{over}">{group}</td>' if over else ""
    return f"<tr>{first}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def body(rows: str) -> str:
    return f'<table class="full">{HEAD}{rows}</table>'


ABOVE = (
    row("Azilal", "3", "471", group="Béni Mellal", over=3)
    + row("Khouribga", "4", "744")
    + row("Sous-total", "7", "1 215")
)
CUT = row("Midelt", "2", "365", group="Drâa", over=2) + row("Tinghir", "2", "232")
BELOW = (
    row("Zagora", "2", "374", group="", over=2)
    + row("Sous-total", "6", "971")
    + row("Al Haouz", "9", "1 177", group="Marrakech", over=2)
    + row("Safi", "5", "589")
)


def rows_of(*pages: str) -> list[str]:
    return list(
        dict.fromkeys(r.row_label.fr for r in read(*pages).readings if r.locus.page == 2 and r.table_id)
    )


def test_rows_below_a_page_break_stand_in_the_group_whose_cell_it_cuts() -> None:
    told = rows_of(f"<p>Tableau 1</p>{body(ABOVE + CUT)}", body(BELOW))
    assert told == ["Drâa / Zagora", "Drâa / Sous-total", "Marrakech / Al Haouz", "Marrakech / Safi"]


def test_rows_below_a_page_break_stand_in_no_group_that_ended_above_it() -> None:
    told = rows_of(f"<p>Tableau 1</p>{body(ABOVE)}", body(BELOW))
    assert told[0] == "Zagora"
