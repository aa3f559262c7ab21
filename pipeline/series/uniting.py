"""Provisional indicators of several reports that are one quantity worded, laid out or translated in another way.

The two languages decide together. A caption that is reworded is as a rule reworded in one language, or translated anew;
what changes in both at once is another quantity. So two indicators are one when one language says the same as before (to
the letter, or in the same words but for inflection, order and introduction) and the other does not speak against it; or
when both languages together speak of the same concepts of the codebook. All else (what is counted, unit, kind of measure,
numbers in the words) has to be the same, and no report may have both. Where the languages differ in nothing but words that
say how somebody takes part (registered, in care), two are one unless a report prints a third beside one of them that is as
much alike; and where the words do not speak against it, two are one when the later report tells the values of the earlier
one again. What is only alike is proposed with its reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from pipeline.model.observation import Observation
from pipeline.model.series import Proposal
from pipeline.series.judging import PROPOSED, Grade, Judged, judged
from pipeline.series.links import Link
from pipeline.series.nearest import nearest
from pipeline.series.restating import figures_of, restated

#: So many wordings of one frame are all compared with one another.
_MOST_COMPARED = 400


@dataclass(frozen=True, slots=True)
class Union:
    """One quantity under two codes: ``kept`` is that of the earlier report; ``why`` is for people."""

    code: str
    kept: str
    why: str


def unite(
    seen: Sequence[tuple[Link, frozenset[str]]],
    observations: Sequence[Observation] = (),
    *,
    most_compared: int = _MOST_COMPARED,
) -> tuple[list[Union], list[Proposal]]:
    """Find provisional indicators that are one, and those that may be.

    Args:
        seen: each wording of a provisional indicator with the ids of the reports that have it, in order of the reports.
        observations: what the reports tell, under the codes of the wordings.
        most_compared: in larger groups a wording is only compared with those that have the most words in common with it.

    Returns:
        Unions that are certain, and proposals; the same ones whatever the order of equal reports.
    """
    held = _Held.of(seen)
    pairs = [judged(first, second) for first, second in _pairs([link for link, _ in seen], most_compared)]
    # The likest first: a weaker likeness can't take the place of a stronger one.
    pairs.sort(key=lambda one: (-one.score, one.first.code, one.second.code))
    # What one report prints over two tables tells nothing apart.
    blurred = {
        (code, language)
        for pair in pairs
        if held.together(pair)
        for code in (pair.first.code, pair.second.code)
        for language in pair.unchanged
    }
    for pair in pairs:
        rest = {(pair.first.code, pair.rests_on), (pair.second.code, pair.rests_on)}
        if pair.grade is Grade.CERTAIN and held.apart(pair) and not rest & blurred:
            held.unite(pair, pair.why)
    told_again = _told_again([pair for pair in pairs if pair.borne], observations)
    beside = _beside(pair for pair, _ in told_again)
    for pair, count in told_again:
        if held.apart(pair) and not held.rivalled(pair, beside):
            held.unite(pair, f"{count} values told again for the same places and periods; {pair.why}")
    beside = _beside(pair for pair in pairs if pair.grade is not Grade.ALIKE)
    for pair in pairs:
        if pair.grade is Grade.UNRIVALLED and held.apart(pair) and not held.rivalled(pair, beside):
            held.unite(pair, f"{pair.why}; no third one beside them that is as much alike")
    proposals = [
        Proposal(indicator=pair.second.code, other=pair.first.code, score=round(pair.score, 1), why=pair.why)
        for pair in pairs
        if pair.score >= PROPOSED and held.apart(pair)
    ]
    unions = [Union(code, held.now(code), why) for code, why in held.why_of.items()]
    return unions, proposals


def _told_again(pairs: Sequence[Judged], observations: Sequence[Observation]) -> list[tuple[Judged, int]]:
    """Pairs of which one tells again what the other told, the most first; with the number of values."""
    codes = {code for pair in pairs for code in (pair.first.code, pair.second.code)}
    figures = figures_of(observations, codes)
    counted = [(pair, restated(figures[pair.first.code], figures[pair.second.code])) for pair in pairs]
    return sorted(((pair, count) for pair, count in counted if count), key=lambda one: -one[1])


def _beside(pairs: Iterable[Judged]) -> dict[str, set[str]]:
    """The codes that each is alike to."""
    found: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        found[pair.first.code].add(pair.second.code)
        found[pair.second.code].add(pair.first.code)
    return found


@dataclass(frozen=True, slots=True)
class _Held:
    """Which code each is kept under, why, and the reports that have it; the earlier one of two is kept."""

    reports: dict[str, set[str]]
    order: dict[str, int]
    members: dict[str, list[str]]
    kept: dict[str, str] = field(default_factory=dict)
    why_of: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(seen: Sequence[tuple[Link, frozenset[str]]]) -> _Held:
        reports: dict[str, set[str]] = defaultdict(set)
        for link, held in seen:
            reports[link.code] |= held
        order = {code: at for at, code in enumerate(reports)}
        return _Held(reports, order, {code: [code] for code in reports})

    def now(self, code: str) -> str:
        while code in self.kept:
            code = self.kept[code]
        return code

    def of_pair(self, pair: Judged) -> tuple[str, str]:
        """The codes of two, the one to be kept first."""
        one, other = sorted(
            (self.now(pair.first.code), self.now(pair.second.code)), key=self.order.__getitem__
        )
        return one, other

    def apart(self, pair: Judged) -> bool:
        """Whether two are not one yet and no report has both."""
        one, other = self.of_pair(pair)
        return one != other and not self.reports[one] & self.reports[other]

    def together(self, pair: Judged) -> bool:
        """Whether a report has both."""
        return bool(self.reports[pair.first.code] & self.reports[pair.second.code])

    def unite(self, pair: Judged, why: str) -> None:
        one, other = self.of_pair(pair)
        with_whom = pair.first if self.now(pair.second.code) == other else pair.second
        self.kept[other] = one
        self.why_of[other] = f"one with «{with_whom.said}»: {why}"
        self.reports[one] |= self.reports[other]
        self.members[one] += self.members[other]

    def rivalled(self, pair: Judged, beside: Mapping[str, set[str]]) -> bool:
        """Whether a report that has one of two has a third that is as much alike to either."""
        two = self.of_pair(pair)
        there = set[str]().union(*(self.reports[code] for code in two))
        held = [member for code in two for member in self.members[code]]
        thirds = {self.now(code) for member in held for code in beside.get(member, ())}.difference(two)
        return any(self.reports[code] & there for code in thirds)


def _pairs(links: Iterable[Link], most_compared: int) -> Iterator[tuple[Link, Link]]:
    """Pairs of which everything but the wording is the same, the earlier one first."""
    groups: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        if link.printed is not None:
            groups[link.printed.frame].append(link)
    for held in groups.values():
        if len(held) <= most_compared:
            yield from _of_two_codes(held)
        else:
            yield from (
                (held[one], held[other])
                for one, other in nearest([_said(link) for link in held])
                if held[one].code != held[other].code
            )


def _said(link: Link) -> frozenset[str]:
    """What a wording is found by: its words without their endings, its concepts."""
    printed = link.printed
    assert printed is not None
    if not printed.in_table:
        return frozenset((printed.ar or printed.fr).split())
    said = [token for held in (*printed.words, *printed.concepts) for token in held]
    return frozenset(token.code or min(token.forms, key=lambda form: (len(form), form)) for token in said)


def _of_two_codes(links: Sequence[Link]) -> Iterator[tuple[Link, Link]]:
    return ((one, other) for one, other in combinations(links, 2) if one.code != other.code)


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
