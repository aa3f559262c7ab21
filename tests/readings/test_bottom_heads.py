"""Heads of several tiers that are set to the bottom of their cells, in tables without rules, and what stands in them."""

from __future__ import annotations

import pytest

from tests.readings.drawn import cells, read

_BODY = [
    ("Marrakech", "1 330 468", "1 560 412", "1,61", "1 381 204", "179 208", "88,5", "6,2", "مراكش"),
    ("Al Haouz", "573 128", "604 511", "0,53", "79 003", "525 508", "13,1", "15,1", "الحوز"),
    ("Essaouira", "450 527", "462 310", "0,26", "112 204", "350 106", "24,3", "18,0", "الصويرة"),
    ("Rehamna", "315 077", "338 190", "0,71", "121 480", "216 710", "35,9", "13,0", "الرحامنة"),
]


def page(heads: list[str], leaves: list[str], body: list[tuple[str, ...]]) -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    style = "<style>table { font-size: 9pt } .b td { vertical-align: bottom } td { padding: 1.2mm 1.4mm }</style>"
    first, second = (f'<tr class="b">{"".join(row)}</tr>' for row in (heads, leaves))
    return f'{style}<table dir="ltr">{first}{second}{rows}</table>'


def leaf(text: str) -> str:
    return f"<td>{text.replace('|', '<br>')}</td>"


def over(text: str, *, columns: int = 1, rows: int = 1) -> str:
    return f'<td colspan="{columns}" rowspan="{rows}">{text.replace("|", "<br>")}</td>'


def test_a_group_at_the_bottom_of_its_cell_has_the_columns_whose_middle_it_stands_over() -> None:
    heads = [
        over("Province", rows=2),
        over("Population|السكان", columns=3),
        over("Milieu (2024)|الوسط (2024)", columns=2),
        over("Taux|d’urbanisation|(%)|نسبة التمدن", rows=2),
        over("Points de|service pour|100 000 habitants", rows=2),
        over("الإقليم", rows=2),
    ]
    leaves = [leaf(t) for t in ("2014", "2024", "Taux|annuel|(%)|معدل النمو", "Urbain|حضري", "Rural|قروي")]
    held = cells(read(page(heads, leaves, _BODY)))
    mine = {key[3]: raw for key, raw in held.items() if key[1] == "Essaouira"}
    assert mine == {
        "Population / 2014": "450 527",
        "Population / 2024": "462 310",
        "Population / Taux annuel (%)": "0,26",
        "Milieu (2024) / Urbain": "112 204",
        "Milieu (2024) / Rural": "350 106",
        "Taux d’urbanisation (%)": "24,3",
        "Points de service pour 100 000 habitants": "18,0",
    }


def test_heads_outside_all_groups_at_the_bottom_of_their_cells_are_in_none() -> None:
    heads = [
        over("Province", rows=2),
        over("Taux|annuel de|croissance (%)", rows=2),
        over("Population", columns=2),
        over("Milieu", columns=2),
        over("Taux|d’urbanisation|(%)", rows=2),
    ]
    leaves = [leaf(t) for t in ("2014", "2024", "Urbain", "Rural")]
    body = [(row[0], row[3], row[1], row[2], row[4], row[5], row[6]) for row in _BODY]
    held = cells(read(page(heads, leaves, body)))
    mine = {key[3]: raw for key, raw in held.items() if key[1] == "Rehamna"}
    assert mine["Taux annuel de croissance (%)"] == "0,71"
    assert mine["Population / 2024"] == "338 190"
    assert mine["Milieu / Urbain"] == "121 480"
    assert mine["Taux d’urbanisation (%)"] == "35,9"


def test_a_group_over_its_middle_column_is_no_higher_head_of_that() -> None:
    heads = [over("Prestation", rows=2), over("Effectifs", columns=3), over("Variation 2019/2018", columns=2)]
    leaves = [leaf(t) for t in ("2017", "2018", "2019", "Nombre", "%")]
    body = [
        ("Transferts", "242 300", "261 050", "285 640", "24 590", "9,4"),
        ("Cartes", "236 905", "252 310", "270 122", "17 812", "7,1"),
        ("Aides", "58 040", "51 300", "49 210", "-2 090", "-4,1"),
    ]
    held = cells(read(page(heads, leaves, body)))
    assert held["", "Cartes", "2017", "Effectifs / 2017"] == "236 905"
    assert held["", "Aides", "2019", "Effectifs / 2019"] == "49 210"


@pytest.mark.parametrize(
    "head", ["Décès pour|100 000 naissances", "وفيات لكل|100 000 ولادة", "Cas par|10 000 hab.", "pour 1 000 habitants"]
)
def test_what_a_rate_is_of_stands_in_its_head(head: str) -> None:
    held = cells(read(page([leaf("Province"), leaf("Effectif"), leaf(head)], [], [r[:1] + r[2:4] for r in _BODY])))
    assert len(held) == 8
    mine = next(key for key, raw in held.items() if raw == "0,26")
    assert mine[1] == "Essaouira"
    assert all(word in mine[2] + mine[3] for word in head.replace("|", " ").split())


def test_a_total_in_a_line_over_a_table_is_no_head_of_it() -> None:
    held = cells(read("<p>Total : 4 520 569 habitants</p>" + page([leaf("Province"), leaf("2014"), leaf("2024")], [],
                                                                   [r[:3] for r in _BODY])))  # fmt: skip
    assert all("Total" not in key[3] for key in held)


def test_a_year_in_brackets_is_a_line_of_a_head() -> None:
    heads = [
        over("Type", rows=2),
        over("2019", columns=2),
        over("2023", columns=2),
        over("Bénéf. par centre|(2023)", rows=2),
    ]
    leaves = [leaf(t) for t in ("Centres|مراكز", "Bénéficiaires|مستفيدات") * 2]
    body = [
        ("Centres multifonctionnels", "9", "612", "14", "1 045", "74,6"),
        ("Cellules", "8", "2 140", "11", "4 836", "439,6"),
        ("Centres d’écoute", "21", "3 377", "19", "3 120", "164,2"),
        ("Foyers", "37", "2 890", "44", "3 615", "82,2"),
    ]
    held = cells(read(page(heads, leaves, body)))
    assert held["", "Cellules", "2023 / مستفيدات", "2023 / Bénéficiaires"] == "4 836"
    assert held["", "Foyers", "2019 / مراكز", "2019 / Centres"] == "37"
    assert [raw for key, raw in held.items() if key[3] == "Bénéf. par centre (2023)"] == ["74,6", "439,6", "164,2", "82,2"]
