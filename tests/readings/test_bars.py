"""Charts whose bars print their values."""

from __future__ import annotations

import pytest

from tests.readings.drawn import cells, read

YEARS = (("2017", "9 120", 31), ("2018", "12 480", 43), ("2019", "15 955", 55), ("2020", "30 275", 104))


def chart(bars: tuple[tuple[str, str, int], ...]) -> str:
    """A chart of bars: figures over them, labels under them."""
    drawn = "".join(
        f"""<rect x="{40 + 90 * i}" y="{150 - height}" width="55" height="{height}" fill="#1b7f79"/>
        <text x="{67 + 90 * i}" y="{145 - height}" text-anchor="middle">{figure}</text>
        <text x="{67 + 90 * i}" y="165" text-anchor="middle">{label}</text>"""
        for i, (label, figure, height) in enumerate(bars)
    )
    text = "<p>Le soutien à la scolarisation des enfants a concerné toutes les régions du Royaume.</p>"
    caption = "<p><b>Graphique 1 : Enfants scolarisés par année</b></p>"
    return f'{text}{caption}<svg width="420" height="180" font-size="11">{drawn}</svg>{text}'


def test_figures_over_bars_are_those_of_the_labels_under_them() -> None:
    said = read(chart(YEARS))
    assert cells(said) == {("", "", year, year): figure for year, figure, _ in YEARS}
    assert [table.caption.fr for table in said.tables] == ["Graphique 1 : Enfants scolarisés par année"]
    assert {r.unit_measure for r in said.readings} == {"PS"}


def test_numbers_over_bars_that_are_not_as_high_as_they_are_large_are_no_values() -> None:
    swapped = (("2017", "30 275", 31), *YEARS[1:3], ("2020", "9 120", 104))
    assert cells(read(chart(swapped))) == {}


AGES = (("7 - 10 ans", "41 972", 148), ("11 - 14 ans", "56 865", 200), ("15 - 17 ans", "25 724", 90))


def lying(bars: tuple[tuple[str, str, int], ...], *, right: bool) -> str:
    """A chart of bars that lie: labels where they begin, figures at their ends."""
    start, way = (300, -1) if right else (130, 1)
    near, far = ("start", "end") if right else ("end", "start")
    drawn = "".join(
        f"""<rect x="{min(start, start + way * width)}" y="{24 * i}" width="{width}" height="14" fill="#1b7f79"/>
        <text x="{start + way * (width + 6)}" y="{24 * i + 11}" text-anchor="{far}">{figure}</text>
        <text x="{start - 8 * way}" y="{24 * i + 11}" text-anchor="{near}">{label}</text>"""
        for i, (label, figure, width) in enumerate(bars)
    )
    text = "<p>Le programme a accueilli des enfants de toutes les régions du pays et de tous les âges.</p>"
    return f'{text}<svg width="430" height="90" font-size="10">{drawn}</svg>{text}'


@pytest.mark.parametrize("right", [True, False])
def test_figures_at_the_ends_of_lying_bars_are_those_of_the_labels_where_they_begin(right: bool) -> None:
    found = cells(read(lying(AGES, right=right)))
    assert {key[1]: raw for key, raw in found.items()} == {label: figure for label, figure, _ in AGES}


def test_numbers_at_the_ends_of_lying_bars_that_are_not_as_long_as_they_are_large_are_no_values() -> None:
    swapped = ((*AGES[0][:2], 90), AGES[1], (*AGES[2][:2], 148))
    assert not any(r.row_label for r in read(lying(swapped, right=False)).readings)


def with_axis(bars: tuple[tuple[str, str, int], ...], ticks: tuple[str, ...], *, wide: bool = False) -> str:
    """A chart of bars beside an axis with numbers, as spreadsheets draw them."""
    width = 62 if wide else 55
    drawn = "".join(
        f"""<rect x="{80 + 70 * i}" y="{150 - height}" width="40" height="{height}" fill="#4472c4"/>
        <text x="{100 + 70 * i}" y="{145 - height}" text-anchor="middle">{figure}</text>
        <text x="{100 + 70 * i}" y="165" text-anchor="middle" textLength="{width}">{label}</text>"""
        for i, (label, figure, height) in enumerate(bars)
    )
    step = 120 / (len(ticks) - 1)
    axis = "".join(
        f'<text x="40" y="{153 - step * i}" text-anchor="end">{tick}</text>' for i, tick in enumerate(ticks)
    )
    text = "<p>Le soutien à la scolarisation des enfants a concerné toutes les régions du Royaume.</p>"
    return f'{text}<svg width="420" height="180" font-size="10">{axis}{drawn}</svg>{text}'


TICKS = ("0%", "20%", "40%", "60%", "80%")


def test_numbers_along_the_axis_of_a_chart_are_no_figures() -> None:
    said = read(with_axis((("Rural", "28%", 42), ("Urbain", "72%", 108)), TICKS))
    assert sorted(r.raw for r in said.readings) == ["28%", "72%"]
    assert cells(said) == {("", "", "", "Rural"): "28%", ("", "", "", "Urbain"): "72%"}


def test_two_bars_that_are_not_as_high_as_their_values_are_no_chart() -> None:
    said = read(with_axis((("Rural", "28%", 100), ("Urbain", "72%", 108)), TICKS))
    assert cells(said) == {}


def test_labels_of_bars_that_nearly_touch_belong_each_to_its_own() -> None:
    bars = (("Forêts vertes", "19%", 57), ("Mers bleues", "17%", 51), ("Oasis sèches", "20%", 60))
    assert {key[3]: raw for key, raw in cells(read(with_axis(bars, TICKS, wide=True))).items()} == {
        label: figure for label, figure, _ in bars
    }


def test_the_caption_of_a_chart_takes_in_no_boxes_above_it() -> None:
    boxes = "".join(
        f'<div style="display: inline-block; border: 1pt solid #0b6e4f; width: 45mm; margin: 2mm; text-align: center">'
        f'{name}<br><span style="font-size: 8.5pt">{staff}</span></div>'
        for name, staff in (("قسم الرعاية الاجتماعية", "21 إطارا"), ("قسم التكوين والإدماج", "17 إطارا"))
    )
    caption = '<p dir="rtl" style="text-align: center"><b>الرسم البياني 1: تطور عدد المستفيدين خلال الفترة 2017-2020</b></p>'
    drawn = chart(YEARS)
    said = read(f'<div dir="rtl">{boxes}</div>{caption}{drawn[drawn.index("<svg") :]}')
    assert {t.caption.ar for t in said.tables} == {"الرسم البياني 1: تطور عدد المستفيدين خلال الفترة 2017-2020"}
    assert {(r.value, r.unit_label) for r in said.readings if r.kind == "prose"} == {(21, "إطارا"), (17, "إطارا")}
