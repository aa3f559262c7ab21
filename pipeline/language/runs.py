"""Runs of words of a sentence that are one number: digits, number words, scales, percent signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

import regex

from pipeline.language import hedges
from pipeline.language.farhedges import apart
from pipeline.language.lexicon import values, words
from pipeline.language.number import Number, stands_alone
from pipeline.language.numberwords import (
    Spelled,
    Token,
    classify,
    fractions,
    has_article,
    is_number_word,
    read_arabic,
    read_french,
    scales,
)
from pipeline.language.numerals import parse
from pipeline.language.ranks import ordinal_of
from pipeline.language.scaling import halved, scale_of, scaled, with_smaller_part
from pipeline.language.shares import may_be_share, mixed, share_at, share_behind, share_in_digits
from pipeline.language.units import divides, is_currency, money_scale

#: What is read as one token: a grouped or plain number, a word, a sign.
TOKEN = regex.compile(
    r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)"
    r"|\d{1,3}(?:،\d{3}){2,}(?!\d)|\d{1,3}(?:[.,']\d{3})+(?:[.,]\d+)?(?![\d.,]\d)|\d+ر\d+(?!\p{L})"
    r"|(?<!\p{L})(?:د\. ?م|م\. ?د(?:رهم)?)\.?(?!\p{L})|\d+(?:[.,،]\d+)?|(?<!\p{L})[ck]?m[23²³](?!\d)"
    r"|(?<!\p{L})(?:م|كم|كلم)[23²³](?!\d)|\p{L}+|%|[^\s\p{L}\d]"
)
#: A number in words that is one small unit word (واحد, un) is an article or a pronoun more often than a count.
_LEAST_WORD = 2
#: Words behind a decimal mark that may be its decimals.
_DECIMAL_WORDS = 8


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
        return share_in_digits(tokens, i) or _in_digits(tokens, i)
    if not _may_begin(text):
        return None
    return (
        _hedged(tokens, i)
        or _half(tokens, i)
        or share_at(tokens, i)
        or _collective(tokens, i)
        or _in_words(tokens, i, tanwin)
    )


def _hedged(tokens: Sequence[Token], i: int) -> Number | None:
    """A definite number behind a qualifier: «يفوق الثلاثمائة», «تعدى الخمسة آلاف»."""
    if not tokens[i].text.startswith("ال"):
        return None
    near = [t._replace(text=_without_article(t.text)) for t in tokens[i : i + _DECIMAL_WORDS]]
    spelled = read_arabic(near, 0)
    if spelled is None:
        return None
    hedge = hedges.hedge_of(tokens, i)
    hedged = (hedge is not None and hedge[0] != "exact") or apart(tokens, i) is not None
    if not hedged and not _percent_at(tokens, i + spelled.last):
        return None
    return _percent(tokens, Number(spelled.value, Decimal(1), i, i + spelled.last, in_words=True))


def _without_article(word: str) -> str:
    """«المائة والثلاثين» → «مائة وثلاثين»."""
    joined = "و" if word.startswith("وال") else ""
    bare = word.removeprefix("و" if joined else "").removeprefix("ال")
    return joined + bare if is_number_word(bare) else word


def _collective(tokens: Sequence[Token], i: int) -> Number | None:
    """«une centaine de femmes», «un millier de paniers»."""
    value = values("numberwords", "fr", "collectives").get(tokens[i].text)
    if (
        value is None
        or not i
        or tokens[i - 1].text not in ("un", "une", "la", "cette")
        or _text(tokens, i + 1) not in ("de", "d")
    ):
        return None
    return Number(Decimal(value), Decimal(1), i, i + 1, in_words=True, about=True)


@lru_cache(maxsize=65536)
def _may_begin(word: str) -> bool:
    """Whether a number in words may begin with a flat word; most words of a text are none."""
    if not word[:1].isalpha():
        return False
    if classify(word, first=True, joined=False) or is_number_word(word) or may_be_share(word):
        return True
    return word in values("numberwords", "fr", "collectives") or is_number_word(word.removeprefix("ال"))


def _in_digits(tokens: Sequence[Token], i: int) -> Number | None:
    numeral = parse(tokens[i].text.replace("،", ","))
    if numeral is None:
        return None
    negative = _is_negative(tokens, i)
    number = Number(
        -numeral.value if negative else numeral.value,
        numeral.resolution,
        i - negative,
        i + 1,
        repaired=numeral.repaired,
        ambiguous=numeral.ambiguous,
    )
    part = share_in_digits(tokens, i + 1) if tokens[i].text.isdecimal() and i + 1 < len(tokens) else None
    if part is not None and tokens[i].end + 1 == tokens[i + 1].start:  # 1 1/4
        return replace(number, value=number.value + part.value, resolution=part.value, last=part.last)
    return _percent(tokens, halved(tokens, scaled(tokens, number)))


def _is_negative(tokens: Sequence[Token], i: int) -> bool:
    """Whether a minus is glued before a number and to nothing else, and no count follows (a list mark, then)."""
    if not i or tokens[i - 1].text != "-" or tokens[i - 1].end != tokens[i].start:
        return False
    if i > 1 and tokens[i - 2].end == tokens[i - 1].start:
        return False
    following = tokens[i + 1].text if i + 1 < len(tokens) else ""
    return not following[:1].isalpha() or divides(following) or following in ("في", "pour")


def _half(tokens: Sequence[Token], i: int) -> Number | None:
    """A half or quarter before a scale or a unit that has halves: نصف مليون, ربع ساعة, demi-heure."""
    at = i + 1
    if at < len(tokens) and tokens[at].text == "-":
        at += 1
    word = tokens[i].text
    fraction = fractions().get(word[1:] if word[:1] in "وبل" else word)
    if fraction is None or at >= len(tokens):
        return None
    number = Number(fraction, fraction, i, at, in_words=True)
    if _percent_at(tokens, at):
        return _percent(tokens, number)
    if tokens[at].text in scales():
        return scaled(tokens, number)
    return number if divides(tokens[at].text) and not tokens[at].text.startswith("ال") else None


def _in_words(tokens: Sequence[Token], i: int, tanwin: frozenset[int]) -> Number | None:
    arabic = "\u0600" <= tokens[i].text[0] <= "\u06ff"
    spelled = read_arabic(tokens, i, tanwin) if arabic else read_french(tokens, i)
    if spelled is None or ordinal_of(tokens[i].text) is not None or _is_article(tokens, i, spelled):
        return None
    if not arabic and _compound(tokens, spelled.last):
        return None  # mille-feuille
    if arabic and spelled.last == i + 1 and has_article(_text(tokens, spelled.last)):
        return None  # ألف الباحث كتابا, تسع القاعة: verbs
    number = Number(spelled.value, Decimal(1), i, spelled.last, in_words=True, single=spelled.single)
    if mixed(tokens, number):
        return _mixed(tokens, number, tanwin)
    number = _with_decimals(tokens, number, arabic=arabic)
    scale = scale_of(tokens[number.last - 1].text)
    if scale > 1:  # مليار و200 مليون, ألفان و450
        number = with_smaller_part(tokens, number, scale)
    if money_scale(_text(tokens, number.last)) or number.resolution != 1:
        number = scaled(tokens, number)
    return _percent(tokens, halved(tokens, number))


def _compound(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen glues a word that is none of a number behind ``tokens[at - 1]``."""
    if at + 1 >= len(tokens) or tokens[at].text != "-" or tokens[at].start != tokens[at - 1].end:
        return False
    return tokens[at].end == tokens[at + 1].start and tokens[at + 1].text.isalpha()


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _is_article(tokens: Sequence[Token], i: int, spelled: Spelled) -> bool:
    """Whether a lone number word is an article or pronoun."""
    if not spelled.single or stands_alone(tokens, i, spelled.last):
        return False
    following = tokens[spelled.last].text if spelled.last < len(tokens) else ""
    month = bool(i) and tokens[i - 1].text in ("شهر", "degre")
    counted = following.isalpha() and not month and following not in words("identifiers", "words", "stop")
    if share_behind(tokens, spelled.last):
        return False  # واحد ونصف
    if _percent_at(tokens, spelled.last) or (not spelled.value and counted):
        return False  # واحد في المائة, صفر درهم
    if spelled.value == 1 and is_currency(following):
        return False  # un dirham
    if spelled.value == 1 and tokens[i].text in ("un", "une") and divides(following):
        hedge = hedges.before(tokens, i)  # moins d'un an, une année et demie
        return (hedge is None or hedge[0] == "exact") and share_behind(tokens, spelled.last + 1) is None
    return spelled.value < _LEAST_WORD or tokens[i].text in words("identifiers", "words", "stop")


