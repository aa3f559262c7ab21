"""How two wordings of provisional indicators compare, language by language, and what that says of their being one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from pipeline.series.links import Link, Printed
from pipeline.series.tokens import (
    Tokens,
    codes_of,
    contrast,
    differ_in_gender,
    differ_in_negation,
    in_common,
    of_women,
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
PROPOSED = 80.0
_LANGUAGES = ("Arabic", "French")


@dataclass(frozen=True, slots=True)
class _Compared:
    """How two captions compare in one language: likeness of the letters (0 to 100), of the words, of the concepts."""

    likeness: float
    in_order: bool
    same_words: bool
    same_concepts: bool
    same_codes: bool
    same_gist: bool
    contrast: bool
    extra: Tokens
    against: bool
    words: int
    concepts: int
    codes: frozenset[str]

    @property
    def unchanged(self) -> bool:
        """Whether it says what it said before, or names the same concepts, in enough words to say something."""
        return (self.same_words and self.words >= _FEWEST) or (
            self.same_concepts and self.concepts >= _FEWEST
        )

    @property
    def meant(self) -> bool:
        """Whether it means the same by its words or by the concepts of the codebook."""
        return self.same_words or self.same_concepts or self.same_codes

    @property
    def borne(self) -> bool:
        """Whether it does not speak against a union."""
        return not self.against and (self.meant or self.likeness >= _NOT_AGAINST)

    def bears_out(self, unchanged: _Compared) -> bool:
        """Whether it does not speak against a union for which the other, unchanged language speaks.

        A translation that says less than before is borne when the other language says what is missing, or has not
        moved a letter.
        """
        return self.borne and (
            self.meant
            or unchanged.likeness == 100.0
            or not self.extra
            or ({token.code for token in self.extra} <= unchanged.codes)
        )

    @property
    def told(self) -> str:
        """For people."""
        if self.likeness == 100.0:
            return "the same to the letter, words that only introduce apart"
        if self.same_words:
            return "in the same words"
        return "of the same meaning by the codebook" if self.same_concepts else f"{self.likeness:.0f} % alike"


class Grade(Enum):
    """What the words of two say: one quantity; one if no third is as much alike; no more than that they are alike."""

    CERTAIN = "certain"
    UNRIVALLED = "unrivalled"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Judged:
    """Two wordings, what they say of being one, how alike they are (0 to 100), and why.

    ``unchanged`` are the languages that say what they said before; ``rests_on`` is the one for which alone that holds, when
    the other is merely not against it. ``borne`` is whether no language speaks against their being one.
    """

    first: Link
    second: Link
    grade: Grade
    score: float
    why: str
    unchanged: tuple[str, ...] = ()
    rests_on: str = ""
    borne: bool = False


def judged(first: Link, second: Link) -> Judged:
    """What the words of two indicators say of their being one; everything but the words is the same."""
    a, b = first.printed, second.printed
    assert a is not None
    assert b is not None
    heads = [(one, other) for one, other in zip(a.heads, b.heads, strict=True) if one and other]
    if any(not same(one, other) for one, other in heads) if heads else any(a.heads) != any(b.heads):
        return Judged(first, second, Grade.ALIKE, 0.0, "they count different things")
    compared = {
        name: _compared(a, b, at)
        for at, (name, one, other) in enumerate(zip(_LANGUAGES, (a.ar, a.fr), (b.ar, b.fr), strict=True))
        if one and other
    }
    in_concepts = _same_concepts(a, b)
    if not compared:
        why = (
            "the same concepts of the codebook, in two languages" if in_concepts else "no language in common"
        )
        return Judged(first, second, Grade.ALIKE, PROPOSED if in_concepts else 0.0, why)
    least = min(one.likeness for one in compared.values())
    told = ", ".join(f"{name} {one.told}" for name, one in compared.items())
    why = f"{told}; the same unit and measure; in no report together"
    if _differ_in_gender(a, b):
        return Judged(first, second, Grade.ALIKE, least, f"{why}; one speaks of women alone")
    if any(one.contrast for one in compared.values()):
        return Judged(first, second, Grade.ALIKE, least, f"{why}; each names a class that the other does not")
    unchanged = tuple(name for name, one in compared.items() if one.unchanged) if a.in_table else ()
    grade, reason = _grade(a, compared, in_concepts=in_concepts)
    return Judged(
        first,
        second,
        grade,
        # What one language says alike and the other does not is for a person to decide.
        max(least, PROPOSED) if unchanged or grade is Grade.UNRIVALLED else least,
        f"{reason}; {why}" if reason else why,
        unchanged=unchanged,
        rests_on="" if in_concepts else _rests_on(compared),
        borne=a.in_table and all(one.borne for one in compared.values()),
    )


def _differ_in_gender(a: Printed, b: Printed) -> bool:
    """Whether one speaks of women alone: of its Arabic as a whole, of its French word by word."""
    pairs = [(one, other) for one, other in zip(a.concepts, b.concepts, strict=True) if one and other]
    arabic = a.concepts[0] and b.concepts[0]
    return any(differ_in_gender(one, other) for one, other in pairs) or (
        bool(arabic) and of_women(a.concepts[0]) != of_women(b.concepts[0])
    )


def _grade(a: Printed, compared: Mapping[str, _Compared], *, in_concepts: bool) -> tuple[Grade, str]:
    if not a.in_table:
        return Grade.ALIKE, ""
    if in_concepts:
        return Grade.CERTAIN, "both languages together name the same concepts of labels.csv and concepts.csv"
    if _certain(list(compared.values())):
        return Grade.CERTAIN, ""
    if len(compared) == len(_LANGUAGES) and all(one.same_gist for one in compared.values()):
        return Grade.UNRIVALLED, "the same but for how one takes part"
    return Grade.ALIKE, ""


def _rests_on(compared: Mapping[str, _Compared]) -> str:
    """The language that alone says what it said before."""
    said = [name for name, one in compared.items() if one.unchanged or one.meant]
    return said[0] if len(said) == 1 and len(compared) == len(_LANGUAGES) else ""


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
        same_words=bool(words) and same(words, others) and not _misled(concepts, other_concepts),
        same_concepts=bool(concepts) and same(concepts, other_concepts),
        same_codes=len(codes_of(concepts)) >= _FEWEST and codes_of(concepts) == codes_of(other_concepts),
        same_gist=bool(a.gist[at]) and same(a.gist[at], b.gist[at]),
        contrast=contrast(concepts, other_concepts),
        extra=_extra(concepts, other_concepts),
        against=differ_in_negation(concepts, other_concepts) or not in_common(concepts, other_concepts),
        words=min(len(words), len(others)),
        concepts=min(len(concepts), len(other_concepts)),
        codes=frozenset(code for code, _ in codes_of(concepts, other_concepts)),
    )


def _misled(one: Tokens, other: Tokens) -> bool:
    """Whether words that share a stem are two concepts, of which each has one alone: «طلبات» and «طلبة»."""
    here, there = codes_of(one), codes_of(other)
    alone = [a for a in one if a.code and (a.code, a.women) not in there]
    others = [b for b in other if b.code and (b.code, b.women) not in here]
    return any(a.code != b.code and not a.forms.isdisjoint(b.forms) for a in alone for b in others)


def _extra(one: Tokens, other: Tokens) -> Tokens:
    """What the longer of two captions has beyond the shorter one, when it has all of that."""
    shorter, longer = (one, other) if within(one, other) else (other, one)
    return tuple(t for t in longer if not any(t.alike(u) for u in shorter)) if within(shorter, longer) else ()
