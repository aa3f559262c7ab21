"""Tables with what stands near them: call-outs below, groups over rules, numbers of rows, unit lines above."""

from __future__ import annotations

import pytest

from pipeline.model.page import Direction, Line, Page, PageKind, Stroke, Word
from pipeline.model.place import Box, Method
from pipeline.model.reading import Absence
from pipeline.readings.cells.cellunits import cell_unit
from pipeline.readings.grids.grid import Filled, Grid, Slot, grids_from_strokes
from pipeline.readings.grids.headers import understand
from pipeline.readings.pieces import pieces_of
from pipeline.readings.tables.candidates import _believed
from tests.readings.drawn import cells, codebook, read, table

REGIONS = (("Tanger", "8 120", "412"), ("Fès", "13 905", "1 630"), ("Souss", "7 415", "935"))
CALL_OUT = """<div style="border: 2pt solid #777; width: 70%; margin: -4mm auto; text-align: center">
<div style="font-size: 28pt">11 273</div>jeunes insérés dans la vie active</div>"""


@pytest.mark.parametrize("style", ["", "rows"])
def test_a_big_number_under_a_table_is_none_of_its_rows(style: str) -> None:
    said = read(table([("Région", "Filles", "Garçons"), *REGIONS], style) + CALL_OUT)
    found = cells(said)
    assert {k[1:]: v for k, v in found.items()} == {
        (region, "", head): value
        for region, *values in REGIONS
        for head, value in zip(("Filles", "Garçons"), values, strict=True)
    }


def tiered(rule: str, edge: str) -> str:
    """Two groups over two columns each and a head over one, a rule under the groups only."""
    heads = f"""<tr><td rowspan="2" style="{edge}">Filière</td><td colspan="2" style="{rule}">Inscrits</td>
    <td colspan="2" style="{rule}">Lauréats</td><td rowspan="2" style="{edge}">Taux de réussite</td></tr>
    <tr>{"".join(f'<td style="{edge}">{h}</td>' for h in ("Filles", "Garçons") * 2)}</tr>"""
    rows = (
        ("Couture", "9 804", "412", "8 120", "301", "82,4 %"),
        ("Coiffure", "4 870", "35", "3 912", "7", "79,9 %"),
    )
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align: right">{c}</td>' for c in row) + "</tr>" for row in rows
    )
    return f'<table style="width: 100%; font-size: 9pt">{heads}{body}</table>'


@pytest.mark.parametrize("edge", ["", "border-bottom: 1pt solid #333"])
def test_groups_stand_over_the_rule_that_parts_them_from_the_heads_of_their_columns(edge: str) -> None:
    said = read(tiered("border-bottom: .5pt solid #333", edge))
    heads = [r.column_label.fr for r in said.readings if r.row_label.fr == "Couture"]
    groups = [f"{group} / {sex}" for group in ("Inscrits", "Lauréats") for sex in ("Filles", "Garçons")]
    assert heads == [*groups, "Taux de réussite"]


def test_row_numbers_with_leading_zeros_are_no_figures_under_a_total_that_reaches_into_their_column() -> None:
    rows = "".join(
        f"<tr><td>0{n}</td><td>{r}</td><td>{a}</td><td>{b}</td></tr>"
        for n, (r, a, b) in enumerate(REGIONS, 1)
    )
    total = '<tr><td colspan="2">Total</td><td>29 440</td><td>2 977</td></tr>'
    head = "<tr><td>N°</td><td>Région</td><td>Filles</td><td>Garçons</td></tr>"
    found = cells(read(f'<table class="full">{head}{rows}{total}</table>'))
    assert {k[1] for k in found} == {"Tanger", "Fès", "Souss", "Total"}
    assert {k[3] for k in found} == {"Filles", "Garçons"}


@pytest.mark.parametrize(
    ("label", "line", "unit"),
    [
        ("Subventions aux associations", "Exécution du budget (en MDH)", ("MAD", 6)),
        ("دعم الأشخاص في وضعية إعاقة", "بملايين الدراهم", ("MAD", 6)),
        ("Bénéficiaires", "Exécution du budget (en MDH)", ("PS", 0)),
        ("Nombre de conventions", "Exécution du budget (en MDH)", ("NUMBER", 0)),
        ("عدد المستفيدين", "بملايين الدراهم", ("PS", 0)),
        ("Taux (%)", "Exécution du budget (en MDH)", ("PT", 0)),
        ("Aide aux personnes âgées", "Répartition par âge", ("PS", 0)),
    ],
)
def test_a_unit_line_of_money_holds_for_what_is_spent_and_not_for_what_is_counted(
    label: str, line: str, unit: tuple[str, int]
) -> None:
    found = cell_unit([label], [line], codebook())
    assert (found.code, found.power) == unit


