"""Every quantity in a text: numbers in digits and words with their scale, unit, noun, qualifier and span.

Works on any Arabic or French text by itself. What is a date, a period, a law number or a list mark is found
first (``dates``) and reported as such; the rest is read from left to right over tokens, in linear time.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from pipeline.language import hedges
from pipeline.language.dates import Named, find_named
from pipeline.language.flat import Flat, flat_text, flatten
from pipeline.language.found import Found
from pipeline.language.lexicon import MONEY, unit_words, words
from pipeline.language.numberwords import Token
from pipeline.language.ranks import ordinal_at
from pipeline.language.runs import TOKEN, Number, numbers_of, ranges, stands_alone

_COMPARED = frozenset(flat_text(w) for w in ("مقابل", "عوض", "بدل", "contre"))


def find(text: str) -> tuple[Found, ...]:
    """Quantities, dates, periods, ordinals and identifiers of a text, in order of their place."""
    flat = flatten(text)
    named = find_named(flat)
    tokens = _tokens(flat.text, named)
    tanwin = frozenset(
        t.start
        for t in tokens
        if t.text.endswith("ا") and "\u064b" in text[slice(*flat.span(t.start, t.end))]
    )
    found = [_named(text, flat, one) for one in named]
    ordinals, ranked = _ordinals(text, flat, tokens)
    found += ordinals
    numbers = ranges(tokens, [n for n in numbers_of(tokens, tanwin) if n.first not in ranked])
    quantities = [_quantity(text, flat, tokens, numbers, i) for i in range(len(numbers))]
    found += [quantity for quantity in quantities if quantity is not None]
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def _tokens(flat: str, named: Sequence[Named]) -> list[Token]:
    """Tokens of a flat text; each named span is one token whose text is empty."""
    tokens: list[Token] = []
    at = 0
    for one in [*named, None]:
        end = one.start if one is not None else len(flat)
        tokens += [Token(m.group(), m.start(), m.end()) for m in TOKEN.finditer(flat, at, end)]
        if one is not None:
            tokens.append(Token("", one.start, one.end))
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
        "time": "unit",
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
        if ranked is None:
            continue
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


def _quantity(
    text: str, flat: Flat, tokens: Sequence[Token], numbers: Sequence[Number], i: int
) -> Found | None:
    """A number with its noun, unit, qualifier and measure."""
    number = numbers[i]
    noun = (number.last, number.last, "", "") if number.fraction else _noun(text, flat, tokens, numbers, i)
    noun_first, noun_last, unit, label = noun
    hedge = _hedge(tokens, number)
    behind = hedges.after(tokens, max(noun_last, number.last))
    qualifier = "between" if number.high is not None else hedge[0] if hedge else "exact"
    if qualifier == "exact":
        qualifier = behind[0] if behind is not None else hedges.announced(tokens, number.first) or "exact"
    kind = "number"
    if number.percent:
        kind, unit, label = "percent", "PT", "%"
    elif points := _points(tokens, number):
        kind, unit = "percent", "PP"
        start_of, end_of = flat.span(tokens[number.last].start, tokens[points - 1].end)
        noun_first, noun_last, label = number.last, points, text[start_of:end_of]
    elif unit in MONEY:
        kind = "currency"
    elif unit == "DURATION":
        kind = "unit"
    if (
        number.in_words
        and number.single
        and not label
        and not stands_alone(tokens, number.first, number.last)
    ):
        return None  # a number word that counts nothing: a pronoun, a name, an idiom
    first = hedge[1] if hedge else number.first
    begin, number_end = tokens[number.first].start, tokens[number.last - 1].end
    number_span = flat.span(begin, number_end)
    last = tokens[noun_last - 1].end if noun_last > number.last and noun_first >= number.last else number_end
    start, end = flat.span(tokens[first].start, last)
    return Found(
        start=start,
        end=end,
        kind=kind,
        raw=text[number_span[0] : number_span[1]],
        value=_plain(number.value),
        low=number.value if number.high is not None else None,
        high=number.high,
        resolution=number.resolution,
        unit=unit or "NUMBER",
        unit_label=label,
        qualifier=qualifier,
        number_start=number_span[0],
        number_end=number_span[1],
        in_words=number.in_words,
        repaired=number.repaired,
        ambiguous=number.ambiguous and not number.percent,
        measure=_measure(tokens, number, noun_last),
        bare=number.fraction or (not label and not hedge and not number.percent),
    )


def _points(tokens: Sequence[Token], number: Number) -> int | None:
    """Index behind «نقطة مئوية» or «points de pourcentage» after a number."""
    for wording in words("identifiers", "words", "points"):
        parts = wording.split()
        if [t.text for t in tokens[number.last : number.last + len(parts)]] == parts:
            return number.last + len(parts)
    return None


def _plain(value: Decimal) -> Decimal:
    """A whole number without the zeros that a scale word left behind its point."""
    whole = value == value.to_integral_value() and value.adjusted() < 20
    return value.quantize(Decimal(1)) if whole and value.as_tuple().exponent != 0 and value > 999 else value


def _hedge(tokens: Sequence[Token], number: Number) -> tuple[str, int] | None:
    at = number.first
    if number.high is not None:
        return ("between", max(at - (2 if at > 1 and tokens[at - 2].text == "ما" else 1), 0))
    if at and tokens[at - 1].text == "%":
        at -= 1
    found = hedges.before(tokens, at)
    if found is None and at and tokens[at - 1].text in (":", "«", '"', "("):
        found = hedges.before(tokens, at - 1)
    if found is not None and found[0] == "exact" and found[1] > 0:
        outer = hedges.before(tokens, found[1])
        found = outer or found
    return found


#: Signs of currencies that may stand before the amount.
_SIGNS = ("$", "€")


@cache
def _durations() -> frozenset[str]:
    return words("identifiers", "durations", "ar") | words("identifiers", "durations", "fr")


def _noun(
    text: str, flat: Flat, tokens: Sequence[Token], numbers: Sequence[Number], i: int
) -> tuple[int, int, str, str]:
    """The counted noun: token span, unit code and the noun as printed."""
    number = numbers[i]
    if number.currency:
        return number.last - 1, number.last, "MAD", number.currency.upper()
    sign = tokens[number.first - 1] if number.first else None
    if sign is not None and sign.text in _SIGNS and sign.end == tokens[number.first].start:
        return number.last, number.last, unit_of(sign.text), sign.text
    at = number.last
    stop = words("identifiers", "words", "stop")
    if at < len(tokens) and tokens[at].text in ("من", "de", "d") and not number.percent:
        at += 1
        if at < len(tokens) and tokens[at].text == "'":
            at += 1
    if (
        at < len(tokens)
        and (tokens[at].text[:1].isalpha() or tokens[at].text in unit_words())
        and tokens[at].text not in stop
        and not _is_joined(tokens, at)
    ):
        return _noun_at(text, flat, tokens, at)
    shared = _shared_noun(text, flat, tokens, numbers, i)
    if shared is not None:
        return shared
    compared = _compared_noun(text, flat, tokens, numbers, i)
    if compared is not None:
        return compared
    announced = _announced_noun(text, flat, tokens, number)
    return announced if announced is not None else (number.last, number.last, "", "")


def _is_joined(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a verb or clause joined by و rather than a noun («2022 ورفع»)."""
    word = tokens[at].text
    return (
        word.startswith("و")
        and word not in unit_words()
        and len(word) > 3
        and word[1:] not in unit_words()
        and word[1:3] == "ال"
    )


