"""The words that say what a figure counts, so that figures of sentences and of tables can be compared by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.codebook.loading import Codebook, fold
from pipeline.codebook.wording import forms, is_arabic, met
from pipeline.language.lexicon import values
from pipeline.model.reading import Label, Reading

Words = frozenset[str]
#: A word of fewer letters tells nothing.
_SHORTEST = 3
#: Stands for every word that says no more than that somebody benefits.
_ANYBODY = "BENEFIT"
_WOMEN = ("WOMAN", "SEX_F")
#: Begins what stands for every word of a sex.
_SEX = "SEX_"
#: Kinds of words of the checks that say how something is counted, and not what.
_MEASURING = ("measured", "share", "rate", "total", "subtotal")
#: Long vowels, as folded words have them.
_VOWELS = str.maketrans("", "", "اوي")


@dataclass(frozen=True)
class Telling:
    """Reads words with one codebook: without those that only introduce, count or hedge, and without their endings.

    What was read once is remembered.
    """

    codebook: Codebook
    _read_before: dict[str, Words] = field(default_factory=dict)
    _in_order: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _stem_of: dict[str, str] = field(default_factory=dict)

    def sentence(self, reading: Reading) -> Words:
        """What the sentence of a figure tells, its noun included."""
        return self.of(reading.sentence or reading.unit_label)

    def labels(self, *labels: Label) -> Words:
        """What labels tell, both languages together."""
        return frozenset().union(*(self.of(text) for label in labels for text in (label.ar, label.fr)))

    def of(self, text: str) -> Words:
        """What a text tells."""
        if text not in self._read_before:
            self._read_before[text] = frozenset(self._stems(text))
        return self._read_before[text]

    def ordered(self, text: str) -> tuple[str, ...]:
        """What a text tells, word by word; women and men are the same in all words for them, a plural is its singular."""
        if text not in self._in_order:
            self._in_order[text] = tuple(self._each(text))
        return self._in_order[text]

    def known(self, word: str, told: Words) -> bool:
        """Whether a word is, in any of its forms, among those that were told."""
        return any(_bare(form) in told for form in forms(fold(word)))

    @cached_property
    def measuring(self) -> Words:
        """What words tell that only say how something is counted: number, share, rate, total."""
        held = self.codebook.identities.words
        told = {word for kind in _MEASURING for text in held[kind] for word in self.ordered(text)}
        return frozenset(word for word in told if not word.startswith(_SEX))

    @cached_property
    def months(self) -> Words:
        """What the names of months tell."""
        return frozenset(stem for name in values("calendar", "months") for stem in self.ordered(name))

    def noun(self, reading: Reading) -> Words:
        """The noun that a figure counts."""
        return self.of(reading.unit_label)

    @cached_property
    def women(self) -> Words:
        """Folded words that say that women are counted."""
        held = self.codebook.label_of.items()
        return frozenset(
            key for key, rows in held if " " not in key and any(row.code in _WOMEN for row in rows)
        )

    @cached_property
    def places(self) -> Words:
        """What the names of territories tell that are one word."""
        return frozenset(word for name in self.codebook.area_of if " " not in name for word in self.ordered(name))

    def _each(self, text: str) -> Iterator[str]:
        sexes = self.codebook.sex_of
        for word in fold(text).split():
            sex = next((sexes[form] for form in sorted(forms(word)) if sexes.get(form) in ("F", "M")), "")
            yield from [f"{_SEX}{sex}"] if sex else map(_bare, sorted(self.of(word)))

    def _stems(self, text: str) -> Iterator[str]:
        for word in fold(text).split():
            one = self._stem_of.get(word)
            if one is None:
                one = self._stem_of[word] = self._stem(word)
            if one:
                yield one

    def _stem(self, word: str) -> str:
        """What a folded word tells, or an empty string."""
        if word in self._empty or _has_digit(word):
            return ""
        held = (forms(word),)
        anybody = any(met(term, held, 0) for term in self.codebook.matching.beneficiary)
        one = _ANYBODY if anybody else stem(word)
        return one if len(one) >= _SHORTEST and one not in self._empty_stems else ""

    @cached_property
    def _empty(self) -> frozenset[str]:
        matching = self.codebook.matching
        return frozenset(matching.light) | frozenset(matching.connectives) | self.codebook.total_wordings

    @cached_property
    def _empty_stems(self) -> Words:
        return frozenset(stem(word) for word in self._empty if " " not in word)


def kind_of(unit: str) -> str:
    """Kind of a unit: what counts people and what counts things is one, since reports name few of their nouns in both."""
    return "COUNT" if unit in ("PS", "NUMBER") else unit


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The shortest form of a folded word: without particles, article and endings of number and gender.

    Who has something is said by what it is: «les enfants autistes», «Autisme».
    """
    least = _SHORTEST if is_arabic(word) else _SHORTEST + 1
    one = min(
        (one for one in forms(word) if len(one) >= least), key=lambda one: (len(one), one), default=word
    )
    return f"{one[:-1]}m" if one.endswith("ist") and len(one) > least else one


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """An Arabic stem without its long vowels, by which plurals are formed: نزيل and نزلاء, مركز and مراكز."""
    bare = word.translate(_VOWELS) if is_arabic(word) else word
    return bare if len(bare) >= _SHORTEST else word


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)
