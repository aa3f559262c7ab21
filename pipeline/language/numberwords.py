"""Numbers written in words, Arabic and French, found among the tokens of a flat text.

Arabic: units, tens and hundreds fill the three places of a group in any order, joined by و; a scale word
closes the group and multiplies it; groups descend. A second unit after a unit starts a list, not a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table, values, words

_PARTICLES = ("", "ب", "ل", "ف", "ك")
_TEN = 10
_MOST_THOUSANDS = 10**6  # what may stand in thousands before millions


class Token(NamedTuple):
    """A word or a digit string of a flat text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words over ``tokens[first:last]``; ``single`` tells that it is one bare unit word."""

    value: Decimal
    first: int
    last: int
    single: bool


@cache
def _arabic() -> dict[str, tuple[str, int]]:
    """Flat word → class (u, t, h, s, d) and value."""
    found: dict[str, tuple[str, int]] = {}
    for key, mark in (("units", "u"), ("tens", "t"), ("hundreds", "h"), ("scales", "s"), ("duals", "d")):
        for word, value in values("numberwords", "ar", key).items():
            found[word] = (mark, value)
    return found


@cache
def _french() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for key, mark in (("units", "u"), ("hundreds", "h"), ("scales", "s")):
        for word, value in values("numberwords", "fr", key).items():
            found[word] = (mark, value)
    return found


@cache
def fractions() -> dict[str, Decimal]:
    """Flat fraction words (نصف, ربع) and what they stand for."""
    held = table("numberwords")["fractions"]
    return {flat_text(word): Decimal(value) for value, listed in held.items() for word in listed}


@cache
def shares() -> dict[str, Decimal]:
    """Flat words that name a share of a whole by themselves (ثلث, moitié) and what they stand for."""
    halves = values("numberwords", "shares")
    return {
        word: Decimal(2 if "ثلثا" in word or "ثلثي" in word else 1) / part for word, part in halves.items()
    }


@cache
def numerators() -> dict[str, int]:
    """Flat number words below ten, of both languages, that may stand before the parts of a whole."""
    both = {**values("numberwords", "ar", "units"), **values("numberwords", "fr", "units")}
    return {word: value for word, value in both.items() if 0 < value < _TEN}


@cache
def scales() -> dict[str, int]:
    """Flat scale words of both languages and their values."""
    arabic = {**values("numberwords", "ar", "scales")}
    return {**arabic, **values("numberwords", "fr", "scales")}


@cache
def dual_scales() -> dict[str, int]:
    """Flat duals of the scale words (ألفين, مليوني) and their values."""
    return values("numberwords", "ar", "duals")


@cache
def ordinals() -> dict[str, int]:
    """Flat ordinals of both languages, of one or two words."""
    return {**values("numberwords", "ar", "ordinals"), **values("numberwords", "fr", "ordinals")}


def is_number_word(word: str) -> bool:
    """Whether a flat word is a number word of either language, و before it or not."""
    return word in _arabic() or has_waw(word) or word in _french()


def has_article(word: str) -> bool:
    """Whether a flat noun is definite by its article; آلية and الى are not."""
    if not word.startswith("ال") or is_number_word(word):
        return False
    return word not in words("identifiers", "words", "al_words") and word not in words(
        "identifiers", "words", "stop"
    )


def classify(word: str, *, first: bool, joined: bool) -> tuple[str, int] | None:
    """Class and value of an Arabic number word without its particles.

    Args:
        word: a flat token.
        first: the number would begin here, so that ب ل ف ك may stand before it.
        joined: a و was written apart before the token.
    """
    known = _arabic()
    if word in known:
        return known[word]
    if word in words("numberwords", "ar", "no_number"):
        return None
    if word.startswith("و") and len(word) > 2 and word[1:] in known and not joined:
        return known[word[1:]]
    if first:
        for head in ("", "و"):
            for particle in _PARTICLES[1:]:
                start = head + particle
                rest = word[len(start) :] if word.startswith(start) else ""
                if rest in known and (len(rest) > 2 or particle == "ب"):  # بست جهات, but لست is a verb
                    return known[rest]
    return None


def has_waw(word: str) -> bool:
    """Whether a flat token is a number word with و glued before it."""
    return word not in _arabic() and word.startswith("و") and word[1:] in _arabic()


@dataclass(slots=True)
class _Sum:
    """An Arabic number while it is read: ``total`` of the groups closed by scale words, and the open ``group``."""

    total: int = 0
    group: int = 0
    places: frozenset[str] = frozenset()
    ceiling: int = 10**15  # the next scale word must be smaller

    def below_thousand(self, mark: str, value: int, *, apart: bool) -> bool:
        """Add a unit, ten or hundred to the open group; ``apart`` tells that no و joins it. False where it can't be."""
        if mark == "u" and value == _TEN and apart and "u" in self.places and "t" not in self.places:
            if not self.group % _TEN:
                return False
            self.group += _TEN  # ثلاثة عشر
            self.places |= {"t"}
            return True
        if mark == "h" and value == 100 and apart and "u" in self.places and not self.places & {"h", "t"}:
            self.group *= 100  # ثلاث مائة
            self.places = frozenset("h")
            return True
        place = "t" if mark == "t" or value == _TEN else mark
        if (
            apart
            or place in self.places
            or (place in "ut" and not _adds(value, place, self.places, self.group))
        ):
            return False
        self.group += value
        self.places |= {place}
        return True

    def scale(self, value: int, *, apart: bool, dual: bool) -> bool:
        """Close the open group with a scale word. False where it can't be."""
        if self.ceiling < value and 0 < self.total < _MOST_THOUSANDS and (self.group or apart):
            self.total = (self.total + self.group) * value  # ألف وخمسمائة مليون
            self.group, self.places, self.ceiling = 0, frozenset(), value
            return True
        if value >= self.ceiling or (apart and not self.group):
            return False
        if self.group and not apart and self.group < value:
            self.total += self.group + value  # سبعة وتسعين وتسعمائة وألف: the smaller part was said first
        else:
            self.total += value * (self.group or (2 if dual else 1))
        self.group, self.places, self.ceiling = 0, frozenset(), value
        return True

    def dual(self, value: int, *, apart: bool) -> bool:
        """Add two of a scale (ألفين). False where it can't be."""
        if value >= self.ceiling or self.group or apart:
            return False
        self.total += value
        self.ceiling, self.places = value // 2, frozenset()
        return True