def _mixed(tokens: Sequence[Token], number: Number, tanwin: frozenset[int]) -> Number | None:
    """«عشرون وثلاثة أخماس»: the last word of the number counts parts."""
    for cut in (number.last - 1, number.last - 2):
        held = tokens[number.first : cut]
        whole = read_arabic(held, 0, tanwin) or read_french(held, 0) if held else None
        parts = share_behind(tokens, cut)
        if whole is not None and whole.last == len(held) and parts is not None:
            share, last = parts
            return replace(number, value=whole.value + share, resolution=share, last=last, single=False)
    return number


def _with_decimals(tokens: Sequence[Token], number: Number, *, arabic: bool) -> Number:
    """Decimals in words: «deux virgule zéro cinq», «خمسة فاصلة ثلاثة»."""
    at = number.last
    if at >= len(tokens) or tokens[at].text not in words("numberwords", "decimal_mark"):
        return number
    at, digits = at + 1, ""
    while at < len(tokens) and tokens[at].text in words("numberwords", "zero"):
        at, digits = at + 1, digits + "0"
    near = tokens[at : at + _DECIMAL_WORDS]
    near = near[: next((n for n, token in enumerate(near) if token.text in scales()), len(near))]
    spelled = read_arabic(near, 0) if near and arabic else read_french(near, 0) if near else None
    if spelled is not None:
        at, digits = at + spelled.last, f"{digits}{spelled.value}"
    if not digits:
        return number
    value = number.value + Decimal(f"0.{digits}")
    return replace(number, value=value, resolution=Decimal(1).scaleb(-len(digits)), last=at, single=False)


