"""Numbers that print no noun of their own because they count what the number before them counts.

«انتقل عدد المراكز من 47 إلى 55», «167 établissements, devant Marrakech-Safi (159)», «استقبلت 640 امرأة، منهن 212 …»,
«350 unités, à raison de 70 par an», and, the noun behind its announcement, «porter à 86 le nombre de centres».
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import regex

from pipeline.language.flat import flat_text
from pipeline.language.found import Found
from pipeline.language.lexicon import words
from pipeline.language.parallels import FAR, goes_on, sum_like, tells_scale

#: Characters looked at on either side of a number; words between the two levels of a move.
_NEAR, _BETWEEN = 40, 3
#: A bracket with one digit may be the call of a note.
_LEAST_IN_BRACKETS = 10
_SENTENCE_END = regex.compile(r"[.؟!?؛;](?:\s|$)")
_ANNOUNCED = regex.compile(
    r"\s*(?:le\s+)?(?:nombre|total|effectif)\s+(?:total\s+)?(?:de\s+|des\s+|d['’])(\p{L}[\p{L}'’-]*)"
)
#: A percent, and what it is a share of.
_SHARED = regex.compile(
    r"\s*(?:des|du|de\s+la|de\s+l['’]|d['’]|من(?:\s+بين)?)\s*(?:مجموع\s+)?(\p{L}[\p{L}'’-]+)"
)
#: What stands before and right behind two numbers of which the first is so many of the second.
_CLAUSE = regex.compile(r"(?:^|[.؟!?؛;,،:])\s*$")
#: What stands between a level and its year, and a year.
_IN_YEAR = ("سنه", "عام", "في", "en")
_YEAR = regex.compile(r"(?:19|20)\d\d(?!\d)")
_VERB = regex.compile(r"\s+(?:n['’])?(?:ont|sont|avaient|étaient|seront|auront|dans|en|au|aux|à)\b")


def borrowed(text: str, found: Sequence[Found]) -> list[Found]:
    """Give bare numbers the noun of the number before them in their sentence, where the words between say so.

    A part («139 d'entre eux», «deux sur trois ont …») may be one of what the sentence before counted.
    """
    out: list[Found] = []
    lenders: list[Found] = []
    last: Found | None = None
    said: Found | None = None  # the last sum with words of its own
    share: Found | None = None
    parts = _of_each_other(text, found)
    for one in found:
        announced = _ANNOUNCED.match(text, one.number_end) if _is_bare(one) else None
        if announced:
            one = one._replace(unit_label=announced.group(1), bare=False)
        elif _is_bare(one):
            lender = lenders[-1] if lenders and _ends(text, lenders[-1], one) == 0 else None
            lender = lender if lender is not None and _same(text, lender, one, out) else None
            summed = _summed(text, last, said, one) if lender is None else None
            if lender is None and summed is None and (id(one) in parts or _of_those(text, one)):
                lender = _whole(text, lenders, one)
            if lender is not None:
                one = one._replace(unit=lender.unit, unit_label=lender.unit_label, bare=False)
            elif summed is not None:
                one = summed
            elif _of_those(text, one) and (noun := _shared_out(text, share, one)):
                one = one._replace(unit_label=noun, bare=False)
        if one.kind == "number" and not one.bare and one.unit_label and one.resolution <= 1:
            lenders.append(one)  # 12 ألف, منها 3: of thousands or of ones? Nobody can tell.
        if one.kind in ("number", "currency") and not one.bare:
            last = one
            said = one if one.kind == "currency" and tells_scale(one) else said
        share = one if one.kind == "percent" else share
        out.append(one)
    return out


def _summed(text: str, last: Found | None, said: Found | None, one: Found) -> Found | None:
    """A bare number as a sum, where what stands around it says that it is one like the sum right before it in its sentence."""
    if last is None or said is None or last.kind != "currency" or one.start - last.end > FAR or _ends(text, last, one):
        return None
    told = [bare for word in flat_text(text[last.end : one.start]).split() if (bare := word.strip("(،,"))]
    before = told[-1] if told else ""
    compared = before in words("identifiers", "words", "compared")
    part = len(told) == 1 and before in words("identifiers", "words", "of_these")
    moved = len(told) <= _BETWEEN and before in words("identifiers", "words", "to")
    return sum_like(last, said, one) if compared or part or moved or goes_on(text, last, one) else None


def _is_bare(one: Found) -> bool:
    return one.kind == "number" and one.bare and not one.unit_label and one.measure != "multiple"


def _ends(text: str, lender: Found, one: Found) -> int:
    """How many sentences end between two numbers."""
    return len(_SENTENCE_END.findall(text, lender.number_end, one.number_start))


def _whole(text: str, lenders: Sequence[Found], part: Found) -> Found | None:
    """What the sentence of a part, or else the one before, counts first, people before all else; no less than the part."""
    value = part.value or 0
    for away in (0, 1):
        held = [one for one in lenders if _ends(text, one, part) == away and (one.value or 0) >= value]
        if held:
            return next((one for one in held if one.unit == "PS"), held[0])
    return None


def _shared_out(text: str, share: Found | None, part: Found) -> str:
    """What the percent before a part is a share of («66 % des élèves ; 870 d'entre eux …»), in its sentence or the one before."""
    if share is None or part.start - share.end > 2 * FAR or _ends(text, share, part) > 1:
        return ""
    match = _SHARED.match(text, share.number_end)
    return match.group(1) if match else ""


def _of_each_other(text: str, found: Sequence[Found]) -> set[int]:
    """Bare numbers of which one is so many of the other, at the beginning of their clause: «deux sur trois ont …»."""
    return {
        id(one)
        for part, whole in itertools.pairwise(found)
        for one in (part, whole)
        if _is_bare(part)
        and _is_bare(whole)
        and text[part.number_end : whole.number_start].strip() == "sur"
        and _CLAUSE.search(text[: part.number_start])
        and _VERB.match(text, whole.number_end)
    }


def _around(text: str, floor: int, one: Found) -> tuple[list[str], list[str]]:
    """Flat words near a number, before it (none from before ``floor``) and behind it."""
    before = flat_text(text[max(floor, one.number_start - _NEAR) : one.number_start]).split()
    return before, flat_text(text[one.number_end : one.number_end + _NEAR]).split()


def _of_those(text: str, one: Found) -> bool:
    """Whether a number says that it is a part of something with a pronoun that may reach into the sentence before."""
    before, after = _around(text, 0, one)
    near = (*before[-1:], " ".join(before[-2:]), *after[:1])
    return any(word.strip("،,") in words("identifiers", "words", "of_those") for word in near)


def _same(text: str, lender: Found, one: Found, found: Sequence[Found]) -> bool:
    """Whether what stands around a number says that it counts the same as the one before it."""
    before, after = _around(text, lender.number_end, one)
    of_these = words("identifiers", "words", "of_these")
    moved = bool(before) and before[-1] in words("identifiers", "words", "to") and len(before) <= _BETWEEN
    parts = any(word.lstrip("،,") in of_these for word in (*before[-1:], *after[:1]))
    last = next(held for held in reversed(found) if held.kind in ("number", "currency")) is lender
    compared = last and bool(before) and before[-1] in words("identifiers", "words", "compared")
    theirs = not words("identifiers", "words", "their_number").isdisjoint(before[-_BETWEEN:])
    told = before[:-1] if before and before[-1] in words("identifiers", "words", "to") else before
    then = last and bool(told) and told[-1] in words("identifiers", "words", "then") and _dated(after)
    alike = moved or parts or compared or theirs or then
    return alike or _in_brackets(text, one) or _rate(before, after) or goes_on(text, lender, one)


def _dated(after: Sequence[str]) -> bool:
    """Whether a number has a year of its own behind it: «689 سنة 2014», «689 en 2014»."""
    return len(after) > 1 and after[0] in _IN_YEAR and _YEAR.match(after[1]) is not None


def _in_brackets(text: str, one: Found) -> bool:
    """Whether a number is all that a pair of brackets holds."""
    opened = text[: one.number_start].rstrip().endswith("(")
    closed = text[one.number_end :].lstrip().startswith(")")
    return opened and closed and one.value is not None and one.value >= _LEAST_IN_BRACKETS


def _rate(before: Sequence[str], after: Sequence[str]) -> bool:
    """«à raison de 70 par an», «بمعدل 12 في الشهر»."""
    rates = words("identifiers", "words", "rate")
    told = any(" ".join(before[-n:]) in rates for n in (1, 2, 3))
    return told and bool(after) and after[0] in (words("identifiers", "words", "each") | {"في"})
