"""One quantity over reports that word, translate or lay it out in another way; what is only alike is proposed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from time import process_time

import pytest

from pipeline.codebook.loading import load
from pipeline.codebook.participles import participle
from pipeline.codebook.wording import fold, forms
from pipeline.model.assembly import Assembly
from pipeline.model.extraction import Extraction
from pipeline.model.place import Box, Locus
from pipeline.model.reading import Label, Reading, Table
from pipeline.series.assemble import assemble
from pipeline.series.titles import Titles
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
            Label(ar="المستفيدات من أندية الشطرنج", fr="Bénéficiaires des clubs d'échecs"),
            Label(ar="المستفيدون من أندية الشطرنج", fr="Bénéficiaires des clubs d'échecs"),
        ),
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


def told_again(year: int, *captions: Label, first: int = 0, shift: int = 0) -> Extraction:
    """A report of one table a caption, its columns the year itself and the two before."""
    held = printed(year, *captions)
    readings = [
        replace(
            one,
            reading_id=f"{one.reading_id}-c{column}",
            column=column,
            column_label=Label(ar=str(told), fr=str(told)),
            value=Decimal(1000 * (one.row or 0) + told + shift),
            raw="",
        )
        for one in held.readings
        for column, told in enumerate(range(max(first, year - 2), year + 1), start=1)
    ]
    return replace(held, readings=tuple(readings))


GARDENS = Label(
    ar="المستفيدون من الحدائق المشتركة بالقرى", fr="Bénéficiaires des jardins partagés des villages"
)
ORCHARDS = Label(
    ar="المستفيدون من البساتين المشتركة بالقرى", fr="Bénéficiaires des vergers partagés des villages"
)


def test_other_words_are_one_quantity_when_the_later_report_tells_the_years_before_again() -> None:
    assembly = assemble([told_again(2021, GARDENS), told_again(2022, ORCHARDS)], CODEBOOK)
    assert len(indicators(assembly)) == 1
    assert any("values told again" in link.why for link in assembly.links)


def test_other_words_stay_apart_when_what_is_told_of_the_years_before_differs() -> None:
    assembly = assemble([told_again(2021, GARDENS), told_again(2022, ORCHARDS, shift=1)], CODEBOOK)
    assert len(indicators(assembly)) == 2


def test_two_tables_of_one_report_with_equal_values_stay_two() -> None:
    assembly = assemble([told_again(2021, GARDENS), told_again(2022, ORCHARDS, GARDENS)], CODEBOOK)
    assert len(indicators(assembly)) == 2


WORKSHOPS = Label(ar="الأطفال المسجلون بالورشات التربوية", fr="Enfants inscrits aux ateliers éducatifs")
IN_CARE = Label(
    ar="الأطفال المتكفل بهم بالورشات التربوية", fr="Enfants pris en charge dans les ateliers éducatifs"
)


def test_how_one_takes_part_may_change_in_both_languages_at_once() -> None:
    assembly = assemble([printed(2021, WORKSHOPS), printed(2022, IN_CARE)], CODEBOOK)
    assert len(indicators(assembly)) == 1
    (why,) = [link.why for link in assembly.links if "one with" in link.why]
    assert f"one with «{WORKSHOPS.ar}" in why
    assert "but for how one takes part" in why


@pytest.mark.parametrize("both_in", [2021, 2022, 2023])
def test_how_one_takes_part_tells_quantities_apart_once_a_report_prints_two_side_by_side(
    both_in: int,
) -> None:
    third = Label(
        ar="الأطفال المستفيدون من الورشات التربوية", fr="Enfants bénéficiaires des ateliers éducatifs"
    )
    captions = {2021: [WORKSHOPS], 2022: [IN_CARE], 2023: [WORKSHOPS]}
    captions[both_in].append(third)
    assembly = assemble([printed(year, *held) for year, held in captions.items()], CODEBOOK)
    assert len(indicators(assembly)) == 3
    assert any("but for how one takes part" in one.why for one in assembly.proposals)


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (
            Label(
                ar="المستفيدون الفعليون من التكوين الرقمي",
                fr="Bénéficiaires effectifs de la formation numérique",
            ),
            Label(
                ar="المستفيدون المتوقعون من التكوين الرقمي",
                fr="Bénéficiaires programmés de la formation numérique",
            ),
        ),
        (
            Label(ar="المتدرجون بالوسط القروي", fr="Apprentis en formation"),
            Label(ar="المتدرجون بالوسط الحضري", fr="Apprentis en formation"),
        ),
    ],
)
def test_planned_and_achieved_or_rural_and_urban_are_never_one(early: Label, late: Label) -> None:
    assert len(indicators(assemble([printed(2021, early), printed(2022, late)], CODEBOOK))) == 2


def test_a_language_that_words_two_tables_of_a_report_alike_tells_nothing_apart() -> None:
    early = Label(ar="المستفيدون من أندية المسرح", fr="Bénéficiaires des clubs artistiques")
    beside = Label(ar="المستفيدون من أندية الموسيقى", fr="Bénéficiaires des clubs artistiques")
    late = Label(ar="المستفيدون من أندية الرسم", fr="Bénéficiaires des clubs artistiques")
    assert len(indicators(assemble([printed(2021, early, beside), printed(2022, late)], CODEBOOK))) == 3


@pytest.mark.parametrize(
    "caption",
    [
        Label(ar="النساء المستفيدات من الإيواء بالفضاءات متعددة الوظائف", fr="Femmes hébergées dans les EMF"),
        Label(
            ar="النساء المكونات في إطار برنامج جسر التمكين والريادة",
            fr="Femmes formées dans le cadre du programme Jisr Autonomisation et Leadership",
        ),
    ],
)
def test_a_part_of_those_whom_a_programme_serves_is_not_all_of_them(caption: Label) -> None:
    assert not any(one.indicator_known for one in assemble([printed(2021, caption)], CODEBOOK).observations)


def test_older_people_in_care_in_homes_are_people_and_no_homes() -> None:
    caption = Label(
        ar="الأشخاص المسنون المتكفل بهم بمؤسسات الرعاية الاجتماعية",
        fr="Personnes âgées prises en charge dans les EPS",
    )
    assert indicators(assemble([printed(2021, caption)], CODEBOOK)) == {"ELD_EPS_BENEF_N"}


RESULTS = Label(ar="حصيلة المنجزات", fr="Bilan des réalisations")


def test_a_row_that_is_reworded_goes_on_and_its_link_says_why() -> None:
    early = (
        Label(ar="المراكز المحدثة بالوسط القروي", fr="Centres créés en milieu rural"),
        Label(ar="القوافل الطبية المنظمة", fr="Caravanes médicales"),
    )
    late = (
        Label(
            ar="عدد المراكز التي تم إحداثها بالوسط القروي", fr="Nombre de centres créés dans le milieu rural"
        ),
        Label(ar="القوافل الطبية المنظمة", fr="Caravanes médicales"),
    )
    assembly = assemble([printed(2021, RESULTS, rows=early), printed(2022, RESULTS, rows=late)], CODEBOOK)
    assert sorted(len(one.vintages) for one in assembly.series) == [2, 2]
    (why,) = [one.why for one in assembly.links if one.report_id == f"{2022:012x}"]
    assert f"«{late[0].ar} / {late[0].fr}» is one with «{early[0].ar} / {early[0].fr}»" in why


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (Label(ar="المراكز المحدثة بالقرى"), Label(ar="المراكز المغلقة بالقرى")),
        (Label(ar="عدد طلبات المنح الجامعية"), Label(ar="عدد طلبة المنح الجامعية")),  # one stem, two things
        (Label(ar="فتيات الأقسام الداخلية"), Label(ar="فتيان الأقسام الداخلية")),
        (
            Label(ar="المشاريع المبرمجة بالجهة", fr="Projets programmés dans la région"),
            Label(ar="المشاريع التي تم إنجازها بالجهة", fr="Projets réalisés dans la région"),
        ),
    ],
)
def test_rows_of_other_things_stay_apart(early: Label, late: Label) -> None:
    other = Label(ar="القوافل الطبية المنظمة", fr="Caravanes médicales")
    reports = [printed(2021, RESULTS, rows=(early, other)), printed(2022, RESULTS, rows=(late, other))]
    assert sorted(len(one.vintages) for one in assemble(reports, CODEBOOK).series) == [1, 1, 2]


def test_a_row_that_is_only_alike_is_proposed() -> None:
    other = Label(ar="القوافل الطبية المنظمة", fr="Caravanes médicales")
    early = (Label(ar="الأطفال المسحوبون من العمل", fr="Enfants retirés du travail"), other)
    late = (
        Label(ar="عدد الأطفال الذين تم سحبهم من العمل", fr="Enfants travailleurs retirés du travail"),
        other,
    )
    assembly = assemble([printed(2021, RESULTS, rows=early), printed(2022, RESULTS, rows=late)], CODEBOOK)
    assert len(assembly.series) == 3
    (proposal,) = assembly.proposals
    assert proposal.why.startswith("rows «")


@pytest.mark.parametrize(
    ("said", "made"),
    [("إحداثها", "المحدثة"), ("تسجيلهم", "المسجلون"), ("سحبهم", "المسحوبون"), ("استقبالهن", "المستقبلات"),
     ("إيداعهم", "المودعون"), ("تأهيلها", "المؤهلة"), ("التكوين", "")],
)  # fmt: skip
def test_what_was_done_is_a_participle_too(said: str, made: str) -> None:
    words = fold(f"التي تم {said}").split()
    found = participle(words, 2, CODEBOOK.matching.participles)
    assert bool(found) == bool(made)
    assert not made or found in forms(fold(made))


def test_a_title_of_thousands_of_words_is_read_word_by_word() -> None:
    took = []
    for count in (1_000, 4_000):
        title = fold(" ".join(["التي تم إحداثها"] * count))
        begun = process_time()
        Titles(CODEBOOK).words([title])
        took.append(process_time() - begun)
    assert took[1] < 8 * took[0] + 0.5


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (
            Label(ar="المستفيدون من التكوين في لغة الإشارة", fr="Bénéficiaires de la formation en langue des signes"),
            Label(ar="المكونون في لغة الإشارات", fr="Personnes formées en langue des signes"),
        ),
        (
            Label(ar="المبالغ المصروفة للجمعيات المحلية", fr="Montants versés aux associations locales"),
            Label(ar="المبالغ المصروفة للجمعيات المحلية", fr="Sommes versées aux associations locales"),
        ),
        (
            Label(ar="النساء الحاضنات للأيتام بالقرى", fr="Femmes élevant des orphelins"),
            Label(ar="النساء الحاضنات للأطفال الأيتام بالقرى", fr="Femmes élevant des orphelins"),
        ),
    ],
)
def test_plurals_of_things_and_what_a_word_implies_keep_nothing_apart(early: Label, late: Label) -> None:
    assert len(indicators(assemble([printed(2021, early), printed(2022, late)], CODEBOOK))) == 1
