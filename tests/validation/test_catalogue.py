"""Each check of the catalogue that a report can set off: a true fault is told, what only looks like one is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.language.quantities import find
from pipeline.model.finding import Finding, Severity
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Label, Mention, Qualifier, Reading
from pipeline.validation import rules as rules_module
from pipeline.validation.prose.sentences import from_hijri
from pipeline.validation.rules import RULES
from pipeline.validation.years.partial import last_month
from tests.validation.test_rules import CODEBOOK, judged, reading, report, rules, told

PLACE = Locus("r1", 4, Box(0, 0, 9, 9))


def said(text: str, *, year: int = 2023) -> list[str]:
    """Rules that a sentence of a report sets off."""
    readings, mentions = [], []
    for i, one in enumerate(find(text)):
        if one.kind in ("number", "percent", "currency") and not one.bare:
            given = {
                "value": one.value, "resolution": one.resolution, "unit_measure": one.unit, "unit_label": one.unit_label,
                "qualifier": Qualifier(one.qualifier), "measure": one.measure, "sentence": text, "locus": PLACE,
            }  # fmt: skip
            readings.append(replace(reading("1", reading_id=f"s{i}"), raw=one.raw, **given))  # type: ignore[arg-type]
        else:
            kind, value = one.named or one.kind, one.text_value
            mentions.append(
                Mention(mention_id=f"m{i}", locus=PLACE, kind=kind, raw=one.raw, value=value, sentence=text)
            )
    return rules(judged(readings, mentions=mentions, reports=[report(year=year)]))


def test_a_misspelled_unit_is_understood_and_told() -> None:
    assert said("بمبلغ 7 مليون درعم") == ["CEL-14"]
    assert said("بمبلغ 7 مليون درهم") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("استفاد من القوافل 8 و11 ألف شخص", ["CEL-16"]),
        ("استفاد من القوافل ما بين 8 و11 ألف شخص", []),
        ("Les caravanes ont touché 8 et 11 mille personnes", ["CEL-16"]),
        ("Les caravanes ont touché 8 000 et 11 000 personnes", []),
        ("بكلفة 8 و11 مليون درهم", []),  # nobody gives eight dirhams
    ],
)
def test_a_scale_word_behind_two_counts_may_be_of_the_second_alone(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تم إحداث خمسة عشر (51) مركزا", ["CEL-07"]),
        ("تم إحداث خمسة عشر (15) مركزا", []),
        ("Trois mille (300) bénéficiaires", ["CEL-07"]),
        ("Trois mille (3 000) bénéficiaires", []),
        ("ثلاثة مراكز (2)", []),  # a footnote behind the noun
        ("المرحلة الثانية (2023) من البرنامج", []),
        ("quatre centres dont un (1) à Fès", []),
    ],
)
def test_a_number_in_words_is_the_one_in_brackets_behind_it(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الظهير الشريف الصادر في 15 من ذي الحجة 1442 (26 يوليو 2021)", []),
        ("بتاريخ 15 رمضان 1444 الموافق ل 7 أبريل 2023", []),
        ("بتاريخ 15 رمضان 1444 الموافق ل 7 أبريل 2022", ["CEL-09"]),
        ("بتاريخ 15 شعبان 1444 الموافق ل 7 أبريل 2023", ["CEL-09"]),
        ("في 15 رمضان 1444 صدر القانون الذي عرض على المجلس الوزاري المنعقد يوم 2 مارس 2021", []),  # two days
    ],
)
def test_a_hijri_date_is_the_day_beside_it_but_for_the_moon(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_the_tabular_calendar_is_never_far_from_the_days_that_were() -> None:
    days = {
        "1 محرم 1445": date(2023, 7, 19),
        "1 رمضان 1443": date(2022, 4, 2),
        "10 ذو الحجة 1440": date(2019, 8, 11),
    }
    assert all(abs((from_hijri(text) or date.min) - day).days <= 1 for text, day in days.items())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("استفاد 12000 مستفيد من أصل 15000 مستفيد، أي بنسبة 80%", []),
        ("استفاد 12000 مستفيد من أصل 15000 مستفيد، أي بنسبة 85%", ["DOC-07"]),
        ("12 000 bénéficiaires sur un total de 15 000 bénéficiaires, soit 85 %", ["DOC-07"]),
        ("12 000 bénéficiaires sur 15 000 bénéficiaires, dont 60 % de femmes", []),  # of whom
        ("2 bénéficiaires sur 3 bénéficiaires, soit 67 %", []),
    ],
)
def test_so_many_of_so_many_are_that_many_percent(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_a_report_does_not_tell_of_a_day_two_years_after_its_year() -> None:
    assert said("نظم اللقاء يوم 12 ماي 2032 بالرباط") == ["DOC-13"]
    assert said("نظم اللقاء يوم 12 ماي 2024 بالرباط") == []  # a report of 2023 is written in 2024
    assert said("في أفق 2030") == []


HEADS = {"n": Label(fr="Nombre de bénéficiaires"), "p": Label(fr="Pourcentage"), "c": Label(fr="Cumul")}


def cells(rows: Sequence[tuple[str, ...]], heads: Sequence[str], banner: str = "") -> list[Reading]:
    """A table: label and figures of each row."""
    held = []
    for r, (label, *raws) in enumerate(rows):
        for c, raw in enumerate(raws):
            head = HEADS.get(heads[c], Label(fr=heads[c]))
            given = {"row": r, "column": c, "row_label": Label(fr=label), "column_label": head}
            held.append(reading(raw, reading_id=f"t-r{r}-c{c}", kind="cell", table_id="r1-t", **given))
    if banner:
        held.append(reading(banner, reading_id="t-b", kind="cell", table_id="r1-t"))
    return held


def test_percents_of_few_people_are_of_whole_people() -> None:
    rows = [("Fès", "33,33%"), ("Oujda", "66,67%"), ("Total", "100,00%")]
    assert rules(judged(cells(rows, ["p"], banner="12"))) == []
    wrong = [("Fès", "35,00%"), ("Oujda", "65,00%"), ("Total", "100,00%")]
    found = judged(cells(wrong, ["p"], banner="12")).findings
    assert {f.rule for f in found} == {"TAB-11"}
    assert any("4 ÷ 12 = 33.33 %" in f.message_en for f in found)
    assert (
        rules(judged(cells(wrong, ["p"], banner="25 400"))) == []
    )  # with so many every percent has its count


def test_a_total_above_a_table_is_the_one_inside_if_it_is_like_it() -> None:
    rows = [("Fès", "100"), ("Oujda", "200"), ("Total", "300")]
    for banner, severity in (("310", Severity.ERROR), ("3 000", Severity.ERROR), ("2 150", Severity.WARNING)):
        assert [(f.rule, f.severity) for f in judged(cells(rows, ["n"], banner=banner)).findings] == [
            ("TAB-05", severity)
        ]
    assert rules(judged(cells(rows, ["n"], banner="300"))) == []


def test_decimals_that_are_cut_off_are_told_once_and_are_no_error() -> None:
    rows = [("Fès", "100", "11,66%"), ("Oujda", "200", "23,33%"), ("Salé", "557", "65,00%")]
    cut = [*rows[:2], ("Salé", "557", "64,99%"), ("Total", "857", "100,00%")]
    assert [(f.rule, f.severity) for f in judged(cells(cut, ["n", "p"])).findings] == [
        ("TAB-15", Severity.INFORMATION)
    ]
    one = [
        ("Fès", "100", "11,66%"),
        ("Oujda", "200", "23,34%"),
        ("Salé", "557", "64,99%"),
        ("Total", "857", "100,00%"),
    ]
    assert rules(judged(cells(one, ["n", "p"]))) == [
        "TAB-03"
    ]  # one that does not fit being cut off either way
    rounded = [
        ("Fès", "100", "11,67%"),
        ("Oujda", "200", "23,34%"),
        ("Salé", "557", "64,99%"),
        ("Total", "857", "100,00%"),
    ]
    assert rules(judged(cells(rounded, ["n", "p"]))) == []


REGIONS = [t.name_fr for t in CODEBOOK.territories if t.level == "region" and t.holds_in(2023)]


def test_a_table_by_regions_has_all_of_them() -> None:
    def by_region(names: Sequence[str], total: int | None) -> list[tuple[str, Severity]]:
        rows = [(name, str(101 + 7 * i)) for i, name in enumerate(names)]
        rows += [("Total", str(total))] if total else []
        return [(f.rule, f.severity) for f in judged(cells(rows, ["n"])).findings]

    assert len(REGIONS) == 12
    assert by_region(REGIONS, None) == []
    assert by_region(REGIONS[:11], None) == [("TAB-12", Severity.WARNING)]
    assert by_region(REGIONS[:11], sum(101 + 7 * i for i in range(11))) == [("TAB-12", Severity.INFORMATION)]
    assert by_region(REGIONS[:3], None) == []  # a programme of three regions


def test_two_lines_of_a_table_do_not_hold_the_same_figures() -> None:
    rows = [("Fès", "21 764", "22 900"), ("Oujda", "21 764", "22 900"), ("Salé", "3 412", "3 388")]
    assert rules(judged(cells(rows, ["2021", "2022"]))) == ["TAB-13"]
    small = [
        ("Fès", "12", "12"),
        ("Oujda", "12", "12"),
        ("Salé", "3 000", "5 000"),
        ("Taza", "3 000", "5 000"),
    ]
    assert rules(judged(cells(small, ["Hommes", "Femmes"]))) == []
    years = [("Fès", "21 764", "21 764"), ("Oujda", "3 412", "3 412"), ("Salé", "987", "987")]
    assert rules(judged(cells(years, ["2021", "2022"]))) == ["TAB-13"]
    assert rules(judged(cells(years, ["Prévu", "Réalisé"]))) == []  # all that was planned was done
    alone = [("Fès", "21 764", "22 900"), ("Total", "21 764", "22 900")]
    assert rules(judged(cells(alone, ["2021", "2022"]))) == []


def test_a_running_total_grows_by_what_came() -> None:
    rows = [("2020", "120", "120"), ("2021", "150", "270"), ("2022", "90", "360"), ("2023", "210", "570")]
    assert rules(judged(cells(rows, ["n", "c"]))) == []
    wrong = [*rows[:3], ("2023", "210", "750")]
    found = judged(cells(wrong, ["n", "c"])).findings
    assert [f.rule for f in found] == ["TAB-14"]
    assert "360 + 210 = 570; printed 750" in found[0].message_en
    assert rules(judged(cells([*rows, ("Total", "570", "570")], ["n", "c"]))) == []


@pytest.mark.parametrize(
    ("raw", "head", "expected"),
    [("-40", "n", ["CEL-02"]), ("12,5", "n", ["CEL-02"]), ("12,5", "Moyenne par centre", []), ("-40", "Évolution", [])],
)  # fmt: skip
def test_people_are_whole_and_no_fewer_than_none(raw: str, head: str, expected: list[str]) -> None:
    assert rules(judged(cells([("Fès", raw), ("Oujda", "20")], [head]))) == expected


def test_a_hedge_is_near_what_it_hedges() -> None:
    def hedged(words: str, exact: str, hedge: Qualifier = Qualifier.MORE_THAN) -> list[str]:
        one = reading(words, sentence="a", qualifier=hedge)
        two = reading(exact, sentence="b", kind="cell")
        return rules(judged([one, two], [told(one), told(two)]))

    assert hedged("120 000", "187 412") == ["DOC-02"]
    assert hedged("120 000", "126 283") == []
    assert hedged("1 830", "1 850") == []
    assert hedged("500", "540", Qualifier.ABOUT) == []


def spread(whole: str, men: str, women: str, *, table: bool = False) -> list[str]:
    one, two, three = (
        reading(
            raw, sentence="" if table else f"x {raw}", table_id="r1-t" if table else "", reading_id=f"z{raw}"
        )
        for raw in (whole, men, women)
    )
    held = [replace(told(r), sex=sex, series_id=sex) for r, sex in ((one, "_T"), (two, "M"), (three, "F"))]
    return rules(judged([one, two, three], held))


def test_a_total_is_its_parts_in_whatever_place_they_stand() -> None:
    assert spread("102 414", "57 883", "44 531") == []
    assert spread("102 441", "57 883", "44 531") == ["DOC-04"]
    assert spread("102 441", "57 883", "44 531", table=True) == []  # left to the checks of the table


def edition(year: int, sentence: str, raw: str, period: str) -> Reading:
    place = Locus(f"e{year}", 3, Box(0, 0, 9, 9))
    return reading(raw, reading_id=f"e{year}-{period}-{raw}", locus=place, sentence=sentence, period=period)


def over(*readings: Reading, indicator: str = "CHI_CAPE_BENEF_N", units: Sequence[str] = ()) -> list[Finding]:
    held = [replace(r, unit_measure=u) for r, u in zip(readings, units, strict=True)] if units else readings
    years = {int(r.locus.report_id[1:]) for r in held}
    observations = [
        told(r, indicator=indicator, period=r.period, year=int(r.locus.report_id[1:])) for r in held
    ]
    if units:
        observations = [replace(o, series_id=f"{o.series_id}.{o.unit_measure}") for o in observations]
    editions = [report(f"e{year}", year) for year in sorted(years)]
    return list(judged(held, observations, reports=editions).findings)


def test_a_sentence_of_last_year_does_not_speak_of_this_one() -> None:
    text = "خلال سنة {} استفاد {} طفل من خدمات المواكبة بمختلف الأقاليم"
    one = edition(2022, text.format(2022, 9344), "9344", "2022")
    assert [f.rule for f in over(one, edition(2023, text.format(2023, 9344), "9344", "2023"))] == ["DOC-09"]
    assert over(one, edition(2023, text.format(2023, 9811), "9811", "2023")) == []
    assert over(one, edition(2023, text.format(2022, 9344), "9344", "2022")) == []  # told again of its year
    few = edition(2022, text.format(2022, 12), "12", "2022")
    assert over(few, edition(2023, text.format(2023, 12), "12", "2023")) == []


def test_years_add_up_to_their_period() -> None:
    yearly = [
        edition(y, f"en {y}", raw, str(y)) for y, raw in ((2021, "3 327"), (2022, "4 326"), (2023, "5 012"))
    ]
    assert over(*yearly, edition(2023, "x", "12 665", "2021/2023")) == []
    assert [f.rule for f in over(*yearly, edition(2023, "x", "12 565", "2021/2023"))] == ["XYR-15"]
    stock = over(*yearly, edition(2023, "x", "12 565", "2021/2023"), indicator="ELD_EPS_N")
    assert stock == []  # places that stand from year to year


@pytest.mark.parametrize(
    ("period", "month"),
    [("2023-01-01/P9M", 9), ("2023-S1", 6), ("2023-Q1", 3), ("2023-S2", 0), ("2023", 0), ("2023-09", 0)],
)
def test_a_part_of_a_year_is_known_by_its_period(period: str, month: int) -> None:
    assert last_month(period) == month


def test_a_part_of_a_year_makes_no_jump_and_no_revision() -> None:
    part = edition(2022, "إلى غاية متم مارس 2022 استفاد 900 طفل", "900", "2022-Q1")
    whole, later = edition(2021, "en 2021", "4 000", "2021"), edition(2023, "en 2022", "4 100", "2022")
    assert [f.rule for f in over(whole, part)] == ["XYR-12"]
    assert [f.rule for f in over(whole, part, later)] == ["XYR-12"]
    silent = replace(part, sentence="900 طفل سنة 2022", period="2022")
    assert "XYR-03" in [f.rule for f in over(whole, silent)]


def test_what_is_counted_since_a_year_only_grows() -> None:
    def running(first: str, second: str, words: str = "en cumul") -> list[str]:
        one = edition(2022, f"{first} enfants {words} depuis 2016", first, "2022")
        return [
            f.rule for f in over(one, edition(2023, f"{second} enfants {words} depuis 2016", second, "2023"))
        ]

    assert running("45 000", "43 000") == ["XYR-11"]
    assert running("45 000", "47 000") == []
    assert running("45 000", "43 000", "") == []


def test_a_quantity_keeps_its_unit() -> None:
    one, two = edition(2022, "a", "4 000", "2022"), edition(2023, "b", "4 100", "2023")
    assert [f.rule for f in over(one, two, units=("PS", "MAD"))] == ["XYR-09"]
    assert over(one, two, units=("PS", "PS")) == []
    assert over(one, two, units=("PS", "NUMBER")) == []  # a noun that is not known


def test_school_years_and_calendar_years_are_told_apart() -> None:
    one, two = edition(2022, "a", "4 000", "2022-A1"), edition(2023, "b", "4 100", "2023")
    assert [(f.rule, f.severity) for f in over(one, two)] == [("DOC-10", Severity.INFORMATION)]
    assert over(edition(2022, "a", "4 000", "2022"), two) == []


def panel(*odd: tuple[str, str], scale: float = 1.05) -> list[str]:
    """Twelve regions that grow alike, and one more pair of values."""
    readings, observations = [], []
    pairs = [(str(400 + 300 * i), str(round((400 + 300 * i) * (scale + 0.01 * (i % 3))))) for i in range(12)]
    for i, (old, new) in enumerate([*pairs, *odd]):
        for year, raw in ((2022, old), (2023, new)):
            one = edition(year, f"a{i}", raw, str(year))
            readings.append(one)
            series = f"CHI_CAPE_BENEF_N.MA-{i}._T._T"
            observations.append(
                replace(told(one, period=str(year), year=year), series_id=series, ref_area=f"X{i}")
            )
    editions = [report("e2022", 2022), report("e2023", 2023)]
    held = {r.reading_id: r for r in readings}
    return rules(judged(list(held.values()), observations, reports=editions))


def test_one_region_does_not_change_quite_otherwise_than_the_others() -> None:
    assert panel(("2 010", "4 400")) == ["XYR-04"]
    assert panel(("2 010", "2 470")) == []
    assert panel(("12", "29")) == []  # small
    assert panel(("2 010", "4 400"), scale=2.1) == []  # all doubled


def test_a_table_that_breaks_with_the_year_before_is_one_card() -> None:
    readings, observations = [], []
    for year, raws in ((2022, ("120", "340", "210")), (2023, ("900", "400", "2 900"))):
        for row, raw in enumerate(raws):
            place = Locus(f"e{year}", 3, Box(0, 0, 9, 9))
            one = reading(raw, locus=place, kind="cell", table_id=f"e{year}-t", row=row, column=0)
            readings.append(one)
            codes = ("CHI_CAPE_BENEF_N", "ELD_EPS_N", "FAM_JISR_FAMILIES_N")
            observations.append(told(one, indicator=codes[row], period=str(year), year=year))
    found = judged(readings, observations, reports=[report("e2022", 2022), report("e2023", 2023)]).findings
    (jump,) = [f for f in found if f.rule == "XYR-03"]
    assert len(jump.observations) == 4


def test_every_message_is_told_in_three_languages() -> None:
    running = [("2020", "120", "120"), ("2021", "150", "270"), ("2022", "90", "360"), ("2023", "1", "9")]
    tables = [cells([("Fès", "-40"), ("Oujda", "20,5")], ["n"]), cells(running, ["n", "c"])]
    found = [finding for held in tables for finding in judged(held).findings]
    assert {f.rule for f in found} == {"CEL-02", "TAB-14"}
    assert all(len({f.message_ar, f.message_fr, f.message_en}) == 3 for f in found)


def test_the_catalogue_lists_every_rule_as_it_is_registered() -> None:
    text = (Path(rules_module.__file__).parent / "README.md").read_text(encoding="utf-8")
    listed = {
        tuple(part.strip() for part in row.split("|")[2:6])
        for row in text.splitlines()
        if row.startswith("| ") and "---" not in row
    }
    registered = {(r.id, str(r.version), r.level, r.severity.value) for r in RULES}
    assert registered == {row for row in listed if row[0] not in ("—", "rule")}


def recognised(rows: Sequence[tuple[str, ...]], heads: Sequence[str]) -> list[Reading]:
    """A table of a scan of which every figure was read alike four times."""
    place = Locus("r1", 4, Box(0, 0, 9, 9), Method.OCR, 0.995)
    return [replace(one, locus=place) for one in cells(rows, heads)]


ROWS = [("Fès", "217", "229"), ("Oujda", "341", "377"), ("Salé", "612", "588")]


def test_a_figure_of_a_scan_has_a_name_that_can_be_read() -> None:
    assert rules(judged(recognised(ROWS, ["2021", "2022"]))) == []
    assert rules(judged(recognised(ROWS, ["eR", "2022"]))) == ["LAB-01"]
    assert rules(judged(recognised(ROWS, ["mlm", "2022"]))) == ["LAB-01"]
    assert rules(judged(recognised(ROWS, ["MDH", "سلا"]))) == []
    assert rules(judged(recognised([("l'", "88", "91"), *ROWS], ["2021", "2022"]))) == ["LAB-01"]
    merged = ["2019 / Masculin / Féminin", "2019 / Total"]
    assert rules(judged(recognised(ROWS, merged))) == ["LAB-01"]  # two headings taken for one
    assert rules(judged(recognised(ROWS, ["2019 / Masculin", "2019 / Féminin"]))) == []
    lost = ["Inscrits", "Inscrits / Masculin"]  # the name of a group, that of its column was not read
    assert rules(judged(recognised(ROWS, lost))) == ["LAB-01"]
    shares = [("Fès", "19,2%", "229"), ("Oujda", "31,6%", "377"), ("Salé", "49,2%", "588")]
    assert rules(judged(recognised(shares, ["Nombre de cas", "Dossiers"]))) == ["LAB-01"]
    assert rules(judged(recognised(shares, ["Part du nombre de cas", "Dossiers"]))) == []
    taken = [("1 086 188 / Salé", "88", "91"), *ROWS]  # a figure was taken for the label beside it
    assert rules(judged(recognised(taken, ["2021", "2022"]))) == ["LAB-01"]
    assert rules(judged(cells(ROWS, ["eR", "2022"]))) == []  # letters of a text layer are what is printed
    alone = [(name, first) for name, first, _ in ROWS]
    assert rules(judged(recognised(alone, [""]))) == []  # one column needs no heading


def test_a_figure_of_a_label_is_no_figure_of_a_column() -> None:
    rows = [
        ("Moins de 15 ans", "", "31"),
        ("De 15 à 59 ans", "", "64"),
        ("ans et plus", "60", "48"),
        ("Autres", "", "7"),
    ]
    found = judged([r for r in recognised(rows, ["Nombre", "Cas traités"]) if r.raw]).findings
    assert [(f.rule, f.observed) for f in found] == [("LAB-01", "60")]


def test_two_lines_of_a_scan_have_two_names() -> None:
    assert rules(judged(recognised(ROWS, ["Réalisé", "Réalisé"]))) == ["LAB-02"]
    assert rules(judged(recognised([*ROWS, ("Salé", "98", "97")], ["2021", "2022"]))) == ["LAB-02"]
    parted = [
        *ROWS,
        ("Total", "1 170", "1 194"),
        ("Fès", "98", "97"),
        ("Salé", "3", "5"),
        ("Total", "101", "102"),
    ]
    assert "LAB-02" not in rules(judged(recognised(parted, ["2021", "2022"])))
    assert rules(judged(cells(ROWS, ["Réalisé", "Réalisé"]))) == []


@pytest.mark.parametrize(
    ("text", "raw", "expected"),
    [
        ("نظمت الوزارة يوم الخميس 26 مازس 2020 لقاء تواصليا بالرباط", "26", ["CEL-13"]),
        ("نظمت الوزارة يوم الخميس 26 مازس 2020 لقاء تواصليا بالرباط", "2020", ["CEL-13"]),
        ("أقل من 6", "6", ["CEL-13"]),
        ("2 Lunettes, prothèses auditives et fauteuils roulants", "2", ["CEL-13"]),
        ("2 lunettes, prothèses auditives et fauteuils roulants", "2", []),
        ("تم دعم 38 مشروعا في مجال الوالدية الإيجابية سنة 2023", "38", []),
        ("بلغ عدد المستفيدين من الدعم المباشر 2045 أسرة بجهة الشرق", "2045", []),
        ("38 centres ont ouvert leurs portes, dont douze à Fès en 2020", "38", []),
    ],
)
def test_a_figure_of_a_scan_stands_in_a_sentence_and_is_no_piece_of_a_date(
    text: str, raw: str, expected: list[str]
) -> None:
    place = Locus("r1", 4, Box(0, 0, 9, 9), Method.OCR, 0.995)
    unit = "PS" if "أسرة" in text else "NUMBER"
    one = reading(raw, sentence=text, locus=place, unit_measure=unit)
    assert rules(judged([one])) == expected
    hedged = replace(one, qualifier=Qualifier.MORE_THAN)
    assert rules(judged([hedged])) == (expected if text == "أقل من 6" else [])
    assert rules(judged([reading(raw, sentence=text, unit_measure=unit)])) == []


def test_a_number_of_a_text_layer_without_a_word_beside_it_is_told() -> None:
    assert rules(judged([reading("72%", sentence="72%")])) == ["CEL-13"]
    assert rules(judged([reading("72%", sentence="72% des femmes")])) == []
    assert rules(judged([reading("72%", sentence="72% des femmes", kind="callout")])) == []


def test_one_mark_before_three_digits_parts_no_decimals_of_money_that_has_a_hundred_of_them() -> None:
    def told(unit: str) -> list[str]:
        whole = {"value": Decimal(12_000), "resolution": Decimal(1)}
        return rules(judged([reading("12.000", sentence="بلغت الكلفة 12.000", unit_measure=unit, **whole)]))

    assert told("MAD") == []
    assert told("TND") == ["CEL-06"]


def test_small_numbers_that_head_sentences_and_count_on_may_be_the_points_of_a_list() -> None:
    place = Locus("r1", 4, Box(0, 0, 9, 9), Method.OCR, 0.995)
    texts = ["1 محور التمكين والريادة بهدف تعزيز المشاركة", "2 محور حماية ورفاه النساء بهدف مناهضة العنف"]
    points = [reading(text[0], reading_id=text[0], sentence=text, locus=place) for text in texts]
    assert rules(judged(points)) == ["CEL-13", "CEL-13"]
    apart = [points[0], reading("38", sentence="38 مشروعا في مجال الوالدية الإيجابية", locus=place)]
    assert rules(judged(apart)) == []


def test_where_groups_stand_reversed_a_figure_without_a_gap_may_be_too() -> None:
    rows = [("Fès", "217 29", "31"), ("Oujda", "71673", "64"), ("Salé", "812", "48")]
    held = recognised(rows, ["2021", "2022"])
    turned = [replace(one, order_repaired=True) if one.raw == "217 29" else one for one in held]
    found = [f for f in judged(turned).findings if f.rule == "CEL-12"]
    assert [(f.observed, f.expected) for f in found] == [("71673", "73716")]
    assert [f for f in judged(held).findings if f.rule == "CEL-12"] == []


def damaged(text: str) -> list[str]:
    """Figures of a recognised sentence beside which it is damaged."""
    place = Locus("r1", 4, Box(0, 0, 9, 9), Method.OCR, 0.995)
    held = [
        replace(reading("1", reading_id=f"s{i}"), raw=one.raw, value=one.value, unit_measure=one.unit,
                unit_label=one.unit_label, sentence=text, locus=place)
        for i, one in enumerate(find(text)) if one.value is not None and one.kind != "date"
    ]  # fmt: skip
    return sorted(f.observed for f in judged(held).findings if f.rule == "CEL-15")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقد خصص لهذه العملية غلاف مالي قدره 53", ["53"]),  # its «million dirhams» stands on another line
        ("وقد خصص لهذه العملية غلاف مالي قدره 53 مليون درهم", []),
        ("بلغ عدد المستفيدين من هذه العملية 53.", []),
        ("une enveloppe au profit de plus de 6", ["6"]),
        ("une hausse de 6 %", []),
        ("000 ménages des zones de montagne en ont bénéficié.", ["000"]),
        ("5730 bénéficiaires en ont profité cette année.", []),
        ("قدره 53 مليول درهم موزع على الجهات", ["53 مليول"]),
        ("une enveloppe de 53 millians de dirhams", ["53 millians"]),
        ("وقد بلغ عدد المستفيدين 53 مسنا", []),
        ("شملت العملية 53 ملفا في الجهات", []),
        ("انتقل العدد من 69 2769 مستفيد إلى أكثر من ذلك", ["2769", "69"]),
        ("انتقل العدد من 69 إلى 2769 مستفيدا", []),
        ("après un redéploiement de 6,1 MDB en investissement", ["6,1 MDB"]),
        ("après un redéploiement de 6,1 MDH en investissement", []),
        ("une aide à 61 ONG en investissement", []),
        ("Le SAMU social a effectué entre 5 et 7 tournées par semaine", []),
        ("وارتفعت الاعتمادات من 8.4 مليون درهم إلى 10.5 بكوجب الاتفاقية", ["10.5"]),
        ("وارتفعت الاعتمادات من 8.4 مليون درهم إلى 10.5 مليون درهم", []),
        ("وارتفع العدد من 84 مستفيدا إلى 105 بموجب الاتفاقية", []),
        ("les crédits passent de 8,4 millions de dirhams à 60 % du total", []),
        ("Le SAMU social a effectué entre 5 م tournées par semaine", ["5"]),
        ("وأنجز الإسعاف الاجتماعي ما بين 5 و7 جولات في الأسبوع", []),
        ("وأنجز الإسعاف الاجتماعي ما بين 5 جولات في الأسبوع", ["5"]),
    ],
)
def test_a_figure_beside_which_a_scanned_sentence_is_damaged_is_told(text: str, expected: list[str]) -> None:
    assert damaged(text) == expected


def test_lines_that_one_language_tells_apart_are_no_warning() -> None:
    halves = [("الأول / 2021", "2021"), ("الثاني / 2021", "2021")]
    held = [
        replace(one, column_label=Label(ar=halves[one.column or 0][0], fr=halves[one.column or 0][1]))
        for one in recognised(ROWS, ["a", "b"])
    ]
    found = judged(held).findings
    assert [(f.rule, f.severity) for f in found] == [("LAB-02", Severity.INFORMATION)]


def test_a_column_that_holds_no_shares_is_one_card() -> None:
    rows = [("Fès", "613,3%"), ("Oujda", "711,0%"), ("Salé", "24,5%")]
    (found,) = judged(cells(rows, ["Part"])).findings
    assert found.rule == "CEL-02"
    assert found.message_en == "A share outside 0 to 100: 613,3%, 711,0%"


def test_a_difference_in_percent_may_be_negative() -> None:
    rows = [("Travaux", "-9,2%"), ("Fournitures", "6,0%"), ("Études", "-18,8%")]
    assert judged(cells(rows, ["Écart"])).findings == ()


def test_a_rate_of_more_than_a_hundred_that_its_counts_bear_out_is_no_warning() -> None:
    rows = [
        ("Dons", "500", "690", "138,0%"),
        ("Ventes", "6200", "4870", "78,5%"),
        ("Loyers", "1835", "1835", "100,0%"),
    ]
    assert judged(cells(rows, ["Prévisions", "Réalisations", "Taux"])).findings == ()
    wrong = [("Dons", "500", "690", "183,0%"), *rows[1:]]
    assert rules(judged(cells(wrong, ["Prévisions", "Réalisations", "Taux"])))


def test_people_who_leave_may_be_counted_below_zero() -> None:
    rows = [
        ("Cadres", "412", "22", "-19", "415"),
        ("Agents", "655", "15", "-31", "639"),
        ("Ouvriers", "855", "12", "-53", "814"),
    ]
    heads = ["Effectif au 1er janvier", "Entrées", "Sorties", "Effectif au 31 décembre"]
    assert "CEL-02" not in rules(judged(cells(rows, heads)))
    mixed = [("Cadres", "412", "22"), ("Agents", "655", "-15"), ("Ouvriers", "855", "12")]
    assert rules(judged(cells(mixed, ["Effectif", "Entrées"]))) == ["CEL-02"]


def test_persons_for_each_of_something_may_be_fractions_where_all_are() -> None:
    rows = [["Écoute", "164,2"], ["Accueil", "439,6"], ["Foyers", "82,2"]]
    assert "CEL-02" not in rules(judged(cells(rows, ["Bénéficiaires par centre"])))
    assert "CEL-02" in rules(judged(cells([*rows, ["Espaces", "75"]], ["Bénéficiaires par centre"])))
    assert "CEL-02" in rules(judged(cells(rows, ["Bénéficiaires"])))


def test_a_part_of_a_difference_may_be_more_than_the_whole() -> None:
    rows = [
        ("Recettes", "6200", "4870", "-1330"),
        ("dont taxes", "4150", "3320", "-830"),
        ("Dons", "500", "690", "190"),
    ]
    assert judged(cells(rows, ["Prévisions", "Réalisations", "Écart"])).findings == ()
    wrong = [rows[0], ("dont taxes", "7150", "3320", "-3830"), rows[2]]
    assert rules(judged(cells(wrong, ["Prévisions", "Réalisations", "Écart"]))) == ["TAB-08"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ومن مجموع هذه المشاريع، 261 مشروعا بالوسط القروي.", []),
        ("Parmi ces projets, 261 sont portés par des femmes.", []),
        ("Le ministère a financé 261 projets.", ["DOC-01"]),
    ],
)
def test_a_part_of_what_the_sentence_before_told_is_no_second_value_of_it(
    text: str, expected: list[str]
) -> None:
    whole = reading("418", sentence="مولت وكالة التنمية الاجتماعية 418 مشروعا.")
    part = reading("261", sentence=text)
    assert rules(judged([whole, part], [told(whole), told(part)])) == expected
