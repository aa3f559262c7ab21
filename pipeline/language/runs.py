"""Runs of words of a sentence that are one number: digits, number words, scales, percent signs, ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from pipeline.language.lexicon import MONEY, unit_words, values, words
from pipeline.language.numberwords import (
    Token,
    fractions,
    numerators,
    read_arabic,
    read_french,
    scales,
    shares,
)
from pipeline.language.numerals import parse
from pipeline.language.ranks import ordinal_of

#: What is read as one token: a grouped or plain number, a word, a sign.
TOKEN = regex.compile(
    r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)"
    r"|\d{1,3}(?:،\d{3}){2,}(?!\d)|\d{1,3}(?:[.,']\d{3})+(?:[.,]\d+)?(?![\d.,]\d)|\d+ر\d+(?!\p{L})"
    r"|\d+(?:[.,،]\d+)?|\p{L}+|%|[^\s\p{L}\d]"
)
#: A number in words that is one small unit word (واحد, un) is an article or a pronoun more often than a count.
_LEAST_WORD = 2
_TEN = 10
#: Signs that may stand around a number that is a whole text.
_PUNCTUATION = 6


def stands_alone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a number is all that a text says, but for punctuation."""
    if len(tokens) > last - first + _PUNCTUATION:
        return False
    return not any(t.text[:1].isalnum() or not t.text for t in (*tokens[:first], *tokens[last:]))


@dataclass(slots=True)
class Number:
    """A number over ``tokens[first:last]`` before its noun and qualifier are looked for."""

    value: Decimal
    resolution: Decimal
    first: int
    last: int
    in_words: bool = False
    repaired: bool = False
    ambiguous: bool = False
    percent: bool = False
    fraction: bool = False
    currency: str = ""
    single: bool = False
    high: Decimal | None = None


def numbers_of(tokens: Sequence[Token], tanwin: frozenset[int]) -> list[Number]:
    """Numbers in digits and in words, their scale words multiplied in."""
    found: list[Number] = []
    i = 0
    while i < len(tokens):
        number = _number_at(tokens, i, tanwin)
        if number is None:
            i += 1
            continue
        found.append(number)
        i = max(number.last, i + 1)
    return found


def _number_at(tokens: Sequence[Token], i: int, tanwin: frozenset[int]) -> Number | None:
    text = tokens[i].text
    if text[:1].isdigit():
        numeral = parse(text.replace("،", ","))
        if numeral is None:
            return None
        number = Number(
            numeral.value,
            numeral.resolution,
            i,
            i + 1,
            repaired=numeral.repaired,
            ambiguous=numeral.ambiguous,
        )
        return _percent(tokens, _scaled(tokens, number))
    if text == "%" or not text or not text[0].isalpha():
        return None
    fraction = fractions().get(text)
    if fraction is not None and i + 1 < len(tokens) and tokens[i + 1].text in scales():
        return _scaled(tokens, Number(fraction, fraction, i, i + 1, in_words=True))
    share = _share_at(tokens, i)
    if share is not None:
        return share
    arabic = "\u0600" <= text[0] <= "\u06ff"
    spelled = read_arabic(tokens, i, tanwin) if arabic else read_french(tokens, i)
    if spelled is None or ordinal_of(text) is not None:
        return None
    article = spelled.value < _LEAST_WORD or text in words("identifiers", "words", "stop")
    if spelled.single and article and not stands_alone(tokens, i, spelled.last):
        return None
    resolution = Decimal(1)
    number = Number(spelled.value, resolution, i, spelled.last, in_words=True, single=spelled.single)
    number = _with_decimals(tokens, number, arabic=arabic)
    scale = scales().get(tokens[number.last - 1].text)
    if scale is not None:  # مليار و200 مليون
        number = _with_smaller_part(tokens, number, scale)
    return _percent(tokens, _halved(tokens, number))


