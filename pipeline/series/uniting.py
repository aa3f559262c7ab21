"""Provisional indicators of several reports that are one quantity worded, laid out or translated in another way.

The two languages decide together. Two indicators are one when one language words them alike to the letter, the other
does not speak against it, everything else (what is counted, unit, kind of measure, numbers in the words) is the
same, and no report has both. What is only alike is proposed with its reasons, and stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz import fuzz

from pipeline.model.observation import Observation
from pipeline.model.series import Proposal
from pipeline.series.linking import Link

#: Likeness (0 to 100) of the other language's words from which they do not speak against a union.
_NOT_AGAINST = 55.0
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
        seen: each provisional indicator with the ids of the reports that have it, in order of the reports.

    Returns:
        Unions that are certain, and proposals; the same ones whatever the order of equal reports.
    """
    unions: list[Union] = []
    proposals: list[Proposal] = []
    reports = {link.code: set(held) for link, held in seen}
    kept: dict[str, str] = {}

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
        one, other = now(first.code), now(second.code)
        if one == other or reports[one] & reports[other]:
            continue
        if certain:
            kept[other] = one
            reports[one] |= reports[other]
            unions.append(Union(code=second.code, kept=one, why=why))
        elif score >= _PROPOSED:
            proposals.append(
                Proposal(indicator=second.code, other=first.code, score=round(score, 1), why=why)
            )
    final = [Union(union.code, now(union.code), union.why) for union in unions]
    return final, [p for p in proposals if now(p.indicator) != now(p.other)]


def _pairs(links: Iterable[Link]) -> Iterable[tuple[Link, Link]]:
    """Pairs of which everything but the wording is the same, the earlier one first."""
    groups: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        if link.printed is not None:
            groups[link.printed.frame].append(link)
    for held in groups.values():
        if len(held) <= _MOST_COMPARED:
            yield from combinations(held, 2)
            continue
        for language in ("ar", "fr"):
            same: dict[str, list[Link]] = defaultdict(list)
            for link in held:
                words = getattr(link.printed, language)
                if words:
                    same[words].append(link)
            for alike in same.values():
                yield from combinations(alike[:_MOST_COMPARED], 2)


def _judged(first: Link, second: Link) -> tuple[bool, float, str]:
    """Whether two are certainly one, how alike they are (0 to 100), and why."""
    a, b = first.printed, second.printed
    assert a is not None
    assert b is not None
    heads = [(one, other) for one, other in zip(a.heads, b.heads, strict=True) if one and other]
    if any(one != other for one, other in heads) if heads else any(a.heads) != any(b.heads):
        return False, 0.0, "they count different things"
    scores = {
        language: fuzz.token_sort_ratio(getattr(a, language), getattr(b, language))
        for language in ("ar", "fr")
        if getattr(a, language) and getattr(b, language)
    }
    if not scores:
        return False, 0.0, "no language in common"
    names = {"ar": "Arabic", "fr": "French"}
    why = ", ".join(f"{names[language]} {score:.0f} % alike" for language, score in scores.items())
    same = any(score == 100.0 for score in scores.values())
    certain = a.in_table and same and min(scores.values()) >= _NOT_AGAINST
    return certain, min(scores.values()), f"{why}; the same unit and measure; in no report together"


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
