"""What in a text has a number and is no quantity, and how its patterns are built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import regex

from pipeline.language.lexicon import unit_words
from pipeline.language.numberwords import scales

EDGE = r"(?<![\p{L}\d])"
END = r"(?![\p{L}\d])"


@dataclass(frozen=True, slots=True)
class Named:
    """A span of a flat text that is a date, period, year or name, and no figure.

    ``kind``: date, day_range, period, year, hijri_year, horizon, base_year, law, article, page, item, phone, code,
    address, url, time, list_marker. ``value`` is ISO for dates (``2023-12-19``, ``2021-12``), ``2022/2026`` for periods.
    """

    start: int
    end: int
    kind: str
    value: str = ""
    weekday: str = ""


def any_of(wordings: Iterable[str]) -> str:
    """Alternatives of wordings; a definite noun stands behind ل ب و ف ك as well (للفصل)."""
    wordings = list(wordings)
    definite = {
        head + w[2:] for w in wordings if w.startswith("ال") for head in ("لل", "بال", "وال", "فال", "كال")
    }
    return (
        "(?:" + "|".join(regex.escape(w) for w in sorted({*wordings, *definite}, key=len, reverse=True)) + ")"
    )


def compiled(patterns: Mapping[str, str]) -> dict[str, regex.Pattern[str]]:
    """The patterns, their gaps bounded: no printed text has longer ones, and it keeps hostile text linear."""
    bounded = {n: p.replace(r"\s+", r"\s{1,5}").replace(r"\s*", r"\s{0,5}") for n, p in patterns.items()}
    return {name: regex.compile(pattern) for name, pattern in bounded.items()}


def counted(text: str, end: int) -> bool:
    """Whether a counted noun follows."""
    m = regex.match(r"\s+(\p{L}+)", text, pos=end)
    return bool(m) and (m[1] in unit_words() or m[1] in scales())
