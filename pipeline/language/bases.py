"""Bases of rates tell per how many, and count nothing.

«45 décès pour 100 000 naissances», «لكل 1000 نسمة», «pour mille».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from pipeline.language.flat import flat_text, flatten
from pipeline.language.found import Found
from pipeline.language.lexicon import MONEY, unit_words, words
from pipeline.language.named import EDGE, END, Named, Pattern, Scan, any_of, scanned

#: A power of ten from a hundred on, its groups parted in any way, or a scale word, ten or a hundred times.
_BASE = (
    r"(?P<base>1(?:00|[ .,']?000|00?[ .,']?000|[ .,']?000[ .,']?000)|(?:100?\s)?(?:الف|مليون|mille|million))"
    rf"{END}(?![ .,']?\d)"
)


#: Between a number and the base of its rate stands no more than «من بين كل».
_BETWEEN = 3
_SIGN = regex.compile(r"\s?‰")


@cache
def _patterns() -> tuple[Pattern, ...]:
    per, people = words("identifiers", "words", "per"), words("identifiers", "words", "rate_people")
    mille = words("identifiers", "words", "per_mille") | words("identifiers", "words", "per_mille_behind")
    money = [word for word, (unit, _) in unit_words().items() if unit in MONEY]
    return (
        Pattern(rf"{EDGE}{any_of(per)}\s{{1,3}}{_BASE}(?!\s{{0,3}}{any_of(money)}{END})", per, digits=False, ends=True),
        Pattern(rf"{EDGE}pour\s{{1,3}}{_BASE}(?=\s{{1,3}}{any_of(people)}{END})", ("pour",), digits=False),
        Pattern(
            rf"(?<=\d\s{{0,3}}){EDGE}(?:{any_of(mille)}){END}(?!\s{{0,3}}{any_of(money)}{END})(?P<base>)",
            mille,
            digits=False,
            ends=True,
        ),
    )


def bases(scan: Scan) -> Iterator[Named]:
    """The numbers of persons or births that a rate is told for, and the words that say per thousand."""
    for pattern in _patterns():
        for m in pattern(scan):
            start, end = m.span("base") if m["base"] else m.span()
            yield Named(start, end, "base")


def without_base(text: str) -> str:
    """A flat text without the bases of rates in it."""
    flat = flat_text(text)
    for one in sorted(bases(scanned(flat)), key=lambda n: -n.start):
        flat = flat[: one.start] + flat[one.end :]
    return flat


def rated(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """What was found in a text, numbers without a noun with what they are told for: «45 لكل 100.000», «3,2 ‰»."""
    for i, one in enumerate(found):
        if one.kind != "number" or one.unit_label or one.high is not None:
            yield one
            continue
        following = found[i + 1] if i + 1 < len(found) else None
        behind = text[one.number_end : following.end] if following and following.named == "base" else ""
        between = text[one.number_end : following.start].split() if following and behind else []
        sign = _SIGN.match(text, one.number_end)
        if sign or (behind and len(between) <= _BETWEEN):
            label = sign[0] if sign else behind
            yield one._replace(unit_label=label.strip(), bare=False)
        else:
            yield one


def base_in(text: str) -> str:
    """What a label or caption says that its figures are told for, as printed: «لكل ألف», «pour 100 000», «‰»; or nothing."""
    flat = flatten(text)
    scan = scanned(flat.text)
    told = next((m for pattern in _patterns() for m in pattern(scan)), None) or _per_mille().search(flat.text)
    if told is None:
        return ""
    start, end = flat.span(told.start(), told.end())
    return text[start:end]


@cache
def _per_mille() -> regex.Pattern[str]:
    """Words for per thousand, whatever stands before them, and its sign."""
    return regex.compile(rf"{EDGE}{any_of(words('identifiers', 'words', 'per_mille'))}{END}|‰")
