"""What a cell prints beside its number: a share in brackets, a remark in brackets, the other end of a range."""

from __future__ import annotations

import regex

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import unit_words
from pipeline.language.numerals import Numeral, parse

_AFTER = regex.compile(r"^(?P<number>[^()]*[\d٠-٩%٪*])\s*\((?P<held>[^()]+)\)$")
_BEFORE = regex.compile(r"^\((?P<held>[^()]+)\)\s*(?P<number>[\d٠-٩%٪*][^()]*)$")
_REMARK = regex.compile(r"^[\p{L}\p{M}. ]{1,24}$")
#: Two numbers of these bounds are years.
_YEARS = (1900, 2100)
_RANGE = regex.compile(
    r"^(?:(?:de|entre|من|بين|ما بين)\s+)?(?P<low>[\d٠-٩][\d٠-٩ .,]*?)\s*(?P<sign>[-–—]|\bà\b|\bet\b|إلى|و)"
    r"\s*(?P<high>[\d٠-٩][\d٠-٩ .,]*[%٪]?)$"
)


def number_and_share(text: str) -> tuple[str, str] | None:
    """A count and the share printed in brackets beside it (1 234 (12,5 %)); ``None`` for anything else."""
    found = _bracketed(text)
    if found is None:
        return None
    number, held = parse(found[0]), parse(found[1])
    counted = number is not None and not number.percent
    return found if counted and held is not None and held.percent else None


def without_remark(text: str) -> str:
    """A number without the words in brackets beside it (1 234 (provisoire)); any other text as it is.

    A unit is no remark.
    """
    found = _bracketed(text)
    if found is None or not _REMARK.match(found[1]) or parse(found[0]) is None:
        return text
    words = flat_text(found[1]).split()
    return text if any(word in unit_words() for word in words) else found[0]


def ends_of_range(text: str, *, turned: bool = False) -> tuple[Numeral, Numeral] | None:
    """Lower and upper end of a printed range; ``None`` for anything else, years among it.

    Args:
        text: of the cell.
        turned: whether the higher end stands first, as in cells that run from right to left.
    """
    found = _RANGE.match(" ".join(text.split()))
    low, high = (parse(found["low"]), parse(found["high"])) if found else (None, None)
    if turned and found and found["sign"] in "-–—":
        low, high = high, low
    if low is None or high is None or not 0 <= low.value < high.value:
        return None
    return None if _YEARS[0] <= low.value < high.value <= _YEARS[1] else (low, high)


def _bracketed(text: str) -> tuple[str, str] | None:
    flat = " ".join(text.split())
    found = _AFTER.match(flat) or _BEFORE.match(flat)
    return (found["number"].strip(), found["held"].strip()) if found else None
