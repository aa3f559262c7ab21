"""Wordings compared across inflection: match keys of either language, word forms, and terms found in them.

Arabic prefixes and suffixes are those of the Light10 stemmer (Larkey, Ballesteros and Connell 2007), with the
one-letter particles and the alef of the tanwin; but a word keeps *all* its forms, and two words are alike when
they share one: a stemmer that picks one form cuts والدية in two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language import arabic, french

_PREFIXES = ("وبال", "وكال", "ولل", "وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_ARTICLES = ("وال", "ال", "لل")
_SUFFIXES = (
    "ات",
    "ون",
    "ين",
    "ان",
    "ها",
    "هم",
    "هن",
    "تها",
    "تهم",
    "تهن",
    "ته",
    "يه",
    "ه",
    "ا",
    "ي",
    "ي",
    "و",
)
_FRENCH_ENDINGS = ("ees", "es", "ee", "s", "x", "e")
_SHORTEST = 3
_LEVEL = re.compile(
    r"^(?:(?:ال)?(?:جهه|اقليم|عماله)|(?:region|province|prefecture)(?: de l| de la| des| de| du| d)?) (?=\S)"
)
_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufeff]")

Forms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A word or several of a cue, each with its forms; a word that ended in ``*`` matches by its beginning."""

    text: str
    words: tuple[Forms, ...]
    open_ended: tuple[bool, ...]


def is_arabic(text: str) -> bool:
    """Tell whether a text holds an Arabic letter."""
    return _ARABIC.search(text) is not None


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Match key of a wording in either language."""
    return arabic.fold(text) if is_arabic(text) else french.fold(text)


@lru_cache(maxsize=100_000)
def forms(word: str) -> Forms:
    """All forms of a folded word of running text: with and without particles, article and endings."""
    return _without_endings([word, *_stripped(word, _PREFIXES)]) if is_arabic(word) else _french(word)


@lru_cache(maxsize=100_000)
def whole(word: str) -> Forms:
    """A folded word with and without particles and article, its ending kept."""
    return frozenset([word, *_stripped(word, _PREFIXES)]) if is_arabic(word) else frozenset([word])


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[Forms, ...]:
    """Forms of every word of a text."""
    return tuple(forms(word) for word in fold(text).split())


def without_level(key: str) -> str:
    """The folded name of a place without the word for its level: region, province, prefecture."""
    return _LEVEL.sub("", key)


def term(text: str) -> Term:
    """Read one term of a cue; only the article comes off its words, so that no root letter is lost."""
    words, open_ended = [], []
    for word in text.split():
        bare = fold(word.rstrip("*"))
        for part in bare.split():
            is_open = word.endswith("*")
            arabic_forms = [part, *_stripped(part, _ARTICLES)] if is_arabic(part) else []
            # What is met by its beginning keeps its ending: «visé*» begins no «visites».
            whole_forms = frozenset(arabic_forms or [part])
            words.append(
                whole_forms if is_open else _without_endings(arabic_forms) if arabic_forms else _french(part)
            )
            open_ended.append(is_open)
    return Term(text, tuple(words), tuple(open_ended))


def met(wanted: Term, words: tuple[Forms, ...], window: int) -> bool:
    """Tell whether all words of a term stand within a window of so many words more than it has itself; a sign has none."""
    if not wanted.words:
        return False
    if len(wanted.words) == 1:
        return any(_alike(wanted.words[0], wanted.open_ended[0], word) for word in words)
    reach = len(wanted.words) + window
    for start, word in enumerate(words):
        if _alike(wanted.words[0], wanted.open_ended[0], word):
            stretch = words[max(0, start - window) : start + reach]
            if all(
                any(_alike(one, is_open, other) for other in stretch)
                for one, is_open in zip(wanted.words, wanted.open_ended, strict=True)
            ):
                return True
    return False


def _alike(wanted: Forms, is_open: bool, word: Forms) -> bool:
    if is_open:
        return any(form.startswith(beginning) for form in word for beginning in wanted)
    return not wanted.isdisjoint(word)


def _stripped(word: str, prefixes: tuple[str, ...]) -> list[str]:
    return [word[len(p) :] for p in prefixes if word.startswith(p) and len(word) - len(p) >= _SHORTEST]


def _without_endings(words: list[str]) -> Forms:
    held = set(words)
    for word in words:
        held |= {word[: -len(s)] for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) >= _SHORTEST}
    return frozenset(held)


def _french(word: str) -> Forms:
    held = {word}
    held |= {word[: -len(e)] for e in _FRENCH_ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST}
    return frozenset(held)
