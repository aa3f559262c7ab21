"""Visual to logical order of a mixed line: the inverse of the Unicode bidirectional algorithm (UAX 9).

A page shows a line from left to right; a reader of Arabic reads it from the right, but reads numbers and
Latin words in it from the left. The algorithm maps logical to visual order and is not its own inverse, so
the inverse is written out here, for lines without nested embeddings, which is what reports print.

Where two logical lines share one display, the choices are (each has a test):

* groups of three digits parted by one space are one number, read as seen: ``102 414``;
* ``a-b`` after an Arabic letter, displayed either way round by different typesetters, is read upwards:
  ``2026-2021`` and ``2021-2026`` both give ``2021-2026``; with three parts, the year comes last; two years are read
  upwards at the right end of a line too, for the letter may stand on the line above, and anywhere in Arabic-Indic
  digits, which change places beside a dash whatever stands before them;
* a number to the right of a Latin word on a right-to-left line follows the word (``COVID 19``), unless the
  word is a unit (``386 MDH``);
* a percent sign after an Arabic letter changes its side (``%64`` seen is ``64%`` written).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from pipeline.model.page import Direction

_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_COMMON_SEPARATORS = ".,:/،\u00a0\u202f'’"
_BRACKETS = {
    "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "«": "»", "»": "«", "‹": "›", "›": "‹",
    "<": ">", ">": "<", "﴾": "﴿", "﴿": "﴾", "≤": "≥", "≥": "≤",
}  # fmt: skip
_OPENING = "([{«‹﴾"
_OUTSIDE = frozenset(".,;:!؟،؛")  # stand outside a bracket, as spaces do
_PLAIN_BRACKETS = "()[]{}"  # of French guillemets the inner side is spaced
#: Latin units that follow their number; elsewhere a Latin word is read before the number beside it.
_UNITS = frozenset(
    {"mdh", "dh", "dhs", "mad", "kdh", "mmdh", "km", "m", "kg", "ha", "cm", "eur", "usd", "g", "mw"}
)
_NUMBER = regex.compile(r"(?:[NA]+(?:C[NA]+)*)")
_EASTERN_RANGE = regex.compile(r"A+EA+")
_PRESENTATION = regex.compile(r"[\uFB00-\uFB06\uFB50-\uFDFF\uFE70-\uFEFC]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """One cluster in logical order: its index in the visual line, and whether it runs right to left."""

    index: int
    rtl: bool


@lru_cache(maxsize=4096)
def kind_of(cluster: str) -> str:
    """Class of a cluster: R, L, N (digit), A (Arabic-Indic digit), C, E, T (as in UAX 9), S (space), B, O.

    A cluster of several characters, as OCR gives it, has the class of its first letter, else of its digits.
    """
    letter = next((c for c in cluster if c.isalpha()), "")
    if letter:
        return "R" if unicodedata.bidirectional(letter) in ("R", "AL") else "L"
    digit = next((c for c in cluster if c.isdigit()), "")
    if digit:
        return "A" if digit in _ARABIC_DIGITS else "N"
    first = cluster[:1]
    if first in _BRACKETS:
        return "B"
    if not cluster or (cluster.isspace() and first not in "\u00a0\u202f"):
        return "S"
    if first in "٫٬":
        return "A"
    if first in _COMMON_SEPARATORS:
        return "C"
    if first in "+-−‐‑":
        return "E"
    if unicodedata.bidirectional(first) == "ET":
        return "T"
    if unicodedata.bidirectional(first) in ("R", "AL"):
        return "R"
    return "L" if unicodedata.bidirectional(first) == "L" else "O"


def base_direction(clusters: Sequence[str]) -> Direction:
    """Base direction of a line: that of the majority of its letters; without letters, left to right as seen."""
    right = left = 0
    for cluster in clusters:
        kind = kind_of(cluster)
        right += len(cluster) if kind == "R" else 0
        left += len(cluster) if kind == "L" else 0
    return Direction.RTL if right and right >= 0.5 * left else Direction.LTR


def to_logical(visual: Sequence[str], base: Direction) -> list[Placed]:
    """Order the clusters of one line logically.

    Args:
        visual: the clusters from left to right as seen, spaces among them; the text of each whole.
        base: base direction of the line.
    """
    kinds = "".join(kind_of(cluster) for cluster in visual)
    if base is Direction.RTL:
        if visual and unicodedata.category(visual[-1][:1] or " ") == "Co":
            kinds = f"{kinds[:-1]}O"  # a symbol font's bullet is placed by itself and no letter of the line
        return _from_right(visual, kinds, 0, len(kinds))
    placed: list[Placed] = []
    at = 0
    while at < len(kinds):
        years = _EASTERN_RANGE.match(kinds, at)
        if kinds[at] == "R":
            end = _run_end(kinds, at, "R", "L")
            placed.extend(_from_right(visual, kinds, at, end))
        else:
            end = years.end() if years else at + 1
            placed.extend(Placed(i, False) for i in _number_order(visual, kinds, at, end, False))
        at = end
    return placed


def logical_text(visual: Sequence[str], base: Direction) -> str:
    """The line in logical order with its brackets turned back and presentation forms folded."""
    placed = to_logical(visual, base)
    texts = unmirror([visual[p.index] for p in placed], [p.rtl for p in placed])
    return "".join(fold_presentation(text) for text in texts)


def fold_presentation(text: str) -> str:
    """Replace Arabic presentation forms and Latin ligatures, and nothing else, by the letters they stand for (NFKC)."""
    return str(_PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text))


def unmirror(texts: Sequence[str], rtl: Sequence[bool], habit: int = 0) -> list[str]:
    """Turn the brackets of right-to-left stretches back, if that leaves them better paired.

    Producers differ: some store the bracket that is seen, others the one that was typed. Where the line
    itself does not tell (half a quotation), the habit of its page does, and where that does not, the side of the space.

    Args:
        texts: clusters in logical order.
        rtl: whether each runs right to left.
        habit: sum of :func:`mirror_vote` over the lines of the page.
    """
    # A font that both directions share names a bracket by its first use: then those of Latin stretches are turned.
    latin = [not r and t in _PLAIN_BRACKETS for t, r in zip(texts, rtl, strict=True)]
    if _leaning(texts, latin) > 0:
        texts = _turned_back(texts, latin)
    # Half a bracket alone on its page opens towards its words all the same.
    vote = (
        mirror_vote(texts, rtl)
        or habit
        or _leaning(texts, [r and t in _PLAIN_BRACKETS for t, r in zip(texts, rtl, strict=True)])
    )
    return _turned_back(texts, rtl) if vote >= 0 else list(texts)


def mirror_vote(texts: Sequence[str], rtl: Sequence[bool]) -> int:
    """How many more brackets of a line find their partner when turned back than when left as they are."""
    return _unpaired(texts) - _unpaired(_turned_back(texts, rtl))


def _leaning(texts: Sequence[str], counted: Sequence[bool]) -> int:
    """How many more of the counted brackets open towards a space than towards a letter."""
    padded, score = [" ", *texts, " "], 0
    for at, text in enumerate(texts, start=1):
        if counted[at - 1]:
            before, after = (padded[i] in _OUTSIDE or padded[i].isspace() for i in (at - 1, at + 1))
            if before != after:
                score += 1 if after == (text in _OPENING) else -1
    return score


def _turned_back(texts: Sequence[str], rtl: Sequence[bool]) -> list[str]:
    return [_BRACKETS.get(t, t) if r else t for t, r in zip(texts, rtl, strict=True)]


def _unpaired(texts: Sequence[str]) -> int:
    open_, bad = [], 0
    for text in texts:
        if text not in _BRACKETS:
            continue
        if text in _OPENING:
            open_.append(text)
        elif open_ and _BRACKETS[open_[-1]] == text:
            open_.pop()
        else:
            bad += 1
    return bad + len(open_)


def _run_end(kinds: str, start: int, strong: str, against: str) -> int:
    """End of the run that starts at a strong cluster and ends with one, none of the other direction between."""
    end = start + 1
    for at in range(start + 1, len(kinds)):
        if kinds[at] == against:
            break
        if kinds[at] == strong:
            end = at + 1
    return end


def _from_right(visual: Sequence[str], kinds: str, start: int, end: int) -> list[Placed]:
    """Read ``visual[start:end]`` from its right end, numbers and Latin runs from their left."""
    placed: list[Placed] = []
    after_arabic = False
    at = end - 1
    while at >= start:
        kind = kinds[at]
        if kind == "L" or (kind in "NA" and (_latin_left_of(visual, kinds, start, at))):
            first = _latin_start(kinds, start, at)
            placed.extend(Placed(i, False) for i in range(first, at + 1))
            after_arabic, at = False, first - 1
        elif kind in "NA" or (kind == "T" and not after_arabic and at > start and kinds[at - 1] in "NA"):
            first = _number_start(visual, kinds, start, at, after_arabic)
            placed.extend(Placed(i, False) for i in _number_order(visual, kinds, first, at + 1, after_arabic))
            at = first - 1
        else:
            placed.append(Placed(at, True))
            after_arabic = after_arabic or kind == "R"
            at -= 1
    return placed


def _latin_left_of(visual: Sequence[str], kinds: str, start: int, at: int) -> bool:
    """Whether the number ending at ``at`` belongs to a Latin word on its left (``COVID 19``, ``G20``)."""
    left = at
    while left >= start and kinds[left] in "NAC":
        left -= 1
    if left >= start and kinds[left] == "L":
        return True
    while left >= start and kinds[left] in "SE":
        left -= 1
    if left < start or kinds[left] != "L":
        return False
    word = left
    while word >= start and kinds[word] == "L":
        word -= 1
    return "".join(visual[word + 1 : left + 1]).casefold() not in _UNITS


def _latin_start(kinds: str, start: int, at: int) -> int:
    """First cluster of the Latin run that ends at ``at``; numbers right before it belong to it as seen."""
    first = at
    for i in range(at, start - 1, -1):
        if kinds[i] == "R" or kinds[i] == "B":
            break
        if kinds[i] in "LNA":
            first = i
    # Brackets inside a Latin stretch: (GISSR) Programme - only when Latin goes on before them.
    probe = first - 1
    while probe >= start and kinds[probe] in "BSOCET":
        probe -= 1
    if (
        probe >= start
        and kinds[probe] == "L"
        and "B" in kinds[probe:first]
        and kinds[probe:first].count("B") % 2 == 0
    ):
        return _latin_start(kinds, start, probe)
    return first


def _number_start(visual: Sequence[str], kinds: str, start: int, at: int, after_arabic: bool) -> int:
    """First cluster of the number that ends at ``at`` (inclusive), groups and dashes included."""
    first = at
    while first > start:
        before = kinds[first - 1]
        if (
            before in "NA"
            or kinds[first] == "C"
            or (before == "C" and first - 2 >= start and kinds[first - 2] in "NA")
            or (before == "E" and first - 2 >= start and kinds[first - 2] in "NA" and kinds[first] in "NA")
            or (before == "T" and not after_arabic and kinds[first] in "NA")
            or (kinds[first] in "ET" and before in "NA")
        ):
            first -= 1
        elif before == "S" and _joins_group(visual, kinds, start, first):
            first -= 2
        else:
            break
    return first


def _joins_group(visual: Sequence[str], kinds: str, start: int, first: int) -> bool:
    """Whether one space left of ``first`` parts two digit groups of one number."""
    right, end = "", first
    while end < len(kinds) and kinds[end] in "NA":
        right += visual[end]
        end += 1
    left, at = "", first - 2
    while at >= start and kinds[at] in "NA":
        left = visual[at] + left
        at -= 1
    # One group must be a full one: `102 414`, and `074 1` or `531 44` as a right-to-left page may show them.
    return (
        0 < len(left) <= 3
        and 0 < len(right) <= 3
        and (len(right) == 3 or len(left) == 3)
        and left.isdigit()
        and right.isdigit()
    )


def _number_order(visual: Sequence[str], kinds: str, first: int, end: int, after_arabic: bool) -> list[int]:
    """Clusters of a number in logical order; parts joined by dashes may have changed places."""
    indices = list(range(first, end))
    dashes = [i for i in indices if kinds[i] == "E" and first < i < end - 1]
    if not dashes:
        return indices
    parts, at = [], first
    for dash in [*dashes, end]:
        parts.append(list(range(at, dash)))
        at = dash + 1
    values = ["".join(visual[i] for i in part) for part in parts]
    if not (_turned(values) if after_arabic else _falling_years(values)):
        return indices
    order: list[int] = []
    for part, dash in zip(reversed(parts), [*reversed(dashes), -1], strict=True):
        order.extend(part)
        if dash >= 0:
            order.append(dash)
    return order


def _falling_years(values: Sequence[str]) -> bool:
    """Whether parts are two years, the later first: what they follow may stand at the end of the line above."""
    return len(values) == 2 and all(len(v) == 4 and v.isdigit() for v in values) and values[0] > values[1]


def _turned(values: Sequence[str]) -> bool:
    """Whether parts seen left to right are to be read from the right: ranges go up, the year comes last."""
    if len(values) == 2 and all(v.isdigit() for v in values):
        return int(values[0]) > int(values[1])
    if len(values) == 3 and all(v.isdigit() for v in values):
        years = [len(v) == 4 for v in values]
        if years[0] != years[2]:
            return years[0]
    return True
