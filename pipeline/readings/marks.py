"""What a piece of text in a table is: a figure, a mark that stands for one, a year, or the call of a footnote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.language.bases import without_base
from pipeline.language.flat import flat_text
from pipeline.language.lexicon import MONEY, unit_words, words
from pipeline.language.numerals import parse
from pipeline.language.units import measures
from pipeline.model.page import Direction, Line, Word
from pipeline.model.place import Box, Method
from pipeline.model.reading import Absence
from pipeline.readings.beside import ends_of_range, number_and_share, without_remark

_TURNED = str.maketrans("()", ")(")
#: What says of a year that its figures are provisional or have a note: «2022 (p)», «2021 (مؤقت)», «2020 (1)».
_SAID = r"\((?:[\d*]|[\p{L}\p{M}.% ]{1,20})\)"
_YEAR = regex.compile(
    rf"^(?:{_SAID}\s*)?(?:19|20|١٩|٢٠)\d{{2}}(?:\s*[-/]\s*(?:19|20|١٩|٢٠)?\d{{2}})?(?:\s?\*{{1,3}}|\s*{_SAID}|[¹²³⁴-⁹])?$"
)
#: Arrows beside a change, and those of them that point down.
_ARROWS, _DOWN = regex.compile("[▲▼△▽▴▾↑↓↗↘⬆⬇⇧⇩⇑⇓]"), frozenset("▼▽▾↓↘⬇⇩⇓")
_CALL = regex.compile(r"^(?:[\d٠-٩]{1,2}|\*{1,3}|[a-e]|[¹²³⁴-⁹])$")
_NOTE = regex.compile(r"^(?:[\d٠-٩]{1,3}|\(\d{1,3}\)|\[\d{1,3}\]|\*{1,3}|[¹²³⁴-⁹])$")
_CALL_AFTER = regex.compile(r"(?<=[\d٠-٩%٪)])\s*(?:\([\d*a-e]\)|[¹²³⁴-⁹]{1,2}|\*{1,3})$")
_THOUSANDS = regex.compile(
    r"(?<![\d\p{L}])\d{1,3}(?:[ \u00a0\u202f.,'٬]\d{3})+(?!\d)|(?<![\d\p{L}])\d{5,}(?![\d\p{L}])"
)
#: What rates are of, in a head or a line of one of so many words.
_POWER, RATE_WORDS = regex.compile(r"10{0,2}(?:[ \u00a0\u202f.,'٬]?000)+"), 7
_REMARK, _DIGIT = regex.compile(r"\s*\([^()\d]*\)$"), regex.compile(r"\d")
#: A number and at most three words behind it.
_COUNTED = regex.compile(r"^([\d٠-٩][\d٠-٩ \u00a0\u202f.,٬٫]*?)\s(\p{L}[\p{L}'’.\-]*(?: \p{L}[\p{L}'’.\-]*){0,2})$")
#: A cell of more words is no sum.
AMOUNT_WORDS = 7
#: Units whose power is printed raised.
MEASURES = frozenset({"m", "km", "cm", "dm", "م", "كم"})
_POWERS = {"2": "²", "3": "³", "٢": "²", "٣": "³"}
#: Words between a scale and its currency.
OF = ("de", "d'")
_GROUP = regex.compile(r"^[\d٠-٩.,٬٫'%٪()*+-]+$")
#: Marks that stand for a figure that is not there, and why it is not.
ABSENCES = {
    "-": Absence.NIL,
    "–": Absence.NIL,
    "—": Absence.NIL,
    "…": Absence.NOT_AVAILABLE,
    "...": Absence.NOT_AVAILABLE,
    "..": Absence.NOT_AVAILABLE,
    "nd": Absence.NOT_AVAILABLE,
    "n.d": Absence.NOT_AVAILABLE,
    "n.d.": Absence.NOT_AVAILABLE,
    "n/a": Absence.NOT_AVAILABLE,
    "na": Absence.NOT_AVAILABLE,
    "غ م": Absence.NOT_AVAILABLE,
    "غم": Absence.NOT_AVAILABLE,
    "غ.م": Absence.NOT_AVAILABLE,
    "غ.م.": Absence.NOT_AVAILABLE,
    "x": Absence.NOT_AVAILABLE,
    "*": Absence.NOT_AVAILABLE,
    "--": Absence.NIL,
    "=": Absence.NIL,
    "/": Absence.NIL,
    "néant": Absence.NIL,
    "لا شيء": Absence.NIL,
    "n.s": Absence.NOT_AVAILABLE,
    "n.s.": Absence.NOT_AVAILABLE,
    "ns": Absence.NOT_AVAILABLE,
}
_CAPTION = regex.compile(
    r"^\W*(?:جدول|الجدول|مبيان|المبيان|شكل|رسم|الرسم\s+البياني|tableau|graphique|figure|tab\."
    r"|(?:الشكل|البيان|(?:ال)?خريطة|(?:ال)?خارطة|carte|schéma|diagramme)\s+(?:رقم|n\s?[°o])?\s*\d)",
    regex.IGNORECASE,
)


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure or a mark that stands for one."""
    flat = without_call(text)
    return bool(flat) and (
        parse(flat) is not None
        or flat.casefold() in ABSENCES
        or amount(flat) is not None
        or number_and_share(flat) is not None
        or without_remark(flat) != flat
    )