def _noun_at(text: str, flat: Flat, tokens: Sequence[Token], at: int) -> tuple[int, int, str, str]:
    word = tokens[at].text
    last = at + 1
    if last < len(tokens) and tokens[last].text.startswith("و") and _same_root(tokens[last].text[1:], word):
        last += 1  # مستفيدة ومستفيد
    start, end = flat.span(tokens[at].start, tokens[last - 1].end)
    return at, last, unit_of(word), text[start:end]


def _same_root(word: str, other: str) -> bool:
    size = min(len(word), len(other))
    return size >= 4 and word[: size - 1] == other[: size - 1]


def unit_of(word: str) -> str:
    """Unit code of a flat noun: PS, MAD, DURATION or NUMBER."""
    known = unit_words()
    if word in _durations():
        return "DURATION"
    for form in (
        word,
        word.removesuffix("ا"),
        word.removeprefix("ال"),
        word.removeprefix("ال").removesuffix("ا"),
    ):
        if form in known and known[form][0]:
            return known[form][0] if known[form][0] != "PT" else "NUMBER"
    return "NUMBER"


def _shared_noun(
    text: str, flat: Flat, tokens: Sequence[Token], numbers: Sequence[Number], i: int
) -> tuple[int, int, str, str] | None:
    """«12 و15 مركزا»: a number takes the noun of the number joined to it."""
    number = numbers[i]
    if i + 1 >= len(numbers) or number.percent:
        return None
    following = numbers[i + 1]
    middle = [t.text for t in tokens[number.last : following.first]]
    if middle not in (["و"], ["et"], ["،"], [","], ["او"], ["ou"]) or following.percent:
        return None
    _, _, unit, label = _noun(text, flat, tokens, numbers, i + 1)
    return (number.last, number.last, unit, label) if label else None


