"""Arabic labels set in cells that run from left to right: their numbers and signs stand behind what they are of."""

from __future__ import annotations

from functools import cache

import regex

from pipeline.language.lexicon import table

#: The oldest age that a range of ages ends at.
OLDEST = 130
_SIGN = regex.compile(r"^(\(\s*[%٪‰]\s*\))\s+(?=\p{Script=Arabic})(.+)$")
_PER = regex.compile(r"\b(لكل)\s+(\p{Script=Arabic}{3,})\s+(10{0,2}(?:[ \u00a0\u202f.,]?000)+)(?!\d)")


def with_numbers_before(label: str) -> str:
    """A label with its number before the noun of an age, the base of a rate before what it counts, its sign at the end.

    No year and no number of a list is written so.

    >>> with_numbers_before("سنة 15-24"), with_numbers_before("سنة 2014"), with_numbers_before("(%) نسبة الأمية")
    ('15-24 سنة', 'سنة 2014', 'نسبة الأمية (%)')
    """
    age = _ages().match(label)
    if age and age["range"] and int(age["low"]) < int(age["high"]) <= OLDEST:
        return f"{age['range']} {age['noun']}"
    if age and age["one"] and int(age["one"]) <= OLDEST:
        return f"{age['one']} {age['open']}"
    turned: str = _PER.sub(r"\1 \3 \2", _SIGN.sub(r"\2 \1", label))
    return turned


@cache
def _ages() -> regex.Pattern[str]:
    words = table("identifiers")["words"]
    nouns, ends = ("|".join(map(regex.escape, words[key])) for key in ("age_nouns", "age_ends"))
    return regex.compile(
        rf"^(?:(?P<noun>{nouns})\s+(?P<range>(?P<low>\d{{1,3}})\s*[-–]\s*(?P<high>\d{{1,3}}))"
        rf"|(?P<open>(?:{nouns})\s+(?:{ends}))\s+(?P<one>\d{{1,3}}))$"
    )
