"""Qualifiers: the words around a number that say how far it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.language.farhedges import DENIED, apart, denied
from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table, words
from pipeline.language.numberwords import Token, is_number_word

#: Words of a counted noun behind its first, before a qualifier.
_FURTHER = 3
#: Tokens before a number among which its qualifier stands.
_REACH = 10
#: Signs inside a wording: plus d'un million, au-delà de.
_SIGNS = ("'", "-")
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


@lru_cache(maxsize=65536)
def _ending(word: str) -> tuple[tuple[str, ...], ...]:
    """Wordings before a number that may end with a word, the longest first; single ones behind a proclitic."""
    listed = _by_word("before", -1)
    single = (key for bare in _bare(word)[1:] for key in listed.get(bare, ()) if len(key) == 1)
    return (*listed.get(word, ()), *single)


def before(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Qualifier whose words end right before ``tokens[at]``: its class and the index of its first token.

    The longest wording wins, so that «لا يقل عن» is not read as «يقل عن».
    """
    last = at - 1
    while last >= 0 and tokens[last].text in _SIGNS:
        last -= 1
    keys = _ending(tokens[last].text) if last >= 0 else ()
    if not keys:
        return None
    held = [i for i in range(max(at - _REACH, 0), at) if tokens[i].text not in _SIGNS]
    best: tuple[tuple[str, ...], int] | None = None
    for key in keys:
        size = len(key)
        if best is not None and size < len(best[0]):
            break
        window = held[-size:]
        if len(window) < size or any(tokens[window[n]].text != key[n] for n in range(1, size)):
            continue
        if key[0] == tokens[window[0]].text:
            best = key, window[0]
            break  # «لتصل إلى» is no «تصل إلى» behind a proclitic
        if best is None and key[0] in _bare(tokens[window[0]].text):
            best = key, window[0]
    more = words("identifiers", "words", "and_more")
    if best is None or any(tokens[i].text in more for i in (max(best[1] - 1, 0), best[1])):
        return None  # «15 سنة فما فوق: 25 %» says it of the years
    return _wordings("before")[best[0]], best[1]


@cache
def _carriers() -> frozenset[str]:
    return frozenset(flat_text(word) for word in table("qualifiers")["carriers"]["any"])


@cache
def _comparators() -> frozenset[str]:
    """First words of comparisons in more than one word: اكبر, اصغر."""
    return frozenset(
        key[0]
        for key, name in _wordings("before").items()
        if len(key) > 1 and key[1] == "من" and name != "exact"
    )


def opens(word: str) -> bool:
    """Whether a word opens a comparison rather than being counted (أصغر من)."""
    return word in _comparators()


#: Signs and articles between a qualifier and its number.
_OPENERS = (":", "«", '"', "(", ")", "'", "la", "le", "les", "l", "un", "une")


def hedge_of(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Qualifier before the number at ``tokens[at]``, signs and light words between, and the index of its first token."""
    found = before(tokens, at)
    last = tokens[at - 1].text if at else ""
    if found is None and (last in _OPENERS or last in _carriers()):
        found = hedge_of(tokens, at - 1)
    if found is None and last in ("،", ","):  # …، على الأقل، 15 حالة
        inserted = before(tokens, at - 1)
        enclosed = inserted is not None and inserted[1] > 0 and tokens[inserted[1] - 1].text == last
        found = inserted if enclosed else None
    if found is not None and found[0] == "exact" and found[1] > 0:
        found = before(tokens, found[1]) or found
    return found


def qualifier_of(
    tokens: Sequence[Token], first: int, last: int, hedge: tuple[str, int] | None, floor: int = 0
) -> str:
    """Qualifier of the number from ``tokens[first]`` on whose noun ends before ``tokens[last]``.

    ``floor`` is where the number before it ends.
    """
    if hedge and hedge[0] != "exact":
        return DENIED.get(hedge[0], hedge[0]) if denied(tokens, hedge[1]) else hedge[0]
    behind = after(tokens, last, _FURTHER)
    if behind is not None:
        return behind[0]
    return apart(tokens, first, floor) or "exact"


def _of_next(key: Sequence[str], following: Sequence[str]) -> bool:
    """Whether a qualifier belongs to what follows: «83 دوارا وأكثر من ألفي كانون», «pendant au moins six mois»."""
    word = following[0] if following else ""
    comparison = key[-1].endswith(("اكثر", "اقل")) and word == "من"
    return comparison or word[:1].isdigit() or is_number_word(word)


def after(tokens: Sequence[Token], at: int, reach: int = 0) -> tuple[str, int] | None:
    """Qualifier whose words begin at ``tokens[at]`` or up to ``reach`` words behind it, and the index behind it."""
    listed = _by_word("after", 0)
    for start in range(at, min(at + reach + 1, len(tokens))):
        for key in listed.get(tokens[start].text, ()):
            near = [token.text for token in tokens[start : start + len(key) + 1]]
            adjective = key[0] in ("minimum", "maximum") and start > at  # le double du salaire minimum
            if tuple(near[: len(key)]) == key and not adjective and not _of_next(key, near[len(key) :]):
                return _wordings("after")[key], start + len(key)
        if not tokens[start].text[:1].isalpha() and tokens[start].text not in ("،", ",", "'"):
            break
    return None
