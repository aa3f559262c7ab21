"""Parts that a sentence names beside their whole: women and men, town and country, what a whole is said to be split into.

«Dont» names some of a whole, and two of what it names may overlap. So parts are added up only where they leave nothing
out: two sides of one thing (women and men), or what the words say to be all («répartis entre», «موزعين بين», «soit un
total de»). Less than the whole is an error only where the words leave no room for others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table, words
from pipeline.model.finding import Finding, Severity
from pipeline.model.place import Method
from pipeline.model.reading import Qualifier, Reading
from pipeline.validation.cards import card, in_each, say
from pipeline.validation.evidence import Evidence
from pipeline.validation.intervals import of, total
from pipeline.validation.prose.bases import alike
from pipeline.validation.prose.spoken import Figure, placed
from pipeline.validation.prose.telling import kind_of

#: Letters between a whole and the first of its parts, and between two parts; words around a cue.
_REACH, _STEP, _CUE = 90, 70, 4
#: Parts of a list; more are a table.
_MOST = 10
#: A list that is so far from its whole, in percent of it, may be of something else.
_NEAR = 20
_LEVELS = ("", "level")
#: What ends a list that goes on in no other line, and what parts a phrase from the next one.
_ENDS, _MARK = (".", "!", "?", "؟"), re.compile(r"[.,،؛;:()\d]|(?<!\w)et(?!\w)")
_TWO = 2


@dataclass(frozen=True, slots=True)
class _Sum:
    """A whole, what are its parts, and how sure that is.

    ``others`` are figures before it of which the parts may be; ``sides`` are two that are never more than it;
    ``all_of_it`` leaves no room for others; where it does not ``end`` there may be more parts in the next line.
    """

    whole: Reading
    parts: tuple[Reading, ...]
    others: tuple[Reading, ...]
    sides: bool
    all_of_it: bool
    ends: bool = True


def parts_of_whole(evidence: Evidence) -> Iterator[Finding]:
    """Parts of which a sentence says that they are a whole add up to it; two sides of it are never more."""
    groups: dict[tuple[str, int, str], list[Reading]] = defaultdict(list)
    for reading in evidence.readings:
        if reading.kind != "cell" and reading.sentence and reading.value is not None:
            groups[reading.locus.report_id, reading.locus.page, reading.sentence].append(reading)
    for (_, _, sentence), held in groups.items():
        if len(held) <= _TWO:
            continue
        figures = [one for one in placed(held) if one.reading.unit_measure != "PT"]
        for told in (*_behind(sentence, figures), *_before(sentence, figures)):
            yield from _held(evidence, told)


def _behind(sentence: str, figures: Sequence[Figure]) -> Iterator[_Sum]:
    """Wholes with their parts behind them: «1 250 personnes, dont 700 femmes et 550 hommes»."""
    for at, whole in enumerate(figures[:-_TWO]):
        between = sentence[whole.end : figures[at + 1].start]
        cue = _cue(between) if len(between) <= _REACH and _is_level(whole.reading) else ""
        parts = _listed(sentence, figures[at + 1 :]) if cue else ()
        if len(parts) < _TWO or _leaves_rest(sentence, whole.end):
            continue
        others = [one.reading for one in figures[:at] if _counts_alike(one.reading, whole.reading)]
        held = tuple(one.reading for one in parts)
        if _two_sides(sentence, whole, parts):
            plain = cue != "of these" or not any(_is_narrowed(sentence, one) for one in parts)
            ends = plain and sentence.rstrip().endswith(_ENDS)
            yield _Sum(whole.reading, held, tuple(others), True, cue != "of these", ends)
        elif cue == "split" and all(_of_one_noun(whole.reading, one.reading) for one in parts):
            yield _Sum(whole.reading, held, tuple(others), False, True, sentence.rstrip().endswith(_ENDS))


def _before(sentence: str, figures: Sequence[Figure]) -> Iterator[_Sum]:
    """Wholes behind their parts: «700 femmes et 550 hommes, soit 1 250 personnes»."""
    for at, whole in enumerate(figures):
        between = flat_text(sentence[figures[at - 1].end : whole.start]).split() if at >= _TWO else []
        told = {word.strip("،,(:") for word in between[-_CUE:]}
        if not told or not _is_level(whole.reading) or len(between) > 2 * _CUE:
            continue
        parts = _listed_up_to(sentence, figures[:at])
        if any((one.reading.value or 0) > (whole.reading.value or 0) for one in parts):
            continue
        summed = not told.isdisjoint(words("identifiers", "words", "summed"))
        if len(parts) == _TWO and not told.isdisjoint(words("identifiers", "words", "that_is")):
            if _two_sides(sentence, whole, parts):
                yield _Sum(whole.reading, tuple(one.reading for one in parts), (), True, True)
        elif summed and len(parts) >= _TWO and all(_of_one_noun(whole.reading, one.reading) for one in parts):
            yield _Sum(whole.reading, tuple(one.reading for one in parts), (), False, True)


def _cue(between: str) -> str:
    """What stands between a whole and its parts: ``split``, ``of these``, ``:`` for a colon or bracket, or nothing."""
    told = [word.strip("،,") for word in flat_text(between).split()]
    if not words("identifiers", "words", "split").isdisjoint(word.removeprefix("و") for word in told):
        return "split"
    if not words("identifiers", "words", "of_these").isdisjoint(told[-_CUE:]):
        return "of these"
    return ":" if between.rstrip().endswith((":", "(")) else ""


def _listed(sentence: str, figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures of a list from the first on; none where one of them has parts of its own."""
    for at in range(1, len(figures)):
        between = sentence[figures[at - 1].end : figures[at].start]
        if _cue(between) == "of these":
            return ()
        if not _joins(between):
            return figures[:at]
    return figures if len(figures) <= _MOST else ()


