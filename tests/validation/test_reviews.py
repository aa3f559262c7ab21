"""What people said of findings is remembered; one cause is one card, in however many copies it is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.codebook.decisions import Accepted
from pipeline.model.finding import Finding, Judgement, Severity
from pipeline.model.place import Box, Locus, Method
from pipeline.model.reading import Mention
from pipeline.validation.cards import joined_id
from pipeline.validation.reviews import Reviewed, demoted, health, reviewed, set_aside
from pipeline.validation.rules import RULES
from tests.validation.test_rules import CODEBOOK, judged, report


def saturday(file: str, page: int, method: Method = Method.TEXT, *, top: float = 9) -> Mention:
    place = Locus(file, page, Box(0, top, 9, top + 9), method)
    return Mention(
        mention_id=f"{file}-{page}-{top}",
        locus=place,
        kind="date",
        raw="السبت 01 أكتوبر 2023",
        value="2023-10-01",
        weekday="السبت",
    )


def copies(*mentions: Mention) -> Judgement:
    return judged(mentions=mentions, reports=[report("scan"), report("text"), report("other", 2022)])


def test_what_all_copies_of_an_edition_print_is_one_card_with_its_copies() -> None:
    (found,) = copies(saturday("scan", 3, Method.OCR), saturday("text", 2)).findings
    assert found.report_id == "text"
    assert "likewise in scan.pdf (p. 3)" in found.message_en
    assert "de même dans scan.pdf (p. 3)" in found.message_fr
    assert "scan.pdf (ص 3)" in found.message_ar


def test_a_wrong_date_of_another_edition_is_another_card() -> None:
    assert len(copies(saturday("scan", 3), saturday("other", 3)).findings) == 2


def test_a_wrong_date_printed_twice_in_each_copy_is_two_cards() -> None:
    twice = [saturday(file, 3, top=top) for file in ("scan", "text") for top in (10, 50)]
    found = copies(*twice).findings
    assert len(found) == 2
    assert all("likewise in" in one.message_en for one in found)


def finding(number: int, rule: str = "DOC-05", severity: Severity = Severity.ERROR) -> Finding:
    first = copies(saturday("text", 2)).findings[0]
    return replace(first, finding_id=f"F-{number}", rule=rule, severity=severity, priority=0.5)


def aside(number: int, verdict: str, **given: object) -> Accepted:
    return Accepted(
        finding=f"F-{number}", who="A", why="b", when=date(2026, 11, 1), verdict=verdict, **given  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_card_of_several_findings_is_another_card_when_one_of_them_changes() -> None:
    assert joined_id([finding(1), finding(2)]) == joined_id([finding(2), finding(1)])
    assert joined_id([finding(1), finding(2)]) != joined_id([finding(1), finding(3)])


def test_a_finding_set_aside_until_a_day_comes_back_after_it() -> None:
    book = replace(CODEBOOK, accepted=(aside(1, "explained", until=date(2027, 1, 1)),))
    assert [f.accepted for f in set_aside([finding(1)], book, date(2027, 1, 1))] == [True]
    assert [f.accepted for f in set_aside([finding(1)], book, date(2027, 1, 2))] == [False]


@pytest.mark.parametrize(
    ("confirmed", "false", "lower"), [(9, 11, True), (10, 10, False), (0, 19, False), (0, 20, True)]
)
def test_a_rule_of_mostly_false_alarms_is_told_one_grade_lower(
    confirmed: int, false: int, lower: bool
) -> None:
    verdicts = ["confirmed"] * confirmed + ["false_alarm"] * false
    book = replace(
        CODEBOOK, accepted=tuple(aside(100 + i, verdict, rule="DOC-05") for i, verdict in enumerate(verdicts))
    )
    held = [finding(1), finding(2, "DOC-03")]
    said = reviewed(held, book)
    assert said == {"DOC-05": Reviewed(confirmed=confirmed, false=false)}
    one, other = demoted(held, said, book)
    assert one.severity is (Severity.WARNING if lower else Severity.ERROR)
    assert (f"{false} of {false + confirmed} reviewed alarms" in one.message_en) is lower
    assert (one.priority < held[0].priority) is lower
    assert other == held[1]
    assert [h.demoted for h in health(held, said, book, RULES)] == [False, lower]


def test_what_is_explained_speaks_neither_for_nor_against_a_rule() -> None:
    assert not Reviewed(confirmed=1, explained=40, false=2).demoted(CODEBOOK)
