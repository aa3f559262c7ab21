"""Qualifiers: the words around a number that say how far it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.language.flat import flat_text
from pipeline.language.lexicon import table
from pipeline.language.numberwords import Token

#: Words of a counted noun behind its first, before a qualifier.
_FURTHER = 3
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
    held = [i for i in near if tokens[i].text not in ("'", "-")]  # plus d'un million, au-delà de
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
def _carriers() -> frozenset[str]:
    return frozenset(flat_text(word) for word in table("qualifiers")["carriers"]["any"])


@cache
def _splits() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Preposition → verbs that stand before it with words between, and their class; the negated first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    listed = [(wording, name) for name, held in table("qualifiers")["split"].items() for wording in held]
    for wording, name in sorted(listed, key=lambda one: -len(one[0].split())):
        verb, preposition = wording.split("…")
        found.setdefault(flat_text(preposition.strip()), []).append((tuple(_words(verb)), name))
    return found


def split(tokens: Sequence[Token], at: int) -> str | None:
    """Class of a hedge in two parts before ``tokens[at]``: «لا تقل مدة التدريب عن ستة أشهر»."""
    known = _splits().get(tokens[at - 1].text, ()) if at else ()
    for i in range(at - 2, max(at - _REACH - 2, 0) - 1, -1) if known else ():
        word = tokens[i].text
        if not word or word[0].isdigit() or word in _STOPS:
            return None
        for verb, name in known:
            first = i - len(verb) + 1
            if first >= 0 and word == verb[-1] and _starts(tokens, first, verb):
                return name
    return None


def _starts(tokens: Sequence[Token], first: int, wording: tuple[str, ...]) -> bool:
    """Whether a wording stands at ``tokens[first]``, a proclitic before it or not."""
    return wording[0] in _bare(tokens[first].text) and all(
        tokens[first + n].text == wording[n] for n in range(1, len(wording))
    )


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


@cache
def _verbs() -> dict[str, str]:
    held = table("qualifiers")["verbs"]
    return {flat_text(verb): name for name in ("about", "more_than") for verb in held[name]}


@cache
def _verb_words(key: str) -> frozenset[str]:
    return frozenset(flat_text(word) for word in table("qualifiers")["verbs"][key])


_COMMAS = ("،", ",", "(", ")", "مقابل", "contre")
_STOPS = (".", "؛", ";")
#: Words from such a verb to its number.
_SUBJECT = 7
_COUNT = ("عدد", "مجموع", "nombre")


def announced(tokens: Sequence[Token], at: int) -> str | None:
    """Qualifier of a verb before the subject of a number («ناهز عدد النساء … 41500», «لم تتجاوز المساهمة ربع …»).

    None across another number, a full stop or a new clause; تجاوز alone may be a noun and needs a counted subject.
    """
    for i in range(at - 1, max(at - _REACH, 0) - 1, -1):
        word = tokens[i].text
        if not word or word[0].isdigit() or word in _STOPS or word in _COMMAS:
            return None
        if word in _COUNT and i:
            verb = tokens[i - 1].text
            return _negated(tokens, i - 1) or _verbs().get(verb) or _verbs().get(verb.removeprefix("و"))
        if word in _verb_words("clauses"):
            return None
        if at - i > _SUBJECT:
            continue
        if _negated(tokens, i):
            return "up_to"
        bare = word.removeprefix("و")
        if bare in _verbs() and bare != "تجاوز":
            return _verbs()[bare]
    return None


def _negated(tokens: Sequence[Token], i: int) -> str | None:
    """``up_to`` where a verb of exceeding is denied."""
    return "up_to" if tokens[i].text in _verb_words("up_to") and denied(tokens, i) else None


def denied(tokens: Sequence[Token], first: int) -> bool:
    """Whether a hedge that begins at ``tokens[first]`` is denied: «لا ينبغي أن تتجاوز 70», «n'excède pas», «ne peut être»."""
    for i in range(first - 1, max(first - _SUBJECT, 0) - 1, -1):
        word = tokens[i].text
        if word in _STOPS or word in _COMMAS or not word or word[0].isdigit():
            return False
        if word in ("ne", "n"):
            return True
        if word.removeprefix("و") in ("لا", "لم", "لن"):
            between = [token.text for token in tokens[i + 1 : first]]
            return not between or "ان" in between or between[0] in _BEING
    return False


_BEING = ("يكن", "تكن", "يكد", "تكد", "يمكن", "يجوز", "ينبغي", "يجب")
_DENIED = {"more_than": "up_to", "less_than": "at_least", "at_least": "less_than"}
#: Signs and articles between a qualifier and its number.
_OPENERS = (":", "«", '"', "(", "'", "la", "le", "les", "l")


def hedge_of(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """Qualifier before the number at ``tokens[at]``, signs and light words between, and the index of its first token."""
    found = before(tokens, at)
    last = tokens[at - 1].text if at else ""
    if found is None and (last in _OPENERS or last in _carriers()):
        found = hedge_of(tokens, at - 1) if last in _OPENERS else before(tokens, at - 1)
    if found is not None and found[0] == "exact" and found[1] > 0:
        found = before(tokens, found[1]) or found
    return found


def qualifier_of(tokens: Sequence[Token], first: int, last: int, hedge: tuple[str, int] | None) -> str:
    """Qualifier of the number from ``tokens[first]`` on whose noun ends before ``tokens[last]``."""
    if hedge and hedge[0] != "exact":
        return _DENIED.get(hedge[0], hedge[0]) if denied(tokens, hedge[1]) else hedge[0]
    behind = after(tokens, last, _FURTHER)
    if behind is not None:
        return behind[0]
    return split(tokens, first) or announced(tokens, first) or "exact"


def after(tokens: Sequence[Token], at: int, reach: int = 0) -> tuple[str, int] | None:
    """Qualifier whose words begin at ``tokens[at]`` or up to ``reach`` words behind it, and the index behind it."""
    for start in range(at, min(at + reach + 1, len(tokens))):
        for key in _by_word("after", 0).get(tokens[start].text, ()):
            if tuple(token.text for token in tokens[start : start + len(key)]) == key:
                return _wordings("after")[key], start + len(key)
        if not tokens[start].text[:1].isalpha() and tokens[start].text not in ("،", ","):
            break
    return None