def test_two_numbers_in_one_cell_are_never_one() -> None:
    rows = [("Tanger", "8 120", "412"), ("Fès", "13 905", "9 804&emsp;412"), ("Souss", "7 415", "935")]
    said = read(table([("Région", "Filles", "Garçons"), *rows], "full"))
    found = {r.raw: (r.value, r.absence) for r in said.readings}
    assert found["9 804 412"] == (None, Absence.UNREADABLE)
    assert found["13 905"][0] == 13905


@pytest.mark.parametrize("style", ["", "rows"])
def test_a_figure_over_two_columns_joins_no_others(style: str) -> None:
    last = '<tr><td>Ensemble</td><td colspan="2">37 840 000</td></tr></table>'
    found = cells(read(table([("Région", "Filles", "Garçons"), *REGIONS], style).replace("</table>", last)))
    assert {k[1:]: v for k, v in found.items() if k[1] != "Ensemble"} == {
        (region, "", head): value
        for region, *values in REGIONS
        for head, value in zip(("Filles", "Garçons"), values, strict=True)
    }
    assert [v for k, v in found.items() if k[1] == "Ensemble"] == ["37 840 000"]


@pytest.mark.parametrize("counts", [("1", "2", "3"), ("", "1", "2"), ("1", "", "2")])
@pytest.mark.parametrize("at", [0, 1])
def test_small_counts_that_happen_to_rise_are_figures(counts: tuple[str, ...], at: int) -> None:
    rows = [[region, *values] for region, *values in REGIONS]
    for row, count in zip(rows, counts, strict=True):
        row.insert(1 + at, count)
    heads = ["Région", "Filles", "Garçons"]
    heads.insert(1 + at, "Centres")
    found = cells(read(table([heads, *rows], "full")))
    assert [v for k, v in found.items() if k[3] == "Centres"] == list(counts)


@pytest.mark.parametrize("at", [0, 4])
def test_row_numbers_at_the_edge_of_a_table_without_rules_part_nothing_from_it(at: int) -> None:
    labels = ("طنجة", "فاس", "سوس")
    rows = [[*row, label] for row, label in zip(REGIONS, labels, strict=True)]
    for n, row in enumerate(rows, 1):
        row.insert(at, f"0{n}")
    heads = ["Région", "Filles", "Garçons", "الجهة"]
    heads.insert(at, "ر.ت")
    assert {k[:2] for k in cells(read(table([heads, *rows])))} == {
        (label, region) for label, (region, *_) in zip(labels, REGIONS, strict=True)
    }


def test_numbers_broken_over_two_lines_are_told_and_short_rows_are_not() -> None:
    narrow = [(name, a.replace(" ", "|"), b.replace(" ", "|")) for name, a, b in REGIONS if " " in a + b]
    wrapped = [(name, first, "1|" + last.split("|")[-1]) for name, first, last in narrow]
    said = read(table([("Région", "Filles", "Garçons"), *wrapped]))
    told = {r for c in said.complaints if c.rule == "EXT-04" for r in c.readings}
    assert {r.reading_id for r in said.readings if r.value is not None} <= told
    dense = [("Fès", "217", "229"), ("Oujda", "341", "377"), ("Salé", "612", "588")]
    assert not read(table([("Région", "Filles", "Garçons"), *dense])).complaints


def test_a_frame_that_parts_a_column_between_its_cells_puts_no_figure_into_labels() -> None:
    slots, lines = [], {}
    for r, row in enumerate([("Région", "Filles", "Garçons"), *REGIONS]):
        for c, text in enumerate(row):
            box = Box(60 * c, 20 * r, 60 * c + 60, 20 * r + 20)
            slots.append(Slot(r, c, 1, 2 if c == 2 else 1, box))
            lines[r, c] = [[Word(text=text, raw=text, box=box, size=10)]]
    meaning = understand(Filled(Grid(Box(0, 0, 180, 80), 4, 4, tuple(slots), "strokes"), lines))
    assert meaning is not None
    assert [label.fr for label in meaning.row_labels.values()] == ["Tanger", "Fès", "Souss"]


def test_the_label_of_a_total_reaches_over_the_numbers_of_rows_beside_labels() -> None:
    labels = ("طنجة", "فاس", "سوس")
    rows = [[*row, label, f"0{n}"] for n, (row, label) in enumerate(zip(REGIONS, labels, strict=True), 1)]
    total = (
        '<tr><td>Total</td><td>29 440</td><td>2 977</td><td colspan="2" dir="rtl">المجموع</td></tr></table>'
    )
    drawn = table([("Région", "Filles", "Garçons", "الجهة", "ر.ت"), *rows]).replace("</table>", total)
    said = read("<style>table { width: 100% } tr:last-child td { text-align: right }</style>" + drawn)
    assert {k[:2] for k, v in cells(said).items() if v in ("29 440", "2 977")} == {("المجموع", "Total")}