def _share_at(tokens: Sequence[Token], i: int) -> Number | None:
    """A share in words: «ثلث المستفيدين», «ثلاثة أرباع», «deux tiers», «la moitié des enfants»."""
    word = tokens[i].text
    following = tokens[i + 1].text if i + 1 < len(tokens) else ""
    parts = values("numberwords", "parts")
    over = numerators().get(word)
    if over is not None and following in parts:
        share = Decimal(over) / parts[following]
        last = i + 2
    else:
        bare = word if word in shares() else word[1:] if word[:1] in "وبل" else ""
        of_all = following.startswith("ال") or following in ("de", "des", "du", "d")
        if bare not in shares() or not (of_all or stands_alone(tokens, i, i + 1)):
            return None
        share, last = shares()[bare], i + 1
    share = round(share, 6) if share.adjusted() < -1 or len(share.as_tuple().digits) > _TEN else share
    return Number(share, share, i, last, in_words=True, fraction=True)


def _with_decimals(tokens: Sequence[Token], number: Number, *, arabic: bool) -> Number:
    """Decimals in words: «deux virgule zéro cinq», «خمسة فاصلة ثلاثة»."""
    at = number.last
    if at >= len(tokens) or tokens[at].text not in words("numberwords", "decimal_mark"):
        return number
    at, digits = at + 1, ""
    while at < len(tokens) and tokens[at].text in words("numberwords", "zero"):
        at, digits = at + 1, digits + "0"
    if at < len(tokens) and tokens[at].text[:1].isalpha():
        spelled = read_arabic(tokens, at) if arabic else read_french(tokens, at)
        if spelled is not None:
            at, digits = spelled.last, f"{digits}{spelled.value}"
    if not digits:
        return number
    value = number.value + Decimal(f"0.{digits}")
    return replace(number, value=value, resolution=Decimal(1).scaleb(-len(digits)), last=at, single=False)


def _scaled(tokens: Sequence[Token], number: Number) -> Number:
    """Multiply a following scale word in, and add a smaller part joined by و or et («27 ألف و500»)."""
    word = tokens[number.last].text if number.last < len(tokens) else ""
    scale = scales().get(word) or _money_scale(word)
    if scale is None:
        dual = {"مليوني": 2_000_000}.get(word)
        if dual is None or number.value:
            return number
    assert scale is not None
    value, resolution = number.value * scale, number.resolution * scale
    scaled = replace(number, value=value, resolution=resolution, last=number.last + 1, ambiguous=False)
    if number.ambiguous:
        # Before a scale word one separator parts decimals: 14.562 مليون is fourteen and a half.
        scaled = _as_decimal(tokens, number, scale)
    if _money_scale(word):
        scaled.currency = word
        return scaled
    return _halved(tokens, _with_smaller_part(tokens, scaled, scale))


def _as_decimal(tokens: Sequence[Token], number: Number, scale: int) -> Number:
    plain = Decimal(tokens[number.first].text.replace(",", "."))
    digits = -int(plain.as_tuple().exponent)
    return replace(
        number,
        value=plain * scale,
        resolution=Decimal(1).scaleb(-digits) * scale,
        last=number.last + 1,
        ambiguous=False,
    )


def _money_scale(word: str) -> int | None:
    """Power of ten of a unit word that names money and a scale at once (MDH, KDH)."""
    unit = unit_words().get(word)
    return 10 ** unit[1] if unit is not None and unit[0] in MONEY and unit[1] else None


def _with_smaller_part(tokens: Sequence[Token], number: Number, scale: int) -> Number:
    at = number.last
    if at < len(tokens) and is_currency(tokens[at].text):
        at += 1  # 2 مليون درهم و754 ألف
    joined = at < len(tokens) and tokens[at].text in ("و", "et")
    if not joined or at + 1 >= len(tokens) or not tokens[at + 1].text[:1].isdigit():
        return number
    if tokens[at].text == "و" and tokens[at].end != tokens[at + 1].start and at == number.last:
        return number
    part = parse(tokens[at + 1].text)
    if part is None or part.value != part.value.to_integral_value():
        return number
    value, last = part.value, at + 2
    inner = scales().get(tokens[last].text) if last < len(tokens) else None
    if inner is not None:
        value, last = value * inner, last + 1
    if not scale > value >= scale // 1000 or (inner is None and value < 100):
        return number
    return replace(number, value=number.value + value, resolution=Decimal(inner or 1), last=last)


