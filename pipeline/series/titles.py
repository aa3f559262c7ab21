"""What a caption says is counted, as words without those that only introduce; and as concepts of the codebook.

«عدد المستفيدين من الوساطة الأسرية» and «توزيع المستفيدين من الوساطة الأسرية حسب الجنس» hold the same words. A word is all its
forms (``codebook/wording.py``): two are alike when they share one. Gender is kept where it tells women from all: a feminine
plural without its masculine beside it is a word of its own. Words that ``labels.csv`` lists under one code are one concept:
a centre and its abbreviation, a noun and its broken plural, two names of one service.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.codebook.loading import Codebook
from pipeline.codebook.nouns import LabelRow, Matching
from pipeline.codebook.wording import Forms, fold, forms, met

_FEMININE = ("ات", "ees", "ee")
_LONG = 5
#: Groups of labels.csv whose wordings are concepts that captions speak of; of two groups the first has the word.
_GROUPS = ("people", "institutions", "services", "disability", "bodies", "programme", "social", "money")
_PEOPLE = "people"
#: Concepts that say no more than that somebody is counted, once something else says who or of what.
_ANYBODY = ("BENEF", "BENEF_F", "PERSON")
_WOMAN = "WOMAN"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a caption with its forms, or a concept by its code; ``women`` where it speaks of women alone."""

    forms: Forms
    code: str = ""
    women: bool = False
    negates: bool = False

    def alike(self, other: Token) -> bool:
        """Whether both are one concept, or words that share a form; of both genders or of women alone."""
        return self.women == other.women and self.alike_but_gender(other)

    def alike_but_gender(self, other: Token) -> bool:
        """Whether both are one word or concept, whoever it speaks of."""
        if self.code or other.code:
            return self.code == other.code
        return not self.forms.isdisjoint(other.forms)


Tokens = tuple[Token, ...]
#: Wordings of the codebook as words, each with its code.
Concepts = tuple[tuple[tuple[Forms, ...], str], ...]


