"""What a caption says is counted, as a set of stems: without order, inflection, breakdown, and words that only introduce.

«عدد المستفيدين من الوساطة الأسرية» and «توزيع المستفيدين من الوساطة الأسرية حسب الجنس» have one key. Gender is kept where
it tells women from all: a feminine plural without its masculine beside it is a stem of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.codebook.nouns import Matching
from pipeline.codebook.wording import forms, met, stem

#: A stem of women alone.
_WOMEN = "♀"
_FEMININE = ("ات", "ees", "ee")
_LONG = 5


def key_of(titles: Iterable[str], matching: Matching) -> frozenset[str]:
    """Stems of folded captions."""
    words = [word for title in titles for word in _counted(title.split(), matching)]
    feminine = {word for word in words if len(word) >= _LONG and word.endswith(_FEMININE)}
    common = {stem(word) for word in words if word not in feminine}
    women = {stem(word) for word in feminine} - common
    return frozenset(common | {f"{one}{_WOMEN}" for one in women})


def differ_in_gender(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two keys are the same but that one speaks of women alone."""
    return one != other and {s.rstrip(_WOMEN) for s in one} == {s.rstrip(_WOMEN) for s in other}


def _counted(words: list[str], matching: Matching) -> list[str]:
    """Words of a title without light ones, up to the word that names its breakdown."""
    kept: list[str] = []
    for at, word in enumerate(words):
        if word in matching.breakdown_by and _names_breakdown(words[at + 1 :], matching):
            break
        if word not in matching.light and stem(word) not in matching.titles:
            kept.append(word)
    return kept


def _names_breakdown(words: list[str], matching: Matching) -> bool:
    """Whether what follows «حسب», «par» or «selon» is a breakdown: sex, region, age."""
    telling = next((forms(word) for word in words if word not in matching.light), None)
    return telling is not None and any(met(one, (telling,), 0) for one in matching.breakdowns)
