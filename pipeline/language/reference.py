"""Which periods of a text say when its figures were counted, and which name a plan, an event or a document."""

from __future__ import annotations

from functools import cache

import regex

from pipeline.language.flat import flat_text
from pipeline.language.found import Found
from pipeline.language.lexicon import words

#: Characters before a period among which its cue stands, and words that can say that it is a school year.
_BEFORE, _NEAR = 60, 4
#: Two years joined by words («2021 إلى 2023») are a time; joined by a hyphen they name a plan as well.
_JOINED = regex.compile(r"\d\s*(?:و|(?:الي|حتي|et|a|au)\s)")
#: What was before a year, or after it, was not in it: «engagées avant 2018».
_OUTSIDE = regex.compile(
    r"(?<!\p{L})(?:avant|apres|قبل|بعد)\s*(?:(?:l'|l\s*')?(?:annee|an)\s*|سنه\s*|عام\s*)?$"
)
_MONTH_LENGTH = len("2023-12")


@cache
def _cue(key: str) -> regex.Pattern[str]:
    """A pattern for text that ends with one of the wordings of a list."""
    wordings = "|".join(
        regex.escape(w) for w in sorted(words("calendar", "cues", key), key=len, reverse=True)
    )
    return regex.compile(rf"(?<!\p{{L}})[وب]?(?:{wordings})\s*$")


def reference_period(found: Found, text: str) -> str:
    """The period for which figures beside ``found`` count, in the form of SDMX; empty where it says none.

    ``2023``, ``2021/2023``, ``2022-A1`` for a school year, ``2023-03``, ``2023-12-31`` for a point in time
    («إلى غاية 31 دجنبر 2023», "à fin décembre 2022").
    """
    value = found.text_value
    before = flat_text(text[max(found.number_start - _BEFORE, 0) : found.number_start])
    if found.named == "year" or not value:
        return value if found.named == "year" and not _OUTSIDE.search(before) else ""
    if found.named == "period":
        first, _, last = value.partition("/")
        if int(last) == int(first) + 1 and not words("calendar", "cues", "school").isdisjoint(
            before.split()[-_NEAR:]
        ):
            return f"{first}-A1"
        cued = _cue("span").search(before) or _JOINED.search(flat_text(found.raw))
        return value if cued else ""
    if found.named != "date" or value.startswith("--"):
        return ""
    within = len(value) == _MONTH_LENGTH and _cue("month").search(before)
    return value if within or _cue("point").search(before) else ""
