"""Numbers that print no noun behind them because a label before a colon is it, or because they tell a state.

«Dossiers déposés : 71», «الملفات المودعة: 71»; «24 en cours d'instruction», «8 قيد الإنجاز».
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.language.flat import flat_text
from pipeline.language.found import Found
from pipeline.language.lexicon import words
from pipeline.language.units import unit_of

#: Letters looked at before and behind a number; words of a label at most.
_REACH, _WORDS = 80, 8
#: All there is before the number from the beginning of its line or clause: words and a colon.
_LABEL = regex.compile(r"(?:^|[\n.;؛•])[\s\-–*▪◦○‣\ue000-\uf8ff]*(\p{L}[\p{L}\s'’\-()/]{2,70}?)\s*:\s*$")
#: Nothing but the end, a bracket or the parts of the number stands behind it.
_END = regex.compile(r"\s*(?:$|[.;,؛،\n(]|dont\b|منه)")
_ARTICLE = regex.compile(r"^(?:(?:les|le|la|des|du|de)\s+|[ld]['’])", regex.I)
#: Labels of numbers that name a thing.
_NAMING = ("law", "number", "articles", "article", "page", "item", "phone", "street", "time")


def announced(text: str, found: Sequence[Found]) -> list[Found]:
    """Give bare numbers the noun of the label before their colon; those that tell a state stand for what has it."""
    out = []
    for one in found:
        if one.kind == "number" and one.bare and not one.unit_label:
            noun = _labelled(text, one)
            if noun:
                one = one._replace(unit=unit_of(flat_text(noun)), unit_label=noun, bare=False)
            elif _states(text, one):
                one = one._replace(bare=False)
        out.append(one)
    return out


def _labelled(text: str, one: Found) -> str:
    """First noun of the label, empty where there is none or the number is a name."""
    label = _LABEL.search(text[max(one.number_start - _REACH, 0) : one.number_start])
    if label is None or not _END.match(text, one.number_end):
        return ""
    said = flat_text(label[1]).split()
    naming = frozenset[str]().union(*(words("identifiers", kind) for kind in _NAMING))
    if len(said) > _WORDS or not naming.isdisjoint(said):
        return ""
    printed = [word for word in _ARTICLE.sub("", label[1]).split() if len(word) > 2]
    counting = words("identifiers", "words", "count")
    return next((word for word in printed if flat_text(word) not in counting), "")


def _states(text: str, one: Found) -> bool:
    """Whether a number is followed by a state that some of a whole are in."""
    behind = flat_text(text[one.number_end : one.number_end + _REACH]).split()
    return any(" ".join(behind[:n]) in words("identifiers", "words", "states") for n in (1, 2))
