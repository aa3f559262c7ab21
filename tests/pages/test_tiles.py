"""Big numbers in tiles side by side."""

from __future__ import annotations

from tests.readings.drawn import read

_TILES = """<style>.tiles { display: flex; gap: 4pt } .tiles div { width: 110pt; background: #f7eee6; text-align: center }
.tiles b { font-size: 20pt } .tiles span { display: block; font-size: 9pt }</style><div class="tiles">"""


def tiles(*held: tuple[str, str], gap: str = "4pt") -> str:
    boxes = "".join(f"<div><b>{number}</b><span>{label}</span></div>" for number, label in held)
    text = "<p>La région compte six provinces et deux préfectures, où les services sont ouverts toute l’année.</p>" * 3
    return f"{_TILES.replace('4pt', gap)}{boxes}</div>{text}"


def test_numbers_and_labels_of_tiles_that_almost_touch_stay_in_their_tiles() -> None:
    for gap in ("2pt", "4pt"):
        said = read(
            tiles(
                ("4,89 millions", "d’habitants en 2024"),
                ("50,3 %", "part des femmes"),
                ("68,4", "décès maternels pour 100 000 naissances"),
                ("1 234", "ménages dirigés par une femme"),
                gap=gap,
            )
        )
        told = {r.raw: r.sentence for r in said.readings if r.kind == "callout"}
        assert told["50,3 %"] == "50,3 % part des femmes"
        assert told["4,89 millions"] == "4,89 millions d’habitants en 2024"
        assert told["1 234"] == "1 234 ménages dirigés par une femme"
        assert "ménages" not in told["68,4"]


def test_text_over_two_boxes_that_touch_is_one_line() -> None:
    bars = "".join(f'<i style="background:{c};width:60pt;height:32pt"></i>' for c in ("#123", "#456", "#789"))
    over = '<b style="position:absolute;left:20pt;top:8pt">Total : 12 345 bénéficiaires</b>'
    row = f'<div style="display:flex;position:relative">{bars}{over}</div>'
    said = read(row + "<p>Les centres ont reçu 12 345 bénéficiaires.</p>" * 2)
    assert any("12 345" in r.raw for r in said.readings)