@dataclass(frozen=True)
class Titles:
    """Reads captions with one codebook; what was read once is remembered."""

    codebook: Codebook
    _read_before: dict[str, tuple[Tokens, Tokens]] = field(default_factory=dict)

    def words(self, titles: Iterable[str]) -> Tokens:
        """Telling words of folded captions, in order."""
        return tuple(token for title in titles for token in self._read(title)[0])

    def concepts(self, titles: Iterable[str]) -> Tokens:
        """The same with concepts in place of the words that the codebook knows."""
        return tuple(token for title in titles for token in self._read(title)[1])

    def says_something(self, titles: Iterable[str]) -> bool:
        """Whether captions or heads say more than "number" or "share"."""
        return any(self._counted(title.split()) for title in titles)

    def _read(self, title: str) -> tuple[Tokens, Tokens]:
        if title not in self._read_before:
            words = self._counted(title.split())
            tokens = self._gendered(words)
            concepts = self._conceived(tokens)
            somebody = any(one.code not in _ANYBODY for one in concepts)
            kept = [
                one
                for one in concepts
                if not (somebody and one.code in _ANYBODY) and not self._is_nationwide(one)
            ]
            bare = [
                one
                for one in tokens
                if not (somebody and self._is_anybody(one)) and not self._is_nationwide(one)
            ]
            self._read_before[title] = _once(bare), _once(kept)
        return self._read_before[title]

    def _counted(self, words: Sequence[str]) -> list[str]:
        """Words of a title without those that only introduce, up to the word that names its breakdown."""
        return _counted(words, self.codebook.matching)

    def _gendered(self, words: Sequence[str]) -> list[Token]:
        """Words as tokens; the masculine and the feminine of one noun side by side are one that speaks of all."""
        matching = self.codebook.matching
        found: list[Token] = []
        for word in words:
            held = forms(word)
            women = len(word) >= _LONG and word.endswith(_FEMININE) and held.isdisjoint(self._things)
            token = Token(held, women=women, negates=word in matching.negating)
            twin = next(
                (at for at, one in enumerate(found) if one.women != women and self._one_noun(one, token)),
                None,
            )
            if twin is None:
                found.append(token)
            elif found[twin].women:
                found[twin] = token
        return found

    def _one_noun(self, one: Token, other: Token) -> bool:
        """Whether two words are one noun, perhaps in a broken plural that the codebook lists: تلميذات, تلاميذ."""
        code = self._concept_at([one], 0)[1]
        return one.alike_but_gender(other) or (bool(code) and code == self._concept_at([other], 0)[1])

    def _conceived(self, tokens: Sequence[Token]) -> list[Token]:
        """Tokens with the longest wordings that the codebook lists as concepts."""
        found: list[Token] = []
        at = 0
        while at < len(tokens):
            length, code = self._concept_at(tokens, at)
            part = tokens[at : at + length]
            women = code not in self._of_things and all(one.women for one in part)
            found.append(Token(part[0].forms, code, women, not code and part[0].negates))
            at += length
        return found

    def _concept_at(self, tokens: Sequence[Token], at: int) -> tuple[int, str]:
        for wording, code in self._wordings_from(tokens[at].forms):
            part = tokens[at : at + len(wording)]
            if len(part) == len(wording) and all(
                not one.isdisjoint(token.forms) for one, token in zip(wording, part, strict=True)
            ):
                return len(wording), code
        return 1, "BENEF" if any(
            met(one, (tokens[at].forms,), 0) for one in self.codebook.matching.beneficiary
        ) else ""

    def _is_anybody(self, token: Token) -> bool:
        return self._concept_at([token], 0)[1] in _ANYBODY

    def _is_nationwide(self, token: Token) -> bool:
        return not token.code and not token.forms.isdisjoint(self.codebook.matching.nationwide)

    def _wordings_from(self, held: Forms) -> list[tuple[tuple[Forms, ...], str]]:
        """Wordings of the codebook that begin with a word, the longest first."""
        found = {one for form in held for one in self._wordings.get(form, ())}
        return [self._concepts[at] for at in sorted(found, key=lambda at: (-len(self._concepts[at][0]), at))]

    @cached_property
    def _concepts(self) -> Concepts:
        return _wordings_of(self.codebook.labels, self.codebook.matching)

    @cached_property
    def _wordings(self) -> dict[str, list[int]]:
        """Places in the list, by each form of the first word."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, (words, _) in enumerate(self._concepts):
            for form in words[0]:
                found[form].append(at)
        return found

    @cached_property
    def _of_things(self) -> frozenset[str]:
        """Concepts that are no people: a plural in «ات» among them says nothing of women."""
        return frozenset(row.code for row in self.codebook.labels if row.group != _PEOPLE)

    @cached_property
    def _things(self) -> Forms:
        """Forms of the nouns of such concepts."""
        return frozenset(
            form for words, code in self._concepts if code in self._of_things for form in words[0]
        )


@lru_cache(maxsize=4)
def _wordings_of(labels: tuple[LabelRow, ...], matching: Matching) -> Concepts:
    """Wordings of concepts with their codes, in the order of the groups."""
    rows = sorted((row for row in labels if row.group in _GROUPS), key=lambda row: _GROUPS.index(row.group))
    read = [
        (tuple(forms(word) for word in _counted(fold(row.wording).split(), matching)), row.code)
        for row in rows
    ]
    return tuple((words, code) for words, code in read if words)


def _counted(words: Sequence[str], matching: Matching) -> list[str]:
    kept: list[str] = []
    for at, word in enumerate(words):
        if word in matching.breakdown_by and _names_breakdown(words[at + 1 :], matching):
            break
        if word not in matching.light and forms(word).isdisjoint(matching.titles):
            kept.append(word)
    return kept


def _names_breakdown(words: Sequence[str], matching: Matching) -> bool:
    """Whether what follows «حسب», «par» or «selon» is a breakdown: sex, region, age."""
    telling = next((forms(word) for word in words if word not in matching.light), None)
    return telling is not None and any(met(one, (telling,), 0) for one in matching.breakdowns)


def _once(tokens: Sequence[Token]) -> Tokens:
    """Tokens without those that are there before: a word said again says nothing new."""
    return tuple(one for at, one in enumerate(tokens) if not any(one.alike(other) for other in tokens[:at]))


def same_in_order(one: Tokens, other: Tokens) -> bool:
    """Whether two captions hold the same words in the same order."""
    return len(one) == len(other) and all(a.alike(b) for a, b in zip(one, other, strict=True))


def within(one: Tokens, other: Tokens) -> bool:
    """Whether every word of the first caption is in the second."""
    return all(any(a.alike(b) for b in other) for a in one)


def same(one: Tokens, other: Tokens) -> bool:
    """Whether two captions hold the same words in any order."""
    return within(one, other) and within(other, one)


def codes_of(*captions: Tokens) -> frozenset[tuple[str, bool]]:
    """Concepts that captions in any language speak of, each with whether it is of women alone."""
    return frozenset((token.code, token.women) for held in captions for token in held if token.code)


def uncoded(one: Tokens) -> Tokens:
    """Words that are no concept of the codebook."""
    return tuple(token for token in one if not token.code)


def in_common(one: Tokens, other: Tokens) -> bool:
    """Whether two captions have any word in common."""
    return any(a.alike_but_gender(b) for a in one for b in other)


def differ_in_gender(one: Tokens, other: Tokens) -> bool:
    """Whether a word of one caption speaks of women alone and is in the other of men or of all.

    Where both say "women" in so many words, the gender of the others says nothing more.
    """
    if all(any(token.code == _WOMAN for token in held) for held in (one, other)):
        return False
    return any(
        a.women != b.women and a.alike_but_gender(b) and not any(a.alike(c) for c in other)
        for a in one
        for b in other
    )


def differ_in_negation(one: Tokens, other: Tokens) -> bool:
    """Whether a word that only one of two captions has denies: غير, non, sans."""
    return any(
        a.negates and not any(a.alike(b) for b in there)
        for here, there in ((one, other), (other, one))
        for a in here
    )
