"""What a report says in one place against what it, or another report, says of the same thing elsewhere."""

from __future__ import annotations

from dataclasses import replace

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
        # A cell that has the value by chance is none of it.
        (
            [
                "استفادت من المنح 412 أسرة، بزيادة 40% مقارنة مع سنة 2018.",
                Grid(
                    "الموارد البشرية", ["2018", "2019"], [["الموظفون", "388", "412"], ["الأعوان", "57", "55"]]
                ),
            ],
            [],
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
    ("sentence", "areas"),
    [
        ("تضم جهة الشرق 188 دارا وجهة فاس - مكناس 214 دارا.", ["MA-02", "MA-03"]),
        ("L'Oriental compte 188 foyers, la région Fès-Meknès 214 foyers.", ["MA-02", "MA-03"]),
        ("تضم جهة الشرق 188 دارا، منها 12 دارا بالوسط القروي.", ["MA-02", "MA-02"]),
        ("يضم المغرب 188 دارا، منها 12 دارا بجهة الشرق.", ["MA", "MA-02"]),
    ],
)
def test_each_figure_of_a_sentence_is_of_the_region_named_before_it(sentence: str, areas: list[str]) -> None:
    held = assemble([edition(sentence)], CODEBOOK).observations
    assert [one.ref_area for one in sorted(held, key=lambda one: one.reading_id)] == areas


@pytest.mark.parametrize(
    ("told", "of_older_persons"),
    [
        ("تتوزع دور الأشخاص المسنين، وعددها 58 دارا، على الجهات.", True),
        ("Les maisons pour personnes âgées sont au nombre de 58.", True),
        ("تم إغلاق 58 مؤسسة لا تستجيب للمعايير.", False),  # of whatever kind
        ("بلغ عدد مؤسسات الرعاية الاجتماعية 58 مؤسسة، منها دور للمسنين.", False),
        ("تم تجهيز 58 دارا للمسنين بأسرة طبية.", False),  # those that were equipped, not those that are
        ("تأهيل 58 مؤسسة للأشخاص المسنين في إطار برنامج «كرامة».", False),
        ("58 établissements pour personnes âgées ont été réhabilités.", False),
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


HOMES = Grid(
    "جدول 5: توزيع دور الفتاة حسب الجهات",
    ["عدد الدور", "عدد النزيلات"],
    [
        ["جهة الشرق | L'Oriental", "214", "6 120"],
        ["فاس - مكناس | Fès-Meknès", "188", "5 305"],
        ["درعة - تافيلالت | Drâa-Tafilalet", "97", "2 840"],
        ["المجموع", "499", "14 265"],
    ],
    unit="NUMBER",
)
LOANS = Grid(
    "Répartition des bénéficiaires de prêts d'honneur par milieu",
    ["Effectif"],
    [["Urbain", "4 318"], ["Rural", "2 961"], ["Total", "7 279"]],
)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # Figures of two regions the other way round.
        (["تضم جهة الشرق 188 دارا وجهة فاس - مكناس 214 دارا.", HOMES], [ERROR]),
        (["تضم جهة الشرق 214 دارا وجهة فاس - مكناس 188 دارا.", HOMES], []),
        (["L'Oriental compte 188 foyers, la région Fès-Meknès 214 foyers.", HOMES], [ERROR]),
        (["L'Oriental compte 214 foyers, la région Fès-Meknès 188 foyers.", HOMES], []),
        # Other things of the same regions.
        (["تضم جهة الشرق 188 جمعية وجهة فاس - مكناس 97 جمعية.", HOMES], []),
        # Two digits have changed places on the way from the table to the sentence.
        (["بلغ عدد نزيلات دور الفتاة 14 625 نزيلة.", HOMES], [ERROR]),
        (["بلغ عدد نزيلات دور الفتاة 14 265 نزيلة.", HOMES], []),
        (["Au total, 7 297 personnes ont bénéficié de prêts d'honneur.", LOANS], [ERROR]),
        (["Au total, 7 279 personnes ont bénéficié de prêts d'honneur.", LOANS], []),
        (["Quelque 7 300 personnes ont bénéficié de prêts d'honneur.", LOANS], []),
        # One digit is another; that may be another thing after all.
        (["Au total, 7 289 bénéficiaires de prêts d'honneur ont été recensés.", LOANS], []),
        (["Au total, 8 279 bénéficiaires de prêts d'honneur ont été recensés.", LOANS], [WARNING]),
        # Another thing whose number is like one of the table by chance.
        (["تم توزيع 14 625 محفظة على التلاميذ.", HOMES], []),
        (["بلغ عدد نزيلات دور الفتاة 14 625 نزيلة سنة 2017.", HOMES], []),
        (["في جهة الشرق بلغ عدد نزيلات دور الفتاة 14 625 نزيلة.", HOMES], []),
        # Two sentences.
        (
            [
                "كفلت الأسر البديلة 3 472 طفلا متخلى عنه.",
                "ومن جهة أخرى بلغ عدد الأطفال المتخلى عنهم الذين كفلتهم الأسر البديلة 3 742 طفلا.",
            ],
            [ERROR],
        ),
        (
            [
                "كفلت الأسر البديلة 3 472 طفلا متخلى عنه.",
                "ومن جهة أخرى بلغ عدد الأطفال المتمدرسين بدور الطالب 3 742 طفلا.",
            ],
            [],
        ),
    ],
)
def test_what_a_sentence_tells_is_what_a_table_tells(
    told: list[str | Grid], expected: list[Severity]
) -> None:
    held = findings(edition(*told))
    assert [one.severity for one in held if one.rule == "DOC-01"] == expected


