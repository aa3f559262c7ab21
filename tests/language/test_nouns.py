"""What a number counts where its noun stands elsewhere: before it, in the sentence before, or at the other number."""

from __future__ import annotations

import pytest

from pipeline.language.quantities import find


def _counted(text: str) -> list[tuple[str, str]]:
    """Numbers that count something, with their noun."""
    return [(f"{f.value:f}", f.unit_label) for f in find(text) if f.kind == "number" and not f.bare]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Neuf marchés sur dix ont été visés.", [("9", "marchés"), ("10", "marchés")]),
        ("soit près de sept agents sur dix", [("7", "agents"), ("10", "agents")]),
        ("استفادت أربع نساء من أصل خمس", [("4", "نساء"), ("5", "نساء")]),
        ("un dossier sur quatre ayant été déposé en ligne", [("1", "dossier"), ("4", "dossier")]),
        ("Au total, un ménage tunisien sur dix perçoit l’aide.", [("1", "ménage"), ("10", "ménage")]),
        (
            "94 rapports ont été remis, quatre sur cinq dans les délais.",
            [("94", "rapports"), ("4", "rapports"), ("5", "rapports")],
        ),
        ("أن 8 من كل 10 أسر راضية", [("8", "أسر"), ("10", "أسر")]),
        ("أي ثلاث مستفيدات من كل أربع.", [("3", "مستفيدات"), ("4", "مستفيدات")]),
        ("Les femmes occupent 28 des 112 postes de responsabilité.", [("28", "postes"), ("112", "postes")]),
        ("Le bilan de 2021 des 45 projets achevés.", [("45", "projets")]),
    ],
)
def test_so_many_of_so_many_count_one_noun(text: str, counted: list[tuple[str, str]]) -> None:
    assert _counted(text) == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Les 214 marchés ont dégagé 5,47 MDH. Les PME ont remporté 139 d’entre eux.", ["214", "139"]),
        ("La campagne a touché 600 marchés ; 93 d’entre eux ont été revus.", ["600", "93"]),
        ("Le réseau a tenu 710 marchés. Parmi eux, 315 ont été suivis.", ["710", "315"]),
        ("Quelque 1 500 marchés ont été retirés ; deux sur trois ont été repris.", ["1500", "2", "3"]),
        (
            "Les 80 marchés retirés tiennent en 5 lots ; deux sur trois ont été repris.",
            ["80", "5 lots", "2", "3"],
        ),
    ],
)
def test_a_part_counts_what_the_sentence_before_counted(text: str, counted: list[str]) -> None:
    said = [f"{value} {noun}".removesuffix(" marchés") for value, noun in _counted(text)]
    assert said == counted


def test_a_sum_that_is_raised_from_one_level_to_another_is_two_sums() -> None:
    found = find("L’allocation mensuelle est portée de 180 à 190 dinars.")
    assert [(f.value, f.high, f.unit_label) for f in found] == [(180, None, "dinars"), (190, None, "dinars")]


def test_a_mark_out_of_twenty_counts_nothing() -> None:
    assert _counted("Les 30 candidats ont eu une note moyenne de 12 sur 20.") == [("30", "candidats")]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Les enfants autistes sont désormais 5 878, pris en charge.", [("5878", "enfants")]),
        ("Les garçons sont 20 017 et les filles 12 974.", [("20017", "garçons"), ("12974", "filles")]),
        ("dont 31 nouvellement éligibles", []),
        (
            "379 associations, dont 31 nouvellement éligibles",
            [("379", "associations"), ("31", "associations")],
        ),
    ],
)
def test_a_noun_before_its_number_is_what_it_counts(text: str, counted: list[tuple[str, str]]) -> None:
    assert _counted(text) == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (
            "La commission s’est réunie 73 fois, et 12 marchés ont été résiliés.",
            [("73", "fois"), ("12", "marchés")],
        ),
        ("اجتمعت اللجنة 73 مرة خلال السنة", [("73", "مرة")]),
        ("Le budget a été multiplié par 3 fois.", []),
        ("تضاعف العدد 3 مرات.", []),
        ("La facture est 4 fois plus élevée.", []),
    ],
)
def test_how_often_something_happened_is_counted_and_how_many_times_as_much_is_not(
    text: str, counted: list[tuple[str, str]]
) -> None:
    assert _counted(text) == counted


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("À l’horizon 2026, l’objectif est de porter à 40 000 le nombre d’enfants scolarisés.", ["target"]),
        ("ستعمل الوزارة في أفق 2026 على تعميم الشبابيك على 75 إقليما وعمالة.", ["target"]),
        ("La stratégie à l’horizon 2035 a bénéficié à 300 femmes.", ["level"]),
        (
            "Le réseau compte 12 centres et devrait atteindre 30 centres à l’horizon 2026.",
            ["level", "target"],
        ),
        ("Neuf marchés publics sur dix ont été visés.", ["rate", "rate"]),
        ("118 marchés sur 214 ont été visés.", ["level", "level"]),
        ("تعرضت امرأة من كل خمس نساء للعنف.", ["rate"]),
        ("سبعة من كل ثمانية تلاميذ يتقنون السباحة.", ["rate", "rate"]),
        ("استفاد 120 طفلا من كل المراكز.", ["level"]),
    ],
)
def test_what_shall_be_and_so_many_of_ten_are_no_levels(text: str, measures: list[str]) -> None:
    assert [f.measure for f in find(text) if f.kind == "number"] == measures


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("بلغ عدد المستفيدين سنة 2021 ما مجموعه 6.824، مقابل 5.490 في السابقة.", ["6824 المستفيدين", "5490 المستفيدين"]),
        ("وبلغ عدد المراكز خلال سنة 2021 حوالي 682.", ["682 المراكز"]),
        ("Le nombre de dossiers en 2021 a atteint 6 284, contre 5 490.", ["6284 dossiers", "5490 dossiers"]),
        ("ارتفع عدد المستفيدين سنة 2021. وتم توزيع الملفات على 682.", []),
    ],
)
def test_a_count_announced_before_its_year_has_its_noun(text: str, counted: list[str]) -> None:
    assert [f"{value} {noun}" for value, noun in _counted(text) if noun] == counted
