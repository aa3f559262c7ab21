"""Totals over the years of a table are of all these years."""

from __future__ import annotations

from pipeline.run import assembled
from tests.readings.drawn import codebook, read, table

COVER = "<p>Rapport annuel 2020</p>"


def _periods(*rows: tuple[str, ...]) -> dict[str, str]:
    dataset = assembled([read(COVER + table(rows, "full"))], codebook())
    return {str(o.obs_value): o.time_period for o in dataset.observations}


def test_a_total_below_years_is_of_all_of_them() -> None:
    told = _periods(("السنة", "عدد التوصيات"), ("2016", "29"), ("2017", "33"), ("2019", "40"), ("المجموع", "102"))
    assert told == {"29": "2016", "33": "2017", "40": "2019", "102": "2016/2019"}


def test_a_total_beside_years_is_of_all_of_them_and_one_below_is_of_each() -> None:
    rows = (("Filles", "30", "41", "71"), ("Garçons", "22", "34", "56"), ("Total", "52", "75", "127"))
    told = _periods(("Sexe", "2018", "2019", "Total"), *rows)
    assert told["71"] == told["127"] == "2018/2019"
    assert (told["52"], told["75"]) == ("2018", "2019")


def test_a_total_in_a_table_of_one_year_is_of_the_year_of_the_report() -> None:
    told = _periods(("Sexe", "Nombre"), ("Filles", "30"), ("Garçons", "22"), ("Total", "52"))
    assert told["52"] == "2020"
