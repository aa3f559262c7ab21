"""What the figures of a table are counted in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.codebook.loading import load
from pipeline.model.place import Box
from pipeline.model.reading import Cell, Label, Table
from pipeline.readings.cells.cellunits import Unit, cell_unit, unit_of
from pipeline.readings.cells.unitlines import names_unit, unsaid_columns
from tests.readings.drawn import read, table

CODEBOOK = load()
MILLIONS = ("الاعتمادات بملايين الدراهم", "", "")


@pytest.mark.parametrize(
    ("column", "row", "unit", "power"),
    [
        ("المنفذة", "الأشخاص المسنون", "MAD", 6),
        ("المنفذة", "عدد المستفيدين", "PS", 0),
        ("المستفيدون", "الأشخاص المسنون", "PS", 0),
        ("نسبة التنفيذ", "النساء في وضعية صعبة", "PT", 0),
    ],
)
def test_rows_of_a_budget_are_what_it_is_spent_on_unless_they_say_that_they_count(
    column: str, row: str, unit: str, power: int
) -> None:
    told = cell_unit((column, "", row, ""), MILLIONS, CODEBOOK)
    assert (told.code, 0 if told.code == "PT" else told.power) == (unit, power)


def test_the_innermost_tier_of_a_head_tells_the_unit() -> None:
    assert unit_of(("12 - 18 سنة / إناث / %",), CODEBOOK).code == "PT"
    assert unit_of(("المستفيدون / نساء",), CODEBOOK).code == "PS"


@pytest.mark.parametrize("head", ["الدعم (م.د)", "الدعم (م.درهم)", "Dotation (MDH)"])
def test_millions_of_dirhams_are_known_by_their_short_forms(head: str) -> None:
    told = unit_of((head,), CODEBOOK)
    assert isinstance(told, Unit)
    assert (told.code, told.power) == ("MAD", 6)


@pytest.mark.parametrize(
    ("line", "power"),
    [
        ("باعتمادات قدرها 386 مليون درهم", 0),
        ("Une dotation de 4,6 millions de dirhams", 0),
        ("تنفيذ الميزانية 2022 بملايين الدراهم", 6),
        ("Budget 2022 (en millions de dirhams)", 6),
    ],
)
def test_a_sum_told_in_a_line_above_a_table_is_no_unit_of_its_figures(line: str, power: int) -> None:
    assert cell_unit(("2022", "", "الاستماع", ""), (line, "", ""), CODEBOOK).power == power


@pytest.mark.parametrize(
    ("row", "line", "unit"),
    [
        ("Femme", "Subventions versées (en DH)", "MAD"),
        ("Personnes âgées", "en dirhams", "MAD"),
        ("الأشخاص المسنون", "بالدرهم", "MAD"),
        ("Nombre de femmes", "Subventions versées (en DH)", "PS"),
        ("Femmes", "Bénéficiaires des 300 dirhams par mois", "PS"),
    ],
)
def test_rows_of_a_table_in_dirhams_are_what_they_are_spent_on(row: str, line: str, unit: str) -> None:
    assert cell_unit(("T1", "", row, ""), (line, "", ""), CODEBOOK).code == unit


def test_a_difference_beside_columns_of_money_is_money() -> None:
    heads = {
        0: Label(ar="الاعتمادات"),
        1: Label(ar="المستفيدون"),
        2: Label(ar="الفارق"),
        3: Label(ar="البيان"),
    }
    assert unsaid_columns(budget("بملايين الدراهم"), heads, CODEBOOK) == {3}


def test_a_unit_line_of_money_is_not_said_of_a_column_beside_one_that_is_named_after_money() -> None:
    table = budget("توزيع المستفيدين (بملايين الدراهم)")
    heads = {0: Label(fr="Coût"), 1: Label(fr="Emplois créés"), 2: Label(fr="Nombre de projets")}
    assert unsaid_columns(table, heads, CODEBOOK) == {1}
    assert unsaid_columns(table, {0: Label(fr="Entraide"), 1: Label(fr="Agence")}, CODEBOOK) == set()


def test_figures_with_the_decimals_of_those_of_money_beside_them_are_money() -> None:
    heads = {0: Label(fr="Crédits"), 1: Label(fr="Réalisé"), 2: Label(fr="Rubrique")}
    assert unsaid_columns(budget("(MDH)", ("38,40", "37,95", "12")), heads, CODEBOOK) == {2}


def test_what_is_left_of_the_credits_is_money() -> None:
    heads = {i: Label(fr=head) for i, head in enumerate(("Crédits ouverts", "Crédits consommés", "Reliquat"))}
    assert unsaid_columns(budget("en MDH"), heads, CODEBOOK) == set()


def budget(note: str, row: tuple[str, ...] = ()) -> Table:
    """A table with a unit line and one row."""
    place = Box(0, 0, 9, 9)
    cells = tuple(Cell(row=1, column=c, text=text, box=place) for c, text in enumerate(row))
    return Table(
        table_id="t",
        report_id="r",
        page=1,
        box=place,
        cells=cells,
        row_count=2,
        column_count=3,
        unit_note=note,
    )


def test_the_last_line_of_a_paragraph_about_money_is_no_unit_line_of_the_table_below() -> None:
    rows = (("Sexe", "8-11 ans", "12-15 ans"), ("Filles", "612", "488"), ("Garçons", "540", "507"), ("Total", "1 152", "995"))
    for end in ("6,3 MDH.", "6,3 MDH"):
        text = f"<p>Le programme a touché 2 946 jeunes ; sa dotation globale s’élève en 2018 à<br>{end}</p>"
        said = read(text + table(rows, "full"))
        assert {r.value for r in said.readings if r.kind == "cell"} >= {612, 488, 540, 507}


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("إثبات النسب", Unit()),
        ("تطور نسب التمدرس", Unit("PT", "نسب")),
        ("قضايا الأسرة", Unit()),
        ("مدونة الأسرة / عدد الأسر", Unit("NUMBER", "أسر")),
        ("مراكز حماية الطفل", Unit("NUMBER", "مراكز")),
        ("Code de la famille", Unit()),
        ("Femme", Unit("PS", "femme")),
    ],
)
def test_what_a_label_is_about_is_not_what_it_counts(label: str, unit: Unit) -> None:
    assert unit_of([label], CODEBOOK) == unit


def test_a_million_in_a_name_scales_nothing() -> None:
    assert unit_of(["مستفيدو مبادرة مليون محفظة"], CODEBOOK).power == 0
    assert unit_of(["Opération un million de cartables"], CODEBOOK).power == 0
    assert unit_of(["المبلغ (مليون)"], CODEBOOK).power == 6
    assert unit_of(["السكان (ألف نسمة)"], CODEBOOK) == Unit("PS", "سكان", 3)
    assert unit_of(["المبلغ مليون د.م"], CODEBOOK).power == 6


def test_a_bracket_tells_the_unit_of_a_table_whose_other_title_names_what_it_counts() -> None:
    captions = ("المشاريع حسب الأحياء", "Projets engagés (montants en milliers de dirhams)")
    told = cell_unit(("", "Voirie / Montant", "", "Ville haute"), captions, CODEBOOK)
    assert (told.code, told.power) == ("MAD", 3)
    assert cell_unit(("", "Voirie / Projets", "", "Ville haute"), captions, CODEBOOK).code == "NUMBER"


@pytest.mark.parametrize(
    ("row", "code"), [("Part de TVA", "MAD"), ("Part patronale", "MAD"), ("Part du total", "PT"), ("Part (%)", "PT")]
)
def test_in_a_table_of_money_a_part_is_a_sum_but_of_a_whole(row: str, code: str) -> None:
    assert cell_unit(("", "Prévisions", "", row), ("Recettes (en MDH)",), CODEBOOK).code == code


def test_a_scale_of_all_counts_goes_for_those_that_say_what_they_count() -> None:
    lines = ("الوحدة: ألف شخص / Unité : millier de personnes", "المستفيدون حسب المحاور", "Bénéficiaires par axe")
    women = cell_unit(("منهم نساء", "dont femmes", "المساعدة", "Assistance"), lines, CODEBOOK)
    assert (women.code, women.power) == ("PS", 3)
    total = cell_unit(("المجموع", "Total", "المساعدة", "Assistance"), lines, CODEBOOK)
    assert (total.code, total.power) == ("PS", 3)
    assert cell_unit(("النسبة", "Taux", "المساعدة", "Assistance"), lines, CODEBOOK).power == 0


def test_a_scale_in_the_bracket_of_a_title_goes_for_all_counts_of_its_table() -> None:
    for captions in (("", "المستفيدون حسب الجنس (بالآلاف)", ""), ("", "المستفيدون", "Bénéficiaires (en milliers)")):
        told = cell_unit(("نساء", "Femmes", "2021", "2021"), captions, CODEBOOK)
        assert (told.code, told.power) == ("PS", 3)
    assert cell_unit(("نساء", "", "2021", ""), ("", "مبادرة مليون محفظة", ""), CODEBOOK).power == 0


def test_a_scale_in_a_bracket_within_a_title_goes_for_counts_but_for_no_mean_of_anything_else() -> None:
    lines = ("الأسر (بالآلاف) حسب الوسط", "Ménages (en milliers) selon le milieu")
    assert cell_unit(("الأسر / 2022", "Ménages / 2022", "المجموع", "Total"), lines, CODEBOOK).power == 3
    assert cell_unit(("المتوسط السنوي", "Moyenne annuelle", "المجموع", "Total"), lines, CODEBOOK).power == 3
    for row in (("المجموع", "Total"), ("رب أسرة ذكر", "Chef de ménage homme")):
        for head in (("متوسط الحجم", "Taille moyenne"), ("", "Âge moyen"), ("الحجم المتوسط", "")):
            assert cell_unit((*head, *row), lines, CODEBOOK).power == 0
    for level in ("التعليم المتوسط", "Cadres moyens"):
        assert cell_unit((level, level, "المجموع", "Total"), lines, CODEBOOK).power == 3
    mean = cell_unit(("متوسط عدد المستفيدين", "Nombre moyen de bénéficiaires", "", ""), lines, CODEBOOK)
    assert mean.power == 3


def test_a_mean_of_what_is_counted_is_no_money_in_a_table_of_money() -> None:
    told = cell_unit(("معدل النزلاء للمؤسسة", "", "2019", ""), ("تطور المؤسسات والدعم (بمليون درهم)",), CODEBOOK)
    assert (told.code, told.power) == ("PS", 0)
    assert cell_unit(("متوسط الدعم للجمعية", "", "2019", ""), ("الدعم (بمليون درهم)",), CODEBOOK).code == "MAD"


@pytest.mark.parametrize(
    ("row", "unit"),
    [
        ("dont centimes additionnels", Unit()),
        ("Produit des centimes additionnels", Unit()),
        ("السنتيمات الإضافية", Unit()),
        ("Prix du kilo (centimes)", Unit("MAD", "centimes", -2)),
        ("Prix en centimes", Unit("MAD", "centimes", -2)),
        ("Redevance, centimes par litre", Unit("MAD", "centimes", -2)),
        ("الثمن بالسنتيم للكيلوغرام", Unit("MAD", "سنتيم", -2)),
    ],
)
def test_a_tax_named_after_centimes_is_not_told_in_them(row: str, unit: Unit) -> None:
    assert unit_of((row,), CODEBOOK) == unit


def test_sums_with_a_sign_of_money_glued_or_scaled_are_figures() -> None:
    rows = [
        ("Partenaire", "Montant"),
        ("Union européenne", "10,5 M€"),
        ("Banque mondiale", "$450,000"),
        ("Coopération", "450 k€"),
        ("Etat", "12,5 M DH"),
    ]
    said = {r.row_label.fr: (r.value, r.unit_measure) for r in read(table(rows, "full")).readings}
    assert said == {
        "Union européenne": (Decimal(10_500_000), "EUR"),
        "Banque mondiale": (Decimal(450_000), "USD"),
        "Coopération": (Decimal(450_000), "EUR"),
        "Etat": (Decimal(12_500_000), "MAD"),
    }


def test_a_scale_over_a_group_of_columns_is_of_what_each_of_them_counts() -> None:
    told = unit_of(["الأشخاص في وضعية إعاقة (بالآلاف) / ذكور"], load())
    assert (told.code, told.power) == ("PS", 3)
    told = unit_of(["Dépenses (en millions de DH) / Bénéficiaires"], load())
    assert (told.code, told.power) == ("PS", 0)


@pytest.mark.parametrize(
    "head", ["Évolution (points)", "التطور (نقطة)", "Écart en points", "Taux d’occupation / Évolution (pts)"]
)
def test_differences_of_percents_are_points(head: str) -> None:
    assert unit_of([head], load()).code == "PP"


def test_points_of_sale_are_counted() -> None:
    assert unit_of(["Points de vente"], load()).code == "NUMBER"


def test_a_cell_may_tell_that_its_change_is_in_points() -> None:
    rows = [["Effectif", "318", "274", "+16,1"], ["Taux", "91,4", "93,0", "-1,6 pt"], ["Prêts", "41", "56", "-26,8"]]
    said = read(table([["Indicateur", "2023", "2022", "Variation (%)"], *rows], "full")).readings
    told = {r.raw: (str(r.value), r.unit_measure) for r in said}
    assert told["-1,6 pt"] == ("-1.6", "PP")
    assert told["-26,8"] == ("-26.8", "PT")


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("المعدلات الحيوية (لكل ألف من السكان)", "لكل ألف"),
        ("Décès pour 100 000 naissances", "pour 100 000"),
        ("Taux de natalité (‰)", "‰"),
        ("معدل الوفيات (في الألف)", "في الألف"),
    ],
)
def test_a_rate_for_so_many_is_neither_scaled_nor_a_count_of_people(head: str, label: str) -> None:
    assert unit_of([head], load()) == Unit("NUMBER", label, 0)
    assert cell_unit(["", "", "", ""], [head], load()) == Unit("NUMBER", label, 0)


def test_people_counted_by_the_thousand_are_scaled() -> None:
    assert unit_of(["السكان (بالآلاف)"], load()).power == 3
    assert unit_of(["الإيرادات (بالألف درهم)"], load()).power == 3


def test_cells_of_values_may_say_what_they_count() -> None:
    rows = [["Centres", "45 centres"], ["Inscrits", "1 234 bénéficiaires"], ["Budget", "12,5 MDH"], ["Durée", "3 mois"]]
    said = read(table([["Indicateur", "Valeur"], *rows], "full")).readings
    told = {r.row_label.fr: (str(r.value), r.unit_measure, r.unit_label) for r in said}
    assert told["Centres"] == ("45", "NUMBER", "centres")
    assert told["Inscrits"] == ("1234", "PS", "bénéficiaires")
    assert told["Budget"][:2] == ("12500000.0", "MAD")
    assert told["Durée"] == ("3", "NUMBER", "mois")


def test_ages_that_name_rows_are_no_values() -> None:
    rows = [["5 ans", "120"], ["10 ans", "98"], ["15 ans", "76"]]
    said = read(table([["Âge", "Nombre"], *rows], "full")).readings
    assert [r.raw for r in said] == ["120", "98", "76"]


@pytest.mark.parametrize(
    "labels", [("حصة النساء (%)", "Part femmes (%)"), ("حصة النساء", "Part femmes (%)"), ("", "Femmes (en %)")]
)
def test_a_percent_sign_in_brackets_goes_before_what_shares_are_of(labels: tuple[str, str]) -> None:
    assert cell_unit((*labels, "المجموع", "Total"), ("المستفيدون", "Bénéficiaires"), CODEBOOK).code == "PT"


def test_a_title_of_shares_that_ends_with_their_sign_tells_the_unit_of_persons_by_sex() -> None:
    lines = ("", "نسبة النشاط حسب السن (%)", "Taux d’activité selon l’âge et le sexe, 2023 (en %)")
    assert cell_unit(("نساء / حضري", "Femmes / Urbain", "المجموع", "Ensemble"), lines, CODEBOOK).code == "PT"
    assert cell_unit(("عدد النساء", "Nombre de femmes", "", ""), lines, CODEBOOK).code == "PS"
    counts = ("", "", "Effectifs et taux d’activité des femmes (en %)")
    assert cell_unit(("نساء", "Femmes", "", ""), counts, CODEBOOK).code == "PS"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("وثلاثة آلاف", False), ("ثلاثة ملايين درهم", False), ("trois millions de dirhams", False),
        ("بالآلاف", True), ("(بآلاف الدراهم)", True), ("مليون درهم", True), ("en milliers de dirhams", True),
        ("آلاف", True), ("En millions de DH", True),
    ],
)  # fmt: skip
def test_how_many_thousands_there_are_is_the_end_of_a_sentence_and_no_unit_of_a_table(text: str, unit: bool) -> None:
    assert names_unit(text, load()) is unit
