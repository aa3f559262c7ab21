"""Values that were recognised in a picture, or whose print has two readings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.place import Method
from pipeline.model.reading import Absence, Qualifier, Reading
from pipeline.validation.cards import card
from pipeline.validation.evidence import Evidence
from pipeline.validation.tables.digits import groups_turned

#: Money whose smallest coin is a hundredth: three digits behind a mark are no decimals.
_HUNDREDTHS = ("MAD", "EUR", "USD")
_ONE_GROUP = re.compile(r"^\D*\d{1,3}([.,])\d{3}\D*$")
#: A number in words and again in brackets.
_IN_WORDS = re.compile(r"^[^\W\d_].*\(")
_GROUPED = re.compile(r"\d([.,])\d{3}\1\d{3}(?!\d)")
#: Digits of more than one group, without a gap.
_UNPARTED = re.compile(r"^\d{4,}$")
_YEAR, _DAY = re.compile(r"(?:19|20)\d{2}"), re.compile(r"\d{1,2}")
_PIECES = {
    "date": ("جزء من تاريخ", "un morceau de date", "a piece of a date"),
    "point": ("رقم بند", "un numéro de point", "the number of a point"),
    "lone": ("رقم بلا جملة", "un chiffre sans phrase", "a figure without a sentence"),
}
_DATE = re.compile(r"^\s+\S+(?:\s\S+)?\s+(?:19|20)\d{2}(?!\d)")
_CAPITAL = re.compile(r"\s+[A-ZÀ-Ý][a-zà-ÿ]")
#: How far behind a day its year may stand, in characters.
_REACH = 24
#: Fewer words are no sentence.
_SENTENCE, _WORD, _LETTER = 4, re.compile(r"[^\W\d_]{2,}"), re.compile(r"[^\W\d_]")
#: Under this confidence a recognised value that nothing vouches for is a warning.
_DOUBTFUL = 0.9


def recognised(evidence: Evidence) -> Iterator[Finding]:
    """A value of a scan that no sum, share or copy vouches for is only as sure as its recognition."""
    sure = float(evidence.codebook.identities.limits["sure_confidence"])
    for reading in evidence.readings:
        if reading.locus.method is not Method.OCR or reading.value is None or evidence.sure(reading):
            continue
        confidence = reading.locus.confidence
        if reading.second_raw:
            told = (f"قراءتان: {reading.raw} و{reading.second_raw}", f"Deux lectures : {reading.raw} et {reading.second_raw}",
                    f"Two readings of the scan: {reading.raw} and {reading.second_raw}")  # fmt: skip
        elif confidence < sure:
            percent = f"{confidence * 100:.0f} %"
            told = (f"قراءة آلية غير مؤكدة ({percent}): {reading.raw}", f"Lecture optique incertaine ({percent}) : {reading.raw}",
                    f"Recognised in a scan with confidence {percent}: {reading.raw}")  # fmt: skip
        else:
            continue
        doubtful = bool(reading.second_raw) or confidence < _DOUBTFUL
        yield card(
            "CEL-03",
            "cell",
            Severity.WARNING if doubtful else Severity.INFORMATION,
            readings=[reading],
            observed=reading.raw,
            expected=reading.second_raw,
            origin=Origin.EXTRACTION,
            influence=1 - confidence,
            ar=told[0],
            fr=told[1],
            en=told[2],
        )


def pieces(evidence: Evidence) -> Iterator[Finding]:
    """What stands in a recognised sentence like a year, the day before it, or in no sentence at all may be no figure.

    A month that was not read leaves the day and the year of a date as two numbers; a table that was not seen leaves
    its figures between a word or two. Of a text layer only numbers beside which no word stands are told.
    """
    points = _points(evidence)
    for reading in evidence.readings:
        if reading.kind == "cell" or reading.locus.method is Method.PERSON or evidence.sure(reading):
            continue
        text, raw = reading.sentence, reading.raw.strip()
        if reading.locus.method is Method.TEXT and (reading.kind != "prose" or _LETTER.search(text)):
            continue
        year, point = _of_a_date(reading), reading.reading_id in points or _numbers(reading)
        lone = reading.kind == "prose" and len(_WORD.findall(text)) < _SENTENCE
        if not text or not (year or point or lone):
            continue
        ar, fr, en = _PIECES["date" if year else "point" if point else "lone"]
        yield card(
            "CEL-13",
            "cell",
            Severity.WARNING,
            readings=[reading],
            observed=reading.raw,
            origin=Origin.EXTRACTION,
            influence=0.4,
            ar=f"{ar}؟ {raw}: {text[:60]}",
            fr=f"{fr} ? {raw} : {text[:60]}",
            en=f"{en}? {raw}: {text[:60]}",
        )


def _points(evidence: Evidence) -> set[str]:
    """Ids of small numbers at the head of sentences that count on from one to the next: points of a list without their dot."""
    heads: dict[tuple[str, int], dict[int, str]] = {}
    for reading in evidence.readings:
        raw = reading.raw.strip()
        if reading.kind == "prose" and _DAY.fullmatch(raw) and reading.sentence.startswith(raw):
            held = heads.setdefault((reading.locus.report_id, reading.locus.page), {})
            held.setdefault(int(raw), reading.reading_id)
    return {i for held in heads.values() for n, i in held.items() if n - 1 in held or n + 1 in held}


def _numbers(reading: Reading) -> bool:
    """Whether a small number heads a sentence of a scan before a capital letter: what is counted begins with a small one."""
    raw, text = reading.raw.strip(), reading.sentence.lstrip()
    head = bool(_DAY.fullmatch(raw)) and text.startswith(raw) and reading.locus.method is Method.OCR
    return head and reading.qualifier is Qualifier.EXACT and bool(_CAPITAL.match(text[len(raw) :]))


def _of_a_date(reading: Reading) -> bool:
    """Whether a figure may be a year, or the day before one; what is hedged, or a year of people or dirhams, is none."""
    if reading.qualifier is not Qualifier.EXACT:
        return False
    raw = reading.raw.strip()
    if _YEAR.fullmatch(raw):
        return reading.unit_measure == "NUMBER"
    return bool(_DAY.fullmatch(raw) and _DATE.search(reading.sentence.partition(raw)[2][:_REACH]))


def lost_gaps(evidence: Evidence) -> Iterator[Finding]:
    """In a recognised table whose digit groups stand in reversed order, a long figure without a gap may be reversed too.

    ``716 73`` is known for 73 716 by its short last group; read without the gap it looks like any other number.
    """
    for grid in evidence.grids:
        figures = [r for r in grid.cells.values() if r.value is not None and r.locus.method is Method.OCR]
        if not any(reading.order_repaired for reading in figures):
            continue
        for reading in figures:
            if not _UNPARTED.match(reading.raw.strip()) or evidence.sure(reading):
                continue
            digits = reading.raw.strip()
            turned = groups_turned(digits)
            yield card(
                "CEL-12",
                "cell",
                Severity.WARNING,
                readings=[reading],
                observed=reading.raw,
                expected=turned,
                origin=Origin.EXTRACTION,
                influence=0.6,
                ar=f"{reading.raw} أم {turned}؟ مجموعات الأرقام معكوسة في هذا الجدول",
                fr=f"{reading.raw} ou {turned} ? Les groupes de chiffres de ce tableau sont inversés",
                en=f"{reading.raw} or {turned}? Digit groups of this table stand in reversed order",
            )


def unreadable(evidence: Evidence) -> Iterator[Finding]:
    """A cell that holds ink but no number that could be read."""
    for reading in evidence.readings:
        if reading.absence is Absence.UNREADABLE:
            yield card(
                "CEL-01",
                "cell",
                Severity.WARNING,
                readings=[reading],
                observed=reading.raw,
                origin=Origin.EXTRACTION,
                ar=f"خلية لم تقرأ: {reading.raw}",
                fr=f"Cellule illisible : {reading.raw}",
                en=f"A cell that could not be read as a number: {reading.raw}",
            )


def order_of_digits(evidence: Evidence) -> Iterator[Finding]:
    """Digits or groups stood in reversed order in the file and were put right."""
    for reading in evidence.readings:
        if not reading.order_repaired:
            continue
        sure = evidence.sure(reading)
        yield card(
            "CEL-05",
            "cell",
            Severity.INFORMATION if sure else Severity.WARNING,
            readings=[reading],
            observed=reading.raw,
            expected=str(reading.value),
            origin=Origin.EXTRACTION,
            influence=0.2 if sure else 0.6,
            ar=f"أعيد ترتيب أرقام {reading.raw}" + ("، والمجاميع تؤكد القيمة" if sure else ""),
            fr=f"Ordre des chiffres rétabli : {reading.raw}" + (", confirmé par les totaux" if sure else ""),
            en=f"Order of digits put right: {reading.raw}" + (", sums bear it out" if sure else ""),
        )


def one_separator(evidence: Evidence) -> Iterator[Finding]:
    """``1.234`` alone may be a thousand or a decimal; the report's other numbers or a sum decide, else a person."""
    habits = _habits(evidence)
    for reading in evidence.readings:
        sign = _ONE_GROUP.match(reading.raw)
        if sign is None or reading.value is None or evidence.sure(reading) or _countable(reading):
            continue
        if _IN_WORDS.match(reading.raw):
            continue  # مائة وخمسة وعشرون ألف (125.000)
        if habits[reading.locus.report_id, sign[1]] > 0:
            continue
        yield card(
            "CEL-06",
            "cell",
            Severity.WARNING,
            readings=[reading],
            observed=reading.raw,
            expected=str(reading.value),
            origin=Origin.UNDETERMINED,
            ar=f"{reading.raw}: ألف أم كسر؟ قرئت {reading.value}",
            fr=f"{reading.raw} : milliers ou décimales ? lu {reading.value}",
            en=f"{reading.raw}: thousands or decimals? read as {reading.value}",
        )


def _countable(reading: Reading) -> bool:
    """Whether what is counted has no thousandths, without a scale word: children, projects, money of a hundred centimes."""
    counted = reading.unit_measure in ("PS", "NUMBER") and bool(reading.unit_label)
    return (counted or reading.unit_measure in _HUNDREDTHS) and reading.resolution == 1


def _habits(evidence: Evidence) -> Counter[tuple[str, str]]:
    """How often a report uses a sign between thousands beyond doubt."""
    held: Counter[tuple[str, str]] = Counter()
    for reading in evidence.readings:
        if "." not in reading.raw and "," not in reading.raw:
            continue
        held.update((reading.locus.report_id, sign) for sign in _GROUPED.findall(reading.raw))
        one = _ONE_GROUP.match(reading.raw)
        if one and evidence.sure(reading) and _whole(reading):
            held[reading.locus.report_id, one[1]] += 1
    return held


def _whole(reading: Reading) -> bool:
    return reading.value is not None and reading.value == reading.value.to_integral_value()