#: Signs of currencies, with the M or k that scales them, and the words that they stand for: $450, 10,5 M€, 450 k€, 12 M DH.
_SIGNED = regex.compile(r"(?<![\p{L}])(?:(?P<scale>[MkK])\s?)?(?P<sign>[$€£])|(?<=\d\s?)(?P<scale>[MkK])\s(?P<sign>[Dd][Hh]s?)\b")
_WORDS = {"$": "dollars", "€": "euros", "£": "livres", "m": "millions", "k": "milliers", "": ""}


def amount(text: str) -> tuple[str, str] | None:
    """Number and unit of a cell that holds a sum with its scale or currency (25 مليون درهم); ``None`` for any other."""
    words = _SIGNED.sub(_in_words, text).strip("* ").split()
    if not 2 <= len(words) <= AMOUNT_WORDS or not any(c.isdigit() for c in text):
        return None
    inside = [i for i, word in enumerate(words) if any(c.isdigit() for c in word)]
    first, last = inside[0], inside[-1]
    number, named = " ".join(words[first : last + 1]), words[:first] + words[last + 1 :]
    units = [unit_words().get(flat_text(word), ("", 0)) for word in named if flat_text(word) not in OF]
    told = bool(units) and all(unit in MONEY or power for unit, power in units)
    return (number, " ".join(named)) if told and parse(number) is not None else None


def _in_words(m: regex.Match[str]) -> str:
    sign = m["sign"].lower()
    return f" {_WORDS[(m['scale'] or '').lower()]} {_WORDS.get(sign, sign)} "


def measured(text: str) -> tuple[str, str] | None:
    """Number and unit of a cell that holds what was measured (77 كيلوغرام للهيكتوليتر, 34 j); ``None`` for any other.

    A letter alone is no unit but that of days, years are ages more often than spans, and what stands in brackets behind
    it is a remark.
    """
    number, *named = _REMARK.sub("", " ".join(text.split())).split() or [""]
    unit = " ".join(named)
    told = 1 <= len(named) < AMOUNT_WORDS and _measures(flat_text(named[0]))
    return (number, unit) if told and parse(number) is not None and not _DIGIT.search(unit) else None


def counted(text: str) -> tuple[str, str] | None:
    """Number and noun of a cell that says what it counts (45 مركزا, 1 234 bénéficiaires); ``None`` for any other."""
    found = _COUNTED.match(" ".join(text.split()))
    return (found[1], found[2]) if found and parse(found[1]) is not None else None


def _measures(word: str) -> bool:
    return word in words("identifiers", "words", "spans") or (len(word) > 1 and word in measures())


