"""Which indicator a figure is of: by the cues of the codebook, scored; else a provisional one from what is printed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from rapidfuzz import fuzz

from pipeline.codebook.loading import Codebook, Indicator, fold
from pipeline.codebook.nouns import Cue
from pipeline.codebook.wording import is_arabic, met, term, words_of
from pipeline.language.lexicon import unit_words
from pipeline.model.reading import Label, Reading
from pipeline.model.report import Report
from pipeline.series.evidence import Evidence
from pipeline.series.links import Link, Nearly, Printed
from pipeline.series.periods import without_period
from pipeline.series.titles import Titles
from pipeline.series.weighing import (
    APART,
    another_head,
    group_weight,
    measures_fit,
    noun_weight,
    only_a_part,
    says,
    weight_of,
)

_PHRASE_WORDS = 14


@dataclass(frozen=True)
class Recogniser:
    """Recognises indicators in the reports of one run with one codebook."""

    codebook: Codebook

    @cached_property
    def titles(self) -> Titles:
        """Reads captions and labels with the same codebook."""
        return Titles(self.codebook)

    @cached_property
    def _families(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (body.family, fold(name))
            for body in self.codebook.bodies
            if body.kind != "programme"
            for name in (body.name_ar, body.name_fr)
        )

    def families_of(self, report: Report) -> frozenset[str] | None:
        """Families of bodies that published a report; ``None`` when it does not say who did."""
        said = fold(report.publisher)
        if not said:
            return None
        least = self.codebook.matching.publisher
        return frozenset(
            family for family, name in self._families if name in said or fuzz.ratio(name, said) >= least
        )

    def recognise(
        self, reading: Reading, evidence: Evidence, families: frozenset[str] | None
    ) -> tuple[Link | None, Nearly]:
        """The indicator whose cues fit best, or those that fit so nearly alike that none is taken, each with why.

        Args:
            reading: the figure.
            evidence: what is printed near it.
            families: families of the publisher, ``None`` when unknown (then all are tried).
        """
        ranked = self._ranked(reading, evidence, families)
        if not ranked:
            return None, ()
        code, (score, cue) = ranked[0]
        if len(ranked) > 1 and score - ranked[1][1][0] < self.codebook.matching.margin:
            return None, tuple(
                (other, f"cues.csv line {at.line} fits, score {got.normalize():f}, but others fit alike")
                for other, (got, at) in ranked
                if score - got < self.codebook.matching.margin
            )
        one = self.codebook.indicators[code]
        after = f"; next {ranked[1][0]}, {ranked[1][1][0].normalize():f}" if len(ranked) > 1 else ""
        link = Link(
            code=code,
            known=True,
            unit=one.unit,
            label_ar=one.label_ar,
            label_fr=one.label_fr,
            label_en=one.label_en,
            measure=cue.measure,
            why=f"cues.csv line {cue.line}, score {score.normalize():f}{after}",
            said=_short(evidence.phrase),
        )
        return link, ()

    def _ranked(
        self, reading: Reading, evidence: Evidence, families: frozenset[str] | None
    ) -> list[tuple[str, tuple[Decimal, Cue]]]:
        """Indicators whose cues fit, the best first."""
        best: dict[str, tuple[Decimal, Cue]] = {}
        for cue in self.codebook.cues:
            score = self._score(cue, reading, evidence, families)
            if score is not None and score > best.get(cue.indicator, (Decimal(-1), cue))[0]:
                best[cue.indicator] = (score, cue)
        return sorted(best.items(), key=lambda item: (-item[1][0], item[0]))

    def _score(
        self, cue: Cue, reading: Reading, evidence: Evidence, families: frozenset[str] | None
    ) -> Decimal | None:
        one, matching = self.codebook.indicators[cue.indicator], self.codebook.matching
        in_table = reading.kind == "cell"
        if cue.where == ("prose" if in_table else "table"):
            return None
        if one.family and families is not None and one.family not in families:
            return None
        wanted = cue.measure or ("target" if one.kind == "target" and reading.measure == "target" else "")
        if not self._units_fit(one, reading) or not measures_fit(wanted, reading.measure):
            return None
        if any(met(word, evidence.own, matching.window) for word in cue.forbidden):
            return None
        if in_table and only_a_part(cue, evidence, matching):
            return None
        if evidence.labels and not says(cue, evidence.labels, matching.window):
            return None
        total = Decimal(0)
        if cue.nouns:
            counted = noun_weight(cue.nouns, evidence, matching)
            if counted is None or (in_table and another_head(cue, evidence, matching)):
                return None
            total += counted
        for group in cue.required:
            weight = group_weight(group, evidence, matching)
            if weight is None:
                return None
            total += weight
        for word in cue.supporting:
            weight = weight_of(word, evidence, matching)
            total += matching.supporting * (weight or 0)
        return total

    def _units_fit(self, wanted: Indicator, reading: Reading) -> bool:
        printed = reading.unit_measure
        if wanted.unit == printed:
            return True
        if wanted.unit == "PS" and printed == "NUMBER":
            if reading.kind == "cell" and not counts_itself(reading):
                return True  # the unit of a caption's first noun; the nouns of the cue decide
            # Only a noun that the word lists don't know may turn out to be people.
            known = self.codebook.unit_words.get(fold(reading.unit_label))
            return bool(reading.unit_label) and (known is None or known.unit in ("", "PS"))
        return wanted.counted in ("family", "institution") and printed == "PS"

    def provisional_cell(
        self, reading: Reading, caption: Label, measures: Sequence[Label], nearly: Nearly
    ) -> Link:
        """An indicator made from the caption of a table and what its labels say is counted."""
        parts = {"ar": self._telling(caption.ar), "fr": self._telling(caption.fr)}
        section = "" if parts["ar"] or parts["fr"] else reading.section
        titles_ar = " / ".join(
            [without_period(caption.ar), *(label.ar for label in measures if label.ar)]
        ).strip(" /")
        titles_fr = " / ".join(
            [without_period(caption.fr), *(label.fr for label in measures if label.fr)]
        ).strip(" /")
        told = parts["ar"] or parts["fr"]
        titles = self.titles
        # "Number" over a column says no more than its absence: a table that drops the head is the same table.
        pairs = [(fold(without_period(label.ar)), fold(without_period(label.fr))) for label in measures]
        pairs = [pair for pair in pairs if titles.says_something(pair)]
        heads = [arabic or french for arabic, french in pairs]
        code = _code("table", _folded(section), *told, *heads, reading.unit_measure, _kind(reading))
        if not titles_ar and not titles_fr:
            titles_ar, titles_fr = (section, "") if is_arabic(section) else ("", section)
        printed = replace(
            _printed("table", {at: map(titles.without_opening, held) for at, held in parts.items()}, reading),
            words=(titles.words(parts["ar"]), titles.words(parts["fr"])),
            concepts=(titles.concepts(parts["ar"]), titles.concepts(parts["fr"])),
            gist=(titles.gist(parts["ar"]), titles.gist(parts["fr"])),
            heads=(titles.concepts(ar for ar, _ in pairs), titles.concepts(fr for _, fr in pairs)),
        )
        why = "made from the caption and labels"
        return _made(code, titles_ar, titles_fr, reading, why, printed, nearly)

    def provisional_prose(self, reading: Reading, evidence: Evidence, nearly: Nearly) -> Link:
        """An indicator made from the section, the counted noun and the telling words of the figure's clause.

        Words are taken without their order and without those that carry no meaning of their own, so that
        the same statement has the same code in every year that words it alike.
        """
        light = self.codebook.matching.light
        words = [word for word in fold(without_period(evidence.phrase)).split() if not _has_digit(word)]
        sexes = self.codebook.sex_of
        telling = sorted({_shortest(word) for word in words if word not in light and word not in sexes})
        # Units alone («63 millions de dirhams») name nothing that could be met again: such a figure stands by itself.
        named = any(word not in _unit_names() for word in telling)
        alone = () if named else (reading.reading_id,)
        code = _code(
            "prose", _folded(reading.section), *telling, reading.unit_measure, _kind(reading), *alone
        )
        phrase = " ".join(evidence.phrase.split()[:_PHRASE_WORDS]).strip(" .،,؛;:")
        label = " / ".join(part for part in (reading.section, phrase) if part)
        arabic = is_arabic(phrase or reading.section)
        said = [_folded(reading.section), *telling]
        by_language = {"ar": said if arabic else [], "fr": [] if arabic else said}
        printed = _printed("prose", by_language, reading)
        labels = (label, "") if arabic else ("", label)
        return _made(code, *labels, reading, "made from the sentence", printed, nearly)

    def _telling(self, caption: str) -> list[str]:
        """Parts of a caption that say something of their own, folded, without periods."""
        parts = [fold(without_period(part)) for part in caption.split(" / ")]
        return [part for part in parts if part and part not in self.codebook.label_of]


@cache
def _unit_names() -> frozenset[str]:
    """Words of units and scales, as they are compared."""
    return frozenset(_shortest(word) for wording in unit_words() for word in fold(wording).split())


def counts_itself(reading: Reading) -> bool:
    """Whether the noun that gave a cell its unit stands in its own labels."""
    if not reading.unit_label:
        return False
    labels = (
        f"{reading.row_label.ar} {reading.row_label.fr} {reading.column_label.ar} {reading.column_label.fr}"
    )
    return met(term(reading.unit_label), words_of(labels), 0)


def _kind(reading: Reading) -> str:
    return reading.measure if reading.measure in APART else ""


def _folded(text: str) -> str:
    return fold(text) if text else ""


@lru_cache(maxsize=50_000)
def _shortest(word: str) -> str:
    """A word without its article and particles, as far as that leaves a word."""
    if is_arabic(word):
        for prefix in ("وال", "بال", "لل", "ال", "و", "ب", "ل"):
            if word.startswith(prefix) and len(word) - len(prefix) >= 4:
                return word[len(prefix) :]
        return word
    return word.rstrip("sx") if len(word) > 4 else word


def _code(*parts: str) -> str:
    return f"X_{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:8].upper()}"


def _printed(kind: str, words: Mapping[str, Iterable[str]], reading: Reading) -> Printed:
    """Words of a provisional indicator; numbers in them have to be equal for two to be alike."""
    said = {language: " ".join(part for part in held if part) for language, held in words.items()}
    numbers = sorted({word for word in (said["ar"] or said["fr"]).split() if _has_digit(word)})
    frame = (kind, reading.unit_measure, _kind(reading), *numbers)
    return Printed(ar=said["ar"], fr=said["fr"], frame=frame, in_table=kind == "table")


@lru_cache(maxsize=50_000)
def _has_digit(word: str) -> bool:
    return not word.isalpha() and any(c.isdigit() for c in word)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[: 2 * _PHRASE_WORDS]) + (" …" if len(words) > 2 * _PHRASE_WORDS else "")


def _made(
    code: str,
    label_ar: str,
    label_fr: str,
    reading: Reading,
    why: str,
    printed: Printed | None,
    nearly: Nearly,
) -> Link:
    return Link(
        code=code,
        known=False,
        unit=reading.unit_measure,
        label_ar=label_ar,
        label_fr=label_fr,
        label_en="",
        measure=reading.measure,
        why=why,
        said=_short(" / ".join(part for part in (label_ar, label_fr) if part)),
        printed=printed,
        nearly=nearly,
    )
