"""Dates, periods and years: found before figures, so that none of them becomes one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import regex

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table, values, words
from pipeline.language.named import EDGE, END, Named, Pattern, Scan, any_of, counted
from pipeline.language.numberwords import ordinals

#: Years that a report may speak of.
FIRST_YEAR, LAST_YEAR = 1900, 2099
_YEAR = r"(?:19|20)\d{2}"


@cache
def _patterns() -> dict[str, Pattern]:
    months = {**values("calendar", "months"), **values("calendar", "hijri")}
    weekday = any_of(list(values("calendar", "weekdays")))
    first = any_of(words("calendar", "cues", "first_of"))
    month = any_of(list(months))
    days, until = (any_of(words("calendar", "cues", key)) for key in ("days", "until"))
    cue = words("calendar", "cues", "year")
    hijri, gregorian = (any_of(words("calendar", "cues", key)) for key in ("hijri", "gregorian"))
    kind_of_year = any_of(words("calendar", "cues", "kind_of_year"))
    horizon = words("calendar", "cues", "horizon")
    ranks = any_of(list(ordinals()))
    return {
        "date": Pattern(
            rf"{EDGE}(?:(?P<weekday>{weekday})[\s،,]+)?(?:(?:le\s+)?(?P<day>\d{{1,2}})(?:er)?\s+(?:من\s+)?|(?P<rank>{ranks}(?:\s+(?:عشر|وال(?:عشرين|ثلاثين)))?)\s+(?:من\s+)?(?:شهر\s+)?|(?P<first>{first})\s+)?"
            rf"(?P<month>{month})(?:/{month})?(?:(?:\s*|[،,]\s)(?P<year>\d{{4}})(?:\s?(?:م|ه))?|\s+\d{{1,2}}\s*[،,]\s*(?P<late>\d{{4}}))?{END}",
            months,
            digits=False,
        ),
        "day_range": Pattern(
            rf"{EDGE}(?:{days}\s+(?:يوم\s+|ايام\s+)?)?(?P<from>\d{{1,2}}|{first})\s*(?:{until}\s+|{until}(?=\d)|-)(?P<to>\d{{1,2}})\s+(?:من\s+)?(?P<month>{month})(?:\s*(?P<year>\d{{4}}))?{END}",
            months,
            digits=False,
        ),
        "numeric": Pattern(
            rf"{EDGE}(?:(?P<weekday>{weekday})[\s،,]+)?(?:(?P<d>\d{{1,2}})[/.\-](?P<m>\d{{1,2}})[/.\-](?P<y>{_YEAR})|(?P<y2>{_YEAR})[-/](?P<m2>\d{{1,2}})[-/](?P<d2>\d{{1,2}})){END}",
            signs="/.-",
        ),
        "short": Pattern(
            rf"{EDGE}(?<![/.\-])(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>\d{{2}}){END}(?!/)", signs="/"
        ),
        "month_year": Pattern(rf"{EDGE}(?<!/)(?P<m>0?[1-9]|1[0-2])/(?P<y>20\d{{2}}){END}(?!/)", signs="/"),
        "period": Pattern(rf"{EDGE}(?P<a>{_YEAR})\s*[-/]\s*(?P<b>{_YEAR}|\d{{2}}){END}-?", signs="-/"),
        "from_to": Pattern(
            rf"(?:(?P<between>ما بين|بين|الفتره|entre)|من|de|du)\s+(?:سنه\s+|عام\s+|سنتي\s+)?(?P<a>{_YEAR})\s*(?:الي|حتي|a|au|-|(?(between)(?:و|et)|(?!)))\s*(?:سنه\s+|غايه\s+)?(?P<b>{_YEAR}){END}",
            ("ما", "بين", "الفتره", "entre", "من", "de", "du"),
        ),
        "months": Pattern(
            rf"{EDGE}(?:من|du|de)\s+(?:(?P<d1>\d{{1,2}}|{first})\s+)?(?P<m1>{month})\s+(?:{until})\s+(?:(?P<d2>\d{{1,2}})\s+)?(?P<m2>{month})(?:\s*(?P<year>\d{{4}}))?{END}",
            months,
            digits=False,
        ),
        "horizon": Pattern(rf"{EDGE}(?:ب|ل)?{any_of(horizon)}\s+(?:سنه\s+)?(?P<y>{_YEAR}){END}", horizon),
        "hijri": Pattern(rf"{EDGE}(?P<y>1[34]\d{{2}})\s?{hijri}{END}", words("calendar", "cues", "hijri")),
        "gregorian": Pattern(
            rf"{EDGE}(?P<y>{_YEAR})\s?{gregorian}{END}", words("calendar", "cues", "gregorian")
        ),
        "base": Pattern(
            rf"{EDGE}{any_of(words('calendar', 'cues', 'base'))}\s+(?:سنه\s+|عام\s+|l'annee\s+|annee\s+)?(?P<y>{_YEAR}){END}",
            words("calendar", "cues", "base"),
        ),
        "constitution": Pattern(
            rf"{EDGE}(?:ال)?(?:دستور|constitution|قانون الماليه|loi de finances|lf)(?:\s+de)?\s+(?P<y>{_YEAR}){END}",
            ("دستور", "constitution", "قانون", "loi", "lf"),
        ),
        "listed": Pattern(rf"{EDGE}(?P<y>{_YEAR})\s{{0,2}}:\s{{0,3}}(?=\d)", signs=":"),
        "year": Pattern(
            rf"{EDGE}(?P<cue>[وبلف]?{any_of(cue)})\s+(?:سنه\s+|عام\s+|annee\s+|l'annee\s+)?(?:{kind_of_year}\s+)?(?P<y>{_YEAR})(?P<more>(?:\s*(?:و|et)\s*{_YEAR})*){END}",
            cue,
        ),
    }


def numeric_dates(scan: Scan) -> Iterator[Named]:
    """Dates in digits, day first or ISO."""
    for m in _patterns()["numeric"](scan):
        year, month, day = (int(m[k] or m[k + "2"]) for k in ("y", "m", "d"))
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Named(m.start(), m.end(), "date", _iso(year, month, day), m["weekday"] or "")
    for m in _patterns()["short"](scan):
        if 1 <= int(m["m"]) <= 12 and 1 <= int(m["d"]) <= 31:
            yield Named(m.start(), m.end(), "date", _iso(2000 + int(m["y"]), int(m["m"]), int(m["d"])))


def dates(scan: Scan) -> Iterator[Named]:
    """Dates with the name of a month, of both calendars."""
    gregorian = values("calendar", "months")
    for m in _patterns()["date"](scan):
        day = int(m["day"]) if m["day"] else _rank(m["rank"]) if m["rank"] else (1 if m["first"] else None)
        if day is None and not m["year"]:
            continue  # a bare month name: مارس is also a verb, mai and mars are words
        if day is not None and not 1 <= day <= 31:
            continue
        year = m["year"] or m["late"]
        if m["late"]:
            day = int(scan.text[m.end("month") : m.start("late")].strip(" ،,"))
        yield Named(
            m.start(), m.end(), "date", _dated(gregorian.get(m["month"]), year, day), m["weekday"] or ""
        )


def _rank(wording: str) -> int:
    """Day said as an ordinal of one or two words: الخامس, الثاني عشر, الحادي والعشرين."""
    known = ordinals()
    if wording in known:
        return known[wording]
    first, _, second = wording.partition(" ")
    tens = values("numberwords", "ar", "tens")
    return known[first] + tens.get(second.removeprefix("وال"), 10)


def _dated(month: int | None, year: str | None, day: int | None) -> str:
    """ISO 8601 of a day or month; without its year as ``--10-12``; nothing for months of another calendar."""
    if month is None:
        return ""
    return _iso(int(year), month, day) if year else f"--{month:02d}-{day:02d}" if day else ""


def _iso(year: int, month: int, day: int | None) -> str:
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""  # the 31st of a short month: a date all the same, without a value


def day_ranges(scan: Scan) -> Iterator[Named]:
    """«من 5 إلى 12 أكتوبر 2023», «يومي 5 و6 أكتوبر», «du 5 au 12 octobre»."""
    gregorian = values("calendar", "months")
    for m in _patterns()["day_range"](scan):
        first = int(m["from"]) if m["from"].isdigit() else 1
        last = int(m["to"])
        if not 1 <= first < last <= 31:
            continue
        ends = [_dated(gregorian.get(m["month"]), m["year"], day) for day in (first, last)]
        yield Named(m.start("from"), m.end(), "day_range", "/".join(ends) if all(ends) else "")
    for m in _patterns()["months"](scan):
        days = [int(d) if d and d.isdigit() else 1 if d else None for d in (m["d1"], m["d2"])]
        ends = [
            _dated(gregorian.get(month), m["year"], day)
            for month, day in zip((m["m1"], m["m2"]), days, strict=True)
        ]
        start = m.start("d1") if m["d1"] else m.start("m1")
        yield Named(start, m.end(), "day_range", "/".join(ends) if all(ends) else "")


def months(scan: Scan) -> Iterator[Named]:
    """Month and year in digits (12/2023)."""
    for m in _patterns()["month_year"](scan):
        yield Named(m.start(), m.end(), "date", _iso(int(m["y"]), int(m["m"]), None))


def periods(scan: Scan) -> Iterator[Named]:
    """Ranges of years."""
    for name in ("from_to", "period"):
        for m in _patterns()[name](scan):
            first = int(m["a"])
            last = int(m["b"]) if len(m["b"]) == 4 else first // 100 * 100 + int(m["b"])
            if last > first or len(m["b"]) == 4:
                low, high = sorted((first, last))
                yield Named(
                    m.start("a") if name == "from_to" else m.start(), m.end(), "period", f"{low}/{high}"
                )


_OTHER = regex.compile(_YEAR)


#: Cues that stand before counts as well: «في 2000 أسرة», «en 1830 projets».
_WEAK = frozenset(
    flat_text(w)
    for w in ("في", "خلال", "منذ", "en", "depuis", "fin", "avant", "après", "dès", "durant", "courant")
)


def years(scan: Scan) -> Iterator[Named]:
    """Years behind a cue: reference years, horizons, base years, years of documents."""
    for name, kind in (
        ("horizon", "horizon"),
        ("base", "base_year"),
        ("constitution", "document_year"),
        ("hijri", "hijri_year"),
        ("gregorian", "year"),
        ("year", "year"),
        ("listed", "year"),  # 2020: 120; 2021: 135
    ):
        for m in _patterns()[name](scan):
            if name == "year" and m["cue"] in _WEAK and counted(scan.text, m.end()):
                continue
            yield Named(m.start("y"), m.end("y"), kind, m["y"])
            if name == "year" and m["more"]:
                at = m.start("more")
                yield from (
                    Named(at + y.start(), at + y.end(), kind, y.group()) for y in _OTHER.finditer(m["more"])
                )


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