FRENCH = (
    "Les {0} centres d'écoute ont reçu {1} femmes, pour un budget de {2} MDH.",
    "Les brigades mobiles ont effectué {3} visites dans {4} communes.",
    "Enfin, {5} kits ont été remis.",
)
ARABIC = (
    "استقبلت مراكز الاستماع وعددها {0} مركزا ما مجموعه {1} امرأة، بميزانية قدرها {2} مليون درهم.",
    "وأنجزت الوحدات المتنقلة {3} زيارة بما مجموعه {4} جماعة.",
    "وأخيرا تم تسليم {5} حقيبة.",
)
FIGURES = ("64", "12 940", "21,5", "3 184", "137", "2 260")


@pytest.mark.parametrize(
    ("arabic", "expected"),
    [
        (FIGURES, []),
        (("64", "12 490", *FIGURES[2:]), [ERROR]),  # two digits have changed places
        ((*FIGURES[:3], "3 814", *FIGURES[4:]), [ERROR]),
        ((*FIGURES[:3], "2 901", *FIGURES[4:]), [WARNING]),  # of another day, perhaps
        (("46", *FIGURES[1:]), []),  # at the edge of the text nothing says where it belongs
        (("64", "ما يفوق 12 900", *FIGURES[2:]), []),
        (("64", "حوالي 13 000", *FIGURES[2:]), []),
        (("61", "11 020", "19,2", "2 870", "120", "2 055"), []),  # last year's: no translation
    ],
)
def test_a_paragraph_and_its_translation_tell_the_same_figures(
    arabic: tuple[str, ...], expected: list[Severity]
) -> None:
    held = findings(
        edition(*(text.format(*FIGURES) for text in FRENCH), *(text.format(*arabic) for text in ARABIC))
    )
    assert [one.severity for one in held if one.rule == "DOC-01"] == expected


INDICATORS = "أبرز المؤشرات"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        # A row of a table of indicators is the quantity that last year's table of indicators called so.
        (
            [Grid(INDICATORS, ["2018", "2017"], [["الكراسي المتحركة الموزعة", "1 764", "1 402"]])],
            [Grid("جدول 2: حصيلة عامة", ["2019", "2018"], [["الكراسي المتحركة الموزعة", "1 890", "1 674"]])],
            ["XYR-01"],
        ),
        (
            [Grid(INDICATORS, ["2018", "2017"], [["الكراسي المتحركة الموزعة", "1 764", "1 402"]])],
            [Grid("جدول 2: حصيلة عامة", ["2019", "2018"], [["الكراسي المتحركة الموزعة", "1 890", "1 764"]])],
            [],
        ),
        # A sentence of last year's report, and a row of this year's table.
        (
            ["بلغ عدد القوافل الطبية المنظمة بالعالم القروي 1 326 قافلة."],
            [
                Grid(
                    INDICATORS,
                    ["2019", "2018"],
                    [["القوافل الطبية المنظمة بالعالم القروي", "1 480", "1 236"]],
                )
            ],
            ["XYR-01"],
        ),
        (
            ["بلغ عدد القوافل الطبية المنظمة بالعالم القروي 1 236 قافلة."],
            [
                Grid(
                    INDICATORS,
                    ["2019", "2018"],
                    [["القوافل الطبية المنظمة بالعالم القروي", "1 480", "1 236"]],
                )
            ],
            [],
        ),
        (
            ["بلغ عدد القوافل الثقافية المنظمة بالمدن الكبرى 1 326 قافلة."],
            [
                Grid(
                    INDICATORS,
                    ["2019", "2018"],
                    [["القوافل الطبية المنظمة بالعالم القروي", "1 480", "1 236"]],
                )
            ],
            [],
        ),
        (
            ["En 2018, 2 715 coopératives féminines ont reçu un appui financier."],
            ["En 2019, 3 002 coopératives féminines ont reçu un appui financier, contre 2 175 en 2018."],
            ["XYR-01"],
        ),
        (
            ["En 2018, 2 715 coopératives féminines ont reçu un appui financier."],
            ["En 2019, 3 002 coopératives féminines ont reçu un appui financier, contre 2 715 en 2018."],
            [],
        ),
    ],
)
def test_a_year_is_told_again_as_it_was_told(
    before: list[str | Grid], now: list[str | Grid], expected: list[str]
) -> None:
    held = findings(edition(*before, year=2018), edition(*now, year=2019))
    assert [one.rule for one in held if one.rule.startswith("XYR")] == expected


