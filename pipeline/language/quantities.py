"""Every quantity in a text: numbers in digits and words with their scale, unit, noun, qualifier and span.

Works on any Arabic or French text by itself. What is a date, a period, a law number or a list mark is found
first (``exclusions``) and reported as such; the rest is read from left to right over tokens, in linear time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import regex

from pipeline.language import hedges
from pipeline.language.announced import announced
from pipeline.language.bases import rated
from pipeline.language.borrowed import borrowed
from pipeline.language.counted import Noun, looks_like_year, noun_at, nouns_of, times_as_much
from pipeline.language.dates import FIRST_YEAR, LAST_YEAR
from pipeline.language.exclusions import find_named
from pipeline.language.flat import Flat, flat_text, flatten
from pipeline.language.found import Found
from pipeline.language.joined import joined, repeated
from pipeline.language.lexicon import words
from pipeline.language.measures import measure_of, measured
from pipeline.language.named import Named
from pipeline.language.number import Number
from pipeline.language.numberwords import Token
from pipeline.language.pairs import pairs_of
from pipeline.language.ranges import ranges
from pipeline.language.ranks import ordinal_at
from pipeline.language.runs import TOKEN, numbers_of
from pipeline.language.scaling import scale_of
from pipeline.language.shares import share_behind
from pipeline.language.units import DIVIDED, KINDS, divides, unit_of

#: Signs that may stand around numbers that are a whole text.
_PUNCTUATION = 6
#: Stands for an idiom («الواحد منها»): no number and no noun, but a word over which a verb reaches its own.
_IDIOM = "…"
#: A lone number word of this or more is no pronoun.
_LARGE = 20
_BETWEEN = 2  # words between a day and its year
#: Words before points that tell of what they are points.
_NEAR = 8
#: A short form before the words that it stands for: «م.د: مليون درهم», «MDH : millions de dirhams».
_LEGEND = regex.compile(r"(?:(?<!\p{L})\p{L}\.\s?\p{L}\.?|\b\p{Lu}{2,5})\s*\)?\s*[:=]\s*$")


class _Sentence(NamedTuple):
    """A text while its figures are read; ``alone`` tells that numbers are all it says."""

    text: str
    flat: Flat
    tokens: Sequence[Token]
    numbers: Sequence[Number]
    alone: bool


def find(text: str) -> tuple[Found, ...]:
    """Quantities, dates, periods, ordinals and identifiers of a text, in order of their place."""
    flat = flatten(text)
    named = find_named(flat)
    tokens = _tokens(flat.text, named)
    tanwin = frozenset(
        t.start
        for t in (tokens if "\u064b" in text else ())
        if t.text.endswith("ا") and "\u064b" in text[slice(*flat.span(t.start, t.end))]
    )
    found = [_named(text, flat, one) for one in named if one.kind != "idiom"]
    ordinals, ranked = _ordinals(text, flat, tokens)
    found += ordinals
    numbers = [n for n in numbers_of(tokens, tanwin) if n.first not in ranked]
    numbers = ranges(tokens, repeated(tokens, numbers))
    held = _Sentence(text, flat, tokens, numbers, _alone(tokens, numbers))
    quantities = [_quantity(held, i, noun) for i, noun in enumerate(nouns_of(text, flat, tokens, numbers))]
    pairs = pairs_of(text, flat, tokens, numbers)
    paired = bytearray(len(text) + 1)  # a share may have been taken up by the noun before it: سنتين ونصف السنة
    for pair in pairs:
        paired[pair.number_start : pair.number_end] = b"\x01" * (pair.number_end - pair.number_start)
    apart: list[Found] = []
    for q in quantities:
        halved = bool(apart) and q is not None and apart[-1].number_end < q.number_start < apart[-1].end
        if q is not None and not paired[q.number_start] and not halved:  # 17 سنة ونصف السنة
            apart.append(q)
    found += joined(text, sorted([*apart, *pairs], key=lambda f: f.start))
    dated = _with_years(text, sorted(found, key=lambda f: f[:2]))
    return tuple(rated(text, list(measured(text, borrowed(text, announced(text, dated))))))


def _with_years(text: str, found: Sequence[Found]) -> list[Found]:
    """Join a day to its year in words: «الثاني من أبريل عام ألفين وأحد عشر»."""
    out: list[Found] = []
    for one in found:
        last = out[-1] if out else None
        year = one.kind == "period" and one.in_words and last is not None and last.text_value.startswith("--")
        if last is not None and year and len(text[last.end : one.start].split()) <= _BETWEEN:
            value = f"{one.text_value}-{last.text_value.removeprefix('--')}"
            out[-1] = last._replace(
                end=one.end, raw=text[last.start : one.end], number_end=one.end, text_value=value
            )
        else:
            out.append(one)
    return out


def _tokens(flat: str, named: Sequence[Named]) -> list[Token]:
    """Tokens of a flat text; each named span is one token whose text is empty, an idiom is a word like any other."""
    tokens: list[Token] = []
    at = 0
    for one in [*named, None]:
        end = one.start if one is not None else len(flat)
        tokens += [Token(m.group(), m.start(), m.end()) for m in TOKEN.finditer(flat, at, end)]
        if one is not None:
            tokens.append(Token(_IDIOM if one.kind == "idiom" else "", one.start, one.end))
            at = one.end
    return tokens


def _named(text: str, flat: Flat, one: Named) -> Found:
    start, end = flat.span(one.start, one.end)
    kind = {
        "date": "date",
        "period": "period",
        "year": "period",
        "horizon": "period",
        "base_year": "period",
        "document_year": "identifier",
        "list_marker": "marker",
        "section": "marker",
        "day_range": "period",
        "hijri_year": "period",
    }.get(one.kind, "identifier")
    weekday = text[start:end].split()[0].strip("،,") if one.weekday else ""
    return Found(
        start=start,
        end=end,
        kind=kind,
        raw=text[start:end],
        number_start=start,
        number_end=end,
        named=one.kind,
        text_value=one.value,
        weekday=weekday,
    )


def _ordinals(text: str, flat: Flat, tokens: Sequence[Token]) -> tuple[list[Found], set[int]]:
    """Ordinals, and the indices of the tokens they take."""
    found: list[Found] = []
    taken: set[int] = set()
    for i in range(len(tokens)):
        ranked = ordinal_at(tokens, i) if i not in taken else None
        if ranked is None or text[slice(*flat.span(tokens[i].start, tokens[i].end))].endswith("لي"):
            continue  # التعليم الأولي is not الأولى
        value, last = ranked
        start, end = flat.span(tokens[i].start, tokens[last - 1].end)
        found.append(
            Found(
                start=start,
                end=end,
                kind="ordinal",
                raw=text[start:end],
                value=Decimal(value),
                number_start=start,
                number_end=end,
                named="ordinal",
            )
        )
        taken.update(range(i, last))
    return found, taken


def _quantity(held: _Sentence, i: int, noun: Noun) -> Found | None:
    """A number with its noun, unit, qualifier and measure."""
    text, flat, tokens, numbers, alone = held
    number, noun = _halved_behind(tokens, numbers[i], noun)
    hedge = _hedge(tokens, number)
    floor = numbers[i - 1].last if i else 0
    qualifier = hedges.qualifier_of(tokens, number.first, max(noun.last, number.last), hedge, floor)
    if number.high is not None:
        qualifier = "between"
    elif number.about and qualifier == "exact":
        qualifier = "about"
    lone = (
        number.in_words and number.single and not noun.label and not number.percent and number.value < _LARGE
    )
    told = alone or _listed(tokens, numbers, i) or _counts(tokens, number, hedge)
    if lone and qualifier == "exact" and not told:
        return None  # a number word that counts nothing: a pronoun, a name, an idiom
    if not number.percent and (points := _points(tokens, number)):
        noun = noun_at(text, flat, tokens, number.last, points)._replace(unit="PP")
    kind, unit, label = _kind(tokens, number, noun)
    hedged = alone or (hedge is not None and not _is_until(tokens, hedge[1], number))
    if kind == "number" and not label and _is_year(tokens, number, hedged=hedged):
        kind = "period"
    if kind == "number" and not label and not alone and _between_marks(tokens, number):
        kind = "identifier"
    multiple = bool(label) and times_as_much(tokens, number, noun)
    number_span = flat.span(tokens[number.first].start, tokens[number.last - 1].end)
    if (
        number.in_words
        and number.last - number.first == 1
        and _LEGEND.search(text[max(number_span[0] - 16, 0) : number_span[0]])
    ):
        return None
    behind = noun.last > number.last and noun.first >= number.last
    start, end = flat.span(
        tokens[hedge[1] if hedge else number.first].start,
        tokens[(noun.last if behind else number.last) - 1].end,
    )
    return Found(
        start=start,
        end=end,
        kind=kind,
        raw=text[number_span[0] : number_span[1]],
        value=_plain(number.value),
        low=_plain(number.value) if number.high is not None else None,
        high=None if number.high is None else _plain(number.high),
        resolution=number.resolution,
        unit=unit,
        unit_label=label,
        qualifier=qualifier,
        number_start=number_span[0],
        number_end=number_span[1],
        in_words=number.in_words,
        repaired=number.repaired,
        ambiguous=number.ambiguous and not number.percent,
        measure="multiple" if multiple else measure_of(tokens, number, hedge[1] if hedge else number.first, noun.last),
        named={"period": "year" if number.in_words else "bare_year", "identifier": "page"}.get(kind, ""),
        text_value=str(number.value) if kind == "period" else "",
        bare=number.fraction or multiple or (not label and not hedge and not number.percent),
    )


def _kind(tokens: Sequence[Token], number: Number, noun: Noun) -> tuple[str, str, str]:
    """Kind, unit code and label of a quantity."""
    if number.percent:
        return "percent", "PT", "%"
    following = tokens[number.last].text if number.last < len(tokens) else ""
    unit = noun.unit
    if number.fraction and divides(following.removeprefix("ال")):
        unit = unit_of(following)  # ثلاثة أرباع الساعة
    return KINDS.get(unit, "number"), unit or "NUMBER", noun.label


def _listed(tokens: Sequence[Token], numbers: Sequence[Number], i: int) -> bool:
    """Whether a lone number word stands in a list, or for a part of what was named."""
    number = numbers[i]
    following = [token.text for token in tokens[number.last : number.last + 2]]
    over = following[:1] == ["sur"]
    return (
        any(n.first == number.last + over or n.last == number.first for n in numbers[max(i - 1, 0) : i + 2])
        or following == ["من", "كل"]
        or [token.text for token in tokens[max(number.first - 1, 0) : number.first]] in (["sur"], ["par"])
        or [token.text for token in tokens[max(number.first - 2, 0) : number.first]] == ["من", "اصل"]
        or (bool(following) and following[0] in words("identifiers", "words", "partitive"))
    )


def _counts(tokens: Sequence[Token], number: Number, hedge: tuple[str, int] | None) -> bool:
    """«sont au nombre de quatre», «وعددها أربع»: what stands before the number says that it is a count."""
    before = tokens[hedge[1] : number.first] if hedge else ()
    counts = tuple(words("identifiers", "words", "count"))
    return any(token.text.removeprefix("و").startswith(counts) for token in before)


def _halved_behind(tokens: Sequence[Token], number: Number, noun: Noun) -> tuple[Number, Noun]:
    """«3 سنوات ونصف», «deux ans et demi»: a share behind the noun is one of what the noun names."""
    scale = scale_of(tokens[number.last - 1].text)
    times = noun.label and flat_text(noun.label) in words("identifiers", "words", "multiples")
    if noun.first < number.last or number.percent or not (scale > 1 or noun.unit in DIVIDED or times):
        return number, noun
    found = share_behind(tokens, noun.last)
    if found is None or number.high is not None:
        return number, noun
    share, last = found
    value = number.value + share * scale
    return replace(number, value=value, resolution=share * scale, single=False), noun._replace(last=last)


def _alone(tokens: Sequence[Token], numbers: Sequence[Number]) -> bool:
    """Whether numbers are all that a text says."""
    inside = sum(number.last - number.first for number in numbers)
    if len(tokens) - inside > _PUNCTUATION:
        return False
    at = 0
    for first, last in (*((n.first, n.last) for n in numbers), (len(tokens), 0)):
        if any(t.text[:1].isalnum() or not t.text for t in tokens[at:first]):
            return False
        at = last
    return True


def _is_year(tokens: Sequence[Token], number: Number, *, hedged: bool) -> bool:
    """Whether a number that counts nothing is a year: «عام ألف وتسعمائة», «التقرير السنوي 2023»."""
    if not number.in_words:
        return not hedged and looks_like_year(tokens, number)
    if not number.first or not FIRST_YEAR <= number.value <= LAST_YEAR:
        return False
    word = tokens[number.first - 1].text
    return not word or word.lstrip("وبل") in words("calendar", "cues", "annual")


def _is_until(tokens: Sequence[Token], first: int, number: Number) -> bool:
    """Whether what stands before four digits says up to when, and not up to how many: «jusqu'à 2023», «إلى غاية 2023»."""
    said = "".join(f" {token.text}" for token in tokens[first : number.first]).replace(" ' ", "'").strip()
    return said in words("calendar", "cues", "up_to")


