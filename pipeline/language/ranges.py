"""Two numbers that are the ends of one range, and two that are not although they look so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.language.counted import looks_like_year
from pipeline.language.lexicon import unit_words, words
from pipeline.language.number import Number
from pipeline.language.numberwords import Token, has_waw, read_arabic, scales
from pipeline.language.scaling import scale_of
from pipeline.language.units import divides, is_currency, money_scale, unit_of

#: Word before a range → words between its ends.
_JOINS = {"بين": ("و", "الي"), "entre": ("et",), "من": ("الي", "حتي"), "de": ("a",)}
#: Words between a verb of movement and the level that it leaves.
_REACH = 12
_WHOLE = 100


def ranges(tokens: Sequence[Token], numbers: Sequence[Number]) -> list[Number]:
    """Join two numbers that are the ends of one range («ما بين 15 و20», «entre 15 et 20»)."""
    numbers = _shared_scale(tokens, numbers)
    out: list[Number] = []
    skip = False
    for i, number in enumerate(numbers):
        if skip:
            skip = False
            continue
        upper = numbers[i + 1] if i + 1 < len(numbers) else None
        if upper is not None and (_opened(tokens, number, upper) or _bare(tokens, number, upper)):
            out.append(_range(tokens, number, upper))
            skip = True
            continue
        out.append(_split(tokens, number))
    return out


def _split(tokens: Sequence[Token], number: Number) -> Number:
    """«ما بين خمسة وعشرين»: behind بين one number in words is two ends, where the first is smaller."""
    opener = tokens[number.first - 1].text if number.first else ""
    among = number.first > 1 and tokens[number.first - 2].text.lstrip("و") == "من"
    if not number.in_words or opener.removeprefix("و") != "بين" or among:
        return number
    for cut in range(number.first + 1, number.last):
        low, at = read_arabic(tokens[number.first : cut], 0), cut + (tokens[cut].text == "و")
        high = read_arabic(tokens[at : number.last], 0) if at > cut or has_waw(tokens[cut].text) else None
        if low is None or high is None or low.last < cut - number.first or high.last < number.last - at:
            continue
        if low.value < high.value:
            return replace(number, value=low.value, high=high.value, single=False)
    return number


def _shared_scale(tokens: Sequence[Token], numbers: Sequence[Number]) -> list[Number]:
    """«4 و6 ملايين درهم»: a scale word counts for the digits joined before its own as well."""
    out = list(numbers)
    for i in range(len(out) - 2, -1, -1):
        number, following = out[i], out[i + 1]
        scale = scales().get(tokens[following.last - 1].text)
        plain = number.last - number.first == following.last - following.first - 1 == 1
        linked = [t.text for t in tokens[number.last : following.first]] in (
            ["و"],
            ["et"],
            ["،"],
            ["a"],
            ["الي"],
        )
        if scale and plain and linked and not number.in_words and number.value < following.value / scale * 10:
            out[i] = replace(number, value=number.value * scale, resolution=number.resolution * scale)
        if following.percent and _plain_digits(tokens, number) and linked and number.value <= _WHOLE:
            out[i] = replace(number, percent=True)  # 52 et 48 %
    return out


def _plain_digits(tokens: Sequence[Token], number: Number) -> bool:
    """Whether a number is one token of digits."""
    return number.last == number.first + 1 and tokens[number.first].text[:1].isdigit() and not number.percent


def _opened(tokens: Sequence[Token], low: Number, high: Number) -> bool:
    """«من 6 إلى 11 سنة», but «ارتفع من 120 إلى 150» says two levels."""
    opener = tokens[low.first - 1].text if low.first else ""
    opener = opener[1:] if opener[1:] in _JOINS and opener[0] in "وبل" else opener
    if opener not in _JOINS or not _between(tokens, low, high, _JOINS[opener]):
        return False
    if opener in ("من", "de") and _moves(tokens, low.first - 1, counts=not high.percent):
        return False
    return high.value >= low.value or scale_of(tokens[high.last - 1].text) > 1


def _moves(tokens: Sequence[Token], at: int, *, counts: bool = False) -> bool:
    """Whether a verb of movement governs what stands here, or one before «celui» does; of counts also a noun of it."""
    moved, elliptic = words("identifiers", "words", "moved"), words("identifiers", "words", "elliptic")
    if counts:
        moved |= words("identifiers", "words", "moved_counts")
    least = at - _REACH
    for i in range(at - 1, -1, -1):
        if i < least or tokens[i].text in (".", "؛", ";", ""):
            return False
        if tokens[i].text in moved or tokens[i].text.lstrip("وف") in moved:
            return True
        if tokens[i].text in elliptic:
            least = i - 2 * _REACH
    return False


def _bare(tokens: Sequence[Token], low: Number, high: Number) -> bool:
    """«20 à 30 personnes», «20 إلى 30 شخصا»: two ends without a word before them, both counting the same."""
    middle = [t.text for t in tokens[low.last : high.first]]
    if middle in (["-"], ["~"]):  # 10-15 %, 10 - 20 شخصا
        glued = (
            tokens[low.last - 1].end == tokens[low.last].start
            and tokens[low.last].end == tokens[high.first].start
        )
        following = tokens[high.last].text if high.last < len(tokens) else ""
        middle = (
            ["a"]
            if glued or following in unit_words() or unit_of(following) != "NUMBER" or high.percent
            else middle
        )
    same = low.last - low.first == 1 or low.percent
    same = same or (low.in_words and high.in_words)
    mixed = high.in_words and not low.in_words
    if middle not in (["الي"], ["a"]) or not same or mixed or low.value >= high.value:
        return False
    return not (_dated(tokens, low, high) or _moves(tokens, low.first, counts=not high.percent))


def _dated(tokens: Sequence[Token], low: Number, high: Number) -> bool:
    """Whether a year stands before a level: «[18.240 سنة] 2020 إلى 46.683», a line cut off from the one above it."""
    grouped = not high.in_words and not tokens[high.first].text.isdecimal()
    if not (looks_like_year(tokens, low) and grouped) or high.percent or high.currency:
        return False
    following = [token.text for token in tokens[high.last : high.last + 2]]
    if following[1:] == [""]:
        return True  # سنة 2024
    return not (following and (following[0] in unit_words() or unit_of(following[0]) != "NUMBER"))


def _range(tokens: Sequence[Token], number: Number, upper: Number) -> Number:
    """The two ends as one; a scale word after the upper end counts for both («بين 2 و3 ملايين»)."""
    low, scale = number.value, money_scale(upper.currency) or scale_of(tokens[upper.last - 1].text)
    if scale > 1 and low * scale < upper.value:
        low *= scale
    return replace(
        number,
        value=low,
        high=upper.value,
        last=upper.last,
        percent=upper.percent,
        resolution=upper.resolution,
        currency=upper.currency,
    )


def _between(tokens: Sequence[Token], low: Number, high: Number, joins: tuple[str, ...]) -> bool:
    middle = [t.text for t in tokens[low.last : high.first]]
    if middle and (divides(middle[0]) or is_currency(middle[0])):
        middle = middle[1:]  # بين 5 كيلومترات و10 كيلومترات
    if high.in_words and not middle:
        return tokens[high.first].text.startswith("و") and "و" in joins
    return middle in ([join] for join in joins)
