"""Charts of bars in clusters and of slices, named by a legend."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from tests.readings.drawn import cells, labels, read

YEARS = ("2020", "2021", "2022")
SERIES = (("Femmes", "#e07b1f", (18_240, 24_615, 31_870)), ("Hommes", "#1b8a8a", (17_310, 21_890, 28_155)))
THREE = (*SERIES, ("Enfants", "#7b1b8a", (9_300, 12_400, 15_500)))
TEXT = "<p>Le programme a soutenu les familles des communes rurales de toutes les régions du pays.</p>"


def spaced(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def bars(series: Sequence[tuple[str, str, Sequence[int]]], *, between: float = 0, scale: float = 250) -> str:
    """Bars in clusters, one for each series in each year, figures over them."""
    drawn, wide = "", 40 + between
    for c, year in enumerate(YEARS):
        left = 40 + c * (wide * len(series) + 30)
        for s, (_, colour, values) in enumerate(series):
            x, height = left + s * wide, values[c] / scale
            drawn += f'<rect x="{x}" y="{150 - height}" width="40" height="{height}" fill="{colour}"/>'
            drawn += f'<text x="{x + 20}" y="{145 - height}" text-anchor="middle">{spaced(values[c])}</text>'
        drawn += f'<text x="{left + wide * len(series) / 2 - between / 2}" y="165" text-anchor="middle">{year}</text>'
    return drawn


def legend(
    series: Sequence[tuple[str, str, Sequence[int]]], way: str, top: float = 180, left: float = 60
) -> str:
    """Keys with their names: beside each other, under each other, or with the names left of the keys."""
    drawn = ""
    for i, (name, colour, _) in enumerate(series):
        x, y = (left, top + 14 * i) if way == "column" else (left + 120 * i, top)
        at, anchor = (x - 4, "end") if way == "left" else (x + 13, "start")
        drawn += f'<rect x="{x}" y="{y}" width="9" height="9" fill="{colour}"/>'
        drawn += f'<text x="{at}" y="{y + 8}" text-anchor="{anchor}">{name}</text>'
    return drawn


def chart(drawn: str) -> str:
    return f'{TEXT}<svg width="480" height="240" font-size="9">{drawn}</svg>{TEXT}'


def expected(series: Sequence[tuple[str, str, Sequence[int]]]) -> dict[tuple[str, str, str, str], str]:
    return {
        ("", name, year, year): spaced(values[c])
        for name, _, values in series
        for c, year in enumerate(YEARS)
    }


@pytest.mark.parametrize("way", ["row", "column", "left"])
@pytest.mark.parametrize("between", [0, 3])
@pytest.mark.parametrize("series", [SERIES, THREE])
def test_bars_in_clusters_are_named_by_the_legend(
    series: Sequence[tuple[str, str, Sequence[int]]], between: float, way: str
) -> None:
    said = read(chart(bars(series, between=between) + legend(series, way)))
    assert cells(said) == expected(series)


def test_the_colour_names_a_bar_and_not_the_order_of_the_legend() -> None:
    said = read(chart(bars(SERIES) + legend(SERIES[::-1], "row")))
    assert cells(said) == expected(SERIES)


def test_each_of_two_charts_in_the_same_colours_has_its_own_legend() -> None:
    other = (("Urbain", SERIES[0][1], SERIES[0][2]), ("Rural", SERIES[1][1], SERIES[1][2]))
    first, second = chart(bars(SERIES) + legend(SERIES, "row")), chart(bars(other) + legend(other, "row"))
    names = [labels(r)[1] for r in read(first + second).readings if r.kind == "cell"]
    assert {name: names.count(name) for name in names} == {"Femmes": 3, "Hommes": 3, "Urbain": 3, "Rural": 3}


@pytest.mark.parametrize(
    "drawn",
    [
        bars(SERIES),
        bars(SERIES) + legend(SERIES[:1], "row"),
        bars(((*SERIES[0][:2], SERIES[0][2][::-1]), SERIES[1]))
        .replace(spaced(18_240), "1 000")
        .replace(spaced(31_870), "2 000")
        + legend(SERIES, "row"),
    ],
    ids=["no legend", "half a legend", "values that are not as high"],
)
def test_bars_in_clusters_without_names_or_with_other_numbers_are_no_table(drawn: str) -> None:
    assert cells(read(chart(drawn))) == {}


SLICES = (
    ("Budget général", "#0b6e4f", "47,5 %"),
    ("Collectivités", "#c1440e", "22,5 %"),
    ("Partenaires", "#1d4e89", "18,0 %"),
    ("Ressources propres", "#e0a526", "12,0 %"),
)


def pie(slices: Sequence[tuple[str, str, str]], *, away: float = 0.65, turned: float = 0) -> str:
    """A pie, clockwise from the top, figures in its slices or around it."""
    drawn, at, (x, y, r) = "", turned, (110, 100, 70)
    for _, colour, figure in slices:
        share = float(figure.removesuffix(" %").replace(",", ".")) / 100
        ends = [(x + r * math.sin(2 * math.pi * a), y - r * math.cos(2 * math.pi * a)) for a in (at, at + share)]
        (x0, y0), (x1, y1) = ends
        drawn += (
            f'<path d="M {x} {y} L {x0} {y0} A {r} {r} 0 {int(share > 0.5)} 1 {x1} {y1} Z" fill="{colour}"/>'
        )
        a = 2 * math.pi * (at + share / 2)
        right, down = x + away * r * math.sin(a), y + 3 - away * r * math.cos(a)
        drawn += f'<text x="{right}" y="{down}" text-anchor="middle">{figure}</text>'
        at += share
    return drawn


def keys(slices: Sequence[tuple[str, str, str]]) -> str:
    return legend([(name, colour, ()) for name, colour, _ in slices], "column", top=60, left=260)


@pytest.mark.parametrize("away", [0.65, 1.25])
@pytest.mark.parametrize("turned", [0, 0.3])
def test_slices_of_a_pie_are_named_by_the_colours_of_the_legend(turned: float, away: float) -> None:
    said = read(chart(pie(SLICES, away=away, turned=turned) + keys(SLICES[::-1])))
    assert {labels(r)[1]: r.raw for r in said.readings} == {name: figure for name, _, figure in SLICES}
    assert {r.unit_measure for r in said.readings} == {"PT"}


def test_figures_in_slices_that_are_not_as_wide_are_under_no_name_of_the_legend() -> None:
    drawn = pie(SLICES).replace("47,5 %", "X").replace("12,0 %", "47,5 %").replace("X", "12,0 %") + keys(SLICES)
    names = {name for name, _, _ in SLICES}
    assert not any(labels(r)[1] in names for r in read(chart(drawn)).readings)