def read_arabic(tokens: Sequence[Token], at: int, tanwin: frozenset[int] = frozenset()) -> Spelled | None:
    """The number in Arabic words that begins at ``tokens[at]``, or ``None``.

    Args:
        tokens: tokens of the flat text.
        at: where to begin.
        tanwin: starts of tokens printed with tanwin (ألفًا is 1 000; ألفا before a noun is 2 000).
    """
    read = _Sum()
    i, mark = at, ""
    closed: Spelled | None = None  # what has been read up to the last scale word
    while i < len(tokens):
        joined = tokens[i].text == "و" and i > at
        j = i + joined
        found = classify(tokens[j].text, first=i == at, joined=joined) if j < len(tokens) else None
        if found is None:
            break
        mark, value = found
        ten = tokens[j + 1].text if j + 1 < len(tokens) else ""
        eleven = tokens[j].text == "واحد" and ten == "عشر"  # ألفين وأحد عشر
        apart = i > at and not joined and not eleven and not has_waw(tokens[j].text)
        if mark == "s":
            if i == at and tokens[j].text in words("numberwords", "ar", "plural_scales", "some"):
                return None
            if value == read.ceiling and read.group and closed is not None:
                return closed  # ألفين وخمسة آلاف: the scale belongs to a number of its own
            dual = not read.group and not read.total and tokens[j].start not in tanwin and _is_dual(tokens, j)
            taken = read.scale(value, apart=apart, dual=dual)
        elif mark == "d":
            taken = read.dual(value, apart=apart)
        else:
            taken = read.below_thousand(mark, value, apart=apart)
        if not taken:
            break
        i = j + 1
        if mark in "sd":
            closed = Spelled(Decimal(read.total), at, i, single=False)
    if i == at:
        return None
    alone = i == at + 1 and closed is None
    return Spelled(Decimal(read.total + read.group), at, i, alone)