def without_call(text: str) -> str:
    """The text of a figure without the call of a footnote after it, its spaces single, the arrow of its change as a sign."""
    flat: str = _CALL_AFTER.sub("", _signed_as_arrows(" ".join(text.split())))
    bare = flat[1:].strip()
    return bare if flat[:1] == "*" and _is_told(bare) else flat


def _signed_as_arrows(text: str) -> str:
    """«▼ 5,0 %» and «5,0 % ↓» as a fall of five percent, «▲ 5,0 %» as a rise."""
    bare = _ARROWS.sub("", text).strip()
    if bare == text or not bare[:1].isdigit():
        return bare if any(map(str.isdigit, bare)) else text
    return f"-{bare}" if set(text) & _DOWN else bare


def _is_told(text: str) -> bool:
    """Whether a text is or begins with a number: with a share in brackets before it, as cells from right to left have it."""
    return text[:1].isdigit() or ends_of_range(text) is not None or number_and_share(text) is not None


def is_year(text: str) -> bool:
    """Whether a text is a year or a pair of years, as heads and stubs have them: with a remark in brackets or a star, too."""
    return bool(_YEAR.match(" ".join(text.split())))


def names_caption(text: str) -> bool:
    """Whether a text begins like the title of a table or chart (جدول 3, Tableau 3)."""
    return bool(_CAPTION.match(text))


def is_one_title(texts: Sequence[str]) -> bool:
    """Whether two texts of one line are a numbered title in two languages: «5.7. Budget», «5.7. ميزانية»."""
    if len(texts) != 2:
        return False
    numbers = [text.split()[0].strip(".-") for text in texts if text[:1].isdigit()]
    arabic = {any("\u0620" <= c <= "\u064a" for c in text) for text in texts}
    return len(numbers) == 2 and numbers[0] == numbers[1] and len(arabic) == 2


def tells_number(text: str) -> bool:
    """Whether words and a number of thousands stand in one piece: a total in a line, never a head.

    The head of rates says for how many they are told: pour 100 000 habitants. In its lines «pour» may stand above.
    """
    found = _THOUSANDS.findall(without_base(text)) if _THOUSANDS.search(text) else []
    if not found or not any(map(str.isalpha, text)):
        return False
    words = text.split()
    base = len(found) == 1 and bool(_POWER.fullmatch(found[0])) and len(words) <= RATE_WORDS
    return not base or any(unit_words().get(flat_text(word), ("", 0))[0] in MONEY for word in words)


def cut_out(words: Sequence[Word], line: Line) -> Sequence[Word]:
    """Some words of a line, as a cell of their own has them.

    Figures that were read as part of a line of Arabic are put back as they are printed, from the left, brackets with them.
    """
    if len(words) == len(line.words) or line.direction is not Direction.RTL:
        return words
    if any(c.isalpha() for word in words for c in word.text):
        return words
    placed = sorted(words, key=lambda word: word.box.x0)
    return [replace(w, text=_mirrored(w.text)) if set(w.text) & set("()") else w for w in placed]


def _mirrored(text: str) -> str:
    """A word with the brackets at its ends seen from the other side: ``43,3)`` is printed ``(43,3``."""
    bare = text.strip("()")
    before, _, after = text.partition(bare) if bare else (text, "", "")
    ends = [side[::-1].translate(_TURNED) for side in (after, before)]
    return f"{ends[0]}{bare}{ends[1]}"


