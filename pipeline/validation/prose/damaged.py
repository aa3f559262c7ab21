"""Sentences of scans that were damaged beside a figure: the figure may be read well and still be another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import MONEY, unit_words
from pipeline.language.numberwords import dual_scales, scales
from pipeline.language.units import unit_of
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.place import Method
from pipeline.model.reading import Reading
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence

_WORDS = re.compile(r"\s*([^\W\d_]+)(?:\s+([^\W\d_]+))?")
_NUMBER_BEFORE, _NUMBER_BEHIND = re.compile(r"\d[-+]?\s+$"), re.compile(r"^\s+[-+]?\d")
#: What says that two numbers follow; a range that was read has both.
_BETWEEN = re.compile(r"(?:\bentre|(?:^|\s)(?:ما )?بين)\s*$")
#: A first amount in large units, and what leads to the second: «de 8,4 millions de dirhams à 10,5».
_TO = re.compile(r"([^\W\d_]+)(?:\s+(?:de\s+|d')?([^\W\d_]+))?\s+(?:إلى|[àâ])\s*$")
#: A last group of thousands, alone: what stood before it is on another line, or lost.
_TAIL = re.compile(r"\d{3}(?!\d)")
_CLOSING = " »”\"')]"
#: Words of fewer letters have too many neighbours that are words (ألف, mille); of longer ones one letter may be wrong.
_LONG, _MILLION = 5, 10**6
#: Arabic letters that are written with the word behind them: «بمليون».
_JOINED = "بولكف"

_WHAT = {
    "cut": ("الجملة مقطوعة عند الرقم", "phrase coupée au chiffre", "the sentence is cut at the figure"),
    "beside": ("رقمان بلا كلمة بينهما", "deux nombres sans mot entre eux", "two numbers without a word between them"),
    "like": ("«{word}» تشبه «{meant}»", "« {word} » ressemble à « {meant} »", "“{word}” is like “{meant}”"),
}  # fmt: skip


def damaged_sentences(evidence: Evidence) -> Iterator[Finding]:
    """In a recognised sentence a figure has its whole print and its scale word.

    Told are a figure at which the sentence is cut (its last groups, its «million» or an end of its range may be gone),
    one beside another number without a word between (one number read in two, a date in pieces), and one before a word
    that is nearly a scale word or a currency.
    """
    for reading in evidence.readings:
        if reading.locus.method is not Method.OCR or reading.kind == "cell" or evidence.sure(reading):
            continue
        what, word, meant = _damage(reading)
        if not what:
            continue
        ar, fr, en = (text.format(word=word, meant=meant) for text in _WHAT[what])
        raw, text = reading.raw.strip(), reading.sentence[:80]
        yield card(
            "CEL-15",
            "cell",
            Severity.WARNING,
            readings=[reading],
            observed=f"{raw} {word}".strip(),
            expected=f"{raw} {meant}" if meant else "",
            origin=Origin.EXTRACTION,
            influence=0.6,
            ar=f"{ar}: {raw} ({text})",
            fr=f"{fr} : {raw} ({text})",
            en=f"{en}: {raw} ({text})",
        )


def _damage(reading: Reading) -> tuple[str, str, str]:
    """What is wrong beside a figure, the damaged word and what it is like; empty when nothing is."""
    raw, sentence = reading.raw.strip(), reading.sentence.strip()
    for found in re.finditer(rf"(?<!\d){re.escape(raw)}(?!\d)", sentence):
        before, behind = sentence[: found.start()], sentence[found.end() :]
        ends = not behind.strip(_CLOSING) and reading.unit_measure != "PT" and not reading.unit_label
        half = _BETWEEN.search(before) and len(re.findall(r"\d+", raw)) == 1
        if (
            half
            or _lacks_scale(reading, before)
            or (ends and before)
            or (not before.strip("«“\"'([ ") and _TAIL.fullmatch(raw))
        ):
            return "cut", "", ""
        if _NUMBER_BEFORE.search(before) or _NUMBER_BEHIND.search(behind):
            return "beside", "", ""
        words = _WORDS.match(behind)
        if words:
            for word in (words[1], f"{words[1]} {words[2]}" if words[2] else ""):
                meant = word and (_meant(flat_text(word)) or _meant_short(word))
                if meant:
                    return "like", word, meant
    return "", "", ""


def _lacks_scale(reading: Reading, before: str) -> bool:
    """Whether the amount before a figure, from which it leads on, is in millions, and the figure bare."""
    led = _TO.search(before)
    if led is None or (reading.unit_label and flat_text(reading.unit_label) in unit_words()):
        return False
    scaled = reading.value is not None and abs(reading.value) >= _MILLION
    large = any(word and (flat_text(word) in _large() or word in _short()) for word in led.groups())
    return large and not scaled and reading.unit_measure not in (*MONEY, "PT")


@cache
def _large() -> frozenset[str]:
    """Words without which an amount is another one: million, milliard and their forms, dirham."""
    held = {word for word, value in {**scales(), **dual_scales()}.items() if value >= _MILLION}
    dirhams = {word for word, (unit, power) in unit_words().items() if unit == "MAD" and not power}
    return frozenset(word for word in held | dirhams if " " not in word and len(word) >= _LONG)


@cache
def _short() -> frozenset[str]:
    """Abbreviations of thousands and millions of money: MDH, KDH."""
    return frozenset(
        word.upper() for word, (unit, power) in unit_words().items() if unit in MONEY and power > 0
    )


def _meant_short(word: str) -> str:
    """The abbreviation that a word in capitals is nearly; empty when it is one itself or is like none."""
    if not (word.isascii() and word.isupper()) or flat_text(word) in unit_words():
        return ""
    alike = [one for one in _short() if len(one) == len(word) and OSA.distance(word, one) == 1]
    return min(alike, default="")


@lru_cache(maxsize=10_000)
def _meant(word: str) -> str:
    """The word that a flat one, or two that were one, is nearly; empty when it is one itself or is like none."""
    whole = word.replace(" ", "")
    if whole != word:
        return whole if whole in _large() else ""
    for form in (word, word[1:] if word[0] in _JOINED else word):
        if form in scales() or form in dual_scales() or unit_of(form) in MONEY:
            return ""
    return min((one for one in _large() if OSA.distance(word, one, score_cutoff=1) <= 1), default="")
