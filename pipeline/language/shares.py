"""Shares of a whole, by themselves (ثلث المستفيدين, 3/4) and behind a number (مليون ونصف, deux ans et demi)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.language.lexicon import values
from pipeline.language.number import Number, stands_alone
from pipeline.language.numberwords import Token, fractions, numerators, scales, shares
from pipeline.language.units import divides

#: Digits kept of a share that has no end (1/3).
_DIGITS = 6
#: Denominators of shares in digits; «5/12» is a day, «12/97» a code.
_PARTS = range(2, 11)
_BARS = ("/", "\u2044")
#: Pronouns behind a noun that make it definite, and the length of a word that can hold one.
_OWNERS = ("هما", "هم", "هن", "ها", "ه")
_OWNED = 4
_TO_SOMEONE = ("a", "par", "chez", "avec", "pour", "envers")
_OF = ("de", "des", "du", "d")


def share_at(tokens: Sequence[Token], i: int) -> Number | None:
    """A share in words: «ثلث المستفيدين», «ثلاثة أرباع», «deux tiers», «la moitié des enfants»."""
    parts = _parts(tokens, tokens[i].text, i + 1)
    if parts is not None and tokens[i].text == "un" and i and tokens[i - 1].text in _TO_SOMEONE:
        return None if not _of(tokens, parts[1]) else _share(parts[0], i, parts[1])  # remis à un tiers
    if parts is not None:
        return _share(*parts[:1], i, parts[1])
    word, following = tokens[i].text, tokens[i + 1].text if i + 1 < len(tokens) else ""
    of_all = following.startswith(("ال", "لل")) or (len(following) > _OWNED and following.endswith(_OWNERS))
    for bare in _without_clitics(word):
        owned = word.endswith(_OWNERS[:-1])
        if bare in shares() and (owned or of_all or following in _OF or stands_alone(tokens, i, i + 1)):
            return _share(shares()[bare], i, i + 1)
        if following.startswith("ال") and bare in values(
            "numberwords", "homographs"
        ):  # خمس المراكز, but خمس سنوات
            return _share(Decimal(1) / values("numberwords", "homographs")[bare], i, i + 1)
    return None


def may_be_share(word: str) -> bool:
    """Whether a share may begin with a flat word."""
    known = (shares(), fractions(), numerators(), values("numberwords", "homographs"))
    return any(bare in held for bare in _without_clitics(word) for held in known)


def _without_clitics(word: str) -> tuple[str, ...]:
    """A word as it stands, without its proclitic, without its pronoun (نصفهم)."""
    bare = word[1:] if word[:1] in "وبل" else word
    own = next((bare.removesuffix(pronoun) for pronoun in _OWNERS[:-1] if bare.endswith(pronoun)), "")
    return (word, bare, own) if own in shares() else (word, bare)


def _of(tokens: Sequence[Token], at: int) -> bool:
    """Whether a whole is named at ``tokens[at]``, or nothing."""
    return at >= len(tokens) or tokens[at].text in _OF or not tokens[at].text[:1].isalnum()


def share_in_digits(tokens: Sequence[Token], i: int) -> Number | None:
    """A share in digits: ``1/3``, ``¾``."""
    if i + 2 >= len(tokens) or tokens[i + 1].text not in _BARS:
        return None
    over, under = tokens[i].text, tokens[i + 2].text
    glued = tokens[i].end == tokens[i + 1].start and tokens[i + 1].end == tokens[i + 2].start
    chained = i + 3 < len(tokens) and tokens[i + 3].text in _BARS
    if not (glued and over.isdecimal() and under.isdecimal() and len(under) < 3) or chained:
        return None
    if int(under) not in _PARTS or not 0 < int(over) < int(under):
        return None
    return _share(Decimal(over) / Decimal(under), i, i + 3)


def share_behind(tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    """A share joined to what stands before ``tokens[at]`` (ونصف, وثلاثة أرباع, et demi) and the index behind it.

    «ونصف المستفيدين» is a new thing said, «ونصف المليون» is not.
    """
    if at >= len(tokens):
        return None
    word = tokens[at].text
    french = word == "et"
    if word in ("و", "et") and at + 1 < len(tokens):
        at, word = at + 1, tokens[at + 1].text
    elif word.startswith("و"):
        word = word[1:]
    else:
        return None
    share, last = shares().get(word), at + 1
    if share is None:
        parts = _parts(tokens, word, at + 1)
        if parts is None:
            return None
        share, last = parts
    of = tokens[last].text if last < len(tokens) else ""
    if of.startswith("ال"):
        whole = of.removeprefix("ال")
        if whole not in scales() and not divides(whole):
            return None
        last += 1
    return None if of in _OF and not french else (_short(share), last)


def mixed(tokens: Sequence[Token], number: Number) -> bool:
    """Whether the last word of a number counts parts of a whole («عشرون وثلاثة أخماس»)."""
    return number.last < len(tokens) and tokens[number.last].text in values("numberwords", "parts")


def _parts(tokens: Sequence[Token], over: str, at: int) -> tuple[Decimal, int] | None:
    """Parts of a whole at ``tokens[at]`` behind the word that counts them (ثلاثة أرباع, deux tiers)."""
    counted = numerators().get(over)
    under = values("numberwords", "parts").get(tokens[at].text) if at < len(tokens) else None
    return (Decimal(counted) / under, at + 1) if counted is not None and under is not None else None


def _share(share: Decimal, first: int, last: int) -> Number:
    share = _short(share)
    return Number(share, share, first, last, in_words=True, fraction=True)


def _short(share: Decimal) -> Decimal:
    exponent = share.as_tuple().exponent
    return round(share, _DIGITS) if isinstance(exponent, int) and exponent < -_DIGITS else share
