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

    ``kind``: date, day_range, period, year, hijri_year, horizon, base_year, law, article, page, item, phone, code,
    address, url, time, list_marker. ``value`` is ISO for dates (``2023-12-19``, ``2021-12``), ``2022/2026`` for periods.
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
        _lettered,
        _day_ranges,
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
    days, until = (_any_of(words("calendar", "cues", key)) for key in ("days", "until"))
    cue = words("calendar", "cues", "year")
    hijri, gregorian = (_any_of(words("calendar", "cues", key)) for key in ("hijri", "gregorian"))
    horizon = words("calendar", "cues", "horizon")
    law, article = words("identifiers", "law"), words("identifiers", "article")
    number = words("identifiers", "number")
    code = r"\d+(?:[.\-/]\d+)+|\d+"
    build = {
        "date": rf"{_EDGE}(?:(?P<weekday>{weekday})[\s،,]+)?(?:(?:le\s+)?(?P<day>\d{{1,2}})(?:er)?\s+(?:من\s+)?|(?P<first>{first})\s+)?"
        rf"(?P<month>{month})(?:/{month})?(?:\s*(?P<year>\d{{4}})|\s+\d{{1,2}}\s*[،,]\s*(?P<late>\d{{4}}))?{_END}",
        "day_range": rf"{_EDGE}(?:{days}\s+(?:يوم\s+|ايام\s+)?)?(?P<from>\d{{1,2}}|{first})\s*(?:{until}\s+|{until}(?=\d)|-)(?P<to>\d{{1,2}})\s+(?:من\s+)?(?P<month>{month})(?:\s*(?P<year>\d{{4}}))?{_END}",
        "numeric": rf"{_EDGE}(?:(?P<weekday>{weekday})[\s،,]+)?(?:(?P<d>\d{{1,2}})[/.\-](?P<m>\d{{1,2}})[/.\-](?P<y>{_YEAR})|(?P<y2>{_YEAR})[-/](?P<m2>\d{{1,2}})[-/](?P<d2>\d{{1,2}})){_END}",
        "short": rf"{_EDGE}(?<![/.\-])(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>\d{{2}}){_END}(?!/)",
        "month_year": rf"{_EDGE}(?<!/)(?P<m>0?[1-9]|1[0-2])/(?P<y>20\d{{2}}){_END}(?!/)",
        "period": rf"{_EDGE}(?P<a>{_YEAR})\s*[-/]\s*(?P<b>{_YEAR}|\d{{2}}){_END}-?",
        "from_to": rf"(?:من|ما بين|بين|الفتره|de|entre|du)\s+(?:سنه\s+|عام\s+|سنتي\s+)?(?P<a>{_YEAR})\s*(?:الي|حتي|و|a|et|au|-)\s*(?:سنه\s+|غايه\s+)?(?P<b>{_YEAR}){_END}",
        "law": rf"{_EDGE}(?:ال)?{_any_of(law)}(?:\s+[\p{{L}}\-]+){{0,4}}?\s+(?:رقم|عدد|n\s*°|no|numero)?\s*(?P<code>{code}){_END}",
        "number": rf"{_EDGE}(?:ب|ل|ال)?{_any_of(number)}\s*:?\s*(?P<code>\d{{3}}(?: \d{{3}})(?=\s*(?:$|[.،,;)]))|{code}){_END}",
        "dotted": rf"{_EDGE}\d{{1,20}}(?:[.\-]\d{{1,20}}){{2,12}}{_END}",
        "article": rf"{_EDGE}(?:[وب])?{_any_of(article)}\s+(?P<code>\d+(?:[.\-]\d+)*)(?:\s*(?:و|et|a|الي)\s*\d+)?{_END}",
        "page": rf"{_EDGE}{_any_of(words('identifiers', 'page') | words('identifiers', 'item'))}\s*\.?\s*(?:رقم\s*)?(?P<code>\d+){_END}",
        "horizon": rf"{_EDGE}(?:ب|ل)?{_any_of(horizon)}\s+(?:سنه\s+)?(?P<y>{_YEAR}){_END}",
        "hijri": rf"{_EDGE}(?P<y>1[34]\d{{2}})\s?{hijri}{_END}",
        "gregorian": rf"{_EDGE}(?P<y>{_YEAR})\s?{gregorian}{_END}",
        "base": rf"{_EDGE}{_any_of(words('calendar', 'cues', 'base'))}\s+(?:سنه\s+|عام\s+|l'annee\s+|annee\s+)?(?P<y>{_YEAR}){_END}",
        "year": rf"{_EDGE}(?P<cue>[وبلف]?{_any_of(cue)})\s+(?:سنه\s+|عام\s+|annee\s+|l'annee\s+)?(?P<y>{_YEAR})(?P<more>(?:\s*(?:و|et)\s*{_YEAR})*){_END}",
        "constitution": rf"{_EDGE}(?:ال)?(?:دستور|constitution)(?:\s+de)?\s+(?P<y>{_YEAR}){_END}",
        "phone": r"(?<!\d)(?:\+\s?212|00\s?212|0)[ .\-]?[5-8](?:[ .\-]?\d){8}(?!\d)",
        "abroad": r"(?<![\d.,])\+\s?\d{1,3}(?:[ .\-]?\(?\d{1,4}\)?){2,5}(?!\d)",
        "zero_led": r"(?<![\d.,/])\(?0\d{1,3}\)?(?:[ .\-]?\d{2,4}){2,4}(?![\d])",
        "card": r"(?<!\d)\d{4}(?:[ \-]\d{4}){2,4}(?!\d)|(?<!\d)\d{13,}(?!\d)",
        "lettered": r"(?<![\p{L}\d])(?P<letters>[a-z]{1,12})-?\d[\da-z]*(?:-\d+)*(?![\p{L}\d])",
        "named_by": rf"{_EDGE}{_any_of(words('identifiers', 'named_by_number'))}[\s\-]*(?P<code>\d+(?:[:\-]\d+)*){_END}",
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
_OTHER = regex.compile(_YEAR)
#: Thousands parted by dots, which are no code: 100.000.000.
_GROUPED = regex.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_MARKER = regex.compile(
    r"(?m)^[^\S\n]*(?P<mark>(?:\d{1,2}|[a-z\u0621-\u064a]|[ivx]{1,4})\s?[.)\-](?!\d)|[-•●▪*–])(?=\s|$)"
)


def _urls(text: str) -> Iterator[Named]:
    if "." not in text and "//" not in text:
        return
    for m in _URL.finditer(text):
        yield Named(m.start(), m.end(), "url", m.group())


def _phones(text: str) -> Iterator[Named]:
    if sum(map(text.count, "0123456789")) < _PHONE_DIGITS:
        return
    for name in ("phone", "phone_cue", "abroad", "card", "zero_led"):
        for m in _patterns()[name].finditer(text):
            group = "code" if name == "phone_cue" else 0
            if name not in ("abroad", "zero_led") or sum(map(str.isdigit, m.group())) > _PHONE_DIGITS:
                yield Named(m.start(group), m.end(group), "code" if name == "card" else "phone")


def _lettered(text: str) -> Iterator[Named]:
    """Codes with letters glued before their digits (AB123456, covid-19); currencies and lengths are none."""
    for m in _patterns()["named_by"].finditer(text):
        yield Named(m.start("code"), m.end("code"), "code")
    for m in _patterns()["lettered"].finditer(text):
        if m["letters"] not in unit_words() and m["letters"] not in ("m", "cm", "km", "n", "no", "p"):
            yield Named(m.start(), m.end(), "code")


def _dates(text: str) -> Iterator[Named]:
    gregorian = values("calendar", "months")
    for m in _patterns()["date"].finditer(text):
        day = int(m["day"]) if m["day"] else (1 if m["first"] else None)
        if day is None and not m["year"]:
            continue  # a bare month name: مارس is also a verb, mai and mars are words
        if day is not None and not 1 <= day <= 31:
            continue
        year = m["year"] or m["late"]
        if m["late"]:
            day = int(text[m.end("month") : m.start("late")].strip(" ،,"))
        yield Named(
            m.start(), m.end(), "date", _dated(gregorian.get(m["month"]), year, day), m["weekday"] or ""
        )


def _dated(month: int | None, year: str | None, day: int | None) -> str:
    """ISO 8601 of a day or month; without its year as ``--10-12``; nothing for months of another calendar."""
    if month is None:
        return ""
    return _iso(int(year), month, day) if year else f"--{month:02d}-{day:02d}" if day else ""


def _day_ranges(text: str) -> Iterator[Named]:
    """«من 5 إلى 12 أكتوبر 2023», «يومي 5 و6 أكتوبر», «du 5 au 12 octobre»."""
    gregorian = values("calendar", "months")
    for m in _patterns()["day_range"].finditer(text):
        first = int(m["from"]) if m["from"].isdigit() else 1
        last = int(m["to"])
        if not 1 <= first < last <= 31:
            continue
        ends = [_dated(gregorian.get(m["month"]), m["year"], day) for day in (first, last)]
        yield Named(m.start("from"), m.end(), "day_range", "/".join(ends) if all(ends) else "")


def _numeric_dates(text: str) -> Iterator[Named]:
    for m in _patterns()["numeric"].finditer(text):
        year, month, day = (int(m[k] or m[k + "2"]) for k in ("y", "m", "d"))
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Named(m.start(), m.end(), "date", _iso(year, month, day), m["weekday"] or "")
    for m in _patterns()["short"].finditer(text):
        if 1 <= int(m["m"]) <= 12 and 1 <= int(m["d"]) <= 31:
            yield Named(m.start(), m.end(), "date", _iso(2000 + int(m["y"]), int(m["m"]), int(m["d"])))
    for m in _patterns()["month_year"].finditer(text):
        yield Named(m.start(), m.end(), "date", _iso(int(m["y"]), int(m["m"]), None))


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
        ("hijri", "hijri_year"),
        ("gregorian", "year"),
        ("year", "year"),
    ):
        for m in _patterns()[name].finditer(text):
            if name == "year" and m["cue"] in _WEAK and _counted(text, m.end()):
                continue
            yield Named(m.start("y"), m.end("y"), kind, m["y"])
            if name == "year":
                at = m.start("more")
                yield from (
                    Named(at + y.start(), at + y.end(), kind, y.group()) for y in _OTHER.finditer(m["more"])
                )


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
