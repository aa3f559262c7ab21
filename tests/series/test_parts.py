"""A part of those whom an indicator counts, or what else is counted of its places, is not the indicator."""

from __future__ import annotations

import pytest

from pipeline.codebook.loading import load
from pipeline.model.reading import Label
from pipeline.series.assemble import assemble
from tests.series.test_uniting import printed

CODEBOOK = load()
#: Places and programmes that indicators of the codebook count the people of.
_SERVED = {
    "DIS_COAPH_BENEF_N": (
        "مراكز التوجيه والمساعدة لفائدة الأشخاص في وضعية إعاقة",
        "centres d'orientation et d'assistance des personnes en situation de handicap",
    ),
    "WOM_EMF_BENEF_N": ("الفضاءات متعددة الوظائف للنساء", "espaces multifonctionnels pour femmes"),
    "CHI_CAPE_BENEF_N": (
        "مراكز المواكبة لحماية الطفولة",
        "centres d'accompagnement pour la protection de l'enfance",
    ),
    "ELD_EPS_BENEF_N": (
        "مؤسسات الرعاية الاجتماعية للأشخاص المسنين",
        "établissements de protection sociale pour personnes âgées",
    ),
    "DIS_SCHOOLING_CHILDREN_N": (
        "دعم تمدرس الأطفال في وضعية إعاقة",
        "l'appui à la scolarisation des enfants en situation de handicap",
    ),
}
_ALL = (
    ("المستفيدون من {}", "Bénéficiaires des {}"),
    ("عدد الأشخاص المستفيدين من خدمات {}", "Nombre de bénéficiaires des services des {}"),
    ("توزيع المستفيدين من {} حسب الجهات", "Répartition par région des bénéficiaires des {}"),
)
_NOT_ALL = (
    ("المستفيدون الجدد من {}", "Nouveaux bénéficiaires des {}"),
    ("المستفيدون المتوقعون من {}", "Bénéficiaires prévus des {}"),
    ("المسجلون في لائحة الانتظار ب{}", "Personnes en liste d'attente des {}"),
    ("طلبات الاستفادة من {}", "Demandes d'admission aux {}"),
    ("الطاقة الاستيعابية ل{}", "Capacité d'accueil des {}"),
    ("المستخدمون ب{}", "Personnel des {}"),
    ("المغادرون ل{}", "Bénéficiaires sortants des {}"),
    ("وفيات المستفيدين من {}", "Décès des bénéficiaires des {}"),
    ("المستفيدون فاقدو الاستقلالية ب{}", "Bénéficiaires dépendants des {}"),
    ("الوجبات المقدمة للمستفيدين من {}", "Repas servis aux bénéficiaires des {}"),
    ("أسر المستفيدين من {}", "Familles des bénéficiaires des {}"),
    ("الجمعيات المستفيدة من {}", "Associations bénéficiaires des {}"),
    ("المستفيدون القدامى من {}", "Anciens bénéficiaires des {}"),
    ("معدل عدد المستفيدين من {}", "Nombre moyen de bénéficiaires des {}"),
    ("مسيرو {}", "Gestionnaires des {}"),
)


def _indicators(caption: Label, unit: str) -> set[str]:
    head = Label(ar="العدد", fr="Effectif")
    told = assemble([printed(2021, caption, head=head, unit=unit)], CODEBOOK).observations
    return {one.indicator for one in told if one.indicator_known}


def _captions(wording: tuple[str, str], code: str) -> list[Label]:
    arabic, french = (text.format(name) for text, name in zip(wording, _SERVED[code], strict=True))
    return [Label(ar=arabic, fr=french), Label(ar=arabic), Label(fr=french)]


@pytest.mark.parametrize("code", _SERVED)
def test_all_whom_a_place_serves_are_its_indicator_in_either_language(code: str) -> None:
    for wording in _ALL:
        assert [_indicators(caption, "PS") for caption in _captions(wording, code)] == [{code}] * 3


@pytest.mark.parametrize("wording", _NOT_ALL, ids=[fr for _, fr in _NOT_ALL])
def test_the_new_the_planned_the_staff_the_requests_are_not_those_whom_a_place_serves(
    wording: tuple[str, str],
) -> None:
    for code in _SERVED:
        for caption in _captions(wording, code):
            assert [_indicators(caption, unit) for unit in ("PS", "NUMBER")] == [set(), set()]


@pytest.mark.parametrize("code", ["WOM_EMF_BENEF_N", "CHI_CAPE_BENEF_N", "ELD_EPS_BENEF_N"])
def test_those_with_a_disability_are_a_part_of_those_whom_a_place_serves(code: str) -> None:
    wording = ("المستفيدون في وضعية إعاقة من {}", "Bénéficiaires en situation de handicap des {}")
    assert [_indicators(caption, "PS") for caption in _captions(wording, code)] == [set()] * 3