def _compared_noun(
    text: str, flat: Flat, tokens: Sequence[Token], numbers: Sequence[Number], i: int
) -> tuple[int, int, str, str] | None:
    """«21 760 enfants … contre 17 240 en 2021»: the compared number counts what the one before counts."""
    number = numbers[i]
    if not i or not number.first or tokens[number.first - 1].text not in _COMPARED or number.percent:
        return None
    _, _, unit, label = _noun(text, flat, tokens, numbers, i - 1)
    return (number.last, number.last, unit, label) if label else None


def _announced_noun(
    text: str, flat: Flat, tokens: Sequence[Token], number: Number
) -> tuple[int, int, str, str] | None:
    """«بلغ عدد المستفيدين 26283»: a count announced before its number."""
    count = words("identifiers", "words", "count")
    for at in range(number.first - 1, max(number.first - 12, -1), -1):
        word = tokens[at].text
        if word in (".", "؛", ";", "", "،", ",") or word[:1].isdigit():
            return None
        if word in count or word.lstrip("وبل") in count:
            noun = at + 1
            while noun < number.first and tokens[noun].text in ("de", "d", "des", "'", "total", "الاجمالي"):
                noun += 1
            if noun < number.first and tokens[noun].text[:1].isalpha():
                start, end = flat.span(tokens[noun].start, tokens[noun].end)
                return number.last, number.last, unit_of(tokens[noun].text), text[start:end]
            return None
    return None


def _measure(tokens: Sequence[Token], number: Number, noun_last: int) -> str:
    """What a figure measures: level, growth_rate, rate (per something) or target."""
    near = [t.text for t in tokens[max(number.first - 6, 0) : number.first]]
    for stop in (".", "؛", ";"):
        if stop in near:
            near = near[len(near) - near[::-1].index(stop) :]
    if number.percent and any(w.lstrip("وب") in words("identifiers", "words", "growth") for w in near):
        return "growth_rate"
    behind = [t.text for t in tokens[noun_last : noun_last + 6]]
    if any(w in behind for w in words("identifiers", "words", "each")) and any(
        w in near for w in _single_words("rate")
    ):
        return "rate"
    return "level"


@cache
def _single_words(key: str) -> frozenset[str]:
    return frozenset(w for w in words("identifiers", "words", key) if " " not in w) | {flat_text("raison")}
