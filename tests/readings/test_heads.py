"""Heads of several tiers in two languages, and rows of totals under titles."""

from __future__ import annotations

import pytest

from tests.readings.drawn import cells, read

BODY = """<tr><td>5,2</td><td>8 121</td><td>7 688</td><td>433</td><td>7 722</td><td>101</td>
<td>طنجة<br>Tanger</td></tr><tr><td>3,6</td><td>6 519</td><td>6 117</td><td>402</td><td>6 292</td><td>74</td>
<td>الشرق<br>Oriental</td></tr>"""
LEAVES = "<tr><td>المجموع<br>Total</td><td>إناث<br>Filles</td><td>ذكور<br>Garçons</td></tr>"


@pytest.mark.parametrize("year", ["2018", "2017/2018"])
def test_a_year_that_reaches_down_beside_the_lowest_heads_is_a_head(year: str) -> None:
    heads = f"""<tr><td rowspan="3">نسبة التطور<br>Évolution (%)</td><td colspan="4">المستفيدون<br>Bénéficiaires</td>
    <td rowspan="3">المراكز<br>Centres</td><td rowspan="3">الجهة<br>Région</td></tr>
    <tr><td colspan="3">2019</td><td rowspan="2">{year}</td></tr>"""
    found = cells(read(f'<table dir="ltr" class="full">{heads}{LEAVES}{BODY}</table>'))
    oriental = {key[2:]: raw for key, raw in found.items() if key[1] == "Oriental"}
    assert oriental == {
        ("نسبة التطور", "Évolution (%)"): "3,6",
        ("المستفيدون / 2019 / المجموع", "Bénéficiaires / 2019 / Total"): "6 519",
        ("المستفيدون / 2019 / إناث", "Bénéficiaires / 2019 / Filles"): "6 117",
        ("المستفيدون / 2019 / ذكور", "Bénéficiaires / 2019 / Garçons"): "402",
        (f"المستفيدون / {year}", f"Bénéficiaires / {year}"): "6 292",
        ("المراكز", "Centres"): "74",
    }


def test_a_year_between_heads_of_words_is_a_head() -> None:
    heads = "<tr><td>Région</td><td>2019</td><td>Filles</td><td>Garçons</td></tr>"
    rows = "<tr><td>Fès</td><td>951</td><td>480</td><td>471</td></tr>"
    rows += "<tr><td>Oriental</td><td>402</td><td>202</td><td>200</td></tr>"
    found = cells(read(f'<table class="full">{heads}{rows}</table>'))
    assert found["", "Fès", "2019", "2019"] == "951"
    assert len(found) == 6


def test_the_national_total_under_the_last_group_of_regions_is_none_of_that_group() -> None:
    rows = "".join(
        f'<tr><td colspan="2">{title}</td></tr>'
        + "".join(f"<tr><td>{region}</td><td>{n}</td></tr>" for region, n in held)
        for title, held in (
            ("الشمال – Nord", (("Tanger", "120"), ("Oriental", "85"))),
            (
                "الجنوب – Sud",
                (("Souss", "70"), ("Dakhla", "4"), ("المجموع الوطني<br>Ensemble national", "279")),
            ),
        )
    )
    found = cells(read(f'<table class="full"><tr><td>Région</td><td>Centres</td></tr>{rows}</table>'))
    assert found["", "Sud / Dakhla", "", "Centres"] == "4"
    assert found["المجموع الوطني", "Ensemble national", "", "Centres"] == "279"