def _percent(tokens: Sequence[Token], number: Number) -> Number:
    """A percent sign or its words on either side."""
    size = _percent_at(tokens, number.last)
    if size and not _of_next(tokens, number.last):
        return replace(number, percent=True, last=number.last + size)
    own = number.first > 0 and tokens[number.first - 1].text == "%"
    after = number.first > 1 and tokens[number.first - 2].text[:1].isdigit()
    if own and (not after or _of_next(tokens, number.first - 1)):
        return replace(number, percent=True, first=number.first - 1)
    return number


def _of_next(tokens: Sequence[Token], at: int) -> bool:
    """Whether a percent sign stands at the number after it and apart from the one before: 1.204 %98,5."""
    if not 0 < at < len(tokens) - 1 or tokens[at].text != "%":
        return False
    before, sign, after = tokens[at - 1 : at + 2]
    return before.end < sign.start and sign.end == after.start and after.text[:1].isdigit()


def _percent_at(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from ``at`` on say percent."""
    following = tokens[at].text if at < len(tokens) else ""
    if following == "%":
        return 1
    for wording in _percent_wordings().get(following, ()):
        if tuple(t.text for t in tokens[at : at + len(wording)]) == wording:
            return len(wording)
    return 0


@cache
def _percent_wordings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Wordings of percent under their first word, the longest first."""
    listed = words("identifiers", "words", "percent")
    wordings = sorted((tuple(m.group() for m in TOKEN.finditer(w)) for w in listed), key=len, reverse=True)
    return {w[0]: tuple(other for other in wordings if other[0] == w[0]) for w in wordings}
