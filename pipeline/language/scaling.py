"""What stands behind a number and belongs to its value: scale words, smaller parts, halves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.language.lexicon import words
from pipeline.language.number import Number
from pipeline.language.numberwords import Token, dual_scales, scales
from pipeline.language.numerals import parse
from pipeline.language.shares import share_behind
from pipeline.language.units import SIGNS, is_currency, money_scale

_HUNDRED = 100
#: Particles that are written with the number behind them.
_PROCLITICS = ("و", "ب", "ل", "ف", "ك")
_LETTERS = {"m": 10**6, "k": 10**3, "md": 10**9}


def scaled(tokens: Sequence[Token], number: Number) -> Number:
    """Multiply a following scale word in, and add a smaller part joined by و or et («27 ألف و500»)."""
    word = tokens[number.last].text if number.last < len(tokens) else ""
    if word in _LETTERS and tokens[number.last + 1 : number.last + 2]:
        sign = tokens[number.last + 1]
        if sign.text in SIGNS and sign.start == tokens[number.last].end:  # 5 M€
            power = _LETTERS[word]
            value, resolution = number.value * power, number.resolution * power
            return replace(
                number, value=value, resolution=resolution, last=number.last + 2, currency=sign.text
            )
    money = money_scale(word)
    scale = money if money is not None else scales().get(word)
    if scale is None:
        return number
    value, resolution = number.value * scale, number.resolution * scale
    larger = replace(number, value=value, resolution=resolution, last=number.last + 1, ambiguous=False)
    if number.ambiguous:
        # Before a scale word one separator parts decimals: 14.562 مليون is fourteen and a half.
        larger = _as_decimal(tokens, number, scale)
    if money is not None:
        larger.currency = word
        return larger
    return with_smaller_part(tokens, larger, int(scale))


def _as_decimal(tokens: Sequence[Token], number: Number, scale: Decimal | int) -> Number:
    plain = Decimal(tokens[number.first].text.replace(",", "."))
    digits = -int(plain.as_tuple().exponent)
    return replace(
        number,
        value=plain * scale,
        resolution=Decimal(1).scaleb(-digits) * scale,
        last=number.last + 1,
        ambiguous=False,
    )


def with_smaller_part(tokens: Sequence[Token], number: Number, scale: int) -> Number:
    """Add digits joined to a number that ends with ``scale``: «مليار و200 مليون», «2 مليون درهم و754 ألف»."""
    at = number.last
    if at < len(tokens) and is_currency(tokens[at].text):
        at += 1  # 2 مليون درهم و754 ألف
    if at == number.last and _is_smaller_scale(tokens, at, scale):
        part = parse(tokens[at].text)  # 1 million 200 mille
        smaller = scales()[tokens[at + 1].text]
        if part is not None and part.value * smaller < scale:
            value = number.value + part.value * smaller
            return replace(number, value=value, resolution=Decimal(smaller), last=at + 2)
    joined = at < len(tokens) and tokens[at].text in ("و", "et")
    if not joined or at + 1 >= len(tokens) or not tokens[at + 1].text[:1].isdigit():
        return number
    part = parse(tokens[at + 1].text)
    if part is None or part.value != part.value.to_integral_value():
        return number
    value, last = part.value, at + 2
    inner = scales().get(tokens[last].text) if last < len(tokens) else None
    spaced = tokens[at].text == "و" and tokens[at].end != tokens[at + 1].start and at == number.last
    if spaced and inner is None:
        return number
    if inner is not None:
        value, last = value * inner, last + 1
    small = inner is None and value < _HUNDRED
    if not scale > value >= scale // 1000 or (small and not _ends_it(tokens, number, at, scale)):
        return number
    return replace(number, value=number.value + value, resolution=Decimal(inner or 1), last=last)


def _ends_it(tokens: Sequence[Token], number: Number, at: int, scale: int) -> bool:
    """Whether digits below a hundred end a number of whole thousands: «ألفان و45 شخصا», but «ألف و45 % منهم»."""
    if at != number.last or tokens[at].text != "و" or number.resolution not in (1, scale):
        return False
    behind = " ".join(token.text for token in tokens[at + 2 : at + 4])
    return not behind.startswith(("%", *words("identifiers", "words", "percent")))


def _is_smaller_scale(tokens: Sequence[Token], at: int, scale: int) -> bool:
    """Whether digits and a smaller French scale word follow."""
    if at + 1 >= len(tokens) or not tokens[at].text[:1].isdigit():
        return False
    word = tokens[at + 1].text
    return word.isascii() and scales().get(word, scale) < scale


def halved(tokens: Sequence[Token], number: Number) -> Number:
    """«مليون ونصف»: a share joined to a scale word is a share of the scale; «ثلاثة ونصف مليون»."""
    found = share_behind(tokens, number.last)
    if found is None or number.fraction or number.currency:
        return number
    share, last = found
    unit = scale_of(tokens[number.last - 1].text)
    following = scales().get(tokens[last].text) if unit == 1 and last < len(tokens) else None
    times = unit * (following or 1)
    again = unit > 1 and last < len(tokens) and scales().get(tokens[last].text) == unit  # مليون ونصف مليون
    return replace(
        number,
        value=number.value * (following or 1) + share * times,
        resolution=min(number.resolution, share) * times if unit == 1 else share * times,
        last=last + (following is not None or again),
        single=False,
        ambiguous=False,
    )


def scale_of(word: str) -> int:
    """What one is in the scale of a flat word: 1 000 for ألف, بألف and ألفين, 1 for what is no scale word."""
    for bare in (word, word[1:] if word[:1] in _PROCLITICS else "", word[2:] if word[:1] == "و" else ""):
        scale = scales().get(bare) or dual_scales().get(bare, 2) // 2
        if scale > 1:
            return scale
    return 1
