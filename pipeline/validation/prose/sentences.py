"""What one sentence says twice: in words and in digits, in two calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table, values
from pipeline.language.numberwords import Token, read_arabic, read_french
from pipeline.language.numerals import parse
from pipeline.model.finding import Finding, Origin, Severity
from pipeline.model.reading import Mention, Reading
from pipeline.validation.cards import card, say
from pipeline.validation.evidence import Evidence

_IN_BRACKETS = re.compile(r"\(\s*(\d{1,3}(?: \d{3})+|\d{1,9})\s*\)")
#: Words of a number before its digits.
_MOST_WORDS = 8
_HIJRI_DAY = re.compile(r"(\d{1,2})\s+(?:من\s+)?(.+?)\s*(1[34]\d{2})(?!\d)")
#: Days that two calendars may be apart: a month begins when the moon is seen, and here it is counted.
_MOON = 3
#: A scale word is worth so much at least.
_THOUSAND = 1000
#: How far from a date its other form may stand, in characters.
_BESIDE = 40


def words_and_digits(evidence: Evidence) -> Iterator[Finding]:
    """A number in words with its digits in brackets behind it is the same number: «اثنا عشر (12) مركزا»."""
    for place, sentence in _sentences(evidence):
        flat = flat_text(sentence)
        for bracket in _IN_BRACKETS.finditer(flat):
            said = _spelled(flat[: bracket.start()])
            digits = int(bracket[1].replace(" ", ""))
            if said is None or said[1] == digits:
                continue
            words, number = said
            yield card(
                "CEL-07",
                "cell",
                Severity.WARNING,
                locus=place.locus,
                readings=[place] if isinstance(place, Reading) else (),
                mention=place.mention_id if isinstance(place, Mention) else "",
                expected=say(number),
                observed=bracket[1],
                ar=f"«{words}» = {say(number)}؛ وبين القوسين {bracket[1]}",
                fr=f"« {words} » = {say(number)} ; entre parenthèses {bracket[1]}",
                en=f"“{words}” is {say(number, language='en')}; the brackets say {bracket[1]}",
            )


def _spelled(before: str) -> tuple[str, int] | None:
    """The number in words that ends where a bracket opens: its words and its value."""
    words = before.replace("-", " ").split()[-_MOST_WORDS:]
    tokens = [Token(word, i, i) for i, word in enumerate(words)]
    for at in range(len(tokens)):
        for read in (read_arabic, read_french):
            found = read(tokens, at)
            if found is not None and found.last == len(tokens) and found.value == int(found.value):
                return " ".join(words[found.first :]), int(found.value)
    return None


def misspelled_units(evidence: Evidence) -> Iterator[Finding]:
    """A unit is printed as it is spelled: «7 مليون درعم» is understood as dirhams, and said to be."""
    listed = table("identifiers")["misspelled"]
    meant = {flat_text(wrong): right for right, wordings in listed.items() for wrong in wordings}
    for reading in evidence.readings:
        right = meant.get(flat_text(reading.unit_label))
        if right is None:
            continue
        printed = reading.unit_label
        yield card(
            "CEL-14",
            "cell",
            Severity.INFORMATION,
            readings=[reading],
            expected=right,
            observed=printed,
            origin=Origin.WORDING,
            influence=0.1,
            ar=f"«{printed}» مطبوعة بدل «{right}»",
            fr=f"« {printed} » imprimé pour « {right} »",
            en=f"“{printed}” printed for “{right}”",
        )


def two_calendars(evidence: Evidence) -> Iterator[Finding]:
    """A Hijri date and the Gregorian one beside it are the same day, give or take the sighting of the moon."""
    by_sentence: dict[tuple[str, int, str], list[Mention]] = {}
    for mention in evidence.mentions:
        if mention.kind == "date" and mention.sentence:
            key = (mention.locus.report_id, mention.locus.page, mention.sentence)
            by_sentence.setdefault(key, []).append(mention)
    for (_, _, sentence), mentions in by_sentence.items():
        for one, other in pairwise(mentions):
            hijri = next((m for m in (one, other) if not m.value and from_hijri(m.raw)), None)
            civil = other if hijri is one else one
            if hijri is None or len(civil.value) != len("2023-10-01"):
                continue
            between = sentence.split(one.raw, 1)[-1].split(other.raw, 1)[0]
            counted, printed = from_hijri(hijri.raw), date.fromisoformat(civil.value)
            if counted is None or len(between) > _BESIDE or abs((counted - printed).days) <= _MOON:
                continue
            yield card(
                "CEL-09",
                "cell",
                Severity.WARNING,
                locus=civil.locus,
                mention=civil.mention_id,
                expected=f"{counted:%d/%m/%Y}",
                observed=civil.raw,
                ar=f"{hijri.raw} يوافق نحو {counted:%d/%m/%Y}؛ المطبوع {civil.raw}",
                fr=f"{hijri.raw} correspond au {counted:%d/%m/%Y} environ ; imprimé {civil.raw}",
                en=f"{hijri.raw} is about {counted:%d/%m/%Y}; printed {civil.raw}",
            )


def from_hijri(text: str) -> date | None:
    """A printed Hijri date by the tabular calendar; ``None`` for any other text."""
    found = _HIJRI_DAY.search(flat_text(text))
    month = values("calendar", "hijri").get(found[2].strip()) if found else None
    if found is None or month is None:
        return None
    day, year = int(found[1]), int(found[3])
    # The tabular year has 354 days, eleven of thirty have one more; its first day was 16 July 622 (Julian).
    days = day + (59 * (month - 1) + 1) // 2 + 354 * (year - 1) + (3 + 11 * year) // 30
    return date(622, 7, 18) + timedelta(days)


def shared_scales(evidence: Evidence) -> Iterator[Finding]:
    """«12 و15 ألف مستفيد»: people and things may well be twelve; the scale of the second figure is taken to hold for both."""
    for one in evidence.readings:
        plain = parse(one.raw) if one.kind != "cell" and one.raw.isdecimal() else None
        if plain is None or not plain.value or one.unit_measure not in ("PS", "NUMBER"):
            continue
        if one.value is None or one.value / plain.value < _THOUSAND:
            continue
        yield card(
            "CEL-16",
            "cell",
            Severity.WARNING,
            readings=[one],
            origin=Origin.WORDING,
            observed=one.raw,
            ar=f"«{one.raw}»: هل يشملها ما بعدها من الآلاف أو الملايين؟ قرئت {say(one.value)}",
            fr=f"« {one.raw} » : milliers ou millions comme le chiffre suivant ? lu {say(one.value)}",
            en=f"“{one.raw}”: thousands or millions like the figure behind it? read as {say(one.value, language='en')}",
        )


def after_the_report(evidence: Evidence) -> Iterator[Finding]:
    """A day of which a report tells is not two years after the year that it is about."""
    for mention in evidence.mentions:
        year = evidence.year_of.get(mention.locus.report_id)
        if mention.kind != "date" or year is None or len(mention.value) != len("2023-10-01"):
            continue
        if int(mention.value[:4]) < year + 2:
            continue
        yield card(
            "DOC-13",
            "document",
            Severity.WARNING,
            locus=mention.locus,
            mention=mention.mention_id,
            origin=Origin.UNDETERMINED,
            expected=f"≤ {year + 1}",
            observed=mention.raw,
            ar=f"تاريخ بعد سنة التقرير ({year}): {mention.raw}",
            fr=f"Date postérieure à l'année du rapport ({year}) : {mention.raw}",
            en=f"A date after the year of the report ({year}): {mention.raw}",
        )


def _sentences(evidence: Evidence) -> Iterator[tuple[Reading | Mention, str]]:
    """Each sentence with figures and brackets once, with the first thing found in it."""
    seen: set[tuple[str, str]] = set()
    everything: list[Reading | Mention] = [*evidence.readings, *evidence.mentions]
    for one in everything:
        key = (one.locus.report_id, one.sentence)
        if "(" in one.sentence and key not in seen:
            seen.add(key)
            yield one, one.sentence
