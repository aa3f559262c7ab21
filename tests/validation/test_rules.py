"""Each check fires on what contradicts, is silent on what agrees, and holds at the edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.codebook.decisions import Accepted
from pipeline.codebook.loading import load
from pipeline.model.assembly import Assembly
from pipeline.model.extraction import Complaint, Extraction
from pipeline.model.finding import Finding, Judgement, Severity
from pipeline.model.observation import Observation
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Absence, Label, Mention, Qualifier, Reading
from pipeline.model.reading import Table as Grid
from pipeline.model.report import Outcome, Report
from pipeline.model.series import Series
from pipeline.validation.judge import judge
from pipeline.validation.rules import RULES
from pipeline.validation.tables import lines
from pipeline.validation.tables.lines import RelationRule

CODEBOOK = load()
TOTAL = Label(ar="المجموع", fr="Total")
COUNT, SHARE = Label(ar="العدد", fr="Nombre"), Label(ar="النسبة", fr="Pourcentage")


def report(name: str = "r1", year: int | None = 2023, outcome: Outcome = Outcome.READ) -> Report:
    return Report(
        report_id=name,
        sha256=name * 8,
        path=Path(f"{name}.pdf"),
        file_name=f"{name}.pdf",
        size=1,
        outcome=outcome,
        edition_year=year,
        publisher="وزارة",
    )


def reading(raw: str, **given: object) -> Reading:
    text = raw.replace(" ", "").replace("%", "").replace(",", ".")
    value = Decimal(text) if text else None
    fields: dict[str, object] = {
        "reading_id": f"q{abs(hash((raw, str(sorted(given.items(), key=str))))) % 10**9}",
        "locus": Locus("r1", 3, Box(10, 10, 40, 20)),
        "kind": "prose",
        "raw": raw,
        "value": value,
        "resolution": Decimal(10) ** int(value.as_tuple().exponent) if value is not None else Decimal(0),  # type: ignore[arg-type]
        "unit_measure": "PT" if "%" in raw else "PS",
        "unit_label": "مستفيد",
    }
    return Reading(**{**fields, **given})  # type: ignore[arg-type]


def table(rows: Sequence[tuple[Label, str, str]]) -> list[Reading]:
    """A table of a count and a share column."""
    cells = []
    for r, (label, count, share) in enumerate(rows):
        for c, (raw, head) in enumerate(((count, COUNT), (share, SHARE))):
            if raw:
                cells.append(
                    reading(
                        raw,
                        reading_id=f"r1-p003-t1-r{r}-c{c}",
                        kind="cell",
                        table_id="r1-p003-t1",
                        row=r,
                        column=c,
                        row_label=label,
                        column_label=head,
                    )
                )
    return cells


def told(
    one: Reading, *, indicator: str = "CHI_CAPE_BENEF_N", period: str = "2023", year: int = 2023
) -> Observation:
    return Observation(
        observation_id=f"o-{one.reading_id}",
        series_id=f"{indicator}.MA._T._T",
        reading_id=one.reading_id,
        locus=one.locus,
        report_year=year,
        indicator=indicator,
        indicator_known=True,
        ref_area="MA",
        sex="_T",
        age="_T",
        dimensions=(),
        time_period=period,
        period_stated=True,
        obs_value=one.value,
        unit_measure=one.unit_measure,
        unit_mult=0,
        decimals=0,
        qualifier=one.qualifier,
        lower_bound=one.value,
        upper_bound=one.value,
        obs_status="A",
        raw=one.raw,
    )


def judged(
    readings: Sequence[Reading] = (),
    observations: Sequence[Observation] = (),
    mentions: Sequence[Mention] = (),
    reports: Sequence[Report] | None = None,
    complaints: Sequence[Complaint] = (),
    tables: Sequence[Grid] = (),
) -> Judgement:
    held = list(reports or [report()])
    extractions = [
        Extraction(
            report=r,
            tables=tuple(t for t in tables if t.report_id == r.report_id),
            readings=tuple(x for x in readings if x.locus.report_id == r.report_id),
            mentions=tuple(m for m in mentions if m.locus.report_id == r.report_id),
            complaints=tuple(complaints) if r is held[0] else (),
        )
        for r in held
    ]
    series = []
    for series_id in dict.fromkeys(o.series_id for o in observations):
        own = [o for o in observations if o.series_id == series_id]
        vintages = tuple(sorted(own, key=lambda o: (o.time_period, o.report_year or 0)))
        labels = {"label_ar": "", "label_fr": "", "label_en": own[0].indicator}
        series.append(
            Series(
                series_id=series_id,
                indicator=own[0].indicator,
                ref_area="MA",
                sex="_T",
                age="_T",
                dimensions=(),
                unit_measure=own[0].unit_measure,
                vintages=vintages,
                **labels,
            )
        )
    return judge(extractions, Assembly(observations=tuple(observations), series=tuple(series)), CODEBOOK)


def rules(judgement: Judgement) -> list[str]:
    return [f.rule for f in judgement.findings]


M, F = Label(ar="ذكور", fr="Masculin"), Label(ar="إناث", fr="Féminin")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(M, "57 883", ""), (F, "44 531", ""), (TOTAL, "102 414", "")], []),
        ([(M, "57 883", ""), (F, "44 531", ""), (TOTAL, "102 415", "")], ["TAB-01"]),
        ([(M, "57 883", "56,52%"), (F, "44 531", "43,48%"), (TOTAL, "102 414", "100,00%")], []),
        ([(M, "57 883", "65,52%"), (F, "44 531", "34,48%"), (TOTAL, "102 414", "100,00%")], ["TAB-03"]),
        ([(M, "57 883", "56,51%"), (F, "44 531", "43,48%"), (TOTAL, "102 414", "100,00%")], ["TAB-03"]),
        ([(M, "1", "33,3%"), (F, "2", "66,7%"), (TOTAL, "3", "100,0%")], []),
        ([(M, "", "40%"), (F, "", "50%"), (TOTAL, "", "100%")], ["TAB-04"]),
        ([(M, "", "33%"), (F, "", "33%"), (TOTAL, "", "100%")], []),
        ([(M, "7", ""), (TOTAL, "9", "")], []),  # one part is no sum
    ],
)
def test_totals_and_shares_fail_only_when_no_rounding_explains_them(
    rows: list[tuple[Label, str, str]], expected: list[str]
) -> None:
    if expected == [] and rows[0][2] == "33%":
        rows = [*rows[:2], (Label(ar="آخر", fr="Autre"), "", "33%"), rows[2]]
    assert rules(judged(table(rows))) == expected


def test_a_wrong_total_is_one_card_and_the_total_is_named_first() -> None:
    cells = table([(M, "64 118", "55,53%"), (F, "51 342", "44,47%"), (TOTAL, "115 640", "100,00%")])
    found = judged(cells).findings
    assert [f.rule for f in found] == ["TAB-01"]
    assert found[0].readings[0] == "r1-p003-t1-r2-c0"
    assert "115,460" in found[0].message_en


def test_a_missing_part_makes_a_sum_uncheckable() -> None:
    cells = table([(M, "10", ""), (F, "5", ""), (TOTAL, "20", "")])
    cells[1] = replace(cells[1], value=None, absence=Absence.NOT_AVAILABLE)
    assert rules(judged(cells)) == []


@pytest.mark.parametrize(
    ("weekday", "day", "expected"),
    [
        ("السبت", "2023-10-01", ["CEL-08"]),
        ("الأحد", "2023-10-01", []),
        ("samedi", "2023-10-01", ["CEL-08"]),
        ("", "2023-10-01", []),
        ("السبت", "2023-10", []),
    ],
)
def test_a_date_has_one_weekday(weekday: str, day: str, expected: list[str]) -> None:
    place = Locus("r1", 13, Box(0, 0, 9, 9))
    mention = Mention(mention_id="m1", locus=place, kind="date", raw=day, value=day, weekday=weekday)
    assert rules(judged(mentions=[mention])) == expected


SENTENCE = "مواكبة {} مستفيدة بمعدل 3000 مستفيدة على مستوى كل جهة"


@pytest.mark.parametrize(
    ("whole", "qualifier", "year", "expected"),
    [
        ("36000", Qualifier.EXACT, 2023, []),
        ("24000", Qualifier.EXACT, 2023, ["DOC-03"]),
        ("35000", Qualifier.MORE_THAN, 2023, []),
        ("37000", Qualifier.MORE_THAN, 2023, ["DOC-03"]),
        ("48000", Qualifier.EXACT, 2013, []),  # sixteen regions then
    ],
)
def test_so_many_for_each_region_times_the_regions_is_the_total(
    whole: str, qualifier: Qualifier, year: int, expected: list[str]
) -> None:
    sentence = SENTENCE.format(whole)
    pair = [
        reading(whole, sentence=sentence, qualifier=qualifier, measure="level"),
        reading("3000", sentence=sentence, measure="rate"),
    ]
    assert rules(judged(pair, reports=[report(year=year)])) == expected


@pytest.mark.parametrize(
    ("claim", "qualifier", "expected"),
    [
        ("100%", Qualifier.EXACT, []),  # doubled
        ("200%", Qualifier.EXACT, [("DOC-05", Severity.WARNING)]),  # "200 %" said of twice as much
        ("300%", Qualifier.EXACT, [("DOC-05", Severity.ERROR)]),
        ("90%", Qualifier.MORE_THAN, []),
        ("150%", Qualifier.MORE_THAN, [("DOC-05", Severity.WARNING)]),
    ],
)
def test_a_growth_claim_is_held_against_both_its_figures_in_both_readings(
    claim: str, qualifier: Qualifier, expected: list[tuple[str, Severity]]
) -> None:
    sentence = "من 500 مستفيد سنة 2021 إلى 1000 مستفيد سنة 2022"
    said = [
        reading("500", sentence=sentence, period="2021"),
        reading("1000", sentence=sentence, period="2022"),
        reading(claim, sentence=sentence, measure="growth_rate", qualifier=qualifier, period="2022"),
    ]
    assert [(f.rule, f.severity) for f in judged(said).findings] == expected


def twice(a: str, b: str, **given: object) -> list[str]:
    one, two = reading(a, sentence="a"), reading(b, sentence="b", **given)
    return rules(judged([one, two], [told(one), told(two)]))


def test_one_quantity_has_one_value_in_one_report() -> None:
    assert twice("2350", "2530") == ["DOC-01"]
    assert twice("2350", "2350") == []
    assert twice("2350", "2300", qualifier=Qualifier.MORE_THAN) == []
    assert twice("2350", "2350", qualifier=Qualifier.MORE_THAN) == ["DOC-01"]
    assert twice("2350", "2400", qualifier=Qualifier.ABOUT) == []


def years(*values: tuple[str, str, int]) -> list[Finding]:
    """Values as (raw, period, edition year); one report each year."""
    readings, observations = [], []
    for raw, period, year in values:
        one = reading(raw, locus=Locus(f"e{year}", 3, Box(0, 0, 9, 9)), sentence=f"en {period}")
        readings.append(one)
        observations.append(told(one, period=period, year=year))
    editions = [report(f"e{year}", year) for year in sorted({year for *_, year in values})]
    return list(judged(readings, observations, reports=editions).findings)


@pytest.mark.parametrize(
    ("later", "severity", "word"),
    [
        ("21760", None, ""),
        ("21670", Severity.WARNING, "another order"),
        ("217600", Severity.WARNING, "power of ten"),
        ("21800", Severity.INFORMATION, "routine"),
        ("25812", Severity.WARNING, "major"),
        ("21960", Severity.WARNING, "one digit"),
    ],
)
def test_a_restated_year_is_told_with_its_kind(later: str, severity: Severity | None, word: str) -> None:
    found = [f for f in years(("21760", "2022", 2022), (later, "2022", 2023)) if f.rule == "XYR-01"]
    assert [f.severity for f in found] == ([severity] if severity else [])
    assert all(word in f.message_en for f in found)


def test_a_level_that_more_than_trebles_is_looked_at() -> None:
    assert [f.rule for f in years(("26283", "2023", 2023), ("275400", "2024", 2024))] == ["XYR-03"]
    assert years(("100", "2023", 2023), ("300", "2024", 2024)) == []
    assert [f.rule for f in years(("100", "2023", 2023), ("301", "2024", 2024))] == ["XYR-03"]
    assert years(("3", "2023", 2023), ("30", "2024", 2024)) == []
    assert years(("100", "2015", 2015), ("900", "2024", 2024)) == []


def test_a_series_printed_twice_in_three_years_should_not_be_gone() -> None:
    def gone(*printed: int) -> list[str]:
        readings, observations = [], []
        for year in (2021, 2022, 2023, 2024):
            for code in ("CHI_CAPE_BENEF_N", "ELD_EPS_N"):
                if code == "ELD_EPS_N" or year in printed:
                    one = reading("70", locus=Locus(f"e{year}", 3, Box(0, 0, 9, 9)), sentence=f"{code}{year}")
                    readings.append(one)
                    observations.append(told(one, indicator=code, period=str(year), year=year))
        editions = [report(f"e{year}", year) for year in (2021, 2022, 2023, 2024)]
        return [f.observed + f.rule for f in judged(readings, observations, reports=editions).findings]

    assert gone(2021, 2022, 2023) == ["XYR-07"]
    assert gone(2021, 2022, 2023, 2024) == []
    assert gone(2023) == []


def periods(*texts: tuple[str, str, str]) -> list[str]:
    place = Locus("r1", 2, Box(0, 0, 9, 9))
    mentions = [
        Mention(mention_id=f"m{i}", locus=place, kind="period", raw=raw, value=value, sentence=sentence)
        for i, (raw, value, sentence) in enumerate(texts)
    ]
    return rules(judged(mentions=mentions))


def test_one_plan_has_one_period() -> None:
    jisr = ("2022-2026", "2022/2026", "استراتيجية «جسر» 2022-2026")
    assert periods(jisr, ("2022-2025", "2022/2025", "استراتيجية «جسر» 2022-2025")) == ["DOC-06"]
    assert periods(jisr, ("2022-2025", "2022/2025", "البرنامج الثاني 2022-2025")) == ["DOC-06"]
    assert periods(jisr, jisr) == []
    assert periods(jisr, ("2015-2025", "2015/2025", "سياسة 2015-2025")) == []
    assert periods(jisr, ("2017-2021", "2017/2021", "«مخطط آخر» 2017-2021")) == []


def test_a_recognised_value_without_a_voucher_is_marked_by_its_confidence() -> None:
    def scanned(confidence: float, second: str = "") -> list[Severity]:
        one = reading("79", locus=Locus("r1", 3, Box(0, 0, 9, 9), Method.OCR, confidence), second_raw=second)
        return [f.severity for f in judged([one]).findings]

    assert scanned(0.5) == [Severity.WARNING]
    assert scanned(0.95) == [Severity.INFORMATION]
    assert scanned(0.995) == []
    assert scanned(0.995, "73") == [Severity.WARNING]


def test_every_complaint_becomes_a_finding_at_its_page() -> None:
    lost = Complaint(
        rule="EXT-01", page=4, message_ar="ا", message_fr="f", message_en="Page 4 could not be read"
    )
    found = judged(complaints=[lost]).findings
    assert [(f.rule, f.locus.page if f.locus else 0) for f in found] == [("EXT-01", 4)]


def test_an_edition_is_held_back_only_when_most_reports_failed() -> None:
    failed = [report(f"f{i}", None, Outcome.CRASH) for i in range(2)]
    assert judged(reports=[report(), *failed]).verdict.held_back
    assert not judged(reports=[report(), failed[0]]).verdict.held_back
    refused = [report(f"x{i}", None, Outcome.REFUSED) for i in range(9)]
    assert not judged(reports=[report(), *refused]).verdict.held_back


def test_every_rule_has_its_own_id_a_title_and_a_reason() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.title and rule.why and rule.version >= 1 for rule in RULES)


def test_a_rule_that_looks_at_tables_is_run_while_they_are_looked_at() -> None:
    for rule in RULES:
        code = rule.check.__call__ if isinstance(rule.check, RelationRule) else rule.check
        looks = {"grids", "checked"} & set(getattr(code, "__func__", code).__code__.co_names)
        assert not looks or rule.by_table, f"{rule.id} needs grids=True in the register"


def test_a_finding_set_aside_comes_back_only_when_a_value_changes() -> None:
    cells = table([(M, "57 883", ""), (F, "44 531", ""), (TOTAL, "102 415", "")])
    first = judged(cells).findings[0]
    aside = Accepted(finding=first.finding_id, who="A", why="b", when=date(2026, 11, 1), verdict="confirmed")
    book = replace(CODEBOOK, accepted=(aside,))

    def again(held: list[Reading]) -> Judgement:
        return judge(
            [Extraction(report=report(), readings=tuple(held))], Assembly(observations=(), series=()), book
        )

    assert [f.accepted for f in again(cells).findings] == [True]
    assert [(h.rule, h.fired, h.confirmed, h.false) for h in again(cells).health] == [("TAB-01", 1, 1, 0)]
    other = table([(M, "57 883", ""), (F, "44 531", ""), (TOTAL, "102 416", "")])
    assert [f.accepted for f in again(other).findings] == [False]


def tables_of(*values: tuple[str, str, str]) -> list[Finding]:
    """One table of three lines in the editions of 2022 and 2023."""
    readings, observations = [], []
    for year, raws in zip((2022, 2023), zip(*values, strict=True), strict=True):
        for row, raw in enumerate(raws):
            place = Locus(f"e{year}", 3, Box(0, 0, 9, 9))
            one = reading(
                raw, locus=place, kind="cell", table_id=f"e{year}-t", row=row, column=0, sentence=str(row)
            )
            readings.append(one)
            codes = ("CHI_CAPE_BENEF_N", "ELD_EPS_N", "FAM_JISR_FAMILIES_N")
            observations.append(told(one, indicator=codes[row], period=str(year), year=year))
    held = judged(readings, observations, reports=[report("e2022", 2022), report("e2023", 2023)]).findings
    return [f for f in held if f.rule in ("XYR-05", "XYR-06")]


def test_the_table_of_last_year_printed_again_is_told() -> None:
    same = (("21 764", "21 764"), ("3 412", "3 412"), ("9 873", "9 873"))
    assert [(f.rule, f.severity) for f in tables_of(*same)] == [("XYR-06", Severity.ERROR)]
    assert tables_of(same[0], same[1], ("9 873", "10 254")) == []


def test_a_table_in_another_unit_than_last_years_is_told() -> None:
    slipped = (("21 764", "22 900 000"), ("3 412", "3 350 000"), ("9 873", "10 254 000"))
    assert [(f.rule, f.severity) for f in tables_of(*slipped)] == [("XYR-05", Severity.ERROR)]
    assert tables_of(("21 764", "22 900"), ("3 412", "3 350"), ("9 873", "98 540")) == []


def test_words_that_many_values_share_name_no_quantity() -> None:
    values = [reading(raw, sentence=f"Les ateliers de tissage sont {raw}") for raw in ("87", "143", "238")]
    unnamed = [replace(told(one), indicator_known=False) for one in values]
    assert rules(judged(values, unnamed)) == []
    apart = [values[0], replace(values[1], sentence="143 des ateliers ont fermé")]
    assert rules(judged(apart, unnamed[:2])) == []
    assert rules(judged(values[:2], unnamed[:2])) == ["DOC-01"]
    assert rules(judged(values, [told(one) for one in values])) == ["DOC-01", "DOC-01"]


def test_figures_of_different_scale_are_not_added_up() -> None:
    cells = table([(M, "5", ""), (F, "6", ""), (TOTAL, "11", "")])
    cells[0] = replace(cells[0], value=Decimal(5_000_000), resolution=Decimal(1_000_000))
    assert rules(judged(cells)) == []


@pytest.mark.parametrize(("claim", "expected"), [("12,5 %", []), ("25 %", [("DOC-05", Severity.ERROR)])])
def test_a_growth_from_one_figure_to_another_is_theirs_though_no_year_is_named(
    claim: str, expected: list[tuple[str, Severity]]
) -> None:
    sentence = f"le nombre de centres est passé de 48 à 54, soit une hausse de {claim}"
    said = [
        reading("48", sentence=sentence),
        reading("54", sentence=sentence),
        reading(claim, sentence=sentence, measure="growth_rate"),
    ]
    assert [(f.rule, f.severity) for f in judged(said).findings] == expected


def test_the_growth_of_something_else_in_the_sentence_is_held_against_no_figure() -> None:
    sentence = (
        "أسفر النشاط عن عجز قدره 31,15 مليون جنيه مقابل فائض قدره 2,85 مليون جنيه، بسبب زيادة أسعار الكهرباء بنسبة 15%"
    )
    said = [
        reading("31,15", sentence=sentence, value=Decimal(31150000), unit_measure="EGP"),
        reading("2,85", sentence=sentence, value=Decimal(2850000), unit_measure="EGP"),
        reading("15%", sentence=sentence, measure="growth_rate"),
    ]
    assert "DOC-05" not in rules(judged(said))


@pytest.mark.parametrize(
    ("ar", "fr", "wrong"),
    [
        ("دار الطالب / الوسط القروي", "Milieu rural / Dar Attalib", False),  # group and row, in either order
        ("ذكور / الوسط القروي", "Milieu rural / Féminin", True),
        ("ذكور", "Féminin", True),
        ("ذكور", "Masculin", False),
    ],
)
def test_labels_of_two_languages_are_compared_tier_by_tier(ar: str, fr: str, wrong: bool) -> None:
    assert lines._contradicts(Label(ar=ar, fr=fr), load()) is wrong
