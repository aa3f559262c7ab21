"""Dates, periods, years and numbers that name things: found first, so that none of them becomes a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import regex

from pipeline.language.flat import Flat, flat_text
from pipeline.language.lexicon import table, unit_words, values, words

#: Years that a report may speak of.
FIRST_YEAR, LAST_YEAR = 1900, 2099
_PHONE_DIGITS = 6  # the shortest that a cue announces has seven
_YEAR = r"(?:19|20)\d{2}"
_EDGE = r"(?<![\p{L}\d])"
_END = r"(?![\p{L}\d])"


@dataclass(frozen=True, slots=True)
class Named:
    """A span of a flat text that is a date, period, year or name, and no figure.

    ``kind``: date, period, year, horizon, base_year, law, article, page, item, phone, address, url, time,
    list_marker. ``value`` is ISO for dates (``2023-12-19``, ``2021-12``), ``2022/2026`` for periods.
    """

    start: int
    end: int
    kind: str
    value: str = ""
    weekday: str = ""


def find_named(flat: Flat) -> list[Named]:
    """All such spans of a text, in order, none overlapping; the longer and earlier finder wins."""
    taken: list[Named] = []
    covered = bytearray(len(flat.text) + 1)
    for finder in (
        _urls,
        _phones,
        _dates,
        _numeric_dates,
        _periods,
        _laws,
        _articles,
        _addresses,
        _times,
        _years,
        _markers,
    ):
        for named in finder(flat.text):
            if not any(covered[named.start : named.end]):
                covered[named.start : named.end] = b"\x01" * (named.end - named.start)
                taken.append(named)
    return sorted(taken, key=lambda n: n.start)


def _any_of(wordings: frozenset[str] | list[str]) -> str:
    return "(?:" + "|".join(regex.escape(w) for w in sorted(wordings, key=len, reverse=True)) + ")"


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    months = {**values("calendar", "months"), **values("calendar", "hijri")}
    weekday = _any_of(list(values("calendar", "weekdays")))
    first = _any_of(words("calendar", "cues", "first_of"))
    month = _any_of(list(months))
    cue = words("calendar", "cues", "year")
    horizon = words("calendar", "cues", "horizon")
    law, article = words("identifiers", "law"), words("identifiers", "article")
    number = words("identifiers", "number")
    code = r"\d+(?:[.\-/]\d+)+|\d+"
    build = {
        "date": rf"{_EDGE}(?:(?P<weekday>{weekday})[\s،,]+)?(?:(?:le\s+)?(?P<day>\d{{1,2}})(?:er)?\s+(?:من\s+)?|(?P<first>{first})\s+)?"
        rf"(?P<month>{month})(?:\s*(?P<year>\d{{4}}))?{_END}",
        "numeric": rf"{_EDGE}(?:(?P<weekday>{weekday})[\s،,]+)?(?:(?P<d>\d{{1,2}})[/.\-](?P<m>\d{{1,2}})[/.\-](?P<y>{_YEAR})|(?P<y2>{_YEAR})-(?P<m2>\d{{2}})-(?P<d2>\d{{2}})){_END}",
        "period": rf"{_EDGE}(?P<a>{_YEAR})\s*[-/]\s*(?P<b>{_YEAR}|\d{{2}}){_END}-?",
        "from_to": rf"(?:من|ما بين|بين|الفتره|de|entre|du)\s+(?:سنه\s+|عام\s+|سنتي\s+)?(?P<a>{_YEAR})\s*(?:الي|حتي|و|a|et|au|-)\s*(?:سنه\s+|غايه\s+)?(?P<b>{_YEAR}){_END}",
        "law": rf"{_EDGE}(?:ال)?{_any_of(law)}(?:\s+[\p{{L}}\-]+){{0,4}}?\s+(?:رقم|عدد|n\s*°|no|numero)?\s*(?P<code>{code}){_END}",
        "number": rf"{_EDGE}(?:ب|ل|ال)?{_any_of(number)}\s*:?\s*(?P<code>{code}){_END}",
        "dotted": rf"{_EDGE}\d{{1,20}}(?:[.\-]\d{{1,20}}){{2,12}}{_END}",
        "article": rf"{_EDGE}(?:[وب])?{_any_of(article)}\s+(?P<code>\d+(?:[.\-]\d+)*)(?:\s*(?:و|et|a|الي)\s*\d+)?{_END}",
        "page": rf"{_EDGE}{_any_of(words('identifiers', 'page') | words('identifiers', 'item'))}\s*\.?\s*(?:رقم\s*)?(?P<code>\d+){_END}",
        "horizon": rf"{_EDGE}(?:ب|ل)?{_any_of(horizon)}\s+(?:سنه\s+)?(?P<y>{_YEAR}){_END}",
        "base": rf"{_EDGE}{_any_of(words('calendar', 'cues', 'base'))}\s+(?:سنه\s+|عام\s+|l'annee\s+|annee\s+)?(?P<y>{_YEAR}){_END}",
        "year": rf"{_EDGE}(?P<cue>[وبلف]?{_any_of(cue)})\s+(?:سنه\s+|عام\s+|annee\s+|l'annee\s+)?(?P<y>{_YEAR})(?P<more>(?:\s*(?:و|et)\s*{_YEAR})*){_END}",
        "constitution": rf"{_EDGE}(?:ال)?(?:دستور|constitution)(?:\s+de)?\s+(?P<y>{_YEAR}){_END}",
        "phone": r"(?<!\d)(?:\+\s?212|00\s?212|0)[ .\-]?[5-8](?:[ .\-]?\d){8}(?!\d)",
        "phone_cue": rf"{_EDGE}{_any_of(words('identifiers', 'phone'))}\s*:?\s*(?P<code>[+\d][\d .\-/]{{5,}}\d)",
        "address": rf"{_EDGE}(?P<code>\d{{1,4}})\s*(?:مكرر|bis)?\s*[،,]?\s+(?:ال)?{_any_of(words('identifiers', 'street'))}{_END}",
        "time": rf"{_EDGE}(?:\d{{1,2}}\s?[h:]\s?\d{{2}}|{_any_of(words('identifiers', 'time'))}\s+\d{{1,2}}){_END}",
    }
    # No printed text has longer gaps, and bounded ones cost linear time on hostile text.
    bounded = {n: p.replace(r"\s+", r"\s{1,5}").replace(r"\s*", r"\s{0,5}") for n, p in build.items()}
    return {name: regex.compile(pattern) for name, pattern in bounded.items()}


_URL = regex.compile(
    r"(?:https?://|www\.)[^\s]+|(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}\.[\w.\-]+|(?<![\p{L}\d.\-])[a-z\d\-]{1,63}(?:\.[a-z\d\-]{1,63}){0,8}\.(?:ma|com|org|gov|net|fr)(?:/[^\s]*)?(?![\p{L}\d])"
)
#: Thousands parted by dots, which are no code: 100.000.000.
_GROUPED = regex.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_MARKER = regex.compile(
    r"(?m)^[^\S\n]*(?P<mark>(?:\d{1,2}|[a-z]|[ivx]{1,4})\s?[.)\-](?!\d)|[-•●▪*–])(?=\s|$)"
)


def _urls(text: str) -> Iterator[Named]:
    if "." not in text and "//" not in text:
        return
    for m in _URL.finditer(text):
        yield Named(m.start(), m.end(), "url", m.group())


def _phones(text: str) -> Iterator[Named]:
    if sum(map(text.count, "0123456789")) < _PHONE_DIGITS:
        return
    for name in ("phone", "phone_cue"):
        for m in _patterns()[name].finditer(text):
            group = "code" if name == "phone_cue" else 0
            yield Named(m.start(group), m.end(group), "phone")


def _dates(text: str) -> Iterator[Named]:
    gregorian = values("calendar", "months")
    for m in _patterns()["date"].finditer(text):
        day = int(m["day"]) if m["day"] else (1 if m["first"] else None)
        if day is None and not m["year"]:
            continue  # a bare month name: مارس is also a verb, mai and mars are words
        if day is not None and not 1 <= day <= 31:
            continue
        value = ""
        if m["month"] in gregorian and m["year"]:
            value = _iso(int(m["year"]), gregorian[m["month"]], day)
        yield Named(m.start(), m.end(), "date", value, m["weekday"] or "")


def _numeric_dates(text: str) -> Iterator[Named]:
    for m in _patterns()["numeric"].finditer(text):
        year, month, day = (int(m[k] or m[k + "2"]) for k in ("y", "m", "d"))
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Named(m.start(), m.end(), "date", _iso(year, month, day), m["weekday"] or "")


def _iso(year: int, month: int, day: int | None) -> str:
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""  # the 31st of a short month: a date all the same, without a value


def _periods(text: str) -> Iterator[Named]:
    for name in ("from_to", "period"):
        for m in _patterns()[name].finditer(text):
            first = int(m["a"])
            last = int(m["b"]) if len(m["b"]) == 4 else first // 100 * 100 + int(m["b"])
            if last > first or len(m["b"]) == 4:
                low, high = sorted((first, last))
                yield Named(
                    m.start("a") if name == "from_to" else m.start(), m.end(), "period", f"{low}/{high}"
                )


def _laws(text: str) -> Iterator[Named]:
    for name, kind in (("law", "law"), ("number", "law"), ("dotted", "law")):
        for m in _patterns()[name].finditer(text):
            if name == "law":
                plain = m["code"].isdigit()
                if plain and not regex.search(
                    r"(?:رقم|عدد|n\s*°|no|numero)\s*$", m.group()[: m.start("code") - m.start()]
                ):
                    continue
                yield Named(m.start("code"), m.end("code"), kind, m["code"])
            elif name == "number":
                yield Named(m.start("code"), m.end("code"), kind, m["code"])
            elif not _GROUPED.fullmatch(m.group()):
                yield Named(m.start(), m.end(), kind, m.group())


def _articles(text: str) -> Iterator[Named]:
    for name, kind in (("article", "article"), ("page", "item")):
        for m in _patterns()[name].finditer(text):
            yield Named(m.start(), m.end(), kind, m["code"])


def _addresses(text: str) -> Iterator[Named]:
    for m in _patterns()["address"].finditer(text):
        yield Named(m.start("code"), m.end("code"), "address")


def _times(text: str) -> Iterator[Named]:
    for m in _patterns()["time"].finditer(text):
        yield Named(m.start(), m.end(), "time")


def _years(text: str) -> Iterator[Named]:
    for name, kind in (
        ("horizon", "horizon"),
        ("base", "base_year"),
        ("constitution", "document_year"),
        ("year", "year"),
    ):
        for m in _patterns()[name].finditer(text):
            if name == "year" and m["cue"] in _WEAK and _counted(text, m.end()):
                continue
            yield Named(m.start("y"), m.end(), kind, m["y"])


#: Cues that stand before counts as well: «في 2000 أسرة», «en 1830 projets».
_WEAK = frozenset(
    flat_text(w)
    for w in ("في", "خلال", "منذ", "en", "depuis", "fin", "avant", "après", "dès", "durant", "courant")
)


def _counted(text: str, end: int) -> bool:
    """Whether a counted noun follows."""
    m = regex.match(r"\s+(\p{L}+)", text, pos=end)
    return bool(m) and m[1] in unit_words()


def _markers(text: str) -> Iterator[Named]:
    for m in _MARKER.finditer(text):
        yield Named(m.start("mark"), m.end("mark"), "list_marker", m["mark"].strip())


def weekday_number(word: str) -> int | None:
    """Number of a weekday's name (0 is Monday), or ``None``."""
    return values("calendar", "weekdays").get(flat_text(word))


def weekday_name(number: int, language: str) -> str:
    """Usual name of a weekday (0 is Monday) in ``ar`` or ``fr``."""
    wordings: list[str] = table("calendar")["weekdays"][str(number)]
    return wordings[0] if language == "ar" else wordings[-1]


def month_names() -> frozenset[str]:
    """Flat names of months, both calendars."""
    return frozenset((*values("calendar", "months"), *table("calendar")["hijri"]))
