"""Qualifiers: the words around a number that say how far it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table
from pipeline.language.numberwords import Token

_CLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب")


@cache
def _wordings(side: str) -> dict[tuple[str, ...], str]:
    held = table("qualifiers")[side]
    return {tuple(_words(wording)): name for name, listed in held.items() for wording in listed}


def _words(wording: str) -> list[str]:
    return flat_text(wording).replace("'", " ").replace("-", " ").split()


@cache
def _longest(side: str) -> int:
    return max(len(key) for key in _wordings(side))


def before(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Qualifier whose words end right before ``tokens[at]``: its class and the index of its first token.

    The longest wording wins, so that «لا يقل عن» is not read as «يقل عن».
    """
    for size in range(min(_longest("before"), at), 0, -1):
        window = [token.text for token in tokens[at - size : at]]
        for clitic in _CLITICS:
            if not window[0].startswith(clitic):
                continue
            key = (window[0][len(clitic) :], *window[1:])
            name = _wordings("before").get(key)
            if name is not None and (clitic == "" or len(key[0]) > 1):
                return name, at - size
    return None


@cache
def _verbs() -> dict[str, str]:
    return {flat_text(verb): name for name, listed in table("qualifiers")["verbs"].items() for verb in listed}


def announced(tokens: Sequence[Token], at: int, reach: int = 10) -> str | None:
    """Qualifier of a verb before the counted subject («ناهز عدد النساء … 41500»); none across another number or stop."""
    for i in range(at - 1, max(at - reach, 0) - 1, -1):
        word = tokens[i].text
        if not word or word[0].isdigit() or word in (".", "؛", ";"):
            return None
        if word in ("عدد", "مجموع", "nombre") and i:
            verb = tokens[i - 1].text
            return _verbs().get(verb) or _verbs().get(verb.removeprefix("و"))
    return None


def after(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Qualifier whose words begin at ``tokens[at]``: its class and the index behind its last token."""
    for size in range(min(_longest("after"), len(tokens) - at), 0, -1):
        window = tuple(token.text for token in tokens[at : at + size])
        name = _wordings("after").get(window)
        if name is not None:
            return name, at + size
    return None
