"""Shares of a whole, by themselves (ثلث المستفيدين, 3/4) and behind a number (مليون ونصف, deux ans et demi)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.language import hedges
from pipeline.language.lexicon import values, words
from pipeline.language.number import Number, stands_alone
from pipeline.language.numberwords import Token, fractions, has_article, numerators, scales, shares
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
    if parts is None:
        share = _definite(tokens, i) or _of_whole(tokens, i)
        return None if share is None else _share(share, i, i + 1)
    following = tokens[parts[1]].text if parts[1] < len(tokens) else ""
    someone = tokens[i].text == "un" and bool(i) and tokens[i - 1].text in _TO_SOMEONE
    if following == "-" or (someone and not _of(tokens, parts[1])):
        return None  # un demi-million, remis à un tiers
    return _share(parts[0], i, parts[1])


def _definite(tokens: Sequence[Token], i: int) -> Decimal | None:
    """«لا تنقص النسبة عن الثلث», «بنحو الثلث»: a definite share behind a word that says how far."""
    word = tokens[i].text
    share = shares().get(word.removeprefix("ب").removeprefix("ال"))
    if share is None or not word.startswith(("ال", "بال")):
        return None
    before = tokens[i - 1].text.removeprefix("ب") if i else ""
    reached = word.startswith("بال") or before in words("numberwords", "reached")
    return share if reached or hedges.before(tokens, i) is not None else None


def _of_whole(tokens: Sequence[Token], i: int) -> Decimal | None:
    """«ثلث المستفيدين», «نصفهم», «قرابة نصف سكان الجماعة», «خمس المراكز» (but خمس سنوات), «نصف سنوي» is none."""
    word, following = tokens[i].text, tokens[i + 1].text if i + 1 < len(tokens) else ""
    if following in words("numberwords", "not_halved"):
        return None
    bare = next((form for form in _without_clitics(word) if form in shares()), "")
    if bare:
        owned = bare not in (word, word[1:])
        owner = len(following) > _OWNED and following.endswith(_OWNERS)
        if (
            owned
            or owner
            or following.startswith(("ال", "لل"))
            or following in _OF
            or stands_alone(tokens, i, i + 1)
        ):
            return shares()[bare]
        if bare in words("numberwords", "only_shares") and (
            bare != "moitie" or (i and tokens[i - 1].text == "la")
        ):
            return shares()[bare]
        hedge = hedges.hedge_of(tokens, i)
        return shares()[bare] if hedge and hedge[0] != "exact" else None
    of = values("numberwords", "homographs")
    bare = next((form for form in (word, word[1:]) if form in of), "")
    return Decimal(1) / of[bare] if bare and has_article(following) else None


def may_be_share(word: str) -> bool:
    """Whether a share may begin with a flat word."""
    known = (shares(), fractions(), numerators(), values("numberwords", "homographs"))
    forms = (*_without_clitics(word), word.removeprefix("ب").removeprefix("ال"))
    return any(form in held for form in forms for held in known)


def _without_clitics(word: str) -> tuple[str, ...]:
    """A word as it stands, without its proclitic, without its pronoun (نصفهم)."""
    bare = word[1:] if word[:1] in "وبل" else word
    return (word, bare, *(bare.removesuffix(pronoun) for pronoun in _OWNERS[:-1] if bare.endswith(pronoun)))


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
