"""What a report says in one place against what it, or another report, says of the same thing elsewhere."""

from __future__ import annotations

import pytest

from pipeline.model.finding import Severity
from pipeline.series.assemble import assemble
from tests.validation.editions import CODEBOOK, Grid, edition, findings

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # The base is held against the figure of the year.
        (["بلغ عدد الملفات المعالجة 8 640 ملفا مقابل 7 200 ملف سنة 2018، أي بارتفاع نسبته 20%."], []),
        (["بلغ عدد الملفات المعالجة 8 640 ملفا مقابل 7 200 ملف سنة 2018، أي بارتفاع نسبته 30%."], [ERROR]),
        (["En 2019, 1 380 cartes ont été remises contre 1 200 en 2018, soit une hausse de 15 %."], []),
        (["En 2019, 1 380 cartes ont été remises contre 1 200 en 2018, soit une hausse de 51 %."], [ERROR]),
        # The base stands in another sentence of the section.
        (
            [
                "استقبلت دور الطالبة 3 500 نزيلة سنة 2018.",
                "وفي سنة 2019 استقبلت دور الطالبة 4 200 نزيلة، بزيادة 20% مقارنة مع سنة 2018.",
            ],
            [],
        ),
        (
            [
                "استقبلت دور الطالبة 3 500 نزيلة سنة 2018.",
                "وفي سنة 2019 استقبلت دور الطالبة 4 200 نزيلة، بزيادة 35% مقارنة مع سنة 2018.",
            ],
            [ERROR],
        ),
        # Without a word of the year compared with, it may have been another one.
        (
            [
                "Les foyers ont hébergé 3 500 pensionnaires en 2018.",
                "En 2019 les foyers ont hébergé 4 200 pensionnaires, en hausse de 35 %.",
            ],
            [WARNING],
        ),
        # Another thing with the same noun in the section is no base.
        (
            [
                "استفادت من القروض الصغرى 3 500 امرأة سنة 2018.",
                "واستفادت من محو الأمية 900 امرأة سنة 2019.",
                "وفي سنة 2019 قصدت مراكز الاستماع 4 200 امرأة، بزيادة 35% مقارنة مع سنة 2018.",
            ],
            [],
        ),
        # The base stands in a table whose cell of the year is the figure.
        (
            [
                "استفادت من المنح 4 265 أسرة، بزيادة 40% مقارنة مع سنة 2018.",
                Grid(
                    "تطور المنح", ["2018", "2019"], [["الأسر", "3 412", "4 265"], ["الجمعيات", "120", "131"]]
                ),
            ],
            [ERROR],
        ),
        (
            [
                "استفادت من المنح 4 265 أسرة، بزيادة 25% مقارنة مع سنة 2018.",
                Grid(
                    "تطور المنح", ["2018", "2019"], [["الأسر", "3 412", "4 265"], ["الجمعيات", "120", "131"]]
                ),
            ],
            [],
        ),
    ],
)
def test_growth_fits_its_base_wherever_that_is_printed(
    told: list[str | Grid], expected: list[Severity]
) -> None:
    held = findings(edition(*told, section="النهوض بالمرأة"))
    assert [one.severity for one in held if one.rule == "DOC-05"] == expected


@pytest.mark.parametrize(
    ("told", "of_older_persons"),
    [
        ("تتوزع دور الأشخاص المسنين، وعددها 58 دارا، على الجهات.", True),
        ("Les maisons pour personnes âgées sont au nombre de 58.", True),
        ("تم إغلاق 58 مؤسسة لا تستجيب للمعايير.", False),  # of whatever kind
        ("بلغ عدد مؤسسات الرعاية الاجتماعية 58 مؤسسة، منها دور للمسنين.", False),
        ("تم تجهيز 58 دارا للمسنين بأسرة طبية.", False),  # those that were equipped, not those that are
        (
            Grid(
                "الطفولة والأشخاص المسنون / مؤسسات الرعاية الاجتماعية", ["عدد المؤسسات"], [["المجموع", "58"]]
            ),
            False,
        ),
        (Grid("مؤسسات الرعاية الاجتماعية للمسنين", ["عدد المؤسسات"], [["المجموع", "58"]]), True),
    ],
)
def test_homes_are_for_older_persons_where_their_own_words_say_so(
    told: str | Grid, of_older_persons: bool
) -> None:
    held = assemble([edition(told, section="الطفولة والأشخاص المسنون")], CODEBOOK).observations
    assert {one.indicator == "ELD_EPS_N" for one in held} == {of_older_persons}
