"""Provisional indicators of several reports that are one quantity worded, laid out or translated in another way.

The two languages decide together. A caption that is reworded is as a rule reworded in one language, or translated anew;
what changes in both at once is another quantity. So two indicators are one when one language says the same as before (to
the letter, or in the same words but for inflection, order and introduction) and the other does not speak against it; or
when both languages together speak of the same concepts of the codebook. All else (what is counted, unit, kind of measure,
numbers in the words) has to be the same, and no report may have both. What is only alike is proposed with its reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz import fuzz

from pipeline.model.observation import Observation
from pipeline.model.series import Proposal
from pipeline.series.links import Link, Printed
from pipeline.series.titles import (
    Tokens,
    codes_of,
    differ_in_gender,
    differ_in_negation,
    in_common,
    same,
    same_in_order,
    uncoded,
    within,
)

#: Likeness (0 to 100) of the other language's words from which they do not speak against a union.
_NOT_AGAINST = 55.0
#: So many words say what is counted; a single one («bénéficiaires») does not.
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


@dataclass(frozen=True, slots=True)
class _Compared:
    """How two captions compare in one language: likeness of the letters (0 to 100), of the words, of the concepts."""

    likeness: float
    in_order: bool
    same_words: bool
    same_concepts: bool
    same_codes: bool
    extra: Tokens
    against: bool
    words: int
    concepts: int
    codes: frozenset[tuple[str, bool]]

    @property
    def unchanged(self) -> bool:
        """Whether it says what it said before, or names the same concepts, in enough words to say something."""
        return (self.same_words and self.words >= _FEWEST) or (
            self.same_concepts and self.concepts >= _FEWEST
        )

    def bears_out(self, unchanged: _Compared) -> bool:
        """Whether it does not speak against a union for which the other, unchanged language speaks.

        A translation that says less than before is borne when the other language says what is missing, or has not
        moved a letter.
        """
        meant = self.same_words or self.same_concepts or self.same_codes
        if self.against or not (meant or self.likeness >= _NOT_AGAINST):
            return False
        return (
            meant
            or unchanged.likeness == 100.0
            or not self.extra
            or (codes_of(self.extra) <= unchanged.codes and not uncoded(self.extra))
        )

    @property
    def told(self) -> str:
        """For people."""
        if self.likeness == 100.0:
            return "the same to the letter"
        if self.same_words:
            return "in the same words"
        return "of the same meaning by labels.csv" if self.same_concepts else f"{self.likeness:.0f} % alike"


def _judged(first: Link, second: Link) -> tuple[bool, float, str]:
    """Whether two are certainly one, how alike they are (0 to 100), and why."""
    a, b = first.printed, second.printed
    assert a is not None
    assert b is not None
    heads = [(one, other) for one, other in zip(a.heads, b.heads, strict=True) if one and other]
    if any(not same(one, other) for one, other in heads) if heads else any(a.heads) != any(b.heads):
        return False, 0.0, "they count different things"
    compared = {
        name: _compared(a, b, at)
        for at, (name, one, other) in enumerate((("Arabic", a.ar, b.ar), ("French", a.fr, b.fr)))
        if one and other
    }
    in_concepts = _same_concepts(a, b)
    if not compared:
        why = "the same concepts of labels.csv, in two languages" if in_concepts else "no language in common"
        return False, _PROPOSED if in_concepts else 0.0, why
    least = min(one.likeness for one in compared.values())
    told = ", ".join(f"{name} {one.told}" for name, one in compared.items())
    why = f"{told}; the same unit and measure; in no report together"
    if any(
        differ_in_gender(one, other)
        for one, other in zip(a.concepts, b.concepts, strict=True)
        if one and other
    ):
        return False, least, f"{why}; one speaks of women alone"
    certain = a.in_table and (in_concepts or _certain(list(compared.values())))
    if in_concepts:
        why = f"both languages together name the same concepts of labels.csv; {why}"
    # What one language says alike and the other does not is for a person to decide.
    doubtful = a.in_table and any(one.unchanged for one in compared.values())
    return certain, max(least, _PROPOSED) if doubtful else least, why


def _same_concepts(a: Printed, b: Printed) -> bool:
    """Whether both languages together speak of the same concepts, and each has the same other words.

    What one language leaves out and the other says is said.
    """
    codes = codes_of(*a.concepts)
    return (
        len(codes) >= _FEWEST
        and codes == codes_of(*b.concepts)
        and all(
            same(uncoded(one), uncoded(other))
            for one, other in zip(a.concepts, b.concepts, strict=True)
            if one and other
        )
    )


def _certain(compared: Sequence[_Compared]) -> bool:
    """Whether one language is unchanged and the other, if there is one, does not speak against it."""
    if len(compared) == 1:
        return compared[0].unchanged and compared[0].in_order
    one, other = compared
    return (one.unchanged and other.bears_out(one)) or (other.unchanged and one.bears_out(other))


def _compared(a: Printed, b: Printed, at: int) -> _Compared:
    language = ("ar", "fr")[at]
    words, others = a.words[at], b.words[at]
    concepts, other_concepts = a.concepts[at], b.concepts[at]
    return _Compared(
        likeness=fuzz.token_sort_ratio(getattr(a, language), getattr(b, language)),
        in_order=same_in_order(words, others),
        same_words=bool(words) and same(words, others),
        same_concepts=bool(concepts) and same(concepts, other_concepts),
        same_codes=len(codes_of(concepts)) >= _FEWEST and codes_of(concepts) == codes_of(other_concepts),
        extra=_extra(concepts, other_concepts),
        against=differ_in_negation(concepts, other_concepts) or not in_common(concepts, other_concepts),
        words=min(len(words), len(others)),
        concepts=min(len(concepts), len(other_concepts)),
        codes=codes_of(concepts, other_concepts),
    )


def _extra(one: Tokens, other: Tokens) -> Tokens:
    """What the longer of two captions has beyond the shorter one, when it has all of that."""
    shorter, longer = (one, other) if within(one, other) else (other, one)
    return tuple(t for t in longer if not any(t.alike(u) for u in shorter)) if within(shorter, longer) else ()


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
