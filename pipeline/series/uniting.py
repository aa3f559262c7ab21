"""Provisional indicators of several reports that are one quantity worded, laid out or translated in another way.

The two languages decide together. Two indicators are one when one language words them alike to the letter, or with the
same stems, the other does not speak against it, everything else (what is counted, unit, kind of measure, numbers in
the words) is the same, and no report has both. What is only alike is proposed with its reasons, and stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz import fuzz

from pipeline.model.observation import Observation
from pipeline.model.series import Proposal
from pipeline.series.linking import Link, Printed
from pipeline.series.titles import differ_in_gender

#: Likeness (0 to 100) of the other language's words from which they do not speak against a union.
_NOT_AGAINST = 55.0
#: Likeness of the other language where one has but the same stems, and what the same stems count as.
_NEARLY, _STEMS = 75.0, 99.0
#: So many stems say what is counted; a single one («bénéficiaires») does not.
_FEWEST = 2
#: Likeness of the words of every language that both have, from which a union is proposed.
_PROPOSED = 80.0
#: In larger groups only wordings that are the same to the letter are compared.
_MOST_COMPARED = 400


@dataclass(frozen=True, slots=True)
class Union:
    """One quantity under two codes: ``kept`` is that of the earlier report; ``why`` is for people."""

    code: str
    kept: str
    why: str


def unite(seen: Sequence[tuple[Link, frozenset[str]]]) -> tuple[list[Union], list[Proposal]]:
    """Find provisional indicators that are one, and those that may be.

    Args:
        seen: each wording of a provisional indicator with the ids of the reports that have it, in order of the reports.

    Returns:
        Unions that are certain, and proposals; the same ones whatever the order of equal reports.
    """
    proposals: list[Proposal] = []
    why_of: dict[str, str] = {}
    kept: dict[str, str] = {}
    reports: dict[str, set[str]] = defaultdict(set)
    for link, held in seen:
        reports[link.code] |= held
    order = {code: at for at, code in enumerate(reports)}

    def now(code: str) -> str:
        while code in kept:
            code = kept[code]
        return code

    judged = [
        (first, second, *_judged(first, second)) for first, second in _pairs([link for link, _ in seen])
    ]
    # The likest first: a weaker likeness can't take the place of a stronger one.
    judged.sort(key=lambda one: (-one[3], one[0].code, one[1].code))
    for first, second, certain, score, why in judged:
        one, other = sorted((now(first.code), now(second.code)), key=order.__getitem__)
        if one == other or reports[one] & reports[other]:
            continue
        if certain:
            kept[other] = one
            why_of[other] = why
            reports[one] |= reports[other]
        elif score >= _PROPOSED:
            proposals.append(
                Proposal(indicator=second.code, other=first.code, score=round(score, 1), why=why)
            )
    unions = [Union(code, now(code), why) for code, why in why_of.items()]
    return unions, [p for p in proposals if now(p.indicator) != now(p.other)]


def _pairs(links: Iterable[Link]) -> Iterable[tuple[Link, Link]]:
    """Pairs of which everything but the wording is the same, the earlier one first."""
    groups: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        if link.printed is not None:
            groups[link.printed.frame].append(link)
    for held in groups.values():
        if len(held) <= _MOST_COMPARED:
            yield from _of_two_codes(held)
            continue
        for language in ("ar", "fr"):
            same: dict[str, list[Link]] = defaultdict(list)
            for link in held:
                words = getattr(link.printed, language)
                if words:
                    same[words].append(link)
            for alike in same.values():
                yield from _of_two_codes(alike[:_MOST_COMPARED])


def _of_two_codes(links: Sequence[Link]) -> Iterator[tuple[Link, Link]]:
    return ((one, other) for one, other in combinations(links, 2) if one.code != other.code)


def _judged(first: Link, second: Link) -> tuple[bool, float, str]:
    """Whether two are certainly one, how alike they are (0 to 100), and why."""
    a, b = first.printed, second.printed
    assert a is not None
    assert b is not None
    heads = [(one, other) for one, other in zip(a.heads, b.heads, strict=True) if one and other]
    if any(one != other for one, other in heads) if heads else any(a.heads) != any(b.heads):
        return False, 0.0, "they count different things"
    scores, same_stems = _scores(a, b)
    if not scores:
        return False, 0.0, "no language in common"
    names = {"ar": "Arabic", "fr": "French"}
    told = [
        f"{names[language]} of the same stems"
        if language in same_stems
        else f"{names[language]} {score:.0f} % alike"
        for language, score in scores.items()
    ]
    why = f"{', '.join(told)}; the same unit and measure; in no report together"
    if any(differ_in_gender(one, other) for one, other in zip(a.keys, b.keys, strict=True)):
        return False, min(scores.values()), f"{why}; one speaks of women alone"
    to_the_letter = max(scores.values()) == 100.0 and min(scores.values()) >= _NOT_AGAINST
    narrower = any(
        one < other or other < one for one, other in zip(a.keys, b.keys, strict=True) if one and other
    )
    in_stems = bool(same_stems) and len(scores) > 1 and min(scores.values()) >= _NEARLY and not narrower
    return a.in_table and (to_the_letter or in_stems), min(scores.values()), why


def _scores(a: Printed, b: Printed) -> tuple[dict[str, float], set[str]]:
    """How alike each language words two indicators, and in which languages only the stems are the same."""
    scores: dict[str, float] = {}
    same: set[str] = set()
    for at, language in enumerate(("ar", "fr")):
        one, other = getattr(a, language), getattr(b, language)
        if one and other:
            scores[language] = fuzz.token_sort_ratio(one, other)
            if scores[language] < 100.0 and len(a.keys[at]) >= _FEWEST and a.keys[at] == b.keys[at]:
                scores[language] = _STEMS
                same.add(language)
    return scores, same


def renamed(observations: Iterable[Observation], unions: Sequence[Union]) -> list[Observation]:
    """Observations under the codes that are kept; a report never has both codes, so nothing falls together."""
    kept = {union.code: union.kept for union in unions}
    return [_renamed(one, kept[one.indicator]) if one.indicator in kept else one for one in observations]


def _renamed(one: Observation, code: str) -> Observation:
    series_id = code + one.series_id.removeprefix(one.indicator)
    return replace(
        one,
        indicator=code,
        series_id=series_id,
        observation_id=series_id + one.observation_id.removeprefix(one.series_id),
    )
