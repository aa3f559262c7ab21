"""Names of places to codes that are valid in the year in question, across territorial reforms."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import regex
from rapidfuzz import fuzz, process

from pipeline.codebook.loading import Codebook, Territory, fold
from pipeline.codebook.wording import without_level

#: The area of what names none, in reports whose cover names no country.
NATIONAL = "MA"
#: Likeness (0 to 100) from which a misread name is still taken for a place; only for names this long.
_ALIKE, _LONG = 90.0, 9


@dataclass(frozen=True)
class Places:
    """Look-ups of one codebook; what was looked up once is remembered."""

    codebook: Codebook
    _found: dict[tuple[str, int | None], str] = field(default_factory=dict)

    def area_of(self, label: str, year: int | None) -> str:
        """Code of the area that a label names as a whole; empty when it names none.

        A name that only was in use in other years still counts: a region of before the reform in a table
        of later years is that region.
        """
        key = fold(label)
        if not key:
            return ""
        if (key, year) not in self._found:
            self._found[key, year] = self._look_up(key, year)
        return self._found[key, year]

    def _look_up(self, key: str, year: int | None) -> str:
        for name in (key, without_level(key)):
            # Some producers set the words of a name in the wrong order (تافيلالت درعة).
            held = self.codebook.area_of.get(name) or self._by_words.get(_words(name))
            if held:
                return _valid(held, year).code
        name = without_level(key)
        if len(name) < _LONG:
            return ""
        near = process.extractOne(name, self.codebook.area_of.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return _valid(self.codebook.area_of[near[0]], year).code if near else ""

    def areas_in(self, text: str, year: int | None) -> list[tuple[int, str]]:
        """Regions named inside running text, with the place of each in the folded text."""
        key = f" {fold(text)} "
        return sorted(
            (match.start(), one.code)
            for held, pattern in [(held, pattern) for name, held, pattern in self._patterns if name in key]
            if (one := _valid(held, year)).level == "region" and one.holds_in(year)
            for match in pattern.finditer(key)
        )

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], tuple[Territory, ...]]:
        """Places of several words by these in any order; no two of the codebook have the same."""
        return {_words(name): held for name, held in self.codebook.area_of.items() if " " in name}

    @cached_property
    def _patterns(self) -> list[tuple[str, tuple[Territory, ...], regex.Pattern[str]]]:
        """Every name of a region with the pattern that finds it in running text."""
        # One-word names (الشرق) are everyday words too: they need the word for region before them.
        return [
            (
                name,
                held,
                regex.compile(
                    rf" (?:ب|ل|و)?{name}(?= )"
                    if " " in name
                    else rf" (?:ب|ل|و)?(?:ال)?(?:جهه|region)(?: de| d| du)? {name}(?= )"
                ),
            )
            for name, held in self.codebook.area_of.items()
            if any(one.level == "region" for one in held)
        ]


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(name.split()))


def _valid(held: tuple[Territory, ...], year: int | None) -> Territory:
    return next((one for one in held if one.holds_in(year)), held[0])