KINDS = Grid(
    "مؤسسات الرعاية الاجتماعية",
    ["المؤسسات", "النزلاء", "نسبة الملء"],
    [
        ["دار الطالب", "9", "1 043", "93,1%"],
        ["دار الأطفال", "3", "231", "96,3%"],
        ["دار المسنين", "2", "118", "90,8%"],
    ],
)
DISABILITIES = Grid(
    "Enfants par type de handicap",
    ["ذكور | Garçons", "إناث | Filles", "العدد | Nombre"],
    [
        ["إعاقة حركية | Handicap moteur", "7 275", "3 941", "11 216"],
        ["التوحد | Autisme", "3 352", "2 256", "5 608"],
    ],
)
COURSES = Grid(
    "Sessions de formation",
    ["الدورات | Sessions", "المجموع | Total", "منهم نساء | dont femmes"],
    [["التدبير المالي | Gestion financière", "4", "68", "29"], ["المجموع | Total", "46", "696", "303"]],
)


@pytest.mark.parametrize(
    ("sentence", "grid", "told"),
    [
        (
            "وبخصوص دور المسنين، فقد ارتفع عدد النزلاء بها إلى 124 نزيلا، من بينهم 51 امرأة.",
            KINDS,
            ["124", "118"],
        ),
        ("وبخصوص دور المسنين، فقد ارتفع عدد النزلاء بها إلى 118 نزيلا، من بينهم 51 امرأة.", KINDS, []),
        ("وبخصوص دور المسنين، فقد ارتفع عدد النزلاء بها إلى 124 نزيلا سنة 2017.", KINDS, []),
        ("بلغت نسبة الملء بدور الأطفال 69,3%، أما دور المسنين فهي الأقل.", KINDS, ["69,3%", "96,3%"]),
        # The figure is not the one inside another number, and a decimal comma parts no clause.
        ("بلغت طاقة 1242 سريرا دور المسنين، وعدد النزلاء 124 نزيلا.", KINDS, ["124", "118"]),
        ("بلغت نسبة الملء بدور الأطفال 96,3%، أما دور المسنين فهي الأقل.", KINDS, []),
        ("Les enfants autistes sont désormais 5 878, pris en charge.", DISABILITIES, ["5 878", "5 608"]),
        ("Les enfants autistes sont désormais 5 608, pris en charge.", DISABILITIES, []),
        ("Les recettes couvrent 83,0 % des dépenses, le reste vient de la gestion financière.", COURSES, []),
        # Women beside a whole that the table has.
        ("نظمت الوكالة 46 دورة لفائدة 696 إطارا جمعويا، شاركت فيها 354 امرأة.", COURSES, ["354", "303"]),
        ("نظمت الوكالة 46 دورة لفائدة 696 إطارا جمعويا، شاركت فيها 303 امرأة.", COURSES, []),
        ("نظمت الوكالة دورات لفائدة 812 إطارا جمعويا، شاركت فيها 354 امرأة.", COURSES, []),
    ],
)
def test_a_sentence_beside_a_table_that_names_one_of_its_rows_tells_what_that_tells(
    sentence: str, grid: Grid, told: list[str]
) -> None:
    apart = edition(sentence, grid)
    beside = [replace(r, locus=replace(r.locus, page=1)) for r in apart.readings]
    held = findings(replace(apart, readings=tuple(beside)))
    found = [(one.observed, one.expected) for one in held if one.rule == "DOC-01"]
    assert found == ([tuple(told)] if told else [])
