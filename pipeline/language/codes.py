"""Numbers that name things: laws, articles, telephones, addresses, codes, kings, list marks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from pipeline.language.lexicon import unit_words, words
from pipeline.language.named import EDGE, END, Named, Pattern, Scan, any_of, counted, counts, in_thousands
from pipeline.language.numberwords import ordinals

#: No digits of a longer number, and no decimals.
_APART = rf"{END}(?![ .,/\-]\d|\s?%)"
_PHONE_DIGITS = 6  # the shortest that a cue announces has seven


@cache
def _patterns() -> dict[str, Pattern]:
    law, article = words("identifiers", "law"), words("identifiers", "article")
    number = words("identifiers", "number")
    code = r"\d+(?:[.\-/]\d+)+|\d+(?:[/\-]\p{L}+)+(?:[/\-]\d+)?|\d+"
    ranks = any_of(list(ordinals()))
    return {
        "law": Pattern(
            rf"{EDGE}(?:ال)?{any_of(law)}(?:[\s\-]+\p{{L}}+){{0,4}}?\s+(?:رقم|عدد|n\s*°|no|numero)?\s*(?P<code>{code}){END}",
            law,
        ),
        "number": Pattern(
            rf"{EDGE}(?:بال|لل|وال|ب|ل|ال)?{any_of(number)}\s*:?\s*(?P<code>\d{{3}}(?: \d{{3}})(?=\s*(?:$|[.،,;)]))|{code}){END}",
            number,
        ),
        "dotted": Pattern(
            rf"{EDGE}\d{{1,20}}(?:[.\-]\d{{1,20}}){{2,12}}{END}|{EDGE}\d{{2,4}}-\d{{1,4}}(?=\s+(?:du\s+\d|بتاريخ|الصادر|المورخ))",
            signs=".-",
        ),
        "slashed": Pattern(
            rf"{EDGE}\d{{1,8}}(?:/\d{{1,8}}){{2,4}}{END}|{EDGE}\d{{1,8}}(?:/\p{{L}}{{1,6}}){{1,3}}(?:/\d{{1,6}})?{END}",
            signs="/",
        ),
        "worded": Pattern(
            rf"{EDGE}(?:بال|لل|وال|ب|ل|ال)?رقم(?:\s+\p{{L}}+){{1,3}}\s+(?P<code>\d{{5,}}){END}", ("رقم",)
        ),
        "article": Pattern(rf"{EDGE}(?:[وب])?{any_of(article)}(?:\s+|\.\s*)(?P<code>\d+(?:[.\-]\d+)*){END}", article),
        "article_rank": Pattern(
            rf"{EDGE}(?:[وب])?{any_of(article)}\s+(?P<code>{ranks}){END}", article, digits=False
        ),
        "articles": Pattern(
            rf"{EDGE}(?:[وب])?{any_of(article | words('identifiers', 'articles'))}\.?\s+(?P<code>\d+)"
            rf"(?:\s*(?:و|،|,|et|a|الي)\s*\d+(?![.,\-/\d]))*{END}",
            article | words("identifiers", "articles"),
        ),
        "page": Pattern(
            rf"{EDGE}(?<!\d\s){any_of(words('identifiers', 'page') | words('identifiers', 'item'))}\s*\.?\s*(?:رقم\s*)?(?::(?=\d))?(?P<code>\d+)"
            rf"(?:\s?/\s?\d+|(?<={any_of(words('identifiers', 'page'))}\s{{0,2}}\d{{1,3}})\s(?:sur|من|de)\s\d+)?{END}",
            words("identifiers", "page") | words("identifiers", "item"),
        ),
        "repeated": Pattern(
            rf"{EDGE}(?P<code>\d{{1,4}})\s*{any_of(words('identifiers', 'repeated'))}{END}", words("identifiers", "repeated")
        ),
        "coded": Pattern(
            rf"{EDGE}{any_of(words('identifiers', 'coded'))}\s+(?P<code>\d{{1,3}}{_APART})",
            words("identifiers", "coded"),
        ),
        "codes": Pattern(
            rf"{EDGE}{any_of(words('identifiers', 'codes'))}\s+(?P<code>\d{{1,3}}{_APART})"
            rf"(?:\s*(?:,|et|a)\s*\d{{1,3}}{_APART}){{1,20}}",
            words("identifiers", "codes"),
        ),
    }


@cache
def _street_patterns() -> dict[str, Pattern]:
    return {
        "address": Pattern(
            rf"{EDGE}(?P<code>\d{{1,4}})\s*(?:مكرر|bis)?\s*[،,]?\s+(?:ال)?{any_of(words('identifiers', 'street'))}{END}",
            words("identifiers", "street"),
        ),
        "postal": Pattern(
            rf"{EDGE}{any_of(words('identifiers', 'street'))}\s[^.;؛\d]{{1,40}}[،,]\s*(?P<code>\d{{5}})(?=\s+\p{{L}}){END}",
            words("identifiers", "street"),
        ),
        "town": Pattern(
            rf"{EDGE}\d{{1,4}}\s*(?:مكرر|bis)?\s*[،,]?\s+(?:ال)?{any_of(words('identifiers', 'street'))}\s[^.;؛\d]{{1,40}}"
            rf"[،,]\s*\p{{L}}+(?:[\s\-]\p{{L}}+)?\s+(?P<code>\d{{5}}){END}",
            words("identifiers", "street"),
        ),
    }


@cache
def _name_patterns() -> dict[str, Pattern]:
    ranks = any_of(list(ordinals()))
    return {
        "king": Pattern(
            rf"{EDGE}[وبل]?{any_of(words('identifiers', 'kings'))}\s+(?:{ranks}|[ivx]{{1,4}}){END}",
            words("identifiers", "kings"),
            digits=False,
        ),
        "idiom": Pattern(
            rf"(?<![.,]){EDGE}{any_of(words('identifiers', 'idioms'))}{END}",
            words("identifiers", "idioms"),
            digits=False,
            ends=True,
        ),
        "time_of_day": Pattern(
            rf"{EDGE}{any_of(words('identifiers', 'time'))}\s+{ranks}(?:\s+(?:عشره?))?(?:\s+(?:والنصف|والربع|والثلث|الا\s+\p{{L}}+|زوالا|صباحا|مساء))*{END}",
            words("identifiers", "time"),
            digits=False,
        ),
        "time": Pattern(
            rf"{EDGE}(?:{any_of(words('identifiers', 'time'))}\s+)?(?:\d{{1,2}}\s?h(?:\s?\d{{2}})?|\d{{1,2}}:\d{{2}}){END}",
            signs="h:",
        ),
        "hour": Pattern(
            rf"{EDGE}{any_of(words('identifiers', 'time'))}\s+\d{{1,2}}{END}", words("identifiers", "time")
        ),
    }


@cache
def _code_patterns() -> dict[str, Pattern]:
    return {
        "phone": Pattern(r"(?<!\d)(?:\+\s?212|00\s?212|0)[ .\-]?[5-8](?:[ .\-]?\d){8}(?!\d)"),
        "abroad": Pattern(r"(?<![\d.,])\+\s?\d{1,3}(?:[ .\-]?\(?\d{1,4}\)?){2,5}(?!\d)", signs="+"),
        "zero_led": Pattern(r"(?<![\d.,/])\(?0\d{1,3}\)?(?:[ .\-]?\d{2,4}){2,4}(?![\d])"),
        "card": Pattern(r"(?<!\d)\d{4}(?:[ \-]\d{4}){3,4}(?!\d)|(?<!\d)\d{13,}(?!\d)"),
        "lettered": Pattern(r"(?<![\p{L}\d])(?P<letters>[a-z]{1,12})-?\d[\da-z]*(?:-\d+)*(?![\p{L}\d])"),
        "named_by": Pattern(
            rf"{EDGE}{any_of(words('identifiers', 'named_by_number'))}[\s\-]*(?P<code>\d+(?:[:\-]\d+)*){END}",
            words("identifiers", "named_by_number"),
        ),
        "phone_cue": Pattern(
            rf"{EDGE}{any_of(words('identifiers', 'phone'))}\s*:?\s*(?P<code>[+\d][\d .\-/]{{1,}}\d)",
            words("identifiers", "phone"),
        ),
    }


_URL = regex.compile(
    r"(?:https?://|www\.)[^\s]+|(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}\.[\w.\-]+|(?<![\p{L}\d.\-])[a-z\d\-]{1,63}(?:\.[a-z\d\-]{1,63}){0,8}\.(?:ma|com|org|gov|net|fr)(?:/[^\s]*)?(?![\p{L}\d])"
)


#: Pieces of addresses that a line break or a space cut off, by a sign that each has: escapes (%20et%20), a UUID, a file
#: behind folders.
_CUT_URLS = {
    "%": regex.compile(r"(?<!\S)[^\s%]{0,200}%[\da-f]{2}(?=[a-z%(]|\.%)\S{0,500}"),
    "-": regex.compile(r"(?<!\S)[^\s-]{0,200}(?<![\da-f])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\S{0,500}"),
    "/": regex.compile(
        r"(?<!\S)[a-z][\w.\-]{0,63}(?:/[\w.%\-]{1,99}){2,12}\.(?:pdf|html?|aspx?|php|docx?|xlsx?)(?![\p{L}\d])"
    ),
}
#: How bibliographies tell pages: 101(3–4), 2011, 148–156; 30: 628-638; 102 p.; 122 pp. Not 3,5-4,5 % nor 2022: 45-50.
_VOLUME = regex.compile(
    r"(?<![\p{L}\d.,])(?:\d{1,4}\s?\(\d{1,3}(?:-\d{1,3})?\)\s?[,:]\s?(?:(?:19|20)\d\d\s?[,:]\s?)?(?:pp?\.?\s?:?\s?)?"
    r"|(?!(?:19|20)\d\d\s?:)\d{1,4}\s?:\s)\d{1,5}\s?-\s?\d{1,5}(?=\s?(?:[;.)]|,\s|,?$))"
)
_PAGES = regex.compile(
    r"(?<![\p{L}\d])pp\s?[.:]{0,2}\s?:?\s?\d{1,5}\s?-\s?\d{1,5}(?![\d])|(?<![\p{L}\d.,])\d{1,4}\s?pp?(?=\s?[,;]|\.?\s?$|\.\s?[^\d\s])"
)


_NUMBER = regex.compile(r"\d+")
#: Letters before a power (12 m2), behind a number; before other digits, or alone, they are of a code (CM2, a class).
_LENGTHS, _BEHIND_NUMBER = ("m", "cm", "km"), regex.compile(r"\d\s?$")
_NEXT = regex.compile(r"\s+(\p{L}+)")
#: What may be an amount as well as a telephone: +12 500 000, 120.
_AMOUNT = regex.compile(r"\+?\s?\d{1,3}(?:[ .]\d{3})*")
#: Thousands parted by dots, which are no code: 100.000.000.
_GROUPED = regex.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")


#: Numbers of sections at the head of a line, before a definite noun.
_SECTION = regex.compile(r"(?m)^[^\S\n]*(?P<mark>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?=\s+\p{L}{3})")


_MARKER = regex.compile(
    r"(?m)^[^\S\n]*(?P<mark>(?:\d{1,2}|[a-z\u0621-\u064a]|[ivx]{1,4})\s?[.)\-](?!\s?\d)(?=\s+\S)|[-•●▪◦○‣➢✓✔❖\ue000-\uf8ff*–])(?=\s|$)"
)


#: A name in quotes that ends with its number: «إكرام 2».
_TITLED = regex.compile(r"[\"«“][^\"«»“”\d]{2,40}\s(?P<code>\d{1,2})\s?[\"»”]")


def urls(scan: Scan) -> Iterator[Named]:
    """Web and mail addresses, and pieces of them."""
    if "." in scan.text or "//" in scan.text:
        for m in _URL.finditer(scan.text):
            yield Named(m.start(), m.end(), "url", m.group())
    for sign, pattern in _CUT_URLS.items():
        if sign in scan.text:
            for m in pattern.finditer(scan.text):
                yield Named(m.start(), m.end(), "url", m.group())


def citations(scan: Scan) -> Iterator[Named]:
    """Pages and volumes as bibliographies tell them."""
    if scan.digits < len("1p") - 1 or not ("-" in scan.text or "p" in scan.text):
        return
    for pattern in (_VOLUME, _PAGES):
        for m in pattern.finditer(scan.text):
            yield Named(m.start(), m.end(), "page", m.group())


def phones(scan: Scan) -> Iterator[Named]:
    """Telephone numbers: Moroccan, international, behind a cue; card and account numbers."""
    enough = scan.digits >= _PHONE_DIGITS
    for name in ("phone", "phone_cue", "abroad", "card", "zero_led") if enough else ("phone_cue",):
        for m in _code_patterns()[name](scan):
            group = "code" if name == "phone_cue" else 0
            digits = "".join(filter(str.isdigit, m[group]))
            short = name in ("abroad", "zero_led") and len(digits) <= _PHONE_DIGITS
            if not short and not (_AMOUNT.fullmatch(m[group]) and counts(scan.text, m.end(group), digits)):
                yield Named(m.start(group), m.end(group), "code" if name == "card" else "phone")


def lettered(scan: Scan) -> Iterator[Named]:
    """Codes with letters glued before their digits (AB123456, covid-19); currencies and lengths are none."""
    for m in _code_patterns()["named_by"](scan):
        yield Named(m.start("code"), m.end("code"), "code")
    for m in _code_patterns()["lettered"](scan):
        measured = m["letters"] in _LENGTHS and (m.group()[-1] in "23" or m.group() == m["letters"])
        behind = bool(_BEHIND_NUMBER.search(scan.text, max(m.start() - 2, 0), m.start()))
        held = m["letters"] in unit_words() or m["letters"] in ("n", "no", "p") or (measured and behind)
        if not held:
            yield Named(m.start(), m.end(), "code")


def laws(scan: Scan) -> Iterator[Named]:
    """Numbers of laws, decrees and files, behind their cue or told by their dots."""
    for name, kind in (
        ("law", "law"),
        ("number", "law"),
        ("worded", "law"),
        ("slashed", "law"),
        ("dotted", "law"),
    ):
        for m in _patterns()[name](scan):
            if name == "law":
                plain = m["code"].isdigit()
                if plain and not regex.search(
                    r"(?:رقم|عدد|n\s*°|no|numero)\s*$", m.group()[: m.start("code") - m.start()]
                ):
                    continue
                yield Named(m.start("code"), m.end("code"), kind, m["code"])
            elif name == "worded":
                if not counted(scan.text, m.end()):
                    yield Named(m.start("code"), m.end("code"), kind, m["code"])
            elif name == "number":
                yield Named(m.start("code"), m.end("code"), kind, m["code"])
            elif not _GROUPED.fullmatch(m.group()):
                yield Named(m.start(), m.end(), kind, m.group())


def articles(scan: Scan) -> Iterator[Named]:
    """Numbers of articles, pages, tables, sessions; «الهدف 500 مستفيد» counts and is none."""
    for name, kind in (
        ("articles", "article"),
        ("article", "article"),
        ("article_rank", "article"),
        ("repeated", "article"),
        ("page", "item"),
    ):
        for m in _patterns()[name](scan):
            if name == "articles":
                yield from _listed(scan, m)
            elif in_thousands(scan.text, m.end("code"), m["code"]):
                continue
            elif kind != "item" or not counts(scan.text, m.end(), m["code"]):
                yield Named(m.start(), m.end(), kind, m["code"])
    for m in _patterns()["coded"](scan):
        if not _counts_several(scan.text, m.end()):
            yield Named(m.start("code"), m.end("code"), "item", m["code"])
    for m in _patterns()["codes"](scan):
        for number in _NUMBER.finditer(scan.text, m.start("code"), m.end()):
            if number.end() < m.end() or not _counts_several(scan.text, m.end()):
                yield Named(number.start(), number.end(), "item", number[0])
    for m in _TITLED.finditer(scan.text):
        yield Named(m.start("code"), m.end("code"), "item", m["code"])


def _counts_several(text: str, end: int) -> bool:
    """Whether a noun in the plural follows a French number: «du programme 320 lauréats», but «le programme 403 progresse»."""
    m = _NEXT.match(text, pos=end)
    plural = m is not None and m[1] not in words("identifiers", "words", "stop") and m[1].endswith(("s", "x"))
    return plural or counted(text, end)


def _listed(scan: Scan, m: regex.Match[str]) -> Iterator[Named]:
    """Each number of «المواد 3 و4 و5»; the last one may count what follows («المادتين 3 و4، 12 مستفيدا»)."""
    for number in _NUMBER.finditer(scan.text, m.start("code"), m.end()):
        if number.end() < m.end() or not counts(scan.text, number.end(), number[0]):
            yield Named(number.start(), number.end(), "article", number[0])


def addresses(scan: Scan) -> Iterator[Named]:
    """House numbers before a street, and codes before or after the town behind it."""
    for name in ("address", "postal", "town"):
        for m in _street_patterns()[name](scan):
            counting = (name == "postal" and counted(scan.text, m.end("code"))) or (
                name == "town" and counts(scan.text, m.end("code"), m["code"])
            )
            if not counting:
                yield Named(m.start("code"), m.end("code"), "address")


def times(scan: Scan) -> Iterator[Named]:
    """Times of day in digits."""
    for name in ("time", "hour"):
        for m in _name_patterns()[name](scan):
            yield Named(m.start(), m.end(), "time")


def names(scan: Scan) -> Iterator[Named]:
    """Kings, idioms with an ordinal, times of day in words."""
    for name, kind in (("king", "name"), ("idiom", "idiom"), ("time_of_day", "time")):
        for m in _name_patterns()[name](scan):
            yield Named(m.start(), m.end(), kind)


def markers(scan: Scan) -> Iterator[Named]:
    """Marks at the head of a list item or section."""
    for m in _SECTION.finditer(scan.text):
        if counted(scan.text, m.end("mark")) or not scan.words:
            continue
        yield Named(m.start("mark"), m.end("mark"), "section", m["mark"])
    for m in _MARKER.finditer(scan.text):
        yield Named(m.start("mark"), m.end("mark"), "list_marker", m["mark"].strip())
