"""Qualifiers: the words around a number that say how far it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table
from pipeline.language.numberwords import Token

#: Tokens before a number among which its qualifier stands.
_REACH = 10
_CLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب")


@cache
def _wordings(side: str) -> dict[tuple[str, ...], str]:
    held = table("qualifiers")[side]
    return {tuple(_words(wording)): name for name, listed in held.items() for wording in listed}


def _words(wording: str) -> list[str]:
    return flat_text(wording).replace("'", " ").replace("-", " ").split()


@cache
def _by_word(side: str, place: int) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Wordings of a side under their first (0) or last (-1) word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for key in sorted(_wordings(side), key=len, reverse=True):
        found.setdefault(key[place], []).append(key)
    return {word: tuple(keys) for word, keys in found.items()}


def _bare(word: str) -> tuple[str, ...]:
    """A word without each of the proclitics it may begin with; one letter alone is no word."""
    return tuple(
        word[len(clitic) :]
        for clitic in _CLITICS
        if word.startswith(clitic) and (clitic == "" or len(word) - len(clitic) > 1)
    )


def before(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Qualifier whose words end right before ``tokens[at]``: its class and the index of its first token.

    The longest wording wins, so that «لا يقل عن» is not read as «يقل عن».
    """
    if not at:
        return None
    near = range(max(at - _REACH, 0), at)
    held = [i for i in near if tokens[i].text != "'"]  # plus d'un million
    if not held:
        return None
    listed = _by_word("before", -1)
    last = tokens[held[-1]].text
    keys = [
        *listed.get(last, ()),
        *(k for bare in _bare(last)[1:] for k in listed.get(bare, ()) if len(k) == 1),
    ]
    for key in keys:
        size = len(key)
        window = held[-size:]
        if len(window) < size or any(tokens[window[n]].text != key[n] for n in range(1, size)):
            continue
        if key[0] in _bare(tokens[window[0]].text):
            return _wordings("before")[key], window[0]
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
    for key in _by_word("after", 0).get(tokens[at].text, ()) if at < len(tokens) else ():
        if tuple(token.text for token in tokens[at : at + len(key)]) == key:
            return _wordings("after")[key], at + len(key)
    return None
