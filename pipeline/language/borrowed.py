"""Numbers that print no noun of their own because they count what the number before them counts.

«انتقل عدد المراكز من 47 إلى 55», «167 établissements, devant Marrakech-Safi (159)», «استقبلت 640 امرأة، منهن 212 …»,
«350 unités, à raison de 70 par an», and, the noun behind its announcement, «porter à 86 le nombre de centres».
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.language.flat import flat_text
from pipeline.language.found import Found
from pipeline.language.lexicon import words

#: Characters looked at on either side of a number; words between the two levels of a move.
_NEAR, _BETWEEN = 40, 3
#: A bracket with one digit may be the call of a note.
_LEAST_IN_BRACKETS = 10
_SENTENCE_END = regex.compile(r"[.؟!?؛;](?:\s|$)")
_ANNOUNCED = regex.compile(
    r"\s*(?:le\s+)?(?:nombre|total|effectif)\s+(?:total\s+)?(?:de\s+|des\s+|d['’])(\p{L}[\p{L}'’-]*)"
)


def borrowed(text: str, found: Sequence[Found]) -> list[Found]:
    """Give bare numbers the noun of the number before them in their sentence, where the words between say so."""
    out: list[Found] = []
    lender: Found | None = None
    for one in found:
        if lender is not None and _SENTENCE_END.search(text, lender.number_end, one.number_start):
            lender = None
        if one.kind == "number" and one.bare and not one.unit_label and one.measure != "multiple":
            if lender is not None and _same(text, lender, one):
                one = one._replace(unit=lender.unit, unit_label=lender.unit_label, bare=False)
            elif announced := _ANNOUNCED.match(text, one.number_end):
                one = one._replace(unit_label=announced.group(1), bare=False)
        if one.kind == "number" and not one.bare and one.unit_label and one.resolution <= 1:
            lender = one  # 12 ألف, منها 3: of thousands or of ones? Nobody can tell.
        out.append(one)
    return out


def _same(text: str, lender: Found, one: Found) -> bool:
    """Whether what stands around a number says that it counts the same as the one before it."""
    before = flat_text(text[max(lender.number_end, one.number_start - _NEAR) : one.number_start]).split()
    after = flat_text(text[one.number_end : one.number_end + _NEAR]).split()
    of_these = words("identifiers", "words", "of_these")
    moved = bool(before) and before[-1] in words("identifiers", "words", "to") and len(before) <= _BETWEEN
    parts = any(word.lstrip("،,") in of_these for word in (*before[-1:], *after[:1]))
    return moved or parts or _in_brackets(text, one) or _rate(before, after)


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