def _halved(tokens: Sequence[Token], number: Number) -> Number:
    """«مليون ونصف»: a fraction joined to a scale word is a fraction of the scale."""
    at = number.last
    if at < len(tokens) and tokens[at].text.startswith("و") and number.last > number.first:
        fraction = fractions().get(tokens[at].text[1:])
        scale = scales().get(tokens[at - 1].text)
        if fraction is not None and scale is not None:
            whole = tokens[at + 1].text.removeprefix("ال") in scales() if at + 1 < len(tokens) else False
            return replace(number, value=number.value + fraction * scale, last=at + (2 if whole else 1))
        if fraction is not None:  # ثلاثة ونصف, ثلاثة ونصف مليون
            scale = scales().get(tokens[at + 1].text) if at + 1 < len(tokens) else None
            value = (number.value + fraction) * (scale or 1)
            return replace(
                number,
                value=value,
                resolution=fraction * (scale or 1),
                last=at + (2 if scale else 1),
                single=False,
            )
    return number


def _percent(tokens: Sequence[Token], number: Number) -> Number:
    """A percent sign or its words on either side."""
    if number.last < len(tokens) and tokens[number.last].text == "%":
        return replace(number, percent=True, last=number.last + 1)
    following = tokens[number.last].text if number.last < len(tokens) else ""
    for wording in _percent_wordings().get(following, ()):
        window = tuple(t.text for t in tokens[number.last : number.last + len(wording)])
        if window == wording:
            return replace(number, percent=True, last=number.last + len(wording))
    if number.first > 0 and tokens[number.first - 1].text == "%":
        return replace(number, percent=True, first=number.first - 1)
    return number


@cache
def _percent_wordings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Wordings of percent under their first word, the longest first."""
    listed = words("identifiers", "words", "percent")
    wordings = sorted((tuple(m.group() for m in TOKEN.finditer(w)) for w in listed), key=len, reverse=True)
    return {w[0]: tuple(other for other in wordings if other[0] == w[0]) for w in wordings}


def is_currency(word: str) -> bool:
    """Whether a flat word names a currency."""
    unit = unit_words().get(word)
    return unit is not None and unit[0] in MONEY


_RANGES = {("ما", "بين"), ("بين",), ("من",), ("entre",), ("de",)}
_JOINS = {"بين": ("و",), "entre": ("et",), "من": ("الي",), "de": ("a",)}


def ranges(tokens: Sequence[Token], numbers: list[Number]) -> list[Number]:
    """Join two numbers that are the ends of one range («ما بين 15 و20», «entre 15 et 20»)."""
    out: list[Number] = []
    skip = False
    for i, number in enumerate(numbers):
        if skip:
            skip = False
            continue
        upper = numbers[i + 1] if i + 1 < len(numbers) else None
        opener = tokens[number.first - 1].text if number.first else ""
        joined = upper is not None and (
            (
                opener in _JOINS
                and _between(tokens, number, upper, _JOINS[opener])
                and (upper.value >= number.value or upper.percent)
            )
            or _open_range(tokens, number, upper)
        )
        if upper is not None and joined:
            out.append(_range(number, upper))
            skip = True
            continue
        out.append(number)
    return out


def _open_range(tokens: Sequence[Token], low: Number, high: Number) -> bool:
    """«20 à 30 personnes», «20 إلى 30 شخصا»: two ends without a word before them, both counting the same."""
    middle = [t.text for t in tokens[low.last : high.first]]
    if middle == ["-"] and tokens[low.last - 1].end == tokens[low.last].start:  # 10-15 %
        middle = ["a"] if tokens[low.last].end == tokens[high.first].start else middle
    same = low.last - low.first == 1 or low.percent
    return middle in (["الي"], ["a"]) and same and not high.in_words and low.value < high.value


def _range(number: Number, upper: Number) -> Number:
    """The two ends as one; a scale word after the upper end counts for both («بين 2 و3 ملايين»)."""
    low = number.value
    scaled = upper.last > upper.first + 1 and upper.resolution > number.resolution
    if scaled and low * upper.resolution < upper.value:
        low *= upper.resolution
    return replace(
        number,
        value=low,
        high=upper.value,
        last=upper.last,
        percent=upper.percent,
        resolution=upper.resolution,
    )


def _between(tokens: Sequence[Token], low: Number, high: Number, joins: tuple[str, ...]) -> bool:
    middle = [t.text for t in tokens[low.last : high.first]]
    if high.in_words and not middle:
        return tokens[high.first].text.startswith("و") and "و" in joins
    return middle in ([join] for join in joins)