def without_raised(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a cell without raised footnote calls; the groups of a figure in order of place."""
    if len(words) < 2:
        return tuple(words)
    if all(_GROUP.match(word.text) for word in words):
        words = sorted(words, key=lambda word: word.box.x0)
    size = max(word.size for word in words)
    floor = max(word.box.bottom for word in words if word.size == size)
    kept = tuple(word for word in words if not _is_call(word, size, floor))
    text = " ".join(word.text for word in kept)
    if kept and (is_figure(text) or ends_of_range(text) is not None):
        return kept
    named = any(c.isalpha() for word in words for c in word.text)
    return tuple(word for word in words if not any(_calls_after(word, other, named) for other in words))


def _calls_after(call: Word, label: Word, named: bool = False) -> bool:
    """Whether a word is the raised call of a footnote at the end of a word of a label; the 2 of m² is none.

    ``named``: the label has letters, so that its digits are no power either.
    """
    size = label.size
    gap = max(call.box.x0 - label.box.x1, label.box.x0 - call.box.x1)
    return (
        call.size < 0.88 * size
        and (any(c.isalpha() for c in label.text) or (named and label.text.isdecimal()))
        and label.text.strip("()") not in MEASURES
        and -1 <= gap < 0.4 * size
        and label.box.top < call.box.bottom
        and _is_call(call, size, label.box.bottom)
    )


def _is_call(word: Word, size: float, floor: float) -> bool:
    """Whether a word stands small and high beside others of a size: raised the more, the less it need be smaller."""
    lift = floor - word.box.bottom
    raised = lift > 0.1 * size if word.size < 0.88 * size else lift > 0.25 * size and word.size < 0.96 * size
    return raised and bool(_CALL.match(word.text))


def without_calls(line: Line) -> Line:
    """A line of text without the raised calls of notes in it: «379¹ associations» counts 379; the 2 of m² is its power."""
    kept: list[Word] = []
    for i, word in enumerate(line.words):
        if not _stands_raised(word, line, i):
            kept.append(word)
        elif i and line.words[i - 1].text.strip("()") in MEASURES:
            kept.append(word)
            if word.text in _POWERS and kept[-2:-1] == [line.words[i - 1]]:
                kept[-2:] = [_with_power(line.words[i - 1], word)]
    return line if kept in ([], list(line.words)) else replace(line, words=tuple(kept))


def _stands_raised(word: Word, line: Line, at: int) -> bool:
    """Whether a word of a line is small and high beside a bigger neighbour, as calls and powers are."""
    return bool(
        word.method is Method.TEXT
        and _NOTE.match(word.text)
        and word.size < 0.88 * line.size
        and any(
            other.size > word.size
            and other.box.bottom - word.box.bottom > 0.1 * other.size
            and word.box.bottom > other.box.top
            for other in (*line.words[max(at - 1, 0) : at], *line.words[at + 1 : at + 2])
        )
    )


def _with_power(measure: Word, power: Word) -> Word:
    sign = _POWERS[power.text]
    box = Box.around((measure.box, power.box))
    return replace(measure, text=measure.text + sign, raw=measure.raw + sign, box=box)


def is_call_beside(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is the call of a note and nothing else, raised in the white behind a word of another line."""
    call = line.words[0]
    if len(line.words) > 1 or call.method is not Method.TEXT or not _NOTE.match(call.text):
        return False
    beside = [
        word
        for other in lines
        if other is not line
        for word in other.words
        if call.size < 0.96 * word.size
        and word.box.bottom - call.box.bottom > 0.25 * word.size
        and call.box.bottom > word.box.top
        and min(abs(call.box.x0 - word.box.x1), abs(word.box.x0 - call.box.x1)) < 0.3 * word.size
    ]
    return bool(beside) and not any(word.text.strip("()") in MEASURES for word in beside)


def is_lone_call(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is a footnote call and nothing else, raised so high beside its figure that it makes a line."""
    if len(line.words) > 1 or not _CALL.match(line.text):
        return False
    call = line.words[0]
    return any(
        any(_calls_after(call, word) for word in other.words)
        or (other.size > 1.04 * call.size and any(_stands_by(call, word, other) for word in other.words))
        for other in lines
        if other is not line
    )


def _stands_by(call: Word, word: Word, line: Line) -> bool:
    """Whether a call is raised right beside a figure of another line."""
    gap = max(call.box.x0 - word.box.x1, word.box.x0 - call.box.x1)
    return (
        -1 <= gap < 0.4 * line.size - 1
        and line.box.top < call.box.bottom
        and _is_call(call, line.size, line.box.bottom)
        and is_figure(word.text)
    )
