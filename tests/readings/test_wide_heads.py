"""Heads over columns wider than their numbers, tables side by side, and tables that go on with their title printed again."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.model.page import Page, PageKind, Stroke
from pipeline.model.place import Box
from pipeline.readings.grids.ruled import ruled_grids
from tests.readings.drawn import cells, labels, read, table


def test_each_of_as_many_heads_as_columns_stands_over_one_however_far_its_numbers_are() -> None:
    style = "<style>.wide td { width: 40mm; text-align: center } .wide tr + tr td + td { text-align: right }"
    style += ".wide tr + tr td:first-child { text-align: left }</style>"
    rows = (
        ("Gouvernorat", "Bibliothèques", "Lecteurs"),
        ("Tunis", "17", "12 183"),
        ("Ariana", "18", "5 260"),
        ("Sfax", "21", "8 408"),
    )
    found = cells(read(style + table(rows, "wide")))
    assert found["", "Ariana", "", "Bibliothèques"] == "18"
    assert found["", "Ariana", "", "Lecteurs"] == "5 260"
    assert len(found) == 6


def test_a_year_beside_a_group_heads_its_column_though_it_stands_left_of_all_its_numbers() -> None:
    style = ".c td { width: 32mm; text-align: right } .c td:first-child { text-align: left; width: 50mm }"
    style += ".c .h td { text-align: center } .c .g { border-bottom: 1pt solid black }"
    heads = """<tr class="h"><td rowspan="2">Profil</td><td rowspan="2">2018</td><td colspan="2" class="g">2019</td>
    <td rowspan="2">Taux</td></tr><tr class="h"><td>Total</td><td>dont femmes</td></tr>"""
    body = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (("Médecins", "31", "33", "19", "57,6 %"), ("Sages-femmes", "42", "47", "47", "100,0 %"))
    )
    found = cells(read(f'<style>{style}</style><table class="c">{heads}{body}</table>'))
    doctors = {key[3]: raw for key, raw in found.items() if key[1] == "Médecins"}
    assert doctors == {"2018": "31", "2019 / Total": "33", "2019 / dont femmes": "19", "Taux": "57,6 %"}


def test_heads_stay_above_rows_that_are_set_tight_in_tables_side_by_side() -> None:
    style = ".t td { padding: 0 2mm; line-height: 11pt; text-align: right } .t td:first-child { text-align: left }"
    style += ".t .h td { text-align: center; font-weight: bold } .t { margin: 0; display: inline-table; width: 44% }"
    style += (
        ".t tr:first-child td, .t tr:last-child td { border-top: 1pt solid black; border-bottom: 1pt solid }"
    )
    one = (("Discipline", "T1", "T2"), ("Théâtre", "16", "28"), ("Musique", "13", "23"), ("Danse", "3", "6"))
    one = (*one, ("Cinéma", "5", "10"), ("Total", "37", "67"))
    two = (("Catégorie", "Tenues", "Reportées"), ("Internationaux", "6", "5"), ("Régionaux", "48", "27"))
    two = (*two, ("Total", "54", "32"))
    titles = '<div style="display: inline-block; width: 48%"><b>Tableau 3 : Spectacles</b></div>'
    titles += '<div style="display: inline-block; width: 48%"><b>Tableau 4 : Festivals</b></div>'
    said = read(f"<style>{style}</style>{titles}{table(one, 't')} {table(two, 't')}")
    found = cells(said)
    assert found["", "Théâtre", "", "T1"] == "16"
    assert found["", "Régionaux", "", "Reportées"] == "27"
    assert len(found) == 16
    assert [t.caption.fr for t in said.tables] == [
        "Tableau 3 : Spectacles",
        "Tableau 4 : Festivals",
    ]


@pytest.mark.parametrize(
    ("title", "again"),
    [
        ("Tableau 5 – Centres par commune", "Tableau 5 – Centres par commune (suite)"),
        ("جدول 5: المراكز حسب الجماعة", "جدول 5: المراكز حسب الجماعة (تابع)"),
        ("Tableau 5 : Centres par commune", "Tableau 5 : Centres par commune (suite et fin)"),
    ],
)
def test_a_table_whose_title_is_printed_again_as_going_on_goes_on_under_its_group(
    title: str, again: str
) -> None:
    heads = "<tr><td>Commune</td><td>Centres</td><td>Part</td></tr>"

    def row(*texts: str) -> str:
        return f"<tr>{''.join(f'<td>{text}</td>' for text in texts)}</tr>"

    def group(text: str) -> str:
        return f'<tr><td colspan="3">{text}</td></tr>'

    first = group("Communes urbaines") + row("Bouznika", "3", "12,0 %") + row("Sous-total", "3", "12,0 %")
    first += group("Communes rurales") + row("Fdalate", "2", "8,0 %")
    second = (
        row("Ahlaf", "20", "80,0 %") + row("Sous-total", "22", "88,0 %") + row("Province", "25", "100,0 %")
    )
    said = read(
        f'<p><b>{title}</b></p><table class="full">{heads}{first}</table>',
        f'<p><b>{again}</b></p><table class="full">{heads}{second}</table>',
    )
    found = cells(said)
    assert found["", "Communes rurales / Ahlaf", "", "Centres"] == "20"
    assert found["", "Communes rurales / Sous-total", "", "Centres"] == "22"
    assert found["", "Province", "", "Centres"] == "25"
    assert said.tables[0].caption == said.tables[1].caption


@pytest.mark.parametrize("of_all", ["Province", "Total"])
def test_what_stands_below_the_last_of_the_subtotals_stands_under_no_group(of_all: str) -> None:
    rows = (
        ("Commune", "Centres"),
        ("Communes urbaines",),
        ("Bouznika", "3"),
        ("Sous-total", "3"),
        ("Communes rurales",),
        ("Ahlaf", "22"),
        ("Sous-total", "22"),
        (of_all, "25"),
    )
    page = table(rows, "full").replace("<td>Communes", '<td colspan="2">Communes')
    found = {key[1]: raw for key, raw in cells(read(page)).items()}
    assert found == {
        "Communes urbaines / Bouznika": "3",
        "Communes urbaines / Sous-total": "3",
        "Communes rurales / Ahlaf": "22",
        "Communes rurales / Sous-total": "22",
        of_all: "25",
    }


def test_a_table_under_a_numbered_heading_with_a_number_of_its_own_takes_no_heads_of_the_one_before() -> None:
    rows = (("Région", "A", "B"), ("Oriental", "12", "31"), ("Souss", "8", "9"))
    one = "<p>Tableau 2 : Projets</p>" + table(rows, "full")
    two = "<h2>Programme 2 : activité</h2><p>Tableau 3 : Fiche</p>" + table(rows[1:], "full", heads=0)
    assert {r.column_label.fr for r in read(one, two).readings if r.locus.page == 2} == {""}


def test_a_plus_after_a_number_is_its_sign_where_the_column_shows_signs_so() -> None:
    rows = (
        ("نسبة التطور", "الفرق", "2022", "المؤشر"),
        ("25.0%+", "1+", "5", "عدد المراحل"),
        ("15.9%+", "347,750+", "2,531,750", "الوجبات المقدمة"),
        ("37.1%-", "36-", "61", "حوادث مسجلة"),
    )
    found = {(key[0], key[2]): r.value for r in read(table(rows)).readings for key in (labels(r),)}
    assert found["عدد المراحل", "الفرق"] == 1
    assert found["الوجبات المقدمة", "الفرق"] == 347750
    assert found["حوادث مسجلة", "الفرق"] == -36
    assert found["حوادث مسجلة", "نسبة التطور"] == Decimal("-37.1")
    assert len(found) == 9


def test_a_plus_after_an_age_is_no_sign() -> None:
    rows = (("Âge", "Femmes", "Hommes"), ("15-59", "212", "-36"), ("60+", "85", "12"))
    found = cells(read(table(rows, "full")))
    assert found["60+", "60+", "", "Femmes"] == "85"


def test_a_form_whose_figures_stand_far_from_their_labels_is_read_row_by_row() -> None:
    style = "<style>.far { width: 150mm; margin: 0 } .far td { text-align: left; padding: 0.4mm 0 }"
    style += ".far td + td { text-align: right }</style>"
    rows = (
        ("Effectif au 31 décembre", "4 812"),
        ("Délégations régionales", "24"),
        ("Bibliothèques publiques", "433"),
        ("Part dans le budget", "0,74 %"),
    )
    page = "<p>Le présent rapport retrace les résultats de quatre programmes du ministère.</p>"
    found = cells(read(f"{style}{page}<p><b>Fiche d’identité</b></p>{table(rows, 'far', heads=0)}{page}"))
    assert {key[1]: raw for key, raw in found.items()} == dict(rows)


def test_a_ruled_head_over_rows_told_by_their_fill_is_no_table_of_its_own() -> None:
    xs, head, rows = (40.0, 120.0, 200.0, 280.0, 360.0), (100.0, 120.0, 140.0), (140.0, 158.0, 176.0, 194.0)
    rules = [Stroke(box=Box(xs[0], y, xs[-1], y), horizontal=True) for y in (head[0], head[-1])]
    rules += [Stroke(box=Box(xs[2], head[1], xs[-1], head[1]), horizontal=True)]
    rules += [Stroke(box=Box(x, head[0] if x != xs[3] else head[1], x, head[-1]), horizontal=False) for x in xs]
    fills = [
        Box(left, top, right, bottom)
        for top, bottom in itertools.pairwise(rows)
        for left, right in itertools.pairwise(xs)
    ]
    page = Page(
        number=1,
        width=595,
        height=842,
        kind=PageKind.TEXT,
        reason="",
        score=1,
        strokes=tuple(rules),
        fills=(*fills, Box(xs[0], head[0], xs[1], head[-1]), Box(xs[1], head[0], xs[2], head[-1])),
    )
    assert [(grid.rows, grid.columns) for grid in ruled_grids(page)] == [(5, 4)]
    alone = replace(page, fills=())
    assert [(grid.rows, grid.columns) for grid in ruled_grids(alone)] == [(2, 4)]
