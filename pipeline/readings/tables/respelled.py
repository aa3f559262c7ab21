"""Arabic labels of scans that were read with doubt, spelled as the codebook or the report itself has them.

Only where the French label beside was read surely and says which label it is: «Al Haouz» beside اموز is الحوز. The cell
of the table keeps what was read, and a complaint tells both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex
from rapidfuzz import fuzz

from pipeline.codebook.loading import Codebook
from pipeline.model.extraction import Complaint
from pipeline.model.page import Page
from pipeline.model.place import Method
from pipeline.model.reading import Label, Reading
from pipeline.readings.cells.cellunits import fold
from pipeline.readings.tables.doubts import SURE, known

#: A spelling is believed that shares at least so much (percent) with what was read.
ALIKE = 60
_ARABIC, _LATIN = regex.compile(r"\p{Script=Arabic}"), regex.compile(r"\p{Script=Latin}")
_DIGITS, _LONE = regex.compile(r"\d+"), regex.compile(r"(?<!\S)\d(?!\S)")
#: Names are spelled with these letters or without (تيزنيت, تزنيت), however well they are read.
_VOWELS = regex.compile(r"[اوي]")
#: Between two tiers of a label.
_TIER = " / "

Spellings = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class _Known:
    """Arabic spellings by French label, and the words of each page that were read with doubt."""

    spellings: Spellings
    weak: Mapping[int, frozenset[str]]
    codebook: Codebook

    def doubts(self, page: int, text: str) -> bool:
        """Whether a label of a page holds a word that was read with doubt."""
        return not self.weak[page].isdisjoint(text.split())


def respelled(
    readings: Sequence[Reading], pages: Sequence[Page], codebook: Codebook
) -> tuple[list[Reading], list[Complaint]]:
    """The readings with their doubtful Arabic labels respelled, and what was respelled, a complaint a page.

    Args:
        readings: figures of tables.
        pages: the pages that they stand on.
        codebook: labels and territories with their names in both languages.
    """
    if not any(r.locus.method is Method.OCR for r in readings):
        return list(readings), []
    weak = {
        page.number: frozenset(
            word.text
            for line in page.lines
            for word in line.words
            if word.method is Method.OCR and word.confidence < SURE
        )
        for page in pages
    }
    told = _Known(_spellings(readings, codebook, weak), weak, codebook)
    kept: list[Reading] = []
    changed: dict[int, list[tuple[str, str, str]]] = {}
    for reading in readings:
        if reading.locus.method is Method.OCR:
            page = reading.locus.page
            row, column = (_mended(label, page, told) for label in (reading.row_label, reading.column_label))
            for before, after in ((reading.row_label, row), (reading.column_label, column)):
                if before != after:
                    changed.setdefault(page, []).append((reading.reading_id, before.ar, after.ar))
            reading = replace(reading, row_label=row, column_label=column)
        kept.append(reading)
    return kept, [_complaint(page, held) for page, held in sorted(changed.items())]


def _spellings(
    readings: Sequence[Reading], codebook: Codebook, weak: Mapping[int, frozenset[str]]
) -> dict[str, dict[str, int]]:
    """Arabic spellings by folded French label, and how often the report has each beside it without a doubt."""
    names: dict[str, tuple[list[str], list[str]]] = {}
    for row in codebook.labels:
        names.setdefault(row.code, ([], []))[row.language == "fr"].append(row.wording)
    for area in codebook.territories:
        for name in filter(None, (area.name_ar, area.name_fr, *area.other_names)):
            names.setdefault(area.code, ([], []))[not _ARABIC.search(name)].append(name)
    found: dict[str, dict[str, int]] = {}
    for arabic, french in names.values():
        for name in french:
            found.setdefault(fold(name), {}).update(dict.fromkeys(arabic, 0))
    for reading in readings:
        doubted = weak.get(reading.locus.page, frozenset())
        for label in (reading.row_label, reading.column_label):
            for ar, fr in _tiers(label):
                if ar and _LATIN.search(fr) and doubted.isdisjoint(f"{ar} {fr}".split()):
                    held = found.setdefault(fold(fr), {})
                    held[ar] = held.get(ar, 0) + 1
    return found


def _tiers(label: Label) -> Iterator[tuple[str, str]]:
    """Tiers of a label in both languages, where both have as many."""
    arabic, french = label.ar.split(_TIER), label.fr.split(_TIER)
    if len(arabic) == len(french):
        yield from zip(arabic, french, strict=True)


def _mended(label: Label, page: int, told: _Known) -> Label:
    tiers = [_spelled(ar, fr, page, told) for ar, fr in _tiers(label)]
    return replace(label, ar=_TIER.join(tiers)) if tiers else label


def _spelled(arabic: str, french: str, page: int, told: _Known) -> str:
    """A tier as it is spelled beside its French label, if it was read with doubt and looks like that."""
    if (
        not arabic
        or not told.doubts(page, arabic)
        or told.doubts(page, french)
        or known(arabic, told.codebook)
    ):
        return arabic
    found = {
        spelling: (share, seen, fuzz.ratio(arabic, spelling))
        for spelling, seen in told.spellings.get(fold(french), {}).items()
        if (share := _alike(arabic, spelling)) >= ALIKE
    }
    best = max(found, key=lambda spelling: found[spelling], default=arabic)
    return arabic if _bare(arabic) == _bare(best) else best


def _bare(text: str) -> str:
    """A label as it is compared, without the letters that may be left out."""
    return str(_VOWELS.sub("", fold(text)))


def _alike(read: str, spelling: str) -> float:
    """Percent that a reading and a spelling share; none where their numbers differ. A letter may be read as a digit."""
    numbers = _DIGITS.findall(spelling)
    plain = read if numbers else _LONE.sub("", read)
    return fuzz.ratio(fold(plain), fold(spelling)) if _DIGITS.findall(plain) == numbers else 0.0


def _complaint(page: int, held: Sequence[tuple[str, str, str]]) -> Complaint:
    shown = list(dict.fromkeys((before, after) for _, before, after in held))[:4]
    return Complaint(
        rule="EXT-13",
        page=page,
        readings=tuple(dict.fromkeys(reading for reading, _, _ in held)),
        message_ar="تسميات قُرئت بشك وكُتبت كما تُعرف مع التسمية الفرنسية: "
        + "، ".join(f"«{before}» ← «{after}»" for before, after in shown),
        message_fr="Libellés lus avec doute, écrits comme on les connaît avec le libellé français : "
        + ", ".join(f"« {before} » → « {after} »" for before, after in shown),
        message_en="Labels read with doubt, spelled as they are known beside the French one: "
        + ", ".join(f"{before} → {after}" for before, after in shown),
    )