def _between_marks(tokens: Sequence[Token], number: Number) -> bool:
    """Whether no word says of what two numbers with a dash are: pages («, 294-295, 2006»), but not «Âge : 12-15»."""
    printed = [token.text for token in tokens[number.first : number.last]]
    before = tokens[number.first - 1].text if number.first else ""
    behind = tokens[number.last].text if number.last < len(tokens) else ""
    dashed = number.high is not None and len(printed) == len(("294", "-", "295")) and printed[1] == "-"
    whole = dashed and printed[0].isdecimal() and printed[2].isdecimal()
    return whole and before != ":" and not before[:1].isalnum() and not behind[:1].isalnum()


def _points(tokens: Sequence[Token], number: Number) -> int | None:
    """Index behind «نقطة مئوية», «points de pourcentage», and «points» of a growth or a rate."""
    following = tokens[number.last].text if number.last < len(tokens) else ""
    if following not in words("identifiers", "words", "bare_points"):
        return None
    for wording in words("identifiers", "words", "points"):
        parts = wording.split()
        if [t.text for t in tokens[number.last : number.last + len(parts)]] == parts:
            return number.last + len(parts)
    near = [t.text.lstrip("وبف") for t in tokens[max(number.first - _NEAR, 0) : number.first]]
    if number.resolution < 1:
        return number.last + 1  # 0,5 point
    changes = words("identifiers", "words", "growth") | words("identifiers", "words", "moved")
    return number.last + 1 if any(word in changes for word in near) else None


def _plain(value: Decimal) -> Decimal:
    """A whole number without the zeros that a scale word left behind its point."""
    whole = value == value.to_integral_value() and value.adjusted() < 20
    return value.quantize(Decimal(1)) if whole and value.as_tuple().exponent != 0 and value > 999 else value


def _hedge(tokens: Sequence[Token], number: Number) -> tuple[str, int] | None:
    at = number.first
    if number.high is not None:
        return ("between", max(at - (2 if at > 1 and tokens[at - 2].text == "ما" else 1), 0))
    return hedges.hedge_of(tokens, at - (at > 0 and tokens[at - 1].text == "%"))
