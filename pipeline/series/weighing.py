"""How well a row of cues fits what is printed near a figure, place by place, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.codebook.nouns import Cue, Group, Matching
from pipeline.codebook.wording import Forms, Term, met
from pipeline.series.evidence import Evidence

#: Measures that never share a series with a level.
APART = ("growth_rate", "change", "rate", "target")
#: How many of the places nearest to a figure a group of words may stand in.
_PLACES = {"clause": 1, "lead": 2}


def another_head(cue: Cue, evidence: Evidence, matching: Matching) -> bool:
    """Whether what a cell counts is said before the noun of a cue: «staff of the centres», «families of beneficiaries».

    Before the noun may stand what only introduces, and the cue's own words.
    """
    words = _words_of(cue)
    benefiting = any(met(one, noun.words, 0) for noun in cue.nouns for one in matching.beneficiary)
    for part in evidence.heads:
        at = next((i for i in range(len(part)) if any(met(one, part[i : i + 1], 0) for one in cue.nouns)), 0)
        if any(_says_another(word, words, matching, benefiting=benefiting) for word in part[:at]):
            return True
    return False


def _says_another(word: Forms, words: Sequence[Term], matching: Matching, *, benefiting: bool) -> bool:
    """Whether a word names what a cue does not speak of."""
    if not word.isdisjoint(matching.light | matching.titles | matching.titles_whole | matching.nationwide):
        return False
    held = (
        *matching.overview,
        *matching.anybody,
        *matching.breakdowns,
        *(matching.beneficiary if benefiting else ()),
    )
    return not any(met(one, (word,), 0) for one in held) and not any(
        met(Term(one.text, (wanted,), (is_open,)), (word,), 0)
        for one in words
        for wanted, is_open in zip(one.words, one.open_ended, strict=True)
    )


def only_a_part(cue: Cue, evidence: Evidence, matching: Matching) -> bool:
    """Whether a word says that only a part is meant, or what is to be, and the cue has no such word: «new», «planned»."""
    words = [form for one in _words_of(cue) for form in one.words]
    return any(
        met(one, evidence.own, matching.window) and not met(one, tuple(words), matching.window)
        for one in matching.restricting
    )


def _words_of(cue: Cue) -> list[Term]:
    return [*cue.nouns, *cue.supporting, *(word for group in cue.required for word in group.terms)]


def says(cue: Cue, words: tuple[Forms, ...], window: int) -> bool:
    """Whether any word of a cue stands among the labels of a cell."""
    return any(met(word, words, window) for word in _words_of(cue))


def measures_fit(wanted: str, printed: str) -> bool:
    """Whether a figure of one measure may be of an indicator of another."""
    if printed in APART:
        return wanted in (printed, "growth_rate") if printed == "change" else wanted == printed
    return True


def noun_weight(nouns: Sequence[Term], evidence: Evidence, matching: Matching) -> Decimal | None:
    """Weight of the counted noun: in full where it is the figure's own, less where the sentence has it."""
    if evidence.noun:
        return matching.own if any(met(noun, evidence.noun, matching.window) for noun in nouns) else None
    return _best(nouns, evidence, matching, sections=False)


def group_weight(group: Group, evidence: Evidence, matching: Matching) -> Decimal | None:
    """Weight of the nearest place where one of the alternatives stands; none where the group is not met."""
    if group.reach:
        places = [(evidence.own, matching.own), (evidence.near, matching.near)]
        for words, weight in places[: _PLACES[group.reach]]:
            if any(met(word, words, matching.window) for word in group.terms):
                return weight
        return None
    return _best(group.terms, evidence, matching)


def _best(
    terms: Sequence[Term], evidence: Evidence, matching: Matching, *, sections: bool = True
) -> Decimal | None:
    weights = [weight_of(word, evidence, matching, sections=sections) for word in terms]
    held = [weight for weight in weights if weight is not None]
    return max(held) if held else None


def weight_of(word: Term, evidence: Evidence, matching: Matching, *, sections: bool = True) -> Decimal | None:
    """Weight of the nearest place where a word stands."""
    places: list[tuple[tuple[Forms, ...], Decimal]] = [
        (evidence.own, matching.own),
        (evidence.near, matching.near),
        (evidence.section if sections else (), matching.section),
        (evidence.far, matching.far),
    ]
    return next((weight for words, weight in places if words and met(word, words, matching.window)), None)
