"""Printed labels that no row of the codebook explains, with the nearest rows; and rows that no label uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from pipeline.codebook.loading import Codebook, fold
from pipeline.codebook.nouns import Cue, LabelRow
from pipeline.codebook.releases import Release
from pipeline.codebook.templates import Template
from pipeline.codebook.wording import is_arabic, met, without_level, words_of

#: Likeness (0 to 100) from which a row is worth showing, and how many are shown.
_WORTH, _SHOWN = 60.0, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A printed label without a row. ``waiting`` counts the figures that bear it; ``nearest`` are like rows."""

    label: str
    language: str
    waiting: int
    nearest: tuple[str, ...]


def suggestions(printed: Iterable[tuple[str, int]], codebook: Codebook) -> list[Suggestion]:
    """Labels that no row explains, those with the most figures first.

    Args:
        printed: labels as printed, tiers joined by `` / ``, each with the number of figures that bear it.
        codebook: to look them up in.
    """
    counts: Counter[str] = Counter()
    for label, figures in printed:
        for tier in label.split(" / "):
            if _telling(tier) and not _explained(tier, codebook):
                counts[" ".join(tier.split())] += figures
    wordings = {fold(row.wording): row for row in codebook.labels if fold(row.wording)}
    places = {name: f"{held[0].code} (territories.csv)" for name, held in codebook.area_of.items()}
    return [
        Suggestion(
            label=label,
            language="ar" if is_arabic(label) else "fr",
            waiting=waiting,
            nearest=tuple(_nearest(fold(label), wordings, places)),
        )
        for label, waiting in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _telling(tier: str) -> bool:
    return any(c.isalpha() for c in re.sub(r"\d+", "", tier))


def _explained(tier: str, codebook: Codebook) -> bool:
    key = fold(tier)
    return key in codebook.label_of or key in codebook.area_of or without_level(key) in codebook.area_of


def _nearest(key: str, wordings: dict[str, LabelRow], places: dict[str, str]) -> Iterator[str]:
    near = process.extract(
        key, [*wordings, *places], scorer=fuzz.token_sort_ratio, score_cutoff=_WORTH, limit=_SHOWN
    )
    for name, score, _ in near:
        if name in wordings:
            row = wordings[name]
            yield f"{row.code} «{row.wording}» (labels.csv line {row.line}, {score:.0f} %)"
        else:
            yield f"{places[name]} «{name}» ({score:.0f} %)"


def unused_labels(printed: Iterable[str], codebook: Codebook) -> list[LabelRow]:
    """Rows of labels.csv whose wording no printed label has."""
    met_keys = {fold(tier) for label in printed for tier in label.split(" / ")}
    return [row for row in codebook.labels if fold(row.wording) not in met_keys]


def unused_cues(indicators: Iterable[str], codebook: Codebook) -> list[Cue]:
    """Rows of cues.csv whose indicator no observation has."""
    found = set(indicators)
    return [cue for cue in codebook.cues if cue.indicator not in found]


def unused_places(areas: Iterable[str], codebook: Codebook) -> list[str]:
    """Territories that no observation is about."""
    found = set(areas)
    return [one.code for one in codebook.territories if one.code not in found]


def unused_templates(methods: Iterable[str], codebook: Codebook) -> list[Template]:
    """Templates by which no table was read, from the methods of all tables."""
    held = set(methods)
    return [one for one in codebook.templates if f"template {one.name}" not in held]


def unused_releases(digests: Iterable[str], codebook: Codebook) -> list[Release]:
    """Days of reports that are not in the edition, whose reports have these SHA-256."""
    held = tuple(digests)
    return [one for one in codebook.releases if not any(digest.startswith(one.report) for digest in held)]


def unreachable_indicators(codebook: Codebook) -> list[str]:
    """Indicators that no row of cues.csv leads to."""
    led_to = {cue.indicator for cue in codebook.cues}
    return [code for code in codebook.indicators if code not in led_to]


def contradicting_cues(codebook: Codebook) -> list[Cue]:
    """Rows of cues.csv that can never apply: a word they demand is one they forbid."""
    return [
        cue
        for cue in codebook.cues
        if any(
            len(group.terms) == 1 and met(word, words_of(group.terms[0].text), codebook.matching.window)
            for group in cue.required
            for word in cue.forbidden
        )
    ]
