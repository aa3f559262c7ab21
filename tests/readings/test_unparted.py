"""Ruled tables in which no rule parts the rows."""

from __future__ import annotations

from tests.readings.drawn import cells, read

#: Upright rules at every column, horizontal ones only around the head and at the foot.
_UPRIGHT = """<style>.upright td { border-left: 0.7pt solid #333; border-right: 0.7pt solid #333 }
.upright .h td, .upright .f td { border: 0.7pt solid #333 } .upright { border-bottom: 0.7pt solid #333 }
.tight td { padding: 0.4mm 2mm } </style>"""


def upright(rows: list[list[str]], heads: int = 1, first: int = 0, style: str = "", wide: str = "") -> str:
    """A table whose rows no rule parts but those of the head and ``first`` rows below it."""
    out = ""
    for r, row in enumerate(rows):
        kind = "h" if r < heads else "f" if r < heads + first else ""
        held = "".join(f'<td style="{wide}">{cell.replace("|", "<br>")}</td>' for cell in row)
        out += f'<tr class="{kind}">{held}</tr>'
    return f'{_UPRIGHT}<table class="upright {style}" dir="ltr">{out}</table>'


AGES = [
    ["Groupe d’âges", "Urbain", "Rural", "Total", "فئات السن"],
    ["Ensemble", "822 279", "583 644", "1 405 923", "المجموع"],
    ["60 à 64 ans", "292 254", "180 625", "472 879", "من 60 إلى 64 سنة"],
    ["65 à 69 ans", "195 881", "135 828", "331 709", "من 65 إلى 69 سنة"],
    ["70 ans et plus", "334 144", "267 191", "601 335", "أكثر من 70 سنة"],
]


def test_rows_between_upright_rules_alone_are_told_by_their_labels() -> None:
    held = cells(read(upright(AGES, first=1)))
    assert held["من 65 إلى 69 سنة", "65 à 69 ans", "", "Rural"] == "135 828"
    assert held["أكثر من 70 سنة", "70 ans et plus", "", "Total"] == "601 335"
    assert held["المجموع", "Ensemble", "", "Urbain"] == "822 279"
    assert len(held) == 12


def test_a_label_of_two_lines_between_upright_rules_stays_one() -> None:
    rows = [list(row) for row in AGES]
    rows[2][0], rows[3][4] = "Personnes de|60 à 64 ans", "من 65|إلى 69 سنة"
    held = cells(read(upright(rows, style="tight")))
    assert held["من 60 إلى 64 سنة", "Personnes de 60 à 64 ans", "", "Rural"] == "180 625"
    assert held["من 65 إلى 69 سنة", "65 à 69 ans", "", "Urbain"] == "195 881"
    assert held["أكثر من 70 سنة", "70 ans et plus", "", "Total"] == "601 335"


def test_labels_and_figures_at_the_top_of_their_rows_go_together() -> None:
    rows = [list(row) for row in AGES]
    rows[2][0], rows[3][0] = "Personnes de|60 à 64 ans", "Personnes de|65 à 69 ans"
    held = cells(read(upright(rows, wide="vertical-align: top")))
    assert held["من 60 إلى 64 سنة", "Personnes de 60 à 64 ans", "", "Rural"] == "180 625"
    assert held["أكثر من 70 سنة", "70 ans et plus", "", "Total"] == "601 335"


def test_titles_of_groups_between_upright_rules_have_no_figures_of_other_rows() -> None:
    rows = [
        ["Milieu", "2022", "2023"],
        ["Urbain", "", ""],
        ["Hommes", "120", "131"],
        ["Femmes", "140", "152"],
        ["Rural", "", ""],
        ["Hommes", "80", "82"],
        ["Femmes", "95", "97"],
    ]
    held = cells(read(upright(rows)))
    assert held["", "Urbain / Femmes", "2023", "2023"] == "152"
    assert held["", "Rural / Hommes", "2022", "2022"] == "80"


def test_a_number_with_its_share_below_stays_in_one_cell() -> None:
    rows = [
        ["الفئة", "2022", "2023"],
        ["النساء|Femmes", "120|(40 %)", "131|(42 %)"],
        ["الرجال|Hommes", "180|(60 %)", "181|(58 %)"],
    ]
    held = cells(read(upright(rows, first=2)))
    assert not any("(40" in key[1] or key[1] == "" for key in held)
    assert not any(value in ("(40 %)", "40 %") and "Femmes" in key[1] and not key[0] for key, value in held.items())


def test_numbers_under_each_other_beside_one_line_are_no_rows_of_their_own() -> None:
    rows = [["Centre", "2022", "2023"], ["Rabat", "120|130", "131|141"], ["Salé", "80|90", "82|92"]]
    said = read(upright(rows, first=2))
    assert not any(r.value in (120, 130) and r.row_label.fr != "Rabat" for r in said.readings)


def test_a_figure_alone_beside_the_middle_one_of_several_rows_may_be_of_all() -> None:
    rows = [["Centre", "2021", "Budget"], ["Rabat", "120", ""], ["Salé", "80", "1 200 000"], ["Témara", "33", ""]]
    said = read(upright(rows))
    assert any("1 200 000" in one.message_fr for one in said.complaints)


def test_a_year_marked_as_provisional_is_a_head() -> None:
    for mark in ("(p)", "(1)", "*", "(مؤقت)", "(prov.)"):
        rows = [[row[0], row[1], row[2]] for row in AGES]
        rows[0] = ["Groupe d’âges", f"2022 {mark}", "2021"]
        held = {key[:2]: value for key, value in cells(read(upright(rows, first=3, heads=1))).items()}
        assert held["", "65 à 69 ans"] in ("195 881", "135 828"), mark
        assert len(cells(read(upright(rows, first=3)))) == 8, mark
