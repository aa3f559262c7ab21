"""Qualifiers that stand apart from their number: verbs with their subject between, and denials."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table
from pipeline.language.numberwords import Token

#: Tokens of a subject between its verb and the number; tokens between a denial and what it denies.
_SUBJECT, _DENIAL = 13, 9
_STOPS = (".", "؛", ";", "", "(", ")", "مقابل", "contre")
_COMMAS = ("،", ",")
#: What a denial makes of a qualifier.
DENIED = {"more_than": "up_to", "less_than": "at_least", "at_least": "less_than"}


@cache
def _words(*keys: str) -> frozenset[str]:
    held = table("qualifiers")["apart"]
    return frozenset(flat_text(word) for key in keys for word in held[key])


@cache
def _verbs() -> dict[str, str]:
    held = table("qualifiers")["verbs"]
    return {flat_text(verb): name for name, listed in held.items() for verb in listed}


@cache
def _splits() -> dict[str, dict[str, str]]:
    """Preposition → verb that stands before it with words between → class."""
    found: dict[str, dict[str, str]] = {}
    for name, listed in table("qualifiers")["split"].items():
        for wording in listed:
            verb, preposition = (flat_text(part).strip() for part in wording.split("…"))
            found.setdefault(preposition, {})[verb] = name
    return found


def apart(tokens: Sequence[Token], at: int, floor: int = 0) -> str | None:
    """Class of a qualifier that stands apart before ``tokens[at]``.

    «لا تقل مدة التدريب عن ستة أشهر», «ناهز عدد النساء المسجلات 41500», «تخطت الصادرات، وفق المكتب، عتبة 700 طن».
    None before ``floor``, where another number ends, across a full stop or a new clause; an inserted clause between
    two commas is passed.
    """
    if not at or tokens[at - 1].text in _words("acts"):
        return None
    split = _splits().get(tokens[at - 1].text, {})
    commas = 0
    for i in range(at - 1, max(at - _SUBJECT, floor) - 1, -1):
        word = tokens[i].text
        bare = word.removeprefix("و")
        if word in _STOPS or word[0].isdigit() or bare in _words("clauses"):
            return None
        commas += word in _COMMAS
        name = split.get(bare) or _verbs().get(bare)
        if name is None or commas % 2:
            continue
        following = tokens[i + 1].text
        if word in _words("nouns_too") and following not in _words("counts"):
            continue
        if name == "may_reach":
            return "up_to" if _may(tokens, i) else None
        return DENIED.get(name, name) if denied(tokens, i) else name
    return None


def _may(tokens: Sequence[Token], i: int) -> bool:
    """«قد يصل», «يمكن أن يصل»."""
    near = [token.text for token in tokens[max(i - 2, 0) : i]]
    return near[-1:] == ["قد"] or near[-2:-1] == ["يمكن"] or denied(tokens, i)


def denied(tokens: Sequence[Token], first: int) -> bool:
    """Whether what begins at ``tokens[first]`` is denied: «لا ينبغي أن تتجاوز 70», «n'excède pas», «ne peut être»."""
    for i in range(first - 1, max(first - _DENIAL, 0) - 1, -1):
        word = tokens[i].text
        if word in _STOPS or word in _COMMAS or word[0].isdigit():
            return False
        if word == "sans" and all(tokens[n].text in _words("modal") for n in range(i + 1, first)):
            return True
        if word in ("ne", "n") or (word.removeprefix("و") == "الا" and i == first - 1):
            return True
        if word.removeprefix("و").removeprefix("ف") in ("لا", "لم", "لن"):
            between = [token.text for token in tokens[i + 1 : first]]
            return not between or "ان" in between or "اي" in between or between[0] in _words("being")
    return False