def _is_dual(tokens: Sequence[Token], j: int) -> bool:
    """Whether ألفا, مليونا is two: only right before what it counts (ألفا ريال), else one (ألفا وخمسمائة)."""
    following = tokens[j + 1].text if j + 1 < len(tokens) else ""
    return tokens[j].text.endswith("ا") and not following.startswith("و")


def _adds(value: int, place: str, places: frozenset[str], group: int) -> bool:
    """Whether a unit or ten may be added: one of each, and ten beside no other ten (عشرة وعشرون are two numbers)."""
    if place in places or (value == _TEN and "t" in places) or (place == "u" and group % 100 == _TEN):
        return False
    return not (place == "t" and group % 100 == _TEN)


def read_definite(tokens: Sequence[Token], at: int) -> Spelled | None:
    """A definite number behind a definite noun (الأقاليم الخمسة, الجمعيات الخمس والأربعين), or ``None``.

    Tens by themselves (الستون) are ranks as well, and left.
    """
    word = tokens[at].text
    found = _arabic().get(word[2:]) if word.startswith("ال") and at else None
    noun = tokens[at - 1].text if at else ""
    if found is None or found[0] != "u" or found[1] < 2 or not _is_definite(noun):
        return None
    value, last = found[1], at + 1
    following = tokens[last].text if last < len(tokens) else ""
    if following in scales():
        return Spelled(Decimal(value * scales()[following]), at, last + 1, single=False)
    if value < _TEN and following in ("عشر", "عشره"):
        return Spelled(Decimal(value + _TEN), at, last + 1, single=False)
    tens = values("numberwords", "ar", "tens")
    if value < _TEN and following.startswith("وال") and following[3:] in tens:
        return Spelled(Decimal(value + tens[following[3:]]), at, last + 1, single=False)
    return Spelled(Decimal(value), at, last, single=False)


def _is_definite(word: str) -> bool:
    return len(word) > 4 and any(
        word.startswith(article) for article in ("ال", "لل", "بال", "وال", "كال", "فال")
    )


def read_french(tokens: Sequence[Token], at: int) -> Spelled | None:
    """The number in French words that begins at ``tokens[at]``, or ``None``; hyphens part tokens."""
    known = _french()
    if tokens[at].text in words("numberwords", "fr", "plural_scales", "some"):
        return None
    total = group = 0
    i, count, last_end = at, 0, at
    previous = 0
    while i < len(tokens):
        if count:
            i = _past_link(tokens, i, known)
        if i >= len(tokens):
            break
        found = known.get(tokens[i].text)
        if found is None:
            break
        mark, value = found
        if mark == "u":
            if value == 20 and previous == 4:
                group += 76
            elif count and not _follows(group, value, previous):
                break
            else:
                group += value
        elif mark == "h":
            if group >= 20:  # onze cents is 1100, vingt cents is none
                break
            group = max(group, 1) * 100
        else:
            if total and value >= 10 ** (len(str(total)) - 1):
                break
            total += max(group, 1) * value
            group = 0
        previous = value
        count += 1
        i += 1
        last_end = i
    if not count:
        return None
    return Spelled(Decimal(total + group), at, last_end, count == 1 and total == 0)


def _past_link(tokens: Sequence[Token], i: int, known: dict[str, tuple[str, int]]) -> int:
    """Index behind the hyphens and «et» that link two number words (vingt-et-un), else ``i``."""
    j = i
    if tokens[j].text == "-":
        j += 1
    if j < len(tokens) and tokens[j].text == "et":
        j += 1
        if j < len(tokens) and tokens[j].text == "-":
            j += 1
        linked = j < len(tokens) and known.get(tokens[j].text, ("", 0))[1] in (1, 11)
    else:
        linked = j > i and j < len(tokens) and tokens[j].text in known and tokens[i].end == tokens[j].start
    return j if linked else i


def _follows(group: int, value: int, previous: int) -> bool:
    """Whether a French unit may be added to what stands before it."""
    rest = group % 100
    if rest == 0 or previous >= 100:
        return True
    if value < 10:
        return rest % 10 == 0 and (rest >= 20 or rest == 10)
    return (10 < value < 20 and rest in (60, 80)) or (value == 10 and rest in (60, 80))
