"""A figure of a part of a year has that part as its period, as SDMX writes it."""

from __future__ import annotations

import pytest

from pipeline.codebook.loading import load
from pipeline.language.yearparts import part_in
from pipeline.model.reading import Label
from pipeline.series.assemble import assemble
from pipeline.series.periods import is_period
from pipeline.warehouse.sdmx import time_period
from tests.series.sentences import said
from tests.series.test_uniting import printed

CODEBOOK = load()
FLOW = "استفاد 26283 طفلا في وضعية إعاقة من دعم التمدرس"
STOCK = "بلغ عدد مؤسسات الرعاية الاجتماعية للأشخاص المسنين 70 مؤسسة"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("خلال التسعة أشهر الأولى من سنة 2023", "2023-01-01/P9M"),
        ("au cours des neuf premiers mois de 2023", "2023-01-01/P9M"),
        ("إلى غاية متم شتنبر 2023", "2023-01-01/P9M"),
        ("jusqu'à fin septembre 2023", "2023-01-01/P9M"),
        ("من يناير إلى شتنبر 2023", "2023-01-01/P9M"),
        ("entre janvier et août 2023", "2023-01-01/P8M"),
        ("خلال النصف الأول من سنة 2023", "2023-S1"),
        ("au troisième trimestre 2023", "2023-Q3"),
        ("إلى غاية 31 دجنبر 2023", "2023"),
        ("في أكتوبر 2023", "2023"),
        ("النصف الأول", "2023"),  # of what, nobody says
    ],
)
def test_what_adds_up_over_months_is_of_the_months_that_are_named(words: str, expected: str) -> None:
    (one,) = assemble([said(f"{FLOW} {words}.", year=2023)], CODEBOOK).observations
    assert one.time_period == expected
    assert is_period(one.time_period)
    assert time_period(one.time_period, 2023) == expected


def test_what_stands_is_of_the_month_up_to_which_it_was_counted() -> None:
    caption = Label(fr="Établissements de protection sociale pour personnes âgées jusqu'à fin septembre 2023")
    rows = (Label(ar="عدد المؤسسات", fr="Nombre d'établissements"),)
    observations = assemble([printed(2023, caption, unit="NUMBER", rows=rows)], CODEBOOK).observations
    assert {one.time_period for one in observations} == {"2023-09"}


def test_a_table_of_nine_months_is_of_nine_months() -> None:
    caption = Label(
        ar="المستفيدون من الأندية الصيفية إلى غاية متم شتنبر 2023", fr="Bénéficiaires des clubs d'été"
    )
    whole = Label(ar="المستفيدون من الأندية الصيفية", fr="Bénéficiaires des clubs d'été")
    assembly = assemble([printed(2022, whole), printed(2023, caption)], CODEBOOK)
    assert {one.time_period for one in assembly.observations} == {"2022", "2023-01-01/P9M"}


def test_two_parts_in_one_text_decide_nothing() -> None:
    assert part_in("إلى غاية متم شتنبر 2023 مقابل حتى متم يونيو 2022") is None


@pytest.mark.parametrize(
    ("head", "months"),
    [
        ("Trimestre / T1", (1, 3)),
        ("Trimestre / T4", (10, 12)),
        ("T2 2020", (4, 6)),
        ("Semestre / S2", (7, 12)),
        ("Premier trimestre", (1, 3)),
        ("الربع الثالث", (7, 9)),
        ("T1", None),
        ("Trimestre", None),
        ("Le T2 a été marqué par le confinement", None),
    ],
)
def test_a_head_of_a_quarter_or_half_names_its_months(head: str, months: tuple[int, int] | None) -> None:
    part = part_in(head)
    assert (part and (part.first, part.last)) == months
