"""A printed number as a decimal: both digit scripts, every separator, percent signs, brackets, swapped groups."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

_CONTROLS = regex.compile(r"[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u0640]")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SPACES = regex.compile(r"[ \u00A0\u202F\u2009\u2007\u2008]+")
_NEWS_DECIMAL = regex.compile(r"^(\d+)ر(\d+)$")
_GROUPED = regex.compile(r"^(\d{1,3})(?:([ .,'])(\d{3}))(?:\2(\d{3}))*(?:[.,](\d+))?$")
_SPACED = regex.compile(r"^\d{1,3}(?:[.,]\d+)?(?: \d{1,3})+$")
_MARK = regex.compile(r"[.,]")
#: Decimals beyond doubt: before three digits a mark may part thousands.
_DECIMAL = regex.compile(r"^\d+[.,](?:\d{1,2}|\d{4,})\s*$")
#: Nothing longer is a number; keeps hostile input cheap.
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed.

    ``resolution`` is one unit of the last printed digit. ``repaired`` tells that digit groups displayed in
    reversed order (``074 1``) were turned back, ``ambiguous`` that one separator before three digits may
    part thousands or decimals (read as thousands).
    """

    value: Decimal
    resolution: Decimal
    percent: bool = False
    repaired: bool = False
    ambiguous: bool = False


def parse(raw: str) -> Numeral | None:
    """Read a string that is a number and nothing else; ``None`` for anything else.

    Signs: leading or trailing minus and brackets (in either order of display) mean a negative. A trailing plus is a
    sign too where it is no part of a class of age (``20,7+``, ``5%+``).
    """
    if len(raw) > LONGEST:
        return None
    if raw.isdecimal() and raw.isascii():  # the usual case
        return Numeral(Decimal(raw), Decimal(1))
    text = raw if raw.isascii() else _ascii(raw)
    text = (_SPACES.sub(" ", text) if "  " in text else text).strip()
    percent = "%" in text or "٪" in text
    bare = text.replace("%", " ").replace("٪", " ").strip() if percent else text
    text, negative = _signs(bare, percent=percent)
    if not text or not text[0].isdigit():
        return None
    found = _news(text) or _grouped(text) or _turned(text) or _plain(text)
    if found is None:
        return None
    value = -found.value if negative else found.value
    return Numeral(value, found.resolution, percent, found.repaired, found.ambiguous and not percent)


def _ascii(raw: str) -> str:
    """A printed number with the digits and marks of ASCII."""
    text = _CONTROLS.sub("", raw).translate(_DIGITS).replace("٬", "'").replace("’", "'").replace("،", ",")
    text = text.replace(",", "'") if "٫" in text else text  # ١٦,٨٥٠٫٠٠: beside its own mark a comma parts thousands
    spaced: str = _SPACES.sub(" ", text.replace("٫", ",").replace("−", "-").replace("–", "-"))
    return spaced


def _signs(text: str, *, percent: bool) -> tuple[str, bool]:
    negative = False
    if len(text) > 2 and ((text[0] == "(" and text[-1] == ")") or (text[0] == ")" and text[-1] == "(")):
        text, negative = text[1:-1].strip(), True
    if text[:1] in ("-", "+"):
        negative, text = negative or text[0] == "-", text[1:].strip()
    elif text[-1:] == "-" and len(text) > 1:
        negative, text = True, text[:-1].strip()
    elif text[-1:] == "+" and (percent or _DECIMAL.match(text[:-1])):  # «60+» is a class of age
        text = text[:-1].strip()
    return text.strip("*").strip(), negative


def _news(text: str) -> Numeral | None:
    """News style: ``5ر6`` is 6.5, the fraction typed first."""
    match = _NEWS_DECIMAL.match(text)
    if not match:
        return None
    return Numeral(Decimal(f"{match[2]}.{match[1]}"), Decimal(1).scaleb(-len(match[1])))


def _grouped(text: str) -> Numeral | None:
    """Thousands in groups of three with one kind of separator, decimals with another."""
    match = _GROUPED.match(text)
    if not match:
        return None
    separator, decimals = match[2], match[5] or ""
    whole = text
    if decimals:
        cut = len(text) - len(decimals) - 1
        if text[cut] == separator:
            return None
        whole = text[:cut]
    lone = separator in ".," and whole.count(separator) == 1 and not decimals
    if match[1].startswith("0"):
        # 0,125 can only be a decimal; `074 123` is a pair of swapped groups (see _turned).
        return _plain(text) if lone else None
    digits = whole.replace(separator, "")
    value = Decimal(f"{digits}.{decimals}" if decimals else digits)
    return Numeral(value, Decimal(1).scaleb(-len(decimals)), ambiguous=lone)


def _turned(text: str) -> Numeral | None:
    """Groups displayed in reversed order on a right-to-left page, where no other reading is possible."""
    text = text.replace("'", " ") if " " not in text else text
    if not _SPACED.match(text):
        return None
    last, *groups = text.split(" ")
    whole, *decimals = _MARK.split(last)
    groups = [*reversed(groups), whole]
    if groups[0].startswith("0") or any(len(group) != 3 for group in groups[1:]):
        return None
    digits = "".join(groups)
    value = Decimal(f"{digits}.{decimals[0]}" if decimals else digits)
    return Numeral(value, Decimal(1).scaleb(-sum(map(len, decimals))), repaired=True)


def _plain(text: str) -> Numeral | None:
    """Digits, with at most one decimal mark."""
    if text.isdecimal():
        return Numeral(Decimal(text), Decimal(1))
    parts = _MARK.split(text)
    if len(parts) == 2 and all(part.isdecimal() for part in parts):
        return Numeral(Decimal(f"{parts[0]}.{parts[1]}"), Decimal(1).scaleb(-len(parts[1])))
    return None