def test_figures_drawn_over_each_other_are_no_columns() -> None:
    """Numbers of a map or a drawing: they stand where the thing is that they number."""
    place = "position:absolute;font-size:22pt"
    over = f'<p style="{place};left:60mm;top:60mm">32</p><p style="{place};left:65.5mm;top:62.7mm">7</p>'
    assert all(r.row is None for r in read(over).readings)


@pytest.mark.parametrize(("filled", "believed"), [(4, 0), (30, 1)])
def test_a_net_of_which_hardly_a_cell_holds_anything_is_the_edges_of_a_photograph(
    filled: int, believed: int
) -> None:
    places = [(r, c) for r in range(10) for c in range(6)]
    slots = tuple(Slot(r, c, 1, 1, Box(50 * c, 20 * r, 50 * c + 50, 20 * r + 20)) for r, c in places)
    net = Filled(Grid(Box(0, 0, 300, 200), 10, 6, slots, "strokes"))
    for n, (r, c) in enumerate(places[:: len(places) // filled][:filled]):
        box = Box(50 * c + 5, 20 * r + 5, 50 * c + 20, 20 * r + 15)
        text = str(10 + n) if r and c else "Tanger"
        net.lines[r, c] = [[Word(text=text, raw=text, box=box, size=10)]]
    net.score = 1.0
    assert len(_believed([net])) == believed


def test_a_number_in_the_lines_of_text_below_a_ruled_table_is_none_of_its_rows() -> None:
    lines = (
        ("8 120", "المنح"),
        ("13 905", "الصيانة"),
        ("7 415", "الأجور"),
        ("9 120", "التنقل"),
        ("850", "النشر"),
    )
    rows = (("المتوقع", "البند"), *lines)
    text = """<div style="position: relative; height: 15mm"><span style="position: absolute; right: 0">تكوين منشطات</span>
    <span style="position: absolute; left: 66mm; top: 9mm">35</span><span style="position: absolute; right: 0; top: 9mm">
    تتراوح أعمارهن بين عشرين وخمس وثلاثين سنة على الأكثر</span></div>"""
    said = read(table(rows, "rows") + text)
    assert [(r.row_label.ar, r.raw) for r in said.readings if r.kind == "cell"] == [
        (b, a) for a, b in rows[1:]
    ]


def test_a_doubtful_sign_that_touches_a_label_of_a_scan_is_no_figure() -> None:
    def line(text: str, box: Box, sure: float) -> Line:
        word = Word(text=text, raw=text, box=box, size=box.height, method=Method.OCR, confidence=sure)
        return Line(words=(word,), box=box, direction=Direction.RTL)

    label, figure = line("برنامج", Box(479, 238, 537, 252), 0.9), line("٩٦٧٥٠", Box(300, 242, 332, 247), 0.99)
    tail, sure = line("6", Box(517, 247, 524, 251), 0.3), line("6", Box(517, 247, 524, 251), 0.95)
    for lines, figures in (((label, figure, tail), ["٩٦٧٥٠"]), ((label, figure, sure), ["٩٦٧٥٠", "6"])):
        page = Page(number=1, width=595, height=842, kind=PageKind.SCAN, reason="", score=1, lines=lines)
        assert [p.line.text for p in pieces_of(page, []) if p.figure] == figures


def rules_of(xs: tuple[float, ...], bottom: float, rows: int) -> list[Stroke]:
    """The rules of a table from a height of 100 down."""
    ys = [100 + (bottom - 100) * i / rows for i in range(rows + 1)]
    return [
        *(Stroke(box=Box(xs[0], y, xs[-1], y), horizontal=True) for y in ys),
        *(Stroke(box=Box(x, 100, x, bottom), horizontal=False) for x in xs),
    ]


def test_tables_whose_outlines_touch_are_two_where_one_ends_higher() -> None:
    left, right = rules_of((60, 140, 223, 301), 260, 8), rules_of((304, 411, 484, 562), 220, 6)
    assert [(g.rows, g.columns) for g in grids_from_strokes([*left, *right])] == [(8, 3), (6, 3)]


def test_a_table_with_a_step_in_its_outline_is_one() -> None:
    upper, lower = rules_of((60, 140, 223, 301, 380), 220, 6), rules_of((60, 140, 223), 240, 7)
    assert len(grids_from_strokes([*upper, *lower])) == 1
