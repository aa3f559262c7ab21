"""What a figure counts or is measured in, as heads, row labels and unit lines tell it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from pipeline.codebook.loading import Codebook, UnitWord
from pipeline.language import arabic, french
from pipeline.language.bases import base_in
from pipeline.language.flat import flat_text
from pipeline.language.lexicon import MONEY, table, unit_words, words
from pipeline.readings.marks import OF

_ARABIC = regex.compile(r"\p{Script=Arabic}")
#: What a caption ends with in brackets; a unit told by itself has no more words.
_BRACKETED = regex.compile(r"\(([^()]+)\)\s*$")
_SHARE_SIGN = regex.compile(r"\(\s*(?:en|بـ?)?\s*[%٪]\s*\)")
_BRACKETS = regex.compile(r"\(([^()]+)\)")
_UNIT_WORDS = 3
#: What stands before a scale that is one, and between it and what it scales.
_SCALING, _OF_WHAT = ("en", "par", "(", "ب"), ("de", "des", "d")
_SMALL = ("en", "de", "des", "du")
#: What a unit line may begin with.
_PREFACE = regex.compile(r"^\s*(?:unités?|en unité de|الوحدة|وحدة القياس)\s*:\s*", regex.I)
#: A describing word has more letters than those that say of what a price is one: «centimes par litre».
_SMALLEST = 3
#: Units of what is counted, to which a scale of the whole table applies.
_COUNTED = ("NUMBER", "PS")
#: Points by themselves, that can be of nothing else.
_POINTS_ALONE = ("pts", "pt", "pp", "points de %")
_PLAIN = ("", *_COUNTED)
#: What a row counts is said by one of so many first words of its label: «نقدية في إطار نسبة الاحتياطي» is no share.
_SAYS_WORDS = 3
#: Where a sign of one or two letters tells a unit: alone in brackets or behind «en», or all there is.
_TOLD = regex.compile(r"\(\s*(?:en\s+)?([^()]+?)\s*\)|\ben\s+([^()]+)$")
_SIGN = regex.compile(r"(?:\(\s*(?:en\s+|بـ?\s*)?|\ben\s+|^)([\p{L}.]+)(?=\s*(?:\)|$))")


@dataclass(frozen=True, slots=True)
class Unit:
    """Unit of a column or table: its code, the word that said so, and the power of ten of what is printed."""

    code: str = "NUMBER"
    label: str = ""
    power: int = 0


def fold(text: str) -> str:
    """Match key of a label in either language."""
    return arabic.fold(text) if _ARABIC.search(text) else french.fold(text)


def unit_of(texts: Sequence[str], codebook: Codebook) -> Unit:
    """Unit that the given wordings (nearest first: column head, row label, unit line, caption) tell.

    The first wording that names a unit decides the unit, in a head of several tiers the innermost of them that does;
    a scale word beside it decides the power of ten. Money with its scale goes before what it is spent on.
    """
    for text in texts:
        rate = _rate(text, codebook)
        if rate:
            return Unit("NUMBER", rate)
        tiers = [_units_in(tier, codebook) for tier in reversed(text.split(" / "))]
        every = [u for tier in tiers for u in tier]
        if not every:
            continue
        scale = max(u.power for u in every)
        held = next((tier for tier in tiers if any(u.unit for u in tier)), every)
        # A scale without money that a group of columns tells is of all that they count: (بالآلاف) / ذكور.
        own = max(u.power for tier in tiers for u in tier if tier is held or all(u.unit in _PLAIN for u in tier))
        money = [u for u in held if u.unit in MONEY]
        shares = [u for u in held if u.unit == "PT"] if _SHARE_SIGN.search(text.rpartition(" / ")[2]) else []
        named = (money if money and scale else shares or [u for u in held if u.unit] or held)[0]
        within = scale if named.unit in MONEY or len(tiers) == 1 or not named.unit else own
        return Unit(named.unit or "NUMBER", named.wording, within)
    return Unit()


def _rate(text: str, codebook: Codebook) -> str:
    """What the figures of a rate are told for, if no tier further in says that they count: «Décès / pour 1000 habitants»."""
    for tier in reversed(text.split(" / ")):
        if rate := base_in(tier):
            return rate
        if any(u.unit for u in _units_in(tier, codebook)):
            break
    return ""


def cell_unit(labels: Sequence[str], lines: Sequence[str], codebook: Codebook) -> Unit:
    """Unit of a cell: what its labels name, unless a unit line says money and they name what it is spent on.

    ``Bénéficiaires`` counts people, ``Subventions aux associations`` is what associations get; in money by the
    thousand or million, or told as a unit («en DH»), a row «الأشخاص المسنون» is what is spent on them, «عدد المستفيدين»
    counts them.

    Args:
        labels: of its column and its row, each in both languages.
        lines: unit line and captions of its table.
        codebook: wordings of units.
    """
    lines = sorted(map(_without_preface, map(without_sums, lines)), key=lambda text: not _told_as_unit(text, codebook))
    stated = unit_of(lines, codebook)
    if stated.code not in MONEY:
        if any(_tells_mean(text, codebook) for text in labels):
            return unit_of(labels, codebook)
        told = unit_of((*_both_shares(labels), *lines), codebook)
        if told.code in _COUNTED and not told.power and _all_shares(lines) and not any(map(_names_count, labels)):
            return told if base_in(told.label) else unit_of(lines, codebook)
        whole = told.power or told.code not in _COUNTED or base_in(told.label)
        return told if whole else replace(told, power=_scale_of(lines, codebook))
    columns, rows = labels[: len(labels) // 2], labels[len(labels) // 2 :]
    firm = stated.power or any(_told_as_unit(text, codebook) for text in lines)
    rows = [text for text in rows if not firm or _says_count(text) or _is_money(text)]
    told_by = next((text for text in (*columns, *rows) if tells_unit(text, codebook)), None)
    return stated if told_by is None else unit_of((told_by,), codebook)


def _both_shares(labels: Sequence[str]) -> list[str]:
    """Labels, each two of one line; where one of two ends with the sign of a share in brackets, so does the other."""
    out = list(labels)
    for at in range(0, len(out) - 1, 2):
        if any(_SHARE_SIGN.search(text.rpartition(" / ")[2]) for text in out[at : at + 2]):
            out[at : at + 2] = [text and f"{text} (%)" for text in out[at : at + 2]]
    return out


def _all_shares(lines: Sequence[str]) -> bool:
    """Whether a caption of shares and of no count says at its end that all of its table is in percent."""
    shares = _folded("share_captions")
    told = [set(map(bare, fold(text).split())) for text in lines if _ends_with_share(text)]
    return any(said & shares for said in told) and not any(map(_names_count, lines))


def _ends_with_share(text: str) -> bool:
    inside = _SHARE_SIGN.search(text)
    return bool(inside) and not text[inside.end() if inside else 0 :].strip(" .:")


@cache
def _folded(key: str) -> frozenset[str]:
    """Words of the lexicon as labels are compared with them, without article and particles."""
    return frozenset(bare(fold(word)) for word in table("identifiers")["words"][key])


def _names_count(text: str) -> bool:
    """Whether a label or caption names a count of persons or things."""
    said = [bare(word) for word in fold(text).split()]
    return any(word in _folded("counting_heads") or word in _folded("counted") for word in said)


def _without_preface(text: str) -> str:
    """A unit line without what says that it is one: «Unité : millier de personnes»."""
    return " / ".join(_PREFACE.sub("", tier) for tier in text.split(" / "))


def _scale_of(lines: Sequence[str], codebook: Codebook) -> int:
    """The power of ten that a unit line, or a bracket of a caption, tells of all that is counted."""
    tiers = [tier for line in lines for tier in line.split(" / ")]
    said = [text for tier in tiers for text in (_BRACKETS.findall(tier) or [tier])]
    told = (unit_of([text], codebook) for text in said if len(text.split()) <= _UNIT_WORDS + 1)
    return next((unit.power for unit in told if unit.power and unit.code in _COUNTED), 0)


def _told_as_unit(text: str, codebook: Codebook) -> bool:
    """Whether a caption ends with money in brackets, or a unit line is nothing else: «(en DH)», «بالدرهم»."""
    inside = _BRACKETED.search(text)
    said = inside[1] if inside else text
    told = [word for word in said.split() if word.casefold() not in _SMALL]
    return len(told) <= _UNIT_WORDS and unit_of([said], codebook).code in MONEY


def without_sums(text: str) -> str:
    """A caption without the sums that it tells (25 مليون درهم): they are no unit of the table."""
    kept: list[str] = []
    summing = False
    for word in text.split():
        unit, power = unit_words().get(flat_text(word), ("", 0)) if "(" not in word else ("", 0)
        summing = summing and (unit in MONEY or power > 0 or flat_text(word) in OF)
        if summing:
            continue
        kept.append(word)
        summing = any(c.isdigit() for c in word)
    return " ".join(kept)


def _says_count(text: str) -> bool:
    """Whether a label says that it counts (عدد, nombre), or is a share: by one of its first words.

    «Part de TVA» is a sum, a share of what is gathered.
    """
    said = fold(text).split()[:_SAYS_WORDS]
    return "%" in text or any(word in _counting() and not _gathered(said, at) for at, word in enumerate(said))


def _gathered(said: Sequence[str], at: int) -> bool:
    """Whether a part is one of money and no share: of no whole."""
    wholes = table("identifiers")["words"]["wholes"]
    return said[at] == "part" and not any(word in wholes for word in said[at + 1 :])


@cache
def _counting() -> frozenset[str]:
    words = table("identifiers")["words"]
    return frozenset(
        fold(word) for word in (*words["count"], *words["counting_heads"], *words["share_heads"])
    )


def _is_money(text: str) -> bool:
    """Whether a label begins with a currency: what its row tells is in that, without the scale of the others."""
    first = fold(text).split()[:1]
    return any(unit_words().get(flat_text(word), ("", 0))[0] in MONEY for word in first)


def tells_unit(text: str, codebook: Codebook) -> bool:
    """Whether a label tells what its figures count: by its first word, or because it names a share or money."""
    tiers = [words for tier in text.split(" / ") if (words := fold(tier).split())]
    first = [words[1] if words[0] in _means() and len(words) > 1 else words[0] for words in tiers]
    return any(word in _counted() or _units_in(word, codebook) for word in first) or any(
        u.unit in ("PT", *MONEY) or u.power for u in _units_in(text, codebook)
    )


@cache
def _counted() -> frozenset[str]:
    return frozenset(fold(word) for word in table("identifiers")["words"]["counted"])


def _names_subject(word: str) -> bool:
    """Whether a word behind others tells what they are about, and counts nothing: an Arabic one with its article."""
    plain = bare(word)
    return plain in _folded("units_at_head") and (plain != word or not _ARABIC.search(word))


@cache
def _means() -> frozenset[str]:
    """Words before what a mean is one of: «معدل النزلاء للمؤسسة» counts inmates."""
    return frozenset(fold(word) for word in table("identifiers")["words"]["means"])


def _tells_mean(text: str, codebook: Codebook) -> bool:
    """Whether a label names a mean of what is not counted («Taille moyenne», «متوسط الحجم»): a scale of counts is none of its.

    A mean of a period is in the unit of its table, and one of what is counted too.
    """
    words = fold(text.rpartition(" / ")[2]).split()
    first, behind = words[:1], {bare(word) for word in words[1:]}
    sized = bool(first) and bare(first[0]) in _folded("sizes") and not behind.isdisjoint(_folded("means_behind"))
    meant = bool(first) and first[0] in _means() and bool(behind) and behind.isdisjoint(_folded("periodic"))
    return sized or (meant and not tells_unit(" ".join(words[1:]), codebook))


def _units_in(text: str, codebook: Codebook) -> list[UnitWord]:
    said = fold(text.replace("/", " ").replace("(", " ( ").replace(")", " ) ")).split()
    if "%" in text or "٪" in text:
        said.append("%")
    found = [codebook.signs[sign] for sign in _SIGN.findall(text) if sign in codebook.signs]
    told = [*map("".join, _TOLD.findall(text)), *([text] if flat_text(text) in _POINTS_ALONE else [])]
    found += [UnitWord(wording=one, unit="PP", power=0) for one in told if in_points(one)]
    telling = [
        word
        for at, word in enumerate(said)
        if word not in "()" and not (at and _names_subject(word)) and not _in_name(said, at, codebook)
    ]
    for word in (*telling, *(f"{a} {b}" for a, b in itertools.pairwise(telling))):  # م.د
        unit = codebook.unit_words.get(word) or codebook.unit_words.get(bare(word))
        if unit is not None and not (unit.power < 0 and _described(said, word)):
            found.append(unit)
    return found


def in_points(text: str) -> bool:
    """Whether a text is «points», «pts», «نقطة مئوية»: what differences of percents are told in."""
    return flat_text(text) in words("identifiers", "words", "point_signs")


def _described(said: Sequence[str], word: str) -> bool:
    """Whether a small part of a currency is a name with what describes it: «centimes additionnels» are a tax."""
    following = said[said.index(word) + 1 :][:1] if word in said else []
    return any(len(one) > _SMALLEST and one.isalpha() and not one.startswith("لل") for one in following)


def _in_name(said: Sequence[str], at: int, codebook: Codebook) -> bool:
    """Whether a scale is a number in a name: «مبادرة مليون محفظة», a million of something that is no money."""
    scale = codebook.unit_words.get(said[at])
    if scale is None or scale.unit or scale.wording not in _one_of() or (at and said[at - 1] in _SCALING):
        return False
    following = next((word for word in said[at + 1 :] if word not in _OF_WHAT), ")")
    told = codebook.unit_words.get(following) or codebook.unit_words.get(bare(following))
    return len(following) > 2 and following[0].isalpha() and told is None  # «مليون د.م»


@cache
def _one_of() -> frozenset[str]:
    return frozenset(fold(word) for word in table("identifiers")["words"]["single_scales"])


def bare(word: str) -> str:
    """An Arabic word without its article and one-letter particles."""
    for prefix in ("ولل", "وال", "بال", "لل", "ال", "ب", "ل", "و"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
