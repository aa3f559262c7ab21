"""One quantity over reports that word, translate or lay it out in another way; what is only alike is proposed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.codebook.loading import load
from pipeline.model.assembly import Assembly
from pipeline.model.extraction import Extraction
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Label, Reading, Table
from pipeline.series.assemble import assemble
from tests.series.sentences import report, said

CODEBOOK = load()
_SEXES = (("ذكور", "Garçons", 120), ("إناث", "Filles", 130), ("المجموع", "Total", 250))
_HEAD = Label(ar="عدد المستفيدين", fr="Nombre de bénéficiaires")


def printed(
    year: int, *captions: Label, head: Label = _HEAD, unit: str = "PS", rows: tuple[Label, ...] = ()
) -> Extraction:
    """A report of one table a caption."""
    report_id = f"{year:012x}"
    tables, readings = [], []
    labels = rows or tuple(Label(ar=ar, fr=fr) for ar, fr, _ in _SEXES)
    for number, caption in enumerate(captions, start=1):
        table_id = f"{report_id}-p{number:03d}-t1"
        box = Box(0, 0, 1, 1)
        tables.append(
            Table(
                table_id=table_id,
                report_id=report_id,
                page=number,
                box=box,
                cells=(),
                row_count=4,
                column_count=2,
                caption=caption,
            )
        )
        for row, label in enumerate(labels, start=1):
            readings.append(
                Reading(
                    reading_id=f"{table_id}-r{row}",
                    locus=Locus(report_id, number, box),
                    kind="cell",
                    raw=str(100 * row + year % 10),
                    value=Decimal(100 * row + year % 10),
                    resolution=Decimal(1),
                    unit_measure=unit,
                    table_id=table_id,
                    row=row,
                    column=1,
                    row_label=label,
                    column_label=head,
                )
            )
    return Extraction(report=report(report_id, year=year), tables=tuple(tables), readings=tuple(readings))


def indicators(assembly: Assembly) -> set[str]:
    return {one.indicator for one in assembly.observations}


CLUBS = Label(
    ar="المستفيدون من الأندية الصيفية لفائدة الأطفال", fr="Bénéficiaires des clubs d'été pour les enfants"
)


@pytest.mark.parametrize(
    "later",
    [
        replace(CLUBS, ar="المستفيدات والمستفيدون من الأندية الصيفية للأطفال"),  # Arabic reworded
        replace(CLUBS, ar=""),  # French alone
        Label(ar="المستفيدون من الأنديـة الصيفيّة لفائدة الاطفال", fr=CLUBS.fr),  # spelled otherwise
        Label(ar=f"{CLUBS.ar} برسم سنة 2022", fr=f"{CLUBS.fr} en 2022"),  # with the year
        replace(CLUBS, fr="Enfants ayant bénéficié des clubs d'été"),  # French reworded
    ],
)
def test_a_table_that_one_language_words_alike_goes_on_in_the_same_series(later: Label) -> None:
    assembly = assemble([printed(2021, CLUBS), printed(2022, later)], CODEBOOK)
    assert len(indicators(assembly)) == 1
    assert {len(one.vintages) for one in assembly.series} == {2}
    assert len({one.observation_id for one in assembly.observations}) == 6
    assert {(one.report_id, bool(one.why)) for one in assembly.links} == {
        (f"{2021:012x}", True),
        (f"{2022:012x}", True),
    }


@pytest.mark.parametrize(
    "other",
    [
        Label(ar="المستفيدون من مراكز إيواء المسنين", fr=CLUBS.fr),  # the languages contradict each other
        Label(ar="المستفيدون من الأندية الشتوية لفائدة الأطفال", fr="Bénéficiaires des clubs d'hiver"),
        Label(ar=f"{CLUBS.ar} رقم 3", fr=f"{CLUBS.fr} n° 3"),
        Label(fr="Bénéficiaires des clubs de ski pour les enfants"),
    ],
)
def test_another_quantity_stays_apart(other: Label) -> None:
    assembly = assemble([printed(2021, CLUBS), printed(2022, other)], CODEBOOK)
    assert len(indicators(assembly)) == 2


def test_what_one_report_has_side_by_side_is_never_united() -> None:
    reworded = replace(CLUBS, ar="المستفيدات والمستفيدون من الأندية الصيفية للأطفال")
    assembly = assemble([printed(2021, CLUBS, reworded), printed(2022, CLUBS)], CODEBOOK)
    assert len(indicators(assembly)) == 2


def test_a_unit_of_its_own_keeps_a_series_of_its_own() -> None:
    later = printed(2022, replace(CLUBS, ar=""), unit="PT")
    assert len(indicators(assemble([printed(2021, CLUBS), later], CODEBOOK))) == 2


def test_what_is_only_alike_is_proposed_with_its_reasons() -> None:
    alike = Label(
        ar="المستفيدون من الأندية الصيفية لفائدة أطفال المدارس",
        fr="Bénéficiaires des clubs d'été pour enfants",
    )
    assembly = assemble([printed(2021, CLUBS), printed(2022, alike)], CODEBOOK)
    assert len(indicators(assembly)) == 2
    (proposal,) = assembly.proposals
    assert {proposal.indicator, proposal.other} == indicators(assembly)
    assert "% alike" in proposal.why


def test_the_order_of_the_reports_changes_nothing() -> None:
    reports = [
        printed(2021, CLUBS),
        printed(2022, replace(CLUBS, ar="")),
        printed(2023, replace(CLUBS, ar="المستفيدات والمستفيدون من الأندية الصيفية للأطفال")),
    ]
    assert assemble(reports, CODEBOOK) == assemble(reports[::-1], CODEBOOK)


def test_every_link_to_the_codebook_names_the_row_that_fits() -> None:
    assembly = assemble([said("بلغ عدد المستفيدين 26283 طفل في وضعية إعاقة المدعم تمدرسهم.")], CODEBOOK)
    assert all(one.why.startswith("cues.csv line ") == one.known for one in assembly.links)
    assert sum(one.observation_count for one in assembly.links) == len(assembly.observations)


def test_no_figure_is_lost_whatever_its_label() -> None:
    rows = (Label(ar="شيء غير معروف"), Label(fr="Inconnu au bataillon"), Label())
    assembly = assemble([printed(2021, Label(ar="عنوان لم ير من قبل"), rows=rows)], CODEBOOK)
    assert len(assembly.observations) == 3
    assert not any(one.indicator_known for one in assembly.observations)


def test_a_class_printed_in_one_language_alone_stays_the_class_it_was() -> None:
    both = (
        Label(ar="الورشات التربوية", fr="Ateliers éducatifs"),
        Label(ar="الخرجات الميدانية", fr="Sorties de terrain"),
    )
    later = (Label(fr="Ateliers éducatifs"), Label(ar="خرجات ميدانية", fr="Sorties de terrain"))
    assembly = assemble([printed(2021, CLUBS, rows=both), printed(2022, CLUBS, rows=later)], CODEBOOK)
    assert sorted(len(one.vintages) for one in assembly.series) == [2, 2]
    assert len([code for code in assembly.codes if code.list == "CL_ITEM"]) == 2
    assert len({one.observation_id for one in assembly.observations}) == 4


def test_two_classes_of_one_report_stay_two_whatever_their_french() -> None:
    rows = (Label(ar="الورشات", fr="Autres"), Label(ar="أخرى", fr="Autres"))
    assembly = assemble([printed(2021, CLUBS, rows=rows)], CODEBOOK)
    assert len(assembly.series) == 2


CRAFT = Label(ar="الصانعات التقليديات المكونات", fr="Artisanes formées")


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (CRAFT, Label(ar="الصناع التقليديون المكونون", fr="Artisans formés")),  # women alone, and all
        (
            Label(ar="الطلبة الممنوحون بالمعهد", fr="Étudiants boursiers de l'institut"),
            Label(
                ar="الطلبة غير الممنوحين بالمعهد", fr="Étudiants boursiers de l'institut"
            ),  # one more word that denies
        ),
        (
            Label(ar="المستفيدون من برنامج رفيق", fr="Bénéficiaires du programme Rafiq"),
            Label(
                ar="المستفيدون من برنامج أوراق", fr="Bénéficiaires du programme"
            ),  # what is left of one language is too little
        ),
    ],
)
def test_gender_denial_and_bare_words_keep_captions_apart(early: Label, late: Label) -> None:
    assert len(indicators(assemble([printed(2021, early), printed(2022, late)], CODEBOOK))) == 2


def test_a_name_and_its_abbreviation_are_one_when_the_codebook_lists_both() -> None:
    early = Label(
        ar="المتدربون بمراكز التكوين بالتدرج المهني",
        fr="Apprentis des centres de formation par apprentissage",
    )
    late = Label(ar=f"عدد {early.ar}", fr="Apprentis des CFA")
    assembly = assemble([printed(2021, early), printed(2022, late)], CODEBOOK)
    assert len(indicators(assembly)) == 1
    assert any("labels.csv" in link.why for link in assembly.links)


def test_women_who_are_accompanied_are_not_those_of_the_programme_that_accompanies_women() -> None:
    women = Label(ar="النساء المقاولات المواكبات", fr="Femmes porteuses de projets accompagnées")
    assert not any(one.indicator_known for one in assemble([printed(2021, women)], CODEBOOK).observations)