def _listed_up_to(sentence: str, figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures of a list up to the last."""
    start = len(figures) - 1
    while start and _joins(sentence[figures[start - 1].end : figures[start].start]):
        start -= 1
    held = figures[start:]
    nested = any(_cue(sentence[a.end : b.start]) for a, b in pairwise(held))
    return () if nested or len(held) > _MOST else held


def _joins(between: str) -> bool:
    """Whether two figures are of one list: little between them, and a comma or an «and» at its end."""
    if len(between) > _STEP or any(mark in between for mark in (".", "؛", ";", ":", "\n")):
        return False
    told = flat_text(between).split()
    stops = words("identifiers", "words", "that_is") | words("identifiers", "words", "to")
    if not told or not stops.isdisjoint(word.strip("،,") for word in told):
        return False
    joined = told[-1] in ("و", "et", "(") or told[-1].endswith(("و", "،", ",", "("))
    return joined or not {"et", ","}.isdisjoint(told[-_CUE:]) or any(word.startswith("و") for word in told[-_CUE:])


def _two_sides(sentence: str, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether two parts are the two sides of a whole that is of neither, and counts the same."""
    if len(parts) != _TWO or _side(sentence, whole, whole.end):
        return False
    ends = [parts[1].start, parts[1].end + _STEP]
    told = frozenset(_side(sentence, one, end) for one, end in zip(parts, ends, strict=True))
    if told == {"women", "men"}:
        people = all(one.reading.unit_measure == "PS" for one in (whole, *parts))
        holders = {flat_text(word) for word in words("identifiers", "words", "households")}
        return people and not any(word in holders for word in flat_text(whole.reading.unit_label).split())
    return told == {"town", "country"} and all(_of_one_noun(whole.reading, one.reading) for one in parts)


def _side(sentence: str, figure: Figure, end: int) -> str:
    """Which side of a whole a figure counts: by its noun, or by the words behind it."""
    sides: dict[str, frozenset[str]] = {
        name: words("identifiers", "sides", name) for name in table("identifiers")["sides"]
    }
    nouns = flat_text(figure.reading.unit_label).split()
    behind = [word.strip("،,().؛") for word in flat_text(sentence[figure.end : end]).split()]
    for told in (nouns, behind):
        for name, listed in sides.items():
            if any(word in listed for word in told):
                return name
    return ""


def _of_one_noun(whole: Reading, part: Reading) -> bool:
    """Whether a part counts what its whole does."""
    return kind_of(whole.unit_measure) == kind_of(part.unit_measure) and alike(whole, part)


def _leaves_rest(sentence: str, start: int) -> bool:
    """Whether a sentence says that there are others: «notamment», «le reste», «والباقي»."""
    told = {word.strip("،,().؛").removeprefix("و") for word in flat_text(sentence[start:]).split()}
    return not told.isdisjoint(words("identifiers", "words", "others"))


def _is_narrowed(sentence: str, part: Figure) -> bool:
    """Whether words behind a part say that it is only some of its side: «300 hommes en situation de handicap»."""
    behind = sentence[part.end :].lstrip()
    told = _MARK.split(behind.removeprefix(part.reading.unit_label), maxsplit=1)[0].split()
    return bool(told) and not told[0].startswith("و") and told[0] not in ("et", "ont")


def _counts_alike(one: Reading, other: Reading) -> bool:
    return kind_of(one.unit_measure) == kind_of(other.unit_measure) and _is_level(one)


def _is_level(reading: Reading) -> bool:
    return reading.measure in _LEVELS and not reading.base_period and (reading.value or 0) > 0


def _held(evidence: Evidence, told: _Sum) -> Iterator[Finding]:
    whole, bounds = of(told.whole), [of(one) for one in told.parts]
    known = [one for one in bounds if one is not None]
    if whole is None or len(known) < len(bounds) or not all(_is_level(one) for one in told.parts):
        return
    every = (told.whole, *told.parts)
    before = [one for reading in told.others if (one := of(reading)) is not None]
    # «300 encadrants et 1 250 bénéficiaires, dont …»: of both together.
    wholes = [whole, *before, *(total([whole, *before[at:]]) for at in range(len(before)))]
    runs = [run for n in range(_TWO, len(known) + 1) for run in (known[:n], known[-n:])]
    if any(total(run).meets(one) for run in runs for one in wholes):
        evidence.vouch("DOC-14", [one.reading_id for one in every])
        return
    added = sum((one.value or Decimal(0) for one in told.parts), Decimal(0))
    value = told.whole.value or Decimal(1)
    more = all(one.high is not None and added > one.high for one in wholes)
    near = abs(added - value) * 100 <= _NEAR * value
    if not (more if told.others else more or told.ends) or not (told.sides or near):
        return
    sure = (told.sides and more) or (told.all_of_it and near)
    plain = all(one.qualifier is Qualifier.EXACT and one.locus.method is not Method.OCR for one in every)
    ar, fr, en = in_each(lambda say: f"{' + '.join(say(one.value) for one in told.parts)} = {say(added)}")
    yield card(
        "DOC-14",
        "document",
        Severity.ERROR if sure and plain else Severity.WARNING,
        readings=every,
        expected=say(added),
        observed=told.whole.raw,
        ar=f"{ar}؛ المطبوع {told.whole.raw}",
        fr=f"{fr} ; imprimé {told.whole.raw}",
        en=f"{en}; printed {told.whole.raw}",
    )
