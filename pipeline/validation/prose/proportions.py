"""Two counts of a sentence and the percent that one is of the other: «80 sur 100, soit 80 %», «65 % des 2 000 …, soit 1 100».

A percent behind a part may be one of something else that is counted elsewhere. So where its words do not say of what it
is, it is left alone as soon as it is that of any other figure of the sentence, or as something follows of which it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import words
from pipeline.model.finding import Finding, Severity
from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.cards import card, in_each, say
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import Interval, exactly, of
from pipeline.validation.prose.bases import alike
from pipeline.validation.prose.spoken import Figure, placed
from pipeline.validation.prose.telling import kind_of

PERCENT = "PT"
_LEVELS = ("", "level")
_TWO = 2
_SIGNS = ("+", "-", "−", "–")
#: What stands between a percent and the count of which it is.
_OF = ("des", "de", "du", "d", "les", "la", "l", "un", "total", "ensemble", "sur", "من", "مجموع", "اصل", "بين")
#: How far from a count its percent may stand, in characters.
_BESIDE = 40
#: Words before a whole that introduce it.
_OPENING = 4
_OF_ALL = re.compile(r"(?i)من\s+(?:أصل|اصل|بين|مجموع)|\bsur(?:\s+un\s+total\s+de)?\b|\bout\s+of\b")
_THAT_IS = re.compile(r"(?:أي|ما\s+يعادل|ما\s+يمثل|وهو\s+ما\s+يمثل)\b|\bsoit\b|\breprésent|\bcorrespond")


def share_of_counts(evidence: Evidence) -> Iterator[Finding]:
    """«80 out of 100, that is 80 %»: the percent is the first count over the second; so it is where parts are listed first."""
    groups: dict[tuple[str, int, str], list[Reading]] = {}
    for reading in evidence.readings:
        if reading.kind != "cell" and reading.sentence and reading.value is not None:
            groups.setdefault((reading.locus.report_id, reading.locus.page, reading.sentence), []).append(
                reading
            )
    seen: set[str] = set()
    for (_, _, sentence), held in groups.items():
        for at, percent in enumerate(held):
            if at < 2 or percent.unit_measure != "PT" or percent.measure == "growth_rate":
                continue
            told = _of_one(sentence, held[at - 2], held[at - 1], percent) or _of_list(sentence, held[:at], percent)
            if told is not None:
                seen.add(percent.reading_id)
                yield from _share(evidence, percent, *told)
        if len(held) > _TWO:
            yield from (one for one in _in_order(sentence, placed(held)) if one.readings[0] not in seen)


def _in_order(sentence: str, figures: Sequence[Figure]) -> Iterator[Finding]:
    """Each two counts and their percent that follow each other and say what they have to do with each other."""
    counts = [one.reading for one in figures if one.reading.unit_measure != PERCENT]
    for at in range(len(figures) - _TWO):
        three = figures[at : at + 3]
        told = _told(sentence, three) if sum(one.reading.unit_measure == PERCENT for one in three) == 1 else None
        if told is None or told.percent.measure == "growth_rate":
            continue
        others = [one for one in counts if one not in (told.part, told.whole)]
        pairs = [(told.part, told.whole)]
        pairs += [pair for other in others for pair in ((told.part, other), (other, told.whole))]
        if not any(_fits(part, whole, told.percent) for part, whole in pairs):
            yield _card(told.percent, told.part, told.whole, sure=told.sure)


def _told(sentence: str, three: Sequence[Figure]) -> _Proportion | None:
    """What three figures in order are to each other, where the words between them say so."""
    (a, b, c), gaps = three, [sentence[one.end : two.start] for one, two in pairwise(three)]
    if not all(len(gap) <= _BESIDE and not _by_the_year(gap) for gap in gaps):
        return None
    if any(sentence[one.start - 1 : one.start] in _SIGNS for one in three):
        return None  # soit +10 %
    first, second = gaps
    if c.reading.unit_measure == PERCENT:  # 2 000 personnes, dont 1 100 femmes (55 %)
        sure = bool(_THAT_IS.search(second))
        bracket = second.rstrip().endswith("(") and sentence[c.end :].lstrip()[:1] == ")"
        part_of = _is_of_these(first) and (sure or bracket) and not _goes_on(sentence, c)
        told = _Proportion(b.reading, a.reading, c.reading, sure) if part_of else None
    elif a.reading.unit_measure == PERCENT:  # 65 % des 2 000 bénéficiaires …, soit 1 100 femmes
        told = _Proportion(c.reading, b.reading, a.reading) if _is_of(first) and _THAT_IS.search(second) else None
    elif _THAT_IS.search(first) and _is_of(second):  # 1 100 femmes, soit 65 % des 2 000 bénéficiaires
        told = _Proportion(a.reading, c.reading, b.reading)
    else:  # استفاد 2 000 شخص، 65% منهم نساء أي 1 100 امرأة
        of_these = _is_of_these(first) or _is_of_these(" ".join(second.split()[:1]))
        told = _Proportion(c.reading, a.reading, b.reading) if of_these and _THAT_IS.search(second) else None
    return told if told is not None and _part_and_whole(told.part, told.whole) else None


def _by_the_year(gap: str) -> bool:
    told = {word.strip("،,()") for word in flat_text(gap).split()}
    return not told.isdisjoint(words("identifiers", "words", "yearly") | words("identifiers", "words", "each"))


def _is_of_these(gap: str) -> bool:
    told = {word.strip("،,(") for word in flat_text(gap).split()[-_OPENING:]}
    return not told.isdisjoint(words("identifiers", "words", "of_these"))


def _is_of(gap: str) -> bool:
    """Whether nothing but «of the» stands between a percent and a count."""
    told = [word.strip("،,") for word in flat_text(gap.replace("’", " ").replace("'", " ")).split()]
    return bool(told) and told[0] in _OF and all(word in _OF for word in told)


def _goes_on(sentence: str, percent: Figure) -> bool:
    """Whether what stands behind a percent says of what it is: «soit 45 % des femmes de la région»."""
    behind = flat_text(sentence[percent.end :].lstrip(" )")).split()
    return bool(behind) and behind[0].strip("،,") in _OF


def _part_and_whole(part: Reading, whole: Reading) -> bool:
    """Whether two counts can be a part and its whole: people, sums of money, or things of one noun."""
    levels = all(one.measure in _LEVELS and not one.base_period and one.value for one in (part, whole))
    if not levels or part.unit_measure != whole.unit_measure or (part.value or 0) > (whole.value or 0):
        return False
    return kind_of(part.unit_measure) != "COUNT" or part.unit_measure == "PS" or alike(part, whole)


def _fits(part: Reading, whole: Reading, percent: Reading) -> bool:
    """Whether a percent is a part of its whole, rounded or cut off; nothing speaks against what has no bounds."""
    one, base, said = of(part), of(whole), of(percent)
    if one is None or base is None or said is None or said.low is None or said.high is None or not whole.value:
        return True
    half = Fraction(percent.resolution) / 2
    return one.over(base).times(100).meets(Interval(said.low - half, said.high + half))


@dataclass(frozen=True, slots=True)
class _Proportion:
    """A part, its whole and the percent that it is of it; ``sure`` where the words leave no other whole."""

    part: Reading
    whole: Reading
    percent: Reading
    sure: bool = True


_Parts = tuple[Reading, Reading, list[Decimal]]


def _of_one(sentence: str, one: Reading, whole: Reading, percent: Reading) -> _Parts | None:
    """Part, whole and the only value that the part can have, of two counts right before their percent."""
    if one.unit_measure == "PT" or not one.value or not whole.value or not percent.value:
        return None
    if not (_joined(sentence, one, whole, _OF_ALL) and _joined(sentence, whole, percent, _THAT_IS)):
        return None
    if one.value > whole.value and percent.value <= 100:
        one, whole = whole, one  # 2 640 طفلا، من بينهم 1 218 طفلة، أي بنسبة …
    return one, whole, []


def _of_list(sentence: str, before: Sequence[Reading], percent: Reading) -> _Parts | None:
    """The last of the parts of a whole named before them («من أصل 146 …، نفذت 65 …، و45 …، أي»), and sums that it may be of."""
    *_, part = before
    if not _joined(sentence, part, percent, _THAT_IS):
        return None
    at = next((i for i, one in enumerate(before[:-1]) if _is_whole(sentence, one)), None)
    if at is None:
        return None
    whole, parts = before[at], before[at + 1 :]
    values = [one.value for one in parts if one.value is not None and one.qualifier is Qualifier.EXACT]
    plain = len(values) == len(parts) and all(one.unit_measure != "PT" for one in (whole, *parts))
    if not plain or not whole.value or not all(0 < value <= whole.value for value in values):
        return None
    sums = [sum(values[i:], Decimal(0)) for i in range(len(values))]
    return part, whole, [*values, *sums, *(whole.value - value for value in (*values, *sums))]


def _is_whole(sentence: str, one: Reading) -> bool:
    """Whether a count is introduced as the whole of what follows."""
    before = sentence.partition(one.raw)[0].split()[-_OPENING:]
    return bool(_OF_ALL.search(" ".join(before)))


def _share(
    evidence: Evidence, percent: Reading, one: Reading, whole: Reading, others: Sequence[Decimal]
) -> Iterator[Finding]:
    part, base, said = of(one), of(whole), of(percent)
    if part is None or base is None or said is None or not whole.value or not one.value:
        return
    if part.over(base).times(100).meets(said):
        evidence.vouch("DOC-07", [r.reading_id for r in (one, whole, percent)])
        return
    if any(exactly(other).over(base).times(100).meets(said) for other in others):
        return
    yield _card(percent, one, whole)


def _card(percent: Reading, one: Reading, whole: Reading, *, sure: bool = True) -> Finding:
    exact = all(r.qualifier is Qualifier.EXACT for r in (one, whole, percent))
    part, base = one.value or Decimal(0), whole.value or Decimal(1)
    ar, fr, en = _shared(part, base)
    return card(
        "DOC-07",
        "document",
        Severity.ERROR if exact and sure else Severity.WARNING,
        readings=[percent, one, whole],
        expected=f"{say(100 * part / base, 2)} %",
        observed=percent.raw,
        ar=f"{ar}؛ المطبوع {percent.raw}",
        fr=f"{fr} ; imprimé {percent.raw}",
        en=f"{en}; printed {percent.raw}",
    )


def _shared(part: Decimal, whole: Decimal) -> tuple[str, str, str]:
    return in_each(lambda say: f"{say(part)} ÷ {say(whole)} = {say(100 * part / whole, 2)} %")


def _joined(sentence: str, one: Reading, other: Reading, words: re.Pattern[str]) -> bool:
    """Whether such words stand between two figures of a sentence that are near each other."""
    _, found, rest = sentence.partition(one.raw)
    between, there, _ = rest.partition(other.raw)
    return bool(found and there and len(between) <= _BESIDE and words.search(between))
