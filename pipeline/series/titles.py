"""What a caption says is counted, as words without those that only introduce; and as concepts of the codebook.

«عدد المستفيدين من الوساطة الأسرية» and «توزيع المستفيدين من الوساطة الأسرية حسب الجنس» hold the same words. A word is all its
forms (``codebook/wording.py``): two are alike when they share one. Gender is kept where it tells women from all: a feminine
plural without its masculine beside it is a word of its own. Words that ``labels.csv`` and ``concepts.csv`` list under one code
are one concept: a centre and its abbreviation, a noun and its broken plural, two names of one service.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.codebook.loading import Codebook
from pipeline.codebook.nouns import LabelRow, Matching
from pipeline.codebook.participles import participle
from pipeline.codebook.wording import Forms, fold, forms, is_arabic, met, whole
from pipeline.series.tokens import WOMAN, Token, Tokens, once

_FEMININE = ("ات", "ees", "ee")
_LONG = 5
#: The masculine and the feminine of one noun stand so many words apart at most: «التلميذات في وضعية إعاقة والتلاميذ».
_BESIDE = 6
#: Groups of labels.csv and concepts.csv whose wordings are concepts that captions speak of; of two groups the first has the word.
_GROUPS = (
    "people",
    "institutions",
    "services",
    "disability",
    "bodies",
    "programme",
    "milieu",
    "social",
    "money",
)
_PEOPLE = "people"
#: Groups in which a single word is a noun, whose plural is often another word: مركز, مراكز.
_NOUNS = (_PEOPLE, "institutions")
#: Groups of concepts that somebody takes part in: one of them is enough to say in what.
_PLACES = ("institutions", "bodies", "programme", "disability")
#: Begins the form of a noun that is the code which lists it.
_CODE = "="
#: Concepts that say no more than that somebody is counted, once something else says who or of what.
_ANYBODY = ("BENEF", "BENEF_F", "PERSON", "AMOUNT")


#: Wordings of the codebook as words, each with its code.
Concepts = tuple[tuple[tuple[Forms, ...], str], ...]
#: By a form of a word, the codes that list it.
Nouns = Mapping[str, frozenset[str]]


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

    def without_opening(self, title: str) -> str:
        """A folded caption from its first word on that does more than introduce: without «nombre de»."""
        words, matching = title.split(), self.codebook.matching
        at = next((at for at, word in enumerate(words) if not _introduces(word, matching)), 0)
        return " ".join(words[at:])

    def gist(self, titles: Iterable[str]) -> Tokens:
        """The concepts but those that say how somebody takes part; nothing when they don't say in what."""
        taking_part = self.codebook.matching.taking_part
        said = tuple(token for token in self.concepts(titles) if token.code not in taking_part)
        return said if len(said) > 1 or any(token.group in _PLACES for token in said) else ()

    def says_something(self, titles: Iterable[str]) -> bool:
        """Whether captions or heads say more than "number" or "share"."""
        return any(self._counted(title.split()) for title in titles)

    def _read(self, title: str) -> tuple[Tokens, Tokens]:
        if title not in self._read_before:
            words = title.split()
            tokens = self._gendered(self._counted(words), _participles_in(words, self.codebook.matching))
            concepts = self._conceived(tokens)
            somebody = any(one.code not in _ANYBODY for one in concepts)
            kept = [
                one
                for one in concepts
                if not (somebody and one.code in _ANYBODY)
                and not self._is_nationwide(one)
                and not self._is_implied(one, concepts)
            ]
            if concepts and concepts[0].women and not any(one.code == WOMAN for one in kept):
                kept.insert(0, Token(frozenset(), WOMAN))
            bare = [
                one
                for one in tokens
                if not (somebody and self._is_anybody(one)) and not self._is_nationwide(one)
            ]
            self._read_before[title] = once(bare), once(kept)
        return self._read_before[title]

    def _counted(self, words: Sequence[str]) -> list[str]:
        """Words of a title without those that only introduce, up to the word that names its breakdown."""
        return _counted(words, self.codebook.matching)

    def _gendered(self, words: Sequence[str], participles: Mapping[str, Forms]) -> list[Token]:
        """Words as tokens; the masculine and the feminine of one noun side by side are one that speaks of all."""
        matching = self.codebook.matching
        found: list[Token] = []
        for word in words:
            held = self._wide(word) | participles.get(word, frozenset())
            women = len(word) >= _LONG and word.endswith(_FEMININE) and held.isdisjoint(self._things)
            women = women and not self._is_of_things(word, held, found)
            token = Token(held, women=women, negates=word in matching.negating)
            twin = next(
                (
                    at
                    for at in range(max(0, len(found) - _BESIDE), len(found))
                    if found[at].women != women and self._one_noun(found[at], token)
                ),
                None,
            )
            if twin is None:
                found.append(token)
            elif found[twin].women:
                found[twin] = token
        return found

    def _wide(self, word: str) -> Forms:
        return _wide(word, self._nouns)

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
            negates = not code and part[0].negates
            found.append(Token(part[0].forms, code, women, negates, self._group_of.get(code, "")))
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

    def _is_of_things(self, word: str, held: Forms, before: Sequence[Token]) -> bool:
        """Whether a feminine plural is said of a thing («subventions versées») or is one by its pattern («إشارات»)."""
        if not is_arabic(word):
            return bool(before) and self._concept_at(before[-1:], 0)[1] in self._of_things
        patterns = self.codebook.matching.thing_plurals
        if not any(re.fullmatch(pattern, one) for one in whole(word) for pattern in patterns):
            return False
        return self._group_of.get(self._concept_at([Token(held)], 0)[1]) != _PEOPLE

    def _is_implied(self, token: Token, concepts: Sequence[Token]) -> bool:
        """Whether another concept says this one too: orphans are children."""
        implied = self.codebook.matching.implied
        return bool(token.code) and any(
            (one.code, token.code) in implied and one.women == token.women for one in concepts
        )

    def _wordings_from(self, held: Forms) -> list[tuple[tuple[Forms, ...], str]]:
        """Wordings of the codebook that begin with a word, the longest first."""
        found = {one for form in held for one in self._wordings.get(form, ())}
        return [self._concepts[at] for at in sorted(found, key=lambda at: self._order(at, held))]

    def _order(self, at: int, held: Forms) -> tuple[int, int, int]:
        """Sorts wordings that a word may begin: long ones first, then the likest: «طلبات» are no «طلبة»."""
        words = self._concepts[at][0]
        return -len(words), -len(words[0] & held), at

    @cached_property
    def _nouns(self) -> Nouns:
        return _nouns_of(self.codebook.concepts, self.codebook.matching)

    @cached_property
    def _concepts(self) -> Concepts:
        return _wordings_of(self.codebook.concepts, self.codebook.matching)

    @cached_property
    def _wordings(self) -> dict[str, list[int]]:
        """Places in the list, by each form of the first word."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, (words, _) in enumerate(self._concepts):
            for form in words[0]:
                found[form].append(at)
        return found

    @cached_property
    def _group_of(self) -> dict[str, str]:
        return {row.code: row.group for row in self.codebook.concepts}

    @cached_property
    def _of_things(self) -> frozenset[str]:
        """Concepts that are no people: a plural in «ات» among them says nothing of women."""
        return frozenset(code for code, group in self._group_of.items() if group != _PEOPLE)

    @cached_property
    def _things(self) -> Forms:
        """Forms of the nouns of such concepts."""
        return frozenset(
            form
            for words, code in self._concepts
            if code in self._of_things
            for form in words[0]
            if not form.startswith(_CODE)
        )


@lru_cache(maxsize=4)
def _wordings_of(labels: tuple[LabelRow, ...], matching: Matching) -> Concepts:
    """Wordings of concepts with their codes, in the order of the groups."""
    spoken_of = (row for row in labels if row.group in _GROUPS and row.code not in matching.headings)
    rows = sorted(spoken_of, key=lambda row: _GROUPS.index(row.group))
    nouns = _nouns_of(labels, matching)
    read = [
        (tuple(_wide(word, nouns) for word in _counted(fold(row.wording).split(), matching)), row)
        for row in rows
    ]
    people = {words for words, row in read if row.group == _PEOPLE}
    known = {(words, row.code) for words, row in read if words}
    return tuple(
        (words, row.code)
        for words, row in read
        # «الأطفال التوحديون» is two concepts: children, and an autism that is listed by itself.
        if words and (row.group == _PEOPLE or words[:1] not in people or (words[1:], row.code) not in known)
    )


@lru_cache(maxsize=4)
def _nouns_of(labels: tuple[LabelRow, ...], matching: Matching) -> Nouns:
    """Forms of single words for people and places, each with the code that lists it; not those of two nouns.

    «فتي» is what is left of girls and of boys; «طفل» is a child, though girls («طفلات») have it too.
    """
    listed: dict[str, set[str]] = defaultdict(set)
    stems: dict[str, set[str]] = defaultdict(set)
    for row in labels:
        words = _counted(fold(row.wording).split(), matching)
        if row.group in _NOUNS and len(words) == 1 and row.code not in matching.headings:
            for form in forms(words[0]):
                (listed if form in whole(words[0]) else stems)[form].add(f"{_CODE}{row.code}")
    found = {form: listed.get(form) or stems[form] for form in (*listed, *stems)}
    return {form: frozenset(codes) for form, codes in found.items() if len(codes) == 1}


def _wide(word: str, nouns: Nouns) -> Forms:
    """Forms of a word and, of a noun, the codes that list it: a broken plural is the word that it is the plural of."""
    held = forms(word)
    return held.union(*(nouns[form] for form in held if form in nouns))


def _counted(words: Sequence[str], matching: Matching) -> list[str]:
    kept: list[str] = []
    for at, word in enumerate(words):
        if word in matching.breakdown_by and _names_breakdown(words[at + 1 :], matching):
            break
        if (
            not _introduces(word, matching)
            or _says_how(words, at, matching)
            or participle(words, at, matching.participles)
        ):
            kept.append(word)
    return kept


def _participles_in(words: Sequence[str], matching: Matching) -> dict[str, Forms]:
    """Words of a caption that stand for participles, with the forms of these."""
    table = matching.participles
    found = {
        word: participle(words, at, table)
        for at, word in enumerate(words)
        if at and words[at - 1] in table.done
    }
    return {word: forms(made) for word, made in found.items() if made}


def _introduces(word: str, matching: Matching) -> bool:
    return (
        word in matching.light
        or not forms(word).isdisjoint(matching.titles)
        or not whole(word).isdisjoint(matching.titles_whole)
    )


def _says_how(words: Sequence[str], at: int, matching: Matching) -> bool:
    """Whether a word right behind a noun says what the noun is like: «bénéficiaires effectifs», not «effectif des …»."""
    return words[at] in matching.behind_noun and at > 0 and words[at - 1] not in matching.light


def _names_breakdown(words: Sequence[str], matching: Matching) -> bool:
    """Whether what follows «حسب», «par» or «selon» is a breakdown: sex, region, age."""
    telling = next((forms(word) for word in words if word not in matching.light), None)
    return telling is not None and any(met(one, (telling,), 0) for one in matching.breakdowns)
