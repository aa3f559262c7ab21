"""Numbers found that are one figure together: repeated in brackets, with subunits, between two comparators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.language.flat import flat_text
from pipeline.language.found import Found
from pipeline.language.lexicon import unit_words
from pipeline.language.number import Number
from pipeline.language.numberwords import Token

#: Qualifiers under which the printed value is the lower bound, and those under which it is the upper one.
LOWER, UPPER = ("more_than", "at_least"), ("less_than", "up_to", "nearly")
_LINKS = ("", "و", "et", "،", ",")


def repeated(tokens: Sequence[Token], numbers: Sequence[Number]) -> list[Number]:
    """«ثلاثة (03) مراكز»: the same number in words and again in brackets is one, up to the bracket."""
    out: list[Number] = []
    for number in numbers:
        last = out[-1] if out else None
        bracketed = (
            last is not None
            and number.value == last.value
            and last.in_words != number.in_words
            and [t.text for t in tokens[last.last : number.first]] == ["("]
            and number.last < len(tokens)
            and tokens[number.last].text == ")"
        )
        if last is not None and bracketed:
            out[-1] = replace(
                last, last=number.last + 1, percent=last.percent or number.percent, single=False
            )
        else:
            out.append(number)
    return out


def joined(text: str, found: Sequence[Found]) -> list[Found]:
    """Join «20 درهما و50 سنتيما» into one amount and «أكبر من 100 وأصغر من 300» into one range."""
    out: list[Found] = []
    for one in found:
        last = out[-1] if out else None
        both = last is not None and (_with_subunit(text, last, one) or _with_bounds(text, last, one))
        if last is not None and both:
            out[-1] = both
        else:
            out.append(one)
    return out


def _with_subunit(text: str, whole: Found, part: Found) -> Found | None:
    if whole.kind != "currency" or part.kind != "currency" or whole.value is None or part.value is None:
        return None
    if (
        whole.high is not None
        or _power(whole) < 0
        or _power(part) >= 0
        or part.unit not in (whole.unit, "XXX")
    ):
        return None
    if text[whole.end : part.number_start].strip() not in _LINKS or part.value >= 1:
        return None
    value = whole.value + part.value
    return whole._replace(
        value=value, resolution=part.resolution, end=part.end, number_end=part.number_end,
        raw=text[whole.number_start : part.number_end],
    )  # fmt: skip


def _power(found: Found) -> int:
    return unit_words().get(flat_text(found.unit_label), ("", 0))[1]


def _with_bounds(text: str, low: Found, high: Found) -> Found | None:
    if low.qualifier not in LOWER or high.qualifier not in UPPER or low.value is None or high.value is None:
        return None
    if low.kind != high.kind and low.unit_label:
        return None
    if text[low.end : high.start].strip() not in _LINKS or low.value >= high.value:
        return None
    return high._replace(
        low=low.value, high=high.value, value=low.value, qualifier="between", start=low.start,
        number_start=low.number_start, raw=text[low.number_start : high.number_end],
    )  # fmt: skip
